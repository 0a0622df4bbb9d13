// SPDX-License-Identifier: MIT
/* Two objects of one name: what differs, to the byte. */
#ifndef NACRE_CHANGES_COMPARE_H
#define NACRE_CHANGES_COMPARE_H

#include <stdbool.h>
#include <sys/stat.h>

struct compare_side {
	int dir_fd;
	const char *name; /* one component, or "." for the directory itself */
	const struct stat *st;
};

/* True when the status alone tells that two objects of one type differ. */
bool compare_looks(const struct stat *now, const struct stat *old);

/*
 * DIFFERS_* bits for two objects of one type, or -1 with errno. Of directories mode, owner and attributes; of others the
 * content and the time as well. Overlayfs's own attributes are none. A time alone is no reason to read less: programs set
 * it back.
 */
int compare_objects(const struct compare_side *now, const struct compare_side *old);

#endif
