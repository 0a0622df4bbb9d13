// SPDX-License-Identifier: MIT
/*
 * The plan's arena: everything a plan points to lives here and dies at once with arena_release().
 *
 * An arena never returns NULL: running out of memory while reading a command line ends the process with
 * a message and status 125. This is the one exception to "library code does not exit" until the library
 * is public; no other code may call abort or exit.
 */
#ifndef NACRE_BASE_ARENA_H
#define NACRE_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

struct arena_block;

/* Zeroed is empty and ready. Memory handed out is zeroed and aligned for any type. */
struct arena {
	struct arena_block *blocks; /* newest first */
};

/* Frees every block. The arena itself may lie in one of them, as that of a plan does. */
void arena_release(struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size);
char *arena_strdup(struct arena *arena, const char *s);
char *arena_strndup(struct arena *arena, const char *s, size_t n);
/* a + separator + b, without the cost of a format: options come in thousands. */
char *arena_concat(struct arena *arena, const char *a, const char *separator, const char *b);
/* Exactly n bytes and a NUL. */
char *arena_memdup(struct arena *arena, const char *s, size_t n);
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))

/*
 * A vector in an arena: struct { type *items; size_t count, capacity; }. VECTOR_ADD returns a pointer to a
 * zeroed new last item, VECTOR_PUSH one to a copy of a value; earlier pointers into the vector may
 * move.
 */
#define VECTOR(type)             \
	struct {                 \
		type *items;     \
		size_t count;    \
		size_t capacity; \
	}

#define VECTOR_ROOM_(arena, v)                                                            \
	((__typeof__((v)->items))vector_grow_((arena), (void **)&(v)->items, &(v)->count, \
					      &(v)->capacity, sizeof(*(v)->items)))

/* Zeroed here: a vector may have been shortened, and what stood there must not come back. */
#define VECTOR_ADD(arena, v) \
	((__typeof__((v)->items))memset(VECTOR_ROOM_(arena, v), 0, sizeof(*(v)->items)))

#define VECTOR_PUSH(arena, v, ...)                                       \
	({                                                               \
		__typeof__((v)->items) pushed_ = VECTOR_ROOM_(arena, v); \
		*pushed_ = (__VA_ARGS__);                                \
		pushed_;                                                 \
	})

/* Room for n items in an empty vector, where their number can be foretold: growing copies all of them over and over. */
#define VECTOR_RESERVE(arena, v, n)                                                           \
	((v)->capacity ? (void)0                                                              \
		       : (void)((v)->items = arena_alloc((arena), (n) * sizeof(*(v)->items)), \
				(v)->capacity = (n)))

void *vector_grow_(struct arena *arena, void **items, size_t *count, size_t *capacity, size_t size);

/* The end described above, shared with base/text.c; nothing else may call it. */
_Noreturn void out_of_memory_(void);

#endif
