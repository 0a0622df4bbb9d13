// SPDX-License-Identifier: MIT
/* What a keeper says is what a member takes; anything cut or altered is refused whole. */
#include "base/cleanup.h"
#include "base/error.h"
#include "run/terms.h"
#include "test.h"

#include <string.h>
#include <sys/mman.h>

static struct plan *full_plan(void)
{
	struct plan *plan = plan_new("/here", "/home/me");

	plan->name = "dev";
	plan->identity.uid = 7;
	plan->identity.gid = 8;
	plan->identity.deny_setgroups = true;
	plan->caps_add = UINT64_C(1) << 40;
	plan->caps_drop = 3;
	plan->clear_env = true;
	plan->setup_on_join = true;
	plan->options = "clear-env\nenv A=1\n";
	plan->workdir = "/work";
	plan->setup = "";
	VECTOR_PUSH(&plan->arena, &plan->env, (struct env_change){ ENV_SET, "A", "1=\n2" });
	VECTOR_PUSH(&plan->arena, &plan->env, (struct env_change){ ENV_KEEP, "B", NULL });
	VECTOR_PUSH(&plan->arena, &plan->env, (struct env_change){ ENV_UNSET, "C", NULL });
	VECTOR_PUSH(&plan->arena, &plan->places, (struct place_inside){ "/src", "/dst" });
	return plan;
}

static const struct secret secret = { "0123456789abcdef" };

static int make_bytes(const char *bytes, size_t n)
{
	int fd = memfd_create("test", MFD_CLOEXEC);

	check(fd >= 0 && write(fd, bytes, n) == (ssize_t)n);
	return fd;
}

TEST(terms, are_taken_as_they_were_made)
{
	struct plan *plan = full_plan(), *got = plan_new("/there", NULL);
	_cleanup_fd_ int fd = terms_make(plan, &secret);
	struct error err = { 0 };

	VECTOR_PUSH(&got->arena, &got->env, (struct env_change){ ENV_SET, "OLD", "1" });
	require(fd >= 0 && terms_take(fd, got, &err) == 0);
	check(got->identity.uid == 7 && got->identity.gid == 8 && got->identity.deny_setgroups);
	check(got->caps_add == plan->caps_add && got->caps_drop == 3);
	check(got->clear_env && got->setup_on_join);
	check(strcmp(got->options, plan->options) == 0 && strcmp(got->workdir, "/work") == 0);
	check(got->setup && !*got->setup);
	require(got->env.count == 3);
	check(got->env.items[0].action == ENV_SET && strcmp(got->env.items[0].value, "1=\n2") == 0);
	check(got->env.items[1].action == ENV_KEEP && strcmp(got->env.items[1].name, "B") == 0);
	check(got->env.items[2].action == ENV_UNSET && !got->env.items[2].value);
	require(got->places.count == 1);
	check(strcmp(got->places.items[0].outside, "/src") == 0);
	check(strcmp(got->places.items[0].inside, "/dst") == 0);
	check(strcmp(got->cwd, "/there") == 0);
	plan_free(plan);
	plan_free(got);
}

TEST(terms, have_the_secret_of_the_key)
{
	struct plan *plan = full_plan();
	_cleanup_fd_ int fd = terms_make(plan, &secret), other = make_bytes("no terms", 8);
	struct secret got;

	check(terms_secret(fd, &got) && memcmp(&got, &secret, sizeof(got)) == 0);
	check(!terms_secret(other, &got));
	plan_free(plan);
}

TEST(terms, a_directory_of_its_own_is_nobody_elses)
{
	struct plan *plan = full_plan(), *got = plan_new("/there", NULL);
	_cleanup_fd_ int fd = -EBADF, own_fd = -EBADF;
	struct error err = { 0 };

	got->workdir = "/mine";
	got->workdir_own = true;
	fd = terms_make(plan, &secret);
	require(fd >= 0 && terms_take(fd, got, &err) == 0);
	check_str(got->workdir, "/mine");
	plan->workdir_own = true;
	got->workdir_own = false;
	own_fd = terms_make(plan, &secret);
	require(own_fd >= 0 && terms_take(own_fd, got, &err) == 0);
	check(!got->workdir);
	plan_free(plan);
	plan_free(got);
}

TEST(terms, nothing_is_not_the_empty_string)
{
	struct plan *plan = plan_new("/", NULL), *got = full_plan();
	_cleanup_fd_ int fd = terms_make(plan, &secret);
	struct error err = { 0 };

	require(fd >= 0 && terms_take(fd, got, &err) == 0);
	check(!got->options && !got->workdir && !got->setup && got->env.count == 0);
	check(got->places.count == 0);
	check(!got->clear_env && !got->setup_on_join && got->caps_add == 0);
	plan_free(plan);
	plan_free(got);
}

TEST(terms, cannot_be_changed_by_who_gets_them)
{
	struct plan *plan = full_plan();
	_cleanup_fd_ int fd = terms_make(plan, &secret);

	require(fd >= 0);
	check(pwrite(fd, "x", 1, 0) < 0 && ftruncate(fd, 0) < 0);
	plan_free(plan);
}

TEST(terms, cut_or_of_another_version_are_refused)
{
	struct plan *plan = full_plan();
	_cleanup_fd_ int fd = terms_make(plan, &secret);
	char bytes[512];
	ssize_t n = pread(fd, bytes, sizeof(bytes), 0);

	require(n > 0 && (size_t)n < sizeof(bytes));
	for (size_t cut = 0; cut < (size_t)n; cut++) {
		_cleanup_fd_ int part = make_bytes(bytes, cut);
		struct plan *got = plan_new("/", NULL);
		struct error err = { 0 };

		got->name = "dev";
		check(terms_take(part, got, &err) < 0);
		check(strcmp(err.name, "box-other-version") == 0);
		plan_free(got);
	}
	bytes[0] ^= 1;
	_cleanup_fd_ int other = make_bytes(bytes, (size_t)n);
	struct plan *got = full_plan();
	struct error err = { 0 };

	check(terms_take(other, got, &err) < 0);
	plan_free(got);
	plan_free(plan);
}
