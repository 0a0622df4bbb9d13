# needs: tool:getfattr
# same_tree sees each kind of difference between two trees.
differ()
{
	rm -rf b && cp -a a b && same_tree a b && (cd b && eval "$1")
	if (same_tree a b) >tmp/diff 2>&1; then
		fail "same_tree does not see: $1"
	fi
}

hostile_tree a
differ 'chmod 640 secret'
differ 'printf other >secret && touch -r ../a/secret secret'
differ 'touch secret'
differ 'rm -- fifo'
differ 'mkdir new'
differ 'chmod 700 sticky'
differ 'ln -sfn elsewhere soft-link'
differ 'rm hard-link && cp -a tool hard-link'
differ 'setfattr -n user.note -v x secret'
differ 'mv $'\''new\nline'\'' newline'
