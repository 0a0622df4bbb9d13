// SPDX-License-Identifier: MIT
/*
 * How members let themselves in, without a word to the keeper.
 *
 * A box that stays (nacre start) does not end with its last member, so its keeper need not know who comes and goes, and to wake him
 * is a fifth of what a join costs. The file `key` in the box's directory says where in /proc the keeper has the way in (live.h), and a
 * secret that stands in the terms as well: what is opened there is this keeper's if it knows the secret, whoever has his number. Members
 * hold the key locked shared, by which they are found when the box is stopped. Whatever is not as it should be leads to the door.
 */
#ifndef NACRE_RUN_KEY_H
#define NACRE_RUN_KEY_H

#include "run/live.h"

struct secret {
	uint8_t v[16];
};

/* A new one. False: the kernel has no random numbers yet (getrandom(2)). */
bool key_secret(struct secret *ret);

/* The keeper makes it, for the way whose terms have that secret, and holds it. -1: it cannot be made, and there is the door. */
int key_make(int dir_fd, const struct live_way *way, const struct secret *secret);
/* Nobody gets in by it any more. */
void key_break(int dir_fd);

/*
 * The members that have one, but not its holder himself: at most `most` of their pids, in the caller's pid namespace; returns how
 * many there are.
 */
size_t key_members(int key_fd, pid_t *ret, size_t most);

/*
 * The way into the box whose directory is dir_fd; it has no pidfd. Returns the key, which is the membership, with *ret_keeper_fd for
 * key_is_void(); both are to be closed. -1: by the door.
 */
int key_use(int dir_fd, struct live_way *ret, int *ret_keeper_fd);

/* The box ends, or its keeper is gone. */
bool key_is_void(int key_fd, int keeper_fd);

#endif
