# needs: userns overlay
# --share and --unshare decide about each namespace that can be chosen.
for ns in pid ipc uts cgroup net time; do
	outside=$(readlink "/proc/self/ns/$ns")
	expect_output "$outside" nacre run --rm --share $ns -- readlink "/proc/self/ns/$ns"
	expect_status 0 nacre run --rm --unshare $ns -- readlink "/proc/self/ns/$ns"
	expect_no_match "^${outside/[/\\[}"
done
expect_output "$(readlink /proc/self/ns/uts)" \
	nacre run --rm --share uts,ipc -- readlink /proc/self/ns/uts
