// SPDX-License-Identifier: MIT
/*
 * Takers of single values: what the box is built on, its namespaces, its command, the output.
 *
 * Options that say the same thing override one another, the last one wins (--ro --rw is --rw), so
 * that a longer command line can be built from a shorter one.
 */
#include "read/take.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "read/value.h"

#include <limits.h>
#include <string.h>

/* sethostname(2): __NEW_UTS_LEN. */
enum { HOSTNAME_LENGTH = 64 };

const struct keyword writes_words[] = {
	{ "keep", WRITES_KEEP, "captured in the box" },
	{ "drop", WRITES_DROP, "captured, gone at the end" },
	{ "deny", WRITES_DENY, "refused" },
	{ "host", WRITES_HOST, "made for real" },
	{ NULL, 0, NULL },
};

const struct keyword net_words[] = {
	{ "host", 0, "as outside" },
	{ "none", 1, "a network of its own with nothing in it but loopback" },
	{ NULL, 0, NULL },
};

static const struct keyword bus_words[] = {
	{ "session", DESKTOP_SESSION_BUS, "of the user's session" },
	{ "system", DESKTOP_SYSTEM_BUS, "of the machine" },
	{ NULL, 0, NULL },
};

const char *path_meant(struct arena *arena, const struct plan *plan, bool in_profile,
		       const char *text)
{
	if (!in_profile || text[0] != '~' || (text[1] && text[1] != '/'))
		return path_absolute(arena, plan->cwd, text);
	return plan->home ? path_absolute(arena, plan->home, text + 1 + strspn(text + 1, "/"))
			  : NULL;
}

const char *take_path(struct plan *plan, const char *text, const char *what, struct error *err)
{
	const char *path = *text ? path_meant(&plan->arena, plan, plan->in_profile, text) : NULL;

	if (!*text)
		(void)spec_fail(err, "spec-fields", text, NULL, "%s is empty", what);
	else if (!path)
		(void)spec_fail(err, "profile-home", text, NULL,
				"%s is in the home directory, and HOME does not name one", what);
	return path;
}

TAKER(take_help)
{
	(void)plan, (void)row, (void)values, (void)origin, (void)err;
	return OPTIONS_HELP;
}

TAKER(take_root)
{
	const char *root = take_path(plan, values[0], "the root directory", err);

	(void)row, (void)origin;
	if (!root)
		return -1;
	/*
	 * The host's root holds mounts, so it is built subtree by subtree; as a directory it could
	 * not be overlaid.
	 */
	plan->base = strcmp(root, "/") == 0 ? BASE_HOST : BASE_DIR;
	plan->root = plan->base == BASE_DIR ? root : NULL;
	return 0;
}

/* Which of a directory and a saved layer is meant, only the system knows. */
static const char *layer_word(struct plan *plan, const char *word, struct error *err)
{
	struct error ignored;

	return value_name(word, &ignored) == 0
		       ? arena_strdup(&plan->arena, word)
		       : take_path(plan, word, "the layer's directory", err);
}

TAKER(take_into)
{
	(void)row, (void)origin;
	plan->ask.into = layer_word(plan, values[0], err);
	return plan->ask.into ? 0 : -1;
}

TAKER(take_layer)
{
	const char *dir = layer_word(plan, values[0], err);

	(void)row, (void)origin;
	if (!dir)
		return -1;
	*VECTOR_ADD(&plan->arena, &plan->layers) = dir;
	return 0;
}

TAKER(take_writes)
{
	uint64_t writes = (uint64_t)row->value;

	(void)origin;
	if (values[0] && value_word(values[0], writes_words, "a place for writes", &writes, err))
		return -1;
	plan->writes = (enum writes)writes;
	plan->writes_given = true;
	return 0;
}

TAKER(take_seed)
{
	const char *dir = take_path(plan, values[0], "the directory to seed", err);

	(void)row, (void)origin;
	if (!dir)
		return -1;
	*VECTOR_ADD(&plan->arena, &plan->seeds) = dir;
	return 0;
}

TAKER(take_no_seed)
{
	const char *dir;

	(void)row, (void)origin;
	if (!values[0]) {
		plan->no_seeds = true;
		return 0;
	}
	dir = take_path(plan, values[0], "the directory not to seed", err);
	if (!dir)
		return -1;
	*VECTOR_ADD(&plan->arena, &plan->no_seed) = dir;
	return 0;
}

TAKER(take_no_defaults)
{
	(void)row, (void)values, (void)origin, (void)err;
	plan->no_defaults = true;
	return 0;
}

TAKER(take_net)
{
	uint64_t unshare = 0;

	(void)row, (void)origin;
	if (value_word(values[0], net_words, "a kind of network", &unshare, err))
		return -1;
	plan->unshare[NS_NET] = unshare != 0;
	return 0;
}

static const char *next_namespace(size_t i, const void *unused)
{
	(void)unused;
	if (i == NS_COUNT)
		return "all";
	return i < NS_COUNT ? ns_name((enum ns_kind)i) : NULL;
}

/*
 * Sets the kinds that one word names. "all" to share leaves out user and mount: there is no box
 * without them.
 */
static int namespace_word(const char *word, bool unshare, bool *kinds, struct error *err)
{
	bool all = strcmp(word, "all") == 0, found = false;

	for (int i = 0; i < NS_COUNT; i++) {
		if (all ? (unshare || (i != NS_USER && i != NS_MOUNT))
			: strcmp(word, ns_name((enum ns_kind)i)) == 0) {
			kinds[i] = unshare;
			found = true;
		}
	}
	if (found)
		return 0;
	return value_fail_nearest(err, word, "a namespace", next_namespace, NULL,
				  "one of: user mount pid ipc uts cgroup net time all");
}

TAKER(take_namespaces)
{
	bool kinds[NS_COUNT];
	struct spec spec;

	(void)origin;
	if (spec_split(&plan->arena, values[0], ',', &spec, err))
		return -1;
	memcpy(kinds, plan->unshare, sizeof(kinds));
	for (size_t i = 0; i < spec.v.count; i++)
		if (namespace_word(spec.v.items[i].text, row->value != 0, kinds, err))
			return -1;
	memcpy(plan->unshare, kinds, sizeof(kinds));
	return 0;
}

TAKER(take_hostname)
{
	size_t n = strlen(values[0]);

	(void)row, (void)origin;
	if (n == 0 || n > HOSTNAME_LENGTH)
		return value_fail(err, values[0], "a host name", "use 1 to 64 bytes");
	plan->hostname = arena_strdup(&plan->arena, values[0]);
	return 0;
}

TAKER(take_desktop)
{
	(void)values, (void)origin, (void)err;
	plan->desktop |= (unsigned)row->value;
	return 0;
}

TAKER(take_bus)
{
	uint64_t bus = DESKTOP_SESSION_BUS;

	(void)row, (void)origin;
	if (values[0] && value_word(values[0], bus_words, "a message bus", &bus, err))
		return -1;
	plan->desktop |= (unsigned)bus;
	return 0;
}

TAKER(take_name)
{
	(void)row, (void)origin;
	if (value_name(values[0], err))
		return -1;
	plan->name = arena_strdup(&plan->arena, values[0]);
	return 0;
}

TAKER(take_workdir)
{
	(void)row, (void)origin;
	plan->workdir = take_path(plan, values[0], "the working directory", err);
	return plan->workdir ? 0 : -1;
}

TAKER(take_setup)
{
	(void)row, (void)origin, (void)err;
	plan->setup = arena_strdup(&plan->arena, values[0]);
	return 0;
}

TAKER(take_setup_on_join)
{
	(void)row, (void)values, (void)origin, (void)err;
	plan->setup_on_join = true;
	return 0;
}

TAKER(take_recreate)
{
	(void)row, (void)values, (void)origin, (void)err;
	plan->recreate = true;
	return 0;
}

static void add_env(struct plan *plan, enum env_action action, const char *name, const char *value)
{
	struct env_change *change = VECTOR_ADD(&plan->arena, &plan->env);

	change->action = action;
	change->name = name;
	change->value = value;
}

TAKER(take_env)
{
	const char *word = values[0], *equals = strchr(word, '=');
	size_t n = equals ? (size_t)(equals - word) : strlen(word);

	(void)row, (void)origin;
	if (n == 0)
		return value_fail(err, word, "a variable", "write NAME=VALUE, or NAME to keep it");
	add_env(plan, equals ? ENV_SET : ENV_KEEP, arena_strndup(&plan->arena, word, n),
		equals ? arena_strdup(&plan->arena, equals + 1) : NULL);
	return 0;
}

TAKER(take_unset_env)
{
	(void)row, (void)origin;
	if (!*values[0] || strchr(values[0], '='))
		return value_fail(err, values[0], "the name of a variable", "write only the name");
	add_env(plan, ENV_UNSET, arena_strdup(&plan->arena, values[0]), NULL);
	return 0;
}

TAKER(take_clear_env)
{
	(void)row, (void)values, (void)origin, (void)err;
	plan->clear_env = true;
	return 0;
}

TAKER(take_pass_fd)
{
	uint64_t fd = 0;

	(void)row, (void)origin;
	if (value_number(values[0], INT_MAX, &fd, err))
		return -1;
	/* 0, 1 and 2 reach the command in any case. */
	if (fd > STDERR_FILENO)
		*VECTOR_ADD(&plan->arena, &plan->pass_fds) = (int)fd;
	return 0;
}

TAKER(take_cancel)
{
	uint32_t ms = 0;

	(void)row, (void)origin;
	if (value_seconds(values[0], &ms, err))
		return -1;
	plan->grace_ms = ms;
	return 0;
}

TAKER(take_linger)
{
	(void)row, (void)origin;
	return value_seconds(values[0], &plan->linger_ms, err);
}

TAKER(take_new_session)
{
	(void)row, (void)values, (void)origin, (void)err;
	plan->new_session = true;
	return 0;
}

TAKER(take_cgroup)
{
	(void)row, (void)origin;
	plan->cgroup = take_path(plan, values[0], "the control group", err);
	return plan->cgroup ? 0 : -1;
}

TAKER(take_output)
{
	bool *const switches[] = {
		[OUTPUT_DRY_RUN] = &plan->output.dry_run,
		[OUTPUT_AS_PROFILE] = &plan->output.as_profile,
		[OUTPUT_JSON] = &plan->output.json,
		[OUTPUT_QUIET] = &plan->output.quiet,
		[OUTPUT_VERBOSE] = &plan->output.verbose,
	};

	(void)values, (void)origin, (void)err;
	*switches[row->value] = true;
	plan->output.dry_run |= plan->output.as_profile;
	return 0;
}
