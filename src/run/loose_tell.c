// SPDX-License-Identifier: MIT
/* What readers of --info-fd and --json-status-fd are told: JSON as bubblewrap writes it, by plain writes from fixed buffers. */
#include "run/loose.h"

#include "base/cleanup.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const struct {
	const char *name; /* in /proc/PID/ns and, with "-namespace", in the text */
	int kind;
} told[] = {
	{ "cgroup", NS_CGROUP }, { "ipc", NS_IPC }, { "mnt", NS_MOUNT },
	{ "net", NS_NET },	 { "pid", NS_PID }, { "uts", NS_UTS },
};

struct line {
	char text[512];
	size_t len;
};

static void add(struct line *line, const char *before, const char *name, unsigned long long value)
{
	int n = snprintf(line->text + line->len, sizeof(line->text) - line->len, "%s\"%s\": %llu",
			 before, name, value);

	if (n > 0)
		line->len += (size_t)n;
}

static void add_namespaces(struct line *line, const struct plan *plan, pid_t pid, const char *before)
{
	for (size_t i = 0; i < ARRAY_LEN(told); i++) {
		char path[48], name[24];
		struct stat st;

		if (!plan->unshare[told[i].kind])
			continue;
		(void)snprintf(path, sizeof(path), "/proc/%d/ns/%s", (int)pid, told[i].name);
		(void)snprintf(name, sizeof(name), "%s-namespace", told[i].name);
		if (stat(path, &st) == 0)
			add(line, before, name, (unsigned long long)st.st_ino);
	}
}

/* A reader that is gone is no reason to fail. */
static void say(int fd, const char *text)
{
	size_t len = strlen(text);

	while (len) {
		ssize_t n = write(fd, text, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		text += n;
		len -= (size_t)n;
	}
}

static void tell(const struct plan *plan, int fd, pid_t pid, const char *open, const char *before,
		 const char *close)
{
	struct line line = { 0 };

	if (fd < 0)
		return;
	add(&line, open, "child-pid", (unsigned long long)pid);
	add_namespaces(&line, plan, pid, before);
	(void)snprintf(line.text + line.len, sizeof(line.text) - line.len, "%s", close);
	say(fd, line.text);
}

void loose_tell_start(const struct plan *plan, pid_t pid)
{
	tell(plan, plan->life->info_fd, pid, "{\n    ", ",\n    ", "\n}\n");
	tell(plan, plan->life->status_fd, pid, "{ ", ", ", " }\n");
}

void loose_tell_end(const struct plan *plan, int status)
{
	char text[40];

	if (plan->life->status_fd < 0)
		return;
	(void)snprintf(text, sizeof(text), "{ \"exit-code\": %d }\n", status);
	say(plan->life->status_fd, text);
}
