// SPDX-License-Identifier: MIT
/*
 * Release at the end of a scope, and the hand-over out of it.
 *
 * A local marked with one of these attributes is released on every way out of its block, so error
 * paths are a plain return. TAKE_FD and TAKE_PTR move ownership out: the local is emptied and the
 * value lives on. An empty descriptor is -EBADF, never -1 and never 0, so that a use after the move
 * surfaces as EBADF instead of touching somebody's standard input.
 */
#ifndef NACRE_BASE_CLEANUP_H
#define NACRE_BASE_CLEANUP_H

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define _cleanup_(f) __attribute__((cleanup(f)))

/* Closes a descriptor and says so by returning the empty value: fd = close_fd(fd). errno is kept. */
static inline int close_fd(int fd)
{
	if (fd >= 0) {
		int saved = errno;
		(void)close(fd);
		errno = saved;
	}
	return -EBADF;
}

static inline void cleanup_fd_(int *fd)
{
	*fd = close_fd(*fd);
}

static inline void cleanup_free_(void *p)
{
	free(*(void **)p);
}

static inline void cleanup_file_(FILE **f)
{
	if (*f)
		(void)fclose(*f);
}

static inline void cleanup_dir_(DIR **d)
{
	if (*d)
		(void)closedir(*d);
}

#define _cleanup_fd_ _cleanup_(cleanup_fd_)
#define _cleanup_free_ _cleanup_(cleanup_free_)
#define _cleanup_file_ _cleanup_(cleanup_file_)
#define _cleanup_dir_ _cleanup_(cleanup_dir_)

#define TAKE_FD(fd)                   \
	({                            \
		int *taken_ = &(fd);  \
		int value_ = *taken_; \
		*taken_ = -EBADF;     \
		value_;               \
	})

#define TAKE_PTR(p)                             \
	({                                      \
		__typeof__(p) *taken_ = &(p);   \
		__typeof__(p) value_ = *taken_; \
		*taken_ = NULL;                 \
		value_;                         \
	})

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
