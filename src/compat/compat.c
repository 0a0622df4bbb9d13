// SPDX-License-Identifier: MIT
/* The table of the programs that nacre stands in for. */
#include "compat/compat.h"

#include "compat/programs.h"
#include "compat/steamns.h"

#include <string.h>

const struct compat compat_programs[] = {
	{ "nsroot", nsroot_read, nsroot_status },
	{ "overlayns", overlayns_read, overlayns_status },
	{ "steamns", steamns_read, steamns_status },
	{ "bwrap", bwrap_read, bwrap_status },
	{ 0 },
};

const struct compat *compat_find(const char *name)
{
	for (const struct compat *c = compat_programs; c->name; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}
