// SPDX-License-Identifier: MIT
/* What was seen of a life, for people and as JSON. A number that is not known exactly is not shown as if it were. */
#include "api/boxes.h"

#include "base/cleanup.h"
#include "base/measure.h"
#include "base/path.h"

#include <inttypes.h>

/* ---- the table ---- */

void life_processes_cell(const struct look *look, struct text *out)
{
	if (!look->living)
		text_add_char(out, '-');
	else if (!look->counted)
		text_add_char(out, '?');
	else
		text_printf(out, "%zu%s", look->processes.count, look->partial ? "+" : "");
}

void life_members_cell(const struct look *look, struct text *out)
{
	if (!look->living)
		text_add_char(out, '-');
	else if (!look->told)
		text_add_char(out, '?');
	else
		text_printf(out, "%" PRIu32, look->members);
}

/* ---- at length ---- */

static void add_pid(struct text *out, const char *label, pid_t pid)
{
	if (!pid)
		return;
	box_label(out, label);
	text_printf(out, "process %d\n", (int)pid);
}

static void add_processes(struct text *out, const struct look *look)
{
	_cleanup_(arena_release) struct arena arena = { 0 };

	box_label(out, "processes");
	if (!look->counted) {
		text_add(out, "cannot be seen from here\n");
		return;
	}
	text_printf(out, "%s%zu\n", look->partial ? "at least " : "", look->processes.count);
	for (size_t i = 0; i < look->processes.count; i++) {
		const struct look_process *process = &look->processes.items[i];

		box_label(out, "");
		text_printf(out, "%d, in the box %d: %s\n", (int)process->pid, (int)process->inside,
			    quote_path(&arena, process->command));
	}
}

void life_text(const struct look *look, struct text *out)
{
	if (look->told) {
		box_label(out, "since");
		box_moment(out, look->since);
		text_add(out, ", ");
		span_format(time(NULL) - look->since, out);
		text_add_char(out, '\n');
	}
	add_pid(out, "keeper", look->keeper);
	if (!look->told) {
		box_label(out, "");
		text_add(out, "it does not answer, so its members and processes are not known\n");
		return;
	}
	add_pid(out, "init", look->init);
	box_label(out, "members");
	text_printf(out, "%" PRIu32 "\n", look->members);
	add_processes(out, look);
}

/* ---- JSON ---- */

/* Or null, when it is not known. */
static void json_known(struct json *j, const char *name, bool is_known, int64_t value)
{
	if (is_known)
		json_number(j, name, value);
	else
		json_string(j, name, NULL);
}

static void json_processes(struct json *j, const struct look *look)
{
	json_array(j, "processes");
	for (size_t i = 0; i < look->processes.count; i++) {
		const struct look_process *process = &look->processes.items[i];

		json_object(j, NULL);
		json_number(j, "pid", process->pid);
		json_number(j, "pid_inside", process->inside);
		json_path(j, "command_line", process->command);
		json_end_object(j);
	}
	json_end_array(j);
}

void life_json(struct json *j, const struct look *look, bool processes)
{
	json_bool(j, "living", look->living);
	if (!look->living) {
		json_string(j, "life", NULL);
		return;
	}
	json_object(j, "life");
	json_known(j, "keeper", look->keeper, look->keeper);
	json_known(j, "init", look->init, look->init);
	json_known(j, "since", look->told, look->since);
	json_known(j, "members", look->told, look->members);
	json_known(j, "process_count", look->counted, (int64_t)look->processes.count);
	json_bool(j, "process_count_exact", look->counted && !look->partial);
	if (processes)
		json_processes(j, look);
	json_end_object(j);
}
