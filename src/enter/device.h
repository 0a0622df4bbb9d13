// SPDX-License-Identifier: MIT
/* A private /dev: a tmpfs with the few nodes every program expects. */
#ifndef NACRE_ENTER_DEVICE_H
#define NACRE_ENTER_DEVICE_H

#include "enter/site.h"

/* Fills the freshly mounted tmpfs at dev_fd. tty_fd: a terminal to bind as console, or -1. */
int device_fill(struct site *site, int dev_fd, int tty_fd, struct error *err);

/* A devpts instance of our own, detached. */
int device_pts(struct site *site, const struct step *step, struct error *err);

#endif
