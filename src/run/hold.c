// SPDX-License-Identifier: MIT
/* Members, requests, the end. */
#include "run/hold.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "run/link.h"
#include "run/terms.h"
#include "state/store.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

void hold_release(struct hold *h)
{
	for (size_t i = 0; i < h->peers.count; i++)
		(void)close_fd(h->peers.items[i].fd);
	h->creator_fd = close_fd(h->creator_fd);
	h->listen_fd = close_fd(h->listen_fd);
	live_way_release(&h->way);
	h->key_fd = close_fd(h->key_fd);
	h->ask_fd = close_fd(h->ask_fd);
	h->gate_fd = close_fd(h->gate_fd);
	arena_release(&h->arena);
}

static void tell_init(const struct hold *h, enum hold_word word)
{
	const char byte = (char)word;

	(void)!write(h->ask_fd, &byte, 1);
}

/* ---- the beginning ---- */

/* For people, and for who finds the box without a keeper. Start times are in clock ticks since boot (proc_pid_stat(5)). */
static int write_live(const struct hold *h)
{
	_cleanup_text_ struct text text = { 0 };
	_cleanup_fd_ int fd = openat(h->dir_fd, "live",
				     O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
				     S_IRUSR | S_IWUSR);

	text_printf(&text, "nacre-live 1%skeeper %d %llu\ninit %d %llu\nsince %lld\nend\n",
		    live_mark(h->dir_fd).v, (int)getpid(), live_start_time(getpid()), (int)h->init,
		    live_start_time(h->init), (long long)h->since);
	return fd >= 0 && write(fd, text_str(&text), text.len) == (ssize_t)text.len ? 0 : -1;
}

static void add_peer(struct hold *h, int take_fd, enum live_kind kind)
{
	VECTOR_PUSH(&h->arena, &h->peers, (struct hold_peer){ take_fd, kind, false });
}

int hold_open(struct hold *h, const struct plan *plan, pid_t init, struct error *err)
{
	size_t n = 0;
	char path[48];

	_Static_assert((int)NS_TIME == LIVE_NAMESPACES && NS_USER == 0,
		       "a place for each; the user namespace gives the right to enter the others");
	h->init = init;
	h->plan = plan;
	h->setup = plan->setup;
	h->has_secret = key_secret(&h->secret);
	h->way.terms = terms_make(plan, &h->secret);
	if (h->way.terms >= 0)
		h->way.pidfd = sys_pidfd_open(init);
	for (int kind = 0; h->way.pidfd >= 0 && kind < NS_TIME; kind++) {
		if (!plan->unshare[kind])
			continue;
		(void)snprintf(path, sizeof(path), "/proc/%d/ns/%s", (int)init,
			       ns_file((enum ns_kind)kind));
		h->way.namespaces[n] = sys_open(path, O_RDONLY | O_CLOEXEC);
		if (h->way.namespaces[n++] < 0)
			break;
	}
	if (h->way.pidfd >= 0 && (n == 0 || h->way.namespaces[n - 1] >= 0)) {
		tell_init(h, HOLD_IDLE);
		return 0;
	}
	(void)fail_call(err, CALL_PROCESS, "namespaces");
	return fail_message(err, "cannot let others join the box");
}

/* From here on others get in. */
static int open_door(struct hold *h, struct error *err)
{
	const char *options = h->plan->options;

	/* What nacre enter finds when the box does not live. */
	if (store_replace(h->dir_fd, "options", options, strlen(options), false) == 0 &&
	    write_live(h) == 0)
		h->listen_fd = live_listen(h->dir_fd);
	if (h->listen_fd < 0) {
		(void)fail_call(err, CALL_STATE, "door");
		return fail_message(err, "cannot let others join the box");
	}
	if (h->plan->link && link_make(h->plan, h->box_path, h->dir_fd, &h->way, err) < 0)
		return -1;
	h->linked = h->plan->link;
	if (h->stays && h->has_secret)
		h->key_fd = key_make(h->dir_fd, &h->way, &h->secret);
	h->gate_fd = close_fd(h->gate_fd);
	return 0;
}

int hold_ready(struct hold *h, struct error *err)
{
	h->since = time(NULL);
	if (!h->setup && open_door(h, err) < 0)
		return -1;
	if (h->creator_fd >= 0) {
		(void)live_answer(h->creator_fd, &h->way);
		add_peer(h, TAKE_FD(h->creator_fd), LIVE_JOIN);
	}
	return 0;
}

void hold_fail(struct hold *h, const struct error *err)
{
	if (h->creator_fd >= 0)
		(void)send(h->creator_fd, err, sizeof(*err), MSG_NOSIGNAL);
}

/* ---- the end ---- */

/*
 * A member who is stopped cannot collect the command that is his child, and init waits for that (pid_namespaces(7)). By a descriptor
 * (Linux 6.5), as a number may be somebody else's by now.
 */
static void wake_members(const struct hold *h)
{
	for (size_t i = 0; i < h->peers.count; i++) {
		const struct hold_peer *peer = &h->peers.items[i];
		_cleanup_fd_ int pidfd = -EBADF;
		socklen_t size = sizeof(pidfd);

		if (peer->fd < 0)
			continue;
		if (peer->kind == LIVE_KEY)
			(void)sys_pidfd_send_signal(peer->fd, SIGCONT);
		else if (peer->kind == LIVE_JOIN &&
			 getsockopt(peer->fd, SOL_SOCKET, SO_PEERPIDFD, &pidfd, &size) == 0)
			(void)sys_pidfd_send_signal(pidfd, SIGCONT);
	}
}

static bool has_key(const struct hold *h, pid_t pid, pid_t *pids, size_t most)
{
	size_t count = key_members(h->key_fd, pids, most);

	for (size_t i = 0; i < count && i < most; i++)
		if (pids[i] == pid)
			return true;
	return false;
}

/*
 * The box ends: whoever let himself in is a member like the others from here on. Looked for again once he cannot be mistaken: his number
 * may have become somebody else's.
 */
static void find_members(struct hold *h)
{
	size_t most;
	pid_t *pids, *again;

	key_break(h->dir_fd);
	most = h->key_fd < 0 ? 0 : key_members(h->key_fd, NULL, 0);
	if (!most)
		return;
	pids = arena_alloc(&h->arena, 2 * most * sizeof(*pids));
	again = pids + most;
	(void)key_members(h->key_fd, pids, most);
	for (size_t i = 0; i < most; i++) {
		_cleanup_fd_ int pidfd = sys_pidfd_open(pids[i]);

		if (pidfd >= 0 && has_key(h, pids[i], again, most))
			add_peer(h, TAKE_FD(pidfd), LIVE_KEY);
	}
}

void hold_end(struct hold *h)
{
	if (h->linked)
		link_remove(h->plan->link, h->box_path);
	h->linked = false;
}

static void kill_init(struct hold *h)
{
	hold_end(h);
	(void)unlinkat(h->dir_fd, "door", 0);
	(void)unlinkat(h->dir_fd, "live", 0);
	if (!h->ending)
		find_members(h);
	h->listen_fd = close_fd(h->listen_fd);
	h->over = true;
	(void)sys_pidfd_send_signal(h->way.pidfd, SIGKILL);
	wake_members(h);
}

static bool accept_one(struct hold *h)
{
	struct ucred peer;
	socklen_t size = sizeof(peer);
	_cleanup_fd_ int fd = -EBADF;
	struct pollfd waiting = { .fd = h->listen_fd, .events = POLLIN };

	if (h->listen_fd < 0 || poll(&waiting, 1, 0) != 1)
		return false;
	fd = accept4(h->listen_fd, NULL, NULL, SOCK_CLOEXEC);
	/* Who knocks waits then until somebody leaves: poll(2) would tell of him all the time. */
	h->full = fd < 0 &&
		  (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS);
	if (fd < 0)
		return false;
	/* The box's directory is closed to others; this is for one whose mode was changed. */
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
	    (peer.uid == geteuid() || peer.uid == 0))
		add_peer(h, TAKE_FD(fd), 0);
	return true;
}

/* Nobody is in it: with the gate locked nobody can knock unseen, and who knocked before is let in. */
static void end_unless_wanted(struct hold *h)
{
	if (h->gate_fd < 0)
		h->gate_fd = live_gate(h->dir_fd);
	if (accept_one(h)) {
		h->gate_fd = close_fd(h->gate_fd);
		return;
	}
	kill_init(h);
}

static uint32_t count_peers(const struct hold *h, enum live_kind kind)
{
	uint32_t n = 0;

	for (size_t i = 0; i < h->peers.count; i++)
		n += h->peers.items[i].fd >= 0 && h->peers.items[i].kind == kind;
	return n;
}

static uint32_t count_members(const struct hold *h)
{
	return count_peers(h, LIVE_JOIN) + count_peers(h, LIVE_KEY);
}

/* When the box is being stopped they are peers. */
static uint32_t count_keys(const struct hold *h)
{
	return h->key_fd < 0 || h->ending ? 0 : (uint32_t)key_members(h->key_fd, NULL, 0);
}

/* Whatever processes are in it. */
static bool goes_on(const struct hold *h)
{
	return count_members(h) || (!h->ending && ((!h->joined && count_peers(h, LIVE_WATCH)) ||
						   (h->stays && !h->setup)));
}

/* Also by who has not said yet what he wants. */
static bool is_wanted(const struct hold *h)
{
	for (size_t i = 0; i < h->peers.count; i++)
		if (h->peers.items[i].fd >= 0 && !h->peers.items[i].kind)
			return true;
	return goes_on(h);
}

static void end_if_empty(struct hold *h)
{
	if (h->over || !h->idle || is_wanted(h))
		return;
	if (h->ending)
		kill_init(h);
	else
		end_unless_wanted(h);
}

/* Whoever leaves a box that goes on need not wait for its end. It does not by one who has not said what he wants: he may only look. */
static void let_go(struct hold *h)
{
	if (h->idle && !goes_on(h))
		return;
	for (size_t i = 0; i < h->peers.count && !h->over && !h->ending; i++) {
		struct hold_peer *peer = &h->peers.items[i];

		if (peer->kind != LIVE_LEAVE || peer->fd < 0)
			continue;
		(void)live_answer(peer->fd, NULL);
		peer->fd = close_fd(peer->fd);
	}
}

void hold_init_is(struct hold *h, bool idle)
{
	h->idle = idle;
	/* After SIGTERM, which init has sent when it answers: who goes on before could end as if nothing were. */
	if (h->ending && !h->over)
		wake_members(h);
	end_if_empty(h);
	let_go(h);
}

void hold_stop(struct hold *h, uint32_t grace_ms)
{
	struct timespec *d = &h->deadline;

	if (h->way.pidfd < 0 || h->over)
		return;
	(void)clock_gettime(CLOCK_MONOTONIC, d);
	d->tv_sec += grace_ms / 1000;
	d->tv_nsec += (long)(grace_ms % 1000) * 1000000;
	if (!h->ending)
		find_members(h);
	h->ending = true;
	h->idle = false;
	tell_init(h, HOLD_TERMINATE);
	tell_init(h, HOLD_IDLE);
}

/* ---- peers ---- */

/* Somebody is gone. Only a box that nobody else wants ends when init is idle; of others init need not be asked. */
static void ask_for_idleness(struct hold *h)
{
	if (goes_on(h)) {
		let_go(h);
		return;
	}
	h->idle = false;
	tell_init(h, HOLD_IDLE);
}

static void close_peer(struct hold *h, struct hold_peer *peer)
{
	peer->fd = close_fd(peer->fd);
	ask_for_idleness(h);
}

/* The set-up command has succeeded; there is one member, the creator. A box that nobody else can find must end. */
static void end_setup(struct hold *h, struct hold_peer *peer)
{
	struct error ignored;

	if (!h->setup)
		close_peer(h, peer);
	else if (open_door(h, &ignored) < 0)
		kill_init(h);
	else
		(void)live_answer(peer->fd, NULL);
	h->setup = false;
}

/*
 * Descriptors on their way count against our limit (ETOOMANYREFS, unix(7)): with many who join at once some have to wait until
 * others have taken theirs.
 */
static void let_in(struct hold *h, struct hold_peer *peer)
{
	peer->owed = live_answer(peer->fd, &h->way) < 0 &&
		     (errno == ETOOMANYREFS || errno == EAGAIN);
	h->owing |= peer->owed;
}

static void pay(struct hold *h)
{
	if (!h->owing)
		return;
	h->owing = false;
	for (size_t i = 0; i < h->peers.count; i++)
		if (h->peers.items[i].fd >= 0 && h->peers.items[i].owed)
			let_in(h, &h->peers.items[i]);
}

/* What a peer of that kind may say; one that has said nothing yet may say anything. */
static bool may_say(enum live_kind kind, uint32_t word)
{
	if (kind == LIVE_JOIN)
		return word == LIVE_LEAVE || word == LIVE_READY || word == LIVE_WATCH;
	return !kind || (kind == LIVE_WATCH && word == LIVE_LEAVE);
}

static void serve(struct hold *h, struct hold_peer *peer)
{
	struct live_request request;
	bool member = peer->kind == LIVE_JOIN, watcher = peer->kind == LIVE_WATCH;

	/* Of a pidfd there is nothing to read; that it can be read says that the process has ended (pidfd_open(2)). */
	if (!live_read(peer->fd, &request) || h->over || !may_say(peer->kind, request.kind)) {
		close_peer(h, peer);
		return;
	}
	if (request.kind == LIVE_READY) {
		end_setup(h, peer);
		return;
	}
	peer->kind = (enum live_kind)request.kind;
	/* He does not go: the end is what he waits for. */
	if (watcher)
		peer->kind = LIVE_STOP;
	if (member || watcher) {
		ask_for_idleness(h);
		return;
	}
	if (peer->kind == LIVE_JOIN && !h->ending) {
		h->joined = true;
		let_in(h, peer);
		let_go(h);
	} else if (peer->kind == LIVE_JOIN) {
		/* The end is what he has to wait for, to make the box anew. */
		peer->kind = LIVE_STOP;
	} else if (peer->kind == LIVE_STOP) {
		hold_stop(h, request.grace_ms);
	} else {
		if (peer->kind == LIVE_LOOK)
			(void)live_show(peer->fd, count_members(h) + count_keys(h), h->since,
					&h->way);
		close_peer(h, peer);
	}
}

static void drop_closed(struct hold *h)
{
	size_t kept = 0;

	for (size_t i = 0; i < h->peers.count; i++)
		if (h->peers.items[i].fd >= 0)
			h->peers.items[kept++] = h->peers.items[i];
	h->full = h->full && kept == h->peers.count;
	h->peers.count = kept;
}

/* ---- the loop's part ---- */

static int time_left(const struct hold *h)
{
	struct timespec now;
	int64_t ms;

	if (!h->ending || h->over)
		return -1;
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (int64_t)(h->deadline.tv_sec - now.tv_sec) * 1000 +
	     (h->deadline.tv_nsec - now.tv_nsec) / 1000000;
	return ms < 0 ? 0 : ms > INT32_MAX ? INT32_MAX : (int)ms;
}

/* Nothing tells when others have taken what they were sent. */
enum { OWING_MS = 5 };

size_t hold_watch(struct hold *h, size_t first, struct pollfd **ret, int *ret_timeout)
{
	h->watched.count = 0;
	for (size_t i = 0; i < first; i++)
		(void)VECTOR_ADD(&h->arena, &h->watched);
	VECTOR_PUSH(&h->arena, &h->watched,
		    (struct pollfd){ .fd = h->full ? -1 : h->listen_fd, .events = POLLIN });
	for (size_t i = 0; i < h->peers.count; i++)
		VECTOR_PUSH(&h->arena, &h->watched,
			    (struct pollfd){ .fd = h->peers.items[i].fd, .events = POLLIN });
	*ret = h->watched.items;
	*ret_timeout = h->owing ? OWING_MS : time_left(h);
	return h->watched.count;
}

void hold_handle(struct hold *h, const struct pollfd *fds, size_t count)
{
	/* The peers first: their places in the list are those that were watched. */
	for (size_t i = 1; i < count; i++)
		if (fds[i].revents)
			serve(h, &h->peers.items[i - 1]);
	if (count && fds[0].revents && h->listen_fd >= 0)
		(void)accept_one(h);
	drop_closed(h);
	pay(h);
	if (h->ending && !h->over && time_left(h) == 0)
		kill_init(h);
}
