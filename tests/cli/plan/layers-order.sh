# needs: tool:jq
# The base is the lowest layer and the last -l the highest; a path of -l is taken as it stands.
names=(one two 'a,b' 'c:d' 'e\f' 'sp "ace' $'new\nline')
mkdir "${names[@]}" $'\xff'
f='[.steps[0].overlay.lowers[].path | split("/") | last]'
plan_json "$f" -l one -l two
plan_json "$f" -l two -l one
plan_json "$f" -l 'a,b' -l 'c:d' -l 'e\f'
plan_json "$f" -l 'sp "ace' -l $'new\nline' -l $'\xff'
