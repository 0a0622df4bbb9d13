# needs: userns overlay tool:jq
# The same for programs.
[ "$(nacre ls --json | jq -c .)" = '{"version":1,"boxes":[]}' ]
nacre run -q -n fix sh -c ': >"$1"' sh $'not\xffutf8'
nacre ls --json >ls.json
jq -e '.boxes[0] | .name == "fix" and .state == "kept" and .readable and .size_complete and .changes == 1
	and .held == 0 and .size >= 0 and (.used | now - . < 60) and .command[0] == "sh"' ls.json
jq -e --arg path "$XDG_STATE_HOME/nacre/boxes/fix" '.boxes[0].path == $path' ls.json
[ "$(jq -r '.boxes[0].command_words[4].word_b64' ls.json | base64 -d | od -An -c | tr -d ' ')" = 'not377utf8' ]

nacre inspect --json >inspect.json
jq -e '.version == 1 and .name == "fix" and .base == "/" and .layers == [] and .processes == [] and
	(.runs | length) == 1 and .commits == [] and (.torn | not) and .created == .runs[0]' inspect.json
jq -e '[.overlays[] | select(.upper | test("/upper/")) | select(.lowers[0].path == .place)] | length > 0' inspect.json
jq -e --argjson id "$(id -u)" '[.uid_map[] | select(.outside == $id or .count > 1)] | length > 0' inspect.json
