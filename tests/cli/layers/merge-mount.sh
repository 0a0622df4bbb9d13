# needs: userns overlay outside
# A mount of the base has an overlay of its own, and a directory of the layer that stands for it.
mkdir -p game "lay$T/game"
nacre run -q --rm -b "$T" --tmpfs "$T/game" -- sh -e -c '
	echo 1 >game/data
	nacre run -q -n c -l "$PWD/lay" -- sh -c "echo 2 >$PWD/game/data; echo new >$PWD/game/new; echo x >/var/tmp/x" || true
	nacre commit c --layer "$PWD/lay$PWD/game" 2>report
	[ "$(cat game/data)" = 1 ]'
grep -q "^  left      /var/tmp/x: not in the directory that the layer stands for$" report || fail "report: $(cat report)"
expect_output 'data new' sh -c "echo \$(ls lay$T/game)"
chmod -R u+rwX "$HOME"
