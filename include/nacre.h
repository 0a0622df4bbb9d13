/* SPDX-License-Identifier: MIT */
/*
 * nacre: run a program in a layered view of the file system, then decide what becomes of what it wrote.
 *
 * Link with -lnacre (pkg-config nacre). The verbs of the command line use nothing else. Pages: nacre(3), nacre_plan(3),
 * nacre_process(3), nacre_changes(3), nacre_mount(3).
 *
 * Handles are opaque. A handle is used by one thread at a time; different ones by different threads at once.
 *
 * Functions that can fail return 0, or -1 with *error filled; an answer is positive and named. Strings that are returned as char * are
 * the caller's, to be released with free(). Nothing here prints or exits, but when there is no memory left: then a line on standard error
 * tells, and the process ends with status 125.
 *
 * Structs begin with their size, sizeof(struct ...) as the caller knows it, which he sets, in those that he fills and in those that are
 * filled for him: struct nacre_result result = { .size = sizeof(result) }. Zeroed but for that is the usual way. In a later version a
 * struct may have more members behind those that it has now, and a program that was compiled before goes on with what it knows: of
 * options the library takes what is not there as zero, and into results it writes no further than their size. What a caller knows beyond
 * this library must be zero in options (E2BIG) and is zero in results. Without a size: EINVAL, or nothing is written.
 *
 * What a plan does changes nothing of the calling process: neither its namespaces and ids, nor its directory, descriptors, children,
 * SIGCHLD, handlers or threads. Boxes are run, and entered, by a process beside it, which is none of its children. That is forked: it has
 * all that fork(3) takes care of, pthread_atfork(3) included, and costs what copying the page tables costs. Who has a process for one plan
 * alone, as the command line has, saves that by nacre_plan_own_process().
 *
 * Before 1.0 a new version may change what is here, and its soname with it.
 */
#ifndef NACRE_H
#define NACRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct nacre_plan;
struct nacre_error;

/* The plan of a bare run for the calling process: host as base, writes kept. Released with nacre_plan_free(). */
struct nacre_plan *nacre_plan_new(void);
void nacre_plan_free(struct nacre_plan *plan); /* NULL is allowed */

/*
 * The calling process is for this plan alone: it has no threads, and ends soon after. What is done with the plan, and with changes and boxes
 * by it, may change it: it may enter namespaces for good.
 */
void nacre_plan_own_process(struct nacre_plan *plan);

/* An empty error, to be filled by any function below. Released with nacre_error_free(). */
struct nacre_error *nacre_error_new(void);
void nacre_error_free(struct nacre_error *error);

/* Reads the words after the verb into the plan. NACRE_HELP: -h was among them. */
enum { NACRE_HELP = 1 };
int nacre_plan_read(struct nacre_plan *plan, const char *verb, int argc, char **argv,
		    struct nacre_error *error);

/*
 * The same without words: one option of nacre-run(1), nacre-enter(1) or nacre-status(1) by its long name, in the order of the calls. value:
 * NULL for an option without one. What the option table says of it holds here too: "bind" is "SRC:DST:ro", and relative paths are of
 * the directory that the caller was in when he made the plan. pair: of options with two words, "symlink" and "file-from".
 */
int nacre_plan_set(struct nacre_plan *plan, const char *option, const char *value,
		   struct nacre_error *error);
int nacre_plan_set_pair(struct nacre_plan *plan, const char *option, const char *first,
			const char *second, struct nacre_error *error);

/* The command and its words, NULL behind the last. They are copied. */
int nacre_plan_command(struct nacre_plan *plan, const char *const *words, struct nacre_error *error);

/* The plan is of a box of that name that lives: for nacre_plan_join(), nacre_plan_enter() and nacre_plan_start(). */
int nacre_plan_hold(struct nacre_plan *plan, const char *name, struct nacre_error *error);

/*
 * Options whose value has parts, by their parts: here no byte of a path means anything but itself, so nothing is to be escaped. Attributes
 * are those of single mounts, below.
 */
struct nacre_bind_step {
	size_t size;
	const char *source; /* of the host */
	const char *target; /* in the box; NULL: the same */
	uint64_t set, clear; /* NACRE_NOSUID and NACRE_NODEV are set unless they are cleared */
	bool optional; /* a missing source is no error */
	bool ensure; /* a missing source is made, as a directory */
	bool alone; /* without what is mounted below it */
};
int nacre_plan_bind(struct nacre_plan *plan, const struct nacre_bind_step *bind,
		    struct nacre_error *error);

/* Directories as one. Without upper and temporary: read-only, or, with nothing but shadow, kept in the box. */
struct nacre_overlay_step {
	size_t size;
	const char *target; /* in the box */
	const char *const *lowers; /* of the host, topmost first, NULL behind the last; or NULL */
	const char *upper, *work; /* writes go there; work may be NULL with an upper */
	uint64_t set; /* attributes */
	bool shadow; /* what is at the target is a layer too, the topmost */
	bool temporary; /* writes end with the run */
	bool is_volatile; /* no sync: a crash of the machine may lose what was written */
};
int nacre_plan_overlay(struct nacre_plan *plan, const struct nacre_overlay_step *overlay,
		       struct nacre_error *error);

struct nacre_tmpfs;
int nacre_plan_tmpfs(struct nacre_plan *plan, const struct nacre_tmpfs *tmpfs,
		     struct nacre_error *error);

/* mode: -1 for the usual one. */
int nacre_plan_dir(struct nacre_plan *plan, const char *path, int mode, struct nacre_error *error);

/* A file with these bytes. With a NUL among them the plan cannot be that of a box that lives, which keeps its options as text. */
int nacre_plan_file(struct nacre_plan *plan, const char *path, const void *bytes, size_t n,
		    struct nacre_error *error);

int nacre_plan_symlink(struct nacre_plan *plan, const char *target, const char *path,
		       struct nacre_error *error);

/* A variable of the command; value NULL: it has none of that name. */
int nacre_plan_env(struct nacre_plan *plan, const char *name, const char *value,
		   struct nacre_error *error);

enum nacre_answer { NACRE_ANSWER_ASK, NACRE_ANSWER_APPLY, NACRE_ANSWER_KEEP, NACRE_ANSWER_DISCARD };

/* What the words or calls asked of the front end itself. */
struct nacre_output {
	size_t size;
	bool dry_run, json, quiet, verbose;
	bool as_profile; /* dry_run: the options, by nacre_plan_profile() */
	bool remove; /* the layers that are named go */
	bool exit_code; /* the status tells whether there was anything */
	bool force, list, purge;
	enum nacre_answer answer; /* try */
	bool stat, name_only, no_pager;
	int colour; /* 0 automatic, 1 always, 2 never */
	bool all; /* rm: every box that nobody uses */
	unsigned grace_ms; /* stop: from asking to killing */
	const char *layer; /* commit: the layer that takes the changes; lives as long as the plan. NULL: the base does */
};
void nacre_plan_output(const struct nacre_plan *plan, struct nacre_output *ret);

/* The words after the options: a command, or a verb's arguments. The array ends with NULL and lives as long as the plan. */
const char *const *nacre_plan_words(const struct nacre_plan *plan);

/* The box that was named, or NULL. It lives as long as the plan. */
const char *nacre_plan_name(const struct nacre_plan *plan);

/* The root directory of a run, for people; NULL when it is over the host. It lives as long as the plan. */
const char *nacre_plan_root(struct nacre_plan *plan);

/* Ids, the base as steps, contradictions. Reads the host and changes nothing. */
int nacre_plan_prepare(struct nacre_plan *plan, struct nacre_error *error);

/* How many steps it has, those asked for, or once it is prepared all of them; and one as a sentence, without a full stop; free(). */
size_t nacre_plan_steps(const struct nacre_plan *plan);
char *nacre_plan_step(const struct nacre_plan *plan, size_t index);

/* The prepared plan for people, or as JSON (nacre-json(7)). */
char *nacre_plan_show(const struct nacre_plan *plan, bool json);

/* The options that the plan was read from, as a profile that gives the same plan from anywhere (nacre-profile(5)). */
char *nacre_plan_profile(const struct nacre_plan *plan);

/* Warnings about what will not work although the run goes on, one a line; NULL when there are none. */
char *nacre_plan_warnings(const struct nacre_plan *plan);

/* For --verbose: what of the desktop is not given because it is not there, one part a line; NULL when all is. */
char *nacre_plan_left_out(const struct nacre_plan *plan);

/* What came of a run. */
struct nacre_result {
	size_t size;
	int status; /* exit status of the command; 128 + n when signal n ended it */
	uint64_t changes; /* what its box holds */
	bool kept; /* the box was kept */
	bool named; /* its name is the caller's */
	char *name; /* of the kept box, or NULL; free() */
	char *path; /* its directory, or NULL; free() */
};

/*
 * Runs a prepared plan to its end. trace: called before each step with its sentence, in the process that builds the box; or NULL.
 *
 * Meanwhile SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2, SIGWINCH, SIGCONT, SIGTSTP and SIGCHLD are blocked in the calling thread,
 * and those that somebody sends to the process and it gets there are passed on to the command; when the command is stopped, so is the
 * process. When the process ends, so does the box.
 */
int nacre_plan_run(struct nacre_plan *plan, void (*trace)(const char *sentence),
		   struct nacre_result *result, struct nacre_error *error);

/* The same, but a process of the plan's own becomes the command where nothing is left to look after: then it does not return. */
int nacre_plan_become(struct nacre_plan *plan, void (*trace)(const char *sentence),
		      struct nacre_result *result, struct nacre_error *error);

/*
 * Boxes that live: others join while they do. All take a plan that has the box's name, by nacre_plan_hold() or by the words of enter,
 * exec and start; enter and start a prepared one.
 *
 * Join runs the plan's command, the caller's shell without one, in the box if it lives; NACRE_NOT_LIVING: it does not, and nothing was
 * done. Enter makes the box if it does not live, then does the same; the box ends when its last process has left. Start keeps it until
 * nacre_stop(); *ret_made tells whether it was made. Signals are as for nacre_plan_run(). When the caller ends, his command does, and the
 * box goes on for the others.
 *
 * A box keeps the options that it was made with: a plan without any about the box gets those, one with others is refused
 * ("box-other-options").
 */
enum { NACRE_NOT_LIVING = 3 };
int nacre_plan_join(struct nacre_plan *plan, int *ret_status, struct nacre_error *error);
int nacre_not_living(const struct nacre_plan *plan, const char *name,
		     struct nacre_error *error); /* the error of who needs one that does; -1 */
int nacre_plan_enter(struct nacre_plan *plan, int *ret_status, struct nacre_error *error);
int nacre_plan_start(struct nacre_plan *plan, bool *ret_made, struct nacre_error *error);

/*
 * The same without waiting: a command in a box as a process, which a program may have many of.
 *
 * It begins as soon as nacre_plan_spawn() has returned, which tells only that there is somebody to begin; what fails on the way is told
 * by nacre_process_wait(). The plan may be freed at once, or spawned again. When the calling process ends, so does the box, or, in one that
 * was joined, the command.
 */
struct nacre_process;

/* A descriptor of the caller's, and its number for the command. A pair for good, which therefore has no size. */
struct nacre_descriptor {
	int fd, as;
};

enum { NACRE_RUN, NACRE_JOIN, NACRE_ENTER, NACRE_START };

struct nacre_spawn {
	size_t size;
	int how; /* NACRE_RUN, or which of the functions above it shall be */
	const int *standard; /* what are 0, 1 and 2 of the command, -1: /dev/null. NULL: the caller's */
	const struct nacre_descriptor *descriptors; /* what it has besides; all others are closed */
	size_t descriptor_count;
	void (*trace)(const char *sentence); /* as for nacre_plan_run() */
};

/* options: NULL is the usual way. Released with nacre_process_free(). */
int nacre_plan_spawn(struct nacre_plan *plan, const struct nacre_spawn *options,
		     struct nacre_process **ret, struct nacre_error *error);

/*
 * A descriptor that poll(2) finds readable when all has ended, so that nacre_process_wait() does not wait. It lives as long as the handle.
 * Nothing is to be read from it.
 */
int nacre_process_fd(const struct nacre_process *process);

/*
 * To the command: SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2, SIGWINCH, SIGCONT; SIGKILL ends all that is in the box. It may be sent
 * while another thread waits. ESRCH: it has ended; EINVAL: another signal.
 */
int nacre_process_signal(struct nacre_process *process, int signal, struct nacre_error *error);

/* Waits for the end, and tells what came of it, as nacre_plan_run() does or the function that it stands for. May be called again. */
int nacre_process_wait(struct nacre_process *process, struct nacre_result *result,
		       struct nacre_error *error);

/* What still goes on is ended by SIGKILL, and waited for. */
void nacre_process_free(struct nacre_process *process); /* NULL is allowed */

/* Asks all processes of a living box to end (SIGTERM), kills them after that many milliseconds, and waits until the box is gone. */
int nacre_stop(const struct nacre_plan *plan, const char *name, unsigned grace_ms,
	       struct nacre_error *error);

/*
 * What a box would change in its base.
 *
 * The words say which: "[NAME] [PATH…]", the box used last without a name, all changes without paths; NULL after the last.
 * They live as long as the handle, and so does the plan, whose options, as they are now, say how things are shown. Opening reads the box
 * and its base and changes nothing, but for a commit or an undo that was killed: that is finished or taken back first.
 *
 * Files of other ids and unreadable directories ask for a user namespace. A process of the plan's own enters it for good; any other has the
 * list in a process beside it, which each function asks, until the handle is released.
 */
struct nacre_changes;
int nacre_changes_open(const struct nacre_plan *plan, const char *const *words,
		       struct nacre_changes **ret, struct nacre_error *error);
void nacre_changes_free(struct nacre_changes *changes); /* NULL is allowed */

const char *nacre_changes_box(
	const struct nacre_changes *changes); /* its name; lives as long as changes */
bool nacre_changes_running(
	const struct nacre_changes *changes); /* somebody uses the box now: the list may be outdated */
uint64_t nacre_changes_count(const struct nacre_changes *changes); /* of those that are meant */

/* One change. Strings live until the next call with this handle. */
struct nacre_change {
	size_t size;
	char kind; /* A M D R T m: nacre-status(1) */
	const char *path; /* in the box, absolute */
	const char *shown; /* as its user would type it, quoted where needed */
	const char *note; /* sizes, modes…: what stands behind it in a status; "" for nothing */
	const char *runs; /* why it matters later, a sentence; or NULL */
	bool directory;
	bool whole; /* came or went with all that is in it: the changes behind it, up to the first that is not inside */
	bool inside; /* part of such a directory */
	bool alert; /* inside, and of its own accord among what runs: a status names it all the same */
	bool cache;
	bool picked; /* meant by the words, or by nacre_changes_pick() */
	bool former; /* the former name of a renamed file: told of and meant with that */
};

/* How many there are, those inside of whole directories included; and one of them. They come in the order of a status. */
size_t nacre_changes_size(const struct nacre_changes *changes);
void nacre_changes_get(struct nacre_changes *changes, size_t index, struct nacre_change *ret);

/* Means it or not, with all that is inside of it. */
void nacre_changes_pick(struct nacre_changes *changes, size_t index, bool picked);

/* The list as the plan's options ask: for people, as JSON, as lines. *ret_len bytes, which may hold NULs; free(). */
char *nacre_changes_status(struct nacre_changes *changes, bool colour, size_t *ret_len);

/*
 * Saved layers: trees that -l NAME stacks over a base.
 */

/* The list, for people or as JSON (nacre-json(7)). NULL with *error. */
char *nacre_layers(const struct nacre_plan *plan, bool json, struct nacre_error *error);

/* Removes those that are named, NULL after the last; all, or none when one is missing or a box stands on it. */
int nacre_layers_remove(const struct nacre_plan *plan, const char *const *names,
			struct nacre_error *error);

/*
 * Freezes all changes of a box, the one used last with NULL, as a new layer; the box stays as it is. Refused while the box runs,
 * or when it has no changes.
 */
struct nacre_saved {
	size_t size;
	uint64_t objects; /* in the layer */
	char *box; /* its name; free() */
	char *root; /* the root directory that it is over, for people; NULL for the host; free() */
};
int nacre_layer_save(const struct nacre_plan *plan, const char *box, const char *layer,
		     struct nacre_saved *ret, struct nacre_error *error);

/*
 * Becomes the program that packs and unpacks (export, import) with these words behind the verb: it needs libraries that nacre
 * itself does without. Returns only when it cannot, with -1.
 */
int nacre_archive(const char *verb, char *const *words, struct nacre_error *error);
/* Takes a piece of text; false: nobody wants the rest, which is no error. */
typedef bool (*nacre_sink)(void *arg, const char *bytes, size_t n);

/*
 * The content of the changes that are meant as a patch that git apply and patch -p1 take, change by change. terminal: for eyes
 * only, what would act on a terminal is made visible. Names are relative to the working directory when all changes are below
 * it, else to /; or as the plan's --relative says.
 */
int nacre_changes_diff(struct nacre_changes *changes, bool colour, bool terminal, nacre_sink sink,
		       void *arg, struct nacre_error *error);

/* The same summed up, as git diff --stat; width is that of the output in columns. NULL on failure; free(). */
char *nacre_changes_stat(struct nacre_changes *changes, bool colour, size_t width,
			 struct nacre_error *error);

/* The patch of one change and of all inside of it, for eyes. NULL on failure; free(). */
char *nacre_changes_patch(struct nacre_changes *changes, size_t index, bool colour,
			  struct nacre_error *error);

/* How a commit is done. Zeroed but for its size is the usual way. */
struct nacre_commit_options {
	size_t size; /* sizeof(struct nacre_commit_options), as the caller knows it */
	bool force; /* apply also what somebody else has changed in the base since the box began */
	bool dry_run; /* look for everything that stands in the way, and change nothing */
	/* Called now and then, from the same thread: changes done and in all, bytes copied. Or NULL. */
	void (*progress)(void *arg, uint64_t done, uint64_t total, uint64_t bytes);
	void *arg;
	/*
	 * A saved layer by its name, or a directory: it takes the changes instead of the base, as if it had been stacked below
	 * them. NULL: the base does. The box keeps them, and no longer changes anything where it is stacked on that layer.
	 */
	const char *layer;
};

/* What came of a commit, an undo or a discard. */
struct nacre_commit_result {
	size_t size;
	uint64_t changes; /* applied, taken back or dropped; with dry_run that would be */
	uint64_t conflicts; /* with any nothing was done */
	char *report; /* one line each about conflicts and what was left out, for people; "" for nothing; free() */
	char *id; /* of the commit, for nacre_undo(); or NULL; free() */
};

/*
 * Applies the changes that are meant to the base, all or nothing: killed at any moment, the next call finishes or takes back.
 * What is applied leaves the box. Answers NACRE_CONFLICTS when the base was changed by others. The handle is used up: what is
 * left must be opened anew.
 */
enum { NACRE_CONFLICTS = 2 };
int nacre_changes_commit(struct nacre_changes *changes, const struct nacre_commit_options *options,
			 struct nacre_commit_result *result, struct nacre_error *error);

/* Drops the changes that are meant from the box. The handle is used up. */
int nacre_changes_discard(struct nacre_changes *changes, struct nacre_commit_result *result,
			  struct nacre_error *error);

/* Takes a commit back: the one of that id, or the last one with NULL. Conflicts as above. */
int nacre_undo(const struct nacre_plan *plan, const char *id,
	       const struct nacre_commit_options *options, struct nacre_commit_result *result,
	       struct nacre_error *error);

/* Gives up what the commit of that id keeps to be taken back. */
int nacre_undo_purge(const struct nacre_plan *plan, const char *id, struct nacre_error *error);

/* The commits that can be taken back, newest first, for people or as JSON. NULL on failure; free(). */
char *nacre_undo_list(const struct nacre_plan *plan, bool json, struct nacre_error *error);

/*
 * A change of a text, hunk by hunk: how many there are, 0 for what has none; one of them as it stands in a patch (free());
 * and which of them are meant, when the change is. What is not stays in the box.
 */
int nacre_changes_hunks(struct nacre_changes *changes, size_t index, size_t *ret_count,
			struct nacre_error *error);
char *nacre_changes_hunk(struct nacre_changes *changes, size_t index, size_t hunk, bool colour,
			 struct nacre_error *error);
int nacre_changes_pick_hunks(struct nacre_changes *changes, size_t index, const bool *picked,
			     struct nacre_error *error);

/* The message as users see it, or as JSON, cause and advice included. plan may be NULL. */
char *nacre_error_text(const struct nacre_error *error, const struct nacre_plan *plan, bool json);

/* 125, 126 or 127; for a plan that was read as another program's that program's. plan may be NULL. */
int nacre_error_status(const struct nacre_error *error, const struct nacre_plan *plan);

/*
 * The boxes of the caller. What the plan's options ask decides how they are shown. Boxes of other ids and unreadable directories are looked
 * into, and removed, as changes are. The keepers of boxes that live are asked, all at once, and waited for a second at most.
 */

/* All of them, the one used last first: a table for `width` columns (0: of any width), "" when there is none; or JSON. */
char *nacre_boxes_list(const struct nacre_plan *plan, unsigned width, struct nacre_error *error);

/* One at length; without a name the one used last. NULL with *error. */
char *nacre_box_show(const struct nacre_plan *plan, const char *name, struct nacre_error *error);

/*
 * Removes boxes with all their files; names ends with NULL, and is NULL for every box that nobody uses. All are found and
 * locked before the first goes.
 */
int nacre_boxes_remove(const struct nacre_plan *plan, const char *const *names,
		       struct nacre_error *error);

/*
 * Removes what killed processes left, or with --dry-run only looks. *ret_report tells what went, a line for each thing, also
 * when something failed; free().
 */
int nacre_boxes_clean(const struct nacre_plan *plan, char **ret_report, struct nacre_error *error);

/* For completion: the names, one a line; "" when they cannot be had. words is not looked at. */
char *nacre_complete_boxes(const struct nacre_plan *plan, const char *const *words);

/*
 * Profiles: options in files, by name.
 */

/* Those found by name, for people ("" when there is none) or as JSON (nacre-json(7)). NULL with *error. */
char *nacre_profiles(const struct nacre_plan *plan, bool json, struct nacre_error *error);

/*
 * One, by its name or file, after its includes: as a profile with comments that tell where each part comes from, or as
 * JSON. The plan takes its options. NULL with *error.
 */
char *nacre_profile_show(struct nacre_plan *plan, const char *name, bool json,
			 struct nacre_error *error);

/* For completion: the names, one a line. words is not looked at. */
char *nacre_complete_profiles(const struct nacre_plan *plan, const char *const *words);

/*
 * Single mounts, by themselves: in the caller's mount namespace, by a caller with CAP_SYS_ADMIN in its user namespace. Linux 5.12.
 *
 * With error NULL a failure is told by errno alone; nothing is allocated or looked at. With an error it is explained: what it was
 * about is looked at there and then, so the text is right also when somebody mends it before it is read. A call that fails has mounted
 * nothing. Paths are as for mount(2): any bytes, relative to the working directory, links in them followed; none of their bytes means
 * anything else. -1 on failure.
 */

/* Attributes of a mount. */
enum {
	NACRE_RDONLY = 1,
	NACRE_NOSUID = 2,
	NACRE_NODEV = 4,
	NACRE_NOEXEC = 8,
	NACRE_NOATIME = 16,
	NACRE_STRICTATIME = 32, /* neither of the two: relatime */
	NACRE_NODIRATIME = 128,
	NACRE_NOSYMFOLLOW = 0x200000 /* Linux 5.14 */
};

/* What lies at source, also at target, with all that is mounted below it; the attributes hold for all of that. */
struct nacre_bind {
	size_t size;
	const char *source, *target;
	uint64_t attributes; /* those that are set; all others are as at the source */
	bool alone; /* without what is mounted below; refused in a user namespace where that would show what was covered */
};
int nacre_mount_bind(const struct nacre_bind *bind, struct nacre_error *error);

/*
 * Directories as one. Without an upper it is read-only and needs two layers. The upper and the work directory are on one file system,
 * neither in the other.
 */
struct nacre_overlay {
	size_t size;
	const char *const *lowers; /* topmost first, NULL behind the last */
	const char *upper, *work; /* or NULL */
	const char *target;
	uint64_t attributes;
	const char *const *
		options; /* further ones of overlayfs, KEY or KEY=VALUE, NULL behind the last; or NULL */
	bool is_volatile; /* no sync: a crash of the machine may lose what was written */
	/*
	 * Marks of overlayfs are attributes user.*, not trusted.*. In a user namespace this is so in any case, as directories of the layers
	 * could not be removed otherwise.
	 */
	bool userxattr;
};
int nacre_mount_overlay(const struct nacre_overlay *overlay, struct nacre_error *error);

/*
 * A path as one value in the option string of an overlay, for who writes that himself: backslash, colon and comma get a backslash before
 * them, and nothing else does. free(); NULL when there is no memory.
 */
char *nacre_overlay_escape(const char *path);

/* An empty file system in memory. nosuid and nodev unless it says otherwise. */
struct nacre_tmpfs {
	size_t size;
	const char *target;
	uint64_t attributes; /* besides nosuid and nodev */
	uint64_t bytes, blocks,
		inodes; /* limits; 0: the kernel's, half of the memory. bytes or blocks, not both (EINVAL) */
	bool has_mode, has_uid, has_gid; /* else 01777, and the caller's */
	unsigned mode; /* 07777 */
	uint32_t uid, gid;
	bool suid, dev; /* neither nosuid nor nodev */
};
int nacre_mount_tmpfs(const struct nacre_tmpfs *tmpfs, struct nacre_error *error);

/* The mount at source, elsewhere. */
int nacre_mount_move(const char *source, const char *target, struct nacre_error *error);

/*
 * Attributes of the mount at path: those in set are set, those in clear cleared, all others stay. recursive: of all below it as well,
 * all or none.
 */
struct nacre_attributes {
	size_t size;
	const char *path;
	uint64_t set, clear;
	bool recursive;
};
int nacre_mount_change(const struct nacre_attributes *attributes, struct nacre_error *error);

/* Options of the file system at path, wherever it is mounted: "ro", "rw", "sync", "size=1m"; NULL behind the last. All or none. */
int nacre_mount_reconfigure(const char *path, const char *const *options, struct nacre_error *error);

/* A mount table, read once. */
struct nacre_mounts;
struct nacre_mount {
	size_t size;
	int id, parent;
	unsigned major, minor;
	const char *root; /* of the file system: what is mounted */
	const char *point;
	const char *type;
	const char *source; /* "" when it is empty */
	const char *options; /* of the file system, as the kernel escapes them */
	uint64_t attributes;
	int shared, master; /* peer groups; 0: none */
	bool unbindable;
	bool covered; /* another mount lies on the same point above it */
};

/* The caller's own, or that of the bytes as in /proc/PID/mountinfo (proc_pid_mountinfo(5)), which are copied. NULL with *error, or errno. */
struct nacre_mounts *nacre_mounts_read(struct nacre_error *error);
struct nacre_mounts *nacre_mounts_parse(const char *bytes, size_t n, struct nacre_error *error);
void nacre_mounts_free(struct nacre_mounts *mounts); /* NULL is allowed */

/* How many there are; one of them, whose strings live as long as the table. In the order of the kernel, which says nothing of what is above. */
size_t nacre_mounts_count(const struct nacre_mounts *mounts);
void nacre_mounts_get(const struct nacre_mounts *mounts, size_t index, struct nacre_mount *ret);

/* The one that a walk to an absolute path without . and .. ends on; -1: the table has none. */
long nacre_mounts_find(const struct nacre_mounts *mounts, const char *path);

/* What works on this machine. *ret_ok is false when something that nacre needs does not. */
char *nacre_doctor(bool json, bool *ret_ok);

/* The long text about one error name; NULL when there is none, and then *ret_nearest (free()) may name one. */
char *nacre_explain(const char *name, bool json, char **ret_nearest);

/* All names with their titles, one a line. */
char *nacre_explain_list(bool json);

/* Help for one verb, or for all when verb is NULL. NULL when there is no such verb. */
char *nacre_help(const char *verb);

/*
 * The programs that nacre stands in for, whose words, messages and statuses it knows: nacre-as(1).
 */
bool nacre_stands_for(const char *program);
char *nacre_programs(void); /* their names, one a line; free() */

/*
 * nacre_plan_read() for the words of such a program, argv[0] its name, NULL after the last. What is told of errors with this plan
 * is told in that program's name. NACRE_HELP: its help or its version was asked for and is in *ret_text, free(); else that is NULL, or, with
 * an error, what that program prints on standard output besides.
 */
int nacre_plan_read_as(struct nacre_plan *plan, const char *program, int argc, char **argv,
		       char **ret_text, struct nacre_error *error);

/*
 * What such words ask for may be a box that others share, known by a link to its namespaces: to make it, to join it, either, or to make it
 * and hold it for others. nacre_plan_share() does that with a plan as it was read, which it prepares where that is needed; the calling
 * process may be in the box's namespaces afterwards.
 */
bool nacre_plan_shared(const struct nacre_plan *plan);
int nacre_plan_share(struct nacre_plan *plan, int *ret_status, struct nacre_error *error);

/* An error that is about the command line as a whole: "no command given". */
int nacre_usage(struct nacre_error *error, const char *name, const char *message, const char *fix);

/* The verb nearest to a mistyped one, or NULL. */
const char *nacre_nearest_verb(const char *word);

#ifdef __cplusplus
}
#endif

#endif
