# needs: userns overlay
# The comparison is with the base as it is now: what it got by other means is no change any more.
mkdir d
nacre run -q -n b -- sh -c 'echo new >d/one; echo new >d/two; mkdir d/three'
cp -a home/.local/state/nacre/boxes/b/upper/*/*/d/one d/one 2>/dev/null ||
	cp -a "$(find home/.local/state/nacre/boxes/b/upper -name one)" d/one
mkdir d/three
nacre status b
