// SPDX-License-Identifier: MIT
/*
 * The record: a file into memory, its lines into words in place, each line into what its key says.
 *
 *   read_text     the file: regular, not too large, no NUL in it
 *   split         first line, last line; what is between goes line by line
 *   line_rows     a function for each key; true when it has understood the words that follow
 */
#include "state/record.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/strset.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "state/store.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A command line of the kernel's 2 MiB, each byte of it as %XX, is far below. */
enum { RECORD_MAX = 64 << 20 };

static const char version_line[] = "nacre-box 1\n";
static const char end_line[] = "end\n";

static const char *const seed_words[] = {
	[RECORD_SEED_DIR] = "dir",   [RECORD_SEED_FILE] = "file",   [RECORD_SEED_LINK] = "link",
	[RECORD_SEED_COPY] = "copy", [RECORD_SEED_POINT] = "point",
};
_Static_assert(ARRAY_LEN(seed_words) == RECORD_SEED_KIND_COUNT, "a word for each kind");

struct reader {
	struct arena *arena;
	struct record *record;
	char *next; /* the word of the line that comes next; NULL after the last */
	char boot[BOOT_ID_SIZE];
	struct strset slots;
};

/* ---- words and values ---- */

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The byte that *in stands at, which is moved behind it; 0 when record_add_word() does not write such a thing. */
static char take_byte(const char **in)
{
	const unsigned char c = (unsigned char)**in;
	int high, low;

	if (c != '%') {
		(*in)++;
		return c > ' ' && c < 0x7f ? (char)c : 0;
	}
	high = hex_digit((*in)[1]);
	low = high < 0 ? -1 : hex_digit((*in)[2]);
	*in += 3;
	return low < 0 ? 0 : (char)(high * 16 + low);
}

/*
 * The next word, decoded where it stands, as it only becomes shorter. NULL when there is none, and when it is malformed: then
 * the line is left unread, which its reader takes for a word too many.
 */
static const char *take_word(struct reader *r)
{
	char *word = r->next, *out = word;
	const char *in = word;

	if (!word || !*word || *word == ' ')
		return NULL;
	if (in[0] == '%' && (in[1] == ' ' || in[1] == '\0'))
		in++;
	while (*in && *in != ' ') {
		char c = take_byte(&in);

		if (!c)
			return NULL;
		*out++ = c;
	}
	r->next = *in ? word + (in - word) + 1 : NULL;
	*out = '\0';
	return word;
}

/* Digits and nothing else, up to max. */
static bool to_number(const char *s, int base, uint64_t max, uint64_t *ret)
{
	char *end;

	if (!s || *s < '0' || *s > '9')
		return false;
	errno = 0;
	*ret = strtoull(s, &end, base);
	return errno == 0 && !*end && *ret <= max;
}

static bool take_number(struct reader *r, int base, uint64_t max, uint64_t *ret)
{
	return to_number(take_word(r), base, max, ret);
}

/* SECONDS.NANOSECONDS, the latter with all nine digits. */
static bool take_time(struct reader *r, struct timespec *ret)
{
	const char *word = take_word(r), *point = word ? strchr(word, '.') : NULL;
	uint64_t seconds, nanoseconds;

	if (!point || strlen(point) != 10)
		return false;
	if (!to_number(arena_strndup(r->arena, word, (size_t)(point - word)), 10, INT64_MAX,
		       &seconds) ||
	    !to_number(point + 1, 10, 999999999, &nanoseconds))
		return false;
	*ret = (struct timespec){ .tv_sec = (time_t)seconds, .tv_nsec = (long)nanoseconds };
	return true;
}

static bool take_path(struct reader *r, const char **ret)
{
	*ret = take_word(r);
	return *ret && **ret == '/' && strcmp(path_absolute(r->arena, "/", *ret), *ret) == 0;
}

/* Below its overlay's place; "" is the place itself. */
static bool take_relative(struct reader *r, const char **ret)
{
	*ret = take_word(r);
	return *ret && strcmp(path_absolute(r->arena, "/", *ret) + 1, *ret) == 0;
}

/* ---- lines ---- */

static bool read_name(struct reader *r)
{
	r->record->name = take_word(r);
	return r->record->name != NULL;
}

static bool read_created(struct reader *r)
{
	uint64_t seconds;

	if (!take_number(r, 10, INT64_MAX, &seconds))
		return false;
	r->record->created = (int64_t)seconds;
	return true;
}

static bool read_run(struct reader *r)
{
	return take_time(r, VECTOR_ADD(r->arena, &r->record->runs));
}

static bool read_window(struct reader *r)
{
	struct record_window *window = VECTOR_ADD(r->arena, &r->record->windows);

	return take_time(r, &window->from) && take_time(r, &window->to);
}

static bool read_torn(struct reader *r)
{
	r->record->torn = true;
	return true;
}

static bool read_boot(struct reader *r)
{
	const char *boot = take_word(r);

	r->record->same_boot = boot && strcmp(boot, r->boot) == 0;
	return boot;
}

static bool read_base(struct reader *r)
{
	return take_path(r, &r->record->base);
}

static bool read_layer(struct reader *r)
{
	return take_path(r, VECTOR_ADD(r->arena, &r->record->layers));
}

/* A range of ids ends below the id -1, which is none. */
static bool take_range(struct reader *r, struct record_range *ret)
{
	uint64_t inside, outside, count;

	if (!take_number(r, 10, UINT32_MAX, &inside) || !take_number(r, 10, UINT32_MAX, &outside) ||
	    !take_number(r, 10, UINT32_MAX, &count))
		return false;
	*ret = (struct record_range){ (uint32_t)inside, (uint32_t)outside, (uint32_t)count };
	return count && inside + count <= UINT32_MAX && outside + count <= UINT32_MAX;
}

static bool read_uid(struct reader *r)
{
	return take_range(r, VECTOR_ADD(r->arena, &r->record->uids));
}

static bool read_gid(struct reader *r)
{
	return take_range(r, VECTOR_ADD(r->arena, &r->record->gids));
}

static bool read_command(struct reader *r)
{
	for (const char *word; (word = take_word(r));)
		*VECTOR_ADD(r->arena, &r->record->command) = word;
	return true;
}

static bool is_component(const char *s)
{
	return *s && strlen(s) <= NAME_MAX && !strchr(s, '/') && strcmp(s, ".") != 0 &&
	       strcmp(s, "..") != 0;
}

static bool read_overlay(struct reader *r)
{
	struct record_overlay *o = VECTOR_ADD(r->arena, &r->record->overlays);

	o->slot = take_word(r);
	if (!o->slot || !is_component(o->slot) || !strset_add(r->arena, &r->slots, o->slot) ||
	    !take_path(r, &o->place))
		return false;
	o->is_volatile = r->next && strcmp(r->next, "volatile") == 0;
	if (o->is_volatile)
		r->next = NULL;
	return true;
}

/* The overlay that a line belongs to: the last one; NULL before the first. */
static struct record_overlay *last_overlay(struct reader *r)
{
	struct record *record = r->record;

	return record->overlays.count ? &record->overlays.items[record->overlays.count - 1] : NULL;
}

static bool add_lower(struct reader *r, bool shadow)
{
	struct record_overlay *o = last_overlay(r);
	struct record_lower lower = { .shadow = shadow };

	if (!o || !take_path(r, &lower.path))
		return false;
	*VECTOR_ADD(r->arena, &o->lowers) = lower;
	return true;
}

static bool read_lower(struct reader *r)
{
	return add_lower(r, false);
}

static bool read_shadow(struct reader *r)
{
	return add_lower(r, true);
}

static bool read_seed(struct reader *r)
{
	struct record_overlay *o = last_overlay(r);
	const char *word = take_word(r);
	struct record_seed seed = { 0 };
	uint64_t mode;

	if (!o || !word)
		return false;
	while (seed.kind < RECORD_SEED_KIND_COUNT && strcmp(seed_words[seed.kind], word) != 0)
		seed.kind++;
	if (seed.kind == RECORD_SEED_KIND_COUNT || !take_number(r, 8, 07777, &mode) ||
	    !take_relative(r, &seed.path))
		return false;
	seed.mode = (mode_t)mode;
	*VECTOR_ADD(r->arena, &o->seeds) = seed;
	return true;
}

static const struct {
	const char *key;
	bool (*read)(struct reader *r);
} line_rows[] = {
	{ "base", read_base },	     { "boot", read_boot }, { "command", read_command },
	{ "created", read_created }, { "gid", read_gid },   { "layer", read_layer },
	{ "lower", read_lower },     { "name", read_name }, { "overlay", read_overlay },
	{ "run", read_run },	     { "seed", read_seed }, { "shadow", read_shadow },
	{ "torn", read_torn },	     { "uid", read_uid },   { "window", read_window },
};

/* A key that is not known is one of a later nacre. */
static bool read_line(struct reader *r, char *line)
{
	const char *key;

	r->next = line;
	key = take_word(r);
	if (!key)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(line_rows); i++)
		if (strcmp(line_rows[i].key, key) == 0)
			return line_rows[i].read(r) && !r->next;
	return true;
}

/* ---- the whole ---- */

/* The error names the box as its directory is named. */
static int refuse(int dir_fd, const char *name, struct error *err, int sys)
{
	char link[40], path[PATH_MAX] = "";

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", dir_fd);
	if (readlink(link, path, sizeof(path) - 1) < 0)
		path[0] = '\0';
	(void)fail(err, ERROR_SYSTEM, sys, "cannot read the record of the box %s",
		   Q(path_name(path)));
	error_explain(err, name, NULL, NULL);
	return fail_at(err, CALL_STATE, path);
}

/* What was opened may be anything, as far as the box's owner could put it there. */
static ssize_t read_all(int fd, char *buf, size_t size)
{
	size_t have = 0;
	ssize_t n;

	while (have < size && (n = read(fd, buf + have, size - have)) != 0) {
		if (n < 0)
			return -1;
		have += (size_t)n;
	}
	return (ssize_t)have;
}

/* The file's bytes with a NUL behind them. NULL with *err. */
static char *read_text(struct arena *arena, int dir_fd, size_t *ret_len, struct error *err)
{
	_cleanup_fd_ int fd = openat(dir_fd, "record",
				     O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	char *text;
	ssize_t n;

	if (fd < 0 || fstat(fd, &st) < 0) {
		bool missing = fd < 0 && errno == ENOENT;

		(void)refuse(dir_fd, missing ? "box-record" : NULL, err, errno);
		error_explain(err, NULL, missing ? "it is missing" : NULL, NULL);
		return NULL;
	}
	if (!S_ISREG(st.st_mode) || st.st_size > RECORD_MAX) {
		(void)refuse(dir_fd, "box-record", err, 0);
		error_explain(err, NULL, "it is not a file of that kind", NULL);
		return NULL;
	}
	text = arena_alloc(arena, (size_t)st.st_size + 1);
	n = read_all(fd, text, (size_t)st.st_size);
	if (n < 0) {
		(void)refuse(dir_fd, NULL, err, errno);
		return NULL;
	}
	*ret_len = (size_t)n;
	return text;
}

static bool begins_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* Checks the first line and the last, and cuts the last off, so that a record that passes has whole lines only. */
static int check_frame(int dir_fd, char *text, size_t len, struct error *err)
{
	const size_t end = sizeof(end_line) - 1;

	if (begins_with(text, version_line) && len > end && strlen(text) == len &&
	    text[len - end - 1] == '\n' && strcmp(text + len - end, end_line) == 0) {
		text[len - end] = '\0';
		return 0;
	}
	if (begins_with(text, "nacre-box ") && strchr(text, '\n') &&
	    !begins_with(text, version_line))
		return refuse(dir_fd, "box-record-version", err, 0);
	(void)refuse(dir_fd, "box-record", err, 0);
	error_explain(err, NULL,
		      begins_with(text, version_line) ? "it is cut short"
						      : "it does not begin as a record does",
		      NULL);
	return -1;
}

static int read_lines(struct reader *r, int dir_fd, char *text, struct error *err)
{
	char *line = text + sizeof(version_line) - 1;

	for (size_t number = 2; *line; number++) {
		char *newline = strchr(line, '\n');

		*newline = '\0';
		if (!read_line(r, line)) {
			(void)refuse(dir_fd, "box-record", err, 0);
			error_set_reason(err, "line %zu, %s, is malformed", number, Q(line));
			return -1;
		}
		line = newline + 1;
	}
	return 0;
}

int record_load(struct arena *arena, int dir_fd, struct record *ret, struct error *err)
{
	struct reader r = { .arena = arena, .record = ret };
	size_t len = 0;
	char *text = read_text(arena, dir_fd, &len, err);

	*ret = (struct record){ 0 };
	record_boot_id(r.boot);
	if (!text || check_frame(dir_fd, text, len, err) < 0 ||
	    read_lines(&r, dir_fd, text, err) < 0)
		return -1;
	if (!ret->name || !ret->base) {
		(void)refuse(dir_fd, "box-record", err, 0);
		error_set_reason(err, "it lacks a line \"%s\"", ret->name ? "base" : "name");
		return -1;
	}
	ret->torn = ret->torn || (record_is_volatile(ret) && !ret->same_boot);
	return 0;
}

bool record_is_volatile(const struct record *record)
{
	for (size_t i = 0; i < record->overlays.count; i++)
		if (record->overlays.items[i].is_volatile)
			return true;
	return false;
}

/* ---- writing ---- */

void record_add_word(struct text *out, const char *word)
{
	text_add_char(out, ' ');
	if (!*word)
		text_add_char(out, '%');
	for (; *word; word++) {
		unsigned char c = (unsigned char)*word;

		if (c <= ' ' || c == '%' || c >= 0x7f)
			text_printf(out, "%%%02X", c);
		else
			text_add_char(out, (char)c);
	}
}

void record_add_time(struct text *out, struct timespec time)
{
	text_printf(out, " %lld.%09ld", (long long)time.tv_sec, time.tv_nsec);
}

const char *record_seed_word(enum record_seed_kind kind)
{
	return seed_words[kind];
}

void record_boot_id(char ret[static BOOT_ID_SIZE])
{
	_cleanup_fd_ int fd = sys_open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, ret, BOOT_ID_SIZE - 1);

	ret[n > 0 ? n : 0] = '\0';
	ret[strcspn(ret, "\n")] = '\0';
}

int record_replace(int dir_fd, const struct text *text, bool sync)
{
	return store_replace(dir_fd, "record", text_str(text), text->len, sync);
}

int record_add_window(int dir_fd, struct timespec from, struct timespec to, struct error *err)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_text_ struct text out = { 0 };
	size_t len = 0;
	char *text = read_text(&arena, dir_fd, &len, err);

	if (!text || check_frame(dir_fd, text, len, err) < 0)
		return -1;
	text_add(&out, text);
	text_add(&out, "window");
	record_add_time(&out, from);
	record_add_time(&out, to);
	text_add_char(&out, '\n');
	text_add(&out, end_line);
	if (record_replace(dir_fd, &out, true) == 0)
		return 0;
	return refuse(dir_fd, NULL, err, errno);
}
