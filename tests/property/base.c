// SPDX-License-Identifier: MIT
/*
 * A random tree, the same for the same seed to the last nanosecond.
 *
 *	objects		directories before what is in them
 *	links		further names of files, in the same directory or another
 *	metadata	last made first, so that a directory gets its mode when nothing is to be put
 *			into it any more, and its time when nothing touches it any more
 */
#include "objects.h"
#include "property.h"

#include "base/arena.h"
#include "base/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_MAX = 4 };

struct made {
	const char *path;
	mode_t type;
};

struct base {
	struct random random;
	struct arena arena;
	VECTOR(struct made) made;
};

static mode_t random_type(struct random *r, unsigned int depth)
{
	unsigned int kind = random_below(r, 100);

	if (kind < 25 && depth < DEPTH_MAX)
		return S_IFDIR;
	if (kind < 80)
		return S_IFREG;
	if (kind < 92)
		return S_IFLNK;
	return kind < 96 ? S_IFIFO : S_IFSOCK;
}

static const char *new_path(struct base *b, const char *dir)
{
	char name[NAME_MAX + 1];

	random_name(&b->random, name);
	return *dir ? arena_concat(&b->arena, dir, "/", name) : arena_strdup(&b->arena, name);
}

/* One object. A name that is taken by chance is no failure: there is one object less. */
static int make_one(struct base *b, const char *path, mode_t type)
{
	struct place place;
	bool done;

	if (!place_open(path, &place))
		return complain("open the directory of", path);
	done = make_object(&place, type, &b->random);
	place_close(&place);
	if (!done)
		return errno == EEXIST ? 0 : complain("make", path);
	(void)VECTOR_PUSH(&b->arena, &b->made, (struct made){ .path = path, .type = type });
	return 0;
}

/* The vector is at once the list of the directories that are still to be filled. */
static int make_objects(struct base *b)
{
	static const char top[] = "";

	(void)VECTOR_PUSH(&b->arena, &b->made, (struct made){ .path = top, .type = S_IFDIR });
	for (size_t i = 0; i < b->made.count; i++) {
		const struct made dir = b->made.items[i];
		unsigned int depth = *dir.path ? 1 : 0, count = 1 + random_below(&b->random, 7);

		if (dir.type != S_IFDIR)
			continue;
		for (const char *c = dir.path; *c; c++)
			depth += *c == '/';
		for (; count; count--)
			if (make_one(b, new_path(b, dir.path), random_type(&b->random, depth)))
				return 1;
	}
	return 0;
}

static const struct made *pick(struct base *b, mode_t type)
{
	size_t start = random_below(&b->random, (unsigned int)b->made.count);

	for (size_t i = 0; i < b->made.count; i++) {
		const struct made *made = &b->made.items[(start + i) % b->made.count];

		if (made->type == type)
			return made;
	}
	return NULL;
}

static int make_links(struct base *b)
{
	for (unsigned int count = random_below(&b->random, 4); count; count--) {
		const struct made *file = pick(b, S_IFREG), *dir = pick(b, S_IFDIR);
		const char *path = new_path(b, dir->path);

		if (file && linkat(AT_FDCWD, file->path, AT_FDCWD, path, 0) && errno != EEXIST)
			return complain("link", path);
	}
	return 0;
}

/* The owner before the mode, which a change of owner takes bits from; the mode before the ACL, which is part of it. */
static int finish(struct base *b, const struct made *made)
{
	struct random *r = &b->random;
	bool has_mode = made->type == S_IFREG || made->type == S_IFDIR;
	struct place place;
	bool done = true;

	if (!place_open(*made->path ? made->path : ".", &place))
		return complain("open the directory of", made->path);
	if (random_chance(r, geteuid() == 0 ? 30 : 5))
		done = change_owner(&place, r);
	if (has_mode && random_chance(r, 30))
		(void)set_attribute(&place, r); /* not every file system has them */
	if (has_mode && random_chance(r, 10))
		(void)set_acl(&place, r);
	else if (made->type != S_IFLNK && *made->path && random_chance(r, 60))
		done = change_mode(&place, r) && done;
	done = change_times(&place, r) && done;
	place_close(&place);
	return done ? 0 : complain("finish", made->path);
}

static int make_all(struct base *b)
{
	if (make_objects(b) || make_links(b))
		return 1;
	for (size_t i = b->made.count; i > 0; i--)
		if (finish(b, &b->made.items[i - 1]))
			return 1;
	return 0;
}

int make_base(uint64_t seed)
{
	struct base b = { .random = random_from(seed, 1) };
	int status = make_all(&b);

	arena_release(&b.arena);
	return status;
}
