// SPDX-License-Identifier: MIT
/* Writing a box's record. */
#include "run/record.h"

#include "base/cleanup.h"
#include "base/text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
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

/* The boot id tells whether a volatile upper has seen a crash of the machine since. "" when there is none. */
static void boot_id(char id[static 64])
{
	_cleanup_fd_ int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, id, 63);

	id[n > 0 ? n : 0] = '\0';
	id[strcspn(id, "\n")] = '\0';
}

/* The word at s as add_word() wrote it. */
static const char *read_word(struct arena *arena, const char *s)
{
	char *buf = arena_alloc(arena, strlen(s) + 1);
	size_t n = 0;

	for (; *s && *s != ' ' && *s != '\n'; s++) {
		unsigned c = (unsigned char)*s;

		if (*s == '%' && sscanf(s + 1, "%2x", &c) == 1)
			s += 2;
		else if (*s == '%')
			break; /* the empty word */
		buf[n++] = (char)c;
	}
	return buf;
}

static void read_line(struct arena *arena, const char *line, const char *boot,
		      struct record_past *ret)
{
	size_t len = strcspn(line, "\n");

	if (strncmp(line, "created ", 8) == 0)
		ret->created = strtoll(line + 8, NULL, 10);
	else if (strncmp(line, "base ", 5) == 0)
		ret->base = read_word(arena, line + 5);
	else if (strncmp(line, "boot ", 5) == 0)
		ret->same_boot = len - 5 == strlen(boot) && strncmp(line + 5, boot, len - 5) == 0;
	else if (strncmp(line, "torn\n", 5) == 0)
		ret->torn = true;
	else if (strncmp(line, "overlay ", 8) == 0 && len > 9 &&
		 strncmp(line + len - 9, " volatile", 9) == 0)
		ret->is_volatile = true;
}

void record_read(struct arena *arena, int dir_fd, struct record_past *ret)
{
	int fd = openat(dir_fd, "record", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	_cleanup_file_ FILE *f = fd < 0 ? NULL : fdopen(fd, "r");
	_cleanup_free_ char *line = NULL;
	size_t capacity = 0;
	char boot[64];

	*ret = (struct record_past){ .base = "" };
	if (!f || getline(&line, &capacity, f) < 0 || strcmp(line, "nacre-box 1\n") != 0)
		return;
	boot_id(boot);
	while (getline(&line, &capacity, f) > 0)
		read_line(arena, line, boot, ret);
	ret->found = true;
	ret->torn = ret->torn || (ret->is_volatile && !ret->same_boot);
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

void record_format(const struct plan *plan, const char *name, const struct record_past *past,
		   struct text *out)
{
	char boot[64];

	boot_id(boot);
	text_add(out, "nacre-box 1\n");
	add_line(out, "name", name);
	text_printf(out, "created %lld\n",
		    past && past->found ? past->created : (long long)time(NULL));
	if (*boot)
		add_line(out, "boot", boot);
	if (past && past->torn)
		text_add(out, "torn\n");
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

int record_write(int dir_fd, const struct plan *plan, const char *name,
		 const struct record_past *past)
{
	_cleanup_text_ struct text text = { 0 };
	_cleanup_fd_ int fd = openat(dir_fd, "record.new",
				     O_CREAT | O_TRUNC | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd < 0)
		return -1;
	record_format(plan, name, past, &text);
	if (write(fd, text_str(&text), text.len) != (ssize_t)text.len)
		return -1;
	return renameat(dir_fd, "record.new", dir_fd, "record");
}
