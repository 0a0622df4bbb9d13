# needs: userns overlay
# The text of a file is taken as it stands, whatever bytes are in it.
small_root root
text=$'a=b,c:d\\e\n\n\x01\xff\xfe"\'$(x) \t'
printf %s "$text" >want
expect_status 0 box root --file "/f=$text" -- cat /f
cmp want "$T/tmp/stdout"
printf '%0100000d' 0 >want
expect_status 0 box root --file "/f=$(cat want)" -- cat /f
cmp want "$T/tmp/stdout"
head -c 3000000 /dev/urandom >want
expect_status 0 box root --file-from want /f -- cat /f
cmp want "$T/tmp/stdout"
