// SPDX-License-Identifier: MIT
/* The stack of open directories: which of them are open, how a closed one is found again. */
#include "base/dirstack.h"

#include "base/cleanup.h"

#include <fcntl.h>
#include <string.h>

/* Real trees are seldom deeper; two stacks of it are far below the usual 1024 open files. */
enum { OPEN_MAX_LEVELS = 32 };

static void level_release(struct dirstack_level *level)
{
	level->fd = close_fd(level->fd);
	text_release(&level->names);
}

void dirstack_release(struct dirstack *s)
{
	for (size_t i = 0; i < s->v.count; i++)
		level_release(&s->v.items[i]);
	arena_release(&s->arena);
	*s = (struct dirstack){ 0 };
}

struct dirstack_level *dirstack_last(const struct dirstack *s)
{
	return &s->v.items[s->v.count - 1];
}

void dirstack_push(struct dirstack *s, int take_fd, const struct stat *st)
{
	struct dirstack_level *level = VECTOR_ADD(&s->arena, &s->v);

	level->fd = take_fd;
	level->st = *st;
	/* The top stays: its caller may have opened it in a way that ".." does not allow. */
	if (s->v.count > OPEN_MAX_LEVELS + 1) {
		struct dirstack_level *far = &s->v.items[s->v.count - 1 - OPEN_MAX_LEVELS];

		far->fd = close_fd(far->fd);
	}
}

/* A directory can be moved while the walk is inside it; then ".." leads to where nobody sent us. */
static int open_above(int fd, const struct stat *expected)
{
	_cleanup_fd_ int above = openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat st;

	if (above < 0 || fstat(above, &st) < 0)
		return -1;
	if (st.st_dev != expected->st_dev || st.st_ino != expected->st_ino) {
		errno = ESTALE;
		return -1;
	}
	return TAKE_FD(above);
}

int dirstack_pop(struct dirstack *s)
{
	struct dirstack_level *level = dirstack_last(s);

	if (s->v.count > 1 && level[-1].fd < 0) {
		int above = open_above(level->fd, &level[-1].st);

		if (above < 0)
			return -1;
		level[-1].fd = above;
	}
	level_release(level);
	s->v.count--;
	return 0;
}

int dirstack_list(struct dirstack *s)
{
	struct dirstack_level *level = dirstack_last(s);
	/* A directory stream owns its descriptor; the level's stays ours. */
	_cleanup_fd_ int fd = fcntl(level->fd, F_DUPFD_CLOEXEC, 3);
	_cleanup_dir_ DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (!dir)
		return -1;
	(void)TAKE_FD(fd);
	/* readdir(3) tells the end from a failure by errno alone. */
	while ((errno = 0, entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		text_add_bytes(&level->names, entry->d_name, strlen(entry->d_name) + 1);
	}
	return errno ? -1 : 0;
}

const char *dirstack_next(struct dirstack *s)
{
	struct dirstack_level *level = dirstack_last(s);

	level->name = NULL;
	if (level->next < level->names.len) {
		level->name = level->names.data + level->next;
		level->next += strlen(level->name) + 1;
	}
	return level->name;
}

void dirstack_path(const struct dirstack *s, struct text *path)
{
	for (size_t i = 0; i < s->v.count && s->v.items[i].name; i++) {
		if (i)
			text_add_char(path, '/');
		text_add(path, s->v.items[i].name);
	}
}
