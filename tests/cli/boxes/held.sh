# needs: userns overlay tool:jq
# What commits hold back is told beside their box.
state=$XDG_STATE_HOME/nacre
nacre run -q -n fix touch new
nacre run -q -n fixed touch new
mkdir -p "$state/undo/1" "$state/undo/2" "$state/undo/3"
printf 'nacre-undo 1\nbox fix\nend\n' | tee "$state/undo/1/journal" >"$state/undo/2/journal"
printf 'no journal' >"$state/undo/3/journal"
dd if=/dev/zero of="$state/undo/1/0" bs=1000 count=1000 status=none
sync "$state/undo/1/0"
nacre ls --json | jq -e '[.boxes[] | {(.name): .held}] | add | .fixed == 0 and .fix >= 1000000 and .fix < 1100000'
expect_status 0 nacre ls
expect_match '^fix +kept +1 +[0-9.]+ K?B +1\.0 MB '
expect_status 0 nacre inspect fix
expect_match '^  held      1\.0 MB for nacre undo$'
