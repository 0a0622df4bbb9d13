# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# nacre review on a terminal of its own, for cases that need userns, overlay, tool:tmux and review.
#
#   review_box                 a home with a project, where the case goes on, and a box "rev" that changed both; with an
#                              overlay of its own, as a commit elsewhere in the same one would be in the way
#   review_open COLSxLINES [WORD…]
#                              a terminal of that size, in UTF-8, where nacre review is typed
#   review_again [VARIABLE=VALUE…] [WORD…]
#                              types it once more; it ends with its status, or says that the terminal is not as it was
#   review_resize COLS LINES   gives the terminal another size
#   review_type KEY…           as tmux send-keys
#   review_shows REGEX         waits until a line of the screen matches and nothing moves any more
#   review_screen REGEX        the same, and prints the screen between two lines

review_box()
{
	mkdir -p home/project/src
	printf 'export A=1\n' >home/.profile
	cd home/project || return
	printf 'one\ntwo\nthree\n' >src/main.c
	printf 'gone\n' >src/gone.c
	# shellcheck disable=SC2016 # for the shell in the box
	"$NACRE" run -q -n rev -o "$HOME,shadow" -- sh -c '
		printf "one\n2\nthree\nfour\n" >src/main.c
		rm src/gone.c
		mkdir -p new/sub
		printf a >new/a
		printf b >new/sub/b
		printf "export B=2\n" >>"$HOME/.profile"
		mkdir -p "$HOME/.cache/app"
		printf c >"$HOME/.cache/app/c"'
}

tmux_of_case()
{
	tmux -S "$T/tmp/tmux" "$@"
}

review_open()
{
	local size=$1

	shift
	cat >"$T/tmp/review" <<-'EOF'
		before=$(stty -g)
		"$NACRE" review "$@"
		echo "status $?"
		[ "$(stty -g)" = "$before" ] || echo "the terminal is not as it was"
	EOF
	trap terminal_close EXIT
	tmux_of_case -f /dev/null new-session -d -x "${size%x*}" -y "${size#*x}" \
		"PS1='> ' LC_ALL=C.UTF-8 exec bash --norc --noprofile -i"
	wait_until terminal_shows '^>'
	review_again "$@"
}

review_again()
{
	local variables=()

	while [[ ${1-} == *=* ]]; do
		variables+=("$1")
		shift
	done
	terminal_type "clear; ${variables[*]} sh $T/tmp/review $*" Enter
}

# tmux puts a resize off when another one was a quarter of a second ago.
review_resize()
{
	tmux_of_case resize-window -x "$1" -y "$2"
	sleep 0.4
}

review_type()
{
	tmux_of_case send-keys -- "$@"
}

review_shows()
{
	local before='' now

	wait_until terminal_shows "$1"
	while now=$(tmux_of_case capture-pane -p) && [ "$now" != "$before" ]; do
		before=$now
		sleep 0.1
	done
}

review_screen()
{
	review_shows "$1"
	echo "-- $1 --"
	tmux_of_case capture-pane -p
	echo "--"
}
