# needs: userns overlay
# A box keeps the options that it was made with: afterwards its name is enough, and others are refused.
small_root root
binds=(-b /usr:/usr:ro -b /bin:/bin:ro -b /lib:/lib:ro)
[ ! -e /lib64 ] || binds+=(-b /lib64:/lib64:ro)
cd "$T"
kept=$HOME/.local/state/nacre/boxes/dev/options

expect_output 'inside one' nacre enter dev --root root "${binds[@]}" --hostname inside -e WORD=one -- sh -c 'echo "$(uname -n) $WORD"'
grep -qx 'hostname inside' "$kept"
grep -qx "root $T/root" "$kept"
# From another directory; nothing of the caller's own is in it.
cd /
expect_output 'inside one' nacre enter dev -- sh -c 'echo "$(uname -n) $WORD"'
# What is about the command comes behind what the box says, and is not kept.
expect_output 'two' nacre enter -e WORD=two dev -- sh -c 'echo "$WORD"'
expect_output '' nacre enter --unset-env WORD dev -- sh -c 'echo "$WORD"'
expect_output '/usr' nacre enter -w /usr dev -- pwd
expect_output 'one' nacre enter dev -- sh -c 'echo "$WORD"'
# Nor are they those of who comes meanwhile, though the box came to life by them.
nacre enter -e WORD=two -w /usr dev -- sh -c 'echo "$WORD $PWD"; until [ -e /end ]; do sleep 0.05; done; rm /end' >"$T/out" &
wait_until grep -q . "$T/out"
[ "$(cat "$T/out")" = 'two /usr' ] || fail "the first one has: $(cat "$T/out")"
expect_output 'one' nacre exec dev sh -c 'echo "$WORD"'
expect_output '/' sh -c 'cd / && nacre exec dev pwd'
nacre exec dev touch /end
wait
# The same words again are no others.
cd "$T"
expect_output 'inside' nacre enter dev --root root "${binds[@]}" --hostname inside -- uname -n
expect_error box-other-options nacre enter dev --hostname other -- true
expect_match '^ *facts  *- root '
expect_match '^  *[+] hostname other$'
expect_error box-other-options nacre start dev --root root
expect_output "root $T/root" sh -c 'nacre enter dev --as-profile | head -n 1'

# Dead or alive.
nacre start -q dev
expect_output 'inside one' nacre enter dev -- sh -c 'echo "$(uname -n) $WORD"'
expect_error box-other-options nacre enter dev --hostname other -- true
expect_output 'inside two' nacre exec -e WORD=two dev sh -c 'echo "$(uname -n) $WORD"'
expect_output 'inside one' nacre run -n dev -- sh -c 'echo "$(uname -n) $WORD"'
expect_error box-other-options nacre run --hostname other -n dev -- true
# Anew: it ends before; what was written stays, what it was is replaced.
nacre exec dev sh -c 'echo kept >/file; sleep 1000 &'
expect_output 'other kept' nacre enter dev --recreate --root root "${binds[@]}" --hostname other -- sh -c 'echo "$(uname -n) $(cat /file)"'
expect_error box-not-living nacre exec dev true
expect_output 'other' nacre enter dev -- uname -n
# A run has its own, and those of the box without any.
expect_output 'other' nacre run -q -n dev -- uname -n
expect_output 'third' nacre run -q -n dev --root root "${binds[@]}" --hostname third -- uname -n
expect_output 'other' nacre enter dev -- uname -n

# A layer by a word alone is the directory that it was here, or the saved one whose name it is; that is held while the box lives.
mkdir -p stack/file-layer && echo layered >stack/file-layer/layered
(cd stack && expect_output 'layered' nacre enter low --root "$T/root" "${binds[@]}" -l file-layer -- cat /layered)
expect_output 'layered' nacre enter low -- cat /layered
nacre run -q -n maker --root "$T/root" "${binds[@]}" -- sh -c 'echo saved >/saved'
nacre save -q maker kept-layer
nacre start -q high --root "$T/root" "${binds[@]}" -l kept-layer
expect_output 'saved' nacre exec high cat /saved
expect_status 125 nacre layers --rm kept-layer
nacre stop high
expect_output 'saved' nacre enter high -- cat /saved
expect_status 0 nacre layers --rm kept-layer

# What could not be made keeps nothing, and is not there.
expect_status 125 nacre enter bad -b "$T/none:/none" -- true
[ ! -e "${kept%/dev/*}/bad" ] || fail 'something is left of a box that could not be made'
# A spoilt file is told with its line.
echo 'hostname' >>"$kept"
expect_error usage-missing-value nacre enter dev -- true
expect_match 'the options of the box dev'
