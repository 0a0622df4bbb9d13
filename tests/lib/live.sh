# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# Boxes that live, over ./root, for cases that need userns and overlay.
#
#   enter NAME COMMAND…        in the box, which is made when it does not live
#   started NAME               made, and staying
#   dir_of NAME                where the box is
#   keeper_of NAME             the pid of its keeper, as its record has it
#   init_of NAME               and of its init
#   mark_of NAME               the line of its record that says which box it is of
#   space_of NAME              its pid namespace; a box made anew has another one
#   is_gone PID                nothing is left of the process, or a zombie that somebody else has to reap

# shellcheck disable=SC2154 # host_programs is the harness's
enter()
{
	local name=$1

	shift
	"$NACRE" enter "$name" --root "$T/root" "${host_programs[@]}" -- "$@"
}

# mark_of NAME: the line of `live` that says which box it is of.
mark_of()
{
	local dir

	dir=$(dir_of "$1")
	echo "box $(stat -c '%d %i' "$dir") $(cat /proc/sys/kernel/random/boot_id)"
}

started()
{
	"$NACRE" start -q "$1" --root "$T/root" "${host_programs[@]}"
}

dir_of()
{
	echo "$XDG_STATE_HOME/nacre/boxes/$1"
}

keeper_of()
{
	sed -n 's/^keeper \([0-9]*\) .*/\1/p' "$(dir_of "$1")/live"
}

init_of()
{
	sed -n 's/^init \([0-9]*\) .*/\1/p' "$(dir_of "$1")/live"
}

space_of()
{
	enter "$1" readlink /proc/self/ns/pid
}

is_gone()
{
	! grep -qs '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$1/status"
}
