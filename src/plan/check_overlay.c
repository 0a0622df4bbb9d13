// SPDX-License-Identifier: MIT
/* Contradictions in the layers of an overlay: in one, in a user namespace, between two. */
#include "plan/check.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/strset.h"

#include <string.h>

enum { FEW_PATHS = 16 };

/* Upper, work and copyfrom fit the kind of upper. */
static int check_upper(const struct step *step, struct error *err)
{
	const struct overlay *o = step->overlay;

	if (o->upper && o->upper_kind != UPPER_DIR)
		return check_refuse(step, err, "plan-overlay-upper-twice",
				    "it has the upper directory %s and another place for writes",
				    SHORT(o->upper));
	if (o->work && o->upper_kind != UPPER_DIR)
		return check_refuse(step, err, "plan-overlay-work-alone",
				    "it has a work directory and no upper directory");
	if (o->copyfrom && o->upper_kind == UPPER_NONE)
		return check_refuse(step, err, "plan-overlay-copyfrom-readonly",
				    "there is no upper directory to copy %s into",
				    SHORT(o->copyfrom));
	if (o->copyfrom && check_path(step, "the directory to copy", o->copyfrom, err) < 0)
		return -1;
	if (o->upper_kind != UPPER_DIR)
		return 0;

	if (!o->upper)
		return check_refuse(step, err, "plan-overlay-upper-missing",
				    "its upper directory is not named");
	if (check_path(step, "the upper directory", o->upper, err) < 0)
		return -1;
	return o->work ? check_path(step, "the work directory", o->work, err) : 0;
}

/* The kernel wants upper and work in separate subtrees; its EINVAL does not say what is in what. */
static int check_nesting(const struct step *step, struct error *err)
{
	const struct overlay *o = step->overlay;

	if (o->upper && o->work) {
		if (strcmp(o->upper, o->work) == 0)
			return check_refuse(step, err, "plan-overlay-work-is-upper",
					    "%s is both its upper and its work directory",
					    SHORT(o->upper));
		if (path_below(o->upper, o->work))
			return check_refuse(
				step, err, "plan-overlay-upper-in-work",
				"its upper directory %s is inside its work directory %s",
				SHORT(o->upper), SHORT(o->work));
		if (path_below(o->work, o->upper))
			return check_refuse(
				step, err, "plan-overlay-work-in-upper",
				"its work directory %s is inside its upper directory %s",
				SHORT(o->work), SHORT(o->upper));
	}
	if (o->upper && o->copyfrom) {
		if (path_below(o->upper, o->copyfrom))
			return check_refuse(
				step, err, "plan-overlay-copyfrom-nested",
				"its upper directory %s is inside %s, which is copied into it",
				SHORT(o->upper), SHORT(o->copyfrom));
		if (path_below(o->copyfrom, o->upper))
			return check_refuse(step, err, "plan-overlay-copyfrom-nested",
					    "%s is copied into %s, which contains it",
					    SHORT(o->copyfrom), SHORT(o->upper));
	}
	return 0;
}

static const char *compare_all(const char *const *paths, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(paths[i], paths[k]) == 0)
				return paths[i];
	return NULL;
}

const char *check_given_twice(const char *const *paths, size_t n)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct strset seen = { 0 };

	/* The table's mapping costs more than to compare a few. */
	if (n <= FEW_PATHS)
		return compare_all(paths, n);
	for (size_t i = 0; i < n; i++)
		if (!strset_add(&arena, &seen, paths[i]))
			return paths[i];
	return NULL;
}

static int check_lowers_differ(const struct step *step, struct error *err)
{
	const struct overlay *o = step->overlay;
	const char *paths[MAX_LAYERS], *twice;
	size_t n = 0;

	for (size_t i = 0; i < o->lowers.count; i++)
		if (!o->lowers.items[i].in_root)
			paths[n++] = o->lowers.items[i].path;
	twice = check_given_twice(paths, n);
	return twice ? check_refuse(step, err, "plan-overlay-lower-twice",
				    "the lower directory %s is given twice", SHORT(twice))
		     : 0;
}

static int check_lower(const struct step *step, const struct layer *layer, struct error *err)
{
	const struct overlay *o = step->overlay;

	if (check_path(step, "a lower directory", layer->path, err) < 0)
		return -1;
	/* A path in the new root says nothing about where it is on the host. */
	if (layer->in_root)
		return 0;
	if (o->upper && path_below(layer->path, o->upper))
		return check_refuse(step, err, "plan-overlay-lower-in-upper",
				    "its lower directory %s is inside its upper directory %s",
				    SHORT(layer->path), SHORT(o->upper));
	if (o->work && path_below(layer->path, o->work))
		return check_refuse(step, err, "plan-overlay-lower-in-work",
				    "its lower directory %s is inside its work directory %s",
				    SHORT(layer->path), SHORT(o->work));
	return 0;
}

/* A layer that comes as an option would escape the checks above and the hand-over one by one. */
static int check_options(const struct step *step, struct error *err)
{
	static const char *const layer_keys[] = { "lowerdir", "lowerdir+", "datadir+", "upperdir",
						  "workdir" };
	const struct overlay *o = step->overlay;

	for (size_t i = 0; i < o->options.count; i++)
		for (size_t k = 0; k < ARRAY_LEN(layer_keys); k++) {
			const char *option = o->options.items[i];
			size_t len = strcspn(option, "=");

			if (len == strlen(layer_keys[k]) && strncmp(option, layer_keys[k], len) == 0)
				return check_refuse(step, err, "plan-overlay-layer-option",
						    "%s is not an option of the file system here",
						    layer_keys[k]);
		}
	return 0;
}

int check_overlay(const struct step *step, struct error *err)
{
	const struct overlay *o = step->overlay;
	size_t layers;

	if (!o || (!o->lowers.count && !o->seeds.count && o->upper_kind == UPPER_NONE))
		return check_refuse(step, err, "plan-overlay-empty", "it has no layers");
	layers = o->lowers.count + (o->seeds.count > 0);
	if (layers > MAX_LAYERS)
		return check_refuse(step, err, "plan-overlay-too-many-layers",
				    "it has %zu layers, and the kernel's limit is %d", layers,
				    MAX_LAYERS);
	if (check_upper(step, err) < 0 || check_nesting(step, err) < 0 ||
	    check_lowers_differ(step, err) < 0)
		return -1;
	for (size_t i = 0; i < o->lowers.count; i++)
		if (check_lower(step, &o->lowers.items[i], err) < 0)
			return -1;
	return check_options(step, err);
}

/*
 * What overlayfs refuses, or takes and ignores, in a user namespace: its marks are user.*
 * attributes there, which the owner of a file can forge. The kernel says EPERM since Linux 6.12,
 * and nothing before.
 */
int check_overlay_userns(const struct step *step, struct error *err)
{
	static const struct {
		const char *option, *reason;
	} dead[] = {
		{ "redirect_dir=on", "only redirect_dir=nofollow is accepted" },
		{ "redirect_dir=follow", "only redirect_dir=nofollow is accepted" },
		{ "redirect_dir=off", "it can mean \"follow\"; redirect_dir=nofollow is accepted" },
		{ "metacopy=on", "the kernel trusts no metacopy marks there" },
		{ "nfs_export=on", "the kernel switches it off" },
		{ "verity=on", "without metacopy there is nothing to verify" },
		{ "verity=require", "without metacopy there is nothing to verify" },
	};
	const struct overlay *o = step->overlay;

	for (size_t i = 0; i < o->options.count; i++)
		for (size_t k = 0; k < ARRAY_LEN(dead); k++)
			if (strcmp(o->options.items[i], dead[k].option) == 0)
				return check_refuse(step, err, "plan-overlay-option-userns",
						    "%s does not work in a user namespace: %s",
						    dead[k].option, dead[k].reason);
	return 0;
}

const char *check_overlay_shared(const struct step *a, const struct step *b)
{
	const struct overlay *x = a->overlay, *y = b->overlay;
	const char *const mine[] = { x->upper, x->work }, *const others[] = { y->upper, y->work };

	for (size_t i = 0; i < ARRAY_LEN(mine); i++)
		for (size_t k = 0; k < ARRAY_LEN(others); k++)
			if (mine[i] && others[k] && strcmp(mine[i], others[k]) == 0)
				return mine[i];
	return NULL;
}
