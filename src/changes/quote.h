// SPDX-License-Identifier: MIT
/*
 * Names and values in a patch. They are any bytes, and a patch is lines: what could end a line, or act on a terminal, is escaped
 * as git does (quote_c_style): in double quotes, with \n and its like, and \ooo for other controls and every byte from 0x7f on.
 */
#ifndef NACRE_CHANGES_QUOTE_H
#define NACRE_CHANGES_QUOTE_H

#include "base/text.h"

/* Exactly as git prints a name: quoted only when something in it is escaped. */
void quote_git(struct text *out, const char *name);

/*
 * prefix and name for a line of a patch. A name with a blank is quoted too: git reads it either way, and patch(1) takes an
 * unquoted one to end at the blank.
 */
void quote_patch(struct text *out, const char *prefix, const char *name);

/* n bytes, always in quotes. */
void quote_bytes(struct text *out, const char *bytes, size_t n);

/*
 * n bytes of content for a terminal: control characters as ^X, and what is not UTF-8 or reorders text as <xx> for each byte, as
 * less(1) shows them. Tabs stay.
 */
void quote_visible(struct text *out, const char *bytes, size_t n);

#endif
