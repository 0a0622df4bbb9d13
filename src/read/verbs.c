// SPDX-License-Identifier: MIT
/* The verbs: names, synopses, help, examples. */
#include "read/verbs.h"

#include "read/options.h"

static const char *const run_examples[] = {
	"nacre run make install\nrun it here; what it writes is kept in a box, nothing is changed",
	"nacre run --rm --net none ./test.sh\nno network, and every write is dropped at the end",
	"nacre run --root debian --as-root -- apt-get install -y jq\nas root in a root directory, "
	"which stays as it is",
	NULL,
};

static const char *const status_examples[] = {
	"nacre status\nwhat the box that ran last would change",
	"nacre status fix src\nof the box fix, only below src",
	"nacre status --json fix\nfor programs; --porcelain -z for line tools",
	NULL,
};

static const char *const doctor_examples[] = {
	"nacre doctor\nwhat works on this machine, what does not, and how to mend it",
	"nacre doctor --json\nthe same for programs",
	"nacre doctor >/dev/null && echo ready\nthe status is 0 when nothing that nacre needs is "
	"missing",
	NULL,
};

static const char *const explain_examples[] = {
	"nacre explain overlay-work-elsewhere\nthe name in brackets at the end of a message, at "
	"length",
	"nacre explain\nall names",
	"nacre explain --json userns-limit\nfor programs",
	NULL,
};

static const char *const help_examples[] = {
	"nacre help\nthe verbs",
	"nacre help run\nthe options of one verb",
	"man nacre-run\nthe same at length",
	NULL,
};

const struct verb_row verb_rows[] = {
	{ "run", "[OPTIONS] [--] COMMAND [ARG...]", "run a command in a new box", run_examples,
	  VERB_RUN },
	{ "status", "[OPTIONS] [NAME] [PATH...]", "list what a box would change", status_examples,
	  VERB_STATUS },
	{ "doctor", "[--json]", "say what works on this machine and how to mend what does not",
	  doctor_examples, VERB_DOCTOR },
	{ "explain", "[--json] [NAME]", "explain an error by its name", explain_examples,
	  VERB_EXPLAIN },
	{ "help", "[VERB]", "show the verbs, or one verb's options", help_examples, 0 },
	{ 0 },
};
