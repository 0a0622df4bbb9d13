# needs: userns overlay
# Over a root directory with layers: what the box saw is what counts, whichever layer had it.
mkdir -p root/dir one/dir two
echo root >root/file && echo root >root/dir/low && echo one >one/dir/high && echo two >two/file
chmod 755 root/dir one/dir
cp -a /bin/busybox root/sh 2>/dev/null || true
nacre run -q -n b --root root -l one -l two -b /bin -b /usr -b /lib -b /lib64:optional -- sh -c '
	echo two >/file.new && cat /file >/file.copy && rm -r /dir && echo three >/file'
nacre status --porcelain b | grep -v -e /bin -e /usr -e /lib
nacre status b | head -1 | sed "s,$T/,,"
