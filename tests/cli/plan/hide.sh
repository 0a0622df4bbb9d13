# needs: tool:jq
# --hide covers what is there, --only leaves one directory of the home.
mkdir -p root/secret "root$HOME/keep"
touch root/a.key root/b.key
plan --hide /secret
plan --hide '/*.key'
plan --hide /none
plan --only "$HOME/keep"
plan_json '.steps[1] | [.kind, .dst]' --hide '/a,b:c'
