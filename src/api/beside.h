// SPDX-License-Identifier: MIT
/*
 * Functions of nacre.h that enter a user namespace, in a process beside the caller's (run/aside.h). What they tell comes back as messages:
 *
 *   caller → beside   a request, then as many bytes as it says (remote.c)
 *   beside → caller   data and progress, in any number; then one answer, and its texts piece by piece
 */
#ifndef NACRE_API_BESIDE_H
#define NACRE_API_BESIDE_H

#include "nacre.h"

#include "base/error.h"
#include "run/aside.h"

/* What a function tells. */
struct beside_answer {
	int answer; /* as of the function */
	struct error err; /* -1 */
	uint64_t numbers[4];
	char *texts[2]; /* of malloc(3), or NULL */
	size_t lens[2];
};

/* What it tells meanwhile; or NULL. */
struct beside_watch {
	nacre_sink sink;
	void *sink_arg;
	void (*progress)(void *arg, uint64_t done, uint64_t total, uint64_t bytes);
	void *progress_arg;
};

/* A text of a function, which may be NULL, as that of an answer. */
void beside_text(struct beside_answer *answer, size_t n, char *take_text);

void beside_release(struct beside_answer *answer);

/*
 * Does body(arg): in the calling process when that is the plan's own, else beside it. Returns ret->answer, with *error filled. *ret is to
 * be released.
 */
int beside_call(const struct nacre_plan *plan, void (*body)(void *arg, struct beside_answer *ret),
		void *arg, struct beside_answer *ret, struct nacre_error *error);

/* Starts one with that body. -1 with *err. */
int beside_start(void (*body)(const struct leash *leash, void *arg), void *arg, struct aside *ret,
		 struct error *err);

/* The answer to what was asked: -1 also when nobody is there any more. */
int beside_receive(const struct aside *aside, const struct beside_watch *watch,
		   struct beside_answer *ret, struct nacre_error *error);

/* ---- in there ---- */

void beside_send(int channel_fd, const struct beside_answer *answer);

/* Data for the sink; false: no more is wanted. Its arg is the leash. */
bool beside_data(void *leash, const char *bytes, size_t n);

void beside_progress(void *leash, uint64_t done, uint64_t total, uint64_t bytes);

#endif
