// SPDX-License-Identifier: MIT
/* Commits, their undoing, and dropping changes. */
#include "api/commit.h"
#include "api/beside.h"

#include "api/boxes.h"
#include "api/handles.h"
#include "api/remote.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/measure.h"
#include "base/path.h"
#include "base/remove.h"
#include "changes/discard.h"
#include "changes/partial.h"
#include "changes/recover.h"
#include "changes/show.h"
#include "changes/undo.h"
#include "enter/idmaps.h"
#include "nacre.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* A path of a note as its user would type it. */
static void add_path(const struct nacre_changes *ch, const char *path, struct text *out)
{
	show_typed(path, ch->plan->cwd, ch->plan->home, out);
}

void commit_add_notes(const struct nacre_changes *ch, const char *word,
		      const struct commit_notes *notes, struct text *out)
{
	for (size_t i = 0; i < notes->v.count; i++) {
		text_printf(out, "  %s  ", word);
		add_path(ch, notes->v.items[i].path, out);
		text_printf(out, ": %s\n", notes->v.items[i].why);
	}
}

int commit_open_store(const char *path, struct error *err)
{
	int fd = store_open(path, true, err);

	if (fd >= 0 && recover_all(fd, err) < 0)
		return close_fd(fd);
	return fd;
}

int commit_lock_box(const struct nacre_changes *ch, struct error *err)
{
	_cleanup_fd_ int fd = openat(ch->box_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat st;

	if (fd < 0) {
		(void)fail_call(err, CALL_STATE, ch->box.path);
		return fail_message(err, "cannot use the box %s", Q(ch->box.name));
	}
	if (store_lock_at(fd, ch->box.path, STORE_EXCLUSIVE, err) < 0)
		return -1;
	/* Every run writes the record anew. */
	if (fstatat(fd, "record", &st, AT_SYMLINK_NOFOLLOW) == 0 && st.st_ino == ch->record_ino &&
	    st.st_mtim.tv_sec == ch->record_time.tv_sec &&
	    st.st_mtim.tv_nsec == ch->record_time.tv_nsec)
		return TAKE_FD(fd);
	(void)fail(err, ERROR_SYSTEM, 0, "cannot use the box %s", Q(ch->box.name));
	error_explain(err, "box-used-meanwhile", NULL, NULL);
	return -1;
}

/* ---- commit ---- */

int commit_report_conflicts(const struct nacre_changes *ch, const struct commit_notes *conflicts,
			    struct nacre_commit_result *result)
{
	struct text out = { 0 };

	commit_add_notes(ch, "conflict", conflicts, &out);
	result->conflicts = conflicts->v.count;
	result->report = handles_give(&out);
	return NACRE_CONFLICTS;
}

static void add_reduced(const struct txn *t, struct text *out)
{
	for (size_t i = 0; i < t->reduced.count; i++) {
		text_add(out, "  reduced   ");
		quote_text(out, t->reduced.items[i]);
		text_add(out, ": without its set-id bits and capabilities\n");
	}
}

static void report_done(const struct nacre_changes *ch, const struct commit *commit,
			struct nacre_commit_result *result)
{
	struct text out = { 0 };

	commit_add_notes(ch, "left    ", &commit->left, &out);
	add_reduced(&commit->txn, &out);
	result->changes = commit->changes;
	result->report = handles_give(&out);
	result->id = commit->txn.id ? strdup(commit->txn.id) : NULL;
}

/* For as long as both are below it. */
static const char *common_directory(struct arena *arena, const char *a, const char *b)
{
	while (!path_below(b, a))
		a = path_parent(arena, a);
	return a;
}

/*
 * The places where the right to write is missing, as words for a command: what else is in the box is not for root to take. Many
 * become the directory that all of them are in, unless the user's own things may be there as well.
 */
static void add_denied(struct nacre_changes *ch, const struct txn *t, struct text *out)
{
	enum { MOST = 4 };
	const char *tops[MOST], *common = NULL;
	size_t n = 0, i;

	for (size_t at = 0; at < t->problems.v.count; at++) {
		const struct txn_problem *p = &t->problems.v.items[at];

		if (p->sys != EACCES && p->sys != EPERM)
			continue;
		common = common ? common_directory(&ch->arena, common, p->path) : p->path;
		for (i = 0; i < n && i < MOST && !path_below(p->path, tops[i]); i++)
			;
		if (i == n && n < MOST)
			tops[n] = p->path;
		n += i == n || i == MOST;
	}
	if (n > MOST && path_depth(common) > 1 &&
	    !(ch->plan->home && path_below(ch->plan->home, common))) {
		tops[0] = common;
		n = 1;
	}
	for (i = 0; i < n && n <= MOST; i++) {
		text_add_char(out, ' ');
		quote_text(out, tops[i]);
	}
}

/* What the caller may not write root may; it takes the box's directory as it is. */
static void advise(struct nacre_changes *ch, const struct txn *t, struct error *err)
{
	_cleanup_text_ struct text words = { 0 };

	if (!t->problems.v.count || geteuid() == 0 || t->foreign || ch->list.record.base[1])
		return;
	add_denied(ch, t, &words);
	/* Cut off it would mean another place. */
	if (words.len && words.len + strlen(ch->box.path) < sizeof(err->fix) / 2)
		error_set_fix(
			err,
			"name only what you may write; the rest as root: nacre commit --from %s%s",
			Q(ch->box.path), text_str(&words));
}

static int run_commit(struct nacre_changes *ch, struct commit *commit,
		      const struct nacre_commit_options *options,
		      struct nacre_commit_result *result, struct error *err)
{
	_cleanup_fd_ int store_fd = -EBADF;
	struct txn *t = &commit->txn;
	int answer;

	if (commit->conflicts.v.count && !options->force)
		return commit_report_conflicts(ch, &commit->conflicts, result);
	if (!t->items.count && !t->metas.count) {
		report_done(ch, commit, result);
		return 0;
	}
	store_fd = commit_open_store(ch->box.store, err);
	if (store_fd < 0)
		return -1;
	t->progress.report = options->progress;
	t->progress.arg = options->arg;
	answer = options->dry_run ? txn_check(t, store_fd, err) : txn_commit(t, store_fd, err);
	if (answer < 0) {
		advise(ch, t, err);
		return -1;
	}
	report_done(ch, commit, result);
	return 0;
}

/* ---- parts of changes ---- */

/* Files that stand for changes of which only some hunks are meant, in a directory of the box's. */
static const char parts_name[] = "parts";

static int make_part(const struct nacre_changes *ch, const struct part *part, int parts_fd,
		     struct error *err)
{
	uint32_t source = ch->list.dirs[ch->list.v[part->index].dir].source;
	_cleanup_fd_ int fd = -EBADF;
	char name[16];

	(void)snprintf(name, sizeof(name), "%u", source);
	if (mkdirat(parts_fd, name, 0700) == 0 || errno == EEXIST)
		fd = openat(parts_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0)
		return partial_write(&ch->list, part->index, part->picked, fd, err);
	(void)fail_call(err, CALL_STATE, name);
	return fail_message(err, "cannot take parts of the changes");
}

/* *ret_fd is -EBADF when there are none. What a killed commit left goes. */
static int make_parts(const struct nacre_changes *ch, int *ret_fd, struct error *err)
{
	*ret_fd = -EBADF;
	if (remove_tree(ch->box_fd, parts_name, err) < 0)
		return -1;
	if (!ch->parts.count)
		return 0;
	if (mkdirat(ch->box_fd, parts_name, 0700) == 0)
		*ret_fd = openat(ch->box_fd, parts_name,
				 O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (*ret_fd < 0) {
		(void)fail_call(err, CALL_STATE, parts_name);
		return fail_message(err, "cannot take parts of the changes");
	}
	for (size_t i = 0; i < ch->parts.count; i++)
		if (make_part(ch, &ch->parts.items[i], *ret_fd, err) < 0)
			return -1;
	return 0;
}

static int plan_commit(struct nacre_changes *ch, struct commit *commit, int parts_fd,
		       struct error *err)
{
	struct commit_parts parts = { .count = ch->parts.count, .dir_fd = parts_fd };
	size_t *indices = arena_alloc(&ch->arena, (parts.count + 1) * sizeof(*indices));

	for (size_t i = 0; i < parts.count; i++)
		indices[i] = ch->parts.items[i].index;
	parts.changes = indices;
	return commit_plan(commit, &ch->list, &parts, ch->foreign ? NULL : ch->box.path, err);
}

static int commit_to_base(struct nacre_changes *ch, const struct nacre_commit_options *options,
			  struct nacre_commit_result *result, struct error *err)
{
	/* Released before it is planned, too: its descriptors must not be 0 then. */
	_cleanup_(commit_release) struct commit commit = {
		.txn = { .state_fd = -EBADF, .undo_fd = -EBADF },
	};
	_cleanup_fd_ int lock_fd = commit_lock_box(ch, err), parts_fd = -EBADF;
	struct error ignored;
	int answer;

	if (lock_fd < 0 || changes_enter_ids(ch, err) < 0)
		return -1;
	answer = ch->foreign ? 0 : make_parts(ch, &parts_fd, err);
	if (answer == 0)
		answer = plan_commit(ch, &commit, parts_fd, err);
	if (answer == 0)
		answer = run_commit(ch, &commit, options, result, err);
	if (parts_fd >= 0)
		(void)remove_tree(ch->box_fd, parts_name, &ignored);
	return answer;
}

void commit_tell(const struct nacre_commit_result *result, struct beside_answer *ret)
{
	ret->numbers[0] = result->changes;
	ret->numbers[1] = result->conflicts;
	beside_text(ret, 0, result->report);
	beside_text(ret, 1, result->id);
}

int commit_told(const struct beside_answer *answer, struct nacre_commit_result *ret)
{
	const struct nacre_commit_result value = { .changes = answer->numbers[0],
						   .conflicts = answer->numbers[1],
						   .report = answer->texts[0],
						   .id = answer->texts[1] };

	handles_fill(ret, &value, sizeof(value));
	return answer->answer;
}

int nacre_changes_commit(struct nacre_changes *ch, const struct nacre_commit_options *options,
			 struct nacre_commit_result *result, struct nacre_error *error)
{
	struct error *err = &error->value;
	struct nacre_commit_options o;
	struct nacre_commit_result value = { 0 };
	int answer;

	if (handles_take(&o, sizeof(o), options, err) < 0 || handles_check(result, err) < 0)
		return -1;
	if (ch->remote)
		return remote_commit(ch, &o, result, error);
	if (o.layer && ch->foreign)
		return nacre_usage(error, "merge-foreign",
				   "cannot merge what somebody else's box changed", NULL);
	answer = o.layer ? commit_to_layer(ch, &o, &value, err)
			 : commit_to_base(ch, &o, &value, err);
	handles_fill(result, &value, sizeof(value));
	return answer;
}

/* ---- discard ---- */

int nacre_changes_discard(struct nacre_changes *ch, struct nacre_commit_result *result,
			  struct nacre_error *error)
{
	struct nacre_commit_result value = { 0 };
	_cleanup_fd_ int lock_fd = -EBADF;
	struct commit_notes left = { 0 };
	struct text out = { 0 };

	if (handles_check(result, &error->value) < 0)
		return -1;
	if (ch->remote)
		return remote_discard(ch, result, error);
	lock_fd = commit_lock_box(ch, &error->value);
	if (lock_fd < 0 || changes_enter_ids(ch, &error->value) < 0 ||
	    changes_discard(&ch->list, ch->box_fd, &ch->arena, &value.changes, &left,
			    &error->value) < 0)
		return -1;
	commit_add_notes(ch, "left    ", &left, &out);
	value.report = handles_give(&out);
	handles_fill(result, &value, sizeof(value));
	return 0;
}

/* ---- undo ---- */

static int report_undo_conflicts(const struct txn *t, struct nacre_commit_result *result)
{
	struct text out = { 0 };

	for (size_t i = 0; i < t->problems.v.count; i++) {
		text_add(&out, "  conflict  ");
		quote_text(&out, t->problems.v.items[i].path);
		text_printf(&out, ": %s\n", t->problems.v.items[i].why);
	}
	result->conflicts = t->problems.v.count;
	result->report = handles_give(&out);
	return NACRE_CONFLICTS;
}

static uint64_t count_items(const struct txn *t)
{
	uint64_t n = t->meta_count;

	for (size_t i = 0; i < TXN_KIND_COUNT; i++)
		n += t->counts[i];
	return n;
}

static int run_undo(struct txn *t, int store_fd, const char *id,
		    const struct nacre_commit_options *options, struct nacre_commit_result *result,
		    struct error *err)
{
	if (undo_open(t, store_fd, id, err) < 0)
		return -1;
	if (!options->force && undo_check(t, err) < 0)
		return t->problems.v.count ? report_undo_conflicts(t, result) : -1;
	result->changes = count_items(t);
	return options->dry_run ? 0 : undo_run(t, err);
}

/* What is taken back may belong to any id that our boxes can have; without the helpers only to our own. */
static int enter_all_ids(struct arena *arena, struct error *err)
{
	const struct record *const unknown[] = { NULL };
	struct error ignored;

	if (boxes_enter(arena, unknown, 1, &ignored) == 0)
		return 0;
	return idmaps_enter(NULL, 0, NULL, 0, err);
}

struct undo_call {
	const char *path, *id;
	struct nacre_commit_options options;
};

static void undo_here(void *arg, struct beside_answer *ret)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_(txn_release) struct txn txn = { .state_fd = -EBADF, .undo_fd = -EBADF };
	_cleanup_fd_ int store_fd = -EBADF;
	const struct undo_call *call = arg;
	struct nacre_commit_result result = { 0 };

	ret->answer = enter_all_ids(&arena, &ret->err);
	if (ret->answer == 0)
		ret->answer = store_fd = commit_open_store(call->path, &ret->err);
	if (ret->answer >= 0)
		ret->answer = run_undo(&txn, store_fd, call->id, &call->options, &result, &ret->err);
	commit_tell(&result, ret);
}

int nacre_undo(const struct nacre_plan *plan, const char *id,
	       const struct nacre_commit_options *options, struct nacre_commit_result *result,
	       struct nacre_error *error)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct undo_call call = { .path = store_path(&arena, plan->plan->home), .id = id };
	struct beside_answer answer;

	if (handles_take(&call.options, sizeof(call.options), options, &error->value) < 0 ||
	    handles_check(result, &error->value) < 0)
		return -1;
	if (!call.path)
		return nacre_usage(error, "undo-none", "there is no commit to take back", NULL);
	(void)beside_call(plan, undo_here, &call, &answer, error);
	return commit_told(&answer, result);
}

int nacre_undo_purge(const struct nacre_plan *plan, const char *id, struct nacre_error *error)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *path = store_path(&arena, plan->plan->home);
	_cleanup_fd_ int store_fd = path ? commit_open_store(path, &error->value) : -EBADF;

	return store_fd < 0 ? -1 : undo_purge(store_fd, id, &error->value);
}

static void list_json(const struct undo_list *list, struct text *out)
{
	struct json j = { .out = out, .pretty = true };

	json_object(&j, NULL);
	json_unsigned(&j, "version", 1);
	json_array(&j, "commits");
	for (size_t i = 0; i < list->v.count; i++) {
		const struct undo_entry *e = &list->v.items[i];

		json_object(&j, NULL);
		json_string(&j, "id", e->id);
		json_string(&j, "box", e->box);
		json_number(&j, "time", e->began.tv_sec);
		json_unsigned(&j, "added", e->counts[TXN_ADD]);
		json_unsigned(&j, "replaced", e->counts[TXN_REPLACE]);
		json_unsigned(&j, "deleted", e->counts[TXN_DELETE]);
		json_unsigned(&j, "metadata", e->meta_count);
		json_unsigned(&j, "held", e->held);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_end_object(&j);
	text_add_char(out, '\n');
}

static void list_people(const struct undo_list *list, struct text *out)
{
	for (size_t i = 0; i < list->v.count; i++) {
		const struct undo_entry *e = &list->v.items[i];
		_cleanup_text_ struct text held = { 0 };
		uint64_t n = e->counts[TXN_ADD] + e->counts[TXN_REPLACE] + e->counts[TXN_DELETE] +
			     e->meta_count;
		char when[32] = "";
		struct tm tm;

		if (localtime_r(&e->began.tv_sec, &tm))
			(void)strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S", &tm);
		size_format(e->held, &held);
		text_printf(out, "%-28s %-20s %8llu change%s, %s held\n", e->id, when,
			    (unsigned long long)n, n == 1 ? "" : "s", text_str(&held));
	}
}

char *nacre_undo_list(const struct nacre_plan *plan, bool json, struct nacre_error *error)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const char *path = store_path(&arena, plan->plan->home);
	_cleanup_fd_ int store_fd = path ? store_open(path, true, &error->value) : -EBADF;
	struct undo_list list = { 0 };
	struct text out = { 0 };

	if (path && (store_fd < 0 || undo_list(&arena, store_fd, &list, &error->value) < 0))
		return NULL;
	if (json)
		list_json(&list, &out);
	else
		list_people(&list, &out);
	return handles_give(&out);
}
