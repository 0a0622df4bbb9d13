// SPDX-License-Identifier: MIT
/* A tree of objects by device and inode. */
#include "base/objects.h"

#include <search.h>

struct object {
	dev_t dev;
	ino_t ino;
	const char *path;
};

static void keep_object(void *object)
{
	(void)object; /* the arena's */
}

void objects_release(struct objects *o)
{
	tdestroy(o->tree, keep_object);
	arena_release(&o->arena);
	o->tree = NULL;
}

static int compare(const void *a, const void *b)
{
	const struct object *x = a, *y = b;

	if (x->dev != y->dev)
		return x->dev < y->dev ? -1 : 1;
	return (x->ino > y->ino) - (x->ino < y->ino);
}

const char *objects_first(struct objects *o, const struct stat *st, const char *path)
{
	const struct object key = { .dev = st->st_dev, .ino = st->st_ino };
	struct object **known = tfind(&key, &o->tree, compare), *object;

	if (known)
		return (*known)->path;
	object = arena_new(&o->arena, struct object);
	*object = key;
	object->path = arena_strdup(&o->arena, path);
	if (!tsearch(object, &o->tree, compare))
		out_of_memory_();
	return path;
}
