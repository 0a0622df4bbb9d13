// SPDX-License-Identifier: MIT
/*
 * A place in the new root where something is to be mounted or made.
 *
 * Existing places are resolved inside the root, final link followed there. A missing one is made, with its parents, only on
 * what is ours: a tmpfs of the plan, or an overlay with an upper. Never in a tree of the user.
 */
#ifndef NACRE_ENTER_PLACE_H
#define NACRE_ENTER_PLACE_H

#include "enter/site.h"

/* dir_fd plus a name that is not a link, or fd of the thing itself with name "". */
struct place {
	int fd;
	const char *name;
	bool owned; /* fd is closed by place_release() */
};

/* Finds or makes the place of step `index`. directory tells what a missing one shall be. */
int place_find(struct site *site, size_t index, bool directory, struct place *ret,
	       struct error *err);
void place_release(struct place *place);

/* A directory that place_find() just made for the step (the place has a name) becomes an empty file. -1 with errno. */
int place_turn_to_file(const struct place *place, const struct step *step);

/*
 * The directory that holds step `index`'s name, for making an entry: *ret_fd is borrowed from the site. Returns 0, or 1 when
 * that directory is not ours (an answer: mount over it instead), or -1.
 */
int place_parent(struct site *site, size_t index, int *ret_fd, struct error *err);

#endif
