# needs: userns overlay
# timeout: 120
# A hostile root whose names are links to the host's: set-up stays in the root and touches nothing
# else. The box works or the error is explained.
mkdir victim
echo mine >victim/file
cp -a victim before
try()
{
	keep box root "$@" -- true
	case $status in
	0) ;;
	125) grep -qE '\[[a-z-]+\]$' "$T/tmp/stderr" && ! grep -qF '[bug]' "$T/tmp/stderr" || fail_with_output "$*: not explained" ;;
	*) fail_with_output "$*: status $status" ;;
	esac
	diff -r before victim || fail_with_output "$*: the host was changed"
}
for target in / "$T/victim" "../../../../../..$T/victim" /proc/self/fd/3 /proc/1/root loop ''; do
	for name in etc proc dev sys tmp data; do
		rm -rf root
		small_root root
		rm -rf "root/$name"
		if [ -n "$target" ]; then
			ln -s "${target/loop/$name}" "root/$name"
		fi
		for writes in keep host; do
			try -q --writes "$writes" --tmpfs /data/new --file /data/file=evil
			try -q --writes "$writes" -b root/usr:/data --tmpfs /tmp
			try -q --writes "$writes" --dir "/$name/dir" --symlink x "/$name/link" --file "/$name/file=evil"
			try -q --writes "$writes" --hide "/$name/file"
		done
	done
done
