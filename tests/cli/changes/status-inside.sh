# needs: userns overlay tty tool:jq
# What may run by itself is told also when it came with a new directory; what is in a marked one is not told again.
mkdir home/project
cd home/project
nacre run -q -n b -- sh -c '
	mkdir -p ~/.config/systemd/user ~/.config/app ~/tools/empty/er .git/hooks ~/.ssh
	echo x >~/.config/systemd/user/x.service
	echo x >~/.config/app/rc
	echo x >~/.ssh/authorized_keys
	printf "#!/bin/sh\n" >~/tools/own; chmod 4755 ~/tools/own
	touch .git/hooks/update.sample .git/hooks/post-merge'
nacre status b
echo "--- in the questions of nacre try"
printf 's\nq\n' | on_terminal nacre try --color never -n b -- true | tr -d '\r' | grep '^. ~/\.config\|^A.*(' 
echo "--- for programs"
nacre status --json b | jq -r '.changes[] | "\(.path) \(.inside) \(.runs)"' | sed "s,$HOME,~,"
