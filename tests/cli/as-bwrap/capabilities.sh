# needs: userns
# None for a plain user, those that are added, in the order of the options; never new privileges.
caps()
{
	nacre as bwrap --unshare-user --ro-bind / / "$@" grep -E '^Cap(Eff|Prm|Inh|Amb)' /proc/self/status |
		cut -f 2 | sort -u | tr '\n' ' '
}

none=0000000000000000
[ "$(id -u)" = 0 ] || [ "$(caps)" = "$none " ] || fail "$(caps)"
[ "$(caps --cap-drop ALL)" = "$none " ] || fail "$(caps --cap-drop ALL)"
[ "$(caps --cap-drop ALL --cap-add CAP_NET_ADMIN)" = "0000000000001000 " ] || fail "$(caps --cap-add CAP_NET_ADMIN)"
[ "$(caps --cap-drop ALL --cap-add cap_net_admin --cap-add CAP_CHOWN --cap-drop CAP_NET_ADMIN)" = "0000000000000001 " ] ||
	fail "in order"
expect_output 1 nacre as bwrap --ro-bind / / sh -c "sed -n 's/NoNewPrivs:\t//p' /proc/self/status"
# A capability that is given is one to use.
nacre as bwrap --unshare-user --cap-drop ALL --cap-add ALL --ro-bind / / --tmpfs /tmp mount -t tmpfs none /tmp ||
	fail "no mount with all capabilities"
