// SPDX-License-Identifier: MIT
/*
 * Metadata of entries. The order:
 *
 *   owner        first: chown(2) takes away setuid and setgid
 *   attributes   while the object still has the mode it was made with: setting user.* needs write permission (xattr(7))
 *   mode
 *   ACLs         after the mode, of which they bring the group bits: in an archive those are the owning group's, in the mode of
 *                a file with an ACL they are its mask (acl(5))
 *   times        last, as all of the above may change them
 */
#include "archive/metadata.h"

#include "base/arena.h"
#include "base/cleanup.h"

#include <archive.h>
#include <archive_entry.h>
#include <endian.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <pwd.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>

static bool is_root(void)
{
	return geteuid() == 0;
}

/* EINVAL: the id is not mapped in our user namespace (user_namespaces(7)). */
static bool is_denied(int sys)
{
	return sys == EPERM || sys == EINVAL;
}

/*
 * The mode without what would run with other rights than were meant: unless the bits mean the caller, who gives nothing away by
 * them, they mean somebody of the machine that the archive is from.
 */
static mode_t safe_mode(struct archive_entry *entry, struct dropped *dropped)
{
	mode_t mode = archive_entry_perm(entry) & 07777, kept = mode;

	if (S_ISDIR(archive_entry_mode(entry)))
		return mode;
	if (archive_entry_uid(entry) != (la_int64_t)geteuid())
		kept &= ~(mode_t)S_ISUID;
	if (archive_entry_gid(entry) != (la_int64_t)getegid())
		kept &= ~(mode_t)S_ISGID;
	dropped->setid += kept != mode;
	return kept;
}

static int apply_owner(int dir_fd, const char *name, struct archive_entry *entry)
{
	if (!is_root() ||
	    fchownat(dir_fd, name, (uid_t)archive_entry_uid(entry), (gid_t)archive_entry_gid(entry),
		     AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW) == 0)
		return 0;
	return is_denied(errno) ? 0 : -1;
}

/* ---- attributes ---- */

static const char user_prefix[] = "user.";
static const char overlay_prefix[] = "user.overlay.";

static bool starts_with(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* The file system has no room for it, or no such attributes at all. */
static bool is_refused(int sys)
{
	return sys == ENOTSUP || sys == ERANGE || sys == E2BIG || is_denied(sys);
}

static int set_attribute(int fd, const char *name, const void *value, size_t size)
{
	_cleanup_(arena_release) struct arena arena = { 0 };

	if (starts_with(name, overlay_prefix))
		name = arena_concat(&arena, overlay_prefix, "overlay.",
				    name + strlen(overlay_prefix));
	return fsetxattr(fd, name, value, size, 0);
}

/* fd is -1 for what can have none. */
static int apply_attributes(int fd, struct archive_entry *entry, struct dropped *dropped)
{
	const char *name;
	const void *value;
	size_t size;

	(void)archive_entry_xattr_reset(entry);
	while (archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK) {
		/* GNU tar writes an ACL a second time, as the attribute that it is to the kernel. */
		if (starts_with(name, "system.posix_acl_") && archive_entry_acl_types(entry))
			continue;
		if (fd >= 0 && starts_with(name, user_prefix)) {
			if (set_attribute(fd, name, value, size) == 0)
				continue;
			if (!is_refused(errno))
				return -1;
		}
		dropped->attributes++;
	}
	return 0;
}

/* ---- ACLs ---- */

/* The kernel wants the entries in this order (posix_acl(5) of the kernel: posix_acl_valid). */
static const struct {
	int tag; /* of libarchive */
	uint16_t kernel;
} acl_tags[] = {
	{ ARCHIVE_ENTRY_ACL_USER_OBJ, ACL_USER_OBJ },	{ ARCHIVE_ENTRY_ACL_USER, ACL_USER },
	{ ARCHIVE_ENTRY_ACL_GROUP_OBJ, ACL_GROUP_OBJ }, { ARCHIVE_ENTRY_ACL_GROUP, ACL_GROUP },
	{ ARCHIVE_ENTRY_ACL_MASK, ACL_MASK },		{ ARCHIVE_ENTRY_ACL_OTHER, ACL_OTHER },
};

struct acl {
	struct arena arena;
	VECTOR(struct posix_acl_xattr_entry) v;
};

static void acl_release(struct acl *acl)
{
	arena_release(&acl->arena);
}

/* The number behind a name where the archive has only that; ACL_UNDEFINED_ID when nobody has it here. */
static uint32_t acl_id(int tag, int number, const char *name)
{
	const struct passwd *user;
	const struct group *group;

	if (tag != ARCHIVE_ENTRY_ACL_USER && tag != ARCHIVE_ENTRY_ACL_GROUP)
		return (uint32_t)ACL_UNDEFINED_ID;
	if (number >= 0 || !name)
		return (uint32_t)number;
	if (tag == ARCHIVE_ENTRY_ACL_USER)
		return (user = getpwnam(name)) ? user->pw_uid : (uint32_t)ACL_UNDEFINED_ID;
	return (group = getgrnam(name)) ? group->gr_gid : (uint32_t)ACL_UNDEFINED_ID;
}

static uint16_t acl_permissions(int set)
{
	return (uint16_t)((set & ARCHIVE_ENTRY_ACL_READ ? ACL_READ : 0) |
			  (set & ARCHIVE_ENTRY_ACL_WRITE ? ACL_WRITE : 0) |
			  (set & ARCHIVE_ENTRY_ACL_EXECUTE ? ACL_EXECUTE : 0));
}

/* Adds the entries of one tag. */
static void add_entries(struct acl *acl, struct archive_entry *entry, int kind, size_t row)
{
	int type, set, tag, number;
	const char *name;

	(void)archive_entry_acl_reset(entry, kind);
	while (archive_entry_acl_next(entry, kind, &type, &set, &tag, &number, &name) == ARCHIVE_OK)
		if (tag == acl_tags[row].tag)
			(void)VECTOR_PUSH(&acl->arena, &acl->v,
					  (struct posix_acl_xattr_entry){
						  .e_tag = htole16(acl_tags[row].kernel),
						  .e_perm = htole16(acl_permissions(set)),
						  .e_id = htole32(acl_id(tag, number, name)),
					  });
}

static int apply_acl(int fd, struct archive_entry *entry, int kind, const char *key,
		     struct dropped *dropped)
{
	_cleanup_(acl_release) struct acl acl = { 0 };
	const struct posix_acl_xattr_header header = {
		.a_version = htole32(POSIX_ACL_XATTR_VERSION),
	};
	size_t size;
	char *value;

	/* 0: nothing but what the mode says. */
	if (archive_entry_acl_reset(entry, kind) == 0)
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(acl_tags); i++)
		add_entries(&acl, entry, kind, i);
	size = acl.v.count * sizeof(*acl.v.items);
	value = arena_alloc(&acl.arena, sizeof(header) + size);
	memcpy(value, &header, sizeof(header));
	memcpy(value + sizeof(header), acl.v.items, size);
	if (fsetxattr(fd, key, value, sizeof(header) + size, 0) == 0)
		return 0;
	dropped->acls++;
	return is_refused(errno) ? 0 : -1;
}

static int apply_acls(int fd, struct archive_entry *entry, struct dropped *dropped)
{
	if (apply_acl(fd, entry, ARCHIVE_ENTRY_ACL_TYPE_ACCESS, "system.posix_acl_access",
		      dropped) < 0)
		return -1;
	if (!S_ISDIR(archive_entry_mode(entry)))
		return 0;
	return apply_acl(fd, entry, ARCHIVE_ENTRY_ACL_TYPE_DEFAULT, "system.posix_acl_default",
			 dropped);
}

/* ---- all of it ---- */

static void times_of(struct archive_entry *entry, struct timespec times[static 2])
{
	times[1] = (struct timespec){ archive_entry_mtime(entry), archive_entry_mtime_nsec(entry) };
	times[0] = times[1];
	if (archive_entry_atime_is_set(entry))
		times[0] = (struct timespec){ archive_entry_atime(entry),
					      archive_entry_atime_nsec(entry) };
}

int metadata_apply(int fd, struct archive_entry *entry, struct dropped *dropped)
{
	struct timespec times[2];

	times_of(entry, times);
	if (apply_owner(fd, "", entry) < 0 || apply_attributes(fd, entry, dropped) < 0 ||
	    fchmod(fd, safe_mode(entry, dropped)) < 0 || apply_acls(fd, entry, dropped) < 0)
		return -1;
	return futimens(fd, times);
}

int metadata_apply_at(int dir_fd, const char *name, struct archive_entry *entry,
		      struct dropped *dropped)
{
	struct timespec times[2];

	times_of(entry, times);
	if (apply_owner(dir_fd, name, entry) < 0 || apply_attributes(-1, entry, dropped) < 0)
		return -1;
	return utimensat(dir_fd, name, times, AT_SYMLINK_NOFOLLOW);
}
