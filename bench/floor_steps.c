// SPDX-License-Identifier: MIT
/*
 * The set-up of each scenario. The order that all with a new root share:
 *
 *	make the root	mounted on the stage; the working directory moves into it, so that every
 *			name below is relative and every source absolute in the host's tree
 *	fill it		binds, /dev, /proc, tmpfs
 *	pivot_root	".", "." stacks the old root on the new one; MNT_DETACH then takes it away
 *
 * Mounts are made detached and attached by descriptor, as a runner must that may not follow a link of a
 * hostile root and may not show a read-only bind writable for a moment. mount(2) stands where neither
 * matters: the stage, tmpfs over /tmp, and the overlays of the host, whose option strings come ready.
 */
#include "floor_steps.h"

#include <linux/fcntl.h>
#include <linux/if.h>
#include <linux/mount.h>
#include <linux/sockios.h>

#include "floor_kernel.h"

#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif
#define MNT_DETACH 2
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

static void write_file(const char *path, const char *text)
{
	long fd = must(openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC);
	unsigned long length = 0;

	while (text[length])
		length++;
	must(write, fd, text, length);
	must(close, fd);
}

void map_ids(const char *uid_map, const char *gid_map)
{
	write_file("/proc/self/uid_map", uid_map);
	write_file("/proc/self/setgroups", "deny");
	write_file("/proc/self/gid_map", gid_map);
}

static void raise_loopback(void)
{
	struct ifreq request = { .ifr_name = "lo" };
	long fd = must(socket, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	request.ifr_flags = IFF_UP;
	must(ioctl, fd, SIOCSIFFLAGS, &request);
	must(close, fd);
}

static void attach(long fd, const char *name)
{
	must(move_mount, fd, "", AT_FDCWD, name, MOVE_MOUNT_F_EMPTY_PATH);
	must(close, fd);
}

/* A new instance at name. options: key, value or 0 for a flag, …, 0. */
static void mount_new(const char *type, const char *const *options, unsigned int attributes,
		      const char *name)
{
	long context = must(fsopen, type, FSOPEN_CLOEXEC), fd;

	for (; *options; options += 2)
		must(fsconfig, context, options[1] ? FSCONFIG_SET_STRING : FSCONFIG_SET_FLAG,
		     options[0], options[1], 0);
	must(fsconfig, context, FSCONFIG_CMD_CREATE, 0, 0, 0);
	fd = must(fsmount, context, FSMOUNT_CLOEXEC, attributes);
	must(close, context);
	attach(fd, name);
}

/* On an empty regular file, which mknod(2) without a type makes without opening it. */
static void bind_file(const char *source, const char *name)
{
	must(mknodat, AT_FDCWD, name, 0644, 0);
	attach(must(open_tree, AT_FDCWD, source, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC), name);
}

/* Read-only with everything below it, in one call whatever its number of mounts (5.12). */
static void make_read_only(const char *name, unsigned int flags)
{
	struct mount_attr attributes = { .attr_set = MOUNT_ATTR_RDONLY };

	must(mount_setattr, AT_FDCWD, name, flags, &attributes, sizeof(attributes));
}

/* Detached, adjusted, then attached: the bind is never there writable. So these four calls, not mount(2) and a remount. */
static void bind_read_only(const char *source, const char *name)
{
	struct mount_attr attributes = {
		.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV,
	};
	long fd = must(open_tree, AT_FDCWD, source,
		       OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);

	must(mount_setattr, fd, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes, sizeof(attributes));
	attach(fd, name);
}

static void bind_directory_read_only(const char *source, const char *name)
{
	must(mkdirat, AT_FDCWD, name, 0755);
	bind_read_only(source, name);
}

/* The nodes are the host's, bound: mknod of a device is refused in a user namespace. */
static void mount_dev(void)
{
	static const char *const nodes[][2] = {
		{ "/dev/null", "dev/null" },	   { "/dev/zero", "dev/zero" },
		{ "/dev/full", "dev/full" },	   { "/dev/random", "dev/random" },
		{ "/dev/urandom", "dev/urandom" }, { "/dev/tty", "dev/tty" },
	};
	static const char *const links[][2] = {
		{ "/proc/self/fd", "dev/fd" },	     { "/proc/self/fd/0", "dev/stdin" },
		{ "/proc/self/fd/1", "dev/stdout" }, { "/proc/self/fd/2", "dev/stderr" },
		{ "pts/ptmx", "dev/ptmx" },
	};
	static const char *const tmpfs[] = { "mode", "0755", 0 };
	static const char *const pts[] = { "newinstance", 0, "ptmxmode", "0666", "mode", "0620", 0 };

	mount_new("tmpfs", tmpfs, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC, "dev");
	for (unsigned long i = 0; i < ARRAY_LEN(nodes); i++)
		bind_file(nodes[i][0], nodes[i][1]);
	for (unsigned long i = 0; i < ARRAY_LEN(links); i++)
		must(symlinkat, links[i][0], AT_FDCWD, links[i][1]);
	must(mkdirat, AT_FDCWD, "dev/shm", 0755);
	must(mkdirat, AT_FDCWD, "dev/pts", 0755);
	mount_new("devpts", pts, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC, "dev/pts");
}

static void mount_proc(void)
{
	static const char *const none[] = { 0 };

	mount_new("proc", none, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC, "proc");
}

static void mount_root_tmpfs(const char *stage)
{
	must(mount, "tmpfs", stage, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755");
	must(chdir, stage);
}

/* The working directory becomes the root, and stays the working directory. */
static void pivot(void)
{
	must(pivot_root, ".", ".");
	must(umount2, ".", MNT_DETACH);
}

void set_up_bare(const char *stage, char **words)
{
	(void)stage;
	(void)words;
}

void set_up_full(const char *stage, char **words)
{
	(void)words;
	raise_loopback();
	bind_read_only("/", stage);
	must(chdir, stage);
	mount_proc();
	mount_dev();
	must(mount, "tmpfs", "tmp", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777");
	pivot();
}

void set_up_binds(const char *stage, char **words)
{
	const char *source = words[0];

	mount_root_tmpfs(stage);
	bind_directory_read_only("/usr", "usr");
	bind_file(words[1], "true");
	must(mkdirat, AT_FDCWD, "b", 0755);
	for (words += 2; *words; words++)
		bind_directory_read_only(source, *words);
	pivot();
}

/*
 * Upper and work are on a tmpfs that the overlay then covers: its own clones of the layers keep it
 * alive, and no path leads to it. Not volatile, as a tmpfs has nothing to sync.
 */
void set_up_overlay(const char *stage, char **words)
{
	long context, fd;

	mount_root_tmpfs(stage);
	must(mkdirat, AT_FDCWD, "u", 0755);
	must(mkdirat, AT_FDCWD, "w", 0755);
	context = must(fsopen, "overlay", FSOPEN_CLOEXEC);
	for (; *words; words++)
		must(fsconfig, context, FSCONFIG_SET_STRING, "lowerdir+", *words, 0);
	must(fsconfig, context, FSCONFIG_SET_STRING, "upperdir", "u", 0);
	must(fsconfig, context, FSCONFIG_SET_STRING, "workdir", "w", 0);
	must(fsconfig, context, FSCONFIG_SET_FLAG, "userxattr", 0, 0);
	must(fsconfig, context, FSCONFIG_CMD_CREATE, 0, 0, 0);
	fd = must(fsmount, context, FSMOUNT_CLOEXEC, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
	must(move_mount, fd, "", AT_FDCWD, ".", MOVE_MOUNT_F_EMPTY_PATH);
	must(fchdir, fd);
	mount_proc();
	mount_dev();
	pivot();
}

/* The number of words in a group, its kind included. Kinds differ in their first byte. */
static unsigned long group_length(const char *kind)
{
	return *kind == 'o' ? 5 : 3;
}

static void apply_group(char **group)
{
	const char *kind = group[0], *name = group[1];

	switch (*kind) {
	case 'o':
		must(mkdirat, AT_FDCWD, name, 0755);
		must(mount, "overlay", name, "overlay", MS_NOSUID | MS_NODEV, group[4]);
		break;
	case 'b':
		bind_directory_read_only(group[2], name);
		break;
	case 'f':
		bind_file(group[2], name);
		make_read_only(name, 0);
		break;
	default:
		must(symlinkat, group[2], AT_FDCWD, name);
		break;
	}
}

void set_up_host(const char *stage, char **words)
{
	mount_root_tmpfs(stage);
	for (; *words; words += group_length(*words))
		apply_group(words);
	must(mkdirat, AT_FDCWD, "sys", 0755);
	must(mount, "/sys", "sys", 0, MS_BIND | MS_REC, 0);
	must(mkdirat, AT_FDCWD, "proc", 0755);
	mount_proc();
	must(mkdirat, AT_FDCWD, "dev", 0755);
	mount_dev();
	make_read_only(".", 0);
	pivot();
}

void make_uppers(char **words)
{
	for (; *words; words += group_length(*words)) {
		if (**words != 'o')
			continue;
		must(mkdirat, AT_FDCWD, words[2], 0755);
		must(mkdirat, AT_FDCWD, words[3], 0755);
	}
}

/*
 * A volatile overlay leaves work/incompat/volatile/dirty in its work directory, the directories
 * with mode 000: outside the user namespace they must be opened up one by one. An upper that is not
 * empty makes rmdir fail, which is all the looking for changes that there is.
 */
void remove_uppers(char **words)
{
	static const char *const closed[] = { "work", "work/incompat", "work/incompat/volatile" };

	for (; *words; words += group_length(*words)) {
		if (**words != 'o')
			continue;
		must(unlinkat, AT_FDCWD, words[2], AT_REMOVEDIR);
		must(chdir, words[3]);
		for (unsigned long i = 0; i < ARRAY_LEN(closed); i++)
			must(fchmodat, AT_FDCWD, closed[i], 0700);
		must(unlinkat, AT_FDCWD, "work/incompat/volatile/dirty", 0);
		for (unsigned long i = ARRAY_LEN(closed); i-- > 0;)
			must(unlinkat, AT_FDCWD, closed[i], AT_REMOVEDIR);
		must(unlinkat, AT_FDCWD, words[3], AT_REMOVEDIR);
	}
}
