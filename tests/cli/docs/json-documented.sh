# needs: tool:jq userns overlay
# Each member that a plan, findings, explanations or an error can have stands in nacre-json(7).
documented()
{
	jq -r '[paths | map(strings)] | flatten | unique[]' | grep -v '_b64$' | while read -r member; do
		grep -qE "(^|[^a-z_])\*$member\*" "$SOURCE/man/nacre-json.7.scd" || echo "$member"
	done
}

mkdir root layer up
"$NACRE" run --dry-run --json -n box --root root -l layer --hostname h --as-root --cap-drop chown -e A=b \
	--workdir / --grace 1 --cgroup /g --tmpfs /t,size=1M,mode=700,inodes=9,uid=0,gid=0 --file /f=text --file-from /etc/passwd /g \
	--parent-mode 700 --ro-file /r/o=x --symlink a /b -b /etc:/e:ro,optional,mkdir=never -b /etc:/e2:ensure -m tmpfs,none,/m,huge=never \
	--tmpfs /n,blocks=7 -o /o,lower=layer,upper=up,copyfrom=layer,xino=on -m move,/m,/m2 true >tmp/plan
"$NACRE" doctor --json >tmp/doctor || true
"$NACRE" explain --json userns-limit >tmp/explain
"$NACRE" explain --json >tmp/explain-all
"$NACRE" run --json --dry-run --root nowhere true >tmp/error || true
"$NACRE" run -q -n box sh -c ': >"$1"' sh $'not\xffutf8'
"$NACRE" ls --json >tmp/ls
"$NACRE" inspect --json >tmp/inspect
"$NACRE" save -q box layer
"$NACRE" layers --json >tmp/layers
"$NACRE" layers --rm layer
"$NACRE" rm --all
"$NACRE" profile list --json >tmp/profiles
printf 'ro\nsymlink a /b\n' >tmp/p
"$NACRE" profile show --json tmp/p >tmp/profile
for file in plan doctor explain explain-all error ls inspect layers profiles profile; do
	missing=$(documented <"tmp/$file")
	[ -z "$missing" ] || fail "nacre-json(7) lacks, of $file: $missing"
done
