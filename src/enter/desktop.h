// SPDX-License-Identifier: MIT
/*
 * The desktop as steps: --gui, --audio, --dbus, --gpu, --media.
 *
 * The sockets of a session are looked for outside, as a client there would find them, and become binds of single sockets, files,
 * a directory for them, and variables: ordinary steps and changes of the environment, behind those of the user, so that none of his
 * mounts covers them. A socket shown by an overlay answers nobody (tests/kernel/socket_below.c), so with the host as base each is bound
 * over itself. On another root they get the usual names in a directory of their own.
 * docs/decisions/0006-desktop.md has the reasons.
 */
#ifndef NACRE_ENTER_DESKTOP_H
#define NACRE_ENTER_DESKTOP_H

#include "plan/plan.h"

struct error;

/*
 * Adds what plan->desktop asks for to plan->asked and plan->env, and what is not there to plan->left_out; an error when nothing is
 * there. Needs the ids inside. Reads the host; changes nothing.
 */
int desktop_add(struct plan *plan, struct error *err);

#endif
