// SPDX-License-Identifier: MIT
/*
 * The error value: what failed, told once, carried whole.
 *
 * A function that can fail takes `struct error *err` last, returns 0 when it is done and -1 when *err
 * is filled; descriptor- and pointer-returning functions use -1 and NULL. Success leaves *err alone. A
 * positive return is an answer that the function documents; it is handled by the caller, never passed on.
 *
 * The value holds no pointers, so the child of a run writes it to its parent with one send. Three hands
 * fill it, in this order:
 *   origin     fail() says what failed, in the user's words and paths, with the errno and the call
 *   engine     sets `step`, nothing else; the sentence comes from step_describe()
 *   explain    finds the cause: replaces nothing, adds name, reason, facts and fix (src/explain/)
 * Library code neither prints an error nor exits; verbs print it with error_print() (src/api/).
 *
 * Wording: lower case, no full stop, no function names, paths through quote_path(). The message says what
 * could not be done; `reason` says why in a clause that follows a colon; facts and fix are short phrases.
 */
#ifndef NACRE_BASE_ERROR_H
#define NACRE_BASE_ERROR_H

#include <stdarg.h>
#include <stddef.h>

enum error_kind {
	ERROR_NONE,
	ERROR_USAGE, /* the command line is wrong: unknown option, missing value */
	ERROR_SPEC, /* an option's value cannot be understood */
	ERROR_PLAN, /* the plan contradicts itself or cannot work, found before anything is touched */
	ERROR_SYSTEM, /* a kernel call refused */
	ERROR_COMMAND, /* the box stood, but the command could not be started: status 126 or 127 */
	ERROR_BUG, /* cannot happen; please report */
	ERROR_KIND_COUNT
};

/* The call at which it failed: with the errno, the key by which src/explain/ finds the cause. */
enum error_call {
	CALL_NONE,
	CALL_CLONE, /* clone or unshare with namespace flags */
	CALL_UID_MAP,
	CALL_GID_MAP,
	CALL_SETGROUPS, /* writing /proc/self/setgroups */
	CALL_NEWUIDMAP, /* the helper program; sys is its errno on exec, or 0 when it ran and refused */
	CALL_SET_ID, /* setresuid, setresgid, setgroups */
	CALL_OPEN_SOURCE, /* the host side of a bind, a layer, a file to copy */
	CALL_OPEN_TARGET, /* the place in the new root */
	CALL_MAKE_TARGET, /* making a missing mount point */
	CALL_BIND, /* open_tree or mount(MS_BIND) */
	CALL_ATTACH, /* move_mount */
	CALL_ATTRIBUTE, /* mount_setattr or a bind remount */
	CALL_FSOPEN, /* fsopen: the type itself */
	CALL_FSCONFIG, /* one option of a file system */
	CALL_FSCREATE, /* creating the file system: where overlay refuses */
	CALL_OVERLAY_LAYER, /* handing over one lower layer */
	CALL_OVERLAY_UPPER,
	CALL_OVERLAY_WORK,
	CALL_OVERLAY_VERIFY, /* the mount succeeded but is not what was asked for */
	CALL_PIVOT,
	CALL_UNMOUNT,
	CALL_MAKE, /* directory, link or file in the new root */
	CALL_COPY,
	CALL_STATE, /* the box's own directory */
	CALL_LOCK,
	CALL_CHDIR,
	CALL_EXEC,
	CALL_NET, /* bringing the loopback device up */
	CALL_HOSTNAME,
	CALL_CGROUP, /* opening a control group, or going into it */
	CALL_CAPABILITY,
	CALL_PROCESS, /* fork, pipe, signal plumbing */
	CALL_READ_MOUNTS,
	CALL_COUNT
};

enum {
	STATUS_FAILED = 125, /* nacre could not do it */
	STATUS_NOT_EXECUTABLE = 126, /* found, not executable */
	STATUS_NOT_FOUND = 127, /* command not found in the box */
};

struct error {
	enum error_kind kind;
	enum error_call call;
	int sys; /* errno at the origin, or 0 */
	int step; /* index in the plan's steps, or -1 */
	int status; /* exit status this error leads to: 125, 126 or 127 */
	char name[40]; /* stable name for `nacre explain`, or "" */
	char message[480]; /* "cannot overlay /data" */
	char reason[320]; /* "its upper and work directories are on different file systems", or "" */
	char object[320]; /* the path or word the call was about, unquoted, for the probes */
	char facts[720]; /* evidence, one fact a line, or "" */
	char kernel[160]; /* what the mount context said, or "" */
	char fix[400]; /* one thing to do, or "" */
};

/* Small enough that one write to a pipe is atomic (PIPE_BUF, pipe(7)). */
_Static_assert(sizeof(struct error) <= 4096, "an error fits one atomic pipe write");

/*
 * Fills *err and returns -1. The first line of every failure; sys is passed by value because formatting
 * may change errno. All other fields are reset; status is 125 and step is -1.
 */
int fail(struct error *err, enum error_kind kind, int sys, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Names the call and the object it was about, for the probes. Returns -1, so that it can end a function. */
int fail_at(struct error *err, enum error_call call, const char *object);

/*
 * The short form for a system call that refused inside a step: errno, call and object, no message. Whoever applies the
 * step writes the message in the words of the step (enter/apply.c). Returns -1.
 */
int fail_call(struct error *err, enum error_call call, const char *object);

/* Gives an error of fail_call() its message; one that has a message keeps it. Returns -1. */
int fail_message(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds one line of evidence. */
void error_fact(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Gives cause and advice in one go. Any of them may be NULL: then the field stays. */
void error_explain(struct error *err, const char *name, const char *reason, const char *fix);

/* Formatted forms, for a row of the explanation table whose sentence holds a value. */
void error_set_reason(struct error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void error_set_fix(struct error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* strerror() for our own use: never NULL, no locale. */
const char *errno_text(int sys);

/* EPERM for 1, and so on: the name, or "errno 4711" in a static buffer is never needed: "?" then. */
const char *errno_name(int sys);

#endif
