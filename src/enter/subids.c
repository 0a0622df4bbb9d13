// SPDX-License-Identifier: MIT
/* Reading /etc/subuid and /etc/subgid. */
#include "enter/subids.h"

#include "base/cleanup.h"

#include <stdio.h>
#include <string.h>

/* The login name of a uid from /etc/passwd: the runner is static and must not load NSS modules. */
static bool login_name(uid_t uid, char *buf, size_t size)
{
	_cleanup_file_ FILE *f = fopen("/etc/passwd", "re");
	char line[1024], name[256];
	unsigned id;

	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%255[^:]:%*[^:]:%u:", name, &id) == 2 && id == uid) {
			(void)snprintf(buf, size, "%s", name);
			return true;
		}
	}
	return false;
}

int subids_first(const char *path, uid_t uid, struct id_range *ret)
{
	_cleanup_file_ FILE *f = fopen(path, "re");
	char line[1024], owner[256], name[256] = "", number[16];
	unsigned start, count;

	(void)login_name(uid, name, sizeof(name));
	(void)snprintf(number, sizeof(number), "%u", (unsigned)uid);
	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%255[^:]:%u:%u", owner, &start, &count) != 3 || !count)
			continue;
		if ((name[0] && strcmp(owner, name) == 0) || strcmp(owner, number) == 0) {
			*ret = (struct id_range){ .outside = start, .count = count };
			return 0;
		}
	}
	return 1;
}
