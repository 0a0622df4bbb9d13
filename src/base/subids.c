// SPDX-License-Identifier: MIT
/* Reading /etc/passwd, /etc/subuid and /etc/subgid, without limits on the length of a line. */
#include "base/subids.h"

#include "base/cleanup.h"

#include <inttypes.h>
#include <string.h>

/* A field of the user's line in /etc/passwd, from 0; NULL when there is none. */
static const char *passwd_field(struct arena *arena, uid_t uid, int index)
{
	_cleanup_file_ FILE *file = fopen("/etc/passwd", "re");
	_cleanup_free_ char *line = NULL;
	size_t size = 0;

	while (file && getline(&line, &size, file) > 0) {
		const char *colon = strchr(line, ':'), *at = line;
		const char *number = colon ? strchr(colon + 1, ':') : NULL;
		char *end;

		if (!number || colon == line || strtoul(number + 1, &end, 10) != uid ||
		    end == number + 1 || *end != ':')
			continue;
		for (int i = 0; at && i < index; i++) {
			at = strchr(at, ':');
			at = at ? at + 1 : NULL;
		}
		return at ? arena_strndup(arena, at, strcspn(at, ":\n")) : NULL;
	}
	return NULL;
}

const char *login_name(struct arena *arena, uid_t uid)
{
	const char *name = passwd_field(arena, uid, 0);

	return name ? name : arena_printf(arena, "%u", (unsigned)uid);
}

const char *login_home(struct arena *arena, uid_t uid)
{
	const char *home = passwd_field(arena, uid, 5);

	return home && *home == '/' ? home : NULL;
}

void subids_read(struct arena *arena, const char *path, uid_t uid, struct subids *ret)
{
	_cleanup_file_ FILE *file = fopen(path, "re");
	_cleanup_free_ char *line = NULL;
	const char *login = login_name(arena, uid);
	const char *number = arena_printf(arena, "%u", (unsigned)uid);
	size_t size = 0;

	*ret = (struct subids){ 0 };
	while (file && getline(&line, &size, file) > 0) {
		char *colon = strchr(line, ':');
		uint32_t first, count;

		if (!colon || sscanf(colon, ":%" SCNu32 ":%" SCNu32, &first, &count) != 2 || !count)
			continue;
		*colon = '\0';
		if (strcmp(line, login) == 0 || strcmp(line, number) == 0)
			*VECTOR_ADD(arena, &ret->v) = (struct subid_range){ first, count };
	}
}
