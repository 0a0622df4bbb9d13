// SPDX-License-Identifier: MIT
/* Objects by their first name. */
#include "base/cleanup.h"
#include "base/objects.h"
#include "test.h"

TEST(objects, first_name_stays)
{
	_cleanup_(objects_release) struct objects o = { 0 };
	const struct stat a = { .st_dev = 1, .st_ino = 7 }, b = { .st_dev = 2, .st_ino = 7 },
			  c = { .st_dev = 1, .st_ino = 8 };
	char name[] = "a";

	check_str(objects_first(&o, &a, name), "a");
	name[0] = 'x';
	check_str(objects_first(&o, &a, "a2"), "a");
	check_str(objects_first(&o, &b, "b"), "b");
	check_str(objects_first(&o, &c, "c"), "c");
	check_str(objects_first(&o, &c, "c2"), "c");
	check_str(objects_first(&o, &a, "a3"), "a");
}
