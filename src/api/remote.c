// SPDX-License-Identifier: MIT
/* Requests, what is done for each on the other side, and the functions that make them. */
#include "api/remote.h"

#include "api/beside.h"
#include "api/changes.h"
#include "api/commit.h"
#include "api/handles.h"
#include "base/cleanup.h"

#include <string.h>

enum remote_op {
	REMOTE_END,
	REMOTE_COUNT,
	REMOTE_GET, /* and some of those behind it */
	REMOTE_PICK,
	REMOTE_STATUS,
	REMOTE_DIFF,
	REMOTE_STAT,
	REMOTE_PATCH,
	REMOTE_COMMIT,
	REMOTE_DISCARD,
	REMOTE_HUNKS,
	REMOTE_HUNK,
	REMOTE_PICK_HUNKS,
};

/* What comes with a request: the path of a layer, or a bool for each hunk. */
enum { PAYLOAD_MAX = 64 * 1024, BATCH_BYTES = 16 * 1024 };

/* A message with the payload behind it. */
struct request {
	enum remote_op op;
	size_t index, number;
	bool flags[3];
	size_t payload_size;
	const void *payload; /* or NULL */
};

struct request_message {
	struct request request;
	char payload[PAYLOAD_MAX];
};

/* ---- in there ---- */

struct opening {
	const struct nacre_plan *plan;
	const char *const *words;
};

/* Where strings are in a batch: behind their change, each with its NUL. */
static void pack(const struct nacre_change *change, struct text *out)
{
	const char *const strings[] = { change->path, change->shown, change->note, change->runs };

	text_add_bytes(out, change, sizeof(*change));
	for (size_t i = 0; i < ARRAY_LEN(strings); i++)
		if (strings[i])
			text_add_bytes(out, strings[i], strlen(strings[i]) + 1);
}

static void answer_get(struct nacre_changes *ch, const struct request *r, struct beside_answer *ret)
{
	struct text out = { 0 };

	for (size_t i = r->index; i < nacre_changes_size(ch) && out.len < BATCH_BYTES; i++) {
		struct nacre_change change = { .size = sizeof(change) };

		nacre_changes_get(ch, i, &change);
		pack(&change, &out);
		ret->numbers[0]++;
	}
	ret->lens[0] = out.len;
	ret->texts[0] = handles_give(&out);
}

static void answer_commit(struct nacre_changes *ch, const struct leash *leash,
			  const struct request *r, struct beside_answer *ret,
			  struct nacre_error *error)
{
	const struct nacre_commit_options options = {
		.size = sizeof(options),
		.force = r->flags[0],
		.dry_run = r->flags[1],
		.progress = r->flags[2] ? beside_progress : NULL,
		.arg = (void *)leash,
		.layer = r->payload,
	};
	struct nacre_commit_result result = { .size = sizeof(result) };

	ret->answer = r->op == REMOTE_COMMIT ? nacre_changes_commit(ch, &options, &result, error)
					     : nacre_changes_discard(ch, &result, error);
	commit_tell(&result, ret);
}

static void answer_hunks(struct nacre_changes *ch, const struct request *r,
			 struct beside_answer *ret, struct nacre_error *error)
{
	size_t count = 0;

	ret->answer = nacre_changes_hunks(ch, r->index, &count, error);
	ret->numbers[0] = count;
	if (r->op == REMOTE_PICK_HUNKS && ret->answer == 0)
		ret->answer = r->payload_size == count
				      ? nacre_changes_pick_hunks(ch, r->index, r->payload, error)
				      : fail(&error->value, ERROR_BUG, 0, "another number of hunks");
}

/* A text that is NULL is a failure. */
static void answer_text(char *take_text, struct beside_answer *ret)
{
	ret->answer = take_text ? 0 : -1;
	beside_text(ret, 0, take_text);
}

static void answer(struct nacre_changes *ch, const struct leash *leash, const struct request *r,
		   struct beside_answer *ret, struct nacre_error *error)
{
	switch (r->op) {
	case REMOTE_COUNT:
		ret->numbers[0] = nacre_changes_count(ch);
		break;
	case REMOTE_GET:
		answer_get(ch, r, ret);
		break;
	case REMOTE_PICK:
		nacre_changes_pick(ch, r->index, r->flags[0]);
		break;
	case REMOTE_STATUS:
		ret->texts[0] = nacre_changes_status(ch, r->flags[0], &ret->lens[0]);
		break;
	case REMOTE_DIFF:
		ret->answer = nacre_changes_diff(ch, r->flags[0], r->flags[1], beside_data,
						 (void *)leash, error);
		break;
	case REMOTE_STAT:
		answer_text(nacre_changes_stat(ch, r->flags[0], r->number, error), ret);
		break;
	case REMOTE_PATCH:
		answer_text(nacre_changes_patch(ch, r->index, r->flags[0], error), ret);
		break;
	case REMOTE_HUNK:
		answer_text(nacre_changes_hunk(ch, r->index, r->number, r->flags[0], error), ret);
		break;
	case REMOTE_HUNKS:
	case REMOTE_PICK_HUNKS:
		answer_hunks(ch, r, ret, error);
		break;
	case REMOTE_END:
		break;
	case REMOTE_COMMIT:
	case REMOTE_DISCARD:
	default:
		answer_commit(ch, leash, r, ret, error);
	}
}

static void serve(const struct leash *leash, void *arg)
{
	const struct opening *o = arg;
	const struct aside caller = { .pidfd = leash->caller_fd, .channel_fd = leash->channel_fd };
	struct beside_answer opened = { 0 };
	struct nacre_changes *ch;
	struct request_message *m;

	o->plan->plan->owns_process = true;
	opened.answer = changes_handle_open(o->plan, o->words, false, &ch, &opened.err);
	if (opened.answer == 0) {
		opened.numbers[0] = nacre_changes_size(ch);
		opened.numbers[1] = nacre_changes_running(ch);
		beside_text(&opened, 0, strdup(nacre_changes_box(ch)));
	}
	beside_send(leash->channel_fd, &opened);
	m = calloc(1, sizeof(*m));
	while (m && opened.answer == 0) {
		size_t n = aside_receive(&caller, m, sizeof(*m), true);
		struct beside_answer given = { 0 };
		struct nacre_error error = { 0 };

		/* That no more data is wanted may come after the last of it. */
		if (n == 1)
			continue;
		if (n == 0 || m->request.op == REMOTE_END)
			break;
		m->request.payload = m->request.payload ? m->payload : NULL;
		answer(ch, leash, &m->request, &given, &error);
		given.err = error.value;
		beside_send(leash->channel_fd, &given);
		beside_release(&given);
	}
}

/* ---- here ---- */

int remote_open(const struct nacre_plan *plan, const char *const *words, struct nacre_changes **ret,
		struct nacre_error *error)
{
	struct opening opening = { plan, words };
	struct arena arena = { 0 };
	struct nacre_changes *ch = arena_new(&arena, struct nacre_changes);
	struct beside_answer opened;

	*ch = (struct nacre_changes){
		.arena = arena,
		.plan = plan->plan,
		.box_fd = -EBADF,
		.hunks_of = SIZE_MAX,
		.remote = true,
		.server = ASIDE_NONE,
	};
	if (beside_start(serve, &opening, &ch->server, &error->value) < 0) {
		nacre_changes_free(ch);
		return -1;
	}
	if (beside_receive(&ch->server, NULL, &opened, error) < 0) {
		beside_release(&opened);
		nacre_changes_free(ch);
		return -1;
	}
	ch->batch.size = opened.numbers[0];
	ch->box.running = opened.numbers[1];
	ch->box.name = arena_strdup(&ch->arena, opened.texts[0]);
	beside_release(&opened);
	*ret = ch;
	return 0;
}

static void drop_batch(struct nacre_changes *ch)
{
	free(ch->batch.items);
	free(ch->batch.text);
	ch->batch.items = NULL;
	ch->batch.text = NULL;
	ch->batch.count = 0;
}

static bool send_request(const struct nacre_changes *ch, const struct request *r)
{
	_cleanup_free_ struct request_message *m = NULL;

	if (r->payload_size > sizeof(m->payload))
		return false;
	m = malloc(offsetof(struct request_message, payload) + r->payload_size);
	if (!m)
		out_of_memory_();
	m->request = *r;
	if (r->payload)
		memcpy(m->payload, r->payload, r->payload_size);
	return aside_send(ch->server.channel_fd, m,
			  offsetof(struct request_message, payload) + r->payload_size);
}

void remote_close(struct nacre_changes *ch)
{
	drop_batch(ch);
	if (ch->server.pidfd < 0)
		return;
	(void)send_request(ch, &(struct request){ .op = REMOTE_END });
	aside_wait(&ch->server);
	aside_release(&ch->server);
}

/* The answer; who has no error handle is told by the return alone. */
static int ask(struct nacre_changes *ch, const struct request *r, const struct beside_watch *watch,
	       struct beside_answer *ret, struct nacre_error *error)
{
	struct nacre_error ignored;

	/* What is picked is another now, or how it is told. */
	drop_batch(ch);
	*ret = (struct beside_answer){ .answer = -1 };
	if (send_request(ch, r))
		return beside_receive(&ch->server, watch, ret, error ? error : &ignored);
	if (error)
		(void)fail(&error->value, ERROR_SYSTEM, 0,
			   "the process that has the changes was ended");
	return -1;
}

static char *ask_text(struct nacre_changes *ch, const struct request *r, struct nacre_error *error)
{
	struct beside_answer answer;

	return ask(ch, r, NULL, &answer, error) < 0 ? NULL : answer.texts[0];
}

/* ---- the list ---- */

uint64_t remote_count(struct nacre_changes *ch)
{
	struct beside_answer answer;

	(void)ask(ch, &(struct request){ .op = REMOTE_COUNT }, NULL, &answer, NULL);
	return answer.numbers[0];
}

static const char *unpack_string(char **at)
{
	const char *s = *at;

	*at += strlen(s) + 1;
	return s;
}

static void unpack(struct nacre_change *ret, char **at)
{
	memcpy(ret, *at, sizeof(*ret));
	*at += sizeof(*ret);
	ret->path = unpack_string(at);
	ret->shown = unpack_string(at);
	ret->note = unpack_string(at);
	/* The pointer is one of the other side's. */
	ret->runs = ret->runs ? unpack_string(at) : NULL;
}

/* That change and some behind it: most callers want all, one after the other. */
static bool fetch(struct nacre_changes *ch, size_t index)
{
	struct beside_answer answer;
	char *at;

	(void)ask(ch, &(struct request){ .op = REMOTE_GET, .index = index }, NULL, &answer, NULL);
	if (answer.answer < 0 || !answer.numbers[0]) {
		beside_release(&answer);
		return false;
	}
	ch->batch.items = calloc(answer.numbers[0], sizeof(*ch->batch.items));
	if (!ch->batch.items)
		out_of_memory_();
	ch->batch.text = at = answer.texts[0];
	ch->batch.first = index;
	ch->batch.count = answer.numbers[0];
	for (size_t i = 0; i < ch->batch.count; i++)
		unpack(&ch->batch.items[i], &at);
	return true;
}

void remote_get(struct nacre_changes *ch, size_t index, struct nacre_change *ret)
{
	const struct nacre_change none = { .path = "", .shown = "", .note = "" };
	const struct nacre_change *found = &none;

	if (index - ch->batch.first < ch->batch.count || fetch(ch, index))
		found = &ch->batch.items[index - ch->batch.first];
	handles_fill(ret, found, sizeof(*found));
}

void remote_pick(struct nacre_changes *ch, size_t index, bool picked)
{
	struct beside_answer answer;

	(void)ask(ch, &(struct request){ .op = REMOTE_PICK, .index = index, .flags = { picked } },
		  NULL, &answer, NULL);
}

/* ---- shown ---- */

char *remote_status(struct nacre_changes *ch, bool colour, size_t *ret_len)
{
	struct beside_answer answer;
	struct text empty = { 0 };

	(void)ask(ch, &(struct request){ .op = REMOTE_STATUS, .flags = { colour } }, NULL, &answer,
		  NULL);
	*ret_len = answer.texts[0] ? answer.lens[0] : 0;
	return answer.texts[0] ? answer.texts[0] : handles_give(&empty);
}

int remote_diff(struct nacre_changes *ch, bool colour, bool terminal, nacre_sink sink, void *arg,
		struct nacre_error *error)
{
	const struct beside_watch watch = { .sink = sink, .sink_arg = arg };
	struct beside_answer answer;

	return ask(ch, &(struct request){ .op = REMOTE_DIFF, .flags = { colour, terminal } },
		   &watch, &answer, error);
}

char *remote_stat(struct nacre_changes *ch, bool colour, size_t width, struct nacre_error *error)
{
	return ask_text(
		ch, &(struct request){ .op = REMOTE_STAT, .number = width, .flags = { colour } },
		error);
}

char *remote_patch(struct nacre_changes *ch, size_t index, bool colour, struct nacre_error *error)
{
	return ask_text(
		ch, &(struct request){ .op = REMOTE_PATCH, .index = index, .flags = { colour } },
		error);
}

/* ---- what becomes of them ---- */

int remote_commit(struct nacre_changes *ch, const struct nacre_commit_options *options,
		  struct nacre_commit_result *result, struct nacre_error *error)
{
	const struct beside_watch watch = { .progress = options->progress,
					    .progress_arg = options->arg };
	const struct request request = {
		.op = REMOTE_COMMIT,
		.flags = { options->force, options->dry_run, options->progress },
		.payload = options->layer,
		.payload_size = options->layer ? strlen(options->layer) + 1 : 0,
	};
	struct beside_answer answer;

	(void)ask(ch, &request, &watch, &answer, error);
	return commit_told(&answer, result);
}

int remote_discard(struct nacre_changes *ch, struct nacre_commit_result *result,
		   struct nacre_error *error)
{
	struct beside_answer answer;

	(void)ask(ch, &(struct request){ .op = REMOTE_DISCARD }, NULL, &answer, error);
	return commit_told(&answer, result);
}

/* ---- hunks ---- */

int remote_hunks(struct nacre_changes *ch, size_t index, size_t *ret_count,
		 struct nacre_error *error)
{
	struct beside_answer answer;

	if (ask(ch, &(struct request){ .op = REMOTE_HUNKS, .index = index }, NULL, &answer, error) <
	    0)
		return -1;
	*ret_count = answer.numbers[0];
	return 0;
}

char *remote_hunk(struct nacre_changes *ch, size_t index, size_t hunk, bool colour,
		  struct nacre_error *error)
{
	return ask_text(
		ch,
		&(struct request){
			.op = REMOTE_HUNK, .index = index, .number = hunk, .flags = { colour } },
		error);
}

int remote_pick_hunks(struct nacre_changes *ch, size_t index, const bool *picked,
		      struct nacre_error *error)
{
	struct beside_answer answer;
	size_t count;

	if (remote_hunks(ch, index, &count, error) < 0)
		return -1;
	return ask(ch,
		   &(struct request){ .op = REMOTE_PICK_HUNKS,
				      .index = index,
				      .payload = picked,
				      .payload_size = count },
		   NULL, &answer, error);
}
