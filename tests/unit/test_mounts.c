// SPDX-License-Identifier: MIT
/* Single mounts of nacre.h, each in namespaces of its own with an empty tmpfs as the working directory. */
#include "nacre.h"

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/syscalls.h"
#include "test.h"

#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/wait.h>

#define BIND(...) (&(struct nacre_bind){ .size = sizeof(struct nacre_bind), __VA_ARGS__ })
#define OVERLAY(...) (&(struct nacre_overlay){ .size = sizeof(struct nacre_overlay), __VA_ARGS__ })
#define TMPFS(...) (&(struct nacre_tmpfs){ .size = sizeof(struct nacre_tmpfs), __VA_ARGS__ })
#define CHANGE(...) \
	(&(struct nacre_attributes){ .size = sizeof(struct nacre_attributes), __VA_ARGS__ })
#define LAYERS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static bool put(const char *path, const char *text)
{
	_cleanup_fd_ int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	size_t n = strlen(text);

	return fd >= 0 && write(fd, text, n) == (ssize_t)n;
}

static bool has(const char *path, const char *text)
{
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC);
	char buf[256];
	ssize_t n = fd < 0 ? -1 : read(fd, buf, sizeof(buf));

	return n >= 0 && (size_t)n == strlen(text) && memcmp(buf, text, (size_t)n) == 0;
}

static bool make(const char *const *dirs)
{
	for (; *dirs; dirs++)
		if (mkdir(*dirs, 0755) < 0)
			return false;
	return true;
}

static bool enter_namespaces(void)
{
	unsigned uid = geteuid(), gid = getegid();
	char map[40];

	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0 || !put("/proc/self/setgroups", "deny"))
		return false;
	(void)snprintf(map, sizeof(map), "0 %u 1\n", uid);
	if (!put("/proc/self/uid_map", map))
		return false;
	(void)snprintf(map, sizeof(map), "0 %u 1\n", gid);
	return put("/proc/self/gid_map", map) && sys_mount("t", "/tmp", "tmpfs", 0, NULL) == 0 &&
	       chdir("/tmp") == 0;
}

static bool inside(bool (*f)(struct nacre_error *error))
{
	int status = 1;
	pid_t pid;

	(void)fflush(stdout);
	pid = fork();
	if (pid == 0) {
		struct nacre_error *error = nacre_error_new();
		bool ok = check(enter_namespaces()) && f(error);

		nacre_error_free(error);
		(void)fflush(stdout);
		_exit(!ok);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

/* The call failed with that errno, and its explanation has those words. */
static bool refused(int answer, int sys, const struct nacre_error *error, const char *words)
{
	int got = errno;
	char *text = error ? nacre_error_text(error, NULL, false) : NULL;
	bool ok = check(answer == -1) && check(got == sys);

	if (text && !strstr(text, words)) {
		(void)fprintf(stderr, "%s", text);
		ok = check(!"the words are there");
	}
	free(text);
	return ok;
}

/* How many mounts there are. */
static size_t mounts(void)
{
	struct nacre_mounts *table = nacre_mounts_read(NULL);
	size_t n = table ? nacre_mounts_count(table) : 0;

	nacre_mounts_free(table);
	return n;
}

/* ---- bind ---- */

static bool binds(struct nacre_error *error)
{
	return check(make(LAYERS("a", "a/sub", "b", "c"))) &&
	       check(nacre_mount_tmpfs(TMPFS(.target = "a/sub"), error) == 0) &&
	       check(put("a/file", "1") && put("a/sub/file", "2")) &&
	       check(nacre_mount_bind(BIND("a", "b", .attributes = NACRE_RDONLY), error) == 0) &&
	       /* All below it is read-only as well, and the source is not. */
	       check(has("b/file", "1") && has("b/sub/file", "2")) &&
	       check(!put("b/file", "x") && errno == EROFS) &&
	       check(!put("b/sub/file", "x") && errno == EROFS) && check(put("a/sub/file", "3")) &&
	       check(nacre_mount_bind(BIND("a", "c", .alone = true), error) == 0) &&
	       check(access("c/sub/file", F_OK) < 0 && put("c/file", "4"));
}

static bool refuses_binds(struct nacre_error *error)
{
	size_t before = mounts();

	return check(make(LAYERS("a", "b")) && put("file", "")) &&
	       refused(nacre_mount_bind(BIND("none", "b"), error), ENOENT, error,
		       "[bind-source-missing]") &&
	       refused(nacre_mount_bind(BIND("a", "none"), error), ENOENT, error,
		       "[mount-point-missing]") &&
	       refused(nacre_mount_bind(BIND("file", "b"), error), EINVAL, error,
		       "[bind-file-on-directory]") &&
	       /* Without an explanation. */
	       refused(nacre_mount_bind(BIND("none", "b"), NULL), ENOENT, NULL, NULL) &&
	       check(mounts() == before);
}

TEST(mounts, bind)
{
	check(inside(binds));
	check(inside(refuses_binds));
}

/* ---- overlay ---- */

static bool stacks(struct nacre_error *error)
{
	/* Together longer than a string that fsconfig(2) takes. */
	char deep[201], below[302];

	memset(deep, 'd', 200);
	deep[200] = '\0';
	if (!check(make(LAYERS("low:er,\\ 1", "\\:,", "up,p:\\", "w\\,", "at")) &&
		   mkdir("x", 0755) == 0))
		return false;
	(void)snprintf(below, sizeof(below), "%s/%.100s", deep, deep);
	return check(mkdir(deep, 0755) == 0 && mkdir(below, 0755) == 0) &&
	       check(put("low:er,\\ 1/top", "1") && put("low:er,\\ 1/both", "1") &&
		     put("\\:,/both", "2") && put("\\:,/under", "2")) &&
	       check(nacre_mount_overlay(OVERLAY(.lowers = LAYERS("low:er,\\ 1", below, "\\:,"),
						 .upper = "up,p:\\", .work = "w\\,", .target = "at"),
					 error) == 0) &&
	       check(has("at/top", "1") && has("at/both", "1") && has("at/under", "2")) &&
	       check(put("at/under", "3") && has("up,p:\\/under", "3") && has("\\:,/under", "2")) &&
	       /* A directory of a layer can be removed, which takes the marks that a user may write. */
	       check(mkdir("\\:,/dir", 0755) == 0) &&
	       check(nacre_mount_overlay(
			     OVERLAY(.lowers = LAYERS("\\:,", "low:er,\\ 1"), .target = "x"),
			     error) == 0) &&
	       check(has("x/both", "2") && !put("x/new", "") && errno == EROFS);
}

static bool refuses_overlays(struct nacre_error *error)
{
	size_t before = mounts();

	if (!check(make(LAYERS("a", "b", "u", "u/w", "w", "t", "other"))))
		return false;
	if (!check(nacre_mount_tmpfs(TMPFS(.target = "other"), error) == 0 &&
		   mkdir("other/w", 0755) == 0))
		return false;
	return refused(nacre_mount_overlay(OVERLAY(.lowers = LAYERS("a"), .target = "t"), error),
		       EINVAL, error, "[overlay-one-layer]") &&
	       refused(nacre_mount_overlay(OVERLAY(.lowers = LAYERS("a"), .upper = "u",
						   .work = "u/w", .target = "t"),
					   error),
		       EINVAL, error, "[overlay-work-nested]") &&
	       refused(nacre_mount_overlay(OVERLAY(.lowers = LAYERS("a"), .upper = "u/w",
						   .work = "u", .target = "t"),
					   error),
		       EINVAL, error, "[overlay-work-nested]") &&
	       refused(nacre_mount_overlay(OVERLAY(.lowers = LAYERS("a"), .upper = "u",
						   .work = "other/w", .target = "t"),
					   error),
		       EINVAL, error, "[overlay-work-elsewhere]") &&
	       refused(nacre_mount_overlay(OVERLAY(.lowers = LAYERS("a", "none"), .upper = "u",
						   .work = "w", .target = "t"),
					   error),
		       ENOENT, error, "[layer-missing]") &&
	       refused(nacre_mount_overlay(OVERLAY(.lowers = LAYERS("a", "b"), .target = "none"),
					   error),
		       ENOENT, error, "[mount-point-missing]") &&
	       refused(nacre_mount_overlay(
			       OVERLAY(.lowers = LAYERS("a"), .upper = "u", .target = "t"), error),
		       EINVAL, error, "go together") &&
	       refused(nacre_mount_overlay(OVERLAY(.lowers = LAYERS(NULL), .target = "t"), error),
		       EINVAL, error, "no layer") &&
	       refused(nacre_mount_overlay(OVERLAY(.lowers = LAYERS("a", "b"), .target = "t",
						   .options = LAYERS("no_such=1")),
					   error),
		       EINVAL, error, "no_such") &&
	       check(mounts() == before + 1);
}

TEST(mounts, overlay)
{
	check(inside(stacks));
	check(inside(refuses_overlays));
}

TEST(mounts, overlay_escape)
{
	static const char *const vectors[][2] = {
		{ "\\\\\\:,:,\\\\\\", "\\\\\\\\\\\\\\:\\,\\:\\,\\\\\\\\\\\\" },
		{ "/path :,\\", "/path \\:\\,\\\\" },
		{ "", "" },
	};

	for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
		char *escaped = nacre_overlay_escape(vectors[i][0]);

		check_str(escaped, vectors[i][1]);
		free(escaped);
	}
}

/* As lower, upper and work of an option string and of nacre_mount_overlay(). Without its escapes a special one is no layer. */
static bool stacks_named(const char *name, bool special, struct nacre_error *error)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *top = arena_concat(&arena, "top", name, ""),
		   *low = arena_concat(&arena, "low", name, ""),
		   *upper = arena_concat(&arena, name, "up", ""),
		   *work = arena_concat(&arena, name, "work", "");
	char *escaped = nacre_overlay_escape(name);
	const char *plain = arena_printf(&arena, "lowerdir=top%s:low%s", name, name);
	const char *layers = arena_printf(&arena, "lowerdir=top%s:low%s", escaped, escaped);
	const char *all = arena_printf(&arena, "%s,upperdir=%sup,workdir=%swork,userxattr", layers,
				       escaped, escaped);
	bool ok = check(make(LAYERS(top, low, upper, work, "t"))) &&
		  check(put(arena_concat(&arena, low, "/file", ""), "low"));

	free(escaped);
	ok = ok && check((sys_mount("o", "t", "overlay", 0, plain) == 0) == !special) &&
	     (special || sys_umount("t", 0) == 0) &&
	     check(sys_mount("o", "t", "overlay", 0, layers) == 0) && check(has("t/file", "low")) &&
	     check(sys_umount("t", 0) == 0) && check(sys_mount("o", "t", "overlay", 0, all) == 0) &&
	     check(put("t/file", "new")) &&
	     check(has(arena_concat(&arena, upper, "/file", ""), "new")) &&
	     check(sys_umount("t", 0) == 0) &&
	     check(nacre_mount_overlay(OVERLAY(.lowers = LAYERS(top, low), .upper = upper,
					       .work = work, .target = "t"),
				       error) == 0) &&
	     check(has("t/file", "new")) && check(sys_umount("t", 0) == 0);
	return ok;
}

/* Three bytes need an escape, and nothing else does. */
static bool stacks_any_name(struct nacre_error *error)
{
	static const struct {
		const char *name;
		bool special;
	} names[] = {
		{ ",", true },	 { ":", true },	    { "\\", true },	 { "\\,", true },
		{ "\\:", true }, { "\\\\", true },  { " ", false },	 { "\"", false },
		{ "=", false },	 { "\n", false },   { "#", false },	 { "'", false },
		{ "$x", false }, { "\xff", false }, { ",:\\=\n", true },
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char dir[] = { 'a' + (char)i, '\0' };

		/* Of its own, as what an earlier name made could be what this one is mistaken for. */
		if (!check(mkdir(dir, 0755) == 0 && chdir(dir) == 0) ||
		    !check(stacks_named(names[i].name, names[i].special, error)) ||
		    !check(chdir("..") == 0))
			return false;
	}
	return true;
}

TEST(mounts, overlay_of_any_name)
{
	check(inside(stacks_any_name));
}

/* ---- tmpfs, move ---- */

static bool makes_tmpfs(struct nacre_error *error)
{
	struct nacre_mounts *table;
	struct nacre_mount m = { .size = sizeof(m) };
	struct statvfs fs;
	struct stat st;
	bool ok = check(make(LAYERS("t", "m", "u"))) &&
		  check(nacre_mount_tmpfs(TMPFS(.target = "t", .bytes = 1 << 20, .inodes = 10,
						.has_mode = true, .mode = 01777, .has_uid = true,
						.attributes = NACRE_NOEXEC),
					  error) == 0) &&
		  check(statvfs("t", &fs) == 0 && fs.f_blocks * fs.f_bsize == 1 << 20) &&
		  check(fs.f_files == 10) && check(stat("t", &st) == 0 && st.st_mode == 041777) &&
		  /* Elsewhere it is the same. */
		  check(put("t/file", "1") && nacre_mount_move("t", "m", error) == 0) &&
		  check(has("m/file", "1") && access("t/file", F_OK) < 0);

	table = nacre_mounts_read(error);
	if (!ok || !check(table && nacre_mounts_find(table, "/tmp/m") >= 0) ||
	    !check(nacre_mounts_find(table, "/nowhere/at/all") >=
		   0)) /* the root's, or what is there */
		return false;
	nacre_mounts_get(table, (size_t)nacre_mounts_find(table, "/tmp/m"), &m);
	check_str(m.point, "/tmp/m");
	check_str(m.type, "tmpfs");
	ok = check((m.attributes & (NACRE_NOSUID | NACRE_NODEV | NACRE_NOEXEC)) ==
		   (NACRE_NOSUID | NACRE_NODEV | NACRE_NOEXEC));
	nacre_mounts_free(table);
	return ok &&
	       refused(nacre_mount_tmpfs(TMPFS(.target = "u", .bytes = 1, .blocks = 1), error),
		       EINVAL, error, "tmpfs") &&
	       refused(nacre_mount_tmpfs(TMPFS(.target = "none"), error), ENOENT, error,
		       "[mount-point-missing]") &&
	       refused(nacre_mount_tmpfs(TMPFS(.target = "u", .has_uid = true, .uid = 4711), error),
		       EINVAL, error, "uid") &&
	       refused(nacre_mount_move("none", "u", error), ENOENT, error, "none") &&
	       refused(nacre_mount_move("u", "t", error), EINVAL, error, "[not-a-mount-point]");
}

TEST(mounts, tmpfs_and_move)
{
	check(inside(makes_tmpfs));
}

/* ---- what is mounted already ---- */

static bool changes(struct nacre_error *error)
{
	struct statvfs fs;

	return check(make(LAYERS("t", "plain"))) &&
	       check(nacre_mount_tmpfs(TMPFS(.target = "t"), error) == 0 &&
		     mkdir("t/sub", 0755) == 0) &&
	       check(nacre_mount_tmpfs(TMPFS(.target = "t/sub"), error) == 0) &&
	       check(nacre_mount_change(CHANGE("t", .set = NACRE_RDONLY | NACRE_NOATIME), error) ==
		     0) &&
	       check(!put("t/x", "") && put("t/sub/x", "")) &&
	       check(nacre_mount_change(CHANGE("t", .set = NACRE_RDONLY, .recursive = true),
					error) == 0) &&
	       check(!put("t/sub/x", "")) &&
	       check(nacre_mount_change(CHANGE("t", .clear = NACRE_RDONLY, .recursive = true),
					error) == 0) &&
	       check(put("t/x", "") && put("t/sub/x", "")) &&
	       check(nacre_mount_reconfigure("t", LAYERS("size=4096", "ro"), error) == 0) &&
	       check(statvfs("t", &fs) == 0 && fs.f_blocks * fs.f_bsize == 4096) &&
	       check(!put("t/y", "") && errno == EROFS) &&
	       refused(nacre_mount_reconfigure("t", LAYERS("rw", "no_such"), error), EINVAL, error,
		       "no_such") &&
	       check(!put("t/y", "")) &&
	       refused(nacre_mount_change(CHANGE("plain", .set = NACRE_RDONLY), error), EINVAL,
		       error, "[not-a-mount-point]") &&
	       refused(nacre_mount_change(CHANGE("none", .set = NACRE_RDONLY), error), ENOENT,
		       error, "none");
}

TEST(mounts, change)
{
	check(inside(changes));
}

/* ---- who may not, and other versions ---- */

TEST(mounts, without_the_right)
{
	struct nacre_error *error = nacre_error_new();
	int status = 1;
	pid_t pid;

	(void)fflush(stdout);
	pid = fork();
	if (pid == 0) {
		bool ok = geteuid() != 0 || setresuid(65534, 65534, 65534) == 0;

		ok = ok &&
		     refused(nacre_mount_tmpfs(TMPFS(.target = "/tmp"), error), EPERM, error,
			     "asked by user ") &&
		     refused(nacre_mount_bind(BIND("/", "/tmp"), NULL), EPERM, NULL, NULL);
		(void)fflush(stdout);
		_exit(!ok);
	}
	check(pid > 0 && waitpid(pid, &status, 0) == pid && status == 0);
	nacre_error_free(error);
}

TEST(mounts, options_of_other_versions)
{
	struct {
		struct nacre_bind bind;
		uint64_t more;
	} newer = { { .size = sizeof(newer), .source = "/none", .target = "/none" }, 1 };

	check(nacre_mount_bind(&newer.bind, NULL) < 0 && errno == E2BIG);
	newer.more = 0;
	/* Who may not mount is told so first. */
	check(nacre_mount_bind(&newer.bind, NULL) < 0 && (errno == ENOENT || errno == EPERM));
	newer.bind.size = offsetof(struct nacre_bind, attributes);
	newer.bind.attributes = ~0ULL;
	check(nacre_mount_bind(&newer.bind, NULL) < 0 && (errno == ENOENT || errno == EPERM));
	newer.bind.size = 0;
	check(nacre_mount_bind(&newer.bind, NULL) < 0 && errno == EINVAL);
}

TEST(mounts, table_of_bytes)
{
	static const char rows[] =
		"1 0 0:1 / / rw - rootfs  rw\n"
		"2 1 0:2 /a\\040b /mnt\\012x ro,nosuid shared:3 - tmpfs none rw,size=1k\n";
	struct nacre_mounts *table = nacre_mounts_parse(rows, sizeof(rows) - 1, NULL);
	struct nacre_mount m = { .size = sizeof(m) };

	require(table && nacre_mounts_count(table) == 2);
	nacre_mounts_get(table, 0, &m);
	check_str(m.source, "");
	nacre_mounts_get(table, 1, &m);
	check_str(m.root, "/a b");
	check_str(m.point, "/mnt\nx");
	check_str(m.options, "rw,size=1k");
	check(m.shared == 3 && m.parent == 1 &&
	      m.attributes == (NACRE_RDONLY | NACRE_NOSUID | NACRE_STRICTATIME));
	check(nacre_mounts_find(table, "/mnt\nx/below") == 1 && nacre_mounts_find(table, "/m") == 0);
	nacre_mounts_free(table);
	check(!nacre_mounts_parse("1 0\n", 4, NULL) && errno);
}
