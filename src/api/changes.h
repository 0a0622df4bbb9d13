// SPDX-License-Identifier: MIT
/* What is behind the handle of a box's changes. */
#ifndef NACRE_API_CHANGES_H
#define NACRE_API_CHANGES_H

#include "base/arena.h"
#include "base/text.h"
#include "changes/changes.h"
#include "changes/hunks.h"
#include "plan/plan.h"
#include "state/store.h"

#include <sys/types.h>
#include <time.h>

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
	bool foreign; /* --from: somebody else's box, which is data and stays as it is */
	const char *const *words; /* behind the name of the box */
	struct changes list;
	struct text path, shown, note; /* of the change that was asked for last */
	struct hunks hunks; /* of the change hunks_of, SIZE_MAX for none */
	size_t hunks_of;
	VECTOR(struct part) parts;
};

#endif
