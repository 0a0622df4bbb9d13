// SPDX-License-Identifier: MIT
/* The mount table of nacre.h. */
#include "nacre.h"

#include "api/handles.h"
#include "base/mountinfo.h"

#include <errno.h>

/* In its own arena. */
struct nacre_mounts {
	struct arena arena;
	struct mounts table;
};

static struct nacre_mounts *finish(struct arena arena, const struct mounts *table, int answer,
				   const struct error *err)
{
	struct nacre_mounts *m;

	if (answer < 0) {
		int sys = err->sys ? err->sys : EBADMSG;

		arena_release(&arena);
		errno = sys;
		return NULL;
	}
	m = arena_new(&arena, struct nacre_mounts);
	m->table = *table;
	m->arena = arena;
	return m;
}

struct nacre_mounts *nacre_mounts_parse(const char *bytes, size_t n, struct nacre_error *error)
{
	struct arena arena = { 0 };
	struct mounts table = { 0 };
	struct error scratch, *err = error ? &error->value : &scratch;
	const char *copy = arena_memdup(&arena, bytes, n);

	return finish(arena, &table, mountinfo_parse(&arena, copy, n, &table, err), err);
}

struct nacre_mounts *nacre_mounts_read(struct nacre_error *error)
{
	struct arena arena = { 0 };
	struct mounts table = { 0 };
	struct error scratch, *err = error ? &error->value : &scratch;

	return finish(arena, &table, mountinfo_read(&arena, &table, err), err);
}

void nacre_mounts_free(struct nacre_mounts *mounts)
{
	struct arena arena;

	if (!mounts)
		return;
	arena = mounts->arena;
	arena_release(&arena);
}

size_t nacre_mounts_count(const struct nacre_mounts *mounts)
{
	return mounts->table.v.count;
}

void nacre_mounts_get(const struct nacre_mounts *mounts, size_t index, struct nacre_mount *ret)
{
	const struct mount_entry *e = &mounts->table.v.items[index];

	const struct nacre_mount value = {
		.id = e->id,
		.parent = e->parent,
		.major = e->major,
		.minor = e->minor,
		.root = e->root,
		.point = e->point,
		.type = e->fstype,
		.source = e->source,
		.options = e->super,
		.attributes = e->attr,
		.shared = e->shared,
		.master = e->master,
		.unbindable = e->unbindable,
		.covered = e->covered,
	};

	handles_fill(ret, &value, sizeof(value));
}

long nacre_mounts_find(const struct nacre_mounts *mounts, const char *path)
{
	const struct mount_entry *found = mounts_at(&mounts->table, path);

	return found ? found - mounts->table.v.items : -1;
}
