# needs: userns overlay
# All kinds of changes, applied and taken back; the tree is then to the nanosecond what it was.
tree()
{
	find . -type d -printf '%P %y %m %T@\n' -o -printf '%P %y %m %s %T@ %n %l\n' | LC_ALL=C sort
	find . -type f -exec cksum {} + | LC_ALL=C sort
}

mkdir -p d/gone/deep d/dir/old
cd d
echo 1 >edited && echo 2 >mode && echo 3 >gone/deep/f && echo 4 >kind && echo 5 >moved && echo 6 >dir/old/f
ln edited link && ln -s nowhere dangling && touch -d '2001-02-03 04:05:06.789' edited gone/deep gone .
tree >../before
nacre run -q -n b -- sh -c '
	echo more >>edited && chmod 600 mode && rm -r gone kind dangling && mkdir kind && echo k >kind/f
	mv moved renamed && mkdir -p new/a && echo n >new/a/b && ln new/a/b new/c && mkfifo new/fifo
	rm -r dir && mkdir dir && echo other >dir/f && touch -d 2010-01-01 new dir/f'
nacre run -q -n b -- sh -c "$(declare -f tree); tree" >../seen
nacre status --porcelain b >../status
nacre commit b
tree | diff ../seen - || fail 'the base is not what the box saw'
expect_output '' nacre status --porcelain b
nacre undo
tree | diff ../before - || fail 'the base is not what it was'
nacre status --porcelain b | diff ../status -
expect_error undo-none nacre undo
