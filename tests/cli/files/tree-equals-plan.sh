# needs: userns overlay tool:jq
# The box's mounts, directories and links are those that the dry run announced: for the host, and for a
# root directory with a dozen options.
export LC_ALL=C

# PLACE TYPE MODE for each step that mounts; "any" where the source decides.
announced='.steps[] | select(.kind | IN("bind", "tmpfs", "proc", "dev", "devpts", "mqueue", "sys", "overlay", "mount")) |
	[.dst, ({dev: "tmpfs", bind: "any", sys: "sysfs", mount: .type}[.kind] // .kind),
	(if (.flags // []) | index("ro") then "ro" else "any" end)] | join(" ")'

# The kind, the place and the target of each step that makes something.
made='.steps[] | select(.kind | IN("dir", "symlink")) | [.kind, .dst, .target // ""] | join(" ")'

# All below these comes with the mount itself: a recursive bind, the nodes of /dev.
brought='.steps[] | select(.kind | IN("bind", "dev", "sys")) | .dst'

is_brought()
{
	local above

	while read -r above; do
		case $1 in
		"${above%/}/"*) return 0 ;;
		esac
	done <list-brought
	return 1
}

compare()
{
	local place type mode

	"$@" --dry-run --json -- true >plan.json
	jq -r "$announced" plan.json >list-announced
	jq -r "$brought" plan.json >list-brought
	jq -r "$made" plan.json >list-made
	jq -r '.steps[] | select(.kind | IN("hide", "remount", "file")) | .dst' plan.json >list-others
	"$@" -- sh -c 'cat /proc/self/mountinfo; echo; while read -r kind place target; do
		case $kind in
		dir) test -d "$place" || echo "no directory $place" ;;
		symlink) test "$(readlink "$place")" = "$target" || echo "no link $place" ;;
		esac
	done' <list-made >seen
	[ -z "$(sed '1,/^$/d' seen)" ] || fail "$(sed '1,/^$/d' seen)"
	sed '/^$/,$d' seen | awk '{ for (i = 7; $i != "-"; i++); print $5, $(i + 1), substr($6, 1, 2) }' >mounts

	while read -r place type mode; do
		awk -v p="$place" -v t="$type" -v m="$mode" '$1 == p && (t == "any" || $2 == t) && (m == "any" || $3 == m) { f = 1 }
			END { exit !f }' mounts || fail "announced but not there: $place $type $mode"
	done <list-announced
	while read -r place type mode; do
		grep -q "^$(printf %s "$place" | sed 's/[].[*^$\\]/\\&/g')\( \|$\)" list-announced list-others || is_brought "$place" ||
			fail "there but not announced: $place $type $mode"
	done <mounts
}

compare nacre run --rm
compare nacre run --ro
compare nacre run --rw
small_root root
mkdir low up
touch file
compare box root --rm --tmpfs /t,ro -b low:/l:ro -b file:/f --proc /p --devpts /pts --mqueue /q --dir /d/e \
	--symlink d /s --file /text=x -o /o,lower=low,tmp -m tmpfs,none,/m,ro --tmpfs /t2 -m none,none,/t2,remount,ro \
	--hide /etc/file -o /u,lower=low,upper=up
