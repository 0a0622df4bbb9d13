# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# nacre as the programs that it stands in for. Read by a case with ". \"$SOURCE/tests/lib/stand-in.sh\"".

overlayns()
{
	nacre as overlayns "$@"
}

nsroot()
{
	nacre as nsroot "$@"
}

# What binds the host's programs into a root of small_root, as volumes.
volumes=()
for name in /usr /bin /sbin /lib*; do
	[ -L "$name" ] || volumes+=(-v "$name:$name:ro")
done

# nsroot_in ROOT [OPTION…] -- COMMAND…: with the host's programs in it.
nsroot_in()
{
	local root=$1 options=()

	shift
	while [ "$1" != -- ]; do
		options+=("$1")
		shift
	done
	shift
	nsroot "${volumes[@]}" "${options[@]}" "$root" "$@"
}

# count COMMAND…: how many lines it prints.
count()
{
	"$@" | wc -l
}
