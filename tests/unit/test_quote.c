// SPDX-License-Identifier: MIT
/* Names in patches: each byte as the real git quotes it. What is made visible is in test_patch_facts.c. */
#include "base/cleanup.h"
#include "base/text.h"
#include "changes/quote.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

static void check_patch(const char *name, const char *want)
{
	_cleanup_text_ struct text out = { 0 };

	quote_patch(&out, "a/", name);
	check_str(text_str(&out), want);
}

TEST(quote, names_in_patches)
{
	check_patch("plain", "a/plain");
	check_patch("two words", "\"a/two words\"");
	check_patch("tab\t", "\"a/tab\\t\"");
	check_patch("\303\244", "\"a/\\303\\244\"");
}

TEST(quote, bytes)
{
	_cleanup_text_ struct text out = { 0 };

	quote_bytes(&out, "a\0b", 3);
	quote_bytes(&out, "", 0);
	check_str(text_str(&out), "\"a\\000b\"\"\"");
}

/* A file for each byte that a name may hold, in the order of git ls-files. */
static void make_names(int dir_fd, struct text *want)
{
	for (int byte = 1; byte < 256; byte++) {
		char name[] = { 'n', (char)byte, 'm', '\0' };
		_cleanup_fd_ int fd = -EBADF;

		if (byte == '/')
			continue;
		fd = openat(dir_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
		check(fd >= 0);
		quote_git(want, name);
		text_add_char(want, '\n');
	}
}

TEST(quote, every_byte_as_git_does)
{
	char dir[] = "/tmp/nacre-quote-XXXXXX", command[256], piece[4096];
	_cleanup_text_ struct text want = { 0 }, got = { 0 };
	_cleanup_fd_ int dir_fd = -EBADF;
	FILE *git;
	size_t n;

	if (system("command -v git >/dev/null 2>&1"))
		SKIP("git is not installed");
	require(mkdtemp(dir) != NULL);
	dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	make_names(dir_fd, &want);
	(void)snprintf(command, sizeof(command),
		       "cd %s && export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 && "
		       "git init -q && git ls-files --others && rm -r %s",
		       dir, dir);
	git = popen(command, "re");
	while (git && (n = fread(piece, 1, sizeof(piece), git)) > 0)
		text_add_bytes(&got, piece, n);
	check(git && pclose(git) == 0);
	check_str(text_str(&got), text_str(&want));
}
