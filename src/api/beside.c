// SPDX-License-Identifier: MIT
/* The messages, and one function alone. */
#include "api/beside.h"

#include "api/handles.h"
#include "base/cleanup.h"

#include <string.h>
#include <sys/socket.h>

enum { PIECE = 32 * 1024 };

enum message_kind { MESSAGE_DATA = 'd', MESSAGE_PROGRESS = 'p', MESSAGE_ANSWER = 'a' };

/* Each begins with its kind, but for the pieces of texts, whose number the answer tells. */
struct message {
	char kind;
	union {
		struct {
			uint64_t done, total, bytes;
		} progress;
		struct beside_answer answer;
		char data[PIECE];
	};
};

/* The caller's, to the other side: no more data. */
static const char enough = 'n';

void beside_text(struct beside_answer *answer, size_t n, char *take_text)
{
	answer->texts[n] = take_text;
	answer->lens[n] = take_text ? strlen(take_text) : 0;
}

void beside_release(struct beside_answer *answer)
{
	for (size_t i = 0; i < ARRAY_LEN(answer->texts); i++)
		free(answer->texts[i]);
}

/* ---- in there ---- */

void beside_send(int channel_fd, const struct beside_answer *answer)
{
	struct message message = { .kind = MESSAGE_ANSWER, .answer = *answer };

	if (!aside_send(channel_fd, &message, offsetof(struct message, answer) + sizeof(*answer)))
		return;
	for (size_t i = 0; i < ARRAY_LEN(answer->texts); i++)
		for (size_t at = 0; at < answer->lens[i]; at += PIECE)
			if (!aside_send(channel_fd, answer->texts[i] + at,
					answer->lens[i] - at < PIECE ? answer->lens[i] - at : PIECE))
				return;
}

bool beside_data(void *leash, const char *bytes, size_t n)
{
	int fd = ((const struct leash *)leash)->channel_fd;
	struct message message = { .kind = MESSAGE_DATA };
	char word;

	for (size_t at = 0; at < n; at += PIECE) {
		size_t part = n - at < PIECE ? n - at : PIECE;

		/* The only thing that is said before the answer. */
		if (recv(fd, &word, 1, MSG_DONTWAIT) == 1)
			return false;
		memcpy(message.data, bytes + at, part);
		if (!aside_send(fd, &message, offsetof(struct message, data) + part))
			return false;
	}
	return true;
}

void beside_progress(void *leash, uint64_t done, uint64_t total, uint64_t bytes)
{
	const struct message message = { .kind = MESSAGE_PROGRESS,
					 .progress = { done, total, bytes } };

	(void)aside_send(((const struct leash *)leash)->channel_fd, &message,
			 offsetof(struct message, progress) + sizeof(message.progress));
}

/* ---- here ---- */

static int fail_gone(struct nacre_error *error)
{
	return fail(&error->value, ERROR_SYSTEM, 0, "the process that did it was ended");
}

static bool receive_text(const struct aside *aside, struct beside_answer *ret, size_t n)
{
	char *text;

	if (!ret->texts[n])
		return true;
	text = malloc(ret->lens[n] + 1);
	if (!text)
		out_of_memory_();
	ret->texts[n] = text;
	for (size_t at = 0; at < ret->lens[n];) {
		size_t got = aside_receive(aside, text + at, ret->lens[n] - at, true);

		if (!got)
			return false;
		at += got;
	}
	text[ret->lens[n]] = '\0';
	return true;
}

/* The pointers in it are those of the other side, and tell only whether there is a text. */
static int receive_answer(const struct aside *aside, const struct beside_answer *answer,
			  struct beside_answer *ret, struct nacre_error *error)
{
	bool whole = true;

	*ret = *answer;
	for (size_t i = 0; i < ARRAY_LEN(ret->texts); i++) {
		if (!whole)
			ret->texts[i] = NULL;
		whole = whole && receive_text(aside, ret, i);
	}
	if (!whole)
		return ret->answer = fail_gone(error);
	if (ret->answer < 0)
		error->value = ret->err;
	return ret->answer;
}

/* No more is taken after the sink has had enough, but what is under way. */
static void take_data(const struct aside *aside, const struct beside_watch *watch, bool *over,
		      const char *bytes, size_t n)
{
	if (*over || watch->sink(watch->sink_arg, bytes, n))
		return;
	*over = true;
	(void)aside_send(aside->channel_fd, &enough, 1);
}

int beside_receive(const struct aside *aside, const struct beside_watch *watch,
		   struct beside_answer *ret, struct nacre_error *error)
{
	_cleanup_free_ struct message *m = malloc(sizeof(*m));
	bool over = false;

	if (!m)
		out_of_memory_();
	for (;;) {
		size_t n = aside_receive(aside, m, sizeof(*m), true);

		if (!n) {
			*ret = (struct beside_answer){ .answer = -1 };
			return fail_gone(error);
		}
		if (m->kind == MESSAGE_ANSWER)
			return receive_answer(aside, &m->answer, ret, error);
		if (!watch)
			continue;
		if (m->kind == MESSAGE_DATA)
			take_data(aside, watch, &over, m->data, n - offsetof(struct message, data));
		else
			watch->progress(watch->progress_arg, m->progress.done, m->progress.total,
					m->progress.bytes);
	}
}

int beside_start(void (*body)(const struct leash *leash, void *arg), void *arg, struct aside *ret,
		 struct error *err)
{
	struct aside_fd fds[] = { { 0, 0 }, { 1, 1 }, { 2, 2 } };
	struct aside_start start = {
		.fds = fds, .fd_count = ARRAY_LEN(fds), .body = body, .arg = arg
	};

	(void)sigprocmask(SIG_BLOCK, NULL, &start.mask);
	return aside_start(&start, ret, err);
}

struct job {
	struct plan *plan;
	void (*body)(void *arg, struct beside_answer *ret);
	void *arg;
};

static void do_beside(const struct leash *leash, void *arg)
{
	const struct job *job = arg;
	struct beside_answer answer = { 0 };

	job->plan->owns_process = true;
	job->body(job->arg, &answer);
	beside_send(leash->channel_fd, &answer);
}

int beside_call(const struct nacre_plan *plan, void (*body)(void *arg, struct beside_answer *ret),
		void *arg, struct beside_answer *ret, struct nacre_error *error)
{
	struct job job = { plan->plan, body, arg };
	struct aside aside;

	*ret = (struct beside_answer){ 0 };
	if (plan->plan->owns_process) {
		body(arg, ret);
		if (ret->answer < 0)
			error->value = ret->err;
		return ret->answer;
	}
	if (beside_start(do_beside, &job, &aside, &error->value) < 0)
		return ret->answer = -1;
	(void)beside_receive(&aside, NULL, ret, error);
	aside_wait(&aside);
	aside_release(&aside);
	return ret->answer;
}
