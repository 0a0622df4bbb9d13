// SPDX-License-Identifier: MIT
/*
 * Trees for tests: making them in one line an object, and telling all about one as text, so that two can be compared.
 */
#ifndef NACRE_TREE_H
#define NACRE_TREE_H

#include "base/text.h"

#include <stdbool.h>
#include <sys/types.h>

/*
 * Makes an object below dir_fd; its time is `time` seconds after 1 000 000 000. What it is, by the first letter of `what`:
 * d a directory, f a file with the rest as content, l a link to the rest, h a hard link to the rest, p a fifo, s a socket, w a
 * whiteout. Directories' times are set by tree_time() when they are filled.
 */
bool tree_make(int dir_fd, const char *path, const char *what, mode_t mode, int time);
bool tree_time(int dir_fd, const char *path, int time);
bool tree_attribute(int dir_fd, const char *path, const char *key, const char *value);

/*
 * One line an object: path, type, mode, owner, time, content or target, attributes, and the paths of the same inode before it.
 * Of a directory that holds what a commit displaced, the path alone.
 */
void tree_tell(int dir_fd, struct text *out);

/* An empty tmpfs on path, in a mount namespace of our own. */
bool tree_mount(const char *path);

/* A user and a mount namespace, our ids as they are. False where there are none. */
bool tree_enter(void);

#endif
