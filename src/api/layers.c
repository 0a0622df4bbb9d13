// SPDX-License-Identifier: MIT
/* The layers part of include/nacre.h: the shelf for people and for programs, and the way to nacre-archive. */
#include "nacre.h"

#include "api/beside.h"
#include "api/boxes.h"
#include "api/changes.h"
#include "api/handles.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/measure.h"
#include "base/path.h"
#include "changes/save.h"
#include "state/layers.h"
#include "state/stage.h"

#include <inttypes.h>
#include <limits.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- the list ---- */

/* Of a layer without a description only the name is known. */
static void add_text(const struct saved_layer *layer, int64_t now, struct text *out)
{
	_cleanup_text_ struct text size = { 0 }, age = { 0 };

	size_format(layer->size, &size);
	span_format(now - layer->created, &age);
	text_printf(out, "%-20s %8s %9" PRIu64 " %12s  %s%s%s\n", layer->name,
		    layer->created ? text_str(&size) : "?", layer->objects,
		    layer->created ? text_str(&age) : "?", layer->kind, *layer->kind ? " " : "",
		    *layer->source ? Q(layer->source) : "");
}

static void add_json(struct json *j, const struct saved_layer *layer)
{
	json_object(j, NULL);
	json_string(j, "name", layer->name);
	json_path(j, "path", layer->path);
	json_number(j, "created", layer->created);
	json_unsigned(j, "size", layer->size);
	json_unsigned(j, "objects", layer->objects);
	json_object(j, "from");
	json_string(j, "kind", layer->kind);
	json_path(j, "source", layer->source);
	json_end_object(j);
	if (*layer->base)
		json_path(j, "base", layer->base);
	else
		json_string(j, "base", NULL);
	json_end_object(j);
}

static void list_json(const struct saved_layers *list, struct text *out)
{
	struct json j = { .out = out, .pretty = true };

	json_object(&j, NULL);
	json_number(&j, "version", 1);
	json_array(&j, "layers");
	for (size_t i = 0; i < list->v.count; i++)
		add_json(&j, &list->v.items[i]);
	json_end_array(&j);
	json_end_object(&j);
	text_add_char(out, '\n');
}

static void list_text(const struct saved_layers *list, struct text *out)
{
	int64_t now = time(NULL);

	if (list->v.count)
		text_printf(out, "%-20s %8s %9s %12s  %s\n", "NAME", "SIZE", "OBJECTS", "AGE",
			    "FROM");
	for (size_t i = 0; i < list->v.count; i++)
		add_text(&list->v.items[i], now, out);
}

char *nacre_layers(const struct nacre_plan *plan, bool json, struct nacre_error *error)
{
	struct arena *arena = &plan->plan->arena;
	struct saved_layers list;
	struct text out = { 0 };

	if (layers_list(arena, plan->plan->home, &list, &error->value) < 0)
		return NULL;
	if (json)
		list_json(&list, &out);
	else
		list_text(&list, &out);
	return handles_give(&out);
}

/* ---- save and remove ---- */

static int check_changes(const struct nacre_changes *ch, struct error *err)
{
	if (ch->list.count)
		return 0;
	(void)fail(err, ERROR_SPEC, 0, "the box %s has no changes", Q(ch->box.name));
	error_explain(err, "box-unchanged", NULL, NULL);
	return -1;
}

static int check_name(const char *name, struct error *err)
{
	if (layers_name_fits(name))
		return 0;
	(void)fail(err, ERROR_SPEC, 0, "%s is not a name for a layer", Q(name));
	error_explain(err, "layer-name", NULL, NULL);
	return -1;
}

static int save(const struct nacre_changes *ch, struct arena *arena, struct saved_layer *layer,
		struct error *err)
{
	_cleanup_stage_ struct stage stage = { .shelf_fd = -EBADF, .fd = -EBADF };

	if (check_changes(ch, err) < 0 || stage_open(arena, ch->plan->home, &stage, err) < 0 ||
	    stage_check_name(&stage, layer->name, err) < 0 ||
	    changes_save(&ch->list, stage.fd, stage.shelf, err) < 0)
		return -1;
	return stage_publish(arena, &stage, layer, err);
}

/* What the functions below are given. */
struct layer_call {
	const struct nacre_plan *plan;
	const char *box, *layer;
	const char *const *names;
};

static void save_here(void *arg, struct beside_answer *ret)
{
	const struct layer_call *call = arg;
	const char *const words[] = { call->box, NULL };
	struct arena *arena = &call->plan->plan->arena;
	struct saved_layer saved = { .name = call->layer, .kind = "box" };
	struct nacre_changes *ch;

	ret->answer = changes_handle_open(call->plan, words, true, &ch, &ret->err);
	if (ret->answer < 0)
		return;
	saved.source = ch->box.name;
	saved.base = ch->list.record.base;
	ret->answer = save(ch, arena, &saved, &ret->err);
	ret->numbers[0] = saved.objects;
	beside_text(ret, 0, strdup(ch->box.name));
	beside_text(ret, 1, saved.base[1] ? strdup(quote_path(arena, saved.base)) : NULL);
	nacre_changes_free(ch);
}

int nacre_layer_save(const struct nacre_plan *plan, const char *box, const char *layer,
		     struct nacre_saved *ret, struct nacre_error *error)
{
	struct layer_call call = { .plan = plan, .box = box, .layer = layer };
	struct beside_answer answer;

	if (handles_check(ret, &error->value) < 0 || check_name(layer, &error->value) < 0)
		return -1;
	if (beside_call(plan, save_here, &call, &answer, error) < 0) {
		beside_release(&answer);
		return -1;
	}
	handles_fill(ret,
		     &(struct nacre_saved){ .objects = answer.numbers[0],
					    .box = answer.texts[0],
					    .root = answer.texts[1] },
		     sizeof(struct nacre_saved));
	return 0;
}

static void remove_here(void *arg, struct beside_answer *ret)
{
	const struct record *const unknown[] = { NULL };
	const struct layer_call *call = arg;
	struct arena *arena = &call->plan->plan->arena;
	struct error ignored;

	/*
	 * Files of a box with a range of ids belong to these, and directories may have any mode. Where the ids cannot be
	 * entered, the removal tells.
	 */
	(void)boxes_enter(arena, unknown, 1, &ignored);
	ret->answer = layers_remove(arena, call->plan->plan->home, call->names, &ret->err);
}

int nacre_layers_remove(const struct nacre_plan *plan, const char *const *names,
			struct nacre_error *error)
{
	struct layer_call call = { .plan = plan, .names = names };
	struct beside_answer answer;

	return beside_call(plan, remove_here, &call, &answer, error);
}

/* ---- the program ---- */

static const char program[] = "nacre-archive";

/* Beside this program: where it was built, and where both were copied to together. "" without /proc. */
static const char *own_directory(struct arena *arena)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (n <= 0)
		return "";
	path[n] = '\0';
	return path_parent(arena, arena_strdup(arena, path));
}

int nacre_archive(const char *verb, char *const *words, struct nacre_error *error)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *const places[] = { own_directory(&arena), NACRE_LIBEXECDIR };
	VECTOR(const char *) argv = { 0 };
	int sys = ENOENT;

	*VECTOR_ADD(&arena, &argv) = program;
	*VECTOR_ADD(&arena, &argv) = verb;
	for (; *words; words++)
		*VECTOR_ADD(&arena, &argv) = *words;
	*VECTOR_ADD(&arena, &argv) = NULL;
	for (size_t i = 0; i < ARRAY_LEN(places) && sys == ENOENT; i++) {
		if (!*places[i])
			continue;
		(void)execv(path_join(&arena, places[i], program), (char *const *)argv.items);
		sys = errno;
	}
	(void)fail(&error->value, ERROR_SYSTEM, sys, "cannot %s", verb);
	if (sys == ENOENT)
		error_explain(&error->value, "archive-missing", NULL, NULL);
	return -1;
}
