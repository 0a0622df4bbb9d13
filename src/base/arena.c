// SPDX-License-Identifier: MIT
/*
 * The arena: a list of zeroed blocks, cut from the front, freed together.
 *
 * The newest block is the one that is cut. A piece too large for the ordinary block gets one of its
 * own, linked behind the newest, so that the room left in the newest stays in use. Memory is never
 * taken back piece by piece: that keeps every pointer of a plan valid for as long as the plan.
 *
 * The first blocks of a process are part of the program: a plan and an error are all that most starts have, and to map and unmap
 * them is a fiftieth of a join.
 */
#include "base/arena.h"

#include "base/cleanup.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { BLOCK_SIZE = 65536 - 64 }; /* one mapping for most plans */

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	max_align_t data[]; /* max_align_t aligns the pieces for any type */
};

/* In the order in which they are preferred; in memory the small one is beside other small things. */
static struct {
	_Alignas(max_align_t) char small[3 * 1024];
	_Alignas(max_align_t) char large[sizeof(struct arena_block) + BLOCK_SIZE];
} own_blocks;

static struct {
	char *bytes;
	size_t size;
	atomic_bool taken;
} own[] = {
	{ own_blocks.large, sizeof(own_blocks.large), false },
	{ own_blocks.small, sizeof(own_blocks.small), false },
};

static struct arena_block *take_own(size_t needed)
{
	for (size_t i = 0; i < ARRAY_LEN(own); i++) {
		struct arena_block *block = (struct arena_block *)own[i].bytes;

		if (needed > own[i].size - sizeof(*block) || atomic_exchange(&own[i].taken, true))
			continue;
		block->size = own[i].size - sizeof(*block);
		return block;
	}
	return NULL;
}

/* False: it is not one of them. */
static bool give_back_own(struct arena_block *block)
{
	size_t i = 0;

	while (i < ARRAY_LEN(own) && (char *)block != own[i].bytes)
		i++;
	if (i == ARRAY_LEN(own))
		return false;
	memset(block, 0, sizeof(*block) + block->used);
	atomic_store(&own[i].taken, false);
	return true;
}

void out_of_memory_(void)
{
	static const char message[] = "nacre: out of memory\n";
	ssize_t written = write(STDERR_FILENO, message, sizeof(message) - 1);

	(void)written; /* nobody is left to tell */
	/* Not exit(): handlers and buffers want memory too. */
	_exit(125);
}

void arena_release(struct arena *arena)
{
	struct arena_block *block = arena->blocks;

	/* Before the first block goes: the arena itself may lie in it. */
	arena->blocks = NULL;
	while (block) {
		struct arena_block *next = block->next;

		if (!give_back_own(block))
			(void)munmap(block, sizeof(*block) + block->size);
		block = next;
	}
}

/* A zeroed block of at least size bytes, not linked yet. */
static struct arena_block *new_block(size_t size)
{
	struct arena_block *block;
	size_t total;

	if (__builtin_add_overflow(sizeof(*block), size, &total))
		out_of_memory_();
	/* Zeroed by the kernel, and only the pages that are touched: calloc touches all of them. */
	block = mmap(NULL, total, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (block == MAP_FAILED)
		out_of_memory_();
	block->size = size;
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	struct arena_block *block = arena->blocks;
	char *piece;

	if (size > SIZE_MAX - align)
		out_of_memory_();
	size = (size + align - 1) & ~(align - 1);
	if (!block || block->size - block->used < size) {
		block = take_own(size);
		if (!block)
			block = new_block(size > BLOCK_SIZE ? size : BLOCK_SIZE);
		if (size > BLOCK_SIZE && arena->blocks) {
			block->next = arena->blocks->next;
			arena->blocks->next = block;
		} else {
			block->next = arena->blocks;
			arena->blocks = block;
		}
	}
	piece = (char *)block->data + block->used;
	block->used += size;
	return piece;
}

char *arena_memdup(struct arena *arena, const char *s, size_t n)
{
	char *copy = arena_alloc(arena, n + 1);

	if (n)
		memcpy(copy, s, n);
	return copy;
}

char *arena_concat(struct arena *arena, const char *a, const char *separator, const char *b)
{
	size_t a_len = strlen(a), separator_len = strlen(separator), b_len = strlen(b);
	char *s = arena_alloc(arena, a_len + separator_len + b_len + 1), *end = s;

	end = mempcpy(end, a, a_len);
	end = mempcpy(end, separator, separator_len);
	(void)memcpy(end, b, b_len + 1);
	return s;
}

char *arena_strndup(struct arena *arena, const char *s, size_t n)
{
	size_t len = strnlen(s, n);

	return memcpy(arena_alloc(arena, len + 1), s, len);
}

char *arena_strdup(struct arena *arena, const char *s)
{
	return arena_strndup(arena, s, strlen(s));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args, again;
	char *s;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	/* Fails only past INT_MAX bytes (vsnprintf(3)): as much as running out of memory. */
	if (n < 0)
		out_of_memory_();
	s = arena_alloc(arena, (size_t)n + 1);
	(void)vsnprintf(s, (size_t)n + 1, format, again);
	va_end(again);
	return s;
}

void *vector_grow_(struct arena *arena, void **items, size_t *count, size_t *capacity, size_t size)
{
	void *array;

	/* items points to a pointer of another type: void * access would break strict aliasing. */
	memcpy(&array, items, sizeof(array));
	if (*count == *capacity) {
		size_t more = *capacity ? *capacity * 2 : 8, bytes;
		void *old = array;

		if (more < *capacity || __builtin_mul_overflow(more, size, &bytes))
			out_of_memory_();
		array = arena_alloc(arena, bytes);
		if (*count)
			memcpy(array, old, *count * size);
		memcpy(items, &array, sizeof(array));
		*capacity = more;
	}
	return (char *)array + (*count)++ * size;
}
