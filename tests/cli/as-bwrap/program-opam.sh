# needs: userns tool:opam
# timeout: 120
# opam builds packages in bwrap: without the network, and where nothing but the build can be written to.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/bwrap.sh"
stand_in
mkdir -p repo/packages/hello/hello.1
echo 'opam-version: "2.0"' >repo/repo
cat >repo/packages/hello/hello.1/opam <<-'EOS'
	opam-version: "2.0"
	synopsis: "a file"
	build: [["sh" "-c" "! touch %{root}%/x 2>/dev/null && [ $(wc -l </proc/net/dev) = 3 ] && echo built >hello"]]
	install: [["sh" "-c" "mkdir -p %{share}%/hello && cp hello %{share}%/hello/"]]
EOS
export OPAMROOT=$T/root OPAMYES=1 OPAMCOLOR=never
{ opam init --bare --no-setup local ./repo && opam switch create --empty one && opam install hello; } >out 2>&1 ||
	fail "$(cat out)"
[ "$(cat root/one/share/hello/hello)" = built ] || fail "nothing was built"
stood_in
