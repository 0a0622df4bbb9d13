// SPDX-License-Identifier: MIT
/* Changes of texts, hunk by hunk. */
#include "api/changes.h"
#include "api/handles.h"
#include "api/remote.h"
#include "changes/partial.h"
#include "changes/quote.h"
#include "nacre.h"

#include <string.h>

/* The hunks of the change that was asked for last are kept. */
static int read_hunks(struct nacre_changes *ch, size_t index, struct error *err)
{
	if (ch->hunks_of == index)
		return 0;
	hunks_release(&ch->hunks);
	ch->hunks_of = SIZE_MAX;
	if (partial_hunks(&ch->list, index, &ch->hunks, err) < 0)
		return -1;
	ch->hunks_of = index;
	return 0;
}

int nacre_changes_hunks(struct nacre_changes *ch, size_t index, size_t *ret_count,
			struct nacre_error *error)
{
	if (ch->remote)
		return remote_hunks(ch, index, ret_count, error);
	if (read_hunks(ch, index, &error->value) < 0)
		return -1;
	*ret_count = ch->hunks.v.count;
	return 0;
}

static void add_line(struct text *out, const struct hunk_line *line, bool colour)
{
	const char *begin = line->sign == '+' ? "\033[32m" : line->sign == '-' ? "\033[31m" : "";
	size_t n = line->size && line->bytes[line->size - 1] == '\n' ? line->size - 1 : line->size;

	text_add(out, colour ? begin : "");
	text_add_char(out, line->sign);
	quote_visible(out, line->bytes, n);
	text_add(out, colour && *begin ? "\033[m\n" : "\n");
}

char *nacre_changes_hunk(struct nacre_changes *ch, size_t index, size_t hunk, bool colour,
			 struct nacre_error *error)
{
	struct text out = { 0 };
	struct hunk_line line;
	const struct hunk *h;

	if (ch->remote)
		return remote_hunk(ch, index, hunk, colour, error);
	if (read_hunks(ch, index, &error->value) < 0)
		return NULL;
	h = &ch->hunks.v.items[hunk];
	text_add(&out, colour ? "\033[36m" : "");
	quote_visible(&out, h->header, h->header_size);
	text_add(&out, colour ? "\033[m\n" : "\n");
	for (size_t at = 0; hunk_next_line(h, &at, &line);)
		add_line(&out, &line, colour);
	return handles_give(&out);
}

int nacre_changes_pick_hunks(struct nacre_changes *ch, size_t index, const bool *picked,
			     struct nacre_error *error)
{
	size_t count, taken = 0;
	bool *copy;

	if (ch->remote)
		return remote_pick_hunks(ch, index, picked, error);
	if (nacre_changes_hunks(ch, index, &count, error) < 0)
		return -1;
	copy = arena_alloc(&ch->arena, count + 1);
	memcpy(copy, picked, count);
	for (size_t i = 0; i < count; i++)
		taken += picked[i];
	for (size_t i = 0; i < ch->parts.count; i++)
		if (ch->parts.items[i].index == index)
			ch->parts.items[i--] = ch->parts.items[--ch->parts.count];
	/* All of them are the whole change, and none is none. */
	if (taken && taken < count)
		VECTOR_PUSH(&ch->arena, &ch->parts, (struct part){ index, copy });
	nacre_changes_pick(ch, index, taken > 0);
	return 0;
}
