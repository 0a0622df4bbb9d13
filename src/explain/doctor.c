// SPDX-License-Identifier: MIT
/*
 * The doctor: runs the probes of doctor_probes.c and shows what they found. What changes anything
 * is tried in a child process with namespaces of its own and a limit of time, so nothing is left on
 * the machine.
 */
#include "explain/doctor.h"

#include "base/cleanup.h"
#include "base/json.h"
#include "explain/doctor_probes.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TRIAL_MILLISECONDS = 5000 };

static const char *const state_names[] = {
	[FINDING_OK] = "ok",
	[FINDING_WARN] = "warn",
	[FINDING_FAIL] = "fail",
};

void doctor_add(struct doctor *d, const char *name, enum finding_state state, const char *fix,
		const char *explain, const char *format, ...)
{
	struct finding *f = VECTOR_ADD(d->arena, &d->findings->v);
	_cleanup_free_ char *text = NULL;
	va_list args;

	*f = (struct finding){ .name = name, .state = state };
	f->fix = fix ? arena_strdup(d->arena, fix) : NULL;
	f->explain = explain ? arena_strdup(d->arena, explain) : NULL;
	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	va_end(args);
	f->text = arena_strdup(d->arena, text ? text : name);
}

void doctor_add_error(struct doctor *d, const char *name, enum finding_state state,
		      const char *what, const struct error *err)
{
	doctor_add(d, name, state, err->fix[0] ? err->fix : NULL, err->name[0] ? err->name : NULL,
		   "%s: %s", what, err->reason);
}

/* The child's part: everything it makes belongs to its namespaces, or to a directory that the
 * parent removes. */
_Noreturn static void trial_child(trial_fn *fn, const void *arg, int out)
{
	int answer[TRIAL_ANSWERS];

	memset(answer, -1, sizeof(answer));
	fn(arg, answer);
	_exit(write(out, answer, sizeof(answer)) == (ssize_t)sizeof(answer) ? 0 : 1);
}

bool trial_run(trial_fn *fn, const void *arg, int answer[TRIAL_ANSWERS])
{
	struct pollfd poll_fd = { .events = POLLIN };
	const size_t size = TRIAL_ANSWERS * sizeof(*answer);
	bool answered = false;
	int ends[2];
	pid_t pid;

	memset(answer, -1, size);
	if (pipe2(ends, O_CLOEXEC) < 0)
		return false;
	pid = fork();
	if (pid == 0) {
		(void)setpgid(0, 0);
		trial_child(fn, arg, ends[1]);
	}
	(void)close(ends[1]);
	poll_fd.fd = ends[0];
	if (pid > 0) {
		/* In both processes, so that the group is there whoever comes first. */
		(void)setpgid(pid, pid);
		answered = poll(&poll_fd, 1, TRIAL_MILLISECONDS) > 0 &&
			   read(ends[0], answer, size) == (ssize_t)size;
		(void)kill(-pid, SIGKILL);
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	(void)close(ends[0]);
	return answered;
}

void doctor_run(struct arena *arena, const char *state_dir, struct findings *ret)
{
	struct doctor d = { .arena = arena, .state_dir = state_dir, .findings = ret };

	for (size_t i = 0; doctor_probes[i]; i++)
		doctor_probes[i](&d);
}

enum finding_state doctor_worst(const struct findings *f)
{
	enum finding_state worst = FINDING_OK;

	for (size_t i = 0; i < f->v.count; i++)
		if (f->v.items[i].state > worst)
			worst = f->v.items[i].state;
	return worst;
}

void doctor_text(const struct findings *f, struct text *out)
{
	static const char *const labels[] = {
		[FINDING_OK] = "ok",
		[FINDING_WARN] = "warn",
		[FINDING_FAIL] = "FAIL",
	};

	for (size_t i = 0; i < f->v.count; i++) {
		const struct finding *finding = &f->v.items[i];

		text_printf(out, "%-6s%s\n", labels[finding->state], finding->text);
		if (finding->fix)
			text_printf(out, "      fix: %s", finding->fix);
		if (finding->explain)
			text_printf(out, "%s[%s]",
				    finding->fix ? "          " : "      see: ", finding->explain);
		if (finding->fix || finding->explain)
			text_add_char(out, '\n');
	}
}

void doctor_json(const struct findings *f, struct text *out)
{
	struct json j = { .out = out, .pretty = true };

	json_object(&j, NULL);
	json_number(&j, "version", 1);
	json_string(&j, "worst", state_names[doctor_worst(f)]);
	json_array(&j, "findings");
	for (size_t i = 0; i < f->v.count; i++) {
		const struct finding *finding = &f->v.items[i];

		json_object(&j, NULL);
		json_string(&j, "name", finding->name);
		json_string(&j, "state", state_names[finding->state]);
		json_string(&j, "text", finding->text);
		json_string(&j, "fix", finding->fix);
		json_string(&j, "explain", finding->explain);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_end_object(&j);
	text_add_char(out, '\n');
}
