// SPDX-License-Identifier: MIT
/* Open addressing with FNV-1a: paths of one family differ at their end, which every byte of this hash reaches. */
#include "base/strset.h"

#include "base/arena.h"

#include <stdint.h>
#include <string.h>

enum { FIRST_SIZE = 64 };

static uint32_t hash_of(const char *s, size_t n)
{
	uint32_t hash = 2166136261U;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)s[i]) * 16777619U;
	return hash;
}

/* The slot that holds the string, or the empty one where it belongs. The set is never full. */
static const char **slot_of(const struct strset *set, const char *s, size_t n)
{
	size_t i = hash_of(s, n) & (set->size - 1);

	while (set->slots[i] && (strncmp(set->slots[i], s, n) != 0 || set->slots[i][n]))
		i = (i + 1) & (set->size - 1);
	return &set->slots[i];
}

static void grow(struct arena *arena, struct strset *set)
{
	struct strset larger = { .size = set->size ? 2 * set->size : FIRST_SIZE };

	larger.slots = arena_alloc(arena, larger.size * sizeof(*larger.slots));
	for (size_t i = 0; i < set->size; i++)
		if (set->slots[i])
			*slot_of(&larger, set->slots[i], strlen(set->slots[i])) = set->slots[i];
	larger.count = set->count;
	*set = larger;
}

bool strset_add(struct arena *arena, struct strset *set, const char *s)
{
	const char **slot;

	if (2 * (set->count + 1) > set->size)
		grow(arena, set);
	slot = slot_of(set, s, strlen(s));
	if (*slot)
		return false;
	*slot = s;
	set->count++;
	return true;
}

bool strset_has(const struct strset *set, const char *s, size_t n)
{
	return set->count && *slot_of(set, s, n);
}
