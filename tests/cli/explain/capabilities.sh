# needs: userns tool:setpriv
# Rights that the caller itself lacks.
without()
{
	unshare --user --map-root-user setpriv --bounding-set="-$1" "${@:2}"
}

expect_error uid-map-setfcap without setfcap nacre run true
expect_error id-not-in-parent unshare --user --map-root-user \
	nacre run --uid-map 0:0:1,1:5:1 --gid-map 0:0:1 true
expect_error capability-refused without chown unshare --mount nacre run --no-userns true
