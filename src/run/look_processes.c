// SPDX-License-Identifier: MIT
/*
 * Which processes are in a box. Nobody in it is asked: /proc of the box may be anything. The kernel is, by a descriptor of the
 * box's pid namespace; where it is too old for that question, by what /proc out here tells.
 */
#include "run/look.h"

#include "base/cleanup.h"
#include "base/process.h"
#include "base/syscalls.h"

#include <dirent.h>
#include <linux/nsfs.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

#ifndef NS_GET_TGID_IN_PIDNS
#define NS_GET_TGID_IN_PIDNS _IOR(0xb7, 0x9, int) /* Linux 6.11 */
#endif

enum {
	LEVELS = 33, /* of pid namespaces there are at most (pid_namespaces(7)) */
	KEPT = 256, /* descriptors of processes whose commands are wanted */
};

/* A process as /proc has it. The directory's descriptor stays with the process, whoever gets its number. */
struct process {
	int fd;
	pid_t pid;
	char state; /* 0: nothing was read yet */
	char name[64];
	uid_t uid;
	size_t levels;
	pid_t numbers[LEVELS]; /* in /proc's pid namespace, in the one below that, and so on */
};

struct scan {
	struct arena *arena;
	struct look *looks;
	size_t count;
	bool is_ours; /* /proc has the numbers of our pid namespace */
	bool commands;
	size_t kept;
};

/* ---- one process ---- */

static void read_numbers(struct process *p, const char *s)
{
	int n;

	for (int pid; p->levels < LEVELS && sscanf(s, "%d%n", &pid, &n) == 1; s += n)
		p->numbers[p->levels++] = pid;
}

/* The fields of proc_pid_status(5), which all may read. False: it is gone. */
static bool read_status(struct process *p)
{
	int fd = p->state ? -1 : openat(p->fd, "status", O_RDONLY | O_CLOEXEC);
	_cleanup_file_ FILE *f = fd < 0 ? NULL : fdopen(fd, "re");
	/* A line may be longer: that of many groups. What comes of it then begins with none of these words. */
	char line[512];

	while (f && fgets(line, sizeof(line), f)) {
		(void)sscanf(line, "Name:\t%60[^\n]", p->name);
		(void)sscanf(line, "State: %c", &p->state);
		(void)sscanf(line, "Uid: %u", &p->uid);
		if (strncmp(line, "NSpid:", 6) == 0)
			read_numbers(p, line + 6);
	}
	return p->state;
}

enum { UNKNOWN = -1, OUTSIDE = 0, INIT = 1 };

static bool may_have(const struct look *look, uid_t uid)
{
	const struct record *record = look->record;
	bool is_mapped = !record;

	for (size_t i = 0; record && i < record->uids.count; i++)
		is_mapped = is_mapped ||
			    uid - record->uids.items[i].outside < record->uids.items[i].count;
	return is_mapped;
}

/*
 * By its depth, and by the link to its pid namespace or to the one above that as deep as the box's. Who made a box may read these
 * links of what is executed in it, also of what is not dumpable; of a program in it that he may not read, he may not.
 */
static int number_by_link(struct process *p, const struct look *look)
{
	_cleanup_fd_ int fd = -EBADF;
	struct stat box, found;

	if (!read_status(p) || p->levels < look->depth)
		return OUTSIDE;
	if (!look->depth)
		return UNKNOWN;
	if (p->numbers[look->depth - 1] == INIT)
		return p->pid == look->init ? INIT : OUTSIDE;
	fd = openat(p->fd, "ns/pid", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno != ENOENT && errno != ESRCH && may_have(look, p->uid) ? UNKNOWN
										   : OUTSIDE;
	for (size_t level = p->levels; level > look->depth; level--) {
		int above = ioctl(fd, NS_GET_PARENT);

		if (above < 0)
			return OUTSIDE;
		(void)close(fd);
		fd = above;
	}
	if (fstat(fd, &found) < 0 || fstat(look->pid_namespace, &box) < 0)
		return UNKNOWN;
	return found.st_ino == box.st_ino && found.st_dev == box.st_dev
		       ? p->numbers[look->depth - 1]
		       : OUTSIDE;
}

/* Its number in the box, or one of the above. */
static int number_in(const struct scan *s, struct process *p, const struct look *look)
{
	int number = s->is_ours ? ioctl(look->pid_namespace, NS_GET_TGID_IN_PIDNS, p->pid) : -1;

	if (number > 0)
		return number;
	return s->is_ours && errno == ESRCH ? OUTSIDE : number_by_link(p, look);
}

static void add_process(struct scan *s, struct look *look, struct process *p, pid_t inside)
{
	struct look_process *added;

	/* Read behind the question by number: it was about this one, if it is still there. */
	if (!read_status(p) || p->state == 'Z' || p->state == 'X')
		return;
	added = VECTOR_ADD(s->arena, &look->processes);
	added->pid = p->pid;
	added->inside = inside;
	(void)snprintf(added->command, sizeof(added->command), "[%s]", p->name);
	added->fd = -EBADF;
	if (s->commands && s->kept < KEPT) {
		s->kept++;
		added->fd = TAKE_FD(p->fd);
	}
}

static void meet(struct scan *s, struct process *p)
{
	for (size_t i = 0; i < s->count && p->fd >= 0; i++) {
		struct look *look = &s->looks[i];
		int inside = look->counted ? number_in(s, p, look) : OUTSIDE;

		if (inside == UNKNOWN)
			look->partial = true;
		else if (inside == INIT)
			look->init_met = true;
		else if (inside != OUTSIDE)
			add_process(s, look, p, inside);
	}
}

/* ---- commands ---- */

struct told_command {
	size_t box, process;
	char command[160];
};

/*
 * The words of a command lie in its memory, and who reads them waits for the lock of that (mmap_lock), and for pages that come from a
 * disk. So they are read by a process of its own, which can be left behind.
 */
static _Noreturn void tell_commands(const struct look *looks, size_t count, int fd)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < looks[i].processes.count; j++) {
			const struct look_process *process = &looks[i].processes.items[j];
			struct told_command told = { .box = i, .process = j };

			if (process->fd < 0)
				continue;
			process_command(process->fd, "cmdline", told.command, sizeof(told.command));
			if (write(fd, &told, sizeof(told)) < 0)
				_exit(1);
		}
	_exit(0);
}

/* False: time is up. */
static bool take_commands(struct look *looks, int fd)
{
	struct timespec begin;
	struct told_command told;

	(void)clock_gettime(CLOCK_MONOTONIC, &begin);
	while (look_wait(fd, &begin)) {
		struct look_process *process;

		if (read(fd, &told, sizeof(told)) != sizeof(told))
			return true;
		process = &looks[told.box].processes.items[told.process];
		if (*told.command)
			memcpy(process->command, told.command, sizeof(process->command));
	}
	return false;
}

static void read_commands(struct look *looks, size_t count)
{
	bool complete;
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return;
	pid = fork();
	if (pid == 0)
		tell_commands(looks, count, ends[1]);
	(void)close(ends[1]);
	complete = take_commands(looks, ends[0]);
	(void)close(ends[0]);
	if (pid < 0)
		return;
	(void)kill(pid, SIGKILL);
	while (waitpid(pid, NULL, complete ? 0 : WNOHANG) < 0 && errno == EINTR)
		;
}

static void release_kept(struct look *looks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < looks[i].processes.count; j++) {
			struct look_process *process = &looks[i].processes.items[j];

			process->fd = close_fd(process->fd);
		}
}

/* ---- all ---- */

static struct process open_process(int proc_fd, const char *name)
{
	return (struct process){
		.fd = openat(proc_fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
		.pid = (pid_t)strtol(name, NULL, 10),
	};
}

/* False when there is nobody to look for. */
static bool prepare(struct look *looks, size_t count, int proc_fd)
{
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		struct process init;
		char name[16];

		/* Who does not see init sees nobody in the box: they have no numbers in his pid namespace. */
		if (!looks[i].init || looks[i].pid_namespace < 0)
			continue;
		(void)snprintf(name, sizeof(name), "%d", (int)looks[i].init);
		init = open_process(proc_fd, name);
		if (init.fd >= 0 && read_status(&init))
			looks[i].depth = init.levels;
		(void)close_fd(init.fd);
		looks[i].counted = any = true;
	}
	return any;
}

void look_processes(struct arena *arena, struct look *looks, size_t count, bool commands)
{
	_cleanup_dir_ DIR *proc = opendir("/proc");
	struct scan s = { .arena = arena, .looks = looks, .count = count, .commands = commands };
	char self[16] = "";

	if (!proc || !prepare(looks, count, dirfd(proc)))
		return;
	s.is_ours = readlinkat(dirfd(proc), "self", self, sizeof(self) - 1) > 0 &&
		    strtol(self, NULL, 10) == getpid();
	for (struct dirent *e; (e = readdir(proc));) {
		struct process p;

		if (*e->d_name < '1' || *e->d_name > '9')
			continue;
		p = open_process(dirfd(proc), e->d_name);
		meet(&s, &p);
		(void)close_fd(p.fd);
	}
	for (size_t i = 0; i < count; i++)
		looks[i].partial = looks[i].counted && (looks[i].partial || !looks[i].init_met);
	if (commands)
		read_commands(looks, count);
	release_kept(looks, count);
}
