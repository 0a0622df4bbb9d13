// SPDX-License-Identifier: MIT
/* The text of a patch to the byte: facts, colours, what is made visible, errors, and the counting. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "changes/patch.h"
#include "shell.h"
#include "test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

#define SUM_OF_NUL "sha256:6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
#define SUM_OF_A_LINE "sha256:87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7"

static struct patch_side file_of(const struct scratch *s, const char *name, const char *content,
				 size_t size)
{
	_cleanup_fd_ int fd = openat(s->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	struct patch_side side = { .dir_fd = s->fd, .name = name };

	check(fd >= 0 && write(fd, content, size) == (ssize_t)size && fchmod(fd, 0644) == 0);
	check(fstat(fd, &side.st) == 0);
	side.st.st_mtim = (struct timespec){ 0 };
	return side;
}

#define FILE_OF(s, name, content) file_of((s), (name), (content), sizeof(content) - 1)

static void check_text(const struct patch_side *old, const struct patch_side *now,
		       struct patch_options options, const char *want)
{
	_cleanup_text_ struct text out = { 0 };
	struct error err = { 0 };

	check(patch_object("p", old, now, &options, &out, &err) == 0);
	check_str(err.message, "");
	check_str(text_str(&out), want);
}

static const struct patch_options plain;

static struct patch_side with_mode(struct patch_side side, mode_t mode)
{
	side.st.st_mode = (side.st.st_mode & S_IFMT) | mode;
	return side;
}

TEST(patch_facts, nothing_differs)
{
	SCRATCH(s);
	struct patch_side text = FILE_OF(&s, "a", "a\n"), binary = FILE_OF(&s, "b", "\0");

	check_text(&text, &text, plain, "");
	check_text(&binary, &binary, plain, "");
}

TEST(patch_facts, binary_is_size_and_sum)
{
	SCRATCH(s);
	struct patch_side binary = FILE_OF(&s, "a", "\0"), text = FILE_OF(&s, "b", "a\n");

	check_text(&binary, &text, plain,
		   "# binary 1 bytes " SUM_OF_NUL " -> 2 bytes " SUM_OF_A_LINE "  p\n");
	check_text(NULL, &binary, plain,
		   "# binary none -> 1 bytes " SUM_OF_NUL "  p\n# mode none -> 0644  p\n");
	check_text(&binary, NULL, plain,
		   "# binary 1 bytes " SUM_OF_NUL " -> none  p\n# mode 0644 -> none  p\n");
}

TEST(patch_facts, long_text_counts_as_binary)
{
	SCRATCH(s);
	struct patch_side text = FILE_OF(&s, "a", "a\n"), binary = FILE_OF(&s, "b", "\0");

	check_text(&text, &binary, (struct patch_options){ .text_max = 1 },
		   "# binary 2 bytes " SUM_OF_A_LINE " -> 1 bytes " SUM_OF_NUL "  p\n");
	check_text(NULL, &text, (struct patch_options){ .text_max = 2 },
		   "diff --git a/p b/p\nnew file mode 100644\n--- /dev/null\n+++ b/p\n@@ -0,0 +1 "
		   "@@\n+a\n");
}

TEST(patch_facts, mode_beyond_the_executable_bit)
{
	SCRATCH(s);
	struct patch_side side = FILE_OF(&s, "a", "a\n"), private = with_mode(side, 0600),
			  shared = with_mode(side, 0775), setuid = with_mode(side, 04755),
			  program = with_mode(side, 0755), empty = FILE_OF(&s, "b", "");

	check_text(&side, &private, plain, "# mode 0644 -> 0600  p\n");
	check_text(&program, &setuid, plain, "# mode 0755 -> 4755  p\n");
	check_text(
		&private, &shared, plain,
		"# mode 0600 -> 0775  p\ndiff --git a/p b/p\nold mode 100644\nnew mode 100755\n");
	check_text(&side, &program, plain, "diff --git a/p b/p\nold mode 100644\nnew mode 100755\n");
	empty = with_mode(empty, 0640);
	check_text(NULL, &empty, plain,
		   "# mode none -> 0640  p\ndiff --git a/p b/p\nnew file mode 100644\n");
	check_text(&empty, NULL, plain,
		   "# mode 0640 -> none  p\ndiff --git a/p b/p\ndeleted file mode 100644\n"
		   "index e69de29..0000000\n");
}

TEST(patch_facts, owner_and_time)
{
	SCRATCH(s);
	struct patch_side side = FILE_OF(&s, "a", "a\n"), other = side,
			  foreign = FILE_OF(&s, "b", "");
	char want[256];

	side.st.st_uid = side.st.st_gid = 7;
	other.st.st_uid = 7;
	other.st.st_gid = 8;
	check_text(&side, &other, plain, "# owner 7:7 -> 7:8  p\n");
	other = side;
	other.st.st_mtim = (struct timespec){ .tv_sec = 86400, .tv_nsec = 5 };
	check_text(&side, &other, plain,
		   "# time 1970-01-01T00:00:00.000000000Z -> 1970-01-02T00:00:00.000000005Z  p\n");
	other.st.st_mtim.tv_sec = INT64_MAX;
	check_text(&side, &other, plain,
		   "# time 1970-01-01T00:00:00.000000000Z -> @9223372036854775807.000000005  p\n");
	foreign.st.st_uid = geteuid() + 1;
	(void)snprintf(want, sizeof(want),
		       "# owner none -> %u:%u  p\ndiff --git a/p b/p\nnew file mode 100644\n",
		       foreign.st.st_uid, foreign.st.st_gid);
	check_text(NULL, &foreign, plain, want);
}

TEST(patch_facts, objects_without_content)
{
	SCRATCH(s);
	static const struct {
		mode_t type;
		const char *made, *gone;
	} kinds[] = {
		{ S_IFDIR, "# directory none -> 0640  p\n", "# directory 0640 -> none  p\n" },
		{ S_IFIFO, "# fifo none -> 0640  p\n", "# fifo 0640 -> none  p\n" },
		{ S_IFSOCK, "# socket none -> 0640  p\n", "# socket 0640 -> none  p\n" },
		{ S_IFCHR, "# char-device none -> 1:3 0640  p\n",
		  "# char-device 1:3 0640 -> none  p\n" },
		{ S_IFBLK, "# block-device none -> 1:3 0640  p\n",
		  "# block-device 1:3 0640 -> none  p\n" },
	};
	struct patch_side side = FILE_OF(&s, "a", ""), other;

	side.st.st_rdev = makedev(1, 3);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		side.st.st_mode = kinds[i].type | 0640;
		check_text(NULL, &side, plain, kinds[i].made);
		check_text(&side, NULL, plain, kinds[i].gone);
		other = with_mode(side, 0600);
		check_text(&side, &other, plain, "# mode 0640 -> 0600  p\n");
	}
	other = side;
	other.st.st_rdev = makedev(1, 5);
	check_text(&side, &other, plain, "# block-device 1:3 0640 -> 1:5 0640  p\n");
}

TEST(patch_facts, of_two_types_is_a_removal_and_a_creation)
{
	SCRATCH(s);
	struct patch_side file = FILE_OF(&s, "a", "a\n"), fifo = file, link = file, binary;

	check(symlinkat("to \"it\"", s.fd, "link") == 0);
	link.name = "link";
	link.st.st_mode = S_IFLNK | 0777;
	fifo.st.st_mode = S_IFIFO | 0600;
	check_text(&file, &fifo, plain,
		   "diff --git a/p b/p\ndeleted file mode 100644\n--- a/p\n+++ /dev/null\n"
		   "@@ -1 +0,0 @@\n-a\n# fifo none -> 0600  p\n");
	/* A patch does not remove a fifo or a binary file, so nothing can take its place. */
	check_text(&fifo, &link, plain,
		   "# fifo 0600 -> none  p\n# symlink none -> \"to \\\"it\\\"\"  p\n");
	check_text(&fifo, &file, plain,
		   "# fifo 0600 -> none  p\n# file none -> 2 bytes " SUM_OF_A_LINE
		   "  p\n# mode none -> 0644  p\n");
	binary = FILE_OF(&s, "b", "\0");
	check_text(&binary, &link, plain,
		   "# binary 1 bytes " SUM_OF_NUL " -> none  p\n# mode 0644 -> none  p\n"
		   "# symlink none -> \"to \\\"it\\\"\"  p\n");
}

TEST(patch_facts, attributes)
{
	SCRATCH(s);
	struct patch_side old = FILE_OF(&s, "a", "a\n"), now = FILE_OF(&s, "b", "a\n");
	char path[128], long_value[65];

	(void)snprintf(path, sizeof(path), "%s/a", s.path);
	if (setxattr(path, "user.gone", "x\n\"", 3, 0) < 0 && errno == ENOTSUP)
		SKIP("the file system has no user.* attributes");
	memset(long_value, 0, sizeof(long_value));
	check(setxattr(path, "user.same", "same", 4, 0) == 0);
	check(setxattr(path, "user.changed", "1", 1, 0) == 0);
	check(setxattr(path, "user.empty", "", 0, 0) == 0);
	check(setxattr(path, "user.overlay.opaque", "y", 1, 0) == 0);
	path[strlen(path) - 1] = 'b';
	check(setxattr(path, "user.same", "same", 4, 0) == 0);
	check(setxattr(path, "user.changed", "2", 1, 0) == 0);
	check(setxattr(path, "user.new", "\0\1", 2, 0) == 0);
	check(setxattr(path, "user.two words", long_value, sizeof(long_value), 0) == 0);
	check_text(&old, &now, plain,
		   "# attribute user.changed \"1\" -> \"2\"  p\n"
		   "# attribute user.empty \"\" -> none  p\n"
		   "# attribute user.gone \"x\\n\\\"\" -> none  p\n"
		   "# attribute user.new none -> \"\\000\\001\"  p\n"
		   "# attribute \"user.two words\" none -> 65 bytes sha256:"
		   "98ce42deef51d40269d542f5314bef2c7468d401ad5d85168bfab4c0108f75f7  p\n");
}

TEST(patch_facts, colours_are_those_of_git)
{
	SCRATCH(s);
	struct patch_side old = FILE_OF(&s, "a", "1\n2\n"), now = FILE_OF(&s, "b", "1\nx");

	now = with_mode(now, 0600);
	check_text(&old, &now, (struct patch_options){ .colour = true },
		   "\033[1m# mode 0644 -> 0600  p\033[m\n"
		   "\033[1mdiff --git a/p b/p\033[m\n"
		   "\033[1m--- a/p\033[m\n"
		   "\033[1m+++ b/p\033[m\n"
		   "\033[36m@@ -1,2 +1,2 @@\033[m\n"
		   " 1\n"
		   "\033[31m-2\033[m\n"
		   "\033[32m+x\033[m\n"
		   "\\ No newline at end of file\n");
}

TEST(patch_facts, a_terminal_is_not_acted_upon)
{
	SCRATCH(s);
	struct patch_side now = FILE_OF(
		&s, "a",
		"\033]0;title\a\ttab\r\n\303\244\302\233\342\200\256\xe4\x7f"
		"b");

	check_text(NULL, &now, (struct patch_options){ .terminal = true },
		   "diff --git a/p b/p\nnew file mode 100644\n--- /dev/null\n+++ b/p\n@@ -0,0 +1,2 "
		   "@@\n"
		   "+^[]0;title^G\ttab^M\n"
		   "+\303\244<c2><9b><e2><80><ae><e4>^?b\n"
		   "\\ No newline at end of file\n");
}

TEST(patch_facts, unreadable_files_are_told)
{
	SCRATCH(s);
	struct patch_side old = FILE_OF(&s, "a", "a\n"), now = FILE_OF(&s, "b", "b");

	if (geteuid() == 0)
		SKIP("root may read everything");
	check(fchmodat(s.fd, "a", 0, 0) == 0);
	check_text(&old, &now, plain,
		   "# file 2 bytes unreadable -> 1 bytes "
		   "sha256:3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d  p\n");
}

/* The error of a side that is no longer what its status says. */
static void check_gone(const struct patch_side *side, int sys)
{
	_cleanup_text_ struct text out = { 0 };
	struct error err = { 0 };

	check(patch_object("my file", NULL, side, &plain, &out, &err) == -1);
	check_str(err.message, "cannot read \"my file\"");
	check_str(err.reason, "it changed meanwhile");
	check(err.sys == sys);
}

TEST(patch_facts, what_changed_meanwhile_is_an_error)
{
	SCRATCH(s);
	struct patch_side side = FILE_OF(&s, "a", "a\n"), link = side;

	check(unlinkat(s.fd, "a", 0) == 0);
	check_gone(&side, ENOENT);
	check(symlinkat("/etc/passwd", s.fd, "a") == 0);
	check_gone(&side, ELOOP);
	check(unlinkat(s.fd, "a", 0) == 0 && mkfifoat(s.fd, "a", 0600) == 0);
	check_gone(&side, ESTALE);
	link.st.st_mode = S_IFLNK | 0777;
	check_gone(&link, EINVAL);
	check(unlinkat(s.fd, "a", 0) == 0 && mkdirat(s.fd, "a", 0700) == 0);
	check_gone(&side, ESTALE);
	check(unlinkat(s.fd, "a", AT_REMOVEDIR) == 0);
	side.st.st_mode = S_IFIFO | 0600; /* only its attributes are looked at */
	check_gone(&side, ENOENT);
}

TEST(patch_facts, a_missing_diff_is_told_with_the_path)
{
	SCRATCH(s);
	struct patch_side old = FILE_OF(&s, "a", "a\n"), now = FILE_OF(&s, "b", "b\n");
	const char *path = getenv("PATH");
	_cleanup_free_ char *saved = path ? strdup(path) : NULL;
	_cleanup_text_ struct text out = { 0 };
	struct error err = { 0 };

	require(saved != NULL);
	(void)setenv("PATH", "/nowhere", 1);
	check(patch_object("my file", &old, &now, &plain, &out, &err) == -1);
	check_str(err.message, "cannot compare \"my file\"");
	check_str(err.name, "diff-missing");
	err = (struct error){ 0 };
	check(patch_object("p", NULL, &now, &plain, &out, &err) == 0);
	check(patch_object("p", &old, NULL, &plain, &out, &err) == 0);
	(void)setenv("PATH", saved, 1);
}

static void check_count(const struct patch_side *old, const struct patch_side *now, uint64_t added,
			uint64_t removed, bool binary)
{
	struct patch_stat stat;
	struct error err = { 0 };

	check(patch_count("p", old, now, &plain, &stat, &err) == 0);
	check_str(stat.path, "p");
	check(stat.added == added && stat.removed == removed && stat.binary == binary);
	check(stat.from == NULL);
}

TEST(patch_facts, counting)
{
	SCRATCH(s);
	struct patch_side old = FILE_OF(&s, "a", "1\n2\n3"), now = FILE_OF(&s, "b", "1\nx\ny\n3");
	struct patch_side binary = FILE_OF(&s, "c", "\0\1"), equal = FILE_OF(&s, "d", "\0\1");
	struct patch_side link = old, fifo = old;

	check(symlinkat("target", s.fd, "link") == 0);
	link.name = "link";
	link.st.st_mode = S_IFLNK | 0777;
	link.st.st_size = 6;
	fifo.st.st_mode = S_IFIFO | 0600;
	check_count(&old, &now, 2, 1, false);
	check_count(NULL, &now, 4, 0, false);
	check_count(&old, NULL, 0, 3, false);
	check_count(&old, &binary, 2, 5, true);
	check_count(&binary, &equal, 0, 0, true);
	check_count(&old, &link, 1, 3, false);
	check_count(&binary, &link, 6, 2, true);
	check_count(&fifo, &binary, 2, 0, true);
	check_count(&fifo, &fifo, 0, 0, false);
}
