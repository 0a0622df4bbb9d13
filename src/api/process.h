// SPDX-License-Identifier: MIT
/* What a plan does in a process beside the caller's, and in the caller's own. */
#ifndef NACRE_API_PROCESS_H
#define NACRE_API_PROCESS_H

#include "nacre.h"

#include "base/error.h"

#include <limits.h>

/* What came of it, as one message. */
struct process_report {
	int answer; /* as of the function that it stands for */
	struct error err; /* -1 */
	int status;
	uint64_t changes;
	bool kept, named, made;
	char name[NAME_MAX + 1], path[PATH_MAX]; /* "" for none */
};

typedef void (*process_trace)(const char *sentence);

/* The functions of nacre.h in the calling process, which they change: report->answer tells of all. */
void run_here(struct nacre_plan *plan, process_trace trace, struct process_report *report);
void join_here(struct nacre_plan *plan, struct process_report *report);
void enter_here(struct nacre_plan *plan, struct process_report *report);
void start_here(struct nacre_plan *plan, struct process_report *report);

/* The same for who asked. */
void process_result(const struct process_report *report, struct nacre_result *ret);

/*
 * NACRE_RUN, NACRE_JOIN… to the end: in the calling process when that is the plan's own, else beside it, with signals passed on. Returns
 * report->answer, with *error filled.
 */
int process_call(struct nacre_plan *plan, int how, process_trace trace,
		 struct process_report *report, struct nacre_error *error);

#endif
