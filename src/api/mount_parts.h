// SPDX-License-Identifier: MIT
/* What the single mounts of nacre.h share. */
#ifndef NACRE_API_MOUNT_PARTS_H
#define NACRE_API_MOUNT_PARTS_H

#include "nacre.h"

#include "base/error.h"
#include "plan/step.h"

/* One call. */
struct single {
	struct error scratch; /* for who wants none */
	struct error *err;
	struct nacre_error *error; /* or NULL */
	struct arena arena;
	struct step step; /* the same as a step of a plan, by which it is explained */
};

void single_begin(struct single *s, enum step_kind kind, struct nacre_error *error);

/*
 * The end: passes answer on. Of a failure, whose *err has the call, it says what could not be done and why, and sets errno. source may be
 * NULL.
 */
int single_end(struct single *s, int answer, const char *cannot, const char *source,
	       const char *target);

/* The caller is in another user namespace than the machine's first; true also when that cannot be told. */
bool single_in_userns(void);

/* Attaches a detached mount, or moves another. -1 with *err. */
int single_attach(int fd, const char *target, struct error *err);

#endif
