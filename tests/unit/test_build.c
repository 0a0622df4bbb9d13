// SPDX-License-Identifier: MIT
/* Options that build a root entry by entry, and those about how the command begins and ends. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "read/options.h"
#include "test.h"

#include <string.h>

#define DEFAULT_FLAGS (MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV)

static struct error err;
static struct plan *plan;

/* Reads these words, NULL after the last. The first step, or NULL with err filled. */
static const struct step *take(char **words)
{
	int count = 0;

	while (words[count])
		count++;
	plan_free(plan);
	plan = plan_new("/cwd", "/home/me");
	memset(&err, 0, sizeof(err));
	if (options_read(plan, VERB_RUN, count, words, &err) || !plan->asked.count)
		return NULL;
	return &plan->asked.items[0];
}

#define TAKE(...) take((char *[]){ __VA_ARGS__, "true", NULL })

#define REFUSED(text, what, ...)                  \
	do {                                      \
		check(TAKE(__VA_ARGS__) == NULL); \
		check_str(err.message, text);     \
		check_str(err.name, what);        \
	} while (0)

static void done(void)
{
	plan = plan_free(plan);
}

static void described(const struct step *step, const char *want)
{
	_cleanup_text_ struct text out = { 0 };

	step_describe(step, &out);
	check_str(text_str(&out), want);
}

TEST(build, private_dev)
{
	const struct step *s = TAKE("--dev", "d\\,x");

	require(s);
	check(s->kind == STEP_DEV && !s->flags.set);
	check_str(s->dst, "/cwd/d,x");
	described(s, "private /dev on /cwd/d,x");
	s = TAKE("--dev", "/dev,ro,mkdir=never");
	require(s);
	check(s->flags.set == MOUNT_ATTR_RDONLY && s->mkdir == MKDIR_NEVER);
	described(s, "private /dev on /dev, read-only, mkdir=never");
	REFUSED("unknown word mqueue", "spec-word", "--dev", "/dev,mqueue");
	done();
}

TEST(build, link_of_the_host)
{
	const struct step *s = TAKE("--symlink-from", "a,b\\", "/l:\\,");

	require(s);
	check(s->kind == STEP_SYMLINK && !s->text);
	check_str(s->src, "/cwd/a,b\\");
	check_str(s->dst, "/l:\\,");
	described(s, "link \"/l:\\\\,\" as at \"/cwd/a,b\\\\\"");
	REFUSED("the link to make again is empty", "spec-fields", "--symlink-from", "", "/l");
	REFUSED("the place of the link is empty", "spec-fields", "--symlink-from", "/l", "");
	done();
}

TEST(build, file_that_nobody_changes)
{
	const struct step *s = TAKE("--ro-file", "/a\\=b=text");

	require(s);
	check(s->kind == STEP_FILE && s->mode == 0444 && s->flags.set == MOUNT_ATTR_RDONLY);
	check_str(s->dst, "/a=b");
	check_str(s->text, "text");
	described(s, "file /a=b with 4 bytes, mode 0444, read-only");
	s = TAKE("--file", "/a=text");
	require(s);
	check(s->mode == -1 && !s->flags.set);
	REFUSED("the file's text is missing", "spec-fields", "--ro-file", "/a");
	done();
}

TEST(build, mode_of_directories_above)
{
	const struct step *s = TAKE("--dir", "/a", "--parent-mode", "0710", "--dir", "/b", "--file",
				    "/c=", "--parent-mode", "755", "-b", "/d");

	require(s && plan->asked.count == 4);
	check(s[0].parents == 0755 && s[1].parents == 0710 && s[2].parents == 0710);
	check(s[3].parents == 0755);
	described(&s[1], "directory /b, directories above with mode 0710");
	REFUSED("8 is not a mode", "spec-value", "--parent-mode", "8");
	done();
}

TEST(build, entries_of_a_directory)
{
	const struct step *s = TAKE("--root-from", "/");

	require(s);
	check(s->kind == STEP_BIND && s->mirror == MIRROR_ENTRIES && s->recursive);
	check(s->flags.set == DEFAULT_FLAGS && s->flags.recursive);
	check_str(s->src, "/");
	check_str(s->dst, "/");
	described(s, "bind of each entry of / in /");
	s = TAKE("--root-from", "a\\:b:ro,dev,norec");
	require(s);
	check(s->flags.set == (MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID) && !s->recursive);
	check_str(s->src, "/cwd/a:b");
	REFUSED("unknown word optional", "spec-word", "--root-from", "/:optional");
	REFUSED("--root-from has at most two parts, this one has 3", "spec-fields", "--root-from",
		"/a:/b:ro");
	REFUSED("the directory is empty", "spec-fields", "--root-from", "");
	done();
}

TEST(build, etc_of_links)
{
	static const char *const no_names[] = { "--etc=/etc:a/b", "--etc=/etc:", "--etc=/etc:.",
						"--etc=/etc:..", "--etc=/:a:b" };
	const struct step *s = TAKE("--etc");

	require(s);
	check(s->kind == STEP_BIND && s->mirror == MIRROR_ETC && s->recursive);
	check(s->flags.set == (DEFAULT_FLAGS | MOUNT_ATTR_RDONLY) && s->flags.recursive);
	check_str(s->src, "/etc");
	check_str(s->dst, "/etc/.host/etc");
	described(s, "/etc of links to what is in /etc");
	s = TAKE("--etc=e\\:x:app");
	require(s);
	check_str(s->src, "/cwd/e:x");
	check_str(s->dst, "/etc/.host/app");
	for (size_t i = 0; i < sizeof(no_names) / sizeof(no_names[0]); i++)
		REFUSED("what follows the directory is not the name of one", "spec-fields",
			(char *)no_names[i]);
	done();
}

TEST(build, begin_and_end)
{
	(void)TAKE("--rm");
	check(plan->grace_ms == -1 && !plan->linger_ms && !plan->new_session && !plan->cgroup);
	(void)TAKE("--grace", "0", "--linger=1.25", "--new-session", "--cgroup", "g");
	check(plan->grace_ms == 0 && plan->linger_ms == 1250 && plan->new_session);
	check_str(plan->cgroup, "/cwd/g");
	check(!TAKE("--rm") && plan->grace_ms == -1);
	REFUSED("-1 is not a number of seconds", "value-seconds", "--linger", "-1");
	REFUSED("the control group is empty", "spec-fields", "--cgroup", "");
	done();
}
