# needs: tool:jq userns overlay
# --as-profile gives the same plan, from another directory, whatever the values are.
# shellcheck disable=SC2088 # they shall not expand
ugly=("a b" " lead" "trail " $'new\nline' "#hash" '\back\\slash' $'not\xffutf8' "~" "~/x" '"quoted"' \
	$'tab\t' "c,o:m=ma" $'\r' "a  b" '\x41' "'")
mkdir elsewhere saved

# same OPTION…: of them, and of their profile read elsewhere.
same()
{
	nacre run --dry-run --json "$@" -- true >direct
	nacre run --dry-run --as-profile "$@" -- true >profile
	(cd elsewhere && nacre run --dry-run --json -p ../profile -- true) >through
	jq 'del(.steps[].origin, .steps[].origin_b64)' direct >direct.plan
	jq 'del(.steps[].origin, .steps[].origin_b64)' through >through.plan
	diff -u direct.plan through.plan || fail "$(cat profile)"
}

# escaped TEXT: for a specification.
escaped()
{
	sed -z 's/[\\,:=]/\\&/g' <<<"$1" | head -c -1
}

for value in "${ugly[@]}"; do
	mkdir -p -- "$T/low/$value"
	spec=$(escaped "$value" && echo x)
	spec=${spec%x}
	same -e "V=$value" --hide "$value" --symlink "$value" "$value" --file "$spec=$value" --dir "$spec,mode=700" \
		-b "low/$spec:/mnt/$spec" -o "d/$spec,lower=low/$spec,xino=$spec" --tmpfs "$spec,size=1m" \
		--file-from "$value" "$value" -m "bind,$spec,$spec" -w "$value"
done
same --rm --no-seed --no-seed=x --seed y --net none --unshare all --share ipc --hostname h --as-root -n box \
	--cap-drop all --cap-add chown --clear-env -e PATH --unset-env X -q --verbose -l saved -l ./low
printf "hide ~/x\nbind y:z:optional\n" >given
same -v .:ro -b ro:optional --only home/x -p ./given

# A saved layer stays a name: a directory of the working directory becomes a path.
nacre run -q -n box sh -c ': >new'
nacre save -q box kept
same -l kept -l saved
expect_status 0 grep -x 'layer kept' profile
expect_status 0 grep -x "layer $T/saved" profile
nacre rm box

# The command runs not, and is no part of it.
expect_output 'rm' nacre run --rm --as-profile -- touch "$T/ran"
[ ! -e ran ]

# What stands for /tmp in the layer may not be written in where that is somebody else's.
chmod -R u+rwX "$HOME"
