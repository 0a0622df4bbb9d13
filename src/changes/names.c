// SPDX-License-Identifier: MIT
/* Reading directories. */
#include "changes/names.h"

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/syscalls.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* As getdents64(2) fills it. */
struct entry {
	uint64_t ino;
	int64_t off;
	unsigned short reclen;
	unsigned char type;
	char name[];
};

void names_release(struct names *n)
{
	text_release(&n->bytes);
	free(n->v);
	*n = (struct names){ 0 };
}

struct names names_take(struct names *spare)
{
	struct names n = *spare;

	*spare = (struct names){ 0 };
	text_clear(&n.bytes);
	n.count = 0;
	return n;
}

void names_give(struct names *n, struct names *spare)
{
	names_release(spare);
	*spare = *n;
	*n = (struct names){ 0 };
}

static bool is_dot(const char *name)
{
	return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

/* Without a stream of its own, which costs three calls and an allocation for each directory. */
int names_read(struct names *n, int dir_fd)
{
	_Alignas(struct entry) char buf[32768];
	long got;

	if (lseek(dir_fd, 0, SEEK_SET) < 0)
		return -1;
	while ((got = syscall(SYS_getdents64, dir_fd, buf, sizeof(buf))) > 0) {
		for (long at = 0; at < got;) {
			const struct entry *e = (const struct entry *)(buf + at);

			if (!is_dot(e->name)) {
				text_add_bytes(&n->bytes, e->name, strlen(e->name) + 1);
				n->count++;
			}
			at += e->reclen;
		}
	}
	return got < 0 ? -1 : 0;
}

/*
 * Merge sort. qsort(3) of musl moves each pointer by a call of memcpy(3), some fourteen times: for a large directory that costs a
 * fifth of a status.
 */
static void sort(const char **v, const char **spare, size_t n)
{
	size_t half = n / 2, left = 0, right = half;

	if (n < 2)
		return;
	sort(v, spare, half);
	sort(v + half, spare, n - half);
	memcpy(spare, v, half * sizeof(*v));
	/* What is left of the second half is in its place already. */
	for (size_t i = 0; left < half; i++)
		v[i] = right < n && strcmp(v[right], spare[left]) < 0 ? v[right++] : spare[left++];
}

void names_sort(struct names *n)
{
	const char *at = text_str(&n->bytes);
	size_t kept = 0, room = n->count + n->count / 2;

	if (!n->count)
		return;
	/* The last third is for the sort. */
	if (n->room < room) {
		free(n->v);
		n->v = calloc(room, sizeof(*n->v));
		if (!n->v)
			out_of_memory_();
		n->room = room;
	}
	for (size_t i = 0; i < n->count; i++, at += strlen(at) + 1)
		n->v[i] = at;
	sort(n->v, n->v + n->count, n->count);
	for (size_t i = 1; i < n->count; i++)
		if (strcmp(n->v[i], n->v[kept]) != 0)
			n->v[++kept] = n->v[i];
	n->count = kept + 1;
}
