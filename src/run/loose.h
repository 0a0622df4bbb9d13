// SPDX-License-Identifier: MIT
/*
 * A run in the ways of a program that nacre stands in for (plan/life.h).
 *
 *   nacre (outside)      joins the namespaces that it is given, clones, tells who asked, waits for a word or an end
 *   └─ init              where there is a pid namespace, a lock or a descriptor to hold; goes on to the last process
 *      └─ the command
 *
 * Without an init the clone itself becomes the command. Unlike with outside.c nothing is passed on, and the end of nacre is
 * no end of the box.
 */
#ifndef NACRE_RUN_LOOSE_H
#define NACRE_RUN_LOOSE_H

#include "run/inside.h"

/* Runs in->plan. *ret_status is the command's exit status. */
int loose_run(struct inside *in, int *ret_status, struct error *err);

/* The clone's part. */
_Noreturn void loose_inside(const struct inside *given);

/* What init says of the command: its status, to the parent that waits. */
struct loose_end {
	char kind; /* MESSAGE_END */
	unsigned char status;
};

/* The two texts that others read: who is in the box (info_fd, status_fd), and how it ended (status_fd). */
void loose_tell_start(const struct plan *plan, pid_t pid);
void loose_tell_end(const struct plan *plan, int status);

#endif
