// SPDX-License-Identifier: MIT
/* The caller's terminal: the command may use it, but not type into it. */
#ifndef NACRE_ENTER_TERMINAL_H
#define NACRE_ENTER_TERMINAL_H

#include <stdbool.h>

struct error;

/* True when the caller has a controlling terminal or one of its standard descriptors is a terminal. */
bool terminal_present(void);

/* Refuses ioctl TIOCSTI and TIOCLINUX for this process and all it starts. Needs no_new_privs. */
int terminal_protect(struct error *err);

#endif
