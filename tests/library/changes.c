/* SPDX-License-Identifier: MIT */
/*
 * Changes for a program with threads: what it is told of a box is what a process of the plan's own is told, and afterwards it is in the
 * namespaces that it was in. The box holds what not even its owner can open.
 */
#include <nacre.h>

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILES = 700 }; /* several batches of the list */

static struct nacre_error *error;
static char *box, *data;

static void stop(const char *what)
{
	char *text = nacre_error_text(error, NULL, false);

	(void)fprintf(stderr, "changes: %s\n%s", what, text);
	_exit(1);
}

static void *sleeper(void *arg)
{
	(void)pause();
	return arg;
}

static bool to_file(void *arg, const char *bytes, size_t n)
{
	return fwrite(bytes, 1, n, arg) == n;
}

static bool no_more(void *arg, const char *bytes, size_t n)
{
	(void)bytes;
	(*(int *)arg)++;
	return n == 0;
}

static struct nacre_plan *make_plan(bool own)
{
	struct nacre_plan *plan = nacre_plan_new();

	if (own)
		nacre_plan_own_process(plan);
	return plan;
}

static void tell_hunks(struct nacre_changes *changes, size_t index, FILE *out)
{
	bool first_only[2] = { true, false };
	size_t count;

	if (nacre_changes_hunks(changes, index, &count, error) < 0)
		stop("no hunks");
	(void)fprintf(out, "%zu hunks\n", count);
	for (size_t i = 0; i < count; i++) {
		char *hunk = nacre_changes_hunk(changes, index, i, true, error);

		(void)fputs(hunk ? hunk : "none", out);
		free(hunk);
	}
	if (count == 2 && nacre_changes_pick_hunks(changes, index, first_only, error) < 0)
		stop("cannot pick a hunk");
}

static void tell_list(struct nacre_changes *changes, FILE *out)
{
	for (size_t i = 0; i < nacre_changes_size(changes); i++) {
		struct nacre_change c = { .size = sizeof(c) };

		nacre_changes_get(changes, i, &c);
		(void)fprintf(out, "%c %s|%s|%s|%s|%d%d%d%d%d%d%d\n", c.kind, c.path, c.shown,
			      c.note, c.runs ? c.runs : "-", c.directory, c.whole, c.inside,
			      c.alert, c.cache, c.picked, c.former);
	}
}

/* Everything that can be asked without changing it. */
static void tell_all(bool own, FILE *out)
{
	struct nacre_plan *plan = make_plan(own);
	const char *const words[] = { box, NULL };
	struct nacre_changes *changes;
	size_t n, text_index = SIZE_MAX;
	int pieces = 0;
	char *text;

	if (nacre_plan_set(plan, "null", NULL, error) < 0 ||
	    nacre_changes_open(plan, words, &changes, error) < 0)
		stop("cannot open");
	(void)fprintf(out, "%s %d %llu\n", nacre_changes_box(changes),
		      nacre_changes_running(changes),
		      (unsigned long long)nacre_changes_count(changes));
	tell_list(changes, out);
	for (size_t i = 0; i < nacre_changes_size(changes); i++) {
		struct nacre_change c = { .size = sizeof(c) };

		nacre_changes_get(changes, i, &c);
		if (strstr(c.path, "/text"))
			text_index = i;
		else if (strstr(c.path, "/new/"))
			nacre_changes_pick(changes, i, false);
	}
	if (text_index == SIZE_MAX)
		stop("a change is missing");
	text = nacre_changes_patch(changes, text_index, false, error);
	(void)fputs(text ? text : "none", out);
	free(text);
	tell_hunks(changes, text_index, out);
	if (nacre_changes_diff(changes, false, false, to_file, out, error) < 0 ||
	    nacre_changes_diff(changes, false, false, no_more, &pieces, error) < 0 || pieces != 1)
		stop("the patch");
	text = nacre_changes_stat(changes, false, 80, error);
	(void)fputs(text ? text : "none", out);
	free(text);
	text = nacre_changes_status(changes, false, &n);
	(void)fwrite(text, 1, n, out);
	free(text);
	tell_list(changes, out);
	nacre_changes_free(changes);
	text = nacre_box_show(plan, box, error);
	if (!text || !strstr(text, box))
		stop("the box is not shown");
	free(text);
	if (nacre_changes_open(plan, (const char *[]){ "no-such-box", NULL }, &changes, error) == 0)
		stop("a box that is not there");
	text = nacre_error_text(error, plan, false);
	(void)fputs(text, out);
	free(text);
	nacre_plan_free(plan);
}

/* Own: in a child, as it is changed by it. */
static char *told(bool own)
{
	FILE *file = tmpfile();
	char *all = NULL;
	size_t n = 0;
	pid_t pid = own ? fork() : 0;
	int status = 0;

	if (!file || pid < 0)
		stop("no file");
	if (pid == 0) {
		tell_all(own, file);
		(void)fflush(file);
		if (own)
			_exit(0);
	}
	if (own && (waitpid(pid, &status, 0) != pid || status))
		stop("in a process of its own");
	rewind(file);
	if (getdelim(&all, &n, EOF, file) < 0)
		stop("nothing was told");
	(void)fclose(file);
	return all;
}

static char *path_of(const char *name)
{
	char *path = NULL;

	if (asprintf(&path, "%s/%s", data, name) < 0)
		stop("no memory");
	return path;
}

static void run_box(void)
{
	char script[8192];
	struct nacre_plan *plan = make_plan(false);
	struct nacre_result result = { .size = sizeof(result) };
	const char *const words[] = { "sh", "-c", script, NULL };
	FILE *f = fopen(path_of("text"), "w");

	for (int i = 0; f && i < 40; i++)
		(void)fprintf(f, "line %d\n", i);
	if (!f || fclose(f) != 0)
		stop("no text");
	(void)snprintf(
		script, sizeof(script),
		"cd '%s' && sed -i -e s/^line.2$/two/ -e s/^line.33$/three/ text && mkdir new && "
		"cd new && i=0; while [ $i -lt %d ]; do echo $i >$i; i=$((i + 1)); done; cd .. && "
		"mkdir -p closed/in && echo x >closed/in/file && chmod 0 closed/in closed",
		data, FILES);
	if (nacre_plan_command(plan, words, error) < 0 || nacre_plan_prepare(plan, error) < 0 ||
	    nacre_plan_run(plan, NULL, &result, error) < 0 || result.status || !result.kept)
		stop("cannot run");
	box = result.name;
	free(result.path);
	nacre_plan_free(plan);
}

static void count_progress(void *arg, uint64_t done, uint64_t total, uint64_t bytes)
{
	(void)bytes;
	*(int *)arg += done <= total;
}

static bool exists(const char *name)
{
	return access(path_of(name), F_OK) == 0;
}

/* All but the directory of many files, then back. */
static void commit_and_undo(void)
{
	struct nacre_plan *plan = make_plan(false);
	const char *const words[] = { box, path_of("text"), path_of("closed"), NULL };
	int steps = 0;
	struct nacre_commit_options options = { .size = sizeof(options),
						.progress = count_progress,
						.arg = &steps };
	struct nacre_commit_result done = { .size = sizeof(done) }, undone = done;
	struct nacre_changes *changes;

	if (nacre_changes_open(plan, words, &changes, error) < 0 ||
	    nacre_changes_commit(changes, &options, &done, error) != 0)
		stop("cannot commit");
	if (!done.changes || !done.id || !steps || !exists("closed") || exists("new"))
		stop("what was committed");
	nacre_changes_free(changes);
	options.progress = NULL;
	if (nacre_undo(plan, done.id, &options, &undone, error) != 0 || exists("closed") ||
	    undone.changes != done.changes)
		stop("cannot take it back");
	free(done.id);
	free(done.report);
	free(undone.id);
	free(undone.report);
	nacre_plan_free(plan);
}

static void save_and_remove(void)
{
	struct nacre_plan *plan = make_plan(false);
	struct nacre_saved saved = { .size = sizeof(saved) };
	struct nacre_commit_result dropped = { .size = sizeof(dropped) };
	struct nacre_changes *changes;
	char *text;

	if (nacre_layer_save(plan, box, "of-changes", &saved, error) < 0 || saved.objects < FILES ||
	    strcmp(saved.box, box) != 0)
		stop("cannot save");
	if (nacre_layers_remove(plan, (const char *[]){ "of-changes", NULL }, error) < 0)
		stop("cannot remove the layer");
	if (nacre_changes_open(plan, (const char *[]){ box, path_of("new"), NULL }, &changes,
			       error) < 0 ||
	    nacre_changes_discard(changes, &dropped, error) < 0 || !dropped.changes)
		stop("cannot discard");
	nacre_changes_free(changes);
	text = nacre_boxes_list(plan, 0, error);
	if (!text || !strstr(text, box))
		stop("the list of boxes");
	free(text);
	if (nacre_boxes_remove(plan, (const char *[]){ box, NULL }, error) < 0 ||
	    nacre_boxes_clean(plan, &text, error) < 0)
		stop("cannot remove");
	free(text);
	free(saved.box);
	free(saved.root);
	free(dropped.report);
	nacre_plan_free(plan);
}

static ino_t namespace_now(void)
{
	struct stat st;

	return stat("/proc/self/ns/user", &st) == 0 ? st.st_ino : 0;
}

int main(int argc, char **argv)
{
	ino_t before = namespace_now();
	pthread_t thread;
	char *own, *beside;

	error = nacre_error_new();
	if (argc != 2 || mkdir(data = argv[1], 0755) < 0)
		return 2;
	run_box();
	own = told(true);
	if (pthread_create(&thread, NULL, sleeper, NULL))
		stop("no thread");
	beside = told(false);
	if (strcmp(own, beside) != 0) {
		(void)fprintf(stderr, "%s=====\n%s", own, beside);
		stop("another thing is told");
	}
	if (strlen(own) < (size_t)FILES * 20)
		stop("little is told");
	commit_and_undo();
	save_and_remove();
	if (namespace_now() != before)
		stop("it is in another namespace");
	if (waitpid(-1, NULL, WNOHANG | __WALL) >= 0 || errno != ECHILD)
		stop("it has a child that it has not made");
	(void)puts("as before");
	return 0;
}
