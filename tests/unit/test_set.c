// SPDX-License-Identifier: MIT
/* Plans made by calls: the same as by words, whatever the names are. Structs of other sizes. */
#include "nacre.h"

#include "base/cleanup.h"
#include "test.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

/* What means something to the grammar, and bytes that mean nothing to anybody. */
#define HOSTILE "/a,b:c=d\\e\n \xff,ro:rw"

struct made {
	struct nacre_plan *plan;
	struct nacre_error *error;
};

static struct made make(void)
{
	return (struct made){ nacre_plan_new(), nacre_error_new() };
}

static void release(struct made *m)
{
	nacre_error_free(m->error);
	nacre_plan_free(m->plan);
}

#define MADE(m) _cleanup_(release) struct made m = make()

/* The plan as words make it, as a profile. */
static char *by_words(int count, char **words)
{
	MADE(m);

	check(nacre_plan_read(m.plan, "run", count, words, m.error) == 0);
	return nacre_plan_profile(m.plan);
}

/* The plan has become what these words make. */
static void check_words(const struct made *m, int count, char **words)
{
	_cleanup_free_ char *expected = by_words(count, words);
	_cleanup_free_ char *profile = nacre_plan_profile(m->plan);

	check_str(profile, expected);
}

#define CHECK_WORDS(m, ...)                                           \
	check_words((m), (int)ARRAY_LEN(((char *[]){ __VA_ARGS__ })), \
		    (char *[]){ __VA_ARGS__, NULL })

/* The last error names this cause and begins so. */
static void check_error(const struct made *m, const char *begin, const char *name)
{
	_cleanup_free_ char *text = nacre_error_text(m->error, NULL, false);

	check(strncmp(text, begin, strlen(begin)) == 0);
	check(!name || strstr(text, name));
}

TEST(set, options_are_those_of_words)
{
	const char *const words[] = { "make", "-j", NULL };
	MADE(m);

	check(nacre_plan_set(m.plan, "ro", NULL, m.error) == 0);
	check(nacre_plan_set(m.plan, "net", "none", m.error) == 0);
	check(nacre_plan_set(m.plan, "bind", "/src:/dst:ro", m.error) == 0);
	check(nacre_plan_set(m.plan, "no-seed", "/opt", m.error) == 0);
	check(nacre_plan_set(m.plan, "uid-map", "5:0:1", m.error) == 0);
	check(nacre_plan_set_pair(m.plan, "symlink", "target", "/link", m.error) == 0);
	check(nacre_plan_env(m.plan, "A", "b=c", m.error) == 0);
	check(nacre_plan_env(m.plan, "B", NULL, m.error) == 0);
	check(nacre_plan_command(m.plan, words, m.error) == 0);
	check_str(nacre_plan_words(m.plan)[1], "-j");
	CHECK_WORDS(&m, "--ro", "--net", "none", "-b", "/src:/dst:ro", "--no-seed=/opt", "--uid-map",
		    "5:0:1", "--symlink", "target", "/link", "-e", "A=b=c", "--unset-env", "B");
}

TEST(set, each_call_fails_by_itself)
{
	MADE(m);

	check(nacre_plan_set(m.plan, "rw-", NULL, m.error) < 0);
	check_error(&m, "nacre: unknown option --rw-", "usage-unknown-option");
	check(nacre_plan_set(m.plan, "ro", "yes", m.error) < 0);
	check_error(&m, "nacre: --ro takes no value", "usage-unexpected-value");
	check(nacre_plan_set(m.plan, "root", NULL, m.error) < 0);
	check_error(&m, "nacre: --root needs DIR", "usage-missing-value");
	check(nacre_plan_set_pair(m.plan, "root", "/a", "/b", m.error) < 0);
	check_error(&m, "nacre: --root takes one value", "usage-unexpected-value");
	check(nacre_plan_set(m.plan, "bind", "/a:/b:rx", m.error) < 0);
	check_error(&m, "nacre: unknown word rx", "spec-word");
	check(nacre_plan_set(m.plan, "help", NULL, m.error) == NACRE_HELP);
	check(nacre_plan_env(m.plan, "A=B", "c", m.error) < 0);
	check(nacre_plan_env(m.plan, "", "c", m.error) < 0);
	check(nacre_plan_command(m.plan, (const char *[]){ NULL }, m.error) < 0);
	check_error(&m, "nacre: no command given", "usage-no-command");
	check(nacre_plan_hold(m.plan, "../x", m.error) < 0);
	check_error(&m, "nacre: ../x is not", "spec-value");
	/* And nothing of them is in it. */
	CHECK_WORDS(&m, "--");
}

TEST(set, paths_mean_themselves)
{
	const struct nacre_bind_step bind = { .size = sizeof(bind),
					      .source = HOSTILE,
					      .target = "/dst" HOSTILE,
					      .set = NACRE_RDONLY | NACRE_NOEXEC,
					      .clear = NACRE_NODEV,
					      .optional = true,
					      .alone = true };
	const struct nacre_overlay_step over = { .size = sizeof(over),
						 .target = HOSTILE,
						 .lowers = (const char *[]){ "/top" HOSTILE,
									     "/low,er", NULL },
						 .upper = "/u,p",
						 .work = "/w,k",
						 .set = NACRE_NOSUID };
	const struct nacre_tmpfs tmpfs = { .size = sizeof(tmpfs),
					   .target = HOSTILE,
					   .bytes = 4096,
					   .has_mode = true,
					   .mode = 01777,
					   .suid = true };
	MADE(m);

	check(nacre_plan_bind(m.plan, &bind, m.error) == 0);
	check(nacre_plan_overlay(m.plan, &over, m.error) == 0);
	check(nacre_plan_tmpfs(m.plan, &tmpfs, m.error) == 0);
	check(nacre_plan_dir(m.plan, HOSTILE, 0700, m.error) == 0);
	check(nacre_plan_dir(m.plan, HOSTILE, -1, m.error) == 0);
	check(nacre_plan_file(m.plan, HOSTILE, "=a\n,", 4, m.error) == 0);
	check(nacre_plan_steps(m.plan) == 6);
#define ESCAPED "/a\\,b\\:c\\=d\\\\e\n \xff\\,ro\\:rw"
	CHECK_WORDS(&m, "-b", ESCAPED ":/dst" ESCAPED ":,ro,dev,noexec,optional,norec", "-o",
		    ESCAPED ",lower=/low\\,er,lower=/top" ESCAPED
			    ",upper=/u\\,p,work=/w\\,k,nosuid",
		    "--tmpfs", ESCAPED ",size=4096,mode=1777,suid", "--dir", ESCAPED ",mode=700",
		    "--dir", ESCAPED, "--file", ESCAPED "==a\n,");
}

/* What would be words of a bind in the place of its target. */
TEST(set, a_target_is_no_word)
{
	const struct nacre_bind_step bind = { .size = sizeof(bind), .source = "/s", .target = "ro" };
	_cleanup_free_ char *sentence = NULL;
	MADE(m);

	check(nacre_plan_bind(m.plan, &bind, m.error) == 0);
	sentence = nacre_plan_step(m.plan, 0);
	check(strstr(sentence, "/s on /") && strstr(sentence, "/ro"));
}

TEST(set, a_file_of_any_bytes)
{
	static const char bytes[] = "a\0b";
	_cleanup_free_ char *sentence = NULL;
	MADE(m);

	check(nacre_plan_file(m.plan, "/f", bytes, sizeof(bytes), m.error) == 0);
	sentence = nacre_plan_step(m.plan, 0);
	check(strstr(sentence, "/f") && strstr(sentence, "4 bytes"));
	check(nacre_plan_file(m.plan, "", bytes, sizeof(bytes), m.error) < 0);
	check(nacre_plan_file(m.plan, "", "a", 1, m.error) < 0);
	/* A box keeps its options as text. */
	check(nacre_plan_hold(m.plan, "box", m.error) == 0);
	check(nacre_plan_prepare(m.plan, m.error) < 0);
	check_error(&m, "nacre: cannot keep a file with NUL bytes", NULL);
}

TEST(set, attributes_that_nobody_knows)
{
	const struct nacre_bind_step bind = { .size = sizeof(bind),
					      .source = "/s",
					      .set = (uint64_t)1 << 40 };
	MADE(m);

	check(nacre_plan_bind(m.plan, &bind, m.error) < 0);
	check(nacre_plan_steps(m.plan) == 0);
}

/* A result as an older program knows it, and as a newer one does. */
TEST(set, results_of_other_sizes)
{
	struct {
		struct nacre_output output;
		uint64_t more;
	} newer = { .output.size = sizeof(newer), .output.grace_ms = 7, .more = 7 };
	struct nacre_output older = { .size = offsetof(struct nacre_output, as_profile),
				      .as_profile = true };
	struct nacre_output none = { .size = 0, .dry_run = true };
	struct nacre_result sizeless = { .size = 0 };
	MADE(m);

	check(nacre_plan_set(m.plan, "dry-run", NULL, m.error) == 0);
	nacre_plan_output(m.plan, &older);
	check(older.dry_run && older.as_profile &&
	      older.size == offsetof(struct nacre_output, as_profile));
	nacre_plan_output(m.plan, &newer.output);
	check(newer.output.dry_run && newer.more == 0 && newer.output.size == sizeof(newer));
	nacre_plan_output(m.plan, &none);
	check(none.size == 0 && none.dry_run);
	check(nacre_plan_run(m.plan, NULL, &sizeless, m.error) < 0);
	check_error(&m, "nacre: cannot fill a struct without a size", NULL);
}

TEST(set, what_cannot_be_run)
{
	struct nacre_result result = { .size = sizeof(result) };
	struct nacre_process *process = NULL;
	int status = 0;
	MADE(m);

	check(nacre_plan_run(m.plan, NULL, &result, m.error) < 0);
	check_error(&m, "nacre: no command given", "usage-no-command");
	check(nacre_plan_command(m.plan, (const char *[]){ "true", NULL }, m.error) == 0);
	check(nacre_plan_spawn(m.plan, NULL, &process, m.error) < 0 && !process);
	check_error(&m, "nacre: cannot use a plan before nacre_plan_prepare()", NULL);
	check(nacre_plan_join(m.plan, &status, m.error) < 0);
	check_error(&m, "nacre: no box named", "usage-no-box");
}
