// SPDX-License-Identifier: MIT
/*
 * A small JSON writer over struct text: commas, nesting and escaping are its business.
 *
 * Strings are bytes: what is well-formed UTF-8 is written as a string; anything else is written with each
 * offending byte as U+FFFD, and json_path() adds a sibling member NAME_b64 that holds the exact bytes.
 */
#ifndef NACRE_BASE_JSON_H
#define NACRE_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

struct text;

struct json {
	struct text *out;
	int depth;
	bool need_comma;
	bool pretty; /* two spaces an indent, one member a line */
};

/* name is NULL for an array element or the document itself. */
void json_object(struct json *j, const char *name);
void json_array(struct json *j, const char *name);
void json_end_object(struct json *j);
void json_end_array(struct json *j);
void json_string(struct json *j, const char *name, const char *value); /* NULL value: null */
void json_path(struct json *j, const char *name, const char *path);
void json_number(struct json *j, const char *name, int64_t value);
void json_unsigned(struct json *j, const char *name, uint64_t value);
void json_bool(struct json *j, const char *name, bool value);

#endif
