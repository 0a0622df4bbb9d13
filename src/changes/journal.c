// SPDX-License-Identifier: MIT
/*
 * Writing the journal of a transaction (docs/undo-format.md), and the marks beside it. Each is a file that appears whole: a
 * temporary name, fsync, rename, fsync of the directory.
 */
#include "changes/txn_parts.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "changes/journal.h"
#include "changes/txn_call.h"
#include "state/record.h"

#include <fcntl.h>
#include <string.h>

enum { WRITE_AT = 64 * 1024 };

const char *const journal_items[TXN_KIND_COUNT] = {
	[TXN_ADD] = "add",
	[TXN_REPLACE] = "replace",
	[TXN_DELETE] = "delete",
};

const struct journal_flag journal_item_flags[] = {
	{ ITEM_KEEP, 'k' }, { ITEM_COPY, 'c' }, { ITEM_CLEAR, 'x' }, { ITEM_MAKE, 'm' }, { 0 },
};

const struct journal_flag journal_dir_flags[] = {
	{ DIR_TIME, 't' },   { DIR_MAKE, 'm' },	   { DIR_ABOVE, 'a' },
	{ DIR_UNHIDE, 'u' }, { DIR_TOUCHED, 'x' }, { 0 },
};

static const char *const mark_files[MARK_COUNT] = {
	[MARK_DONE] = "done",
	[MARK_UNDOING] = "undoing",
	[MARK_UNDONE] = "undone",
	[MARK_PURGING] = "purging",
};

struct writer {
	int fd;
	int failed; /* errno */
	struct text out;
};

/* What record_add_word() writes, for bytes that may hold a NUL. */
static void add_bytes(struct writer *w, const char *bytes, size_t size)
{
	if (!size)
		text_add_char(&w->out, '%');
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c <= ' ' || c == '%' || c >= 0x7f)
			text_printf(&w->out, "%%%02X", c);
		else
			text_add_char(&w->out, (char)c);
	}
}

static void add_word(struct writer *w, const char *word)
{
	text_add_char(&w->out, ' ');
	add_bytes(w, word, strlen(word));
}

/* A number, or "-" for what stands for none. */
static void add_number(struct writer *w, uint64_t number, uint64_t none)
{
	char digits[24], *at = digits + sizeof(digits);

	text_add_char(&w->out, ' ');
	if (number == none) {
		text_add_char(&w->out, '-');
		return;
	}
	/* By hand: five for each item. */
	do
		*--at = (char)('0' + number % 10);
	while (number /= 10);
	text_add_bytes(&w->out, at, (size_t)(digits + sizeof(digits) - at));
}

static void add_mode(struct writer *w, unsigned mode)
{
	if (mode == TXN_NO_MODE)
		text_add(&w->out, " -");
	else
		text_printf(&w->out, " %04o", mode);
}

static void add_flags(struct writer *w, const struct journal_flag *table, unsigned flags)
{
	size_t before = w->out.len;

	text_add_char(&w->out, ' ');
	for (; table->flag; table++)
		if (flags & table->flag)
			text_add_char(&w->out, table->letter);
	if (w->out.len == before + 1)
		text_add_char(&w->out, '-');
}

static void add_value(struct writer *w, const char *value, size_t size)
{
	text_add(&w->out, value ? " =" : " -");
	if (value && size)
		add_bytes(w, value, size);
}

static void write_out(struct writer *w)
{
	for (size_t at = 0; at < w->out.len && !w->failed;) {
		ssize_t n = write(w->fd, w->out.data + at, w->out.len - at);

		if (n < 0 && errno != EINTR)
			w->failed = errno;
		else if (n > 0)
			at += (size_t)n;
	}
	text_clear(&w->out);
}

static void end_line(struct writer *w)
{
	text_add_char(&w->out, '\n');
	if (w->out.len >= WRITE_AT)
		write_out(w);
}

static void add_head(struct writer *w, const struct txn *t, enum journal_extent extent)
{
	text_printf(&w->out, "%s\n", JOURNAL_VERSION);
	if (extent == JOURNAL_AREAS)
		text_add(&w->out, "areas\n");
	text_add(&w->out, "box");
	add_word(w, t->box);
	if (t->box_path)
		add_word(w, t->box_path);
	text_add(&w->out, "\nbegan");
	record_add_time(&w->out, t->began);
	text_printf(&w->out, "\ncounts %llu %llu %llu %llu\nheld %llu\n",
		    (unsigned long long)t->counts[TXN_ADD],
		    (unsigned long long)t->counts[TXN_REPLACE],
		    (unsigned long long)t->counts[TXN_DELETE], (unsigned long long)t->meta_count,
		    (unsigned long long)t->held);
	for (size_t i = 0; i < t->roots.count; i++) {
		const struct txn_root *root = &t->roots.items[i];

		text_add(&w->out, "root");
		add_number(w, root->target_ino, 0);
		add_number(w, root->upper_ino, 0);
		add_number(w, root->upper_area, UINT16_MAX);
		add_word(w, root->target);
		if (root->upper)
			add_word(w, root->upper);
		end_line(w);
	}
}

static void add_item(struct writer *w, const struct txn_item *item)
{
	text_add(&w->out, journal_items[item->kind]);
	add_number(w, item->new_ino, 0);
	add_number(w, item->old_ino, 0);
	add_number(w, item->upper_ino, 0);
	add_flags(w, journal_item_flags, item->flags);
	add_mode(w, item->new_mode);
	add_mode(w, item->old_mode);
	add_word(w, item->name);
	end_line(w);
}

static void add_dirs(struct writer *w, const struct txn *t, enum journal_extent extent)
{
	for (size_t i = 0; i < t->dirs.count; i++) {
		const struct txn_dir *d = &t->dirs.items[i];

		text_add(&w->out, "dir");
		add_number(w, d->root, TXN_NONE);
		add_number(w, d->parent, (uint64_t)i);
		add_number(w, d->area, UINT16_MAX);
		add_flags(w, journal_dir_flags, d->flags);
		add_mode(w, d->target_mode);
		add_mode(w, d->upper_mode);
		record_add_time(&w->out, d->target_time);
		record_add_time(&w->out, d->upper_time);
		add_word(w, d->name);
		end_line(w);
		for (uint32_t j = 0; extent == JOURNAL_WHOLE && j < d->count; j++)
			add_item(w, &t->items.items[d->first + j]);
	}
	for (size_t i = 1; i < t->areas.count; i++) {
		const struct txn_area *area = &t->areas.items[i];

		text_add(&w->out, area->beside ? "area beside" : "area in");
		add_number(w, area->dir, TXN_NONE);
		add_word(w, area->name);
		end_line(w);
	}
}

static void add_owner_mode(struct writer *w, const struct txn_owner_mode *o)
{
	text_printf(&w->out, " %u %u %04o", (unsigned)o->uid, (unsigned)o->gid, (unsigned)o->mode);
}

static void add_metadata(struct writer *w, const struct txn *t)
{
	for (size_t i = 0; i < t->metas.count; i++) {
		const struct txn_meta *meta = &t->metas.items[i];

		text_printf(&w->out, "meta %u", meta->dir);
		add_owner_mode(w, &meta->before);
		add_owner_mode(w, &meta->after);
		end_line(w);
		for (size_t j = 0; j < meta->values.count; j++) {
			const struct txn_value *v = &meta->values.items[j];

			text_add(&w->out, "value");
			add_word(w, v->key);
			add_value(w, v->before, v->before_size);
			add_value(w, v->after, v->after_size);
			end_line(w);
		}
	}
	for (size_t i = 0; i < t->marks.count; i++) {
		const struct txn_mark *mark = &t->marks.items[i];

		text_add(&w->out, "mark");
		add_number(w, mark->item, TXN_NONE);
		add_number(w, mark->dir, TXN_NONE);
		add_mode(w, mark->mode);
		add_word(w, mark->path);
		add_word(w, mark->key);
		add_value(w, mark->value, mark->size);
		end_line(w);
	}
}

static int journal_failed(enum error_call call, struct error *err)
{
	(void)fail_call(err, call, "undo");
	return fail_message(err, "cannot note down what is going to be done");
}

/* Writes what is left, and gives the file its name. */
static int publish(struct writer *w, int dir_fd, const char *temporary, const char *name)
{
	end_line(w);
	write_out(w);
	if (w->failed) {
		errno = w->failed;
		return -1;
	}
	if (fsync(w->fd) < 0 || change_refused("journal") ||
	    renameat(dir_fd, temporary, dir_fd, name) < 0)
		return -1;
	return fsync(dir_fd);
}

static void writer_release(struct writer *w)
{
	w->fd = close_fd(w->fd);
	text_release(&w->out);
}

static int writer_open(struct writer *w, int dir_fd, const char *temporary)
{
	if (change_refused("journal"))
		return -1;
	w->fd = openat(dir_fd, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
		       0600);
	return w->fd < 0 ? -1 : 0;
}

int journal_write(const struct txn *t, enum journal_extent extent, struct error *err)
{
	_cleanup_(writer_release) struct writer w = { .fd = -EBADF };

	if (writer_open(&w, t->undo_fd, "journal.new") < 0)
		return journal_failed(CALL_STATE, err);
	add_head(&w, t, extent);
	add_dirs(&w, t, extent);
	if (extent == JOURNAL_WHOLE)
		add_metadata(&w, t);
	text_add(&w.out, "end");
	if (publish(&w, t->undo_fd, "journal.new", "journal") < 0)
		return journal_failed(CALL_STATE, err);
	return 0;
}

static bool is_later(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_nsec > b->tv_nsec;
}

/* Until whatever is changed gets a later ctime than what we have changed. */
static void await_later(const struct timespec *ended)
{
	/* The coarse clock goes forward every 1 to 10 ms; but somebody may set it back. */
	enum { TICKS_MAX = 100 };
	struct timespec now, tick = { .tv_nsec = 500000 };

	for (int i = 0; i < TICKS_MAX && clock_gettime(CLOCK_REALTIME_COARSE, &now) == 0 &&
			!is_later(&now, ended);
	     i++)
		(void)nanosleep(&tick, NULL);
}

int journal_mark(const struct txn *t, enum journal_mark mark, bool set, struct error *err)
{
	_cleanup_(writer_release) struct writer w = { .fd = -EBADF };
	int done;

	if (!set) {
		done = call_unlink(t->undo_fd, mark_files[mark], 0) < 0 && errno != ENOENT
			       ? -1
			       : fsync(t->undo_fd);
		return done < 0 ? journal_failed(CALL_STATE, err) : 0;
	}
	if (writer_open(&w, t->undo_fd, "mark.new") < 0)
		return journal_failed(CALL_STATE, err);
	text_add(&w.out, mark_files[mark]);
	record_add_time(&w.out, t->ended);
	if (publish(&w, t->undo_fd, "mark.new", mark_files[mark]) < 0)
		return journal_failed(CALL_STATE, err);
	await_later(&t->ended);
	return 0;
}

bool journal_marked(int undo_fd, enum journal_mark mark)
{
	return faccessat(undo_fd, mark_files[mark], F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

bool journal_has(const struct txn *t, enum journal_mark mark)
{
	return journal_marked(t->undo_fd, mark);
}
