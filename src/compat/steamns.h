// SPDX-License-Identifier: MIT
/* Between the two files of steamns. */
#ifndef NACRE_COMPAT_STEAMNS_H
#define NACRE_COMPAT_STEAMNS_H

#include "compat/compat.h"

#include <limits.h>

struct steamns {
	bool on[UCHAR_MAX + 1]; /* the options that were given, by letter */
	const char *value[UCHAR_MAX + 1]; /* the last one of each */
	const char *root, *home; /* absolute and clean */
	bool writable; /* -W, or what implies it */
};

int steamns_read(struct plan *plan, int argc, char **argv, struct text *told, struct error *err);
int steamns_status(const struct error *err);

/* The base, the mounts and the desktop. Needs the ids. */
void steamns_root(const struct steamns *s, struct plan *plan);

#endif
