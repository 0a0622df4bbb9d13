// SPDX-License-Identifier: MIT
/* Boxes for people, as a table or one at length, and as JSON (nacre-json(7)). */
#include "api/boxes.h"

#include "base/cleanup.h"
#include "base/lock.h"
#include "base/path.h"

#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

static const char *state_of(const struct box_view *view)
{
	if (view->look->living)
		return "living";
	if (view->box->running)
		return "running";
	return view->killed ? "killed" : "kept";
}

/* ---- words for people ---- */

static void add_size(struct text *out, const struct tree_size *size)
{
	/* What could not be looked into may hold anything. */
	if (size->partial)
		text_add(out, "> ");
	size_format(size->bytes, out);
}

void box_moment(struct text *out, int64_t seconds)
{
	time_t time = (time_t)seconds;
	char words[64] = "";
	struct tm tm;

	if (localtime_r(&time, &tm) && strftime(words, sizeof(words), "%Y-%m-%d %H:%M:%S", &tm))
		text_add(out, words);
}

static void add_command(struct text *out, const struct record *record)
{
	_cleanup_(arena_release) struct arena arena = { 0 };

	for (size_t i = 0; record && i < record->command.count; i++)
		text_printf(out, "%s%s", i ? " " : "", quote_path(&arena, record->command.items[i]));
}

/* ---- the table ---- */

enum column { NAME, STATE, PROCESSES, MEMBERS, CHANGES, SIZE, HELD, AGE, COMMAND, COLUMN_COUNT };

static const char *const titles[] = {
	[NAME] = "NAME",       [STATE] = "STATE",     [PROCESSES] = "PROCESSES",
	[MEMBERS] = "MEMBERS", [CHANGES] = "CHANGES", [SIZE] = "SIZE",
	[HELD] = "HELD",       [AGE] = "AGE",	      [COMMAND] = "COMMAND",
};
_Static_assert(ARRAY_LEN(titles) == COLUMN_COUNT, "each column has a title");

/* Numbers and sizes stand on the right of their column. */
static bool is_right(enum column column)
{
	return column == PROCESSES || column == MEMBERS || column == CHANGES || column == SIZE ||
	       column == HELD;
}

struct row {
	struct text cells[COLUMN_COUNT];
};

static void row_release(struct row *row)
{
	for (int i = 0; i < COLUMN_COUNT; i++)
		text_release(&row->cells[i]);
}

static void fill_row(struct row *row, const struct box_view *view, int64_t now, bool lives)
{
	text_add(&row->cells[NAME], view->box->name);
	text_add(&row->cells[STATE], state_of(view));
	if (lives) {
		life_processes_cell(view->look, &row->cells[PROCESSES]);
		life_members_cell(view->look, &row->cells[MEMBERS]);
	}
	if (view->record)
		text_printf(&row->cells[CHANGES], "%" PRIu64, view->changes);
	else
		text_add(&row->cells[CHANGES], "?");
	add_size(&row->cells[SIZE], &view->size);
	if (view->held)
		size_format(view->held, &row->cells[HELD]);
	else
		text_add_char(&row->cells[HELD], '-');
	span_format(now - view->box->used.tv_sec, &row->cells[AGE]);
	if (view->record)
		add_command(&row->cells[COMMAND], view->record);
	else
		text_add(&row->cells[COMMAND], "(its record cannot be read)");
}

/* How many columns of a terminal the text takes, as far as that can be known without its font: a character is one. */
static size_t width_of(const char *s)
{
	size_t width = 0, left = strlen(s);

	while (left) {
		uint32_t code;
		size_t n = utf8_decode(s, left, &code);

		n = n ? n : 1;
		s += n;
		left -= n;
		width++;
	}
	return width;
}

/* The text, or as much of it as there is room for. */
static void add_cut(struct text *out, const char *s, size_t room)
{
	size_t left = strlen(s);
	uint32_t code;

	if (width_of(s) <= room) {
		text_add(out, s);
		return;
	}
	for (size_t i = 0; i + 3 < room && left; i++) {
		size_t n = utf8_decode(s, left, &code);

		n = n ? n : 1;
		text_add_bytes(out, s, n);
		s += n;
		left -= n;
	}
	text_add(out, "...");
}

static void add_spaces(struct text *out, size_t n)
{
	while (n--)
		text_add_char(out, ' ');
}

static void add_row(struct text *out, const struct row *row, const size_t *widths, unsigned width)
{
	size_t at = 0;

	for (int i = 0; i < COMMAND; i++) {
		const char *cell = text_str(&row->cells[i]);
		size_t pad = widths[i] - width_of(cell);

		if (!widths[i])
			continue;
		if (is_right((enum column)i))
			add_spaces(out, pad);
		text_add(out, cell);
		add_spaces(out, (is_right((enum column)i) ? 0 : pad) + 2);
		at += widths[i] + 2;
	}
	/* A terminal too narrow for a column of it breaks the line where it likes. */
	add_cut(out, text_str(&row->cells[COMMAND]), width > at + 10 ? width - at : SIZE_MAX);
	text_add_char(out, '\n');
}

void boxes_table(const struct box_views *views, unsigned width, struct text *out)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	size_t widths[COLUMN_COUNT] = { 0 }, count = views->v.count + 1;
	struct row *rows = arena_alloc(&arena, count * sizeof(*rows));
	int64_t now = time(NULL);
	bool lives = false;

	if (!views->v.count)
		return;
	for (size_t i = 0; i < views->v.count; i++)
		lives = lives || views->v.items[i].look->living;
	for (int i = 0; i < COLUMN_COUNT; i++)
		if (lives || (i != PROCESSES && i != MEMBERS))
			text_add(&rows[0].cells[i], titles[i]);
	for (size_t i = 1; i < count; i++)
		fill_row(&rows[i], &views->v.items[i - 1], now, lives);
	for (size_t i = 0; i < count; i++) {
		for (int j = 0; j < COLUMN_COUNT; j++) {
			size_t n = width_of(text_str(&rows[i].cells[j]));

			widths[j] = n > widths[j] ? n : widths[j];
		}
	}
	for (size_t i = 0; i < count; i++) {
		add_row(out, &rows[i], widths, width);
		row_release(&rows[i]);
	}
}

/* ---- one box at length ---- */

void box_label(struct text *out, const char *label)
{
	text_printf(out, "  %-9s ", label);
}

static void add_ids(struct text *out, const char *label, const struct record_range *ranges,
		    size_t count)
{
	box_label(out, label);
	for (size_t i = 0; i < count; i++) {
		const struct record_range *r = &ranges[i];

		text_add(out, i ? ", " : "");
		if (r->count == 1)
			text_printf(out, "%" PRIu32 " is %" PRIu32 " outside", r->inside,
				    r->outside);
		else
			text_printf(out, "%" PRIu32 "-%" PRIu32 " are %" PRIu32 "-%" PRIu32,
				    r->inside, r->inside + (r->count - 1), r->outside,
				    r->outside + (r->count - 1));
	}
	text_add_char(out, '\n');
}

static bool find_holder(const struct box_view *view, struct lock_holder *ret)
{
	struct stat st;

	return view->box->running && lstat(view->box->path, &st) == 0 && lock_holder_find(&st, ret);
}

static void add_holder(struct text *out, const struct box_view *view)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct lock_holder holder;

	if (!find_holder(view, &holder))
		return;
	box_label(out, "held by");
	text_printf(out, "process %d%s%s\n", (int)holder.pid, *holder.command ? ": " : "",
		    *holder.command ? quote_path(&arena, holder.command) : "");
}

static void add_life(struct text *out, const struct record *record)
{
	size_t n = record->runs.count;

	box_label(out, "created");
	box_moment(out, record->created);
	text_add_char(out, '\n');
	if (n) {
		box_label(out, n == 1 ? "run" : "runs");
		if (n > 1)
			text_printf(out, "%zu, the last ", n);
		box_moment(out, record->runs.items[n - 1].tv_sec);
		text_add_char(out, '\n');
	}
	if (record->windows.count) {
		box_label(out, "committed");
		box_moment(out, record->windows.items[record->windows.count - 1].to.tv_sec);
		text_add_char(out, '\n');
	}
}

static void add_overlay(struct text *out, const struct box_view *view, size_t index)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const struct record_overlay *o = &view->record->overlays.items[index];

	text_printf(out, "\n%s, ", quote_path(&arena, o->place));
	add_size(out, &view->upper_sizes[index]);
	text_add(out, o->is_volatile ? ", not synced\n" : "\n");
	box_label(out, "upper");
	text_printf(
		out, "%s\n",
		quote_path(&arena, arena_printf(&arena, "%s/upper/%s", view->box->path, o->slot)));
	for (size_t i = 0; i < o->lowers.count; i++) {
		box_label(out, "lower");
		text_printf(out, "%s%s\n", quote_path(&arena, o->lowers.items[i].path),
			    o->lowers.items[i].shadow ? " of the box" : "");
	}
	if (o->seeds.count) {
		box_label(out, "seeds");
		text_printf(out, "%zu\n", o->seeds.count);
	}
}

static void add_paths(struct text *out, const struct box_view *view)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const struct record *record = view->record;

	box_label(out, "directory");
	text_printf(out, "%s\n", quote_path(&arena, view->box->path));
	box_label(out, "base");
	text_printf(out, "%s\n", quote_path(&arena, record->base));
	for (size_t i = 0; i < record->layers.count; i++) {
		box_label(out, "layer");
		text_printf(out, "%s\n", quote_path(&arena, record->layers.items[i]));
	}
	add_ids(out, "users", record->uids.items, record->uids.count);
	add_ids(out, "groups", record->gids.items, record->gids.count);
}

void box_text(const struct box_view *view, struct text *out)
{
	const struct record *record = view->record;

	text_printf(out, "box %s, %s\n", view->box->name, state_of(view));
	if (record->torn)
		text_add(out, "The machine was restarted while this box was not on disk: what it "
			      "holds may be incomplete.\n");
	box_label(out, "command");
	add_command(out, record);
	text_add_char(out, '\n');
	if (view->look->living)
		life_text(view->look, out);
	else
		add_holder(out, view);
	add_life(out, record);
	box_label(out, "changes");
	text_printf(out, "%" PRIu64 ", ", view->changes);
	add_size(out, &view->size);
	text_add_char(out, '\n');
	if (view->held) {
		box_label(out, "held");
		size_format(view->held, out);
		text_add(out, " for nacre undo\n");
	}
	add_paths(out, view);
	for (size_t i = 0; i < record->overlays.count; i++)
		add_overlay(out, view, i);
}

/* ---- JSON ---- */

/* Words are an array of strings; with one that is not UTF-8 there is also one of objects, as in a plan. */
static void json_command(struct json *j, const struct record *record)
{
	bool plain = true;

	json_array(j, "command");
	for (size_t i = 0; record && i < record->command.count; i++) {
		const char *word = record->command.items[i];

		plain = plain && utf8_valid(word, strlen(word));
		json_string(j, NULL, word);
	}
	json_end_array(j);
	if (plain)
		return;
	json_array(j, "command_words");
	for (size_t i = 0; i < record->command.count; i++) {
		json_object(j, NULL);
		json_path(j, "word", record->command.items[i]);
		json_end_object(j);
	}
	json_end_array(j);
}

static void json_size(struct json *j, const struct tree_size *size)
{
	json_unsigned(j, "size", size->bytes);
	json_bool(j, "size_complete", !size->partial);
}

/* What ls tells, too. */
static void json_members(struct json *j, const struct box_view *view, bool processes)
{
	json_string(j, "name", view->box->name);
	json_string(j, "state", state_of(view));
	life_json(j, view->look, processes);
	json_path(j, "path", view->box->path);
	json_bool(j, "readable", view->record != NULL);
	json_unsigned(j, "changes", view->changes);
	json_size(j, &view->size);
	json_unsigned(j, "held", view->held);
	json_number(j, "used", view->box->used.tv_sec);
	json_command(j, view->record);
}

void boxes_json(const struct box_views *views, struct text *out)
{
	struct json j = { .out = out, .pretty = true };

	json_object(&j, NULL);
	json_number(&j, "version", 1);
	json_array(&j, "boxes");
	for (size_t i = 0; i < views->v.count; i++) {
		json_object(&j, NULL);
		json_members(&j, &views->v.items[i], false);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_end_object(&j);
	text_add_char(out, '\n');
}

static void json_ranges(struct json *j, const char *name, const struct record_range *ranges,
			size_t count)
{
	json_array(j, name);
	for (size_t i = 0; i < count; i++) {
		json_object(j, NULL);
		json_unsigned(j, "inside", ranges[i].inside);
		json_unsigned(j, "outside", ranges[i].outside);
		json_unsigned(j, "count", ranges[i].count);
		json_end_object(j);
	}
	json_end_array(j);
}

static void json_overlay(struct json *j, const struct box_view *view, size_t index)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	const struct record_overlay *o = &view->record->overlays.items[index];

	json_object(j, NULL);
	json_path(j, "place", o->place);
	json_path(j, "upper", arena_printf(&arena, "%s/upper/%s", view->box->path, o->slot));
	json_bool(j, "volatile", o->is_volatile);
	json_size(j, &view->upper_sizes[index]);
	json_array(j, "lowers");
	for (size_t i = 0; i < o->lowers.count; i++) {
		json_object(j, NULL);
		json_path(j, "path", o->lowers.items[i].path);
		json_bool(j, "in_root", o->lowers.items[i].shadow);
		json_end_object(j);
	}
	json_end_array(j);
	json_unsigned(j, "seeds", o->seeds.count);
	json_end_object(j);
}

static void json_processes(struct json *j, const struct box_view *view)
{
	struct lock_holder holder;

	json_array(j, "processes");
	if (find_holder(view, &holder)) {
		json_object(j, NULL);
		json_number(j, "pid", holder.pid);
		json_path(j, "command_line", holder.command);
		json_end_object(j);
	}
	json_end_array(j);
}

static void json_life(struct json *j, const struct record *record)
{
	json_number(j, "created", record->created);
	json_bool(j, "torn", record->torn);
	json_array(j, "runs");
	for (size_t i = 0; i < record->runs.count; i++)
		json_number(j, NULL, record->runs.items[i].tv_sec);
	json_end_array(j);
	json_array(j, "commits");
	for (size_t i = 0; i < record->windows.count; i++)
		json_number(j, NULL, record->windows.items[i].to.tv_sec);
	json_end_array(j);
}

void box_json(const struct box_view *view, struct text *out)
{
	struct json j = { .out = out, .pretty = true };
	const struct record *record = view->record;

	json_object(&j, NULL);
	json_number(&j, "version", 1);
	json_members(&j, view, true);
	json_processes(&j, view);
	json_life(&j, record);
	json_path(&j, "base", record->base);
	json_array(&j, "layers");
	for (size_t i = 0; i < record->layers.count; i++) {
		json_object(&j, NULL);
		json_path(&j, "path", record->layers.items[i]);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_ranges(&j, "uid_map", record->uids.items, record->uids.count);
	json_ranges(&j, "gid_map", record->gids.items, record->gids.count);
	json_array(&j, "overlays");
	for (size_t i = 0; i < record->overlays.count; i++)
		json_overlay(&j, view, i);
	json_end_array(&j);
	json_end_object(&j);
	text_add_char(out, '\n');
}
