// SPDX-License-Identifier: MIT
/*
 * The patch of one change: its facts, then the lines that programs act on.
 *
 * What git apply 2.39 and patch 2.7 take alike is narrower than either:
 *   names      with a blank must be quoted, or patch(1) ends them there (quote_patch())
 *   links      changed ones need "old mode 120000", as there is no index line to carry it; renamed ones are deleted and created
 *   deletion   of an empty file is believed by patch(1) only with an index line
 *   binary     "Binary files differ" fails both, so it is a fact
 */
#include "changes/patch.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "changes/patch_content.h"
#include "changes/patch_facts.h"
#include "changes/quote.h"

#include <string.h>

static const struct {
	const char *begin, *end;
} colours[] = {
	[PATCH_PLAIN] = { "", "" },
	[PATCH_META] = { "\033[1m", "\033[m" },
	[PATCH_HUNK] = { "\033[36m", "\033[m" },
	[PATCH_OLD] = { "\033[31m", "\033[m" },
	[PATCH_NEW] = { "\033[32m", "\033[m" },
};

void patch_open_line(const struct patch_change *p, enum patch_colour colour)
{
	if (p->options->colour)
		text_add(p->out, colours[colour].begin);
}

void patch_close_line(const struct patch_change *p, enum patch_colour colour)
{
	if (p->options->colour)
		text_add(p->out, colours[colour].end);
	text_add_char(p->out, '\n');
}

/* A line of the header that ends with a name; prefix is part of the name. */
static void add_name(const struct patch_change *p, const char *line, const char *prefix,
		     const char *name)
{
	patch_open_line(p, PATCH_META);
	text_add(p->out, line);
	quote_patch(p->out, prefix, name);
	patch_close_line(p, PATCH_META);
}

static void add_mode(const struct patch_change *p, const char *line, const struct patch_side *side)
{
	patch_open_line(p, PATCH_META);
	text_printf(p->out, "%s %06o", line, patch_git_mode(side->st.st_mode));
	patch_close_line(p, PATCH_META);
}

static void add_line(const struct patch_change *p, const char *line)
{
	patch_open_line(p, PATCH_META);
	text_add(p->out, line);
	patch_close_line(p, PATCH_META);
}

static void add_modes(const struct patch_change *p)
{
	if (!p->old) {
		add_mode(p, "new file mode", p->now);
	} else if (!p->now) {
		add_mode(p, "deleted file mode", p->old);
	} else if (S_ISLNK(p->now->st.st_mode) ||
		   patch_git_mode(p->old->st.st_mode) != patch_git_mode(p->now->st.st_mode)) {
		add_mode(p, "old mode", p->old);
		add_mode(p, "new mode", p->now);
	}
}

static void add_header(const struct patch_change *p)
{
	bool hunks = p->difference.form == DIFFERENCE_TEXT && p->difference.hunks.v.count;

	patch_open_line(p, PATCH_META);
	text_add(p->out, "diff --git ");
	quote_patch(p->out, "a/", p->from);
	text_add_char(p->out, ' ');
	quote_patch(p->out, "b/", p->path);
	patch_close_line(p, PATCH_META);
	add_modes(p);
	if (p->from != p->path) {
		add_line(p, "similarity index 100%");
		add_name(p, "rename from ", "", p->from);
		add_name(p, "rename to ", "", p->path);
	}
	/* The name that git has for an empty blob. */
	if (!p->now && !hunks)
		add_line(p, "index e69de29..0000000");
	if (!hunks)
		return;
	if (p->old)
		add_name(p, "--- ", "a/", p->from);
	else
		add_line(p, "--- /dev/null");
	if (p->now)
		add_name(p, "+++ ", "b/", p->path);
	else
		add_line(p, "+++ /dev/null");
}

static void add_content(const struct patch_change *p, const char *bytes, size_t size)
{
	if (p->options->terminal)
		quote_visible(p->out, bytes, size);
	else
		text_add_bytes(p->out, bytes, size);
}

static void add_hunk_line(const struct patch_change *p, const struct hunk_line *line)
{
	enum patch_colour colour = line->sign == '-'   ? PATCH_OLD
				   : line->sign == '+' ? PATCH_NEW
						       : PATCH_PLAIN;
	bool whole = line->size && line->bytes[line->size - 1] == '\n';

	patch_open_line(p, colour);
	text_add_char(p->out, line->sign);
	add_content(p, line->bytes, line->size - whole);
	patch_close_line(p, colour);
	if (!whole)
		text_add(p->out, "\\ No newline at end of file\n");
}

static void add_hunks(const struct patch_change *p)
{
	const struct hunks *h = &p->difference.hunks;

	if (!p->options->colour && !p->options->terminal) {
		text_add_bytes(p->out, text_str(&h->diff), h->diff.len);
		return;
	}
	for (size_t i = 0; i < h->v.count; i++) {
		struct hunk_line line;

		patch_open_line(p, PATCH_HUNK);
		add_content(p, h->v.items[i].header, h->v.items[i].header_size);
		patch_close_line(p, PATCH_HUNK);
		for (size_t at = 0; hunk_next_line(&h->v.items[i], &at, &line);)
			add_hunk_line(p, &line);
	}
}

static void change_release(struct patch_change *p)
{
	difference_release(&p->difference);
}

static int add_change(struct patch_change *p, struct error *err)
{
	if (patch_add_facts(p, err) < 0)
		return -1;
	if (patch_is_applied(p)) {
		add_header(p);
		add_hunks(p);
	}
	return 0;
}

/* The two sides are of one type, or one is absent. Sets *removed when a patch says the removal of the old one. */
static int add_pair(const char *path, const struct patch_side *old, const struct patch_side *now,
		    bool blocked, const struct patch_options *options, struct text *out,
		    bool *ret_removed, struct error *err)
{
	_cleanup_(change_release) struct patch_change p = { .from = path,
							    .path = path,
							    .old = old,
							    .now = now,
							    .options = options,
							    .blocked = blocked,
							    .out = out };

	if (difference_read(path, old, now, options, &p.difference, err) < 0 ||
	    add_change(&p, err) < 0)
		return -1;
	*ret_removed = patch_is_applied(&p);
	return 0;
}

static bool same_type(const struct patch_side *a, const struct patch_side *b)
{
	return (a->st.st_mode & S_IFMT) == (b->st.st_mode & S_IFMT);
}

int patch_object(const char *path, const struct patch_side *old, const struct patch_side *now,
		 const struct patch_options *options, struct text *out, struct error *err)
{
	bool removed;

	if (!old || !now || same_type(old, now))
		return add_pair(path, old, now, false, options, out, &removed, err);
	if (add_pair(path, old, NULL, false, options, out, &removed, err) < 0)
		return -1;
	/* A directory goes with the last of its files. */
	removed = removed || S_ISDIR(old->st.st_mode);
	return add_pair(path, NULL, now, !removed, options, out, &removed, err);
}

int patch_rename(const char *from, const struct patch_side *old, const char *path,
		 const struct patch_side *now, const struct patch_options *options,
		 struct text *out, struct error *err)
{
	_cleanup_(change_release) struct patch_change p = {
		.from = from, .path = path, .old = old, .now = now, .options = options, .out = out
	};

	if (!S_ISREG(old->st.st_mode)) {
		if (patch_object(from, old, NULL, options, out, err) < 0)
			return -1;
		return patch_object(path, NULL, now, options, out, err);
	}
	/* The content is not looked at: the caller has found that it is the same. */
	p.difference.same = p.difference.old.there = p.difference.now.there = true;
	p.difference.old.fd = p.difference.now.fd = -EBADF;
	return add_change(&p, err);
}

static int count_pair(const char *path, const struct patch_side *old, const struct patch_side *now,
		      const struct patch_options *options, struct patch_stat *ret, struct error *err)
{
	_cleanup_(difference_release) struct difference d = { 0 };

	if (difference_read(path, old, now, options, &d, err) < 0)
		return -1;
	*ret = (struct patch_stat){ .path = path, .binary = d.form != DIFFERENCE_TEXT };
	if (!ret->binary) {
		hunks_count(&d.hunks, &ret->added, &ret->removed);
	} else if (!d.same) {
		ret->added = d.now.size;
		ret->removed = d.old.size;
	}
	return 0;
}

/* In bytes, of what has content. */
static uint64_t content_size(const struct patch_side *side)
{
	bool has = S_ISREG(side->st.st_mode) || S_ISLNK(side->st.st_mode);

	return has ? (uint64_t)side->st.st_size : 0;
}

int patch_count(const char *path, const struct patch_side *old, const struct patch_side *now,
		const struct patch_options *options, struct patch_stat *ret, struct error *err)
{
	struct patch_stat gone, come;

	if (!old || !now || same_type(old, now))
		return count_pair(path, old, now, options, ret, err);
	if (count_pair(path, old, NULL, options, &gone, err) < 0 ||
	    count_pair(path, NULL, now, options, &come, err) < 0)
		return -1;
	*ret = (struct patch_stat){ .path = path, .binary = gone.binary || come.binary };
	/* Lines of one and bytes of the other would not go together. */
	ret->removed = ret->binary ? content_size(old) : gone.removed;
	ret->added = ret->binary ? content_size(now) : come.added;
	return 0;
}

const char *patch_label(const char *path, const char *dir)
{
	return path_below(path, dir) ? path_relative(path, dir) : NULL;
}
