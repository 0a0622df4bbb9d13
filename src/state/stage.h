// SPDX-License-Identifier: MIT
/*
 * How a layer comes to be, and goes. Its tree is filled in the shelf under a name that is no layer's, .new-XXXXXXXX, and gets
 * its own by one rename when it is whole and on disk; nothing is ever written into a layer. Who makes a tree holds a lock on it
 * (flock(2)); one without a lock was left by a maker that was killed, and the next one removes it.
 */
#ifndef NACRE_STATE_STAGE_H
#define NACRE_STATE_STAGE_H

#include "base/arena.h"

struct error;
struct saved_layer;

struct stage {
	const char *shelf; /* path of the shelf */
	int shelf_fd;
	int fd; /* of the tree, mode 0700 and empty at first; carries the lock */
	char name[16]; /* of the tree; "" once it is a layer */
};

/* Sweeps, and begins a tree. One that is not published goes with stage_release(). */
int stage_open(struct arena *arena, const char *home, struct stage *ret, struct error *err);
void stage_release(struct stage *stage);

#define _cleanup_stage_ __attribute__((cleanup(stage_release)))

/* Refuses, "layer-exists", when there is a layer of that name already. */
int stage_check_name(const struct stage *stage, const char *name, struct error *err);

/*
 * Makes the tree the layer *layer->name: notes the time, counts size and objects, brings it to disk, describes it and gives it
 * its name. Fills in created, size, objects and path.
 */
int stage_publish(struct arena *arena, struct stage *stage, struct saved_layer *layer,
		  struct error *err);

/*
 * Begins a tree that will take the place of a layer, on the shelf or anywhere: .new-LAYER beside it, made anew. Its descriptor,
 * with the lock. -1 with errno; EWOULDBLOCK: somebody else is making one, and *ret_holder is open on it.
 */
int stage_beside(struct arena *arena, int dir_fd, const char *layer, const char **ret_name,
		 int *ret_holder);

/* Takes an entry of the shelf away from its name and removes it with all its files. */
int stage_discard(int shelf_fd, const char *name, struct error *err);

/*
 * Calls f for each thing in a shelf that killed makers left: trees, descriptions without a layer. Nobody else can be at them
 * meanwhile.
 */
void stage_leftovers(int shelf_fd, void (*f)(void *arg, int shelf_fd, const char *name), void *arg);

#endif
