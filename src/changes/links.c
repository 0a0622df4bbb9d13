// SPDX-License-Identifier: MIT
/* Grouping names by their object. */
#include "changes/links.h"

#include <stdlib.h>

void links_add(struct links *links, const struct link_name *name)
{
	if (links->count == links->capacity) {
		size_t more = links->capacity ? links->capacity * 2 : 64;
		struct link_name *v = reallocarray(links->v, more, sizeof(*v));

		if (!v)
			out_of_memory_();
		links->v = v;
		links->capacity = more;
	}
	links->v[links->count++] = *name;
}

void links_release(struct links *links)
{
	free(links->v);
	*links = (struct links){ 0 };
}

static int by_object(const void *a, const void *b)
{
	const struct link_name *x = a, *y = b;

	if (x->dev != y->dev)
		return x->dev < y->dev ? -1 : 1;
	return x->ino < y->ino ? -1 : x->ino > y->ino;
}

/* The names at v are one object now: were they before? */
static bool were_one(const struct link_name *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!v[i].old_ino || v[i].old_ino != v[0].old_ino || v[i].old_dev != v[0].old_dev)
			return false;
	return true;
}

static void settle_group(const struct link_name *v, size_t n, struct changes *c)
{
	if (n < 2 || were_one(v, n))
		return;
	for (size_t i = 0; i < n; i++)
		c->v[v[i].change].differs |= DIFFERS_LINKS;
}

static void drop_equal(struct changes *c)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->count; i++) {
		if (c->v[i].kind == CHANGE_META && !c->v[i].differs)
			c->noise++;
		else
			c->v[kept++] = c->v[i];
	}
	c->count = kept;
}

void links_settle(const struct links *links, struct changes *c)
{
	if (!links->count)
		return;
	qsort(links->v, links->count, sizeof(*links->v), by_object);
	for (size_t i = 0, n; i < links->count; i += n) {
		for (n = 1; i + n < links->count && by_object(&links->v[i], &links->v[i + n]) == 0;
		     n++)
			;
		settle_group(&links->v[i], n, c);
	}
	drop_equal(c);
}
