// SPDX-License-Identifier: MIT
/* What is behind the handle of a box's changes. */
#ifndef NACRE_API_CHANGES_H
#define NACRE_API_CHANGES_H

#include "base/arena.h"
#include "base/text.h"
#include "changes/changes.h"
#include "changes/hunks.h"
#include "plan/plan.h"
#include "run/aside.h"
#include "state/store.h"

#include <sys/types.h>
#include <time.h>

struct nacre_plan;

/* A change of which only some hunks are meant. */
struct part {
	size_t index;
	const bool *picked;
};

struct nacre_changes {
	struct arena arena;
	const struct plan *plan;
	struct store_box box;
	int box_fd;
	ino_t record_ino; /* of the record that was read */
	struct timespec record_time;
	bool held; /* to be copied whole, also what its owner cannot open */
	bool own_ids; /* we are in a namespace where all that the box wrote is ours */
	bool foreign; /* --from: somebody else's box, which is data and stays as it is */
	const char *const *words; /* behind the name of the box */
	struct changes list;
	struct text path, shown, note; /* of the change that was asked for last */
	struct hunks hunks; /* of the change hunks_of, SIZE_MAX for none */
	size_t hunks_of;
	VECTOR(struct part) parts;
	bool remote; /* all but the box's name is in a process beside ours: remote.h */
	struct aside server;
	struct {
		size_t size; /* of the list */
		size_t first, count; /* those that are here */
		struct nacre_change *items;
		char *text; /* their strings */
	} batch;
};

/* Enters it, once; root is in it anyway. */
int changes_enter_ids(struct nacre_changes *ch, struct error *err);
/* nacre_changes_open(). hold: nobody may write to the box until the handle is released; refused while it runs. */
int changes_handle_open(const struct nacre_plan *plan, const char *const *words, bool hold,
			struct nacre_changes **ret, struct error *err);

#endif
