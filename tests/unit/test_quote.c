// SPDX-License-Identifier: MIT
/* Names in patches: each byte as the real git quotes it. What is made visible is in test_patch_facts.c. */
#include "base/cleanup.h"
#include "base/text.h"
#include "changes/quote.h"
#include "shell.h"
#include "test.h"

#include <fcntl.h>

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
	NEED("git");
	SCRATCH(s);
	_cleanup_text_ struct text want = { 0 }, got = { 0 };

	make_names(s.fd, &want);
	check(shell(&s, "git init -q && git ls-files --others", &got));
	check_str(text_str(&got), text_str(&want));
}
