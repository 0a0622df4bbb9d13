# needs: archive
# What cannot be imported is an error, and leaves nothing.
layers=$HOME/.local/share/nacre/layers
"$TAR" f file "$(seq 2000)" >good.tar
head -c 3000 good.tar >cut.tar
gzip <good.tar | head -c 1000 >cut.tar.gz
echo 'no archive' >text
: >empty
for file in cut.tar cut.tar.gz text empty; do
	expect_error archive-damaged nacre import "$file" name
	[ -z "$(ls -A "$layers")" ] || fail "$file left in the shelf: $(ls -A "$layers")"
done
expect_status 125 nacre import missing.tar
expect_match "^nacre: cannot import $T/missing.tar: No such file or directory$"
expect_error layer-name nacre import good.tar .hidden
expect_error layer-name nacre import good.tar a.layer
expect_error layer-name nacre import good.tar a/b
expect_error layer-name nacre import - <good.tar
expect_match 'nacre import FILE NAME'
expect_error usage-words nacre import
expect_error usage-words nacre import a b c
expect_error usage-unknown-option nacre import --nmae good.tar
expect_status 0 nacre import good.tar
expect_error layer-exists nacre import good.tar
expect_status 0 nacre import -h
expect_match '^nacre import '
