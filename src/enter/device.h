// SPDX-License-Identifier: MIT
/* A private /dev: a tmpfs with the few nodes every program expects. */
#ifndef NACRE_ENTER_DEVICE_H
#define NACRE_ENTER_DEVICE_H

#include "enter/site.h"

/* Copies of the host's nodes, detached. */
enum { DEVICE_NODES = 6 };
struct device_nodes {
	int fds[DEVICE_NODES];
	int console_fd; /* the caller's terminal, or -EBADF */
};

/* Opens the host's nodes; tty_fd: a terminal to show as console, or -1. */
int device_open(struct site *site, struct device_nodes *ret, int tty_fd, struct error *err);
void device_release(struct device_nodes *nodes);

/* Fills the freshly attached tmpfs at dev_fd. */
int device_fill(struct site *site, int dev_fd, const struct device_nodes *nodes, struct error *err);

/* A devpts instance of our own, detached. */
int device_pts(struct site *site, const struct step *step, struct error *err);

/*
 * The same, then with these flags, which make it read-only. What programs may write in is a file system of its own, shm, and an empty
 * mqueue is there to put message queues on, which nobody could make any more.
 */
int device_fill_read_only(struct site *site, int dev_fd, const struct device_nodes *nodes,
			  const struct mount_flags *flags, struct error *err);

#endif
