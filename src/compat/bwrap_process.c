// SPDX-License-Identifier: MIT
/* Takers of all that is not a place in the new root: namespaces, ids, environment, descriptors, filters, capabilities. */
#include "compat/bwrap.h"

#include "base/path.h"
#include "base/syscalls.h"
#include "plan/capability.h"
#include "read/value.h"

#include <string.h>

static void unshare_all(struct bwrap *b)
{
	static const enum ns_kind kinds[] = { NS_IPC, NS_PID, NS_UTS, NS_NET };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		b->plan->unshare[kinds[i]] = true;
	b->user_try = b->cgroup_try = true;
}

BWRAP_TAKER(bwrap_take_switch)
{
	(void)words;
	(void)err;
	switch ((enum bwrap_switch)option->value) {
	case BWRAP_UNSHARE_ALL:
		unshare_all(b);
		break;
	case BWRAP_SHARE_NET:
		b->plan->unshare[NS_NET] = false;
		break;
	case BWRAP_CLEAR_ENV:
		b->plan->clear_env = true;
		b->plan->env.count = 0;
		break;
	case BWRAP_LEVEL_PREFIX:
		b->plan->program = "<3>bwrap"; /* LOG_ERR, as nothing else is said */
		break;
	case BWRAP_EXPLAIN:
		b->plan->terse = false;
		break;
	case BWRAP_NO_BOUNDARY:
		break;
	}
	return 0;
}

BWRAP_TAKER(bwrap_take_life)
{
	(void)words;
	(void)err;
	*(bool *)((char *)b->life + option->value) = true;
	return 0;
}

BWRAP_TAKER(bwrap_take_try)
{
	(void)words;
	(void)err;
	*(bool *)((char *)b + option->value) = true;
	return 0;
}

BWRAP_TAKER(bwrap_take_unshare)
{
	(void)words;
	(void)err;
	if (option->value == NS_USER)
		b->user = true;
	else
		b->plan->unshare[option->value] = true;
	return 0;
}

BWRAP_TAKER(bwrap_take_fd)
{
	int fd = bwrap_fd(words[0], err);

	if (fd < 0)
		return -1;
	memcpy((char *)b->life + option->value, &fd, sizeof(fd));
	return 0;
}

BWRAP_TAKER(bwrap_take_word)
{
	const char *text = arena_strdup(&b->plan->arena, words[0]);

	(void)err;
	/* What is not absolute begins at the new root, where the search for it begins. */
	if (option->value == offsetof(struct plan, workdir) && *text != '/')
		text = path_absolute(&b->plan->arena, "/", text);
	memcpy((char *)b->plan + option->value, &text, sizeof(text));
	return 0;
}

BWRAP_TAKER(bwrap_take_argv0)
{
	(void)option;
	(void)err;
	b->life->argv0 = arena_strdup(&b->plan->arena, words[0]);
	return 0;
}

BWRAP_TAKER(bwrap_take_id)
{
	uint32_t id;
	int64_t wide;

	if (value_id(words[0], &id, err) < 0)
		return -1;
	wide = id;
	memcpy((char *)b + option->value, &wide, sizeof(wide));
	return 0;
}

static int change_env(struct bwrap *b, enum env_action action, const char *name, const char *value,
		      struct error *err)
{
	if (!*name || strchr(name, '='))
		return value_fail(err, name, "the name of an environment variable", NULL);
	VECTOR_PUSH(&b->plan->arena, &b->plan->env,
		    (struct env_change){ action, arena_strdup(&b->plan->arena, name),
					 value ? arena_strdup(&b->plan->arena, value) : NULL });
	return 0;
}

BWRAP_TAKER(bwrap_take_setenv)
{
	(void)option;
	return change_env(b, ENV_SET, words[0], words[1], err);
}

BWRAP_TAKER(bwrap_take_unsetenv)
{
	(void)option;
	return change_env(b, ENV_UNSET, words[0], NULL, err);
}

BWRAP_TAKER(bwrap_take_lock)
{
	(void)option;
	(void)err;
	*VECTOR_ADD(&b->plan->arena, &b->life->locks) = arena_strdup(&b->plan->arena, words[0]);
	return 0;
}

BWRAP_TAKER(bwrap_take_seccomp)
{
	(void)option;
	b->seccomp_fd = bwrap_fd(words[0], err);
	return b->seccomp_fd < 0 ? -1 : 0;
}

int bwrap_add_filter(struct bwrap *b, int fd, struct error *err)
{
	struct filter filter = { .fd = fd };
	const char *code;

	if (bwrap_read_fd(b, fd, &code, &filter.len, err) < 0)
		return -1;
	/* struct sock_filter, BPF_MAXINSNS: linux/filter.h, linux/bpf_common.h */
	if (filter.len == 0 || filter.len % 8 || filter.len > 8UL * 4096)
		return bwrap_misuse(err, "descriptor %d does not give a seccomp program", fd);
	filter.code = code;
	VECTOR_PUSH(&b->plan->arena, &b->life->filters, filter);
	return 0;
}

BWRAP_TAKER(bwrap_take_add_seccomp)
{
	int fd = bwrap_fd(words[0], err);

	(void)option;
	return fd < 0 ? -1 : bwrap_add_filter(b, fd, err);
}

static const char *next_capability(size_t i, const void *unused)
{
	(void)unused;
	return capability_words[i].word;
}

/* "CAP_NET_ADMIN", in any case, or ALL. */
BWRAP_TAKER(bwrap_take_capability)
{
	const struct keyword *known;
	uint64_t bits = ~UINT64_C(0);
	char name[32] = "";

	for (size_t i = 0; words[0][i] && i < sizeof(name) - 1; i++)
		name[i] = (char)(words[0][i] |
				 (words[0][i] >= 'A' && words[0][i] <= 'Z' ? 0x20 : 0));
	if (strcmp(name, "all") != 0) {
		const char *bare = strncmp(name, "cap_", 4) == 0 ? name + 4 : name;

		known = keyword_find(capability_words, bare, strlen(bare));
		if (!known)
			return value_fail_nearest(err, words[0], "a capability", next_capability,
						  NULL, "capabilities(7) lists them");
		bits = UINT64_C(1) << known->value;
	}
	b->caps = option->value ? b->caps | bits : b->caps & ~bits;
	if (option->value && !~bits)
		b->caps_all = true;
	else
		b->caps_given = true;
	return 0;
}

BWRAP_TAKER(bwrap_take_label)
{
	(void)b;
	(void)words;
	return bwrap_misuse(err, "%s is not supported: nacre sets no SELinux labels", option->name);
}
