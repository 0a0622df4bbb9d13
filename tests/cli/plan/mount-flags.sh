# needs: tool:jq
# Each flag of mount(8) and its opposite, as a remount takes them; the later of two wins.
for flags in ro rw nosuid suid nodev dev noexec exec nosymfollow symfollow nodiratime diratime \
	noatime atime strictatime nostrictatime relatime norelatime ro,rw rw,ro noatime,relatime \
	defaults,ro silent,ro; do
	echo "$flags: $(plan_json '.steps[1].flags' -m "none,none,/m,remount,$flags")"
done
