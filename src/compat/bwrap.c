// SPDX-License-Identifier: MIT
/* The loop over bubblewrap's words, and what the whole of them means. */
#include "compat/bwrap.h"

#include "base/path.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "compat/compat.h"
#include "compat/programs.h"
#include "read/value.h"

#include <limits.h>
#include <linux/capability.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int bwrap_misuse(struct error *err, const char *format, ...)
{
	char message[sizeof(err->message)];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	(void)fail(err, ERROR_USAGE, 0, "%s", message);
	error_explain(err, "usage-bwrap", NULL, NULL);
	return -1;
}

/* ---- descriptors ---- */

int bwrap_fd(const char *text, struct error *err)
{
	uint64_t fd;

	if (value_number(text, INT_MAX, &fd, err) < 0)
		return -1;
	if (fcntl((int)fd, F_SETFD, FD_CLOEXEC) == 0)
		return (int)fd;
	(void)fail(err, ERROR_USAGE, errno, "cannot use descriptor %s", text);
	error_explain(err, "usage-bwrap", NULL, NULL);
	return -1;
}

int bwrap_read_fd(struct bwrap *b, int fd, const char **ret, size_t *ret_len, struct error *err)
{
	_cleanup_text_ struct text text = { 0 };
	char bytes[4096];
	ssize_t n;

	while ((n = read(fd, bytes, sizeof(bytes))) != 0) {
		if (n > 0) {
			text_add_bytes(&text, bytes, (size_t)n);
		} else if (errno != EINTR) {
			(void)fail(err, ERROR_USAGE, errno, "cannot read from descriptor %d", fd);
			error_explain(err, "usage-bwrap", NULL, NULL);
			return -1;
		}
	}
	*ret = arena_memdup(&b->plan->arena, text_str(&text), text.len);
	*ret_len = text.len;
	return 0;
}

/* ---- words ---- */

static const struct bwrap_option *find_option(const char *word)
{
	for (const struct bwrap_option *o = bwrap_options; o->name; o++)
		if (strcmp(o->name, word) == 0)
			return o;
	return NULL;
}

static const char *option_name(size_t i, const void *unused)
{
	(void)unused;
	return bwrap_options[i].name;
}

static int unknown_option(const char *word, struct error *err)
{
	const char *nearest = nearest_word(word, option_name, NULL);

	(void)fail(err, ERROR_USAGE, 0, "unknown option %s", Q(word));
	error_explain(err, "usage-unknown-option", NULL, NULL);
	error_set_fix(err, nearest ? "did you mean %s?" : "bwrap --help lists the options%s",
		      nearest ? nearest : "");
	return -1;
}

/* --perms, --size and --overlay-src are for what follows at once. */
static int check_modifiers(const struct bwrap *b, const struct bwrap_option *option,
			   struct error *err)
{
	bool modifier = option &&
			(option->take == bwrap_take_perms || option->take == bwrap_take_size ||
			 option->take == bwrap_take_source);

	if (modifier)
		return 0;
	if (b->mode >= 0 &&
	    !(option && (option->take == bwrap_take_place || option->take == bwrap_take_file ||
			 option->take == bwrap_take_data)))
		return bwrap_misuse(err, "--perms must be followed by an option that makes a file");
	if (b->size && !(option && option->value == STEP_TMPFS && option->take == bwrap_take_place))
		return bwrap_misuse(err, "--size must be followed by --tmpfs");
	if (b->sources.count && !(option && option->take == bwrap_take_overlay))
		return bwrap_misuse(err, "--overlay-src must be followed by an overlay");
	return 0;
}

/* *ret is the number of words that were options. */
static int read_words(struct bwrap *b, int argc, char **argv, int *ret, struct error *err)
{
	int at = 0;

	while (at < argc && argv[at][0] == '-') {
		const struct bwrap_option *option = find_option(argv[at]);
		int answer;

		if (strcmp(argv[at], "--") == 0) {
			at++;
			break;
		}
		if (!option)
			return unknown_option(argv[at], err);
		if ((unsigned)(argc - at - 1) < option->words) {
			(void)fail(err, ERROR_USAGE, 0, "%s needs %s", option->name, option->args);
			error_explain(err, "usage-missing-value", NULL, NULL);
			return -1;
		}
		if (check_modifiers(b, option, err) < 0)
			return -1;
		answer = option->take(b, option, argv + at + 1, err);
		if (answer != 0)
			return answer;
		at += 1 + (int)option->words;
	}
	*ret = at;
	return 0;
}

BWRAP_TAKER(bwrap_take_args)
{
	VECTOR(char *) argv = { 0 };
	const char *text;
	size_t len;
	int fd = bwrap_fd(words[0], err), read = 0, answer;

	if (fd < 0)
		return -1;
	if (b->from_file)
		return bwrap_misuse(err, "%s cannot stand among the words that one gives",
				    option->name);
	if (bwrap_read_fd(b, fd, &text, &len, err) < 0)
		return -1;
	for (const char *p = text; p < text + len; p += strlen(p) + 1)
		*VECTOR_ADD(&b->plan->arena, &argv) = (char *)p;
	if (!argv.count)
		return 0;
	b->from_file = true;
	answer = read_words(b, (int)argv.count, argv.items, &read, err);
	b->from_file = false;
	if (answer == 0 && read < (int)argv.count)
		return bwrap_misuse(err, "%s gives options alone, and %s is none", option->name,
				    Q(argv.items[read]));
	return answer;
}

BWRAP_TAKER(bwrap_take_help)
{
	(void)option;
	(void)words;
	(void)err;
	text_add(b->told, "usage: bwrap [OPTIONS...] [--] COMMAND [ARGS...]\n\n");
	for (const struct bwrap_option *o = bwrap_options; o->name; o++) {
		char left[64];

		(void)snprintf(left, sizeof(left), "%s%s%s", o->name, o->args ? " " : "",
			       o->args ? o->args : "");
		text_printf(b->told, "    %-28s %s\n", left, o->help);
	}
	return BWRAP_TOLD;
}

/* The version whose options these are; scripts look for a number. */
BWRAP_TAKER(bwrap_take_version)
{
	(void)option;
	(void)words;
	(void)err;
	text_printf(b->told, "bubblewrap 0.12.0 (nacre %s)\n", NACRE_VERSION);
	return BWRAP_TOLD;
}

/* ---- the whole ---- */

static bool userns_possible(void)
{
	int fd = sys_open("/proc/sys/user/max_user_namespaces", O_RDONLY | O_CLOEXEC);
	char most = '1';

	if (fd >= 0) {
		(void)!read(fd, &most, 1);
		(void)close(fd);
	}
	return most != '0' && access("/proc/self/ns/user", F_OK) == 0;
}

static int check_together(const struct bwrap *b, struct error *err)
{
	const struct life *life = b->life;
	bool other_ids = (b->uid >= 0 && b->uid != b->caller) ||
			 (b->gid >= 0 && b->gid != b->caller_group);

	if (life->userns_fd >= 0 && b->user)
		return bwrap_misuse(err, "--userns and --unshare-user exclude each other");
	if (other_ids && !b->user && life->userns_fd < 0)
		return bwrap_misuse(err, "--uid and --gid need --unshare-user or --userns");
	if (b->plan->hostname && !b->plan->unshare[NS_UTS])
		return bwrap_misuse(err, "--hostname needs --unshare-uts");
	if (life->as_pid_1 && !b->plan->unshare[NS_PID])
		return bwrap_misuse(err, "--as-pid-1 needs --unshare-pid");
	if (life->as_pid_1 && life->locks.count)
		return bwrap_misuse(err, "--as-pid-1 and --lock-file exclude each other");
	if (life->disable_userns && !b->user)
		return bwrap_misuse(err, "--disable-userns needs --unshare-user");
	if (life->maps_block_fd >= 0 && !b->user)
		return bwrap_misuse(err, "--userns-block-fd needs --unshare-user");
	if (life->maps_block_fd >= 0 && life->info_fd < 0)
		return bwrap_misuse(err, "--userns-block-fd needs --info-fd");
	if (life->filters.count && b->seccomp_fd >= 0)
		return bwrap_misuse(err, "--seccomp and --add-seccomp-fd exclude each other");
	return 0;
}

/* The caller's directory by the name he has for it: PWD, if that is where he is (pwd(1)). */
static void name_directory(struct plan *plan)
{
	const char *pwd = getenv("PWD");
	struct stat named, here;

	if (!pwd || *pwd != '/' || strcmp(pwd, plan->cwd) == 0)
		return;
	if (stat(pwd, &named) == 0 && stat(".", &here) == 0 && named.st_dev == here.st_dev &&
	    named.st_ino == here.st_ino)
		plan->cwd = arena_strdup(&plan->arena, pwd);
}

/* The caller's effective set. */
static uint64_t capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { 0 };

	if (syscall(SYS_capget, &header, data) < 0)
		return 0;
	return data[0].effective | (uint64_t)data[1].effective << 32;
}

/* All that can be given are those of the caller, or every one in a user namespace that is made or joined. */
static void settle_capabilities(struct bwrap *b)
{
	uint64_t most = (UINT64_C(1) << (CAP_LAST_CAP + 1)) - 1;

	if (!b->user && b->life->userns_fd < 0)
		most = capabilities();
	else if (b->caps_all)
		b->caps_given = true;
	/* Without a user namespace ALL adds nothing to what root has. */
	b->life->caps_kept = b->caller == 0 && !b->caps_given;
	b->plan->caps_add = b->caps & most;
}

static void settle_identity(struct bwrap *b)
{
	struct identity *id = &b->plan->identity;

	id->kind = b->user ? IDENTITY_CHOSEN : IDENTITY_SAME;
	id->uid = b->uid >= 0 ? (uint32_t)b->uid : b->caller;
	id->gid = b->gid >= 0 ? (uint32_t)b->gid : b->caller_group;
	b->plan->unshare[NS_USER] = b->user;
	b->plan->no_userns = !b->user;
}

static int settle(struct bwrap *b, struct error *err)
{
	if ((b->caller != 0 && b->life->userns_fd < 0) || (b->user_try && userns_possible()))
		b->user = true;
	if (b->cgroup_try && access("/proc/self/ns/cgroup", F_OK) == 0)
		b->plan->unshare[NS_CGROUP] = true;
	if (check_modifiers(b, NULL, err) < 0 || check_together(b, err) < 0)
		return -1;
	if (b->seccomp_fd >= 0 && bwrap_add_filter(b, b->seccomp_fd, err) < 0)
		return -1;
	settle_capabilities(b);
	settle_identity(b);
	bwrap_settle_steps(b);
	name_directory(b->plan);
	return 0;
}

static int take_command(struct plan *plan, int argc, char **argv, struct error *err)
{
	if (argc == 0) {
		(void)fail(err, ERROR_USAGE, 0, "no command is given");
		error_explain(err, "usage-no-command", NULL, "bwrap --help lists the options");
		return -1;
	}
	for (int i = 0; i < argc; i++)
		*VECTOR_ADD(&plan->arena, &plan->argv) = argv[i];
	plan_close_words(plan);
	return 0;
}

static void begin(struct bwrap *b)
{
	struct plan *plan = b->plan;
	struct life *life = b->life;

	life->info_fd = life->status_fd = life->block_fd = life->maps_block_fd = -1;
	life->sync_fd = life->userns_fd = life->userns2_fd = life->pidns_fd = -1;
	plan->life = life;
	plan->terse = true;
	plan->no_defaults = true;
	plan->writes = WRITES_HOST;
	for (int kind = 0; kind < NS_COUNT; kind++)
		plan->unshare[kind] = kind == NS_MOUNT;
	/* Root begins with what it has, and takes away from that; everybody else begins with nothing. */
	b->caps = b->caller == 0 ? capabilities() : 0;
}

int bwrap_read(struct plan *plan, int argc, char **argv, struct text *told, struct error *err)
{
	struct bwrap b = {
		.plan = plan,
		.life = arena_new(&plan->arena, struct life),
		.told = told,
		.caller = getuid(),
		.caller_group = getgid(),
		.uid = -1,
		.gid = -1,
		.mode = -1,
		.seccomp_fd = -1,
	};
	int answer, read = 0;

	begin(&b);
	answer = read_words(&b, argc - 1, argv + 1, &read, err);
	if (answer == BWRAP_TOLD)
		return COMPAT_TOLD;
	if (answer < 0 || take_command(plan, argc - 1 - read, argv + 1 + read, err) < 0)
		return -1;
	return settle(&b, err);
}

/* Of what it could not do it says 1, whatever that was. */
int bwrap_status(const struct error *err)
{
	(void)err;
	return 1;
}
