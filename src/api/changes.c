// SPDX-License-Identifier: MIT
/* The changes of a box: finding the box, reading it, showing it. */
#include "nacre.h"

#include "api/changes.h"
#include "api/handles.h"
#include "api/remote.h"
#include "base/cleanup.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "changes/diff.h"
#include "changes/mark.h"
#include "changes/recover.h"
#include "changes/rename.h"
#include "changes/select.h"
#include "changes/show.h"
#include "changes/walk.h"
#include "enter/idmaps.h"
#include "state/store.h"

#include <string.h>
#include <sys/stat.h>

/* A box by its directory; what is taken from it is taken back from our own store. */
static int take_foreign(struct nacre_changes *ch, struct error *err)
{
	const char *store = store_path(&ch->arena, ch->plan->home);

	if (!store)
		return fail(err, ERROR_USAGE, 0, "there is no home directory to keep an undo in");
	ch->foreign = true;
	ch->box = (struct store_box){
		.store = store,
		.name = path_name(ch->plan->ask.from),
		.path = ch->plan->ask.from,
	};
	return 0;
}

/* "NAME PATH…" or "PATH…" of the box used last: the first word is a name when there is such a box, or when it can be nothing else. */
static int find_box(struct nacre_changes *ch, struct error *err)
{
	const char *home = ch->plan->home, *first = ch->words[0];
	struct error unknown = { 0 };

	if (ch->plan->ask.from)
		return take_foreign(ch, err);
	if (!first)
		return store_find(&ch->arena, home, NULL, &ch->box, err);
	if (!strchr(first, '/') && store_find(&ch->arena, home, first, &ch->box, &unknown) == 0) {
		ch->words++;
		return 0;
	}
	/* One word without a slash or a pattern looks like a name that was mistyped. */
	if (!ch->words[1] && !strpbrk(first, "/*?[.~")) {
		*err = unknown;
		return -1;
	}
	return store_find(&ch->arena, home, NULL, &ch->box, err);
}

static int open_box(struct nacre_changes *ch, bool hold, struct error *err)
{
	if (hold) {
		ch->box_fd = store_lock(&ch->box, STORE_SHARED, err);
		return ch->box_fd < 0 ? -1 : 0;
	}
	ch->box_fd = sys_open(ch->box.path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (ch->box_fd >= 0)
		return 0;
	(void)fail_call(err, CALL_STATE, ch->box.path);
	return fail_message(err, "cannot open the box %s", Q(ch->box.name));
}

static size_t take_ranges(struct arena *arena, const struct record_range *from, size_t count,
			  struct id_range **ret)
{
	*ret = arena_alloc(arena, (count + 1) * sizeof(**ret));
	for (size_t i = 0; i < count; i++)
		(*ret)[i] = (struct id_range){ from[i].outside, from[i].outside, from[i].count };
	return count;
}

static bool has_ids_of_others(const struct record *record)
{
	return record->uids.count > 1 || record->gids.count > 1;
}

int changes_enter_ids(struct nacre_changes *ch, struct error *err)
{
	/* Of the process, not of the handle: a list that was used up is opened anew, and subordinate ids can be mapped only once. */
	static bool entered;
	const struct record *record = &ch->list.record;
	struct id_range *uids, *gids;
	size_t n, m;

	ch->own_ids = ch->own_ids || entered;
	if (ch->own_ids || geteuid() == 0)
		return 0;
	n = take_ranges(&ch->arena, record->uids.items, record->uids.count, &uids);
	m = take_ranges(&ch->arena, record->gids.items, record->gids.count, &gids);
	if (idmaps_enter(uids, n, gids, m, err) < 0)
		return -1;
	ch->own_ids = entered = true;
	return 0;
}

/* A record says which directory stands behind a place. Of somebody else's it must be the place itself: what is shown is what happens. */
static int refuse_disguise(const struct record *record, struct error *err)
{
	for (size_t i = 0; i < record->overlays.count; i++) {
		const struct record_overlay *o = &record->overlays.items[i];

		if (record->base[1] ||
		    (o->lowers.count && strcmp(o->lowers.items[0].path, o->place) != 0)) {
			(void)fail(err, ERROR_PLAN, 0, "cannot take changes from this box");
			error_explain(err, "from-other-base", NULL, NULL);
			return -1;
		}
	}
	return 0;
}

/*
 * What an interrupted commit or undo left between the box and its base is neither the one's nor the other's: it is finished or
 * taken back before anybody looks.
 */
static int settle(struct nacre_changes *ch, struct error *err)
{
	struct error ignored;
	_cleanup_fd_ int fd = ch->box.running ? -EBADF : store_open(ch->box.store, false, &ignored);

	int answer;

	if (fd < 0 || !recover_pending(fd, ch->box.name))
		return 0;
	if (record_load(&ch->list.arena, ch->box_fd, &ch->list.record, err) < 0 ||
	    changes_enter_ids(ch, err) < 0)
		return -1;
	answer = recover_box(fd, ch->box.name, err);
	/* The record is another one now. */
	changes_release(&ch->list);
	return answer;
}

/* Most boxes can be read as they are; a directory of mode 0000 cannot, not even by its owner. */
static int read_list(struct nacre_changes *ch, struct error *err)
{
	struct stat st = { 0 };

	if (!ch->foreign && settle(ch, err) < 0)
		return -1;
	/* Before it is read: what comes later is noticed. */
	(void)fstatat(ch->box_fd, "record", &st, AT_SYMLINK_NOFOLLOW);
	ch->record_ino = st.st_ino;
	ch->record_time = st.st_mtim;
	if (record_load(&ch->list.arena, ch->box_fd, &ch->list.record, err) < 0 ||
	    (ch->foreign && refuse_disguise(&ch->list.record, err) < 0) ||
	    ((ch->held || has_ids_of_others(&ch->list.record)) && changes_enter_ids(ch, err) < 0))
		return -1;
	if (changes_read(&ch->list, ch->box_fd, err) == 0)
		return 0;
	if (err->sys != EACCES || ch->own_ids || geteuid() == 0 || changes_enter_ids(ch, err) < 0)
		return -1;
	changes_release(&ch->list);
	return changes_read(&ch->list, ch->box_fd, err);
}

static void mark_list(struct nacre_changes *ch)
{
	const char *cache = getenv("XDG_CACHE_HOME");

	changes_mark(&ch->list, &(struct mark_world){
					.cwd = ch->plan->cwd,
					.home = ch->plan->home,
					.path = getenv("PATH"),
					.cache = cache && *cache == '/' ? cache : NULL,
				});
}

int changes_handle_open(const struct nacre_plan *plan, const char *const *words, bool hold,
			struct nacre_changes **ret, struct error *err)
{
	struct arena arena = { 0 };
	struct nacre_changes *ch = arena_new(&arena, struct nacre_changes);

	*ch = (struct nacre_changes){
		.arena = arena,
		.plan = plan->plan,
		.box_fd = -EBADF,
		.server = ASIDE_NONE,
		.held = hold,
		.hunks_of = SIZE_MAX,
		.words = words,
	};
	if (find_box(ch, err) == 0 && open_box(ch, hold, err) == 0 && read_list(ch, err) == 0 &&
	    changes_pick(&ch->list, ch->words, plan->plan->cwd, plan->plan->home, err) == 0) {
		mark_list(ch);
		*ret = ch;
		return 0;
	}
	nacre_changes_free(ch);
	return -1;
}

int nacre_changes_open(const struct nacre_plan *plan, const char *const *words,
		       struct nacre_changes **ret, struct nacre_error *error)
{
	return plan->plan->owns_process
		       ? changes_handle_open(plan, words, false, ret, &error->value)
		       : remote_open(plan, words, ret, error);
}

void nacre_changes_free(struct nacre_changes *ch)
{
	if (!ch)
		return;
	remote_close(ch);
	hunks_release(&ch->hunks);
	text_release(&ch->path);
	text_release(&ch->shown);
	text_release(&ch->note);
	changes_release(&ch->list);
	ch->box_fd = close_fd(ch->box_fd);
	arena_release(&ch->arena);
}

uint64_t nacre_changes_count(const struct nacre_changes *ch)
{
	/* Asking puts down what is kept of the list, and no more. */
	return ch->remote ? remote_count((struct nacre_changes *)ch) : show_count(&ch->list, false);
}

bool nacre_changes_running(const struct nacre_changes *ch)
{
	return ch->box.running;
}

const char *nacre_changes_box(const struct nacre_changes *ch)
{
	return ch->box.name;
}

static struct show_options options_of(const struct nacre_changes *ch, bool colour)
{
	return (struct show_options){
		.cwd = ch->plan->cwd,
		.home = ch->plan->home,
		.all = ch->plan->ask.all,
		.colour = colour,
		.nul = ch->plan->ask.nul,
	};
}

static const char *dir_of(const struct nacre_changes *ch)
{
	const char *relative = ch->plan->ask.relative;

	return relative ? relative : diff_dir(&ch->list, ch->plan->cwd);
}

int nacre_changes_diff(struct nacre_changes *ch, bool colour, bool terminal, nacre_sink sink,
		       void *arg, struct nacre_error *error)
{
	const struct patch_options options = { .colour = colour, .terminal = terminal };

	if (ch->remote)
		return remote_diff(ch, colour, terminal, sink, arg, error);
	changes_find_renames(&ch->list);
	return diff_patch(&ch->list, dir_of(ch), &options, sink, arg, &error->value);
}

char *nacre_changes_stat(struct nacre_changes *ch, bool colour, size_t width,
			 struct nacre_error *error)
{
	const struct patch_options options = { .colour = colour };
	struct text out = { 0 };

	if (ch->remote)
		return remote_stat(ch, colour, width, error);
	changes_find_renames(&ch->list);
	if (diff_stat(&ch->list, dir_of(ch), &options, width, &out, &error->value) == 0)
		return handles_give(&out);
	text_release(&out);
	return NULL;
}

char *nacre_changes_patch(struct nacre_changes *ch, size_t index, bool colour,
			  struct nacre_error *error)
{
	const struct patch_options options = { .colour = colour, .terminal = true };
	struct text out = { 0 };

	if (ch->remote)
		return remote_patch(ch, index, colour, error);
	if (diff_one(&ch->list, index, "/", &options, &out, &error->value) == 0)
		return handles_give(&out);
	text_release(&out);
	return NULL;
}

size_t nacre_changes_size(const struct nacre_changes *ch)
{
	return ch->remote ? ch->batch.size : ch->list.count;
}

void nacre_changes_get(struct nacre_changes *ch, size_t index, struct nacre_change *ret)
{
	const struct change *change;
	struct show_options options;
	struct nacre_change value;

	if (ch->remote) {
		remote_get(ch, index, ret);
		return;
	}
	change = &ch->list.v[index];
	options = options_of(ch, false);
	text_clear(&ch->path);
	text_clear(&ch->shown);
	text_clear(&ch->note);
	change_path(&ch->list, change, &ch->path);
	show_path(&ch->list, change, &options, &ch->shown);
	show_note(&ch->list, change, &options, &ch->note);
	value = (struct nacre_change){
		.kind = (char)change->kind,
		.path = text_str(&ch->path),
		.shown = text_str(&ch->shown),
		.note = text_str(&ch->note),
		.runs = change->mark ? mark_sentence(change->mark) : NULL,
		.directory = S_ISDIR(change->mode ? change->mode : change->old_mode),
		.whole = change->flags & CHANGE_WHOLE,
		.inside = change->flags & CHANGE_INSIDE,
		.alert = change->flags & CHANGE_ALERT,
		.cache = change->flags & CHANGE_CACHE,
		.picked = change->flags & CHANGE_PICKED,
		.former = change->flags & CHANGE_SOURCE,
	};
	handles_fill(ret, &value, sizeof(value));
}

static void pick_one(struct change *change, bool picked)
{
	change->flags = (uint8_t)(picked ? change->flags | CHANGE_PICKED
					 : change->flags & ~CHANGE_PICKED);
}

void nacre_changes_pick(struct nacre_changes *ch, size_t index, bool picked)
{
	struct text above = { 0 }, path = { 0 };

	if (ch->remote) {
		remote_pick(ch, index, picked);
		return;
	}
	change_path(&ch->list, &ch->list.v[index], &above);
	for (; index < ch->list.count; index++) {
		struct change *change = &ch->list.v[index];

		text_clear(&path);
		change_path(&ch->list, change, &path);
		if (!path_below(text_str(&path), text_str(&above)))
			break;
		pick_one(change, picked);
		if (change->kind == CHANGE_RENAMED)
			pick_one(&ch->list.v[change->from], picked);
	}
	text_release(&above);
	text_release(&path);
}

static void show_people(struct nacre_changes *ch, const struct show_options *options,
			struct text *out)
{
	uint64_t n;

	changes_find_renames(&ch->list);
	n = show_count(&ch->list, false);
	text_printf(out, "box %s", ch->box.name);
	if (ch->list.record.base[1])
		text_printf(out, " over %s", Q(ch->list.record.base));
	text_printf(out, n == 1 ? ": 1 change\n" : ": %llu changes\n", (unsigned long long)n);
	if (ch->list.record.torn)
		text_add(out, "The machine was restarted while this box was not on disk: what it "
			      "holds may be incomplete.\n");
	if (n)
		text_add_char(out, '\n');
	show_status(&ch->list, options, out);
}

char *nacre_changes_status(struct nacre_changes *ch, bool colour, size_t *ret_len)
{
	struct show_options options = options_of(ch, colour);
	const struct ask *ask = &ch->plan->ask;
	struct text out = { 0 };

	if (ch->remote)
		return remote_status(ch, colour, ret_len);
	if (ch->plan->output.json || ask->json) {
		changes_find_renames(&ch->list);
		show_json(&ch->list, &options, &out);
	} else if (ask->porcelain || ask->name_only || ask->nul) {
		show_lines(&ch->list, &options, ask->name_only, &out);
	} else {
		show_people(ch, &options, &out);
	}
	*ret_len = out.len;
	return handles_give(&out);
}
