// SPDX-License-Identifier: MIT
/* Between the files of the desktop: what each part is made with, and the parts. Everybody else wants enter/desktop.h. */
#ifndef NACRE_ENTER_DESKTOP_PARTS_H
#define NACRE_ENTER_DESKTOP_PARTS_H

#include "plan/plan.h"

#include <sys/stat.h>

struct desktop {
	struct plan *plan;
	const char *option; /* whose parts are being added, as typed: the origin of their steps */
	size_t variables; /* changes of the environment that are the user's; ours follow them */
	bool own_root; /* the base is not the host: its places are not there */
	const char *runtime; /* the directory for sockets on such a root; NULL until it is needed */
	unsigned given; /* parts that were found */
};

/* One for each option. */
void desktop_gui(struct desktop *d);
void desktop_audio(struct desktop *d);
void desktop_session_bus(struct desktop *d);
void desktop_system_bus(struct desktop *d);
void desktop_gpu(struct desktop *d);
void desktop_media(struct desktop *d);

/* A variable as the command would have it without us: NULL when it is not set, or empty. */
const char *desktop_variable(const struct desktop *d, const char *name);

/* The variable inside. */
void desktop_set(struct desktop *d, const char *name, const char *value);

/* The part "X11" is not given, and why. */
__attribute__((format(printf, 3, 4))) void desktop_leave_out(struct desktop *d, const char *what,
							     const char *format, ...);

/*
 * Where the path leads, when it is absolute, without "..", and of that type (S_IFSOCK, S_IFREG; 0: any); else NULL, and *ret_reason.
 */
const char *desktop_find(struct desktop *d, const char *path, mode_t type, const char **ret_reason);

/* NAME in $XDG_RUNTIME_DIR outside; NULL, and *ret_reason, when that is not set. An absolute name is itself. */
const char *desktop_in_runtime(struct desktop *d, const char *name, const char **ret_reason);

/* Where in the box what lies at `path` outside is shown: there, or as `name` in the directory for sockets. */
const char *desktop_place(struct desktop *d, const char *path, const char *name);

/* A step of this option. */
struct step *desktop_step(struct desktop *d, enum step_kind kind, const char *dst, const char *why);

/* A bind of one thing. Returns its step. */
struct step *desktop_bind(struct desktop *d, const char *src, const char *dst, const char *why);

/* A private file: owned by the command, for it alone. */
struct step *desktop_file(struct desktop *d, const char *dst, const char *why);

#endif
