# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# What a test may ask of the machine, in its line "# needs: userns overlay tool:strace". missing
# NEED prints why the need is not met, or nothing; its status is not 0 when there is no such need. A
# need is tried, never concluded from a version or a setting.

missing()
{
	case $1 in
	user) [ "$(id -u)" -ne 0 ] || echo "must not be root" ;;
	root) [ "$(id -u)" -eq 0 ] || echo "must be root" ;;
	userns) unshare --user true 2>/dev/null || echo "no user namespaces" ;;
	overlay) overlay_mounts || echo "no overlay in a user namespace" ;;
	outside) [ "$(stat -c %u /)" -eq 0 ] || echo "in a box: the host's owners are not to be seen" ;;
	newuidmap) unshare --user --map-auto true 2>/dev/null || echo "no subordinate ids" ;;
	range) has_range || echo "no range of ids" ;;
	mirror) mirror_answers || echo "no package mirror within reach" ;;
	cgroup) { dir=$(cgroup_make) && rmdir "$dir"; } 2>/dev/null || echo "no control group can be made here" ;;
	npm) npm ping >/dev/null 2>&1 || echo "no npm, or no registry within reach" ;;
	tty) command -v script >/dev/null || echo "no script(1) to make a terminal" ;;
	archive) [ -x "${NACRE%/*}/nacre-archive" ] || echo "nacre was built without libarchive or json-c" ;;
	review) [ -x "${NACRE%/*}/nacre-review" ] || echo "nacre-review is not built" ;;
	gi:?*-?*) has_gi "${1#gi:}" || echo "no ${1#gi:} for python3" ;;
	python:?*) /usr/bin/python3 -c "import ${1#python:}" 2>/dev/null || echo "no ${1#python:} for python3" ;;
	minibrowser) compgen -G '/usr/lib/*/webkit2gtk-4.1/MiniBrowser' >/dev/null || echo "no MiniBrowser" ;;
	tool:?*) command -v "${1#tool:}" >/dev/null || echo "no ${1#tool:}" ;;
	*) return 1 ;;
	esac
}

# Root maps any; others have subordinate ones, or none.
has_range()
{
	[ "$(id -u)" -eq 0 ] || unshare --user --map-auto true 2>/dev/null
}

# The upper is where a test's own files would be, as not every file system can hold one.
overlay_mounts()
{
	local dir status

	dir=$(mktemp -d) || return 1
	mkdir "$dir/lower" "$dir/upper" "$dir/work" "$dir/merged"
	# shellcheck disable=SC2016 # for the inner shell
	unshare --user --map-root-user --mount sh -c 'cd "$1" && mount -t overlay overlay \
		-o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged && : >merged/written' \
		sh "$dir" 2>/dev/null
	status=$?
	rm -rf "$dir"
	return $status
}

# Makes a group of the second version in the one that this shell is in, and prints its directory.
cgroup_make()
{
	local mount dir

	mount=$(awk '{ for (i = 7; $i != "-"; i++); if ($(i + 1) == "cgroup2") { print $5; exit } }' /proc/self/mountinfo)
	[ -n "$mount" ] || return 1
	dir=$mount$(sed -n 's/^0:://p' /proc/self/cgroup)/nacre-test-$BASHPID
	mkdir "$dir" && echo "$dir"
}

# NAME-VERSION of a library that python3 can use by introspection.
has_gi()
{
	/usr/bin/python3 -c 'import gi, sys; gi.require_version(*sys.argv[1].rsplit("-", 1))' "$1" 2>/dev/null
}

# The first file of the first source is asked for as apt itself would, through its proxy.
mirror_answers()
{
	local file status uri

	uri=$(apt-get --print-uris update 2>/dev/null | sed -n "1s/^'\([^']*\)'.*/\1/p")
	[ -n "$uri" ] && file=$(mktemp) || return 1
	/usr/lib/apt/apt-helper -o Acquire::Retries=1 download-file "$uri" "$file" >/dev/null 2>&1
	status=$?
	rm -f "$file"
	return $status
}
