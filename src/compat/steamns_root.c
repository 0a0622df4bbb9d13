// SPDX-License-Identifier: MIT
/*
 * The mounts of steamns, as steps.
 *
 *   root       the directory as it is, written to for real; /proc, /sys, /dev, /tmp and /run where it has them; /usr and /etc read-only
 *   -H         the host, read-only, with /tmp and /run of its own and the home of the root directory
 *   -M         the host as it is
 *   all but -M media, and the sockets of the desktop unless -G
 */
#include "compat/steamns.h"

#include "base/path.h"
#include "base/subids.h"
#include "base/syscalls.h"

#include <stdlib.h>
#include <string.h>

static struct step *add(struct plan *plan, enum step_kind kind, const char *dst, const char *why)
{
	struct step *step = VECTOR_ADD(&plan->arena, &plan->asked);

	*step = step_init(kind, dst);
	step->why = why;
	return step;
}

/* With all that is mounted below. */
static struct step *add_bind(struct plan *plan, const char *src, const char *dst, const char *why)
{
	struct step *step = add(plan, STEP_BIND, dst, why);

	step->src = src;
	step->flags.recursive = true;
	return step;
}

/* What is plugged in while the box lives appears in it. */
static void follow(struct step *step)
{
	step->flags.propagation = MS_SLAVE;
	step->flags.propagation_recursive = true;
}

static void keep_host(struct plan *plan)
{
	struct step *step = add_bind(plan, "/", "/mnt", "the host's root");

	step->origin = "-k";
	follow(step);
}

static void add_tmpfs(struct plan *plan, const char *dst)
{
	struct step *step = add(plan, STEP_TMPFS, dst, "steamns's own");

	step->mode = 01777;
	step->flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
	step->if_there = true;
}

/* Modes mean nothing where there is one id. */
static void protect(struct plan *plan, const char *dir)
{
	struct step *step = add_bind(plan, dir, dir, "there is one user");

	step->in_root = true;
	step->if_there = true;
	step->flags.set = MOUNT_ATTR_RDONLY;
}

static void add_media(struct plan *plan, const char *inside)
{
	struct arena *arena = &plan->arena;
	const char *user = getenv("USER");
	struct step *step;

	/* The variable may hold anything. */
	if (!user || !*user || strchr(user, '/') || *user == '.')
		user = login_name(arena, getuid());
	step = add_bind(plan, path_join(arena, "/run/media", user),
			path_join(arena, "/run/media", inside ? inside : user), "removable media");
	step->optional = true;
	follow(step);
}

/* A field ends with a colon, and a line with itself. */
static bool is_field(const char *text)
{
	return !text[strcspn(text, ":\n")];
}

static void add_user(struct plan *plan, const char *home)
{
	const struct identity *id = &plan->identity;
	struct step *step = add(plan, STEP_ACCOUNT, "/etc/passwd", "a name for the id");

	step->if_there = true;
	step->uid = id->uid;
	step->gid = id->gid;
	step->text = "steamuser";
	step->line = arena_printf(&plan->arena,
				  "steamuser:x:%u:%u:Steam Container User:%s:/bin/bash", id->uid,
				  id->gid, is_field(home) ? home : "/");
}

static void root_directory(const struct steamns *s, struct plan *plan)
{
	static const char *const binds[] = { "/sys", "/dev" };
	struct step *step;

	plan->base = BASE_DIR;
	plan->root = s->root;
	plan->writes = WRITES_HOST;
	if (s->on['k'])
		keep_host(plan);
	add(plan, STEP_PROC, "/proc", "steamns's own")->if_there = true;
	for (size_t i = 0; i < sizeof(binds) / sizeof(binds[0]); i++)
		add_bind(plan, binds[i], binds[i], "the host's")->if_there = true;
	add_tmpfs(plan, "/tmp");
	add_tmpfs(plan, "/run");
	if (!s->writable) {
		protect(plan, "/usr");
		protect(plan, "/etc");
	}
	step = add_bind(plan, "/media", "/media", "removable media");
	step->if_there = step->optional = true;
	follow(step);
	add_user(plan, s->home);
	add_media(plan, "steamuser");
}

static void host_root(const struct steamns *s, struct plan *plan)
{
	plan->writes = s->writable ? WRITES_HOST : WRITES_DENY;
	if (s->on['k'])
		keep_host(plan);
	add(plan, STEP_PROC, "/proc", "that of its own processes");
	/* Devices work on a read-only mount, but shared memory is made in /dev/shm. */
	if (!s->writable)
		(void)add_bind(plan, "/dev", "/dev", "the host's");
	add_tmpfs(plan, "/tmp");
	add_tmpfs(plan, "/run");
	add_bind(plan, path_join(&plan->arena, s->root, s->home), s->home,
		 "the home of the root directory")
		->origin = "-H";
	add_media(plan, NULL);
}

/* The directory of all displays instead of the one of DISPLAY: what steamns listens to for it. */
static bool wants_all_displays(void)
{
	const char *value = getenv("KONS_BIND_X11");

	return value && strcmp(value, "all") == 0;
}

static void add_desktop(struct plan *plan)
{
	struct step *step = add_bind(plan, "/run/udev", "/run/udev", "the devices that udev knows");

	step->optional = true;
	step->flags.set = MOUNT_ATTR_RDONLY;
	plan->desktop = DESKTOP_GUI | DESKTOP_AUDIO | DESKTOP_SESSION_BUS | DESKTOP_SYSTEM_BUS |
			DESKTOP_OPTIONAL | DESKTOP_APART;
	if (wants_all_displays())
		plan->desktop |= DESKTOP_X11_WHOLE;
	VECTOR_PUSH(&plan->arena, &plan->env, (struct env_change){ ENV_SET, "TMPDIR", "/tmp" });
}

void steamns_root(const struct steamns *s, struct plan *plan)
{
	plan->no_defaults = true;
	plan->writes_given = true;
	if (s->on['M']) {
		plan->writes = WRITES_HOST;
		return;
	}
	if (s->on['H'])
		host_root(s, plan);
	else
		root_directory(s, plan);
	if (!s->on['G'])
		add_desktop(plan);
}
