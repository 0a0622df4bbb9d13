// SPDX-License-Identifier: MIT
/* Opening the overlays of a box. */
#include "changes/source.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "changes/lowers.h"

#include <stdlib.h>
#include <string.h>

static int open_failed(const char *what, const char *path, struct error *err)
{
	(void)fail_call(err, CALL_OPEN_SOURCE, path);
	return fail_message(err, "cannot open %s %s of the box", what, Q(path));
}

/* A place of the box in the base: of the host, or below the root directory. */
static const char *in_base(struct changes *c, const char *place)
{
	return c->record.base[1] ? path_join(&c->arena, c->record.base, place) : place;
}

static const char *lower_path(struct changes *c, const struct record_lower *lower)
{
	return lower->shadow ? in_base(c, lower->path) : lower->path;
}

/* A lower that is gone since is seen as empty: everything of it that the box has not copied is missing anyway. */
static int open_lowers(struct changes *c, struct change_source *source, struct error *err)
{
	const struct record_overlay *o = source->overlay;

	source->lowers = arena_new(&c->arena, struct lower_dir);
	for (size_t i = o->lowers.count; i-- > 0;) {
		const char *path = lower_path(c, &o->lowers.items[i]);
		int fd = sys_open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

		if (fd < 0 && errno != ENOENT)
			return open_failed("the layer", path, err);
		if (fd >= 0)
			lower_dir_add(source->lowers, fd);
	}
	return 0;
}

/* An overlay without lowers shows the place of the base by its seeds: so that is what its upper is compared with. */
static int open_target(struct changes *c, struct change_source *source, struct error *err)
{
	const struct record_overlay *o = source->overlay;

	source->target = o->lowers.count ? lower_path(c, &o->lowers.items[0])
					 : in_base(c, o->place);
	source->target_fd = sys_open(source->target, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* It may be searched and not read, as homes on some machines. */
	if (source->target_fd < 0 && errno == EACCES)
		source->target_fd = sys_open(source->target, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (source->target_fd < 0 && errno != ENOENT)
		return open_failed("the base", source->target, err);
	if (!o->lowers.count && source->target_fd >= 0)
		lower_dir_add(source->lowers, fcntl(source->target_fd, F_DUPFD_CLOEXEC, 3));
	return 0;
}

static int open_upper(struct change_source *source, int uppers_fd, struct error *err)
{
	source->upper_fd = openat(uppers_fd, source->overlay->slot,
				  O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (source->upper_fd >= 0 || errno == ENOENT)
		return 0;
	return open_failed("the upper", source->overlay->slot, err);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct record_seed *)a)->path, ((const struct record_seed *)b)->path);
}

const struct record_seed *source_seed(const struct change_source *source, const char *relative)
{
	const struct record_seed key = { .path = relative };

	return source->overlay->seeds.count
		       ? bsearch(&key, source->overlay->seeds.items, source->overlay->seeds.count,
				 sizeof(key), by_path)
		       : NULL;
}

static int open_source(struct changes *c, struct record_overlay *overlay, int uppers_fd,
		       struct error *err)
{
	struct change_source *source = VECTOR_PUSH(&c->arena, &c->sources,
						   (struct change_source){
							   .overlay = overlay,
							   .place = overlay->place,
							   .upper_fd = -EBADF,
							   .target_fd = -EBADF,
						   });

	if (overlay->seeds.count)
		qsort(overlay->seeds.items, overlay->seeds.count, sizeof(*overlay->seeds.items),
		      by_path);
	if (open_upper(source, uppers_fd, err) < 0 || open_lowers(c, source, err) < 0)
		return -1;
	return open_target(c, source, err);
}

int sources_open(struct changes *c, int box_fd, struct error *err)
{
	_cleanup_fd_ int uppers_fd = openat(box_fd, "upper",
					    O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (record_load(&c->arena, box_fd, &c->record, err) < 0)
		return -1;
	if (uppers_fd < 0)
		return open_failed("the upper directory", "upper", err);
	for (size_t i = 0; i < c->record.overlays.count; i++)
		if (open_source(c, &c->record.overlays.items[i], uppers_fd, err) < 0)
			return -1;
	return 0;
}

void sources_release(struct changes *c)
{
	for (size_t i = 0; i < c->sources.count; i++) {
		struct change_source *source = &c->sources.items[i];

		source->upper_fd = close_fd(source->upper_fd);
		source->target_fd = close_fd(source->target_fd);
		if (source->lowers)
			lower_dir_release(source->lowers);
	}
}
