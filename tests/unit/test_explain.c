// SPDX-License-Identifier: MIT
/* The table of explanations: its form, the choice of rows, the shape of messages; the doctor's
 * output. */
#include "explain/explain.h"

#include "base/cleanup.h"
#include "base/lock.h"
#include "base/syscalls.h"
#include "explain/doctor.h"
#include "explain/probe.h"
#include "explain/rows.h"
#include "lib/test.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* A plan whose only step is given, as the engine would hand it over. */
static struct plan plan_of(struct step *step)
{
	return (struct plan){ .steps = { .items = step, .count = 1, .capacity = 1 } };
}

static struct error system_error(enum error_call call, int sys, const char *object)
{
	struct error err;

	fail(&err, ERROR_SYSTEM, sys, "cannot do it");
	fail_at(&err, call, object);
	err.step = 0;
	return err;
}

static bool is_kebab(const char *name)
{
	size_t len = strlen(name);

	for (const char *c = name; *c; c++)
		if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '-')
			return false;
	return len && name[0] != '-' && name[len - 1] != '-' && !strstr(name, "--");
}

static size_t line_count(const char *text)
{
	size_t lines = 1;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

TEST(explain, rows_are_complete)
{
	const struct explanation *row;
	size_t i;

	for (i = 0; (row = explanation_at(i)); i++) {
		bool ok = is_kebab(row->name) && row->title && row->title[0] && row->fix &&
			  row->text && strlen(row->name) < sizeof(((struct error *)NULL)->name) &&
			  strlen(row->title) < sizeof(((struct error *)NULL)->reason) &&
			  strlen(row->fix) < sizeof(((struct error *)NULL)->fix);

		test_check(ok, __FILE__, __LINE__, "row %s lacks something", row->name);
		test_check(row->title && row->title[strlen(row->title) - 1] != '.', __FILE__,
			   __LINE__, "title of %s ends with a full stop", row->name);
		test_check(row->text && line_count(row->text) <= 10 && !strchr(row->text, '\t') &&
				   row->text[strlen(row->text) - 1] != '\n',
			   __FILE__, __LINE__, "text of %s", row->name);
	}
	check(i > 120);
}

TEST(explain, names_are_unique)
{
	const struct explanation *row;

	for (size_t i = 0; (row = explanation_at(i)); i++)
		test_check(explanation_find(row->name) == row, __FILE__, __LINE__,
			   "%s is there twice", row->name);
	check(!explanation_find("no-such-cause"));
	check(!explanation_find(""));
}

/* A row without a probe that covers all of a later row would hide that one for ever. */
TEST(explain, no_row_hides_a_later_one)
{
	const struct explanation *first, *later;

	for (size_t i = 0; (first = explanation_at(i)); i++) {
		for (size_t k = i + 1; first->calls && !first->probe && (later = explanation_at(k));
		     k++) {
			bool calls = later->calls && (later->calls & ~first->calls) == 0;
			bool kinds = !first->kinds ||
				     (later->kinds && (later->kinds & ~first->kinds) == 0);
			bool errnos = !first->errnos[0] || later->errnos[0];

			for (size_t e = 0; errnos && first->errnos[0] && e < 6 && later->errnos[e];
			     e++) {
				bool found = false;

				for (size_t f = 0; f < 6; f++)
					found |= first->errnos[f] == later->errnos[e];
				errnos = found;
			}
			test_check(!(calls && kinds && errnos), __FILE__, __LINE__, "%s hides %s",
				   first->name, later->name);
		}
	}
}

TEST(explain, work_elsewhere_has_the_shape_of_the_design)
{
	struct overlay overlay = { .upper_kind = UPPER_DIR,
				   .upper = "/home/me/up",
				   .work = "/dev/shm/w" };
	struct layer lower = { .path = "/srv/base" };
	struct step step = step_init(STEP_OVERLAY, "/data");
	struct plan plan = plan_of(&step);
	_cleanup_text_ struct text out = { 0 }, sentence = { 0 }, want = { 0 };
	struct error err;

	overlay.lowers.items = &lower;
	overlay.lowers.count = 1;
	step.overlay = &overlay;
	step.origin = "-o /data,lower=/srv/base";
	fail(&err, ERROR_SYSTEM, EINVAL, "cannot overlay /data");
	err.step = 0;
	error_explain(&err, "overlay-work-elsewhere", NULL, NULL);
	error_fact(&err, "upper /home/me/up is on ext4, work /dev/shm/w on tmpfs");
	explain_error(&err, &plan);
	error_format(&err, &plan, &out);
	step_describe(&step, &sentence);
	text_printf(&want,
		    "nacre: cannot overlay /data: its upper and work directories are on different "
		    "file systems\n"
		    "  step    1 of 1: %s          (from -o /data,lower=/srv/base)\n"
		    "  facts   upper /home/me/up is on ext4, work /dev/shm/w on tmpfs\n"
		    "  fix     leave out work=; nacre makes one beside the upper          "
		    "[overlay-work-elsewhere]\n",
		    text_str(&sentence));
	check_str(text_str(&out), text_str(&want));
}

TEST(explain, without_a_row_the_errno_speaks)
{
	_cleanup_text_ struct text out = { 0 }, want = { 0 };
	struct error err = system_error(CALL_COPY, EIO, "/x");

	err.step = -1;
	explain_error(&err, NULL);
	check_str(err.name, "");
	check_str(err.reason, errno_text(EIO));
	error_format(&err, NULL, &out);
	text_printf(&want, "nacre: cannot do it: %s\n", errno_text(EIO));
	check_str(text_str(&out), text_str(&want));
}

TEST(explain, format_of_the_rarer_fields)
{
	_cleanup_text_ struct text out = { 0 };
	struct error err;

	fail(&err, ERROR_PLAN, 0, "cannot mount");
	error_fact(&err, "one  ");
	error_fact(&err, "two");
	strcpy(err.kernel, "overlay: low is not a directory");
	error_explain(&err, "some-name", "why", NULL);
	error_format(&err, NULL, &out);
	check_str(text_str(&out), "nacre: cannot mount: why\n"
				  "  kernel  overlay: low is not a directory\n"
				  "  facts   one\n"
				  "          two\n"
				  "  see     nacre explain some-name\n");
}

TEST(explain, underline_of_a_usage_error_keeps_its_place)
{
	_cleanup_text_ struct text out = { 0 };
	struct error err;

	fail(&err, ERROR_USAGE, 0, "unknown option --robind");
	error_fact(&err, "nacre run --robind /a");
	error_fact(&err, "          ^^^^^^^^");
	error_explain(&err, "usage-unknown-option", NULL, "did you mean --bind?");
	explain_error(&err, NULL);
	error_format(&err, NULL, &out);
	check_str(text_str(&out),
		  "nacre: unknown option --robind\n"
		  "  facts   nacre run --robind /a\n"
		  "                    ^^^^^^^^\n"
		  "  fix     did you mean --bind?          [usage-unknown-option]\n");
}

TEST(explain, hostile_bytes_do_not_reach_the_terminal)
{
	_cleanup_text_ struct text out = { 0 };
	struct step step = step_init(STEP_DIR, "/a\nb\x1b[2J");
	struct plan plan = plan_of(&step);
	struct error err;

	step.origin = "--dir /a\nb\x1b[2J\xff,:\\";
	fail(&err, ERROR_SYSTEM, EIO, "cannot make it");
	err.step = 0;
	error_fact(&err, "the helper said: \x1b]0;x\a\xc2\x9b\xff caf\xc3\xa9");
	error_format(&err, &plan, &out);
	for (const char *c = text_str(&out); *c; c++)
		check((unsigned char)*c >= 0x20 || *c == '\n');
	check(strstr(text_str(&out), "\\x1b]0;x\\x07\\xc2\\x9b\\xff caf\xc3\xa9"));
	check(!strstr(text_str(&out), "\xff"));
	check(line_count(text_str(&out)) == 4);
}

TEST(explain, what_the_origin_said_stays)
{
	struct error err = system_error(CALL_EXEC, ENOENT, "foo");

	error_explain(&err, "plan-mode-range", "because", "do this");
	explain_error(&err, NULL);
	check_str(err.name, "plan-mode-range");
	check_str(err.reason, "because");
	check_str(err.fix, "do this");
}

TEST(explain, bug_gets_its_name)
{
	struct error err;

	fail(&err, ERROR_BUG, 0, "cannot happen");
	explain_error(&err, NULL);
	check_str(err.name, "bug");
	check(err.fix[0]);
	err = system_error(CALL_UID_MAP, EINVAL, "");
	explain_error(&err, NULL);
	check_str(err.name, "bug");
}

TEST(explain, command_reads_the_facts_from_inside)
{
	struct error err = system_error(CALL_EXEC, ENOENT, "/x/script");

	error_fact(&err, "something else is missing");
	error_fact(&err, "interpreter /no/such/python3 is missing");
	explain_error(&err, NULL);
	check_str(err.name, "interpreter-missing");
	check_str(err.reason, "its interpreter /no/such/python3 is not in the box");

	err = system_error(CALL_EXEC, ENOENT, "prog");
	error_fact(&err, "loader /bin/sh is missing");
	explain_error(&err, NULL);
	check_str(err.name, "loader-missing");
	check_str(err.fix, "show the host's in the box: -b /bin/sh:ro");
}

TEST(explain, particular_before_general)
{
	struct error err = system_error(CALL_EXEC, ENOENT, "no-such-program");

	explain_error(&err, NULL);
	check_str(err.name, "command-not-found");
	err = system_error(CALL_EXEC, ENOENT, "/no/such/program");
	explain_error(&err, NULL);
	check_str(err.name, "command-path-missing");
	err = system_error(CALL_EXEC, EACCES, "prog");
	error_fact(&err, "/usr/bin/prog is a directory");
	explain_error(&err, NULL);
	check_str(err.name, "command-is-directory");
	err = system_error(CALL_EXEC, EACCES, "prog");
	explain_error(&err, NULL);
	check_str(err.name, "command-not-executable");
	err = system_error(CALL_EXEC, EMFILE, "prog");
	explain_error(&err, NULL);
	check_str(err.name, "too-many-files");
}

TEST(explain, noexec_of_a_covering_step)
{
	struct step steps[2] = { step_init(STEP_BIND, "/"), step_init(STEP_TMPFS, "/tmp") };
	struct plan plan = { .steps = { .items = steps, .count = 2, .capacity = 2 } };
	struct error err = system_error(CALL_EXEC, EACCES, "/tmp/prog");

	steps[1].flags.set = MOUNT_ATTR_NOEXEC;
	explain_error(&err, &plan);
	check_str(err.name, "command-noexec");
	err = system_error(CALL_EXEC, EACCES, "/usr/prog");
	explain_error(&err, &plan);
	check_str(err.name, "command-not-executable");
}

TEST(explain, kind_of_step_decides)
{
	struct overlay overlay = { .upper_kind = UPPER_BOX };
	struct step bind = step_init(STEP_BIND, "/d"), layers = step_init(STEP_OVERLAY, "/d");
	struct plan plan = plan_of(&bind);
	struct error err = system_error(CALL_OPEN_SOURCE, ENOENT, "/no/such,thing");

	explain_error(&err, &plan);
	check_str(err.name, "bind-source-missing");
	check_str(err.facts, "/ exists, /no does not");
	layers.overlay = &overlay;
	plan = plan_of(&layers);
	err = system_error(CALL_OVERLAY_LAYER, ENOENT, "/no/such,thing");
	explain_error(&err, &plan);
	check_str(err.name, "layer-missing");
	plan.base = BASE_DIR;
	plan.root = "/no/such,thing";
	err = system_error(CALL_OPEN_SOURCE, ENOENT, "/no/such,thing");
	explain_error(&err, &plan);
	check_str(err.name, "root-missing");
}

/* Fills an overlay step of two lowers, upper and work below the current directory. */
struct scene {
	char dir[32];
	char low[2][64], up[64], work[64];
	struct layer lowers[2];
	struct overlay overlay;
	struct step step;
};

static bool scene_make(struct scene *s)
{
	*s = (struct scene){ .dir = "/tmp/nacre-test-XXXXXX" };
	if (!mkdtemp(s->dir))
		return false;
	(void)snprintf(s->low[0], sizeof(s->low[0]), "%s/a,:\\\xff\n", s->dir);
	(void)snprintf(s->low[1], sizeof(s->low[1]), "%s/b", s->dir);
	(void)snprintf(s->up, sizeof(s->up), "%s/up", s->dir);
	(void)snprintf(s->work, sizeof(s->work), "%s/work", s->dir);
	for (int i = 0; i < 2; i++)
		s->lowers[i].path = s->low[i];
	s->overlay.lowers.items = s->lowers;
	s->overlay.lowers.count = 2;
	s->overlay.upper_kind = UPPER_DIR;
	s->overlay.upper = s->up;
	s->overlay.work = s->work;
	s->step = step_init(STEP_OVERLAY, "/data");
	s->step.overlay = &s->overlay;
	return mkdir(s->low[0], 0700) == 0 && mkdir(s->low[1], 0700) == 0 &&
	       mkdir(s->up, 0700) == 0 && mkdir(s->work, 0700) == 0;
}

static void scene_remove(struct scene *s)
{
	char nested[80];

	(void)snprintf(nested, sizeof(nested), "%s/in", s->up);
	(void)rmdir(nested);
	(void)snprintf(nested, sizeof(nested), "%s/link", s->dir);
	(void)unlink(nested);
	(void)rmdir(s->low[0]);
	(void)rmdir(s->low[1]);
	(void)rmdir(s->up);
	(void)rmdir(s->work);
	(void)rmdir(s->dir);
}

static const char *overlay_name(struct scene *s, int sys, struct error *err)
{
	struct plan plan = plan_of(&s->step);

	*err = system_error(CALL_FSCREATE, sys, "overlay");
	explain_error(err, &plan);
	return err->name;
}

TEST(explain, overlay_work_in_upper)
{
	_cleanup_(scene_remove) struct scene s;
	char nested[80], link[80];
	struct error err;

	require(scene_make(&s));
	(void)snprintf(nested, sizeof(nested), "%s/in", s.up);
	(void)snprintf(link, sizeof(link), "%s/link", s.dir);
	require(mkdir(nested, 0700) == 0 && symlink(nested, link) == 0);
	s.overlay.work = link;
	check_str(overlay_name(&s, EINVAL, &err), "overlay-work-nested");
	check_str(err.reason, "its work directory is inside its upper directory");
	s.overlay.work = s.up;
	check_str(overlay_name(&s, EINVAL, &err), "overlay-work-nested");
	check_str(err.reason, "its upper and work directories are the same");
}

TEST(explain, overlay_work_on_another_file_system)
{
	_cleanup_(scene_remove) struct scene s;
	struct place here, there;
	struct error err;

	require(scene_make(&s));
	if (!place_read("/dev", &there) || !place_read(s.up, &here) || here.dev == there.dev)
		SKIP("/tmp and /dev are one file system");
	s.overlay.work = "/dev";
	check_str(overlay_name(&s, EINVAL, &err), "overlay-work-elsewhere");
	check(strstr(err.facts, "work /dev on "));
}

TEST(explain, overlay_layers)
{
	_cleanup_(scene_remove) struct scene s;
	struct error err;
	char link[80];

	require(scene_make(&s));
	check_str(overlay_name(&s, EINVAL, &err), "overlay-refused");
	s.overlay.upper_kind = UPPER_NONE;
	s.overlay.upper = s.overlay.work = NULL;
	check_str(overlay_name(&s, EINVAL, &err), "overlay-refused");
	s.overlay.lowers.count = 1;
	check_str(overlay_name(&s, EINVAL, &err), "overlay-one-layer");
	s.overlay.lowers.count = 2;
	(void)snprintf(link, sizeof(link), "%s/link", s.dir);
	require(symlink(s.low[0], link) == 0);
	s.lowers[1].path = link;
	check_str(overlay_name(&s, ELOOP, &err), "overlay-layers-overlap");
	check(strstr(err.reason, "\\xff"));
	s.lowers[0].path = "/";
	check_str(overlay_name(&s, EINVAL, &err), "overlay-submounts");
	check(strstr(err.facts, "mounted below it: "));
	check_str(overlay_name(&s, ENODEV, &err), "overlay-missing");
}

TEST(explain, overlay_volatile_and_options)
{
	_cleanup_(scene_remove) struct scene s;
	const char *option = "metacopy=on";
	struct error err;

	require(scene_make(&s));
	s.overlay.options.items = &option;
	s.overlay.options.count = 1;
	check_str(overlay_name(&s, EPERM, &err), "overlay-trusted-option");
	check_str(err.facts, "the option metacopy was given");
	option = "metacopying";
	check_str(overlay_name(&s, EINVAL, &err), "overlay-refused");
}

TEST(explain, lock_holder_is_named)
{
	_cleanup_(scene_remove) struct scene s;
	_cleanup_fd_ int fd = -EBADF;
	struct lock_holder holder;
	struct plan plan;
	struct error err;
	struct stat st;

	require(scene_make(&s));
	fd = open(s.up, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	require(fd >= 0 && fstat(fd, &st) == 0 && flock(fd, LOCK_EX | LOCK_NB) == 0);
	if (!lock_holder_find(&st, &holder))
		SKIP("/proc/locks does not show the lock");
	check(holder.pid == getpid());
	check(strstr(holder.command, "unit"));
	plan = plan_of(&s.step);
	err = system_error(CALL_LOCK, EAGAIN, s.up);
	explain_error(&err, &plan);
	check_str(err.name, "upper-in-use");
	check(strstr(err.facts, "held by process "));
	err = system_error(CALL_LOCK, EAGAIN, s.up);
	explain_error(&err, NULL);
	check_str(err.name, "box-in-use");
}

/* Brackets balance outside of strings, and something is there. */
static bool json_balances(const char *s)
{
	int depth = 0;
	bool string = false;

	if (*s != '{')
		return false;
	for (; *s; s++) {
		if (string && *s == '\\' && s[1])
			s++;
		else if (*s == '"')
			string = !string;
		else if (!string && (*s == '{' || *s == '['))
			depth++;
		else if (!string && (*s == '}' || *s == ']'))
			depth--;
		if (depth < 0 || (string && (unsigned char)*s < 0x20))
			return false;
	}
	return depth == 0 && !string;
}

TEST(explain, error_as_json)
{
	_cleanup_text_ struct text out = { 0 };
	struct step step = step_init(STEP_DIR, "/a\"\n");
	struct plan plan = plan_of(&step);
	struct error err = system_error(CALL_MAKE, ENOSPC, "/a\"\n\xff");

	step.origin = "--dir /a\"\n\xff";
	error_fact(&err, "one \"fact\"");
	error_fact(&err, "two\\");
	explain_error(&err, &plan);
	error_format_json(&err, &plan, &out);
	check(json_balances(text_str(&out)));
	check(strstr(text_str(&out), "\"ENOSPC\""));
	check(strstr(text_str(&out), "\"no-space\""));
	check(strstr(text_str(&out), "\"object_b64\""));
}

TEST(explain, manual_page_has_all_rows)
{
	_cleanup_text_ struct text page = { 0 };
	const struct explanation *row;

	explain_scdoc(&page);
	check(strncmp(text_str(&page), "nacre-errors(7)\n", 16) == 0);
	for (size_t i = 0; (row = explanation_at(i)); i++) {
		char heading[64];

		(void)snprintf(heading, sizeof(heading), "\n## %s\n", row->name);
		test_check(strstr(text_str(&page), heading), __FILE__, __LINE__, "%s is not in it",
			   row->name);
	}
	/* At the start of a line these would begin a list or a block. */
	for (const char *start = "\t -.;|"; *start; start++) {
		char line[] = { '\n', *start, '\0' };

		check(!strstr(text_str(&page), line));
	}
}

TEST(doctor, text_and_json)
{
	struct finding items[] = {
		{ "one", FINDING_OK, "first: fine", NULL, NULL },
		{ "two", FINDING_WARN, "second: so, so", "do \"that\"", "subuid-missing" },
		{ "three", FINDING_FAIL, "third: no", NULL, "bug" },
	};
	struct findings f = { .v = { items, 3, 3 } };
	_cleanup_text_ struct text text = { 0 }, json = { 0 };

	check(doctor_worst(&f) == FINDING_FAIL);
	f.v.count = 2;
	check(doctor_worst(&f) == FINDING_WARN);
	f.v.count = 0;
	check(doctor_worst(&f) == FINDING_OK);
	f.v.count = 3;
	doctor_text(&f, &text);
	check_str(text_str(&text), "ok    first: fine\n"
				   "warn  second: so, so\n"
				   "      fix: do \"that\"          [subuid-missing]\n"
				   "FAIL  third: no\n"
				   "      see: [bug]\n");
	doctor_json(&f, &json);
	check(json_balances(text_str(&json)));
	check(strstr(text_str(&json), "\"do \\\"that\\\"\""));
}

TEST(doctor, leaves_nothing_behind)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_(scene_remove) struct scene s;
	_cleanup_text_ struct text json = { 0 };
	struct findings f = { 0 };

	require(scene_make(&s));
	doctor_run(&arena, s.up, &f);
	require(f.v.count > 5);
	for (size_t i = 0; i < f.v.count; i++) {
		const struct finding *finding = &f.v.items[i];

		test_check(is_kebab(finding->name) && finding->text[0], __FILE__, __LINE__,
			   "finding %zu", i);
		if (finding->explain)
			test_check(explanation_find(finding->explain) != NULL, __FILE__, __LINE__,
				   "%s has no explanation %s", finding->name, finding->explain);
	}
	doctor_json(&f, &json);
	check(json_balances(text_str(&json)));
	/* Fails when the directory of the trial is still there. */
	check(rmdir(s.up) == 0);
}
