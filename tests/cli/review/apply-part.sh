# needs: userns overlay tool:tmux review
# Of a new directory, and of a removed one, a part can be taken; and of a directory what it is itself, without what is in it.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
mkdir -p home/project/old/sub home/project/mode
cd home/project
touch old/a old/sub/b mode/file
chmod 755 mode
"$NACRE" run -q -n rev -o "$HOME,shadow" -- sh -c '
	mkdir -p new/sub
	touch new/a new/sub/b new/sub/c
	rm -r old
	chmod 700 mode
	echo x >mode/file'
review_open 80x24 rev
review_shows '^ nacre review rev'
review_type / s u b / b Enter Space / o l d / a Enter Space / m o d e / . Enter Space g
review_screen '3 taken'
review_type p y
review_screen '^3 changes applied'
find . -printf '%p %m\n' | LC_ALL=C sort
review_type q
review_shows '^status 0'
