# needs: userns overlay
# A relative source is one of the working directory; dots are no way out of the root.
small_root root
mkdir src sub
echo here >src/file
cd sub
expect_output here box ../root -b ../src:/data -- cat /data/file
expect_output here box ../root -b ../src:/../../data/./x/.. -- cat /data/file
