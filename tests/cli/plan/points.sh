# needs: tool:jq
# A mount point that the root lacks is announced as an entry of the seed layer: a file for a file.
mkdir -p root/there
touch file
f='[.steps[0].overlay.seeds[] | [.path, .kind, .point]]'
plan_json "$f" -b /usr:/there
plan_json "$f" -b /usr:/deep/er/place
plan_json "$f" -b file:/new-file
plan_json "$f" --file /new-file=text
plan_json "$f" --tmpfs /t --dir /t/below
plan_json "$f" --ro --tmpfs /missing
