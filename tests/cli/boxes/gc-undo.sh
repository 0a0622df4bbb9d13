# needs: userns overlay tool:sed
# What a commit keeps for its undoing goes when it is older than 30 days.
mkdir d
nacre run -q -n b -- touch d/one
nacre commit -q b
nacre run -q -n b -- touch d/two
nacre commit -q b
old=$(nacre undo --list | awk 'END { print $1 }')
journal=home/.local/state/nacre/undo/$old/journal
grep -n '^began' "$journal" >/dev/null
sed -i 's/^began [0-9]*/began 1000000000/' "$journal"
expect_status 0 nacre gc --dry-run
expect_match "would remove: undo $old"
[ -e "$journal" ]
expect_status 0 nacre gc
expect_match "removed: undo $old"
[ ! -e "$journal" ]
[ "$(nacre undo --list | wc -l)" -eq 1 ]
nacre undo -q
[ -e d/one ] && [ ! -e d/two ]
