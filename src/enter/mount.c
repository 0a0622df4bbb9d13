// SPDX-License-Identifier: MIT
/* The mount calls by descriptor. The fallback by mount(2) is in mount_old.c. */
#include "enter/mount.h"

#include "base/cleanup.h"
#include "base/syscalls.h"
#include "enter/mount_old.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

const char *fd_path(char buf[static 40], int fd)
{
	(void)snprintf(buf, 40, "/proc/self/fd/%d", fd);
	return buf;
}

unsigned long mount_attr_to_ms(uint64_t attr)
{
	unsigned long ms = 0;

	if (attr & MOUNT_ATTR_RDONLY)
		ms |= MS_RDONLY;
	if (attr & MOUNT_ATTR_NOSUID)
		ms |= MS_NOSUID;
	if (attr & MOUNT_ATTR_NODEV)
		ms |= MS_NODEV;
	if (attr & MOUNT_ATTR_NOEXEC)
		ms |= MS_NOEXEC;
	if (attr & MOUNT_ATTR_NOSYMFOLLOW)
		ms |= MS_NOSYMFOLLOW;
	if (attr & MOUNT_ATTR_NODIRATIME)
		ms |= MS_NODIRATIME;
	if ((attr & MOUNT_ATTR__ATIME) == MOUNT_ATTR_NOATIME)
		ms |= MS_NOATIME;
	if ((attr & MOUNT_ATTR__ATIME) == MOUNT_ATTR_STRICTATIME)
		ms |= MS_STRICTATIME;
	return ms;
}

void mount_read_log(int fs_fd, struct error *err)
{
	/* One message a read, "e overlay: …"; a buffer too small would lose it (EMSGSIZE). */
	char message[4096];
	size_t used = 0;

	for (;;) {
		ssize_t n = read(fs_fd, message, sizeof(message) - 1);
		int room;

		if (n <= 0)
			return;
		while (n > 0 && (message[n - 1] == '\n' || message[n - 1] == '\0'))
			n--;
		if (n < 3 || message[1] != ' ')
			continue;
		room = (int)(sizeof(err->kernel) - used);
		used += (size_t)snprintf(err->kernel + used, (size_t)room, "%s%.*s",
					 used ? "; " : "", (int)n - 2, message + 2);
		if (used >= sizeof(err->kernel))
			return;
	}
}

bool mount_falls_back(struct site *site)
{
	if (site->api_known || (errno != ENOSYS && errno != EPERM))
		return false;
	site->old_api = true;
	return true;
}

/* fsconfig values are limited to 255 bytes (strndup_user in fs/fsopen.c); longer ones are EINVAL without a word. */
static int configure(int fs_fd, const struct fs_option *option)
{
	if (!option->value)
		return sys_fsconfig(fs_fd, FSCONFIG_SET_FLAG, option->key, NULL, 0);
	return sys_fsconfig(fs_fd, FSCONFIG_SET_STRING, option->key, option->value, 0);
}

static int refused_option(int fs_fd, const struct fs_option *option, struct error *err)
{
	char words[sizeof(err->object)];

	(void)snprintf(words, sizeof(words), "%s%s%s", option->key, option->value ? "=" : "",
		       option->value ? option->value : "");
	(void)fail_call(err, CALL_FSCONFIG, words);
	mount_read_log(fs_fd, err);
	return -1;
}

int mount_option(int fs_fd, const char *option, struct error *err)
{
	const char *equals = strchr(option, '=');
	char key[64];
	int answer;

	(void)snprintf(key, sizeof(key), "%.*s",
		       (int)(equals ? (size_t)(equals - option) : strlen(option)), option);
	answer = equals ? sys_fsconfig(fs_fd, FSCONFIG_SET_STRING, key, equals + 1, 0)
			: sys_fsconfig(fs_fd, FSCONFIG_SET_FLAG, key, NULL, 0);
	if (answer == 0)
		return 0;
	(void)fail_call(err, CALL_FSCONFIG, option);
	mount_read_log(fs_fd, err);
	return -1;
}

int mount_create(int fs_fd, const char *type, uint64_t attr, struct error *err)
{
	int fd;

	if (sys_fsconfig(fs_fd, FSCONFIG_CMD_CREATE, NULL, NULL, 0) < 0) {
		(void)fail_call(err, CALL_FSCREATE, type);
		mount_read_log(fs_fd, err);
		return -1;
	}
	fd = sys_fsmount(fs_fd, (unsigned)attr);
	return fd < 0 ? fail_call(err, CALL_FSCREATE, type) : fd;
}

int mount_fs(struct site *site, const char *type, const char *source,
	     const struct fs_option *options, size_t count, uint64_t attr, struct error *err)
{
	_cleanup_fd_ int fs_fd = -EBADF;

	if (site->old_api)
		return mount_old_fs(site, type, source, options, count, attr, err);
	fs_fd = sys_fsopen(type);
	if (fs_fd < 0)
		return mount_falls_back(site)
			       ? mount_old_fs(site, type, source, options, count, attr, err)
			       : fail_call(err, CALL_FSOPEN, type);
	site->api_known = true;
	if (source) {
		struct fs_option o = { "source", source };

		if (configure(fs_fd, &o) < 0)
			return refused_option(fs_fd, &o, err);
	}
	for (size_t i = 0; i < count; i++)
		if (configure(fs_fd, &options[i]) < 0)
			return refused_option(fs_fd, &options[i], err);
	return mount_create(fs_fd, type, attr, err);
}

int mount_reconfigure(const char *path, const char *const *options, struct error *err)
{
	_cleanup_fd_ int fs_fd = sys_fspick(path);

	if (fs_fd < 0)
		return fail_call(err, CALL_ATTRIBUTE, path);
	for (; *options; options++)
		if (mount_option(fs_fd, *options, err) < 0)
			return -1;
	if (sys_fsconfig(fs_fd, FSCONFIG_CMD_RECONFIGURE, NULL, NULL, 0) == 0)
		return 0;
	(void)fail_call(err, CALL_ATTRIBUTE, path);
	mount_read_log(fs_fd, err);
	return -1;
}

int mount_tree(struct site *site, int dir_fd, const char *path, bool recursive, struct error *err)
{
	unsigned flags = OPEN_TREE_CLONE | (recursive ? AT_RECURSIVE : 0);
	int fd;

	if (site->old_api)
		return mount_old_tree(site, dir_fd, path, recursive, err);
	if (!*path)
		flags |= AT_EMPTY_PATH;
	fd = sys_open_tree(dir_fd, path, flags);
	if (fd < 0 && mount_falls_back(site))
		return mount_old_tree(site, dir_fd, path, recursive, err);
	if (fd < 0)
		return fail_call(err, errno == EINVAL ? CALL_BIND : CALL_OPEN_SOURCE, path);
	site->api_known = true;
	return fd;
}

static int set_flags(int fd, const struct mount_flags *flags)
{
	unsigned at = AT_EMPTY_PATH;
	uint64_t clear = flags->clear;

	/* An access-time mode can only be set by clearing the old one with it (mount_setattr(2)). */
	if (flags->set & MOUNT_ATTR__ATIME)
		clear |= MOUNT_ATTR__ATIME;
	if (flags->recursive == flags->propagation_recursive || !flags->propagation ||
	    (!flags->set && !clear)) {
		if (flags->recursive || (flags->propagation && flags->propagation_recursive))
			at |= AT_RECURSIVE;
		return sys_mount_setattr(fd, "", at, flags->set, clear, flags->propagation);
	}
	if (sys_mount_setattr(fd, "", at | (flags->recursive ? AT_RECURSIVE : 0), flags->set, clear,
			      0) < 0)
		return -1;
	return sys_mount_setattr(fd, "", at | (flags->propagation_recursive ? AT_RECURSIVE : 0), 0,
				 0, flags->propagation);
}

int mount_flags(struct site *site, int fd, const struct mount_flags *flags, struct error *err)
{
	if (!flags->set && !flags->clear && !flags->propagation)
		return 0;
	if (!site->old_api && set_flags(fd, flags) == 0)
		return 0;
	/* Where the root is the host as it is, this is the first call of all. */
	if (site->old_api || mount_falls_back(site))
		return mount_old_flags(site, fd, flags, err);
	return fail_call(err, CALL_ATTRIBUTE, NULL);
}

int mount_attach(struct site *site, int fd, int to_fd, const char *name, struct error *err)
{
	unsigned flags = MOVE_MOUNT_F_EMPTY_PATH | (*name ? 0 : MOVE_MOUNT_T_EMPTY_PATH);

	if (site->old_api)
		return mount_old_attach(fd, to_fd, name, err);
	if (sys_move_mount(fd, "", to_fd, name, flags) < 0)
		return fail_call(err, CALL_ATTACH, name);
	return 0;
}

int mount_move(struct site *site, int from_fd, int to_fd, struct error *err)
{
	return mount_attach(site, from_fd, to_fd, "", err);
}
