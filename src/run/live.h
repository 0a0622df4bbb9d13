// SPDX-License-Identifier: MIT
/*
 * How members find the keeper of a living box: a socket in the box's directory (docs/decisions/0005-living-boxes.md).
 *
 *   gate   a file; locked while a box is made or ends
 *   door   the socket; refuses when its keeper is gone
 *   key    by which members of a box that stays let themselves in (key.h)
 *   live   text: pids and start times, for people
 *
 * A connection sends one request. JOIN: the answer brings the way in, and the connection is a membership until it closes;
 * LEAVE ends it, and is answered when the box goes on without. WATCH makes of it one that counts until somebody else has joined, or it
 * says LEAVE; it is not answered and closes when the box has ended. STOP, LEAVE: the connection closes when the box has ended. LOOK: the
 * answer tells about the box, and the connection closes; it is no membership. Where a set-up command has to succeed first nobody else is
 * let in until the creator says READY, which is answered when they are.
 */
#ifndef NACRE_RUN_LIVE_H
#define NACRE_RUN_LIVE_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct error;

/* KEY is no request: the keeper's word for a member who let himself in. */
enum live_kind {
	LIVE_JOIN = 1,
	LIVE_LEAVE,
	LIVE_STOP,
	LIVE_READY,
	LIVE_LOOK,
	LIVE_WATCH,
	LIVE_KEY
};

struct live_request {
	uint32_t version; /* LIVE_VERSION */
	uint32_t kind;
	uint32_t grace_ms; /* STOP: from SIGTERM to SIGKILL */
};

struct live_answer {
	uint32_t version;
};

/* What is told who looks; init and its pid namespace come with it, as a way in. */
struct live_sight {
	uint32_t version;
	uint32_t members; /* connections that have joined */
	int64_t since; /* seconds since 1970 */
};

enum { LIVE_VERSION = 2 };

/*
 * The way in: a pidfd of init, and its namespaces, the user namespace first. Init is not dumpable, and setns(2) on a pidfd asks for
 * the right to trace it, which only root has then; its namespaces are opened before it closes itself.
 */
enum { LIVE_NAMESPACES = 7 };
struct live_way {
	int pidfd;
	int terms; /* terms.h */
	int namespaces[LIVE_NAMESPACES]; /* -1 behind the last */
};

#define LIVE_NO_WAY ((struct live_way){ -EBADF, -EBADF, { -1, -1, -1, -1, -1, -1, -1 } })
void live_way_release(struct live_way *way);

/* Connects to the keeper of the box whose directory is dir_fd. -1 with errno; ECONNREFUSED and ENOENT: there is none. */
int live_connect(int dir_fd);

/* The same for who does not wait for anything, here and on the connection. EAGAIN: there is a keeper, who is behind with his work. */
int live_knock(int dir_fd);

/* The keeper's end: a listening socket, over what a dead one left. -1 with errno. */
int live_listen(int dir_fd);

/* Locks the gate, waiting for whoever has it. -1 with errno. */
int live_gate(int dir_fd);

/* The line of `live` that says which box it is of, with the newlines around it: device and inode of its directory, and the boot. */
struct live_mark {
	char v[128];
};
struct live_mark live_mark(int dir_fd);

/* When the process began, in clock ticks since boot (proc_pid_stat(5)); 0 when it cannot be told. */
unsigned long long live_start_time(pid_t pid);

/* Ends the init of a keeper that was killed, if it is still there, and waits for that. The lock on the box is ours. */
void live_bury(int dir_fd);

/* Sends a request; 0, or -1 with errno. */
int live_ask(int fd, enum live_kind kind, uint32_t grace_ms);

/*
 * Waits for an answer; ret_way may be NULL, else it is to be released. LIVE_GONE: the keeper has gone, or is about to. -1 with *err: why the box could not be
 * made, which only its creator is told.
 */
enum { LIVE_GONE = 1 };
int live_answered(int fd, struct live_way *ret_way, struct error *err);

/* Answers, with the way in unless that is NULL. -1 with errno. */
int live_answer(int fd, const struct live_way *way);

/* Answers a look, -1 with errno; and takes that answer, which has come. False: there is none, *ret_way is empty. */
int live_show(int fd, uint32_t members, int64_t since, const struct live_way *way);
bool live_see(int fd, struct live_sight *ret, struct live_way *ret_way);

/* Reads a request without waiting. False when there is none, or none of ours: then the connection is to be closed. */
bool live_read(int fd, struct live_request *ret);

#endif
