// SPDX-License-Identifier: MIT
/* Boxes as such: which there are, what is in one, removing them. */
#include "api/boxes.h"
#include "api/beside.h"

#include "api/handles.h"
#include "base/cleanup.h"
#include "base/path.h"
#include "base/remove.h"
#include "base/subids.h"
#include "base/syscalls.h"
#include "changes/walk.h"
#include "enter/idmaps.h"
#include "nacre.h"

#include <stdio.h>
#include <string.h>

/* ---- looking ---- */

static int open_directory(const char *path)
{
	return sys_open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* NULL when it cannot be read: then the box is shown without what it tells. */
static const struct record *load_record(struct arena *arena, const char *path)
{
	_cleanup_fd_ int fd = open_directory(path);
	struct record *record = arena_new(arena, struct record);
	struct error ignored;

	return fd >= 0 && record_load(arena, fd, record, &ignored) == 0 ? record : NULL;
}

struct ranges {
	VECTOR(struct id_range) v;
};

static void add_record_ids(struct arena *arena, struct ranges *uids, struct ranges *gids,
			   const struct record *record)
{
	for (size_t i = 0; i < record->uids.count; i++)
		*VECTOR_ADD(arena,
			    &uids->v) = (struct id_range){ .outside = record->uids.items[i].outside,
							   .count = record->uids.items[i].count };
	for (size_t i = 0; i < record->gids.count; i++)
		*VECTOR_ADD(arena,
			    &gids->v) = (struct id_range){ .outside = record->gids.items[i].outside,
							   .count = record->gids.items[i].count };
}

/* Without a record anything may be in a box that its owner could put there. */
static void add_granted_ids(struct arena *arena, struct ranges *ranges, const char *file)
{
	struct subids ids;

	subids_read(arena, file, getuid(), &ids);
	for (size_t i = 0; i < ids.v.count; i++)
		*VECTOR_ADD(arena, &ranges->v) = (struct id_range){ .outside = ids.v.items[i].first,
								    .count = ids.v.items[i].count };
}

int boxes_enter(struct arena *arena, const struct record *const *records, size_t count,
		struct error *err)
{
	struct ranges uids = { 0 }, gids = { 0 };

	for (size_t i = 0; i < count; i++) {
		if (records[i]) {
			add_record_ids(arena, &uids, &gids, records[i]);
		} else {
			add_granted_ids(arena, &uids, "/etc/subuid");
			add_granted_ids(arena, &gids, "/etc/subgid");
		}
	}
	return idmaps_enter(uids.v.items, uids.v.count, gids.v.items, gids.v.count, err);
}

static void look_into(struct arena *arena, struct box_view *view)
{
	_cleanup_fd_ int fd = open_directory(view->box->path);
	_cleanup_fd_ int upper_fd = fd < 0 ? -EBADF : store_shelf(fd, "upper", false);
	size_t n = view->record ? view->record->overlays.count : 0;
	struct tree_size *sizes = arena_alloc(arena, (n + 1) * sizeof(*sizes));
	struct error ignored;

	view->killed = !view->box->running &&
		       (view->box->live || (fd >= 0 && faccessat(fd, "work", F_OK, 0) == 0));
	view->upper_sizes = sizes;
	for (size_t i = 0; upper_fd >= 0 && i < n; i++) {
		const struct record_overlay *overlay = &view->record->overlays.items[i];

		tree_measure(upper_fd, overlay->slot, &sizes[i]);
	}
	if (fd >= 0 && changes_count(fd, &view->changes, &ignored) < 0)
		view->changes = 0;
	if (fd >= 0)
		tree_measure(fd, "upper", &view->size);
}

/* The box that a commit was of, as its journal tells; "" when it does not. */
static void read_journal_box(int undo_fd, const char *id, char *buf, size_t size)
{
	_cleanup_fd_ int dir_fd = store_shelf(undo_fd, id, false);
	_cleanup_fd_ int fd = dir_fd < 0 ? -EBADF
					 : openat(dir_fd, "journal",
						  O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	char text[4096];
	ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof(text) - 1);
	const char *line;

	text[n > 0 ? n : 0] = '\0';
	line = strstr(text, "\nbox ");
	(void)snprintf(buf, size, "%.*s", line ? (int)strcspn(line + 5, " \n") : 0,
		       line ? line + 5 : "");
}

/* Adds what the commits of each box hold back below undo/ of its store. */
static void add_held(struct box_views *views, const char *store)
{
	struct error ignored;
	_cleanup_fd_ int store_fd = store_open(store, false, &ignored);
	int undo_fd = store_fd < 0 ? -1 : store_shelf(store_fd, "undo", false);
	_cleanup_dir_ DIR *dir = undo_fd < 0 ? NULL : fdopendir(undo_fd);

	for (struct dirent *e; dir && (e = readdir(dir));) {
		struct tree_size size = { 0 };
		char name[80];

		if (*e->d_name == '.')
			continue;
		read_journal_box(dirfd(dir), e->d_name, name, sizeof(name));
		for (size_t i = 0; *name && i < views->v.count; i++) {
			struct box_view *view = &views->v.items[i];

			if (strcmp(view->box->store, store) != 0 ||
			    strcmp(view->box->name, name) != 0)
				continue;
			tree_measure(dirfd(dir), e->d_name, &size);
			view->held += size.bytes;
		}
	}
}

/* Only who has the lock can be a keeper. */
static struct look *look_for_life(struct arena *arena, const struct store_box *boxes,
				  const struct record *const *records, size_t count)
{
	struct look *looks = arena_alloc(arena, (count + 1) * sizeof(*looks));

	for (size_t i = 0; i < count; i++)
		look_init(&looks[i], boxes[i].running ? boxes[i].path : NULL,
			  records ? records[i] : NULL);
	look_ask(looks, count);
	return looks;
}

/* Fills views of these boxes. Where the ids of a box cannot be entered, its size is what can be seen. */
static void look_at(struct arena *arena, const struct plan *plan, const struct store_box *boxes,
		    size_t count, bool commands, struct box_views *ret)
{
	const char *stores[STORE_PATHS];
	const struct record **records = arena_alloc(arena, (count + 1) * sizeof(*records));
	struct look *looks;
	struct error ignored;

	for (size_t i = 0; i < count; i++)
		records[i] = load_record(arena, boxes[i].path);
	looks = look_for_life(arena, boxes, records, count);
	look_processes(arena, looks, count, commands);
	if (count)
		(void)boxes_enter(arena, records, count, &ignored);
	for (size_t i = 0; i < count; i++) {
		struct box_view *view = VECTOR_ADD(arena, &ret->v);

		view->box = &boxes[i];
		view->record = records[i];
		view->look = &looks[i];
		look_release(&looks[i]);
		look_into(arena, view);
	}
	store_paths(arena, plan->home, stores);
	for (size_t i = 0; stores[i]; i++)
		add_held(ret, stores[i]);
}

/* What the functions below are given. */
struct box_call {
	const struct plan *plan;
	unsigned width;
	const char *name;
	const char *const *names;
};

static void list_here(void *arg, struct beside_answer *ret)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const struct box_call *call = arg;
	struct box_views views = { 0 };
	struct store_list list;
	struct text out = { 0 };

	ret->answer = store_boxes(&arena, call->plan->home, &list, &ret->err);
	if (ret->answer < 0)
		return;
	look_at(&arena, call->plan, list.v.items, list.v.count, false, &views);
	if (call->plan->output.json)
		boxes_json(&views, &out);
	else
		boxes_table(&views, call->width, &out);
	beside_text(ret, 0, handles_give(&out));
}

char *nacre_boxes_list(const struct nacre_plan *plan, unsigned width, struct nacre_error *error)
{
	struct box_call call = { .plan = plan->plan, .width = width };
	struct beside_answer answer;

	return beside_call(plan, list_here, &call, &answer, error) < 0 ? NULL : answer.texts[0];
}

static int show_one(const struct box_call *call, struct text *out, struct error *err)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_fd_ int fd = -EBADF;
	struct box_views views = { 0 };
	struct record record;
	struct store_box box;

	if (store_find(&arena, call->plan->home, call->name, &box, err) < 0)
		return -1;
	fd = open_directory(box.path);
	if (fd < 0) {
		(void)fail_call(err, CALL_STATE, box.path);
		return fail_message(err, "cannot open the box %s", Q(box.name));
	}
	if (record_load(&arena, fd, &record, err) < 0)
		return -1;
	look_at(&arena, call->plan, &box, 1, true, &views);
	if (call->plan->output.json)
		box_json(&views.v.items[0], out);
	else
		box_text(&views.v.items[0], out);
	return 0;
}

static void show_here(void *arg, struct beside_answer *ret)
{
	struct text out = { 0 };

	ret->answer = show_one(arg, &out, &ret->err);
	if (ret->answer == 0)
		beside_text(ret, 0, handles_give(&out));
}

char *nacre_box_show(const struct nacre_plan *plan, const char *name, struct nacre_error *error)
{
	struct box_call call = { .plan = plan->plan, .name = name };
	struct beside_answer answer;

	return beside_call(plan, show_here, &call, &answer, error) < 0 ? NULL : answer.texts[0];
}

char *nacre_complete_boxes(const struct nacre_plan *plan, const char *const *words)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct error ignored;
	struct store_list list;
	struct text out = { 0 };

	(void)words;
	if (store_boxes(&arena, plan->plan->home, &list, &ignored) == 0)
		for (size_t i = 0; i < list.v.count; i++)
			text_printf(&out, "%s\n", list.v.items[i].name);
	return handles_give(&out);
}

/* ---- removing ---- */

/* A box that goes. */
struct victim {
	struct store_box box;
	int fd; /* carries the lock */
	const struct record *record;
};

struct victims {
	VECTOR(struct victim) v;
};

static void victims_release(struct victims *victims)
{
	for (size_t i = 0; i < victims->v.count; i++)
		(void)close_fd(victims->v.items[i].fd);
}

static bool is_victim(const struct victims *victims, const char *path)
{
	for (size_t i = 0; i < victims->v.count; i++)
		if (strcmp(victims->v.items[i].box.path, path) == 0)
			return true;
	return false;
}

static int take_victim(struct arena *arena, struct victims *victims, const struct store_box *box,
		       struct error *err)
{
	int fd;

	/* Named twice: a second lock would wait for the first. */
	if (is_victim(victims, box->path))
		return 0;
	fd = store_lock(box, STORE_EXCLUSIVE, err);
	if (fd < 0)
		return -1;
	*VECTOR_ADD(arena, &victims->v) = (struct victim){
		.box = *box,
		.fd = fd,
		.record = load_record(arena, box->path),
	};
	return 0;
}

static int take_named(struct arena *arena, const char *home, const char *const *names,
		      struct victims *victims, struct error *err)
{
	for (; *names; names++) {
		struct store_box box;

		if (store_find(arena, home, *names, &box, err) < 0 ||
		    take_victim(arena, victims, &box, err) < 0)
			return -1;
	}
	return 0;
}

static int take_all(struct arena *arena, const char *home, struct victims *victims,
		    struct error *err)
{
	struct store_list list;

	if (store_boxes(arena, home, &list, err) < 0)
		return -1;
	for (size_t i = 0; i < list.v.count; i++) {
		struct error in_use;

		if (!list.v.items[i].running)
			(void)take_victim(arena, victims, &list.v.items[i], &in_use);
	}
	return 0;
}

static bool is_only(const struct record_range *ranges, size_t count, uint32_t id)
{
	for (size_t i = 0; i < count; i++)
		if (ranges[i].outside != id || ranges[i].count != 1)
			return false;
	return true;
}

/* What is the caller's own goes without more rights, as remove_tree() gives itself the modes. */
static bool is_own(const struct record *record)
{
	return is_only(record->uids.items, record->uids.count, geteuid()) &&
	       is_only(record->gids.items, record->gids.count, getegid());
}

/* So that before the first box goes, it is certain that what the others hold can go. */
static int enter_for(struct arena *arena, const struct victims *victims, struct error *err)
{
	const struct record **records = arena_alloc(arena,
						    (victims->v.count + 1) * sizeof(*records));
	bool needed = false, wanted = false;
	struct error why;

	for (size_t i = 0; i < victims->v.count; i++) {
		records[i] = victims->v.items[i].record;
		needed = needed || (records[i] && !is_own(records[i]));
		wanted = wanted || needed || !records[i];
	}
	if (!wanted || boxes_enter(arena, records, victims->v.count, &why) == 0 || !needed)
		return 0;
	*err = why;
	return -1;
}

static int cannot_remove(const struct victim *victim, struct error *err)
{
	struct error why = *err;

	(void)fail(err, ERROR_SYSTEM, why.sys, "cannot remove the box %s", Q(victim->box.name));
	error_explain(err, "box-not-removed", *why.reason ? why.reason : errno_text(why.sys), NULL);
	if (*why.object)
		error_fact(err, "it stopped at %s", Q(why.object));
	return fail_at(err, CALL_STATE, victim->box.path);
}

/*
 * Takes the box away from its name first: what a removal that is killed has left is no box, and nobody takes what is gone from
 * it for unchanged.
 */
static int remove_victim(const struct victim *victim, struct error *err)
{
	_cleanup_fd_ int store_fd = store_open(victim->box.store, false, err);
	_cleanup_fd_ int shelf_fd = -EBADF;
	char away[128];

	if (store_fd < 0)
		return cannot_remove(victim, err);
	shelf_fd = store_shelf(store_fd, victim->box.live ? "live" : "boxes", false);
	(void)snprintf(away, sizeof(away), STORE_REMOVED "%s", victim->box.name);
	if (remove_tree(shelf_fd, away, err) < 0)
		return cannot_remove(victim, err);
	if (renameat(shelf_fd, victim->box.name, shelf_fd, away) < 0) {
		(void)fail_call(err, CALL_STATE, victim->box.name);
		return cannot_remove(victim, err);
	}
	return remove_tree(shelf_fd, away, err) < 0 ? cannot_remove(victim, err) : 0;
}

static int remove_boxes(const char *home, const char *const *names, struct error *err)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_(victims_release) struct victims victims = { 0 };

	if ((names ? take_named(&arena, home, names, &victims, err)
		   : take_all(&arena, home, &victims, err)) < 0)
		return -1;
	if (enter_for(&arena, &victims, err) < 0)
		return -1;
	for (size_t i = 0; i < victims.v.count; i++)
		if (remove_victim(&victims.v.items[i], err) < 0)
			return -1;
	return 0;
}

static void remove_here(void *arg, struct beside_answer *ret)
{
	const struct box_call *call = arg;

	ret->answer = remove_boxes(call->plan->home, call->names, &ret->err);
}

int nacre_boxes_remove(const struct nacre_plan *plan, const char *const *names,
		       struct nacre_error *error)
{
	struct box_call call = { .plan = plan->plan, .names = names };
	struct beside_answer answer;

	return beside_call(plan, remove_here, &call, &answer, error);
}
