# needs: tool:jq
# Which namespaces are the box's own.
f='.namespaces | to_entries | map(select(.value == "own").key) | join(" ")'
plan_json "$f"
plan_json "$f" --net none
plan_json "$f" --net host
plan_json "$f" --share ipc,uts
plan_json "$f" --unshare net,time
plan_json "$f" --share pid --unshare pid
plan_json "$f" --unshare all
plan_json '.hostname' --hostname box
