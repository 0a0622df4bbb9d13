// SPDX-License-Identifier: MIT
/*
 * Parsers of single values. Nothing here uses strtoul(): it skips spaces, takes signs and wraps a
 * negative number, so that "-1" would be an id.
 */
#include "read/value.h"

#include "base/error.h"
#include "base/path.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

enum { NAME_LENGTH = 64 };

int value_fail(struct error *err, const char *text, const char *what, const char *fix)
{
	(void)fail(err, ERROR_SPEC, 0, "%s is not %s", *text ? Q(text) : "an empty value", what);
	error_explain(err, "spec-value", NULL, fix);
	return fail_at(err, CALL_NONE, text);
}

int value_fail_nearest(struct error *err, const char *text, const char *what,
		       const char *(*next)(size_t i, const void *arg), const void *arg,
		       const char *otherwise)
{
	const char *near = nearest_word(text, next, arg);

	(void)value_fail(err, text, what, otherwise);
	if (near)
		error_set_fix(err, "did you mean %s?", near);
	return -1;
}

/*
 * The number at the start of text and where it ends. False when there is none or it is above max.
 */
static bool leading_number(const char *text, unsigned base, uint64_t max, uint64_t *ret,
			   const char **ret_end)
{
	uint64_t n = 0;
	const char *p;

	for (p = text; *p >= '0' && *p < '0' + (char)base; p++) {
		unsigned digit = (unsigned)(*p - '0');

		if (digit > max || n > (max - digit) / base)
			return false;
		n = n * base + digit;
	}
	*ret = n;
	*ret_end = p;
	return p != text;
}

/* True when text is decimal digits and nothing else: then a failure means "too large". */
static bool all_digits(const char *text)
{
	return *text && !text[strspn(text, "0123456789")];
}

int value_number(const char *text, uint64_t max, uint64_t *ret, struct error *err)
{
	const char *end;

	if (leading_number(text, 10, max, ret, &end) && !*end)
		return 0;
	(void)value_fail(err, text, "a number", "write it in decimal digits");
	if (all_digits(text)) {
		(void)value_fail(err, text, "a number that fits here", NULL);
		error_set_fix(err, "the largest is %" PRIu64, max);
	}
	return -1;
}

/* How far a suffix shifts the number, or -1. */
static int size_shift(const char *suffix)
{
	static const char letters[] = "kmgt";
	const char *at;

	if (!*suffix)
		return 0;
	if (suffix[1])
		return -1;
	/* ASCII only: "|" makes the letter lower case without asking the locale. */
	at = strchr(letters, *suffix | 0x20);
	return at ? 10 * (int)(at - letters + 1) : -1;
}

int value_size(const char *text, uint64_t *ret, struct error *err)
{
	const char *end;
	uint64_t n;
	int shift;

	if (!leading_number(text, 10, UINT64_MAX, &n, &end))
		return value_fail(err, text, "a size",
				  "write bytes, or a number with k, M or G: 64M");
	shift = size_shift(end);
	if (shift < 0)
		return value_fail(err, text, "a size",
				  "write bytes, or a number with one of k, M, G or T: 64M");
	if (n > UINT64_MAX >> shift)
		return value_fail(err, text, "a size that fits in 64 bits", NULL);
	*ret = n << shift;
	return 0;
}

/* What follows the point; digits beyond the third say nothing here. */
static bool thousandths(const char *text, uint32_t *ret)
{
	uint32_t unit = 100;

	*ret = 0;
	for (; *text >= '0' && *text <= '9'; text++, unit /= 10)
		*ret += (uint32_t)(*text - '0') * unit;
	return !*text;
}

int value_seconds(const char *text, uint32_t *ret_ms, struct error *err)
{
	enum { SECONDS_MAX = 1000000 };
	const char *end;
	uint32_t part = 0;
	uint64_t n;

	if (leading_number(text, 10, SECONDS_MAX, &n, &end) &&
	    (!*end || (*end == '.' && thousandths(end + 1, &part)))) {
		*ret_ms = (uint32_t)n * 1000 + part;
		return 0;
	}
	(void)fail(err, ERROR_USAGE, 0, "%s is not a number of seconds",
		   *text ? Q(text) : "an empty value");
	error_explain(err, "value-seconds", NULL, NULL);
	return fail_at(err, CALL_NONE, text);
}

int value_id(const char *text, uint32_t *ret, struct error *err)
{
	const char *end;
	uint64_t n;

	if (strcmp(text, "root") == 0) {
		*ret = 0;
		return 0;
	}
	if (!leading_number(text, 10, UINT32_MAX - 1, &n, &end) || *end)
		return value_fail(err, text, "a user or group number",
				  all_digits(text)
					  ? "the largest id is 4294967294"
					  : "give the number: id -u NAME, id -g NAME print it");
	*ret = (uint32_t)n;
	return 0;
}

int value_mode(const char *text, mode_t *ret, struct error *err)
{
	const char *end;
	uint64_t n;

	if (!leading_number(text, 8, 07777, &n, &end) || *end)
		return value_fail(err, text, "a mode",
				  "write the permission bits in octal: 755 or 1777");
	*ret = (mode_t)n;
	return 0;
}

int value_id_range(const char *text, struct id_range *ret, struct error *err)
{
	uint64_t n[3] = { 0 };
	const char *at = text;

	for (size_t i = 0; i < 3; i++) {
		const char *end;

		if (!leading_number(at, 10, UINT32_MAX, &n[i], &end) || *end != (i < 2 ? ':' : '\0'))
			return value_fail(err, text, "a range of ids",
					  "write INSIDE:OUTSIDE:COUNT, as in 0:1000:1");
		at = end + 1;
	}
	ret->inside = (uint32_t)n[0];
	ret->outside = (uint32_t)n[1];
	ret->count = (uint32_t)n[2];
	return 0;
}

int value_id_line(const char *text, struct id_range *ret, struct error *err)
{
	uint64_t n[3] = { 0 };
	const char *at = text + strspn(text, " \t");

	for (size_t i = 0; i < 3; i++) {
		const char *end;

		if (!leading_number(at, 10, UINT32_MAX, &n[i], &end) ||
		    (i < 2 && *end != ' ' && *end != '\t'))
			return value_fail(err, text, "a range of ids",
					  "write INSIDE OUTSIDE COUNT, as in \"0 1000 1\"");
		at = end + strspn(end, " \t");
	}
	if (*at)
		return value_fail(err, text, "a range of ids",
				  "write three numbers, and a comma before the next range");
	*ret = (struct id_range){ (uint32_t)n[0], (uint32_t)n[1], (uint32_t)n[2] };
	return 0;
}

static const char *next_keyword(size_t i, const void *table)
{
	return ((const struct keyword *)table)[i].word;
}

int value_word(const char *text, const struct keyword *table, const char *what, uint64_t *ret,
	       struct error *err)
{
	const struct keyword *row = keyword_find(table, text, strlen(text));
	char words[256] = "one of:";

	if (row) {
		*ret = row->value;
		return 0;
	}
	for (row = table; row->word; row++) {
		size_t used = strlen(words);

		if (used + strlen(row->word) + 2 > sizeof(words))
			break;
		words[used] = ' ';
		memcpy(words + used + 1, row->word, strlen(row->word) + 1);
	}
	return value_fail_nearest(err, text, what, next_keyword, table, words);
}

int value_name(const char *text, struct error *err)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789._-";
	size_t n = strlen(text);

	if (n == 0 || n > NAME_LENGTH || text[strspn(text, letters)] || *text == '.' || *text == '-')
		return value_fail(err, text, "a name for a box",
				  "use up to 64 letters, digits, dots, underscores and dashes, "
				  "starting with a letter, digit or underscore");
	return 0;
}
