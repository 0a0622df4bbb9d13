// SPDX-License-Identifier: MIT
/* Where a tar goes: standard output, or a file that has its name only when it is whole. */
#ifndef NACRE_ARCHIVE_OUTPUT_H
#define NACRE_ARCHIVE_OUTPUT_H

#include "base/arena.h"

struct archive;
struct error;

struct output {
	struct archive *archive;
	const char *path; /* absolute, links resolved; or "-" */
	int dir_fd; /* of the temporary file, -EBADF without one */
	int fd;
	char name[32]; /* of it, "" once it is gone */
};

/*
 * Begins a tar (pax), packed as the ending of the path says: .gz .tgz .bz2 .xz .zst, others not at all. A file that is no
 * regular one (a pipe, a device) is written as it is. Refused, "archive-terminal", on a terminal. -1 with *err.
 */
int output_open(struct arena *arena, const char *path, struct output *ret, struct error *err);

/* Ends the tar and gives it its name. -1 with *err. */
int output_finish(struct output *o, struct error *err);

/* Leaves nothing of a tar that was not finished. */
void output_release(struct output *o);

#define _cleanup_output_ __attribute__((cleanup(output_release)))

#endif
