// SPDX-License-Identifier: MIT
/*
 * Owner, extended attributes, mode, ACLs and times of one object. The order:
 *
 *   owner        first: chown(2) takes away setuid, setgid and security.capability
 *   attributes   while the object still has the mode 0600 or 0700 that it was made with: setting
 *                user.* needs write permission (xattr(7)), which the final mode may not give
 *   ACLs         before the mode: its group bits are their mask, and without them would mean more
 *   mode
 *   times        last, as all of the above may change them
 *
 * What cannot be opened is reached by O_PATH, and where a call refuses that (fchmod, fsetxattr)
 * through its name in /proc/self/fd, which leads to the object itself, even when that is a link.
 */
#include "base/copy.h"

#include "base/cleanup.h"
#include "base/error.h"

#include <endian.h>
#include <fcntl.h>
#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <stdbool.h>
#include <string.h>
#include <sys/xattr.h>

static const char access_acl[] = "system.posix_acl_access";
static const char default_acl[] = "system.posix_acl_default";

/* One end of a copy. */
struct node {
	int fd;
	const char *name; /* of what cannot be opened: fd is O_PATH; NULL for an open file */
	int dir_fd; /* where the name is */
	char path[sizeof("/proc/self/fd/") + 10]; /* of fd, when it is O_PATH */
};

static ssize_t node_list(const struct node *n, char *list, size_t size)
{
	return n->name ? listxattr(n->path, list, size) : flistxattr(n->fd, list, size);
}

static ssize_t node_get(const struct node *n, const char *key, void *value, size_t size)
{
	return n->name ? getxattr(n->path, key, value, size) : fgetxattr(n->fd, key, value, size);
}

static int node_set(const struct node *n, const char *key, const void *value, size_t size)
{
	return n->name ? setxattr(n->path, key, value, size, 0)
		       : fsetxattr(n->fd, key, value, size, 0);
}

static int node_remove(const struct node *n, const char *key)
{
	return n->name ? removexattr(n->path, key) : fremovexattr(n->fd, key);
}

static int node_chmod(const struct node *n, mode_t mode)
{
	return n->name ? chmod(n->path, mode) : fchmod(n->fd, mode);
}

static int node_set_times(const struct node *n, const struct stat *st)
{
	const struct timespec times[] = { st->st_atim, st->st_mtim };

	return n->name ? utimensat(n->dir_fd, n->name, times, AT_SYMLINK_NOFOLLOW)
		       : futimens(n->fd, times);
}

/*
 * Reads the value of an attribute, or the list of all when key is NULL, onto the heap. Returns its
 * size, with NULL in *ret when that is 0, or -1 with errno.
 */
static ssize_t read_attribute(const struct node *n, const char *key, char **ret)
{
	for (;;) {
		ssize_t size = key ? node_get(n, key, NULL, 0) : node_list(n, NULL, 0);
		_cleanup_free_ char *value = NULL;

		*ret = NULL;
		if (size <= 0)
			return size;
		value = malloc((size_t)size);
		if (!value)
			return -1;
		size = key ? node_get(n, key, value, (size_t)size)
			   : node_list(n, value, (size_t)size);
		if (size >= 0) {
			*ret = TAKE_PTR(value);
			return size;
		}
		/* It grew in between. */
		if (errno != ERANGE)
			return -1;
	}
}

static bool starts_with(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* Overlayfs's own marks mean nothing, or something wrong, anywhere but where it put them. */
static bool is_overlay_mark(const char *key)
{
	return starts_with(key, "user.overlay.") || starts_with(key, "trusted.overlay.");
}

static bool is_acl(const char *key)
{
	return strcmp(key, access_acl) == 0 || strcmp(key, default_acl) == 0;
}

/* EOVERFLOW: a file capability whose root is not mapped in our user namespace. */
static bool is_unreadable(int sys)
{
	return sys == EACCES || sys == EPERM || sys == ENODATA || sys == ENOTSUP ||
	       sys == EOVERFLOW;
}

/* The system's policy gives labels and capabilities, and may refuse: EINVAL is one it knows not. */
static bool is_refusable(const char *key, int sys)
{
	if (sys == ENOTSUP)
		return true;
	return starts_with(key, "security.") && (sys == EPERM || sys == EACCES || sys == EINVAL);
}

static int copy_attribute(const struct node *from, const struct node *to, const char *key)
{
	_cleanup_free_ char *value = NULL;
	ssize_t size = read_attribute(from, key, &value);

	if (size < 0)
		return is_unreadable(errno) ? 0 : -1;
	if (node_set(to, key, value, (size_t)size) < 0 && !is_refusable(key, errno))
		return -1;
	return 0;
}

/* All but the ACLs: they depend on the mode. */
static int copy_attributes(const struct node *from, const struct node *to, const char *list,
			   size_t size)
{
	for (size_t at = 0; at < size; at += strlen(list + at) + 1) {
		const char *key = list + at;

		if (is_acl(key) || is_overlay_mark(key))
			continue;
		if (copy_attribute(from, to, key) < 0)
			return -1;
	}
	return 0;
}

static bool list_has(const char *list, size_t size, const char *wanted)
{
	for (size_t at = 0; at < size; at += strlen(list + at) + 1)
		if (strcmp(list + at, wanted) == 0)
			return true;
	return false;
}

/* EINVAL: the id is not mapped in our user namespace (user_namespaces(7)). */
static bool is_denied(int sys)
{
	return sys == EPERM || sys == EINVAL;
}

/* Takes from *mode what would run with the rights of another owner than was meant. */
static int copy_owner(const struct node *to, const struct stat *st, mode_t *mode)
{
	const uid_t keep = (uid_t)-1;

	if (fchownat(to->fd, "", st->st_uid, st->st_gid, AT_EMPTY_PATH) == 0)
		return 0;
	if (!is_denied(errno))
		return -1;
	*mode &= ~(mode_t)S_ISUID;
	/* A user may give a file to any of their own groups. */
	if (fchownat(to->fd, "", keep, st->st_gid, AT_EMPTY_PATH) == 0)
		return 0;
	if (!is_denied(errno))
		return -1;
	*mode &= ~(mode_t)S_ISGID;
	return 0;
}

/* The rights of the owning group in an ACL: its own entry, within the mask where there is one. */
static mode_t acl_group_bits(const char *acl, size_t size)
{
	mode_t bits = S_IRWXG;

	for (size_t at = sizeof(struct posix_acl_xattr_header);
	     at + sizeof(struct posix_acl_xattr_entry) <= size;
	     at += sizeof(struct posix_acl_xattr_entry)) {
		struct posix_acl_xattr_entry entry;

		memcpy(&entry, acl + at, sizeof(entry));
		if (le16toh(entry.e_tag) == ACL_GROUP_OBJ || le16toh(entry.e_tag) == ACL_MASK)
			bits &= (mode_t)le16toh(entry.e_perm) << 3;
	}
	return bits;
}

/*
 * An ACL names ids, so it cannot always be kept. Without it the group bits of the mode, until then
 * the mask of all named users and groups, would be the owning group's: *mode then leaves that no
 * more than the ACL gave it.
 */
static int copy_acl(const struct node *from, const struct node *to, const char *key, mode_t *mode)
{
	_cleanup_free_ char *acl = NULL;
	ssize_t size = read_attribute(from, key, &acl);

	if (size < 0)
		return is_unreadable(errno) ? 0 : -1;
	if (node_set(to, key, acl, (size_t)size) == 0)
		return 0;
	if (errno != ENOTSUP && !is_denied(errno))
		return -1;
	if (strcmp(key, access_acl) == 0)
		*mode &= ~(mode_t)S_IRWXG | acl_group_bits(acl, (size_t)size);
	return 0;
}

/* Where the parent has a default ACL, what is made in it has ACLs too (acl(5)). */
static int drop_acl(const struct node *to, const char *key)
{
	if (node_remove(to, key) == 0 || errno == ENODATA || errno == ENOTSUP)
		return 0;
	return -1;
}

static int copy_acls_and_mode(const struct node *from, const struct node *to, mode_t mode,
			      const char *list, size_t size)
{
	const char *const keys[] = { access_acl, S_ISDIR(mode) ? default_acl : NULL };

	for (size_t i = 0; i < ARRAY_LEN(keys) && keys[i]; i++) {
		int done = list_has(list, size, keys[i]) ? copy_acl(from, to, keys[i], &mode)
							 : drop_acl(to, keys[i]);

		if (done < 0)
			return -1;
	}
	return node_chmod(to, mode & 07777);
}

static int copy_node(const struct node *from, const struct node *to, const struct stat *st)
{
	_cleanup_free_ char *list = NULL;
	ssize_t size = read_attribute(from, NULL, &list);
	mode_t mode = st->st_mode;

	/* ENOENT: no /proc to reach it by. A user can give it no attributes anyway (xattr(7)). */
	if (size < 0 && errno != ENOTSUP && !(from->name && errno == ENOENT))
		return -1;
	if (size < 0)
		size = 0;
	if (copy_owner(to, st, &mode) < 0 || copy_attributes(from, to, list, (size_t)size) < 0)
		return -1;
	/* A link has neither ACLs nor a mode. */
	if (!S_ISLNK(mode) && copy_acls_and_mode(from, to, mode, list, (size_t)size) < 0)
		return -1;
	return node_set_times(to, st);
}

int copy_metadata(int from_fd, int to_fd, const struct stat *st, struct error *err)
{
	const struct node from = { .fd = from_fd }, to = { .fd = to_fd };

	return copy_node(&from, &to, st) < 0 ? fail_call(err, CALL_COPY, "") : 0;
}

static void node_release(struct node *n)
{
	n->fd = close_fd(n->fd);
}

static int node_open(struct node *n, int dir_fd, const char *name)
{
	n->fd = openat(dir_fd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	n->dir_fd = dir_fd;
	n->name = name;
	(void)snprintf(n->path, sizeof(n->path), "/proc/self/fd/%d", n->fd);
	return n->fd < 0 ? -1 : 0;
}

int copy_metadata_at(int from_dir_fd, const char *from_name, int to_dir_fd, const char *to_name,
		     const struct stat *st, struct error *err)
{
	_cleanup_(node_release) struct node from = { .fd = -EBADF }, to = { .fd = -EBADF };

	if (node_open(&from, from_dir_fd, from_name) < 0 ||
	    node_open(&to, to_dir_fd, to_name) < 0 || copy_node(&from, &to, st) < 0)
		return fail_call(err, CALL_COPY, "");
	return 0;
}
