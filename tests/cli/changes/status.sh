# needs: userns overlay
# The list for people: sections, letters, marks, whole directories, caches folded.
mkdir -p home/.ssh project/.git/hooks project/old/deep
cd project
echo 1 >edited && echo 2 >touched && echo 3 >mode && echo 4 >gone && echo 5 >file && echo 6 >moved
echo 7 >old/deep/one && echo 8 >old/two && ln edited link && echo '#' >../home/.bashrc
nacre run -q -n b -- sh -c '
	echo more >>edited
	: >>touched
	chmod 600 mode
	rm -r gone old file
	mkdir file
	mv moved renamed
	ln -s nowhere symlink
	mkfifo fifo
	mkdir -p new/a && echo x >new/a/b && printf "#!/bin/sh\n" >new/run && chmod 755 new/run
	touch .git/hooks/pre-commit "name with space"
	echo "alias ls=rm" >>~/.bashrc
	echo key >~/.ssh/authorized_keys
	mkdir -p ~/.cache/big && echo x >~/.cache/big/file'
nacre status b
echo "--- one directory, all of it"
nacre status --all b new old
echo "--- in colour"
nacre status --color always b edited gone .git new | cat -v
