// SPDX-License-Identifier: MIT
/* Reading /etc/passwd, /etc/subuid and /etc/subgid, without limits on the length of a line. */
#include "base/subids.h"

#include "base/cleanup.h"

#include <inttypes.h>
#include <string.h>

const char *login_name(struct arena *arena, uid_t uid)
{
	_cleanup_file_ FILE *file = fopen("/etc/passwd", "re");
	_cleanup_free_ char *line = NULL;
	size_t size = 0;

	while (file && getline(&line, &size, file) > 0) {
		char *colon = strchr(line, ':');
		char *number = colon ? strchr(colon + 1, ':') : NULL;
		char *end;

		if (!number || colon == line)
			continue;
		if (strtoul(number + 1, &end, 10) == uid && end > number + 1 && *end == ':')
			return arena_strndup(arena, line, (size_t)(colon - line));
	}
	return arena_printf(arena, "%u", (unsigned)uid);
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
