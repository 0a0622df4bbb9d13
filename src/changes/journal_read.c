// SPDX-License-Identifier: MIT
/*
 * Reading a journal: the file into memory, its lines into words where they stand. It was written by this user's nacre into a
 * directory that nobody else can write; still each number is checked before it becomes an index, as a file may be spoilt.
 */
#include "changes/txn_parts.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "changes/journal.h"

#include <fcntl.h>
#include <string.h>

enum {
	WORD_MAX = 4096,
	HEAD_MAX = 5 * WORD_MAX, /* a name, a path and numbers */
};

struct reader {
	struct txn *t;
	char *next; /* the word of the line that comes next; NULL after the last */
	enum journal_extent extent;
	bool head; /* what stands before the first root is enough */
};

/* ---- words ---- */

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The next word with its length, decoded where it stands, as it only becomes shorter. NULL when there is none or it is malformed. */
static const char *take_bytes(struct reader *r, size_t *ret_size)
{
	char *word = r->next, *out = word, *in = word;

	if (!word)
		return NULL;
	if (in[0] == '%' && (in[1] == ' ' || in[1] == '\0'))
		in++;
	while (*in && *in != ' ') {
		/* Before *out is written, which may be *in. */
		bool escaped = *in == '%';
		int high = escaped ? hex_digit(in[1]) : 0;
		int low = escaped && high >= 0 ? hex_digit(in[2]) : 0;

		if (high < 0 || low < 0)
			return NULL;
		*out++ = escaped ? (char)(high * 16 + low) : *in;
		in += escaped ? 3 : 1;
	}
	r->next = *in ? in + 1 : NULL;
	*out = '\0';
	*ret_size = (size_t)(out - word);
	return word;
}

/* A word without a NUL. */
static const char *take_word(struct reader *r)
{
	size_t size;
	const char *word = take_bytes(r, &size);

	return word && strlen(word) == size ? word : NULL;
}

/* One name of a directory. */
static bool take_name(struct reader *r, const char **ret)
{
	*ret = take_word(r);
	return *ret && **ret && !strchr(*ret, '/') && strcmp(*ret, ".") != 0 &&
	       strcmp(*ret, "..") != 0;
}

static bool take_absolute(struct reader *r, const char **ret)
{
	*ret = take_word(r);
	return *ret && **ret == '/';
}

static bool take_number(struct reader *r, int base, uint64_t max, uint64_t none, uint64_t *ret)
{
	const char *word = take_word(r);
	char *end;

	if (word && strcmp(word, "-") == 0) {
		*ret = none;
		return true;
	}
	if (!word || *word < '0' || *word > '9')
		return false;
	errno = 0;
	*ret = strtoull(word, &end, base);
	return errno == 0 && !*end && *ret <= max;
}

/* An index below a count, or with none allowed that. */
static bool take_index(struct reader *r, size_t count, uint32_t none, uint32_t *ret)
{
	uint64_t n;

	if (!take_number(r, 10, UINT32_MAX, none, &n) || (n >= count && n != none))
		return false;
	*ret = (uint32_t)n;
	return true;
}

static bool take_mode(struct reader *r, uint16_t *ret)
{
	uint64_t mode;

	if (!take_number(r, 8, 07777, TXN_NO_MODE, &mode))
		return false;
	*ret = (uint16_t)mode;
	return true;
}

/* SECONDS.NANOSECONDS; files may be older than 1970. */
static bool take_time(struct reader *r, struct timespec *ret)
{
	const char *word = take_word(r);
	long long seconds;
	long nanoseconds;
	int n = 0;

	if (!word || sscanf(word, "%lld.%9ld%n", &seconds, &nanoseconds, &n) != 2 || word[n] ||
	    nanoseconds < 0)
		return false;
	*ret = (struct timespec){ .tv_sec = (time_t)seconds, .tv_nsec = nanoseconds };
	return true;
}

static bool take_flags(struct reader *r, const struct journal_flag *table, uint8_t *ret)
{
	const char *word = take_word(r);

	*ret = 0;
	if (word && strcmp(word, "-") == 0)
		return true;
	for (; word && *word; word++) {
		const struct journal_flag *f = table;

		while (f->flag && f->letter != *word)
			f++;
		if (!f->flag)
			return false;
		*ret |= f->flag;
	}
	return word != NULL;
}

/* "=" and the value, or "-" for none. */
static bool take_value(struct reader *r, const char **ret, size_t *ret_size)
{
	const char *word = take_bytes(r, ret_size);

	*ret = NULL;
	if (word && *word == '=') {
		*ret = word + 1;
		(*ret_size)--;
	}
	return word && (*word == '=' || strcmp(word, "-") == 0);
}

/* ---- lines ---- */

static bool read_areas_only(struct reader *r)
{
	r->extent = JOURNAL_AREAS;
	return true;
}

static bool read_box(struct reader *r)
{
	r->t->box = take_word(r);
	return r->t->box && (!r->next || take_absolute(r, &r->t->box_path));
}

static bool read_began(struct reader *r)
{
	return take_time(r, &r->t->began);
}

static bool read_counts(struct reader *r)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < TXN_KIND_COUNT; i++) {
		if (!take_number(r, 10, UINT32_MAX, TXN_NONE, &r->t->counts[i]))
			return false;
		sum += r->t->counts[i];
	}
	/* A hint, so that the items need not be moved when they become more; a wrong one may not cost more than the file. */
	if (sum && sum < UINT32_MAX / sizeof(struct txn_item) && !r->head &&
	    r->extent == JOURNAL_WHOLE)
		VECTOR_RESERVE(&r->t->arena, &r->t->items, sum);
	return take_number(r, 10, UINT32_MAX, TXN_NONE, &r->t->meta_count);
}

static bool read_held(struct reader *r)
{
	return take_number(r, 10, UINT64_MAX, 0, &r->t->held);
}

static bool read_root(struct reader *r)
{
	struct txn_root *root = VECTOR_PUSH(&r->t->arena, &r->t->roots,
					    (struct txn_root){
						    .target_fd = -EBADF,
						    .upper_fd = -EBADF,
						    .lock_fd = -EBADF,
					    });
	uint64_t area;

	if (!take_number(r, 10, UINT64_MAX, 0, &root->target_ino) ||
	    !take_number(r, 10, UINT64_MAX, 0, &root->upper_ino) ||
	    !take_number(r, 10, UINT16_MAX, UINT16_MAX, &area))
		return false;
	root->upper_area = (uint16_t)area;
	return take_absolute(r, &root->target) && (!r->next || take_absolute(r, &root->upper));
}

static bool read_dir(struct reader *r)
{
	struct txn *t = r->t;
	uint32_t index = (uint32_t)t->dirs.count;
	struct txn_dir *d = VECTOR_ADD(&t->arena, &t->dirs);
	uint64_t area;

	d->first = (uint32_t)t->items.count;
	if (!take_index(r, t->roots.count, TXN_NONE, &d->root) || d->root == TXN_NONE ||
	    !take_index(r, index, index, &d->parent) ||
	    !take_number(r, 10, UINT16_MAX, UINT16_MAX, &area) ||
	    !take_flags(r, journal_dir_flags, &d->flags) || !take_mode(r, &d->target_mode) ||
	    !take_mode(r, &d->upper_mode) || !take_time(r, &d->target_time) ||
	    !take_time(r, &d->upper_time))
		return false;
	d->area = (uint16_t)area;
	if (d->parent != index)
		return take_name(r, &d->name);
	d->name = take_word(r);
	return d->name && !*d->name;
}

static bool read_item(struct reader *r, enum txn_kind kind)
{
	struct txn *t = r->t;
	struct txn_item *item = VECTOR_ADD(&t->arena, &t->items);

	if (!t->dirs.count)
		return false;
	item->kind = kind;
	item->dir = (uint32_t)t->dirs.count - 1;
	t->dirs.items[item->dir].count++;
	return take_number(r, 10, UINT64_MAX, 0, &item->new_ino) &&
	       take_number(r, 10, UINT64_MAX, 0, &item->old_ino) &&
	       take_number(r, 10, UINT64_MAX, 0, &item->upper_ino) &&
	       take_flags(r, journal_item_flags, &item->flags) && take_mode(r, &item->new_mode) &&
	       take_mode(r, &item->old_mode) && take_name(r, &item->name);
}

static bool read_add(struct reader *r)
{
	return read_item(r, TXN_ADD);
}

static bool read_replace(struct reader *r)
{
	return read_item(r, TXN_REPLACE);
}

static bool read_delete(struct reader *r)
{
	return read_item(r, TXN_DELETE);
}

static bool read_area(struct reader *r)
{
	struct txn *t = r->t;
	const char *where = take_word(r);
	struct txn_area *area = VECTOR_PUSH(&t->arena, &t->areas, (struct txn_area){ .fd = -EBADF });

	if (!where || (strcmp(where, "in") != 0 && strcmp(where, "beside") != 0))
		return false;
	area->beside = *where == 'b';
	return take_index(r, area->beside ? t->roots.count : t->dirs.count, TXN_NONE, &area->dir) &&
	       area->dir != TXN_NONE && take_name(r, &area->name);
}

static bool take_owner_mode(struct reader *r, struct txn_owner_mode *ret)
{
	uint64_t uid, gid;
	uint16_t mode;

	if (!take_number(r, 10, UINT32_MAX, UINT32_MAX, &uid) ||
	    !take_number(r, 10, UINT32_MAX, UINT32_MAX, &gid) || !take_mode(r, &mode))
		return false;
	*ret = (struct txn_owner_mode){ (uid_t)uid, (gid_t)gid, mode };
	return mode != TXN_NO_MODE;
}

static bool read_meta(struct reader *r)
{
	struct txn_meta *meta = VECTOR_ADD(&r->t->arena, &r->t->metas);

	return take_index(r, r->t->dirs.count, TXN_NONE, &meta->dir) && meta->dir != TXN_NONE &&
	       take_owner_mode(r, &meta->before) && take_owner_mode(r, &meta->after);
}

static bool read_value(struct reader *r)
{
	struct txn *t = r->t;
	struct txn_value *v;

	if (!t->metas.count)
		return false;
	v = VECTOR_ADD(&t->arena, &t->metas.items[t->metas.count - 1].values);
	v->key = take_word(r);
	return v->key && take_value(r, &v->before, &v->before_size) &&
	       take_value(r, &v->after, &v->after_size);
}

static bool read_mark(struct reader *r)
{
	struct txn *t = r->t;
	struct txn_mark *mark = VECTOR_ADD(&t->arena, &t->marks);

	if (!take_index(r, t->items.count, TXN_NONE, &mark->item) ||
	    !take_index(r, t->dirs.count, TXN_NONE, &mark->dir) || !take_mode(r, &mark->mode))
		return false;
	mark->path = take_word(r);
	mark->key = take_word(r);
	return mark->path && mark->key && take_value(r, &mark->value, &mark->size) && mark->value &&
	       (mark->item == TXN_NONE) != (mark->dir == TXN_NONE);
}

static const struct {
	const char *key;
	bool (*read)(struct reader *r);
} lines[] = {
	{ "add", read_add },	      { "replace", read_replace }, { "delete", read_delete },
	{ "dir", read_dir },	      { "mark", read_mark },	   { "meta", read_meta },
	{ "value", read_value },      { "root", read_root },	   { "area", read_area },
	{ "areas", read_areas_only }, { "box", read_box },	   { "began", read_began },
	{ "counts", read_counts },    { "held", read_held },
};

static bool read_line(struct reader *r, char *line)
{
	char *space = strchr(line, ' ');

	r->next = space ? space + 1 : NULL;
	if (space)
		*space = '\0';
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		if (strcmp(lines[i].key, line) == 0)
			return lines[i].read(r) && !r->next;
	return false;
}

/* ---- the file ---- */

/* The areas that dirs and roots name must be there; they are told of last. */
static bool is_complete(const struct txn *t)
{
	for (size_t i = 0; i < t->dirs.count; i++)
		if (t->dirs.items[i].area != UINT16_MAX ? t->dirs.items[i].area >= t->areas.count
							: t->dirs.items[i].count != 0)
			return false;
	for (size_t i = 0; i < t->roots.count; i++)
		if (t->roots.items[i].upper_area != UINT16_MAX &&
		    t->roots.items[i].upper_area >= t->areas.count)
			return false;
	return t->box != NULL;
}

static int journal_spoilt(const struct txn *t, size_t line, int sys, struct error *err)
{
	(void)fail(err, ERROR_SYSTEM, sys, "cannot read the journal of the commit %s", t->id);
	error_explain(err, "undo-journal", NULL, NULL);
	if (line)
		error_set_reason(err, "its line %zu cannot be understood", line);
	return -1;
}

/* Up to max bytes into the arena, with a NUL behind them. NULL with errno. */
static char *read_file(struct arena *arena, int dir_fd, const char *name, size_t max)
{
	_cleanup_fd_ int fd = openat(dir_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	char *text;
	size_t len = 0, size;

	if (fd < 0 || fstat(fd, &st) < 0)
		return NULL;
	size = (size_t)st.st_size < max ? (size_t)st.st_size : max;
	text = arena_alloc(arena, size + 1);
	while (len < size) {
		ssize_t n = read(fd, text + len, size - len);

		if (n < 0 && errno != EINTR)
			return NULL;
		if (n == 0)
			break;
		if (n > 0)
			len += (size_t)n;
	}
	return text;
}

static int read_lines(struct reader *r, char *text, struct error *err)
{
	size_t number = 1;
	char *line = text, *end;

	for (; (end = strchr(line, '\n')); line = end + 1, number++) {
		*end = '\0';
		if (r->head && strncmp(line, "root ", 5) == 0)
			return 0;
		if (strcmp(line, "end") == 0)
			return is_complete(r->t) ? 0 : journal_spoilt(r->t, number, 0, err);
		if (number == 1 ? strcmp(line, JOURNAL_VERSION) != 0 : !read_line(r, line))
			return journal_spoilt(r->t, number, 0, err);
	}
	return journal_spoilt(r->t, number, 0, err);
}

static int read_journal(struct reader *r, size_t max, struct error *err)
{
	struct txn *t = r->t;
	char *text = read_file(&t->arena, t->undo_fd, "journal", max);

	if (!text)
		return errno == ENOENT ? JOURNAL_NONE : journal_spoilt(t, 0, errno, err);
	if (read_lines(r, text, err) < 0)
		return -1;
	text = read_file(&t->arena, t->undo_fd, "done", WORD_MAX);
	if (!text)
		return errno == ENOENT ? (int)r->extent : journal_spoilt(t, 0, errno, err);
	r->next = strchr(text, ' ');
	if (r->next) {
		r->next[strcspn(r->next, "\n")] = '\0';
		r->next++;
	}
	return take_time(r, &t->ended) ? (int)r->extent : journal_spoilt(t, 0, 0, err);
}

int journal_read(struct txn *t, struct error *err)
{
	struct reader r = { .t = t, .extent = JOURNAL_WHOLE };

	return read_journal(&r, SIZE_MAX, err);
}

int journal_read_head(struct txn *t, struct error *err)
{
	struct reader r = { .t = t, .extent = JOURNAL_WHOLE, .head = true };

	return read_journal(&r, HEAD_MAX, err);
}
