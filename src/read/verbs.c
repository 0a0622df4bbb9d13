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

static const char *const enter_examples[] = {
	"nacre enter dev\na shell in the box dev; in another terminal the same words join it",
	"nacre enter deb --root debian --as-root\nover a root directory; later nacre enter deb is "
	"enough",
	"nacre enter dev -- make test\nanother command in it",
	NULL,
};

static const char *const exec_examples[] = {
	"nacre exec dev make test\nin the box that a nacre enter dev or nacre start dev keeps",
	"nacre exec -w /srv -e DEBUG=1 dev ./serve\nin another directory, with a variable",
	"nacre exec dev ps ax | grep serve\nits output like that of any command",
	NULL,
};

static const char *const start_examples[] = {
	"nacre start dev\na box without a command, until nacre stop dev",
	"nacre start db --root debian --net none\nwith options of nacre run",
	"nacre start dev && nacre enter dev\njoin it",
	NULL,
};

static const char *const stop_examples[] = {
	"nacre stop dev\nask its processes to end, kill them after 10 seconds",
	"nacre stop --grace 0 dev\nkill them at once",
	"nacre stop dev && nacre status dev\nwhat it has changed",
	NULL,
};

static const char *const status_examples[] = {
	"nacre status\nwhat the box that ran last would change",
	"nacre status fix src\nof the box fix, only below src",
	"nacre status --json fix\nfor programs; --porcelain -z for line tools",
	NULL,
};

static const char *const diff_examples[] = {
	"nacre diff\nwhat the box that ran last would change, as a patch",
	"nacre diff fix src | git apply\ntake the changes below src into a work tree",
	"nacre diff --stat fix\nhow much, file by file",
	NULL,
};

static const char *const review_examples[] = {
	"nacre review\ntake and apply some changes of the box that ran last; ? shows the keys",
	"nacre review fix src\nof the box fix, only those below src",
	"nacre run -n fix make install; nacre review fix\nlook before anything is changed",
	NULL,
};

static const char *const try_examples[] = {
	"nacre try make install\nrun it, look at what it would change, then decide",
	"nacre try --only . -- npm install left-pad\nthe rest of the home directory is hidden from "
	"it",
	"nacre try --discard --json ./upgrade.sh >changes.json\nwhat would it do? for programs",
	NULL,
};

static const char *const commit_examples[] = {
	"nacre commit\napply what the box that ran last changed",
	"nacre commit fix 'src/*'\nof the box fix, only what is below src",
	"nacre commit --dry-run fix\nsay what stands in the way, and change nothing",
	"nacre commit fix --layer mods\nmerge into the saved layer mods, and leave the base alone",
	NULL,
};

static const char *const undo_examples[] = {
	"nacre undo\ntake the last commit back",
	"nacre undo --list\nwhat could be taken back, and how much it holds",
	"nacre undo 0007\ntake that one back",
	NULL,
};

static const char *const discard_examples[] = {
	"nacre discard fix build\ndrop what the box fix changed below build",
	"nacre discard --dry-run fix '*.log'\nonly say how much that is",
	"nacre discard fix\ndrop everything; nacre rm fix removes the box as well",
	NULL,
};

static const char *const ls_examples[] = {
	"nacre ls\nall boxes, the one used last first",
	"nacre ls --json\nfor programs",
	"nacre ls | awk '$2 == \"killed\"'\nboxes whose run was killed",
	NULL,
};

static const char *const inspect_examples[] = {
	"nacre inspect\nthe box that was used last",
	"nacre inspect fix\nwhat the box fix is made of, who uses it, where its files are",
	"nacre inspect --json fix | jq -r '.overlays[].upper'\nthe directories that it wrote in",
	NULL,
};

static const char *const rm_examples[] = {
	"nacre rm fix\nremove the box fix with all its files; the machine stays as it is",
	"nacre rm lezel kabut\nboth, or none when one of them is in use or missing",
	"nacre rm --all\nevery box that nobody uses",
	NULL,
};

static const char *const gc_examples[] = {
	"nacre gc\nclean up after runs, removals and commits that were killed",
	"nacre gc --dry-run\nonly say what would go",
	"nacre gc && nacre ls\nwhat is left",
	NULL,
};

static const char *const save_examples[] = {
	"nacre save tools\nwhat the box that ran last has written, as the layer tools",
	"nacre save fix tools\nof the box fix",
	"nacre run -l tools make\nstack it over the base",
	NULL,
};

static const char *const layers_examples[] = {
	"nacre layers\nname, size, objects, age and origin of each",
	"nacre layers --rm tools debian\nremove two of them",
	"nacre layers --json\nfor programs",
	NULL,
};

static const char *const profile_examples[] = {
	"nacre profile list\nthose there are, what they do, and where they are",
	"nacre profile show agent\nits options, and those of what it includes",
	"nacre run -p agent ./build.sh\nrun with them",
	NULL,
};

static const char *const export_examples[] = {
	"nacre export fix -o fix.tar.zst\nwhat the box fix changed, as a layer of an OCI image",
	"nacre export -o - | ssh host nacre import - fix\nto the layers of another machine",
	"nacre export fix --plain /usr/local -o local.tar\nall of a directory as the box sees it",
	NULL,
};

static const char *const import_examples[] = {
	"nacre import debian.tar.xz\na tar as the layer debian",
	"nacre import image/ base\nan OCI image, its layers squashed, as the layer base",
	"curl https://host/x.tar.gz | nacre import - x\nfrom a pipe",
	NULL,
};

static const char *const as_examples[] = {
	"nacre as overlayns -o /srv,lowerdir=mods,tmp ./serve\nthe words of overlayns, done by "
	"nacre",
	"ln -s $(command -v nacre) ~/bin/bwrap\na link of that name does the same",
	"nacre as bwrap --help\nwhat that program can be asked",
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
	{ "enter", "[OPTIONS] NAME [OPTIONS] [--] [COMMAND [ARG...]]",
	  "run a command or a shell in a box that others can join", enter_examples, VERB_ENTER },
	{ "exec", "[OPTIONS] NAME [OPTIONS] [--] COMMAND [ARG...]", "run a command in a living box",
	  exec_examples, VERB_EXEC },
	{ "start", "[OPTIONS] NAME", "make a box that lives until it is stopped", start_examples,
	  VERB_START },
	{ "stop", "[OPTIONS] NAME", "end a living box", stop_examples, VERB_STOP },
	{ "status", "[OPTIONS] [NAME] [PATH...]", "list what a box would change", status_examples,
	  VERB_STATUS },
	{ "diff", "[OPTIONS] [NAME] [PATH...]", "show what a box would change as a patch",
	  diff_examples, VERB_DIFF },
	{ "review", "[OPTIONS] [NAME] [PATH...]",
	  "look at a box's changes on a whole screen, and apply some", review_examples,
	  VERB_REVIEW },
	{ "try", "[OPTIONS] [--] COMMAND [ARG...]", "run, show the changes and ask what to do",
	  try_examples, VERB_TRY },
	{ "commit", "[OPTIONS] [NAME] [PATH...]", "apply the changes of a box", commit_examples,
	  VERB_COMMIT },
	{ "undo", "[OPTIONS] [ID]", "take a commit back", undo_examples, VERB_UNDO },
	{ "discard", "[OPTIONS] [NAME] [PATH...]", "drop changes of a box", discard_examples,
	  VERB_DISCARD },
	{ "ls", "[OPTIONS]", "list the boxes", ls_examples, VERB_LS },
	{ "inspect", "[OPTIONS] [NAME]", "tell all about one box", inspect_examples, VERB_INSPECT },
	{ "rm", "[OPTIONS] NAME...", "remove boxes with all their files", rm_examples, VERB_RM },
	{ "gc", "[OPTIONS]", "remove what killed processes left", gc_examples, VERB_GC },
	{ "save", "[OPTIONS] [NAME] LAYER", "freeze what a box wrote as a layer", save_examples,
	  VERB_SAVE },
	{ "layers", "[OPTIONS] [LAYER...]", "list the saved layers, or remove some",
	  layers_examples, VERB_LAYERS },
	{ "profile", "[OPTIONS] [list | show NAME]", "list the profiles, or show one",
	  profile_examples, VERB_PROFILE },
	{ "export", "[OPTIONS] [NAME]", "write what a box changed as a tar", export_examples,
	  VERB_EXPORT },
	{ "import", "[OPTIONS] FILE|DIR|- [LAYER]", "make a layer of a tar or an OCI image",
	  import_examples, VERB_IMPORT },
	{ "as", "PROGRAM [ARG...]", "be another program: bwrap, nsroot, overlayns, steamns",
	  as_examples, 0 },
	{ "doctor", "[--json]", "say what works on this machine and how to mend what does not",
	  doctor_examples, VERB_DOCTOR },
	{ "explain", "[--json] [NAME]", "explain an error by its name", explain_examples,
	  VERB_EXPLAIN },
	{ "help", "[VERB]", "show the verbs, or one verb's options", help_examples, 0 },
	{ 0 },
};
