# needs: archive tool:setsid
# What a killed import leaves is no layer, and the next import or gc removes it; one that still runs is left alone.
layers=$HOME/.local/share/nacre/layers
mkfifo pipe
begun()
{
	compgen -G "$layers/.new-*/first" >/dev/null
}
killed()
{
	# The pipe's end stays open here: the import waits for more.
	nacre import - half <pipe &
	import=$!
	exec 3>pipe
	"$TAR" f first x d dir 0 f last x | head -c 2048 >&3
	wait_until begun
}

"$TAR" f file x >good.tar
killed
expect_status 0 nacre import good.tar
begun || fail "the work of a running import was removed"
kill -KILL $import
wait $import || true
exec 3>&-
expect_output '' sh -c 'nacre layers | grep half || true'
expect_status 0 nacre gc --dry-run
expect_match '^would remove: layer \.new-[0-9a-f]*, .*, what a killed import or save left$'
expect_status 0 nacre import good.tar again
begun && fail "the next import has not removed it"
killed
kill -KILL $import
wait $import || true
exec 3>&-
echo half >"$layers/half.layer"
expect_status 0 nacre gc
[ "$(names "$layers")" = 'again again.layer good good.layer ' ] || fail "left: $(names "$layers")"
