# needs: userns overlay
# --dir gives exactly its mode, whatever the umask; --parent-mode is that of directories on the way, for what comes after it.
small_root root
umask 077
for base in "--tmpfs / ${host_links[*]}" "--root root --rm" "--root root --ro"; do
	# shellcheck disable=SC2086 # words
	expect_output '2755 /d
6711 /e
1777 /f
755 /f/g
710 /p
710 /p/q
0 /p/q/r
700 /s
711 /u
755 /u/v' nacre run $base "${host_programs[@]}" --dir /d,mode=2755 --dir /e,mode=6711 --dir /f,mode=1777 --dir /f/g \
		--parent-mode 0710 --dir /p/q/r,mode=0 --parent-mode 700 --ro-file /s/t= --parent-mode 711 --tmpfs /u/v -- \
		stat -c '%a %n' /d /e /f /f/g /p /p/q /p/q/r /s /u /u/v
done
# What is there keeps its mode.
mkdir -m 750 root/there
expect_output 750 box root --parent-mode 700 --dir /there,mode=777 --dir /there/below -- stat -c %a /there
