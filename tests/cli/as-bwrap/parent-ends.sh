# needs: userns
# --die-with-parent: the end of who started bwrap is the end of the sandbox.
bash -c '"$0" as bwrap --die-with-parent --unshare-pid --ro-bind / / --dev /dev --info-fd 20 sleep 1000 20>info & wait' "$NACRE" &
parent=$!
wait_until grep -q '}' info
pid=$(sed -n 's/.*"child-pid": \([0-9]*\).*/\1/p' info)
kill -0 "$pid"
kill -KILL "$parent"
wait "$parent" 2>/dev/null || true
wait_until sh -c "! kill -0 $pid 2>/dev/null"
