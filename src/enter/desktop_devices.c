// SPDX-License-Identifier: MIT
/* --gpu and --media: devices of graphics cards, and where removable media are mounted. */
#include "base/cleanup.h"
#include "base/path.h"
#include "base/subids.h"
#include "base/syscalls.h"
#include "enter/desktop_parts.h"

#include <glob.h>
#include <string.h>

/*
 * Names of the kernel's drivers: DRM, AMD's compute, NVIDIA's own and those of its boards, Mali, Hyper-V's; and the device that makes
 * buffers for a card of pages of a program.
 */
static const char *const cards[] = {
	"/dev/dri",   "/dev/kfd",   "/dev/nvidia*", "/dev/nvhost*",
	"/dev/nvmap", "/dev/mali*", "/dev/dxg",	    "/dev/udmabuf",
};

static void add_device(struct desktop *d, const char *path)
{
	struct step *step;
	struct stat st;

	/* The private /dev has none of them. What is no device there was left by somebody, or by a container. */
	if (stat(path, &st) < 0 || !(S_ISCHR(st.st_mode) || S_ISDIR(st.st_mode)))
		return;
	path = arena_strdup(&d->plan->arena, path);
	step = desktop_bind(d, path, path, "graphics card");
	step->recursive = S_ISDIR(st.st_mode);
	step->flags.set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
	d->given++;
}

/* Mesa finds out in /sys which driver a card wants. The default shows it only where the base has the directory. */
static void add_sys(struct desktop *d)
{
	const struct plan *plan = d->plan;
	struct stat st;

	for (size_t i = 0; i < plan->asked.count; i++)
		if (path_below(plan->asked.items[i].dst, "/sys"))
			return;
	if (plan->base == BASE_HOST ||
	    lstat(path_join(&d->plan->arena, plan->root, "sys"), &st) == 0)
		return;
	desktop_step(d, STEP_SYS, "/sys", "what Mesa reads of the card")->fallback_bind = true;
}

void desktop_gpu(struct desktop *d)
{
	unsigned before = d->given;

	for (size_t i = 0; i < ARRAY_LEN(cards); i++) {
		glob_t found;

		if (glob(cards[i], 0, NULL, &found) != 0)
			continue;
		for (size_t k = 0; k < found.gl_pathc; k++)
			add_device(d, found.gl_pathv[k]);
		globfree(&found);
	}
	if (d->given == before)
		desktop_leave_out(d, "graphics card", "there is no /dev/dri, nor any of its like");
	else
		add_sys(d);
}

static void add_media(struct desktop *d, const char *path)
{
	struct step *step;
	struct stat st;

	if (lstat(path, &st) < 0 || !S_ISDIR(st.st_mode)) {
		desktop_leave_out(d, "media", "%s is not there", Q(path));
		return;
	}
	step = desktop_bind(d, path, path, "removable media");
	step->recursive = step->flags.recursive = true;
	/* What is plugged in while the box runs appears in it. */
	step->flags.propagation = MS_SLAVE;
	step->flags.propagation_recursive = true;
	d->given++;
}

void desktop_media(struct desktop *d)
{
	struct arena *arena = &d->plan->arena;
	const char *login = desktop_variable(d, "USER");

	/* udisks names the directory after the user; the variable may hold anything. */
	if (!login || strchr(login, '/') || *login == '.')
		login = login_name(arena, getuid());
	add_media(d, "/media");
	add_media(d, path_join(arena, "/run/media", login));
}
