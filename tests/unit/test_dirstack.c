// SPDX-License-Identifier: MIT
/*
 * The stack of open directories, where the walks of copy and remove cannot show it: a directory
 * that moves away.
 */
#include "base/cleanup.h"
#include "base/dirstack.h"
#include "base/error.h"
#include "base/remove.h"
#include "test.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { LEVELS = 60 }; /* more than stay open */

static bool push(struct dirstack *s, int dir_fd, const char *name)
{
	int fd = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat st;

	if (!check(fd >= 0 && fstat(fd, &st) == 0))
		return false;
	dirstack_push(s, fd, &st);
	return check(dirstack_list(s) == 0);
}

/* Goes down LEVELS directories below top, making them on the way. */
static bool descend(struct dirstack *s, const char *top)
{
	bool ok = push(s, AT_FDCWD, top);

	for (int i = 0; ok && i < LEVELS; i++)
		ok = check(mkdirat(dirstack_last(s)->fd, "a", 0755) == 0) &&
		     push(s, dirstack_last(s)->fd, "a");
	return ok;
}

static void remove_top(const char *top)
{
	struct error err;

	check(remove_tree(AT_FDCWD, top, &err) == 0);
}

TEST(dirstack, goes_up_to_where_it_was)
{
	_cleanup_(dirstack_release) struct dirstack s = { 0 };
	char top[] = "/tmp/nacre-dirstack-XXXXXX";

	require(mkdtemp(top) != NULL);
	require(descend(&s, top));
	while (s.v.count > 1) {
		struct stat st;

		check(dirstack_pop(&s) == 0);
		check(fstat(dirstack_last(&s)->fd, &st) == 0);
		check(st.st_ino == dirstack_last(&s)->st.st_ino);
	}
	remove_top(top);
}

TEST(dirstack, directory_that_moved_is_noticed)
{
	_cleanup_(dirstack_release) struct dirstack s = { 0 };
	char top[] = "/tmp/nacre-dirstack-XXXXXX";
	int popped = 0;

	require(mkdtemp(top) != NULL);
	require(descend(&s, top));
	/* The eleventh level goes to the top: the tenth was closed long ago. */
	check(s.v.items[10].fd < 0);
	{
		_cleanup_text_ struct text from = { 0 }, to = { 0 };

		text_add(&from, top);
		for (int i = 0; i < 11; i++)
			text_add(&from, "/a");
		text_printf(&to, "%s/moved", top);
		check(rename(text_str(&from), text_str(&to)) == 0);
	}
	while (s.v.count > 1 && dirstack_pop(&s) == 0)
		popped++;
	check(errno == ESTALE);
	check(popped == LEVELS - 11);
	remove_top(top);
}

TEST(dirstack, names_and_path)
{
	_cleanup_(dirstack_release) struct dirstack s = { 0 };
	_cleanup_text_ struct text path = { 0 };
	char top[] = "/tmp/nacre-dirstack-XXXXXX";

	require(mkdtemp(top) != NULL);
	check(push(&s, AT_FDCWD, top) && dirstack_next(&s) == NULL);
	check(mkdirat(dirstack_last(&s)->fd, "a\n\xff", 0755) == 0);
	check(dirstack_pop(&s) == 0);
	require(push(&s, AT_FDCWD, top));
	check_str(dirstack_next(&s), "a\n\xff");
	require(push(&s, dirstack_last(&s)->fd, "a\n\xff"));
	dirstack_path(&s, &path);
	check_str(text_str(&path), "a\n\xff");
	check(dirstack_next(&s) == NULL);
	remove_top(top);
}
