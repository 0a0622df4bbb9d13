// SPDX-License-Identifier: MIT
/* The sentence of each kind of step, and mount flags in words. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "plan/step.h"
#include "test.h"

#include <string.h>

#define _cleanup_arena_ _cleanup_(arena_release)
#define DEFAULT_FLAGS (MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV)

static void check_sentence(const struct step *step, const char *want)
{
	_cleanup_text_ struct text out = { 0 };

	step_describe(step, &out);
	check_str(text_str(&out), want);
}

/* As the reader makes it from --bind. */
static struct step bind_step(const char *src, const char *dst)
{
	struct step step = step_init(STEP_BIND, dst);

	step.src = src;
	step.flags.set = DEFAULT_FLAGS;
	step.flags.recursive = true;
	step.origin = "-b …";
	return step;
}

static void add_lower(struct arena *arena, struct overlay *o, const char *path, bool in_root)
{
	*VECTOR_ADD(arena, &o->lowers) = (struct layer){ .path = path, .in_root = in_root };
}

static struct step overlay_step(struct overlay *o, const char *dst)
{
	struct step step = step_init(STEP_OVERLAY, dst);

	step.overlay = o;
	step.flags.set = DEFAULT_FLAGS;
	step.origin = "-o …";
	return step;
}

TEST(step, init_leaves_ids_and_mode_open)
{
	struct step step = step_init(STEP_TMPFS, "/tmp");

	check(step.uid == -1 && step.gid == -1 && step.mode == -1);
	check(!step.recursive && step.size == 0 && step.mkdir == MKDIR_MAYBE);
	check(step_init(STEP_BIND, "/x").recursive);
}

TEST(step, every_kind_has_a_name_and_a_sentence)
{
	for (enum step_kind kind = 0; kind < STEP_KIND_COUNT; kind++) {
		struct step step = step_init(kind, NULL);
		_cleanup_text_ struct text out = { 0 };

		check(step_kind_name(kind) && *step_kind_name(kind));
		step_describe(&step, &out);
		check(out.len > 0);
	}
	check_str(step_kind_name(STEP_BIND), "bind");
	check_str(step_kind_name(STEP_ONLY), "only");
}

TEST(step, bind)
{
	struct step step = bind_step("/srv", "/data");

	check_sentence(&step, "bind of /srv on /data");
	step.flags.set |= MOUNT_ATTR_RDONLY;
	check_sentence(&step, "bind of /srv on /data, read-only");
	step.flags.recursive = false;
	check_sentence(&step, "bind of /srv on /data, read-only, submounts keep their flags");
	step = bind_step("/srv", "/data");
	step.recursive = step.flags.recursive = false;
	step.optional = true;
	check_sentence(&step, "bind of /srv on /data, alone (no submounts), optional");
	step.recursive = step.flags.recursive = true;
	step.optional = false;
	step.ensure = true;
	step.in_root = true;
	step.mkdir = MKDIR_NEVER;
	check_sentence(&step, "bind of /srv in the box on /data, made if missing, mkdir=never");
}

TEST(step, bind_names_the_defaults_that_the_user_took_away)
{
	struct step step = bind_step("/srv", "/data");

	step.flags.set = MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
	check_sentence(&step, "bind of /srv on /data, suid, noexec");
	step.flags.propagation = MS_SLAVE;
	step.flags.propagation_recursive = true;
	check_sentence(&step, "bind of /srv on /data, suid, noexec, rslave");

	/* A step of the base shows what the host has. */
	step = bind_step("/sys", "/sys");
	step.origin = NULL;
	step.flags.set = MOUNT_ATTR_RDONLY;
	check_sentence(&step, "bind of /sys on /sys, read-only");
}

TEST(step, tmpfs)
{
	struct step step = step_init(STEP_TMPFS, "/tmp");

	check_sentence(&step, "tmpfs on /tmp");
	step.size = 64 << 20;
	step.mode = 01777;
	check_sentence(&step, "tmpfs on /tmp, 64 MiB, mode 1777");
	step.size = (UINT64_C(3) << 30) + 1;
	check_sentence(&step, "tmpfs on /tmp, 3221225473 bytes, mode 1777");
	step.size = UINT64_C(5) << 40;
	step.mode = 0;
	step.inodes = 1;
	step.uid = 5;
	step.gid = 4294967294;
	step.flags.set = DEFAULT_FLAGS | MOUNT_ATTR_RDONLY;
	check_sentence(
		&step,
		"tmpfs on /tmp, 5 TiB, 1 inode, mode 0000, uid 5, gid 4294967294, read-only");
}

TEST(step, kernel_file_systems)
{
	struct step step = step_init(STEP_PROC, "/proc");

	check_sentence(&step, "fresh proc on /proc");
	step.fallback_bind = true;
	check_sentence(&step, "fresh proc on /proc, or the host's where the kernel refuses");
	step = step_init(STEP_DEV, "/dev");
	step.flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
	check_sentence(&step, "private /dev on /dev");
	step = step_init(STEP_DEVPTS, "/dev/pts");
	step.mode = 0620;
	step.gid = 5;
	check_sentence(&step, "devpts on /dev/pts, mode 0620, gid 5");
	step = step_init(STEP_MQUEUE, "/dev/mqueue");
	check_sentence(&step, "message queues on /dev/mqueue");
	step = step_init(STEP_SYS, "/sys");
	step.flags.set = MOUNT_ATTR_RDONLY;
	check_sentence(&step, "sysfs on /sys, read-only");
}

TEST(step, mount)
{
	struct step step = step_init(STEP_MOUNT, "/mnt");

	step.fstype = "ext4";
	step.src = "/dev/sda1";
	check_sentence(&step, "ext4 of /dev/sda1 on /mnt");
	step.options = (const char *const[]){ "data=ordered", "commit=5", "a,b\\c", NULL };
	step.flags.set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOATIME;
	check_sentence(
		&step,
		"ext4 of /dev/sda1 on /mnt, with \"data=ordered,commit=5,a\\\\,b\\\\\\\\c\", "
		"read-only, noatime");
	step = step_init(STEP_MOUNT, "/mnt");
	step.fstype = "ramfs";
	step.src = "none";
	check_sentence(&step, "ramfs on /mnt");
	step.src = "ramfs";
	check_sentence(&step, "ramfs on /mnt");
}

TEST(step, remount_and_move)
{
	struct step step = step_init(STEP_REMOUNT, "/x");

	step.flags.set = MOUNT_ATTR_RDONLY;
	step.flags.recursive = true;
	check_sentence(&step, "remount of /x, read-only, recursive");
	step.flags.set = MOUNT_ATTR_NOEXEC;
	step.flags.clear = MOUNT_ATTR_RDONLY | MOUNT_ATTR__ATIME;
	step.flags.recursive = false;
	step.origin = "-m remount…";
	check_sentence(&step, "remount of /x, writable, noexec, relatime");

	step = step_init(STEP_REMOUNT, "/");
	step.flags.propagation = MS_PRIVATE;
	step.flags.propagation_recursive = true;
	check_sentence(&step, "propagation of / set to rprivate");
	step.flags.set = MOUNT_ATTR_NODEV;
	check_sentence(&step, "remount of /, nodev, rprivate");

	step = step_init(STEP_MOVE, "/b");
	step.src = "/a";
	check_sentence(&step, "move of /a to /b");
}

TEST(step, overlay_says_where_writes_go)
{
	_cleanup_arena_ struct arena arena = { 0 };
	struct overlay o = { .upper_kind = UPPER_BOX };
	struct step step = overlay_step(&o, "/usr");

	add_lower(&arena, &o, "/usr", false);
	check_sentence(&step, "overlay of /usr on /usr, writes kept in the box");
	o.upper_kind = UPPER_TMP;
	o.is_volatile = true;
	check_sentence(&step, "overlay of /usr on /usr, writes dropped at the end");
	o.upper_kind = UPPER_DIR;
	o.upper = "/home/me/saves";
	o.work = "/home/me/w";
	o.copyfrom = "/skel";
	*VECTOR_ADD(&arena, &o.options) = "xino=on";
	check_sentence(&step,
		       "overlay of /usr on /usr, writes to /home/me/saves, work in /home/me/w, "
		       "volatile, starting as a copy of /skel, xino=on");
	step.flags.set |= MOUNT_ATTR_RDONLY;
	o = (struct overlay){ .upper_kind = UPPER_BOX };
	add_lower(&arena, &o, "/usr", false);
	check_sentence(&step, "overlay of /usr on /usr, writes kept in the box, read-only");
}

TEST(step, overlay_names_its_layers)
{
	_cleanup_arena_ struct arena arena = { 0 };
	struct overlay o = { .upper_kind = UPPER_NONE };
	struct step step = overlay_step(&o, "/c");

	check_sentence(&step, "read-only overlay of an empty directory on /c");
	add_lower(&arena, &o, "/b", false);
	check_sentence(&step, "read-only overlay of /b on /c");
	add_lower(&arena, &o, "/a", false);
	step.flags.set |= MOUNT_ATTR_RDONLY;
	check_sentence(&step, "read-only overlay of /a over /b on /c");
	o.lowers.items[1] = (struct layer){ .path = "/c", .in_root = true };
	check_sentence(&step, "read-only overlay of what is there over /b on /c");
	o.lowers.items[1].path = "/d";
	check_sentence(&step, "read-only overlay of /d in the box over /b on /c");
	add_lower(&arena, &o, "/e", false);
	check_sentence(&step, "read-only overlay of 3 layers on /c");
	step.flags.set = 0;
	check_sentence(&step, "read-only overlay of 3 layers on /c, suid, dev");
}

TEST(step, things)
{
	struct step step = step_init(STEP_DIR, "/x");

	check_sentence(&step, "directory /x");
	step.mode = 0755;
	check_sentence(&step, "directory /x, mode 0755");
	step = step_init(STEP_SYMLINK, "/bin");
	step.text = "usr/bin";
	check_sentence(&step, "link /bin to usr/bin");
	step = step_init(STEP_FILE, "/etc/hostname");
	step.text = "a\0b\nc";
	step.text_len = 5;
	check_sentence(&step, "file /etc/hostname with 5 bytes");
	step.text_len = 1;
	check_sentence(&step, "file /etc/hostname with 1 byte");
	step.src = "/a";
	step.dst = "/b";
	check_sentence(&step, "copy of /a at /b");
	step = step_init(STEP_FILE, "/x");
	step.from_fd = 7;
	step.mode = 0600;
	check_sentence(&step, "file /x with what descriptor 7 gives, mode 0600");
	step.cover = true;
	step.flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_RDONLY;
	check_sentence(&step, "file /x with what descriptor 7 gives, mode 0600, bound, read-only");
	step = step_init(STEP_BIND, "/x");
	step.from_fd = 7;
	step.flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
	step.flags.recursive = true;
	check_sentence(&step, "bind of descriptor 7 on /x");
	step = step_init(STEP_CHMOD, "/x y");
	step.mode = 01777;
	check_sentence(&step, "permissions of \"/x y\", mode 1777");
	step = step_init(STEP_HIDE, "/home/me/.ssh");
	check_sentence(&step, "hiding /home/me/.ssh");
	step = step_init(STEP_ONLY, "/home/me/proj");
	check_sentence(&step, "hiding the home directory except /home/me/proj");
	step.src = "/home/me";
	check_sentence(&step, "hiding /home/me except /home/me/proj");
}

/* What a descriptor is comes to light when it is used. */
TEST(step, a_descriptor_is_a_source)
{
	struct step step = step_init(STEP_FILE, "/x");
	struct error err = { 0 };

	step.from_fd = 0;
	check(step_check(&step, &err) == 0);
	step = step_init(STEP_BIND, "/x");
	check(step.from_fd < 0 && step_check(&step, &err) < 0);
	step.from_fd = 0;
	check(step_check(&step, &err) == 0);
	step = step_init(STEP_CHMOD, "/");
	check(step_check(&step, &err) < 0);
	check_str(err.name, "plan-mode-range");
	step.mode = 0;
	check(step_check(&step, &err) == 0);
}

TEST(step, hostile_names_cannot_reach_the_terminal)
{
	_cleanup_arena_ struct arena arena = { 0 };
	struct overlay o = { .upper_kind = UPPER_DIR, .upper = "/u\x1b[2J" };
	struct step step = bind_step("/a b", "/x\n/y");

	check_sentence(&step, "bind of \"/a b\" on \"/x\\x0a/y\"");
	step = bind_step("/a,b:c", "/x\\\xff");
	check_sentence(&step, "bind of /a,b:c on \"/x\\\\\\xff\"");
	step = overlay_step(&o, "/d");
	add_lower(&arena, &o, "/l\x07", false);
	*VECTOR_ADD(&arena, &o.options) = "k=\x1b";
	check_sentence(&step,
		       "overlay of \"/l\\x07\" on /d, writes to \"/u\\x1b[2J\", \"k=\\x1b\"");
	step = step_init(STEP_MOUNT, "/m");
	step.fstype = "x\x1b";
	step.options = (const char *const[]){ "\x9b", NULL };
	check_sentence(&step, "\"x\\x1b\" on /m, with \"\\x9b\"");
}

TEST(step, long_paths_are_not_cut)
{
	_cleanup_text_ struct text out = { 0 };
	char path[4000];
	struct step step;

	memset(path, 'p', sizeof(path));
	path[0] = '/';
	path[sizeof(path) - 1] = '\0';
	step = bind_step(path, "/x");
	step_describe(&step, &out);
	check(strstr(text_str(&out), path) != NULL);
}

static void check_flags(struct mount_flags flags, const char *want)
{
	_cleanup_text_ struct text out = { 0 };

	mount_flags_describe(&flags, &out);
	check_str(text_str(&out), want);
}

TEST(step, flags_in_the_words_of_mount)
{
	check_flags((struct mount_flags){ 0 }, "");
	check_flags((struct mount_flags){ .set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID,
					  .propagation = MS_SLAVE },
		    "ro,nosuid,slave");
	check_flags((struct mount_flags){ .clear = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID |
						   MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC |
						   MOUNT_ATTR_NOSYMFOLLOW | MOUNT_ATTR_NODIRATIME },
		    "rw,suid,dev,exec,symfollow,diratime");
	check_flags(
		(struct mount_flags){ .set = MOUNT_ATTR_STRICTATIME, .clear = MOUNT_ATTR__ATIME },
		"strictatime");
	check_flags((struct mount_flags){ .set = MOUNT_ATTR_NOATIME | MOUNT_ATTR_NODIRATIME,
					  .clear = MOUNT_ATTR__ATIME },
		    "noatime,nodiratime");
	check_flags((struct mount_flags){ .clear = MOUNT_ATTR__ATIME }, "relatime");
	check_flags(
		(struct mount_flags){ .propagation = MS_UNBINDABLE, .propagation_recursive = true },
		"runbindable");
	check_flags((struct mount_flags){ .propagation = MS_SHARED }, "shared");
}
