// SPDX-License-Identifier: MIT
/* The mount table: rows of real machines, hostile rows, and the tree that parent ids form. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/mountinfo.h"
#include "base/syscalls.h"
#include "test.h"

#define _cleanup_arena_ _cleanup_(arena_release)

static int parse(struct arena *a, const char *text, struct mounts *m, struct error *err)
{
	return mountinfo_parse(a, text, strlen(text), m, err);
}

TEST(mountinfo, row_has_every_field)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };
	const struct mount_entry *e;

	require(parse(&a,
		      "36 35 98:7 /mnt1 /mnt2 rw,noatime,nodev master:1 shared:22 "
		      "propagate_from:3 unbindable - ext3 /dev/root rw,errors=continue\n",
		      &m, &err) == 0);
	require(m.v.count == 1);
	e = m.v.items;
	check(e->id == 36 && e->parent == 35 && e->major == 98 && e->minor == 7);
	check_str(e->root, "/mnt1");
	check_str(e->point, "/mnt2");
	check_str(e->fstype, "ext3");
	check_str(e->source, "/dev/root");
	check_str(e->super, "rw,errors=continue");
	check(e->attr == (MOUNT_ATTR_NODEV | MOUNT_ATTR_NOATIME));
	check(e->master == 1 && e->shared == 22 && e->unbindable && !e->covered);
}

TEST(mountinfo, flags_become_attributes)
{
	static const struct {
		const char *flags;
		uint64_t attr;
	} rows[] = {
		{ "rw,relatime", 0 },
		{ "ro,relatime", MOUNT_ATTR_RDONLY },
		{ "rw,nosuid,nodev,noexec,relatime",
		  MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC },
		{ "rw,noatime,nodiratime", MOUNT_ATTR_NOATIME | MOUNT_ATTR_NODIRATIME },
		{ "rw", MOUNT_ATTR_STRICTATIME },
		{ "rw,nodiratime", MOUNT_ATTR_STRICTATIME | MOUNT_ATTR_NODIRATIME },
		{ "rw,relatime,nosymfollow", MOUNT_ATTR_NOSYMFOLLOW },
		{ "rw,relatime,idmapped", 0 },
		{ "rw,relatime,rox,no,nosuidx", 0 },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		_cleanup_arena_ struct arena a = { 0 };
		struct mounts m = { 0 };
		struct error err = { 0 };
		char *row = arena_printf(&a, "1 0 0:1 / / %s - tmpfs t rw", rows[i].flags);

		require(parse(&a, row, &m, &err) == 0);
		test_check(m.v.items[0].attr == rows[i].attr, __FILE__, __LINE__, "%s: %llx",
			   rows[i].flags, (unsigned long long)m.v.items[0].attr);
	}
}

TEST(mountinfo, escapes_are_undone)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };

	require(parse(&a,
		      "1 0 0:1 /r\\134oot /a\\040b\\011c\\012d\\134e\\043,:\xff\\377 rw - "
		      "fuse.a\\040b s\\134040x rw,lowerdir=/a\\054b\n",
		      &m, &err) == 0);
	check_str(m.v.items[0].root, "/r\\oot");
	check_str(m.v.items[0].point, "/a b\tc\nd\\e#,:\xff\xff");
	check_str(m.v.items[0].fstype, "fuse.a b");
	check_str(m.v.items[0].source, "s\\040x"); /* undone once, not twice */
	check_str(m.v.items[0].super, "rw,lowerdir=/a\\054b");
}

TEST(mountinfo, source_may_be_empty)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };

	require(parse(&a, "1 0 0:1 / / rw - tmpfs  rw,size=1k\n", &m, &err) == 0);
	check_str(m.v.items[0].source, "");
	check_str(m.v.items[0].super, "rw,size=1k");
}

TEST(mountinfo, source_may_be_a_dash)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };

	require(parse(&a, "1 0 0:1 / /- rw - tmpfs - rw\n", &m, &err) == 0);
	check_str(m.v.items[0].point, "/-");
	check_str(m.v.items[0].source, "-");
}

TEST(mountinfo, superblock_options_may_hold_anything)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };

	require(parse(&a, "1 0 0:1 / / rw - 9p drvfs rw,path=C:\\Program Files\\x;uid=0", &m,
		      &err) == 0);
	check_str(m.v.items[0].super, "rw,path=C:\\Program Files\\x;uid=0");
}

TEST(mountinfo, unknown_optional_fields_are_passed_over)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };

	require(parse(&a, "1 0 0:1 / / rw later newer:x:y shared:4 - t s rw", &m, &err) == 0);
	check(m.v.items[0].shared == 4);
}

TEST(mountinfo, ends_of_lines)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };

	check(parse(&a, "1 0 0:1 / / rw - t s rw\r\n2 1 0:1 / /a rw - t s rw\r\n\r\n\n", &m,
		    &err) == 0);
	check(m.v.count == 2);
	check_str(m.v.items[0].super, "rw");
	check(parse(&a, "", &m, &err) == 0 && m.v.count == 0);
	check(parse(&a, "\n\r\n", &m, &err) == 0 && m.v.count == 0);
	check(mountinfo_parse(&a, NULL, 0, &m, &err) == 0 && m.v.count == 0);
}

TEST(mountinfo, only_len_bytes_are_read)
{
	_cleanup_arena_ struct arena a = { 0 };
	static const char row[] = "1 0 0:1 / / rw - t s rw";
	struct mounts m = { 0 };
	struct error err = { 0 };
	_cleanup_free_ char *exact = malloc(sizeof(row) - 1);

	require(exact);
	memcpy(exact, row, sizeof(row) - 1); /* no NUL: a read past the end is one past the heap */
	require(mountinfo_parse(&a, exact, sizeof(row) - 1, &m, &err) == 0);
	check_str(m.v.items[0].super, "rw");
	for (size_t len = 1; len < sizeof(row) - 3; len++)
		require(mountinfo_parse(&a, exact, len, &m, &err) == -1);
}

TEST(mountinfo, malformed_rows_are_named_and_shown)
{
	static const struct {
		const char *row, *reason;
	} rows[] = {
		{ "x 0 0:1 / / rw - t s rw", "mount id" },
		{ "-1 0 0:1 / / rw - t s rw", "mount id" },
		{ " 1 0 0:1 / / rw - t s rw", "mount id" },
		{ "99999999999 0 0:1 / / rw - t s rw", "mount id" },
		{ "2147483648 0 0:1 / / rw - t s rw", "mount id" },
		{ "1", "mount id" },
		{ "1  0:1 / / rw - t s rw", "parent id" },
		{ "1 0 01 / / rw - t s rw", "device" },
		{ "1 0 0: / / rw - t s rw", "device" },
		{ "1 0 0:1:2 / / rw - t s rw", "device" },
		{ "1 0 0:1  / rw - t s rw", "root" },
		{ "1 0 0:1 /\\400 / rw - t s rw", "root" },
		{ "1 0 0:1 / a rw - t s rw", "not absolute" },
		{ "1 0 0:1 /  rw - t s rw", "not absolute" },
		{ "1 0 0:1 / /\\04 rw - t s rw", "mount point" },
		{ "1 0 0:1 / /\\0 rw - t s rw", "mount point" },
		{ "1 0 0:1 / /\\ rw - t s rw", "mount point" },
		{ "1 0 0:1 / /\\089 rw - t s rw", "mount point" },
		{ "1 0 0:1 / /\\777 rw - t s rw", "mount point" },
		{ "1 0 0:1 / /\\000x rw - t s rw", "mount point" },
		{ "1 0 0:1 / /  - t s rw", "flags" },
		{ "1 0 0:1 / / rw t s rw", "separator" },
		{ "1 0 0:1 / / rw shared:x - t s rw", "optional" },
		{ "1 0 0:1 / / rw shared - t s rw", "optional" },
		{ "1 0 0:1 / / rw master:1:2 - t s rw", "optional" },
		{ "1 0 0:1 / / rw  - t s rw", "optional" },
		{ "1 0 0:1 / / rw -", "separator" },
		{ "1 0 0:1 / / rw -  s rw", "type" },
		{ "1 0 0:1 / / rw - t", "type" },
		{ "1 0 0:1 / / rw - t s", "source" },
		{ "1 0 0:1 / / rw - t s\\9 rw", "source" },
		{ "1 0 0:1 / / rw - t s ", "superblock" },
		{ "", "mount id" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		_cleanup_arena_ struct arena a = { 0 };
		struct mounts m = { .v.count = 77 };
		struct error err = { 0 };
		char *text = arena_printf(&a,
					  "1 0 0:1 / / rw - t s rw\n%s\n"
					  "3 1 0:1 / / rw - t s rw\n",
					  rows[i].row);

		test_check(parse(&a, text, &m, &err) == -1, __FILE__, __LINE__, "accepted: %s",
			   rows[i].row);
		check(m.v.count == 77);
		check(err.call == CALL_READ_MOUNTS);
		check(strstr(err.message, "line 2") != NULL);
		test_check(strstr(err.reason, rows[i].reason) != NULL, __FILE__, __LINE__,
			   "row %s: reason %s", rows[i].row, err.reason);
	}
}

TEST(mountinfo, guilty_row_is_shown_quoted)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };

	require(parse(&a, "1 0 0:1 / /\x1b[31m\\9 rw - t s rw", &m, &err) == -1);
	check_str(err.facts, "row     \"1 0 0:1 / /\\x1b[31m\\\\9 rw - t s rw\"");
}

TEST(mountinfo, nul_bytes_are_refused)
{
	_cleanup_arena_ struct arena a = { 0 };
	static const char text[] = "1 0 0:1 / /a\0b rw - t s rw";
	struct mounts m = { 0 };
	struct error err = { 0 };

	check(mountinfo_parse(&a, text, sizeof(text) - 1, &m, &err) == -1);
	check(strstr(err.reason, "NUL") != NULL);
}

/* Parents as the kernel gives them; /a/c was cloned before the mount that it is attached to. */
static const char tree[] = "20 1 0:1 / / rw - ext4 /dev/sda1 rw\n"
			   "21 20 0:2 / /a rw - tmpfs low rw\n"
			   "22 21 0:3 / /a/b rw - tmpfs hidden rw\n"
			   "24 25 0:4 / /a/c rw - tmpfs seen rw\n"
			   "25 21 0:5 / /a rw - tmpfs high rw\n"
			   "26 20 0:6 / /ab rw - tmpfs neighbour rw\n"
			   "27 26 0:7 / /ab/x/y rw - tmpfs deep rw\n";

static const char *source_at(const struct mounts *m, const char *path)
{
	const struct mount_entry *e = mounts_at(m, path);

	return e ? e->source : NULL;
}

TEST(mountinfo, at_is_what_a_walk_reaches)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };

	require(parse(&a, tree, &m, &err) == 0);
	check_str(source_at(&m, "/"), "/dev/sda1");
	check_str(source_at(&m, "/etc/a"), "/dev/sda1");
	check_str(source_at(&m, "/a"), "high");
	check_str(source_at(&m, "/a/b/x"), "high"); /* "hidden" lies below "low" */
	check_str(source_at(&m, "/a/c"), "seen");
	check_str(source_at(&m, "/a/c/d/e"), "seen");
	check_str(source_at(&m, "/ab"), "neighbour");
	check_str(source_at(&m, "/abc"), "/dev/sda1");
	check_str(source_at(&m, "/ab/x"), "neighbour");
	check_str(source_at(&m, "/ab/x/y/z"), "deep");
}

TEST(mountinfo, below_is_by_components_and_reached)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };

	require(parse(&a, tree, &m, &err) == 0);
	check(mounts_below(&m, "/"));
	check(mounts_below(&m, "/a"));
	check(!mounts_below(&m, "/a/b"));
	check(!mounts_below(&m, "/a/c"));
	check(mounts_below(&m, "/ab"));
	check(mounts_below(&m, "/ab/x"));
	check(!mounts_below(&m, "/ab/x/y"));
	check(!mounts_below(&m, "/abc"));
}

TEST(mountinfo, below_passes_over_hidden_mounts)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };

	require(parse(&a,
		      "20 1 0:1 / / rw - t root rw\n21 20 0:2 / /a/b rw - t hidden rw\n"
		      "22 20 0:3 / /a rw - t over rw\n",
		      &m, &err) == 0);
	check(mounts_below(&m, "/"));
	check(!mounts_below(&m, "/a"));
	check_str(source_at(&m, "/a/b"), "over");
	check(!m.v.items[1].covered);
}

TEST(mountinfo, covered_is_by_parent_not_by_order)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };
	static const bool covered[] = { false, true, false, false, false, false, false };

	require(parse(&a, tree, &m, &err) == 0);
	require(m.v.count == ARRAY_LEN(covered));
	for (size_t i = 0; i < m.v.count; i++)
		test_check(m.v.items[i].covered == covered[i], __FILE__, __LINE__, "row %zu", i);
	/* A tree that was cloned early has the smaller id and comes first, though on top. */
	require(parse(&a,
		      "20 1 0:1 / / rw - t root rw\n30 31 0:2 / /a rw - t top rw\n"
		      "31 20 0:3 / /a rw - t bottom rw\n",
		      &m, &err) == 0);
	check(!m.v.items[1].covered && m.v.items[2].covered);
	check_str(source_at(&m, "/a/x"), "top");
}

TEST(mountinfo, root_may_be_covered_or_its_own_parent)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };

	require(parse(&a, "1 1 0:1 / / rw - t own rw\n2 1 0:2 / /a rw - t child rw\n", &m, &err) ==
		0);
	check(!m.v.items[0].covered);
	check_str(source_at(&m, "/x"), "own");
	check_str(source_at(&m, "/a/x"), "child");
	require(parse(&a, "1 1 0:1 / / rw - rootfs rootfs rw\n25 1 0:2 / / rw - ext4 disk rw\n", &m,
		      &err) == 0);
	check(m.v.items[0].covered && !m.v.items[1].covered);
	check_str(source_at(&m, "/x"), "disk");
}

TEST(mountinfo, chroot_without_a_mount_shows_no_root)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };

	require(parse(&a, "30 20 0:1 / /proc rw - proc proc rw\n31 30 0:2 / /proc/x rw - t x rw\n",
		      &m, &err) == 0);
	check(!mounts_at(&m, "/etc"));
	check_str(source_at(&m, "/proc/1"), "proc");
	check_str(source_at(&m, "/proc/x"), "x");
	m.v.count = 0;
	check(!mounts_at(&m, "/proc"));
	check(!mounts_below(&m, "/"));
}

TEST(mountinfo, loops_of_parents_end)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };

	require(parse(&a,
		      "1 0 0:1 / / rw - t a rw\n2 1 0:1 / / rw - t b rw\n1 2 0:1 / / rw - t c rw\n"
		      "8 9 0:1 / / rw - t d rw\n9 8 0:1 / / rw - t e rw\n",
		      &m, &err) == 0);
	check(mounts_at(&m, "/x") != NULL);
	check(!mounts_below(&m, "/"));
}

TEST(mountinfo, own_table_is_read)
{
	_cleanup_arena_ struct arena a = { 0 };
	struct mounts m = { 0 };
	struct error err = { 0 };
	const struct mount_entry *proc;

	require(mountinfo_read(&a, &m, &err) == 0);
	require(m.v.count > 0);
	proc = mounts_at(&m, "/proc/self");
	require(proc);
	check_str(proc->fstype, "proc");
	check(mounts_below(&m, "/"));
}
