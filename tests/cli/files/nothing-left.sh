# needs: userns overlay
# Nothing is left in the root directory, the temporary directory or the run directory, whether the run
# succeeds or fails at whatever step.
small_root root
touch file
cp -a root before
for writes in keep drop deny host; do
	for options in "--tmpfs /new/deep" "-b file:/new/file" "--file /new/f=text" "--dev /d" \
		"--tmpfs /a -b none:/b" "--tmpfs /a -m nosuchtype,none,/m" "-o /o,lower=root/etc,tmp"; do
		# shellcheck disable=SC2086 # words
		keep box root --writes "$writes" $options -- true
		case "$status $options" in
		"0 "* | "125 "*none*) ;;
		*) fail_with_output "--writes $writes $options: status $status" ;;
		esac
	done
done
diff -r --no-dereference before root
left=$(find tmp run home/.local/state/nacre/live -mindepth 1 ! -name 'std*')
[ -z "$left" ] || fail "it left $left"
