// SPDX-License-Identifier: MIT
/* Writing a box's record. */
#include "run/record.h"

#include "base/cleanup.h"
#include "base/text.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* One word of a line: bytes that would end it, and "%", become %XX. An empty word is "%". */
static void add_word(struct text *out, const char *s)
{
	text_add_char(out, ' ');
	if (!*s)
		text_add_char(out, '%');
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c <= ' ' || c == '%' || c >= 0x7f)
			text_printf(out, "%%%02X", c);
		else
			text_add_char(out, (char)c);
	}
}

static void add_line(struct text *out, const char *key, const char *value)
{
	text_add(out, key);
	add_word(out, value);
	text_add_char(out, '\n');
}

/* The boot id tells whether a volatile upper has seen a crash of the machine since. */
static void add_boot(struct text *out)
{
	_cleanup_fd_ int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	char id[64];
	ssize_t n = fd < 0 ? -1 : read(fd, id, sizeof(id) - 1);

	if (n <= 0)
		return;
	id[n] = '\0';
	id[strcspn(id, "\n")] = '\0';
	add_line(out, "boot", id);
}

static const char *const seed_kinds[] = {
	[SEED_DIR] = "dir",
	[SEED_FILE] = "file",
	[SEED_SYMLINK] = "link",
	[SEED_COPY] = "copy",
};

static void add_overlay(struct text *out, const struct step *step)
{
	const struct overlay *o = step->overlay;

	text_add(out, "overlay");
	add_word(out, o->slot);
	add_word(out, step->dst);
	text_add(out, o->is_volatile ? " volatile\n" : "\n");
	for (size_t i = 0; i < o->lowers.count; i++)
		add_line(out, o->lowers.items[i].in_root ? "shadow" : "lower",
			 o->lowers.items[i].path);
	for (size_t i = 0; i < o->seeds.count; i++) {
		const struct seed *s = &o->seeds.items[i];

		text_printf(out, "seed %s %04o", s->point ? "point" : seed_kinds[s->kind],
			    (unsigned)s->mode);
		add_word(out, s->path);
		text_add_char(out, '\n');
	}
}

static void add_map(struct text *out, const char *key, const struct id_map *map)
{
	for (size_t i = 0; i < map->v.count; i++)
		text_printf(out, "%s %u %u %u\n", key, map->v.items[i].inside,
			    map->v.items[i].outside, map->v.items[i].count);
}

void record_format(const struct plan *plan, const char *name, struct text *out)
{
	text_add(out, "nacre-box 1\n");
	add_line(out, "name", name);
	text_printf(out, "created %lld\n", (long long)time(NULL));
	add_boot(out);
	add_line(out, "base", plan->base == BASE_HOST ? "/" : plan->root);
	for (size_t i = 0; i < plan->layers.count; i++)
		add_line(out, "layer", plan->layers.items[i]);
	add_map(out, "uid", &plan->identity.uids);
	add_map(out, "gid", &plan->identity.gids);
	text_add(out, "command");
	for (size_t i = 0; i < plan->argv.count; i++)
		add_word(out, plan->argv.items[i]);
	text_add_char(out, '\n');
	for (size_t i = 0; i < plan->steps.count; i++) {
		const struct step *s = &plan->steps.items[i];

		if (s->kind == STEP_OVERLAY && s->overlay->upper_kind == UPPER_BOX)
			add_overlay(out, s);
	}
	text_add(out, "end\n");
}

int record_write(int dir_fd, const struct plan *plan, const char *name)
{
	_cleanup_text_ struct text text = { 0 };
	_cleanup_fd_ int fd = openat(dir_fd, "record.new",
				     O_CREAT | O_TRUNC | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd < 0)
		return -1;
	record_format(plan, name, &text);
	if (write(fd, text_str(&text), text.len) != (ssize_t)text.len)
		return -1;
	return renameat(dir_fd, "record.new", dir_fd, "record");
}
