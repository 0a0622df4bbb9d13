// SPDX-License-Identifier: MIT
/*
 * From uppers to a list of changes. The uppers are made by hand, as overlayfs writes them (docs/box-format.md); what the
 * kernel itself writes is compared in tests/property.
 */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/remove.h"
#include "base/text.h"
#include "changes/mark.h"
#include "changes/rename.h"
#include "changes/select.h"
#include "changes/show.h"
#include "changes/walk.h"
#include "test.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

/* A directory with base/, one/, two/ (layers) and box/upper/data. */
struct scratch {
	char path[PATH_MAX - 64];
	int fd;
	struct changes list;
	struct text shown;
};

static const time_t long_ago = 1000000000;

static bool scratch_make(struct scratch *s)
{
	static const char *const dirs[] = { "base", "one",	 "two",
					    "box",  "box/upper", "box/upper/data" };
	const char *tmp = getenv("TMPDIR");

	*s = (struct scratch){ .fd = -1 };
	(void)snprintf(s->path, sizeof(s->path), "%s/nacre-changes-XXXXXX", tmp ? tmp : "/tmp");
	if (!check(mkdtemp(s->path) != NULL))
		return false;
	s->fd = open(s->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (size_t i = 0; i < ARRAY_LEN(dirs); i++)
		check(mkdirat(s->fd, dirs[i], 0755) == 0);
	return check(s->fd >= 0);
}

static void scratch_release(struct scratch *s)
{
	struct error err;

	changes_release(&s->list);
	text_release(&s->shown);
	check(remove_contents(s->fd, &err) == 0);
	close_fd(s->fd);
	check(rmdir(s->path) == 0);
}

/* With the same time everywhere, so that a time differs only where a test wants it. */
static void settle(const struct scratch *s, const char *path)
{
	const struct timespec times[] = { { long_ago, 0 }, { long_ago, 0 } };

	check(utimensat(s->fd, path, times, AT_SYMLINK_NOFOLLOW) == 0);
}

static void file(const struct scratch *s, const char *path, const char *text)
{
	int fd = openat(s->fd, path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);

	check(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close_fd(fd);
	settle(s, path);
}

static void dir(const struct scratch *s, const char *path)
{
	check(mkdirat(s->fd, path, 0755) == 0);
}

static void whiteout(const struct scratch *s, const char *path)
{
	check(mknodat(s->fd, path, S_IFCHR, makedev(0, 0)) == 0);
}

static bool mark(const struct scratch *s, const char *path, const char *name, const char *value)
{
	char full[PATH_MAX];

	(void)snprintf(full, sizeof(full), "%s/%s", s->path, path);
	return setxattr(full, name, value, strlen(value), 0) == 0;
}

/* Reads the box, whose overlay /data has these lowers and further lines in its record. */
static bool list(struct scratch *s, const char *lowers, const char *lines)
{
	_cleanup_text_ struct text record = { 0 };
	_cleanup_fd_ int box_fd = -1;
	struct error err = { 0 };

	text_printf(&record,
		    "nacre-box 1\nname t\ncreated 1\nrun 1.000000000\nbase /\nuid %u %u 1\n"
		    "gid %u %u 1\ncommand true\noverlay data /data\n",
		    (unsigned)getuid(), (unsigned)getuid(), (unsigned)getgid(), (unsigned)getgid());
	for (const char *at = lowers; *at; at += strcspn(at, " "), at += strspn(at, " "))
		text_printf(&record, "lower %s/%.*s\n", s->path, (int)strcspn(at, " "), at);
	text_printf(&record, "%send\n", lines);
	file(s, "box/record", text_str(&record));
	box_fd = openat(s->fd, "box", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	changes_release(&s->list);
	return check(changes_read(&s->list, box_fd, &err) == 0);
}

/* "A /data/x\n…" of everything, or of what is picked. */
static const char *shown(struct scratch *s, bool all)
{
	const char *const none[] = { NULL };
	struct error err;

	check(changes_pick(&s->list, none, "/", NULL, &err) == 0);
	text_clear(&s->shown);
	show_lines(&s->list, &(struct show_options){ .all = all }, false, &s->shown);
	for (char *c = s->shown.data; c && *c; c++)
		*c = *c == '\t' ? ' ' : *c;
	return text_str(&s->shown);
}

TEST(changes, letters)
{
	struct scratch s;

	require(scratch_make(&s));
	file(&s, "base/same", "same");
	file(&s, "base/content", "old");
	file(&s, "base/mode", "x");
	file(&s, "base/time", "x");
	file(&s, "base/gone", "x");
	file(&s, "base/type", "x");
	file(&s, "box/upper/data/same", "same");
	file(&s, "box/upper/data/content", "new");
	file(&s, "box/upper/data/mode", "x");
	file(&s, "box/upper/data/time", "x");
	file(&s, "box/upper/data/new", "x");
	check(fchmodat(s.fd, "box/upper/data/mode", 0600, 0) == 0);
	check(utimensat(s.fd, "box/upper/data/time", NULL, 0) == 0);
	whiteout(&s, "box/upper/data/gone");
	whiteout(&s, "box/upper/data/orphan");
	check(symlinkat("x", s.fd, "box/upper/data/type") == 0);
	if (list(&s, "base", "")) {
		check_str(shown(&s, false), "M /data/content\nD /data/gone\nm /data/mode\n"
					    "A /data/new\nm /data/time\nT /data/type\n");
		check(s.list.noise == 1);
	}
	scratch_release(&s);
}

TEST(changes, same_size_and_time_are_read)
{
	struct scratch s;

	require(scratch_make(&s));
	file(&s, "base/f", "one");
	file(&s, "box/upper/data/f", "two");
	if (list(&s, "base", ""))
		check_str(shown(&s, false), "M /data/f\n");
	scratch_release(&s);
}

TEST(changes, whole_directories)
{
	struct scratch s;

	require(scratch_make(&s));
	dir(&s, "base/old");
	dir(&s, "base/old/sub");
	file(&s, "base/old/a", "1234");
	file(&s, "base/old/sub/b", "56");
	whiteout(&s, "box/upper/data/old");
	dir(&s, "box/upper/data/new");
	file(&s, "box/upper/data/new/c", "789");
	whiteout(&s, "box/upper/data/new/orphan");
	if (list(&s, "base", "")) {
		check_str(shown(&s, false), "A /data/new\nD /data/old\n");
		check(s.list.v[0].files == 1 && s.list.v[0].size == 3);
		check_str(shown(&s, true),
			  "A /data/new\nA /data/new/c\nD /data/old\nD /data/old/a\n"
			  "D /data/old/sub\nD /data/old/sub/b\n");
		check(s.list.v[2].old_files == 2 && s.list.v[2].old_size == 6);
	}
	scratch_release(&s);
}

TEST(changes, directory_for_file_and_back)
{
	struct scratch s;

	require(scratch_make(&s));
	file(&s, "base/f", "x");
	dir(&s, "base/d");
	file(&s, "base/d/in", "x");
	dir(&s, "box/upper/data/f");
	file(&s, "box/upper/data/f/in", "y");
	file(&s, "box/upper/data/d", "y");
	if (list(&s, "base", ""))
		check_str(shown(&s, true), "T /data/d\nD /data/d/in\nT /data/f\nA /data/f/in\n");
	scratch_release(&s);
}

TEST(changes, opaque_directory_is_compared_whole)
{
	struct scratch s;

	require(scratch_make(&s));
	dir(&s, "base/d");
	dir(&s, "base/d/sub");
	file(&s, "base/d/same", "x");
	file(&s, "base/d/gone", "x");
	dir(&s, "box/upper/data/d");
	file(&s, "box/upper/data/d/same", "x");
	file(&s, "box/upper/data/d/new", "x");
	if (!mark(&s, "box/upper/data/d", "user.overlay.opaque", "y")) {
		scratch_release(&s);
		SKIP("no user.* attributes here");
	}
	if (list(&s, "base", "")) {
		check_str(shown(&s, false), "D /data/d/gone\nA /data/d/new\nD /data/d/sub\n");
		check(s.list.v[0].flags & CHANGE_OPAQUE);
	}
	scratch_release(&s);
}

TEST(changes, directory_below_an_opaque_one)
{
	struct scratch s;

	require(scratch_make(&s));
	dir(&s, "base/d");
	dir(&s, "base/d/sub");
	file(&s, "base/d/sub/gone", "x");
	dir(&s, "box/upper/data/d");
	dir(&s, "box/upper/data/d/sub");
	file(&s, "box/upper/data/d/sub/new", "x");
	if (!mark(&s, "box/upper/data/d", "user.overlay.opaque", "y")) {
		scratch_release(&s);
		SKIP("no user.* attributes here");
	}
	if (list(&s, "base", ""))
		check_str(shown(&s, false), "D /data/d/sub/gone\nA /data/d/sub/new\n");
	scratch_release(&s);
}

TEST(changes, directory_metadata)
{
	struct scratch s;

	require(scratch_make(&s));
	dir(&s, "base/time");
	dir(&s, "base/mode");
	dir(&s, "box/upper/data/time");
	dir(&s, "box/upper/data/mode");
	check(fchmodat(s.fd, "box/upper/data/mode", 0700, 0) == 0);
	settle(&s, "box/upper/data/time");
	if (list(&s, "base", ""))
		check_str(shown(&s, false), "m /data/mode\n");
	scratch_release(&s);
}

TEST(changes, attributes)
{
	struct scratch s;

	require(scratch_make(&s));
	file(&s, "base/f", "x");
	file(&s, "base/g", "x");
	file(&s, "box/upper/data/f", "x");
	file(&s, "box/upper/data/g", "x");
	if (!mark(&s, "box/upper/data/f", "user.overlay.origin", "") ||
	    !mark(&s, "box/upper/data/g", "user.mine", "1")) {
		scratch_release(&s);
		SKIP("no user.* attributes here");
	}
	if (list(&s, "base", "")) {
		check_str(shown(&s, false), "m /data/g\n");
		check(s.list.v[0].differs == DIFFERS_XATTRS);
	}
	check(mark(&s, "base/g", "user.mine", "1"));
	if (list(&s, "base", ""))
		check_str(shown(&s, false), "");
	check(mark(&s, "base/g", "user.mine", "2"));
	if (list(&s, "base", ""))
		check_str(shown(&s, false), "m /data/g\n");
	scratch_release(&s);
}

TEST(changes, layers_hide_what_is_below)
{
	struct scratch s;

	require(scratch_make(&s));
	dir(&s, "base/d");
	file(&s, "base/d/low", "x");
	file(&s, "base/hidden", "x");
	whiteout(&s, "one/hidden");
	dir(&s, "one/d");
	file(&s, "one/d/high", "x");
	file(&s, "one/only", "one");
	file(&s, "two/only", "two");
	/* The topmost "only" is compared; "hidden" is new, as the box did not see one; "d" is both. */
	file(&s, "box/upper/data/only", "two");
	file(&s, "box/upper/data/hidden", "y");
	whiteout(&s, "box/upper/data/d");
	if (list(&s, "base one two", ""))
		check_str(shown(&s, true),
			  "D /data/d\nD /data/d/high\nD /data/d/low\nA /data/hidden\n");
	scratch_release(&s);
}

TEST(changes, many_layers)
{
	_cleanup_text_ struct text lowers = { 0 };
	struct scratch s;

	require(scratch_make(&s));
	text_add(&lowers, "base");
	for (unsigned i = 0; i < 70; i++) {
		char name[32];

		(void)snprintf(name, sizeof(name), "l%u", i);
		dir(&s, name);
		text_printf(&lowers, " %s", name);
		(void)snprintf(name, sizeof(name), "l%u/d", i);
		dir(&s, name);
		(void)snprintf(name, sizeof(name), "l%u/d/f%02u", i, i);
		file(&s, name, "x");
	}
	whiteout(&s, "box/upper/data/d");
	if (list(&s, text_str(&lowers), ""))
		check(s.list.v[0].old_files == 70);
	scratch_release(&s);
}

TEST(changes, seeds_are_no_changes)
{
	struct scratch s;

	require(scratch_make(&s));
	dir(&s, "base/tmp");
	dir(&s, "box/upper/data/tmp");
	check(fchmodat(s.fd, "box/upper/data/tmp", 01777, 0) == 0);
	dir(&s, "box/upper/data/point");
	file(&s, "box/upper/data/tmp/f", "x");
	if (list(&s, "base", "seed dir 1777 tmp\nseed point 0755 point\n"))
		check_str(shown(&s, false), "A /data/tmp/f\n");
	check(fchmodat(s.fd, "box/upper/data/tmp", 0700, 0) == 0);
	if (list(&s, "base", "seed dir 1777 tmp\nseed point 0755 point\n"))
		check_str(shown(&s, false), "m /data/tmp\nA /data/tmp/f\n");
	scratch_release(&s);
}

TEST(changes, names_of_one_object)
{
	struct scratch s;

	require(scratch_make(&s));
	file(&s, "base/a", "x");
	file(&s, "base/b", "x");
	file(&s, "base/p", "x");
	check(linkat(s.fd, "base/p", s.fd, "base/q", 0) == 0);
	/* a was linked to c; p and q were copied up and are one as before. */
	file(&s, "box/upper/data/a", "x");
	check(linkat(s.fd, "box/upper/data/a", s.fd, "box/upper/data/c", 0) == 0);
	file(&s, "box/upper/data/p", "x");
	check(linkat(s.fd, "box/upper/data/p", s.fd, "box/upper/data/q", 0) == 0);
	if (list(&s, "base", "")) {
		check_str(shown(&s, false), "m /data/a\nA /data/c\n");
		check(s.list.v[0].differs == DIFFERS_LINKS);
		check(s.list.noise == 2);
	}
	scratch_release(&s);
}

TEST(changes, pick)
{
	const char *const words[] = { "*.py", "sub/", "~/x", NULL }, *const wrong[] = { "sub",
											"none",
											NULL };
	struct error err = { 0 };
	struct scratch s;

	require(scratch_make(&s));
	file(&s, "box/upper/data/a.py", "x");
	file(&s, "box/upper/data/b.c", "x");
	file(&s, "box/upper/data/x", "x");
	file(&s, "box/upper/data/xx", "x");
	dir(&s, "box/upper/data/deep");
	file(&s, "box/upper/data/deep/d.py", "x");
	file(&s, "box/upper/data/deep/d.c", "x");
	dir(&s, "box/upper/data/sub");
	file(&s, "box/upper/data/sub/e", "x");
	if (list(&s, "base", "")) {
		check(changes_pick(&s.list, words, "/data", "/data", &err) == 0);
		text_clear(&s.shown);
		show_lines(&s.list, &(struct show_options){ .all = true }, true, &s.shown);
		check_str(text_str(&s.shown),
			  "/data/a.py\n/data/deep/d.py\n/data/sub\n/data/sub/e\n/data/x\n");
		check(changes_pick(&s.list, wrong, "/data", "/data", &err) < 0);
		check_str(err.name, "change-unknown");
		check_str(err.message, "no change matches none");
	}
	scratch_release(&s);
}

TEST(changes, renames)
{
	struct scratch s;

	require(scratch_make(&s));
	file(&s, "base/a", "content");
	file(&s, "base/b", "another");
	file(&s, "box/upper/data/c", "content");
	file(&s, "box/upper/data/d", "anothes");
	whiteout(&s, "box/upper/data/a");
	whiteout(&s, "box/upper/data/b");
	if (list(&s, "base", "")) {
		changes_find_renames(&s.list);
		check(s.list.count == 4);
		check(s.list.v[2].kind == CHANGE_RENAMED && s.list.v[2].from == 0);
		check(s.list.v[3].kind == CHANGE_ADDED);
		/* Line tools see the halves. */
		check_str(shown(&s, false), "D /data/a\nD /data/b\nA /data/c\nA /data/d\n");
	}
	scratch_release(&s);
}

TEST(changes, marks_and_sections)
{
	const struct mark_world world = { .cwd = "/data/me/work",
					  .home = "/data/me",
					  .path = "/bin:/data/bin" };
	struct scratch s;

	require(scratch_make(&s));
	dir(&s, "box/upper/data/bin");
	file(&s, "box/upper/data/bin/tool", "x");
	check(fchmodat(s.fd, "box/upper/data/bin/tool", 0755, 0) == 0);
	dir(&s, "box/upper/data/me");
	file(&s, "box/upper/data/me/.bashrc", "x");
	dir(&s, "box/upper/data/me/.cache");
	dir(&s, "box/upper/data/me/work");
	file(&s, "box/upper/data/me/work/f", "x");
	if (list(&s, "base", "")) {
		changes_mark(&s.list, &world);
		check(s.list.v[1].mark == MARK_COMMAND && s.list.v[1].section == SECTION_SYSTEM);
		check(s.list.v[3].mark == MARK_SHELL && s.list.v[3].section == SECTION_HOME);
		check(s.list.v[4].flags & CHANGE_CACHE);
		check(s.list.v[6].section == SECTION_HERE && !s.list.v[6].mark);
	}
	scratch_release(&s);
}

TEST(changes, names_of_any_bytes)
{
	struct scratch s;

	require(scratch_make(&s));
	file(&s, "box/upper/data/a\nb\t\"\\\377", "x");
	if (list(&s, "base", ""))
		check_str(shown(&s, false), "A \"/data/a\\x0ab\\x09\\\"\\\\\\xff\"\n");
	scratch_release(&s);
}

TEST(changes, torn_record_is_an_error)
{
	_cleanup_fd_ int box_fd = -1;
	struct error err = { 0 };
	struct scratch s;

	require(scratch_make(&s));
	file(&s, "box/record", "nacre-box 1\nname t\n");
	box_fd = openat(s.fd, "box", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	check(changes_read(&s.list, box_fd, &err) < 0 && err.message[0]);
	scratch_release(&s);
}
