// SPDX-License-Identifier: MIT
/*
 * Cleaning up after processes that were killed: a list of sweepers, each of which knows one kind of leftovers, sees to it that
 * nobody is at them any more, and tells what went. To add one: a function and its row in sweepers[].
 */
#include "api/beside.h"
#include "api/boxes.h"

#include "api/handles.h"
#include "base/cleanup.h"
#include "base/path.h"
#include "base/remove.h"
#include "changes/recover.h"
#include "changes/undo.h"
#include "nacre.h"
#include "state/layers.h"
#include "state/stage.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>

struct sweep {
	struct arena arena;
	const struct plan *plan;
	bool look_only; /* --dry-run */
	const char *store; /* which one */
	int store_fd;
	struct text report; /* a line for each thing */
	size_t removed; /* things */
	uint64_t freed; /* bytes */
	size_t failed;
	struct error *err; /* the first failure; the others are most likely the same */
};

static void note_failure(struct sweep *s, const struct error *why)
{
	if (s->failed++ == 0)
		*s->err = *why;
}

static void report(struct sweep *s, bool goes, const char *what, const char *why,
		   const struct tree_size *size)
{
	static const char *const words[2][2] = { { "kept", "would keep" },
						 { "removed", "would remove" } };

	text_printf(&s->report, "%s: %s", words[goes][s->look_only], what);
	if (goes) {
		text_add(&s->report, ", ");
		size_format(size->bytes, &s->report);
		s->freed += size->bytes;
		s->removed++;
	}
	text_printf(&s->report, ", %s\n", why);
}

/* Calls f for each directory in a shelf whose name begins so and that nobody holds; fd has the lock meanwhile. */
static void each_free(struct sweep *s, const char *shelf, const char *start,
		      void (*f)(struct sweep *s, int shelf_fd, const char *name, int fd))
{
	int shelf_fd = store_shelf(s->store_fd, shelf, false);
	_cleanup_dir_ DIR *dir = shelf_fd < 0 ? NULL : fdopendir(shelf_fd);

	for (struct dirent *e; dir && (e = readdir(dir));) {
		_cleanup_fd_ int fd = -EBADF;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
		    strncmp(e->d_name, start, strlen(start)) != 0)
			continue;
		fd = openat(shelf_fd, e->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
			f(s, shelf_fd, e->d_name, fd);
	}
}

static void remove_leftover(struct sweep *s, int shelf_fd, const char *name, const char *what,
			    const char *why)
{
	struct tree_size size = { 0 };
	struct error err;

	tree_measure(shelf_fd, name, &size);
	if (!s->look_only && remove_tree(shelf_fd, name, &err) < 0)
		note_failure(s, &err);
	else
		report(s, true, what, why, &size);
}

/* ---- boxes in live/ whose run was killed ---- */

static void sweep_dead_runs(struct sweep *s)
{
	struct store_list list;
	struct error err;

	if (store_boxes(&s->arena, s->plan->home, &list, &err) < 0) {
		note_failure(s, &err);
		return;
	}
	for (size_t i = 0; i < list.v.count; i++) {
		const struct store_box *box = &list.v.items[i];
		struct tree_size size = { 0 };
		const char *what;
		int fate;

		if (!box->live || box->running || strcmp(box->store, s->store) != 0)
			continue;
		what = arena_printf(&s->arena, "box %s", box->name);
		tree_measure(AT_FDCWD, box->path, &size);
		fate = box_bury(s->store_fd, box->name, s->look_only, &err);
		if (fate < 0)
			note_failure(s, &err);
		else if (fate != BOX_IN_USE)
			report(s, fate == BOX_DROPPED, what,
			       fate == BOX_DROPPED ? "killed before it changed anything"
						   : "what its killed run wrote",
			       &size);
	}
}

/* ---- boxes that rm had begun to remove ---- */

static void sweep_removed(struct sweep *s, int shelf_fd, const char *name, int fd)
{
	(void)fd;
	remove_leftover(s, shelf_fd, name,
			arena_printf(&s->arena, "box %s",
				     quote_path(&s->arena, name + strlen(STORE_REMOVED))),
			"what a removal left");
}

static void sweep_removals(struct sweep *s)
{
	each_free(s, "boxes", STORE_REMOVED, sweep_removed);
	each_free(s, "live", STORE_REMOVED, sweep_removed);
}

/* ---- commits that were killed before they began ---- */

/* What a commit does is in its journal, which is there before anything else is touched; without one it did nothing. */
static void sweep_stage(struct sweep *s, int shelf_fd, const char *name, int fd)
{
	struct stat st;

	if (fstatat(fd, "journal", &st, AT_SYMLINK_NOFOLLOW) == 0 || errno != ENOENT)
		return;
	remove_leftover(s, shelf_fd, name,
			arena_printf(&s->arena, "commit %s", quote_path(&s->arena, name)),
			"killed before it began");
}

static void sweep_stages(struct sweep *s)
{
	each_free(s, "undo", "", sweep_stage);
}

/* ---- commits that were killed in the middle, and those that nobody will take back ---- */

enum { UNDO_DAYS = 30 };

static void sweep_killed_commits(struct sweep *s)
{
	struct error err;

	if (!s->look_only && recover_all(s->store_fd, &err) < 0)
		note_failure(s, &err);
}

static void sweep_old_undos(struct sweep *s)
{
	const time_t oldest = time(NULL) - UNDO_DAYS * 24L * 60 * 60;
	struct undo_list list = { 0 };
	struct error err;

	if (undo_list(&s->arena, s->store_fd, &list, &err) < 0) {
		note_failure(s, &err);
		return;
	}
	for (size_t i = 0; i < list.v.count; i++) {
		const struct undo_entry *entry = &list.v.items[i];
		const struct tree_size size = { .bytes = entry->held };

		if (entry->began.tv_sec >= oldest)
			continue;
		if (!s->look_only && undo_purge(s->store_fd, entry->id, &err) < 0)
			note_failure(s, &err);
		else
			report(s, true, arena_printf(&s->arena, "undo %s", entry->id),
			       "older than 30 days", &size);
	}
}

/* ---- layers in the making ---- */

static void sweep_layer(void *arg, int shelf_fd, const char *name)
{
	struct sweep *s = arg;

	remove_leftover(s, shelf_fd, name,
			arena_printf(&s->arena, "layer %s", quote_path(&s->arena, name)),
			"what a killed import or save left");
}

static void sweep_layers(struct sweep *s)
{
	const char *shelf = layers_path(&s->arena, s->plan->home);
	_cleanup_fd_ int fd = shelf ? open(shelf, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -EBADF;

	if (fd >= 0)
		stage_leftovers(fd, sweep_layer, s);
}

/* In this order, once for each store. */
static void (*const sweepers[])(struct sweep *s) = {
	sweep_dead_runs, sweep_removals, sweep_stages, sweep_killed_commits, sweep_old_undos,
};

/* ---- the verb ---- */

/* Leftovers may be of any id that the caller's boxes can have. Where they cannot be entered, the removal tells. */
static void enter_ids(struct sweep *s)
{
	const struct record *const unknown[] = { NULL };
	struct error ignored;

	(void)boxes_enter(&s->arena, unknown, 1, &ignored);
}

static int sweep_store(struct sweep *s, struct error *err)
{
	s->store_fd = store_open(s->store, false, err);
	if (s->store_fd < 0)
		return errno == ENOENT ? 0 : -1;
	for (size_t i = 0; i < ARRAY_LEN(sweepers); i++)
		sweepers[i](s);
	s->store_fd = close_fd(s->store_fd);
	return 0;
}

static void clean_here(void *arg, struct beside_answer *ret)
{
	const struct plan *plan = arg;
	struct sweep s = {
		.plan = plan,
		.look_only = plan->output.dry_run,
		.err = &ret->err,
	};
	const char *stores[STORE_PATHS];
	int answer = 0;

	enter_ids(&s);
	store_paths(&s.arena, plan->home, stores);
	for (size_t i = 0; stores[i] && answer == 0; i++) {
		s.store = stores[i];
		answer = sweep_store(&s, &ret->err);
	}
	sweep_layers(&s);
	if (s.removed) {
		text_printf(&s.report, "%s: ", s.look_only ? "would free" : "freed");
		size_format(s.freed, &s.report);
		text_add_char(&s.report, '\n');
	}
	beside_text(ret, 0, handles_give(&s.report));
	arena_release(&s.arena);
	ret->answer = answer < 0 || s.failed ? -1 : 0;
}

int nacre_boxes_clean(const struct nacre_plan *plan, char **ret_report, struct nacre_error *error)
{
	struct beside_answer answer;
	int done = beside_call(plan, clean_here, plan->plan, &answer, error);

	*ret_report = answer.texts[0];
	return done;
}
