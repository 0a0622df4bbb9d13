// SPDX-License-Identifier: MIT
/* From the kernel's attributes to those of an entry. */
#include "archive/attributes.h"

#include "base/arena.h"
#include "base/cleanup.h"

#include <archive_entry.h>
#include <endian.h>
#include <linux/capability.h>
#include <linux/limits.h>
#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/xattr.h>

static const char capability[] = "security.capability";
static const char overlay_prefix[] = "user.overlay.";
static const char escaped_prefix[] = "user.overlay.overlay.";

static bool starts_with(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* Revision 3 has the owner of the user namespace that it was set in, which means nothing elsewhere; without, it is revision 2. */
static size_t level_capability(char *value, size_t size)
{
	uint32_t magic;

	if (size != XATTR_CAPS_SZ_3)
		return size;
	memcpy(&magic, value, sizeof(magic));
	magic = htole32((le32toh(magic) & ~(uint32_t)VFS_CAP_REVISION_MASK) | VFS_CAP_REVISION_2);
	memcpy(value, &magic, sizeof(magic));
	return XATTR_CAPS_SZ_2;
}

static void add_attribute(struct archive_entry *entry, const char *name, char *value, size_t size)
{
	_cleanup_(arena_release) struct arena arena = { 0 };

	if (strcmp(name, capability) == 0)
		size = level_capability(value, size);
	if (starts_with(name, escaped_prefix))
		name = arena_concat(&arena, overlay_prefix, "", name + strlen(escaped_prefix));
	archive_entry_xattr_add_entry(entry, name, value, size);
}

static bool is_wanted(const char *name)
{
	if (starts_with(name, overlay_prefix))
		return starts_with(name, escaped_prefix);
	return starts_with(name, "user.") || strcmp(name, capability) == 0;
}

/* ---- ACLs ---- */

static const struct {
	uint16_t kernel;
	int tag; /* of libarchive */
} acl_tags[] = {
	{ ACL_USER_OBJ, ARCHIVE_ENTRY_ACL_USER_OBJ },	{ ACL_USER, ARCHIVE_ENTRY_ACL_USER },
	{ ACL_GROUP_OBJ, ARCHIVE_ENTRY_ACL_GROUP_OBJ }, { ACL_GROUP, ARCHIVE_ENTRY_ACL_GROUP },
	{ ACL_MASK, ARCHIVE_ENTRY_ACL_MASK },		{ ACL_OTHER, ARCHIVE_ENTRY_ACL_OTHER },
};

static int acl_permissions(uint16_t bits)
{
	return (bits & ACL_READ ? ARCHIVE_ENTRY_ACL_READ : 0) |
	       (bits & ACL_WRITE ? ARCHIVE_ENTRY_ACL_WRITE : 0) |
	       (bits & ACL_EXECUTE ? ARCHIVE_ENTRY_ACL_EXECUTE : 0);
}

int64_t id_inside(const struct record_range *ranges, size_t count, uint32_t id)
{
	for (size_t i = 0; i < count; i++)
		if (id >= ranges[i].outside && id - ranges[i].outside < ranges[i].count)
			return (int64_t)ranges[i].inside + (id - ranges[i].outside);
	return id;
}

/* Of a user or a group; the other entries have none. */
static int acl_id(const struct record *r, int tag, uint32_t id)
{
	if (tag == ARCHIVE_ENTRY_ACL_USER)
		return (int)id_inside(r->uids.items, r->uids.count, id);
	return tag == ARCHIVE_ENTRY_ACL_GROUP ? (int)id_inside(r->gids.items, r->gids.count, id)
					      : -1;
}

static void add_acl(struct archive_entry *entry, const struct record *record, int kind,
		    const char *value, size_t size)
{
	for (size_t at = sizeof(struct posix_acl_xattr_header);
	     at + sizeof(struct posix_acl_xattr_entry) <= size;
	     at += sizeof(struct posix_acl_xattr_entry)) {
		struct posix_acl_xattr_entry e;

		memcpy(&e, value + at, sizeof(e));
		for (size_t i = 0; i < ARRAY_LEN(acl_tags); i++)
			if (acl_tags[i].kernel == le16toh(e.e_tag))
				(void)archive_entry_acl_add_entry(
					entry, kind, acl_permissions(le16toh(e.e_perm)),
					acl_tags[i].tag,
					acl_id(record, acl_tags[i].tag, le32toh(e.e_id)), NULL);
	}
}

/* ---- all of them ---- */

static int read_attribute(const char *path, const char *name, char *value,
			  const struct record *record, struct archive_entry *entry)
{
	int kind = strcmp(name, "system.posix_acl_access") == 0	   ? ARCHIVE_ENTRY_ACL_TYPE_ACCESS
		   : strcmp(name, "system.posix_acl_default") == 0 ? ARCHIVE_ENTRY_ACL_TYPE_DEFAULT
								   : 0;
	ssize_t n;

	if (!kind && !is_wanted(name))
		return 0;
	n = getxattr(path, name, value, XATTR_SIZE_MAX);
	/* EOVERFLOW: a capability whose root is not mapped in our user namespace. */
	if (n < 0)
		return errno == ENODATA || errno == EOVERFLOW ? 0 : -1;
	if (kind)
		add_acl(entry, record, kind, value, (size_t)n);
	else
		add_attribute(entry, name, value, (size_t)n);
	return 0;
}

int attributes_read(int fd, const struct record *record, struct archive_entry *entry)
{
	char list[XATTR_LIST_MAX], value[XATTR_SIZE_MAX], path[40];
	ssize_t size;

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	size = listxattr(path, list, sizeof(list));

	if (size < 0)
		return errno == ENOTSUP ? 0 : -1;
	for (ssize_t at = 0; at < size; at += (ssize_t)strlen(list + at) + 1)
		if (read_attribute(path, list + at, value, record, entry) < 0)
			return -1;
	return 0;
}
