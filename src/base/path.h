// SPDX-License-Identifier: MIT
/*
 * Paths as text: no system calls, no symbolic links, only components. Names are bytes; nothing here
 * assumes UTF-8. Results live in the arena that is passed.
 */
#ifndef NACRE_BASE_PATH_H
#define NACRE_BASE_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct text;

/* Absolute and clean: joined to base when relative (base absolute), no "//", ".", "..", no trailing "/".
 * ".." at the root stays at the root, as the kernel does. */
const char *path_absolute(struct arena *arena, const char *base, const char *path);

/* dir + "/" + name without doubling the slash; name may be relative with several components. */
const char *path_join(struct arena *arena, const char *dir, const char *name);

/* True when path is dir itself or lies below it, by components: "/x/foobar" is not below "/x/foo".
 * Both clean and absolute. */
bool path_below(const char *path, const char *dir);

/* The part of path below dir without a leading slash: "" for dir itself. Requires path_below(). */
const char *path_relative(const char *path, const char *dir);

/* The last component ("" for "/"), and everything before it ("/" for a top-level name). */
const char *path_name(const char *path);
const char *path_parent(struct arena *arena, const char *path);

/* Number of components: 0 for "/". */
size_t path_depth(const char *path);

/*
 * For people: bytes that could act on a terminal or that are not UTF-8 become \xNN, a backslash and a double
 * quote get a backslash; the whole is put in double quotes when anything was escaped, when it holds a space or
 * is empty, else it is returned bare. A path below $HOME is not abbreviated.
 */
const char *quote_path(struct arena *arena, const char *path);

/* The same, appended. Lists have 100,000 of them: nearly all are plain and copied at once. */
void quote_text(struct text *out, const char *path);

/* The same into a caller's buffer, cut with "..." when too long; returns buf. For error messages. */
const char *quote_into(char *buf, size_t size, const char *path);

/* quote_into() with a buffer that lives to the end of the enclosing full expression's block. */
#define Q(path) quote_into((char[256]){ 0 }, 256, (path))

/* True for well-formed UTF-8 of n bytes (no surrogates, no overlong forms). */
bool utf8_valid(const char *s, size_t n);

/* Bytes (1 to 4) of the well-formed character at s, of which n bytes may be read; 0 when there is none. */
size_t utf8_decode(const char *s, size_t n, uint32_t *ret_code);

/* True for what acts on a terminal instead of being shown: C0, DEL, C1 and the bidirectional controls. */
bool code_is_control(uint32_t code);

#endif
