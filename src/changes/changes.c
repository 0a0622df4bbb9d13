// SPDX-License-Identifier: MIT
/* The list of changes: its memory, its paths, its directories. */
#include "changes/changes.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "changes/list.h"
#include "changes/source.h"

#include <string.h>
#include <sys/mman.h>

/* Doubles an array that starts at 64 KiB. mremap moves page tables, not bytes. */
static void *grow(void *array, size_t *capacity, size_t size)
{
	size_t old = *capacity * size, bytes = old ? old * 2 : 65536;
	void *more = old ? mremap(array, old, bytes, MREMAP_MAYMOVE)
			 : mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
				-1, 0);

	/* An index has 32 bits. */
	if (more == MAP_FAILED || bytes / size > NO_CHANGE)
		out_of_memory_();
	*capacity = bytes / size;
	return more;
}

static void unmap(void *array, size_t capacity, size_t size)
{
	if (array)
		(void)munmap(array, capacity * size);
}

static const char *name_at(const struct changes *c, uint32_t offset)
{
	return c->names + offset;
}

uint32_t list_name(struct changes *c, const char *name)
{
	size_t n = strlen(name) + 1, at = c->names_len;

	while (c->names_capacity - at < n)
		c->names = grow(c->names, &c->names_capacity, 1);
	memcpy(c->names + at, name, n);
	c->names_len += n;
	return (uint32_t)at;
}

uint32_t list_dir(struct changes *c, uint32_t source, uint32_t parent, const char *name)
{
	uint32_t index = (uint32_t)c->dir_count;

	if (c->dir_count == c->dir_capacity)
		c->dirs = grow(c->dirs, &c->dir_capacity, sizeof(*c->dirs));
	c->dirs[c->dir_count++] = (struct change_dir){
		.source = source,
		.parent = parent == NO_CHANGE ? index : parent,
		.name = list_name(c, name),
	};
	return index;
}

struct change *list_add(struct changes *c, enum change_kind kind, uint32_t dir, uint32_t name)
{
	if (c->count == c->capacity)
		c->v = grow(c->v, &c->capacity, sizeof(*c->v));
	c->v[c->count] = (struct change){
		.kind = (uint8_t)kind,
		.dir = dir,
		.name = name,
		.from = NO_CHANGE,
	};
	return &c->v[c->count++];
}

void list_objects(struct change *change, const struct stat *now, const struct stat *old)
{
	const struct timespec *time = now ? &now->st_mtim : &old->st_mtim;

	change->time = (int64_t)time->tv_sec * 1000000000 + time->tv_nsec;
	if (now) {
		change->mode = (uint16_t)now->st_mode;
		change->uid = now->st_uid;
		change->gid = now->st_gid;
		change->size = S_ISDIR(now->st_mode) ? 0 : (uint64_t)now->st_size;
	}
	if (old) {
		change->old_mode = (uint16_t)old->st_mode;
		change->old_uid = old->st_uid;
		change->old_gid = old->st_gid;
		change->old_size = S_ISDIR(old->st_mode) ? 0 : (uint64_t)old->st_size;
	}
}

void changes_release(struct changes *c)
{
	sources_release(c);
	unmap(c->v, c->capacity, sizeof(*c->v));
	unmap(c->dirs, c->dir_capacity, sizeof(*c->dirs));
	unmap(c->names, c->names_capacity, 1);
	arena_release(&c->arena);
	*c = (struct changes){ 0 };
}

const char *change_name(const struct changes *c, const struct change *change)
{
	return name_at(c, change->name);
}

/* The path of a directory below its source's root, "a/b/" with a slash at its end, or nothing for the root. */
static void add_dir(const struct changes *c, uint32_t dir, struct text *out)
{
	const struct change_dir *d = &c->dirs[dir];

	if (d->parent == dir)
		return;
	add_dir(c, d->parent, out);
	text_add(out, name_at(c, d->name));
	text_add_char(out, '/');
}

void change_relative(const struct changes *c, const struct change *change, struct text *out)
{
	add_dir(c, change->dir, out);
	text_add(out, name_at(c, change->name));
}

void change_dir_relative(const struct changes *c, uint32_t dir, struct text *out)
{
	if (c->dirs[dir].parent == dir)
		return;
	add_dir(c, dir, out);
	out->data[--out->len] = '\0';
}

void change_dir_path(const struct changes *c, uint32_t dir, struct text *out)
{
	const char *place = c->sources.items[c->dirs[dir].source].place;

	text_add(out, place);
	if (c->dirs[dir].parent != dir && place[1])
		text_add_char(out, '/');
	change_dir_relative(c, dir, out);
}

void change_path(const struct changes *c, const struct change *change, struct text *out)
{
	change_dir_path(c, change->dir, out);
	if (!*change_name(c, change)) /* the root of a source */
		return;
	if (out->data[out->len - 1] != '/')
		text_add_char(out, '/');
	text_add(out, change_name(c, change));
}

int changes_open(const struct changes *c, uint32_t dir, enum change_side side)
{
	const struct change_source *source = &c->sources.items[c->dirs[dir].source];
	int root_fd = side == SIDE_UPPER ? source->upper_fd : source->target_fd;
	_cleanup_text_ struct text path = { 0 };

	if (root_fd < 0) {
		errno = ENOENT;
		return -1;
	}
	text_add(&path, "./");
	add_dir(c, dir, &path);
	return sys_openat2(root_fd, text_str(&path), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0,
			   RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
}
