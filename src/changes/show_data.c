// SPDX-License-Identifier: MIT
/* The list for programs: lines, and JSON. */
#include "changes/show.h"

#include "base/cleanup.h"
#include "base/json.h"
#include "base/path.h"
#include "base/text.h"
#include "changes/mark.h"

static void add_lines_of(const struct changes *c, const struct change *change, char letter,
			 const struct show_options *o, bool names_only, struct text *out)
{
	_cleanup_text_ struct text path = { 0 };

	if (!names_only) {
		text_add_char(out, letter);
		text_add_char(out, '\t');
	}
	if (o->nul) {
		change_path(c, change, out);
		text_add_char(out, '\0');
		return;
	}
	change_path(c, change, &path);
	quote_text(out, text_str(&path));
	text_add_char(out, '\n');
}

void show_lines(const struct changes *c, const struct show_options *o, bool names_only,
		struct text *out)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct change *change = &c->v[i];

		if (!(change->flags & CHANGE_PICKED) || (!o->all && (change->flags & CHANGE_INSIDE)))
			continue;
		add_lines_of(c, change,
			     change->kind == CHANGE_RENAMED ? CHANGE_ADDED : (char)change->kind, o,
			     names_only, out);
	}
}

static const char *type_word(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return "file";
	case S_IFDIR:
		return "directory";
	case S_IFLNK:
		return "symlink";
	case S_IFIFO:
		return "fifo";
	case S_IFSOCK:
		return "socket";
	case S_IFBLK:
		return "block";
	default:
		return "char";
	}
}

static void add_object(struct json *j, const char *name, mode_t mode, uid_t uid, gid_t gid,
		       uint64_t size)
{
	char octal[8];

	if (!mode) {
		json_string(j, name, NULL);
		return;
	}
	(void)snprintf(octal, sizeof(octal), "%04o", (unsigned)(mode & 07777));
	json_object(j, name);
	json_string(j, "type", type_word(mode));
	json_string(j, "mode", octal);
	json_unsigned(j, "uid", uid);
	json_unsigned(j, "gid", gid);
	json_unsigned(j, "size", size);
	json_end_object(j);
}

static void add_differs(struct json *j, unsigned differs)
{
	static const char *const words[] = { "content", "mode",	  "owner",
					     "mtime",	"xattrs", "hard-links" };

	json_array(j, "differs");
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (differs & (1U << i))
			json_string(j, NULL, words[i]);
	json_end_array(j);
}

static void add_change(struct json *j, const struct changes *c, const struct change *change)
{
	static const char *const sections[] = { "here", "home", "system" };
	const char letter[] = { (char)change->kind, '\0' };
	_cleanup_text_ struct text path = { 0 };

	change_path(c, change, &path);
	json_object(j, NULL);
	json_string(j, "kind", letter);
	json_path(j, "path", text_str(&path));
	if (change->kind == CHANGE_RENAMED) {
		text_clear(&path);
		change_path(c, &c->v[change->from], &path);
		json_path(j, "from", text_str(&path));
	}
	add_object(j, "now", change->mode, change->uid, change->gid, change->size);
	add_object(j, "old", change->old_mode, change->old_uid, change->old_gid, change->old_size);
	if (change->differs)
		add_differs(j, change->differs);
	if (change->flags & CHANGE_WHOLE) {
		json_unsigned(j, "files", change->files);
		json_unsigned(j, "old_files", change->old_files);
	}
	if (change->flags & CHANGE_INSIDE)
		json_bool(j, "inside", true);
	json_string(j, "section", sections[change->section]);
	if (change->flags & CHANGE_CACHE)
		json_bool(j, "cache", true);
	if (change->mark)
		json_string(j, "runs", mark_word(change->mark));
	json_end_object(j);
}

void show_json(const struct changes *c, const struct show_options *o, struct text *out)
{
	struct json j = { .out = out, .pretty = true };

	json_object(&j, NULL);
	json_unsigned(&j, "version", 1);
	json_string(&j, "box", c->record.name);
	json_path(&j, "base", c->record.base);
	json_bool(&j, "torn", c->record.torn);
	json_array(&j, "changes");
	for (size_t i = 0; i < c->count; i++)
		if (show_tells(&c->v[i], o->all))
			add_change(&j, c, &c->v[i]);
	json_end_array(&j);
	json_unsigned(&j, "unchanged_copies", c->noise);
	json_end_object(&j);
	text_add_char(out, '\n');
}
