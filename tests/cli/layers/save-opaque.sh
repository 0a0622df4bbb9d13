# needs: userns overlay
# A directory that was emptied and filled again, also with what it had: all of it, and nothing of the base's.
small_root root
mkdir -p root/d/sub
echo same | tee root/d/same root/d/sub/same >root/d/other
cp -a root before
box root -n fix -- sh -c 'cp -a d copy; rm -r d; mkdir d; cp -a copy/same d; cp -a copy/sub d; rm -r copy; echo new >d/new'
expect_status 0 nacre save fix layer
for run in '-n fix' '--rm -l layer'; do
	# shellcheck disable=SC2086 # two words
	expect_output 'd: new same sub d/sub: same' box root $run -- sh -c 'echo $(ls -R d)'
done
# Over another base it hides what is there, and a new directory does not.
expect_status 0 box root -n more -l layer -- sh -c 'mkdir fresh; touch fresh/x'
expect_status 0 nacre save more top
mkdir under under/fresh under/d
touch under/fresh/u under/d/u
expect_output 'd: new same sub d/sub: same fresh: u x' box root --rm -l under -l layer -l top -- sh -c 'echo $(ls -R d fresh)'
diff -r --no-dereference before root
