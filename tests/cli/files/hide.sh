# needs: userns overlay
# --hide covers a directory, a file and all that a pattern matches, and skips what is not there.
small_root root
mkdir root/secret
touch root/secret/key root/a.pem root/b.pem root/c.txt root/.d.pem
echo content | tee root/a.pem root/b.pem root/c.txt root/.d.pem root/secret/key >/dev/null
expect_output '' box root --hide /secret -- ls -A /secret
expect_output '' box root --hide /secret/key -- cat /secret/key
expect_output 'content content' box root --hide '/*.pem' -- \
	sh -c 'echo $(cat /a.pem /b.pem /c.txt /.d.pem)'
expect_output '' box root --hide '/se*/k?[y]' -- cat /secret/key
expect_output content box root --hide /none --hide '/none*/*' -- cat /c.txt
expect_status 0 box root --hide /secret --hide /c.txt -- \
	sh -c '! touch /secret/new 2>/dev/null && ! echo x 2>/dev/null >/c.txt'
