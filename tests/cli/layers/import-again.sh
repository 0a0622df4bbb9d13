# needs: archive
# A name that comes twice is what the later entry says; links are replaced, not followed.
mkdir outside
echo safe >outside/file
layers=$HOME/.local/share/nacre/layers
"$TAR" f file one f file two \
	l link "$T/outside/file" f link new \
	l dirlink "$T/outside" d dirlink 755 f dirlink/in x \
	d dir 755 f dir/old x d dir 700 \
	d tree 755 f tree/a x f tree text \
	f plain x d plain 755 f plain/in x \
	h same file h file file \
	f ./sub//deep/./name x >again.tar
expect_status 0 nacre import again.tar
expect_output safe cat outside/*
cd "$layers/again"
expect_output 'twotwonewxxtextxx' sh -c \
	'echo $(cat same file link dirlink/in dir/old tree plain/in sub/deep/name)'
expect_output 'directory 700' stat -c '%F %a' dir
expect_output 'regular file 2' stat -c '%F %h' same
expect_output 'directory 755' stat -c '%F %a' sub/deep
