// SPDX-License-Identifier: MIT
/* compat/steamns.h: the words of steamns to a plan. What comes of the plan is in tests/cli/as-steamns. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "compat/steamns.h"
#include "test.h"

#include <string.h>

enum { WORDS_MAX = 8 };

/* The plan of these words behind the program's name, NULL after the last; its error and text where they are wanted. */
static struct plan *read_words(const char *const *words, int want, struct error *err,
			       struct text *told)
{
	struct plan *plan = plan_new("/here", "/home/me");
	char *argv[WORDS_MAX + 2] = { (char *)"steamns" };
	struct error ignored = { 0 };
	struct text text = { 0 };
	int argc = 1;

	for (; words[argc - 1]; argc++)
		argv[argc] = (char *)words[argc - 1];
	check(steamns_read(plan, argc, argv, told ? told : &text, err ? err : &ignored) == want);
	text_release(&text);
	return plan;
}

#define WORDS(...) ((const char *const[WORDS_MAX]){ __VA_ARGS__ })

static const struct step *find(const struct plan *plan, const char *dst)
{
	for (size_t i = 0; i < plan->asked.count; i++)
		if (strcmp(plan->asked.items[i].dst, dst) == 0)
			return &plan->asked.items[i];
	return NULL;
}

TEST(steamns, root)
{
	struct plan *plan = read_words(WORDS("-G"), 0, NULL, NULL);

	check(plan->base == BASE_DIR && plan->writes == WRITES_HOST && plan->no_defaults);
	check_str(plan->root, "/home/me/.local/steam");
	check_str(plan->argv.items[0], "/bin/bash");
	check(plan->argv.count == 1 && !plan->argv.items[1]);
	check_str(plan->cwd, "/home/me");
	check(find(plan, "/usr") && find(plan, "/usr")->in_root && !find(plan, "/mnt"));
	check(!plan->desktop && !plan->held);
	plan_free(plan);

	plan = read_words(WORDS("-WGkp", "dir/../root", "--", "-x"), 0, NULL, NULL);
	check_str(plan->root, "/here/root");
	check_str(plan->argv.items[0], "-x");
	check(!find(plan, "/usr") && !find(plan, "/etc"));
	require(find(plan, "/mnt"));
	check_str(find(plan, "/mnt")->src, "/");
	plan_free(plan);

	plan = read_words(WORDS("-M", "-Hk"), 0, NULL, NULL);
	check(plan->base == BASE_HOST && plan->writes == WRITES_HOST && plan->asked.count == 0);
	check(!plan->desktop);
	plan_free(plan);

	plan = read_words(WORDS("-H", "-p/root"), 0, NULL, NULL);
	check(plan->base == BASE_HOST && plan->writes == WRITES_DENY);
	require(find(plan, "/home/me"));
	check_str(find(plan, "/home/me")->src, "/root/home/me");
	plan_free(plan);
}

TEST(steamns, working_directory)
{
	static const struct {
		const char *words[WORDS_MAX];
		const char *workdir;
	} rows[] = {
		{ { "-w" }, "/mnt/here" },   { { "-wp", "/" }, "/here" },
		{ { "-wp", "/here" }, "/" }, { { "-wp", "/her" }, "/mnt/here" },
		{ { "-wM" }, "/here" },	     { { "-wH" }, "/here" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct plan *plan = read_words(rows[i].words, 0, NULL, NULL);

		check_str(plan->workdir, rows[i].workdir);
		plan_free(plan);
	}
}

TEST(steamns, namespaces_of_a_link)
{
	static const struct {
		const char *words[WORDS_MAX];
		enum company company;
		const char *link;
	} rows[] = {
		{ { "-c", "/nowhere/ns" }, COMPANY_NEW, "/nowhere/ns" },
		{ { "-Dc", "/nowhere/ns" }, COMPANY_HOLDER, "/nowhere/ns" },
		{ { "-j", "/nowhere//./ns/" }, COMPANY_THERE, "/nowhere/ns" },
		{ { "-D", "-j", "../nowhere/ns" }, COMPANY_ANY, "/nowhere/ns" },
		{ { "-c", "-", "-p", "/root dir" }, COMPANY_NEW, "/root dir/.namespace" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct plan *plan = read_words(rows[i].words, 0, NULL, NULL);

		check(plan->held && plan->passing && plan->company == rows[i].company);
		check_str(plan->link, rows[i].link);
		/* The name is documented, so it never changes. */
		if (strcmp(plan->link, "/nowhere/ns") == 0)
			check_str(plan->name, "steamns-6608c9a3c8ee4cb1");
		plan_free(plan);
	}
}

TEST(steamns, wrong_words)
{
	static const struct {
		const char *words[WORDS_MAX];
		int status;
		const char *name;
	} rows[] = {
		{ { "-x" }, 1, "usage-unknown-option" },
		{ { "-GMp" }, 1, "usage-missing-value" },
		{ { "-D" }, 5, "steamns-options" },
		{ { "-cj", "-j" }, 1, "usage-missing-value" },
		{ { "-ca", "-jb" }, 5, "steamns-options" },
		{ { "-rjb" }, 5, "steamns-options" },
		{ { "-p", "" }, 125, "spec-fields" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct error err = { 0 };
		struct text told = { 0 };
		struct plan *plan = read_words(rows[i].words, -1, &err, &told);

		check(err.status == rows[i].status);
		check_str(err.name, rows[i].name);
		check((rows[i].status == 125) == (told.len == 0));
		text_release(&told);
		plan_free(plan);
	}
}
