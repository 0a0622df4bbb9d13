# needs: userns overlay
# Later binds lie over earlier ones, and below them.
small_root root
mkdir one two one/sub
echo 1 >one/file
echo 2 >two/file
expect_output 2 box root -b one:/data -b two:/data -- cat /data/file
expect_output '1 2' box root -b one:/data -b two:/data/sub -- \
	sh -c 'echo $(cat /data/file /data/sub/file)'
