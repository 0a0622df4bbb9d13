// SPDX-License-Identifier: MIT
/* Status for people. */
#include "changes/show.h"

#include "base/cleanup.h"
#include "base/measure.h"
#include "base/path.h"
#include "base/text.h"
#include "changes/mark.h"

#include <inttypes.h>
#include <string.h>

/* Notes begin here unless the path is longer; a line of 80 columns has room for most. */
enum { NOTE_COLUMN = 46 };

static const char *const section_names[SECTION_COUNT] = {
	[SECTION_HERE] = "this directory",
	[SECTION_HOME] = "home",
	[SECTION_SYSTEM] = "system",
};

bool show_wants(const struct change *change, bool all)
{
	return (change->flags & CHANGE_PICKED) && !(change->flags & CHANGE_SOURCE) &&
	       (all || !(change->flags & CHANGE_INSIDE));
}

bool show_tells(const struct change *change, bool all)
{
	return show_wants(change, all || (change->flags & CHANGE_ALERT));
}

uint64_t show_count(const struct changes *c, bool all)
{
	uint64_t n = 0;

	for (size_t i = 0; i < c->count; i++)
		n += show_wants(&c->v[i], all);
	return n;
}

void show_typed(const char *path, const char *cwd, const char *home, struct text *out)
{
	size_t before = out->len, below_home = 0;
	const char *shown = path;

	if (cwd && cwd[1] && path_below(path, cwd)) {
		shown = path_relative(path, cwd);
		shown = *shown ? shown : ".";
	} else if (home && home[1] && path_below(path, home)) {
		shown = path_relative(path, home);
		text_add(out, *shown ? "~/" : "~");
		below_home = out->len;
	}
	if (*shown)
		quote_text(out, shown);
	/* In quotes a shell would not take "~" for the home. */
	if (below_home && out->len > below_home && out->data[below_home] == '"') {
		out->len = before;
		quote_text(out, path);
	}
}

void show_path(const struct changes *c, const struct change *change, const struct show_options *o,
	       struct text *out)
{
	_cleanup_text_ struct text path = { 0 };

	change_path(c, change, &path);
	show_typed(text_str(&path), o->cwd, o->home, out);
}

static void add_counted(struct text *out, uint64_t n, const char *what)
{
	text_printf(out, "%" PRIu64 " %s%s", n, what, n == 1 ? "" : "s");
}

static void add_whole(const struct changes *c, const struct change *change, struct text *out)
{
	bool gone = change->kind == CHANGE_DELETED;
	uint32_t files = gone ? change->old_files : change->files;

	if (!files) {
		const struct change *next = change + 1;

		text_add(out, next < c->v + c->count && (next->flags & CHANGE_INSIDE)
				      ? "directories"
				      : "empty");
		return;
	}
	add_counted(out, files, "file");
	text_add(out, ", ");
	size_format(gone ? change->old_size : change->size, out);
}

static const char *type_name(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return "file";
	case S_IFDIR:
		return "directory";
	case S_IFLNK:
		return "link";
	case S_IFIFO:
		return "fifo";
	case S_IFSOCK:
		return "socket";
	default:
		return "device";
	}
}

/* What differs besides the content: "mode 0644 → 0755, owner 0:0 → 1000:1000". */
static void add_differences(const struct change *change, struct text *out)
{
	const char *between = "";

	if (change->differs & DIFFERS_MODE) {
		text_printf(out, "mode %04o → %04o", (unsigned)(change->old_mode & 07777),
			    (unsigned)(change->mode & 07777));
		between = ", ";
	}
	if (change->differs & DIFFERS_OWNER) {
		text_printf(out, "%sowner %u:%u → %u:%u", between, (unsigned)change->old_uid,
			    (unsigned)change->old_gid, (unsigned)change->uid, (unsigned)change->gid);
		between = ", ";
	}
	if (change->differs & DIFFERS_XATTRS) {
		text_printf(out, "%sattributes", between);
		between = ", ";
	}
	if (change->differs & DIFFERS_LINKS) {
		text_printf(out, "%shard links", between);
		between = ", ";
	}
	if (!*between && (change->differs & DIFFERS_MTIME))
		text_add(out, "time");
}

static void add_sizes(const struct change *change, struct text *out)
{
	if (change->old_size != change->size) {
		size_format(change->old_size, out);
		text_add(out, " → ");
	}
	size_format(change->size, out);
}

void show_note(const struct changes *c, const struct change *change, const struct show_options *o,
	       struct text *out)
{
	switch ((enum change_kind)change->kind) {
	case CHANGE_ADDED:
	case CHANGE_DELETED: {
		mode_t mode = change->kind == CHANGE_ADDED ? change->mode : change->old_mode;

		if (change->flags & CHANGE_WHOLE)
			add_whole(c, change, out);
		else if (S_ISREG(mode))
			size_format(change->kind == CHANGE_ADDED ? change->size : change->old_size,
				    out);
		else
			text_add(out, type_name(mode));
		break;
	}
	case CHANGE_MODIFIED:
		if (S_ISREG(change->mode))
			add_sizes(change, out);
		else
			text_add(out, type_name(change->mode));
		if (change->differs & (DIFFERS_MODE | DIFFERS_OWNER | DIFFERS_LINKS)) {
			text_add(out, ", ");
			add_differences(change, out);
		}
		break;
	case CHANGE_TYPE:
		text_printf(out, "%s → %s", type_name(change->old_mode), type_name(change->mode));
		break;
	case CHANGE_RENAMED:
		text_add(out, "from ");
		show_path(c, &c->v[change->from], o, out);
		break;
	case CHANGE_META:
		add_differences(change, out);
		break;
	}
	if ((change->flags & CHANGE_EXECUTABLE) && !change->mark)
		text_add(out, ", executable");
}

static const char *colour_of(const struct change *change)
{
	switch ((enum change_kind)change->kind) {
	case CHANGE_ADDED:
		return "\033[32m";
	case CHANGE_DELETED:
		return "\033[31m";
	case CHANGE_RENAMED:
		return "\033[36m";
	case CHANGE_MODIFIED:
	case CHANGE_TYPE:
	case CHANGE_META:
		break;
	}
	return "\033[33m";
}

/* Columns of well-formed UTF-8, one a character: enough to line up what people name their files. */
static size_t width(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

/* To where notes stand, two at least. */
static void add_spaces(struct text *out, size_t column)
{
	static const char spaces[NOTE_COLUMN + 1] =
		"                                              ";

	text_add_bytes(out, spaces, column + 2 < NOTE_COLUMN ? NOTE_COLUMN - column : 2);
}

static void add_line(const struct changes *c, const struct change *change,
		     const struct show_options *o, struct text *out)
{
	size_t path, note, end;

	if (change->mark && o->colour)
		text_add(out, "\033[1;31m!\033[m ");
	else
		text_add(out, change->mark ? "! " : "  ");
	text_add(out, o->colour ? colour_of(change) : "");
	text_add_char(out, (char)change->kind);
	text_add(out, o->colour ? "\033[m " : " ");
	path = out->len;
	show_path(c, change, o, out);
	if (S_ISDIR(change->mode ? change->mode : change->old_mode) &&
	    out->data[out->len - 1] != '/')
		text_add_char(out, '/');
	end = out->len;
	add_spaces(out, width(out->data + path));
	note = out->len;
	show_note(c, change, o, out);
	if (change->mark)
		text_printf(out, "%s(%s)", out->len > note ? "  " : "", mark_sentence(change->mark));
	/* Without a note there is nothing to line up. */
	if (out->len == note)
		out->len = end;
	text_add_char(out, '\n');
}

static bool in_section(const struct change *change, unsigned section, const struct show_options *o)
{
	return show_tells(change, o->all) && change->section == section &&
	       (o->all || !(change->flags & CHANGE_CACHE) || change->mark);
}

/* A blank line between parts, where there is none yet. */
static void add_blank(struct text *out)
{
	if (out->len && (out->len < 2 || out->data[out->len - 2] != '\n'))
		text_add_char(out, '\n');
}

static void add_section(const struct changes *c, unsigned section, const struct show_options *o,
			struct text *out)
{
	bool headed = false;

	for (size_t i = 0; i < c->count; i++) {
		if (!in_section(&c->v[i], section, o))
			continue;
		if (!headed) {
			add_blank(out);
			text_printf(out, "%s:\n", section_names[section]);
		}
		headed = true;
		add_line(c, &c->v[i], o, out);
	}
}

/* What of the caches was not shown, in one line. */
static void add_folded(const struct changes *c, const struct show_options *o, struct text *out)
{
	uint64_t files = 0, size = 0;
	bool any = false;

	for (size_t i = 0; !o->all && i < c->count; i++) {
		const struct change *change = &c->v[i];

		if (!show_wants(change, false) || !(change->flags & CHANGE_CACHE) || change->mark)
			continue;
		any = true;
		files += !S_ISDIR(change->mode ? change->mode : change->old_mode);
		if (change->flags & CHANGE_WHOLE)
			files += (uint64_t)change->files + change->old_files;
		size += change->size;
	}
	if (!any)
		return;
	add_blank(out);
	text_add(out, "caches: ");
	add_counted(out, files, "file");
	text_add(out, ", ");
	size_format(size, out);
	text_add(out, " (--all shows them)\n");
}

void show_status(const struct changes *c, const struct show_options *o, struct text *out)
{
	for (unsigned section = 0; section < SECTION_COUNT; section++)
		add_section(c, section, o, out);
	add_folded(c, o, out);
}
