# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# A task as its user does it: each line as it is typed, behind "$ ", then all that is seen.
#
#   project NAME            a directory of that name in the home, where the case goes on
#   program FILE            makes FILE, a script of sh whose text is the input; a stand-in for a real program goes into $T/bin,
#                           which is on the PATH
#   copied_root DIR NAME…   a root directory with these programs of the host, and what they need to start
#   typed LINE              types it without a terminal; $? is what the line before left
#
# With a terminal, for questions. Needs tool:tmux.
#
#   typing              opens it
#   types LINE [REGEX]  types LINE and waits for the prompt, or for one more line that matches: a question
#   seen                prints all that the terminal showed
#
# What differs from run to run is made stable, and nothing else: a box that got its name from nacre is "kelor", and in a line
# with a path below $T, whose length differs, blanks are two. What else a case has to make so it says once:
#
#   also ARGUMENT…  of sed -E

PATH=$T/bin:$PATH
line_status=0
more=()

project()
{
	mkdir -p "$T/bin" "$HOME/$1"
	cd "$HOME/$1" || return
}

program()
{
	mkdir -p "$(dirname "$1")"
	{
		echo '#!/bin/sh'
		cat
	} >"$1"
	chmod 755 "$1"
}

copied_root()
{
	local root=$1 name file

	mkdir -p "$root/bin" "$root/etc" "$root/tmp"
	for name in "${@:2}"; do
		name=$(type -P "$name")
		cp "$name" "$root/bin/"
		for file in $(ldd "$name" | grep -o '/[^ ]*'); do
			mkdir -p "$root$(dirname "$file")"
			cp "$file" "$root$file"
		done
	done
	chmod 755 "$root" "$root"/*
}

stable()
{
	local name='[b-df-hj-np-tv-z][aeiou][b-df-hj-np-tv-z][aeiou][b-df-hj-np-tv-z]'

	sed -E -e "s/(\b(box|status|diff|commit|rm) | -n |\/boxes\/)$name\b/\1kelor/g" "${more[@]}" \
		-e "\\|$T|s/   +/  /g" -e 's/ +$//'
}

also()
{
	more=("$@")
}

typed()
{
	local before=$line_status

	line_status=0
	eval "(exit $before)
$1" >"$T/tmp/seen" 2>&1 </dev/null || line_status=$?
	printf '$ %s\n' "$1"
	stable <"$T/tmp/seen"
}

typing()
{
	trap terminal_close EXIT
	: >"$T/tmp/prompts"
	tmux -S "$T/tmp/tmux" -f /dev/null new-session -d -x 200 -y 100 \
		"PS1='\$ ' PROMPT_COMMAND='echo >>\"\$T/tmp/prompts\"' NACRE_PAGER= LC_ALL=C.UTF-8 exec bash --norc --noprofile -i"
	wait_until is_prompted 1
}

screen()
{
	tmux -S "$T/tmp/tmux" capture-pane -p -J -S - | grep .
}

# is_prompted N: the prompt was shown N times, and is ready.
is_prompted()
{
	[ "$(wc -l <"$T/tmp/prompts")" -ge "$1" ] && [ "$(screen | tail -n 1)" = '$ ' ]
}

# is_asked N REGEX
is_asked()
{
	[ "$(screen | grep -cE -e "$2")" -ge "$1" ]
}

types()
{
	local prompts asked=0

	prompts=$(wc -l <"$T/tmp/prompts")
	[ $# -eq 1 ] || asked=$(screen | grep -cE -e "$2") || :
	tmux -S "$T/tmp/tmux" send-keys -l -- "$1"
	tmux -S "$T/tmp/tmux" send-keys Enter
	if [ $# -gt 1 ]; then
		wait_until is_asked $((asked + 1)) "$2"
	else
		wait_until is_prompted $((prompts + 1))
	fi
}

seen()
{
	tmux -S "$T/tmp/tmux" capture-pane -p -J -S - | stable | sed -e :a -e '/^[$\n]*$/{$d;N;ba' -e '}'
}
