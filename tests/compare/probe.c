// SPDX-License-Identifier: MIT
/*
 * What a program sees in a sandbox, a fact a line, in words that are the same for two sandboxes that are alike: no mount ids,
 * no inode numbers, no pids but those of a pid namespace of its own.
 *
 *	probe PROC OUTSIDE END PATH...
 *
 *	PROC	an open /proc of the outside, by its descriptor: the sandbox need not have one
 *	OUTSIDE	the caller's namespaces, "cgroup:[1] ipc:[2] ..."
 *	END	the status to end with, or a signal to end by: "7", "s9"
 *	PATH	places to describe
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

static int proc_fd;

static FILE *open_proc(const char *name)
{
	int fd = openat(proc_fd, name, O_RDONLY | O_CLOEXEC);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "r");

	if (!f) {
		printf("cannot read %s: %s\n", name, strerror(errno));
		exit(99);
	}
	return f;
}

/* ---- mounts ---- */

struct mount {
	int id, parent;
	char root[512], point[512], flags[256], optional[256], type[64], options[512];
};

static struct mount mounts[2000];
static size_t mount_count;

static void read_mounts(void)
{
	FILE *f = open_proc("self/mountinfo");
	char line[4096];

	while (mount_count < 2000 && fgets(line, sizeof(line), f)) {
		struct mount *m = &mounts[mount_count];
		char *dash = strstr(line, " - ");
		int at = 0;

		if (!dash || sscanf(line, "%d %d %*s %511s %511s %255s %n", &m->id, &m->parent,
				    m->root, m->point, m->flags, &at) < 5)
			continue;
		*dash = '\0';
		(void)snprintf(m->optional, sizeof(m->optional), "%s",
			       line + at <= dash ? line + at : "");
		(void)sscanf(dash + 3, "%63s %*s %511s", m->type, m->options);
		mount_count++;
	}
	(void)fclose(f);
}

static bool is_above(const struct mount *above, const struct mount *m)
{
	for (int i = 0; i < 100 && m; i++) {
		const struct mount *next = NULL;

		if (m->parent == above->id)
			return true;
		for (size_t k = 0; k < mount_count; k++)
			if (mounts[k].id == m->parent && &mounts[k] != m)
				next = &mounts[k];
		m = next;
	}
	return false;
}

static bool path_is_below(const char *path, const char *dir)
{
	size_t n = strcmp(dir, "/") == 0 ? 0 : strlen(dir);

	return strncmp(path, dir, n) == 0 && (path[n] == '/' || !path[n]);
}

/* A mount that another one, which does not lie below it in the tree, hides: made later on the same place or above it. */
static bool is_hidden(const struct mount *m)
{
	for (size_t i = 0; i < mount_count; i++) {
		const struct mount *n = &mounts[i];

		if (n == m || !path_is_below(m->point, n->point) || is_above(n, m))
			continue;
		/* n on m itself, or on a mount above m at or above m's place. */
		if (n->parent == m->id ? strcmp(n->point, m->point) == 0 : true)
			return true;
	}
	return false;
}

static int compare_mounts(const void *a, const void *b)
{
	return strcmp(((const struct mount *)a)->point, ((const struct mount *)b)->point);
}

static void print_mounts(void)
{
	bool hidden[2000];
	struct mount shown[2000];
	size_t n = 0;

	read_mounts();
	for (size_t i = 0; i < mount_count; i++)
		hidden[i] = is_hidden(&mounts[i]);
	for (size_t i = 0; i < mount_count; i++)
		if (!hidden[i])
			shown[n++] = mounts[i];
	qsort(shown, n, sizeof(shown[0]), compare_mounts);
	for (size_t i = 0; i < n; i++)
		printf("mount %s type %s root %s flags %s%s%s options %s\n", shown[i].point,
		       shown[i].type, shown[i].root, shown[i].flags,
		       strstr(shown[i].optional, "shared") ? " shared" : "",
		       strstr(shown[i].optional, "master") ? " slave" : "", shown[i].options);
}

/* ---- ids, namespaces, capabilities ---- */

static void print_ids(void)
{
	static const char *const maps[] = { "self/uid_map", "self/gid_map" };

	printf("uid %d %d gid %d %d groups %d\n", getuid(), geteuid(), getgid(), getegid(),
	       getgroups(0, NULL));
	for (size_t i = 0; i < 2; i++) {
		FILE *f = open_proc(maps[i]);
		unsigned inside, outside, count;

		/* Which id of the namespace above it is depends on how many there are. */
		while (fscanf(f, "%u %u %u", &inside, &outside, &count) == 3)
			printf("%s %u count %u\n", maps[i] + 5, inside, count);
		(void)fclose(f);
	}
}

static bool is_own(const char *outside, const char *name)
{
	char path[32], link[64];
	ssize_t n;

	(void)snprintf(path, sizeof(path), "self/ns/%s", name);
	n = readlinkat(proc_fd, path, link, sizeof(link) - 1);
	if (n < 0)
		return false;
	link[n] = '\0';
	return !strstr(outside, link);
}

static void print_namespaces(const char *outside)
{
	static const char *const names[] = { "cgroup", "ipc", "mnt", "net", "pid", "user", "uts" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		printf("namespace %s %s\n", names[i], is_own(outside, names[i]) ? "own" : "shared");
}

static void print_status(void)
{
	static const char *const wanted[] = { "Cap",	"NoNewPrivs", "Seccomp",
					      "SigBlk", "SigIgn",     "Umask" };
	FILE *f = open_proc("self/status");
	char line[256];

	while (fgets(line, sizeof(line), f))
		for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
			if (strncmp(line, wanted[i], strlen(wanted[i])) == 0)
				printf("status %s", line);
	(void)fclose(f);
}

/* ---- the process ---- */

static void print_process(const char *outside)
{
	int death = 0;

	printf("session %s\n", getsid(0) == getpid() ? "leads"
			       : getsid(0) == 0	     ? "outside"
						     : "in one");
	printf("group %s\n", getpgid(0) == getpid() ? "leads"
			     : getpgid(0) == 0	    ? "outside"
						    : "in one");
	if (is_own(outside, "pid"))
		printf("pid %d parent %d\n", getpid(), getppid());
	(void)prctl(PR_GET_PDEATHSIG, &death, 0, 0, 0);
	printf("death signal %d dumpable %d\n", death, prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void print_environment(char **env)
{
	char cwd[4096];
	size_t n = 0;

	while (env[n])
		n++;
	qsort(env, n, sizeof(*env), compare_words);
	for (size_t i = 0; i < n; i++)
		printf("env %s\n", env[i]);
	printf("cwd %s\n", getcwd(cwd, sizeof(cwd)) ? cwd : strerror(errno));
}

static void print_descriptors(void)
{
	for (int fd = 0; fd < 256; fd++) {
		struct stat st;

		if (fstat(fd, &st) == 0)
			printf("fd %d type %o%s\n", fd, st.st_mode & S_IFMT,
			       fcntl(fd, F_GETFD) & FD_CLOEXEC ? " cloexec" : "");
	}
}

static void print_system(void)
{
	struct ifreq request = { .ifr_name = "lo" };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct utsname name;

	if (fd >= 0 && ioctl(fd, SIOCGIFFLAGS, &request) == 0)
		printf("loopback %s\n", request.ifr_flags & IFF_UP ? "up" : "down");
	if (fd >= 0)
		(void)close(fd);
	if (uname(&name) == 0)
		printf("host name %s\n", name.nodename);
}

/* ---- places ---- */

static void print_content(const char *path, const struct stat *st)
{
	char text[256];
	ssize_t n = -1;
	int fd;

	if (S_ISLNK(st->st_mode)) {
		n = readlink(path, text, sizeof(text) - 1);
	} else if (S_ISREG(st->st_mode)) {
		fd = open(path, O_RDONLY | O_CLOEXEC);
		n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
		if (fd >= 0)
			(void)close(fd);
	}
	if (n < 0)
		return;
	text[n] = '\0';
	for (ssize_t i = 0; i < n; i++)
		if (text[i] == '\n')
			text[i] = '|';
	printf(" content %s", text);
}

static void print_entries(const char *path)
{
	struct dirent **entries;
	int n = scandir(path, &entries, NULL, alphasort);

	printf(" entries");
	for (int i = 0; i < n; i++)
		/* The processes in a /proc come and go. */
		if (entries[i]->d_name[0] < '0' || entries[i]->d_name[0] > '9')
			printf(" %s", entries[i]->d_name);
}

static void print_place(const char *path)
{
	struct stat st;

	if (lstat(path, &st) < 0) {
		printf("place %s: %s\n", path, strerror(errno));
		return;
	}
	printf("place %s mode %o uid %u gid %u writable %d", path, st.st_mode, st.st_uid, st.st_gid,
	       access(path, W_OK) == 0);
	if (!S_ISDIR(st.st_mode))
		print_content(path, &st);
	else
		print_entries(path);
	printf("\n");
}

int main(int argc, char **argv, char **env)
{
	if (argc < 4)
		return 98;
	proc_fd = atoi(argv[1]);
	printf("called %s\n", argv[0][0] == '/' ? "by path" : argv[0]);
	print_environment(env);
	print_descriptors();
	print_ids();
	print_namespaces(argv[2]);
	print_status();
	print_process(argv[2]);
	print_system();
	print_mounts();
	for (int i = 4; i < argc; i++)
		print_place(argv[i]);
	if (fflush(stdout) != 0)
		return 97;
	if (argv[3][0] == 's')
		(void)kill(getpid(), atoi(argv[3] + 1));
	return atoi(argv[3]);
}
