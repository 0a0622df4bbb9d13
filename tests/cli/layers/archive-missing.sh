# Without the program that packs and unpacks, both verbs say what to install; the others work.
cp "$NACRE" alone
expect_error archive-missing ./alone import x.tar
expect_match 'libarchive-dev and libjson-c-dev'
expect_error archive-missing ./alone export box -o x.tar
expect_status 0 ./alone layers
expect_status 0 ./alone import -h
