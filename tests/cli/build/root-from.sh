# needs: userns overlay
# --root-from binds what a directory holds at / entry by entry, in an empty root: names of any kind, links as links, and with :ro all
# of it read-only, mounts below it too. It leaves out proc, dev, tmp, mnt and etc, and hides the boxes.
hostile_tree tree
mkdir -p tree/proc tree/dev tree/tmp tree/mnt tree/etc
touch tree/proc/host tree/dev/host tree/tmp/host tree/mnt/host tree/etc/host
keep nacre run --root-from tree "${host_programs[@]}" "${host_links[@]}" -- sh -c 'find / -xdev -name host; cat "/with space/file" /secret
	readlink /dangling /soft-link; printf more >/secret'
[ "$status" -eq 0 ] || fail_with_output "status $status"
[ "$(cat tmp/stdout)" = "$(printf 'text\nprivate/nowhere/at all\ntool')" ] || fail_with_output "another output"
[ "$(cat tree/secret)" = more ] || fail "a bind is writable"
find tree -mindepth 1 -maxdepth 1 -printf '%f\0' | grep -zvxE 'proc|dev|tmp|mnt|etc' | sort -z >tmp/outside
nacre run --root-from tree:ro "${host_programs[@]}" "${host_links[@]}" -- find / -mindepth 1 -maxdepth 1 -printf '%f\0' |
	sort -z >tmp/inside
comm -z -23 tmp/outside tmp/inside | cmp - /dev/null || fail "names are missing"
! grep -qzxE 'tmp|mnt|etc' tmp/inside || fail "something that is left out is there"

# Read-only is all of it; the root itself is the box's, and nothing of it stays.
expect_status 0 nacre run --root-from /:ro -- sh -c '! touch /usr/new "$HOME/new" 2>/dev/null && touch /new /srv-new &&
	[ -d /proc/self ] && [ -c /dev/null ] && [ ! -e /etc ] && [ ! -e /mnt ]' sh
[ ! -e /new ] || fail "the host's root was written"

# The boxes are not seen.
nacre run -q -n kept sh -c ': >file'
boxes=${XDG_STATE_HOME:-$HOME/.local/state}/nacre
[ -d "$boxes/boxes/kept" ] || fail "the box is not where it should be"
expect_output '' nacre run --root-from "$T" "${host_programs[@]}" "${host_links[@]}" -- ls -A "${boxes#"$T"}"
expect_error bind-source-missing nacre run --root-from nothing true
expect_error path-through-file nacre run --root-from tree/secret true
expect_error plan-layers-own-root nacre run --root-from tree -l tree true
