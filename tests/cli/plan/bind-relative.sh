# A relative path of the host is one of the working directory; dots in a path are no way out of it.
mkdir -p sub/dir
plan -b sub/dir:/b
plan -b sub:x
plan -b ./ro:/b
plan -b ./ro
plan -b /a/../b/./c//d:/e/..
cd sub
plan -b dir:/b
plan -b ..:/b
