# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# What a case in tests/cli may use. The runner reads this before each case, under `set -eu`: a
# command that fails ends the case, so a status other than 0 that is meant is named with
# expect_status or `|| echo $?`.
#
#   $T        the case's own directory, and where it starts; home, run and tmp in it are what their variables say
#   $NACRE    the program under test, which is also `nacre` on the PATH
#   $REFUSE   runs a command with chosen system calls refused (tests/lib/refuse.c)
#   $KEYRING  puts a key into the session keyring, or looks for it (tests/lib/keyring.c)
#   $PUSH     tries to type into the terminal (tests/lib/push.c)
#   $TAR      writes archives that no tool would write (tests/lib/tar.c)
#   $ANSWER   listens at sockets, and asks who listens at one (tests/lib/answer.c)
#   $SOURCE   the source tree, for what a case reads from it
#
# The expect functions run a command once and keep its output in $T/tmp/stdout and $T/tmp/stderr;
# they print it only when they fail. expect_match looks at what the last one kept.

fail()
{
	echo "failed: $*" >&2
	exit 1
}

# Runs a command, keeps its output and leaves its status in $status. Never fails.
keep()
{
	status=0
	"$@" >"$T/tmp/stdout" 2>"$T/tmp/stderr" || status=$?
}

fail_with_output()
{
	cat "$T/tmp/stdout" "$T/tmp/stderr"
	fail "$@"
}

# expect_status N COMMAND…
expect_status()
{
	local want=$1

	shift
	keep "$@"
	[ "$status" -eq "$want" ] || fail_with_output "$*: status $status, not $want"
}

# expect_output TEXT COMMAND…: status 0 and exactly this on stdout, but for newlines at the end.
expect_output()
{
	local want=$1

	shift
	expect_status 0 "$@"
	[ "$(cat "$T/tmp/stdout")" = "$want" ] || fail_with_output "$*: its output is not: $want"
}

# expect_error [STATUS] NAME COMMAND…: nacre itself fails, with 125 or STATUS, and names the
# explanation, on stderr or, with --json, on stdout.
expect_error()
{
	local want=125

	case $1 in
	[0-9]*) want=$1 && shift ;;
	esac
	local name=$1

	shift
	expect_status "$want" "$@"
	grep -qF -e "[$name]" -e "\"name\":\"$name\"" "$T/tmp/stderr" "$T/tmp/stdout" ||
		fail_with_output "$*: its message does not name [$name]"
}

# expect_match REGEX: a line that the last command printed, on either channel, matches.
expect_match()
{
	grep -qE -e "$1" "$T/tmp/stdout" "$T/tmp/stderr" || fail_with_output "no line matches: $1"
}

expect_no_match()
{
	! grep -qE -e "$1" "$T/tmp/stdout" "$T/tmp/stderr" || fail_with_output "a line matches: $1"
}

# wait_until COMMAND…: tries it until it succeeds, for ten seconds.
wait_until()
{
	local try

	for ((try = 0; try < 200; try++)); do
		if "$@"; then
			return
		fi
		sleep 0.05
	done
	fail "never came true: $*"
}

# box_init PID, box_command PID: the init and the command of the nacre PID, by their pids out here.
box_init()
{
	local children

	read -r -a children <<<"$(cat "/proc/$1/task/$1/children")"
	echo "${children[0]-}"
}

box_command()
{
	box_init "$(box_init "$1")"
}

# names DIR: of what is in it, hidden or not, sorted, each with a blank behind it.
names()
{
	find "$1" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | tr '\n' ' '
}

# first_id FILE: the first id that FILE, /etc/subuid or /etc/subgid, grants the caller.
first_id()
{
	awk -F: -v login="$(id -un)" -v id="$(id -u)" \
		'$1 == login || $1 == id { print $2; exit }' "$1"
}

# runs_as PID NAME: the process is there and executes a program of that name.
runs_as()
{
	[ "$(cat "/proc/$1/comm" 2>/dev/null)" = "$2" ]
}

# on_terminal COMMAND…: with a terminal of its own as stdin, stdout and stderr. Needs tty.
on_terminal()
{
	script --quiet --return --command "$(printf '%q ' "$@")" /dev/null
}

# small_root DIR: a root directory in which programs run once the host's /usr is bound, with box DIR.
small_root()
{
	local name

	mkdir -p "$1/usr" "$1/etc"
	printf 'base\n' >"$1/etc/file"
	for name in /bin /sbin /lib*; do
		if [ -L "$name" ]; then
			ln -s "usr$name" "$1$name"
		else
			mkdir "$1$name"
		fi
	done
}

# The options that bind them; host_links makes the links too, for a root that is empty.
host_programs=()
host_links=()
for name in /usr /bin /sbin /lib*; do
	if [ -L "$name" ]; then
		host_links+=(--symlink-from "$name" "$name")
	else
		host_programs+=(-b "$name:ro")
	fi
done

# box DIR [OPTION…] -- COMMAND…: in a box whose base is DIR, made by small_root.
box()
{
	local root=$1

	shift
	"$NACRE" run --root "$root" "${host_programs[@]}" "$@"
}

# with_mounts SCRIPT: where it may mount and what it mounts goes with it. Needs userns.
with_mounts()
{
	# shellcheck disable=SC2016 # for the inner shell
	unshare --user --map-root-user --mount --propagation private bash -euc \
		'. "$SOURCE/tests/lib/harness.sh"; eval "$1"' bash "$1"
}

# plan [OPTION…]: the steps that they make on an empty root directory, one a line, without the one
# that is always there.
plan()
{
	mkdir -p root
	"$NACRE" run --root root --no-defaults --dry-run "$@" -- true |
		sed '1,/^steps$/d; /^$/,$d; / 1  overlay of .*\/root on \/, writes kept in the box$/d'
}

# plan_json FILTER [OPTION…]: what jq finds in the plan for such a root. Needs tool:jq.
plan_json()
{
	local filter=$1

	shift
	mkdir -p root
	"$NACRE" run --root root --no-defaults --dry-run --json "$@" -- true | jq -c "$filter"
}

# listen PATH…: each is a socket that tells its path to who connects; they go with the case.
listen()
{
	local path

	"$ANSWER" serve "$@" &
	# shellcheck disable=SC2064 # this pid
	trap "kill $! 2>/dev/null" EXIT
	for path in "$@"; do
		[[ $path == @* ]] || wait_until test -S "$path"
	done
}

# A terminal with an interactive shell whose prompt is "> ", and somebody who types. Needs tool:tmux.
#
#   terminal_open         starts it; it goes with the case
#   terminal_type KEY…    as tmux send-keys: text, Enter, C-c
#   terminal_shows REGEX  a line of the screen matches; wait_until waits for it
#   terminal_clear        the shell clears the screen, so that nothing old matches
terminal_open()
{
	trap terminal_close EXIT
	tmux -S "$T/tmp/tmux" -f /dev/null new-session -d -x 100 -y 40 \
		"PS1='> ' exec bash --norc --noprofile -i"
	wait_until terminal_shows '^>'
}

terminal_type()
{
	tmux -S "$T/tmp/tmux" send-keys "$@"
}

terminal_shows()
{
	tmux -S "$T/tmp/tmux" capture-pane -p | grep -qE -e "$1"
}

terminal_clear()
{
	terminal_type 'clear' Enter
	wait_until terminal_is_clear
}

terminal_is_clear()
{
	[ "$(tmux -S "$T/tmp/tmux" capture-pane -p | grep .)" = '>' ]
}

# Prints the screen of a case that fails.
terminal_close()
{
	local status=$?

	if [ "$status" -ne 0 ]; then
		tmux -S "$T/tmp/tmux" capture-pane -p | grep . || true
	fi
	tmux -S "$T/tmp/tmux" kill-server
}

# All that can be told of a tree, one entry a line: name, type, mode, owner, content and extended
# attributes; links, size, time and target of what is no directory. A newline in a name becomes \1,
# to keep it on its line.
describe_tree()
{
	(
		set -o pipefail
		cd "$1" || exit
		find . -type d -printf '%p %y %m %U:%G\0' -o \
			-printf '%p %y %m %U:%G %n %s %T@ %l\0' | sort -z | tr '\n\0' '\1\n'
		find . -type f -print0 | sort -z | xargs -0r sha256sum -z -- | tr '\n\0' '\1\n'
		find . -print0 | sort -z | xargs -0r getfattr --no-dereference --dump --match=- \
			--encoding=hex --
	)
}

# same_tree A B: nothing tells them apart. Needs tool:getfattr.
same_tree()
{
	command -v getfattr >/dev/null || fail "same_tree: the case lacks \"# needs: tool:getfattr\""
	describe_tree "$1" >"$T/tmp/tree-a"
	describe_tree "$2" >"$T/tmp/tree-b"
	diff -u "$T/tmp/tree-a" "$T/tmp/tree-b" || fail "$1 and $2 differ"
}

# exact_tree DIR: the same, and the times of directories, to the nanosecond.
exact_tree()
{
	describe_tree "$1"
	(
		cd "$1" || exit
		find . -type d -printf '%p %T@\0' | sort -z | tr '\n\0' '\1\n'
	)
}

# with_usr_local shared|exclusive: until the case ends no other one writes in the machine's /usr/local, or looks at it. For
# those that look, and those that write.
with_usr_local()
{
	exec {usr_local}<"$SOURCE/tests/run-cli"
	flock "--$1" "$usr_local"
}

# hostile_tree DIR: every kind of entry a plain user can make, with names that break careless code.
hostile_tree()
{
	mkdir -p "$1"
	(
		cd "$1" || exit
		mkdir empty 'with space' 'a,b:c\d' $'new\nline' $'not\xffutf8' -- '-rf'
		printf 'text\n' >'with space/file'
		printf 'a\0b' >'a,b:c\d/a=b;c"d'
		printf 'x' >$'new\nline/'$'tab\there'
		printf 'y' >$'not\xffutf8/\xfe\xff'
		: >'*'
		printf 'private' >secret && chmod 600 secret
		printf '#!/bin/sh\n' >tool && chmod 755 tool
		ln tool hard-link
		ln -s tool soft-link
		ln -s '/nowhere/at all' dangling
		mkfifo fifo
		truncate -s 1M sparse && printf 'end' >>sparse
		mkdir sticky && chmod 1777 sticky
		touch -d '2001-02-03 04:05:06.789' secret
	)
}
