// SPDX-License-Identifier: MIT
/*
 * nacre import: a tar, or an OCI image as a directory or as a tar of it, becomes a layer.
 *
 *   tar     unpacked into a stage; when an OCI layout comes to light there, into another one from it
 *   image   its layers, the lowest first, one over the other
 *
 * What is not whole is never a layer: a stage gets its name at the very end (state/stage.h).
 */
#include "archive/image.h"
#include "archive/job.h"
#include "archive/reader.h"
#include "archive/unpack.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "state/layers.h"
#include "state/stage.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct import {
	struct plan *plan;
	const char *file; /* as it was given */
	const char *path; /* of it, absolute; "standard input" */
	int fd;
	struct stage stage;
	struct saved_layer layer;
	struct dropped dropped;
};

static void import_release(struct import *i)
{
	stage_release(&i->stage);
	i->fd = close_fd(i->fd);
}

/* ---- the name ---- */

/* Endings that say how a file is packed, and nothing about what is in it. */
static const char *const endings[] = { ".gz", ".bz2", ".xz",  ".lzma", ".lz",  ".lz4",	".zst",
				       ".Z",  ".tar", ".tgz", ".tbz2", ".txz", ".tzst", ".oci" };

/* Cuts one ending off; false when there is none. */
static bool cut_ending(char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t m = strlen(endings[i]);

		if (n > m && strcmp(name + n - m, endings[i]) == 0) {
			name[n - m] = '\0';
			return true;
		}
	}
	return false;
}

static int choose_name(struct import *i, const char *given, struct error *err)
{
	char *name = arena_strdup(&i->plan->arena, given ? given : path_name(i->path));

	while (!given && cut_ending(name))
		;
	i->layer.name = name;
	if (layers_name_fits(name))
		return 0;
	(void)fail(err, ERROR_SPEC, 0, "%s is not a name for a layer", Q(name));
	error_explain(err, "layer-name", NULL, given ? NULL : "give one: nacre import FILE NAME");
	return -1;
}

static int fail_import(const struct import *i, struct error *err)
{
	(void)fail(err, ERROR_SYSTEM, errno, "cannot import %s", Q(i->path));
	(void)fail_at(err, CALL_NONE, i->path);
	return i->stage.shelf ? layers_explain(err, i->stage.shelf) : -1;
}

/* ---- the source ---- */

static int open_source(struct import *i, struct error *err)
{
	struct arena *arena = &i->plan->arena;

	if (strcmp(i->file, "-") == 0) {
		i->path = "standard input";
		i->fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	} else {
		i->path = path_absolute(arena, i->plan->cwd, i->file);
		i->fd = open(i->path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	}
	if (i->fd < 0)
		return fail_import(i, err);
	if (!isatty(i->fd))
		return 0;
	(void)fail(err, ERROR_USAGE, 0, "cannot import from a terminal");
	error_explain(err, "archive-terminal", NULL,
		      "give a file, or pipe one in: ... | nacre import - NAME");
	return -1;
}

static bool is_directory(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
}

/* ---- unpacking ---- */

typedef int unpacker(struct reader *r, struct tree *t, struct error *err);

static int unpack_tar(const struct import *i, int fd, struct tree *t, unpacker *unpack,
		      struct error *err)
{
	_cleanup_reader_ struct reader r = { 0 };

	if (reader_open(&r, fd, i->path, i->stage.shelf, err) < 0)
		return -1;
	return unpack(&r, t, err);
}

/* One layer over those below it, which there are unless it is the first. */
static int unpack_upper(const struct import *i, int fd, bool first, struct tree *t,
			struct error *err)
{
	if (!first && unpack_tar(i, fd, t, unpack_whiteouts, err) < 0)
		return -1;
	if (lseek(fd, 0, SEEK_SET) < 0)
		return fail_import(i, err);
	return unpack_tar(i, fd, t, unpack_over, err);
}

static int unpack_image(struct import *i, int layout_fd, struct tree *t, struct error *err)
{
	struct image image = { .fd = layout_fd, .name = i->path };

	i->layer.kind = "image";
	if (image_read(&i->plan->arena, &image, err) < 0)
		return -1;
	for (size_t n = 0; n < image.layers.count; n++) {
		_cleanup_fd_ int fd = image_open_layer(&image, n, err);
		int done = -1;

		if (fd >= 0)
			done = image.layers.count == 1 ? unpack_tar(i, fd, t, unpack_layer, err)
						       : unpack_upper(i, fd, n == 0, t, err);
		if (done < 0)
			return -1;
	}
	return 0;
}

/* Directories get their modes and times when all else is done. */
static int finish(struct import *i, struct tree *t, struct error *err)
{
	if (tree_finish(t) == 0) {
		i->dropped = t->dropped;
		return 0;
	}
	return fail_import(i, err);
}

static int import_image(struct import *i, int layout_fd, struct error *err)
{
	_cleanup_(tree_release) struct tree t;

	tree_init(&t, i->stage.fd);
	if (unpack_image(i, layout_fd, &t, err) < 0)
		return -1;
	return finish(i, &t, err);
}

/* The tar was one of a layout: what it was unpacked into is the source now, and goes when its image is unpacked. */
static int import_unpacked_image(struct import *i, struct error *err)
{
	_cleanup_stage_ struct stage layout = i->stage;

	i->stage = (struct stage){ .shelf_fd = -EBADF, .fd = -EBADF };
	if (stage_open(&i->plan->arena, i->plan->home, &i->stage, err) < 0)
		return -1;
	return import_image(i, layout.fd, err);
}

static int import_tar(struct import *i, struct error *err)
{
	_cleanup_(tree_release) struct tree t;

	tree_init(&t, i->stage.fd);
	i->layer.kind = "archive";
	if (unpack_tar(i, i->fd, &t, unpack_layer, err) < 0)
		return -1;
	if (image_is_there(i->stage.fd))
		return import_unpacked_image(i, err);
	return finish(i, &t, err);
}

static int import_source(struct import *i, struct error *err)
{
	if (!is_directory(i->fd))
		return import_tar(i, err);
	if (image_is_there(i->fd))
		return import_image(i, i->fd, err);
	(void)fail(err, ERROR_SPEC, 0, "cannot import %s", Q(i->path));
	error_explain(err, "image-missing", NULL, NULL);
	return -1;
}

/* ---- said at the end ---- */

static void add_count(struct text *out, uint64_t n, const char *what)
{
	if (n)
		text_printf(out, "%s%" PRIu64 " %s%s", out->len ? ", " : "", n, what,
			    n == 1 ? "" : "s");
}

static void report(const struct import *i)
{
	_cleanup_text_ struct text left_out = { 0 };

	add_count(&left_out, i->dropped.setid, "set-user-ID or set-group-ID bit");
	add_count(&left_out, i->dropped.attributes, "attribute");
	add_count(&left_out, i->dropped.acls, "ACL");
	if (left_out.len)
		(void)fprintf(stderr, "nacre: left out: %s\n", text_str(&left_out));
	(void)fprintf(
		stderr, "nacre: layer %s has %" PRIu64 " object%s; use it with: nacre run -l %s\n",
		i->layer.name, i->layer.objects, i->layer.objects == 1 ? "" : "s", i->layer.name);
}

static int check_words(const struct plan *plan, struct error *err)
{
	if (plan->argv.count == 1 || plan->argv.count == 2)
		return 0;
	(void)fail(err, ERROR_USAGE, 0, "import takes a file, and a name for the layer");
	error_explain(err, "usage-words", NULL, "write nacre import FILE [NAME]");
	return -1;
}

int job_import(struct nacre_plan *handle, struct nacre_error *error)
{
	struct plan *plan = handle->plan;
	struct error *err = &error->value;
	_cleanup_(import_release) struct import i = {
		.plan = plan,
		.fd = -EBADF,
		.stage = { .shelf_fd = -EBADF, .fd = -EBADF },
		.layer = { .kind = "", .base = "" },
	};

	if (check_words(plan, err) < 0)
		return -1;
	/* Modes are the archive's, to the bit. */
	(void)umask(0);
	i.file = plan->argv.items[0];
	if (open_source(&i, err) < 0 ||
	    choose_name(&i, plan->argv.count == 2 ? plan->argv.items[1] : NULL, err) < 0 ||
	    stage_open(&plan->arena, plan->home, &i.stage, err) < 0 ||
	    stage_check_name(&i.stage, i.layer.name, err) < 0 || import_source(&i, err) < 0)
		return -1;
	i.layer.source = i.path;
	if (stage_publish(&plan->arena, &i.stage, &i.layer, err) < 0)
		return -1;
	if (!plan->output.quiet)
		report(&i);
	return 0;
}
