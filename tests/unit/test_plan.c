// SPDX-License-Identifier: MIT
/* The plan's life and the words for its enums. */
#include "base/syscalls.h"
#include "plan/capability.h"
#include "plan/plan.h"
#include "test.h"

#include <linux/capability.h>

TEST(plan, new_is_a_bare_run)
{
	struct plan *plan = plan_new("/home/me/proj", "/home/me");

	check_str(plan->cwd, "/home/me/proj");
	check_str(plan->home, "/home/me");
	check(plan->base == BASE_HOST && plan->writes == WRITES_KEEP && !plan->writes_given);
	check(plan->identity.kind == IDENTITY_SAME);
	check(plan->unshare[NS_USER] && plan->unshare[NS_MOUNT] && plan->unshare[NS_PID]);
	check(plan->unshare[NS_IPC] && plan->unshare[NS_UTS] && plan->unshare[NS_CGROUP]);
	check(!plan->unshare[NS_NET] && !plan->unshare[NS_TIME]);
	check(plan->asked.count == 0 && plan->argv.count == 0);
	check(plan_free(plan) == NULL);
}

TEST(plan, copies_its_strings)
{
	char cwd[] = "/a", home[] = "/b";
	struct plan *plan = plan_new(cwd, home);

	cwd[1] = home[1] = 'x';
	check_str(plan->cwd, "/a");
	check_str(plan->home, "/b");
	plan_free(plan);
}

TEST(plan, stands_without_a_caller)
{
	struct plan *plan = plan_new(NULL, NULL);

	check_str(plan->cwd, "/");
	check(plan->home == NULL);
	plan_free(plan);
	check(plan_free(NULL) == NULL);
}

TEST(plan, arena_grows_with_the_plan)
{
	struct plan *plan = plan_new("/", NULL);

	for (int i = 0; i < 1000; i++)
		*VECTOR_ADD(&plan->arena, &plan->layers) = arena_printf(&plan->arena, "/l/%d", i);
	check_str(plan->layers.items[999], "/l/999");
	check_str(plan->cwd, "/");
	plan_free(plan);
}

TEST(plan, namespaces_have_names_and_flags)
{
	check_str(ns_name(NS_USER), "user");
	check_str(ns_name(NS_MOUNT), "mount");
	check_str(ns_name(NS_TIME), "time");
	check(ns_flag(NS_USER) == CLONE_NEWUSER);
	check(ns_flag(NS_MOUNT) == CLONE_NEWNS);
	check(ns_flag(NS_CGROUP) == CLONE_NEWCGROUP);
	check(ns_flag(NS_NET) == CLONE_NEWNET);
	for (enum ns_kind a = 0; a < NS_COUNT; a++)
		for (enum ns_kind b = 0; b < a; b++)
			check(ns_flag(a) != ns_flag(b));
}

TEST(plan, writes_have_names)
{
	check_str(writes_name(WRITES_KEEP), "keep");
	check_str(writes_name(WRITES_DROP), "drop");
	check_str(writes_name(WRITES_DENY), "deny");
	check_str(writes_name(WRITES_HOST), "host");
}

TEST(plan, capabilities_are_in_the_kernel_order)
{
	uint64_t next = 0;

	for (const struct keyword *k = capability_words; k->word; k++)
		check(k->value == next++);
	check(next > CAP_CHECKPOINT_RESTORE);
	check_str(keyword_name(capability_words, CAP_NET_ADMIN), "net_admin");
}
