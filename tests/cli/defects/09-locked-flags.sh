# needs: userns overlay
# Defect 9: a remount that did not repeat the flags a mount was locked with was refused (EPERM), or would have lost them. They are kept.
with_mounts '
	mkdir src place
	mount -t tmpfs -o nosuid,nodev,noexec,noatime none src
	mkdir src/below
	mount -t tmpfs -o nodev,nosuid none src/below
	mount -o remount,bind,nodev,nosuid,nodiratime src/below
	# flags COMMAND…: those of the place, where the bind lies over a part of the base (an overlay), and of what is below it are $want.
	flags()
	{
		expect_output "$want" "$@" -- awk -v place="$T/place" "/ - tmpfs / && \$5 == place { top = \$6 }
			\$5 == place \"/below\" { below = \$6 } END { print top, below }" \
			/proc/self/mountinfo
	}
	want="ro,nosuid,nodev,noexec,noatime ro,nosuid,nodev,nodiratime,relatime"
	flags nacre run --rm -m rbind,src,place -m remount,none,place,ro,rec
	flags nacre run --rm -m rbind,src,place,ro
	flags "$REFUSE" mount_setattr,fsopen,open_tree,move_mount,fsmount -- nacre run --rm -m rbind,src,place -m remount,none,place,ro,rec
	want="ro,nosuid,nodev,noexec,noatime rw,nosuid,nodev,nodiratime,relatime"
	flags nacre run --rm -m rbind,src,place -m remount,none,place,ro
	flags "$REFUSE" mount_setattr,fsopen,open_tree,move_mount,fsmount -- nacre run --rm -m rbind,src,place -m remount,none,place,ro
	# To take one away is refused, and says so.
	expect_error flag-locked nacre run --rm -m rbind,src,place -m remount,none,place,exec true
'
