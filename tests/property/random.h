// SPDX-License-Identifier: MIT
/* What a seed decides: numbers, names, and what objects hold. */
#ifndef NACRE_TESTS_PROPERTY_RANDOM_H
#define NACRE_TESTS_PROPERTY_RANDOM_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

struct random {
	uint64_t state;
};

/* Every sub-command has its own stream of the one seed. */
struct random random_from(uint64_t seed, uint64_t stream);

uint64_t random_next(struct random *r);
unsigned int random_below(struct random *r, unsigned int n); /* 0 … n - 1 */
bool random_chance(struct random *r, unsigned int percent);

/* A name that a directory can hold: mostly a short word, else any bytes but "/" and NUL. */
void random_name(struct random *r, char ret[NAME_MAX + 1]);

/* A moment of the last decades, with nanoseconds. */
struct timespec random_time(struct random *r);

/* Permission bits for a file or a directory, now and then none at all, or setuid, setgid, sticky. */
mode_t random_mode(struct random *r, bool directory);

/* How long a write is, and its bytes: text or binary. */
size_t random_length(struct random *r);
void random_bytes(struct random *r, void *ret, size_t n);

#endif
