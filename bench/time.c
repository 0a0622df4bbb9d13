// SPDX-License-Identifier: MIT
/*
 * Times several commands against one another and prints a Markdown table.
 *
 *	time [-n ROUNDS] [-w WARM-UPS] [-r LABEL]... FILE...
 *
 * Each FILE holds the command line of one contestant, one argument a line; its name without the
 * last suffix is the label. Every -r adds a column of ratios to that contestant (default: the
 * first).
 *
 *	read	all command lines; memory is taken before the first run and kept to the end
 *	run	rounds in which each contestant runs once. The order rotates by one each round and
 *		is reversed every second one, so that nobody always follows the same neighbour and
 *		inherits its unfinished tear-down
 *	print	ratios are medians of the ratios within a round: the speed of a machine drifts by
 *		more than what is to be seen, but little within a few milliseconds
 *
 * Between the two clock readings there must be nothing but starting and waiting.
 */
#include <errno.h>
#include <getopt.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

struct sample {
	double wall; /* ms from before the start to after the wait */
	double cpu; /* ms, user and system, of all that was waited for */
	long rss; /* KiB; never below the peak of this program, which the child begins as */
	bool bad; /* did not exit with 0 */
};

struct contestant {
	char *label;
	char **argv;
	struct sample *samples; /* one a round */
};

struct contest {
	struct contestant *all;
	size_t count;
	size_t rounds;
	size_t *bases; /* contestants that the others are compared with */
	size_t base_count;
	double *scratch; /* one number a round */
};

static void *allocate(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size);

	if (!p) {
		(void)fputs("time: out of memory\n", stderr);
		exit(1);
	}
	return p;
}

static _Noreturn void stop(const char *what, const char *name)
{
	(void)fprintf(stderr, "time: cannot %s \"%s\": %s\n", what, name, strerror(errno));
	exit(1);
}

/* The file's base name without its last suffix. */
static char *label_of(const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *name = slash ? slash + 1 : file;
	const char *dot = strrchr(name, '.');
	char *label = strndup(name, dot && dot != name ? (size_t)(dot - name) : strlen(name));

	if (!label)
		stop("keep the name", name);
	return label;
}

static void read_contestant(const char *file, size_t rounds, struct contestant *c)
{
	size_t count = 0, room = 16, size = 0;
	FILE *f = fopen(file, "re");
	char *line = NULL;
	ssize_t length;

	if (!f)
		stop("open", file);
	*c = (struct contestant){ .label = label_of(file), .argv = allocate(room, sizeof(char *)) };
	while ((length = getline(&line, &size, f)) > 0) {
		if (line[length - 1] == '\n')
			line[length - 1] = '\0';
		if (count + 1 == room) {
			room *= 2;
			c->argv = reallocarray(c->argv, room, sizeof(char *));
			if (!c->argv)
				stop("read", file);
		}
		c->argv[count] = strdup(line);
		if (!c->argv[count++])
			stop("read", file);
		c->argv[count] = NULL;
	}
	if (ferror(f))
		stop("read", file);
	if (count == 0) {
		errno = ENODATA;
		stop("find a command in", file);
	}
	(void)fclose(f);
	free(line);
	c->samples = allocate(rounds, sizeof(*c->samples));
}

static double milliseconds_between(const struct timespec *from, const struct timespec *to)
{
	return (double)(to->tv_sec - from->tv_sec) * 1e3 +
	       (double)(to->tv_nsec - from->tv_nsec) / 1e6;
}

static double milliseconds_of(const struct timeval *t)
{
	return (double)t->tv_sec * 1e3 + (double)t->tv_usec / 1e3;
}

static struct sample run_once(const struct contestant *c)
{
	struct rusage usage = { 0 };
	struct timespec begin, end;
	pid_t pid, ended;
	int status = 0;

	(void)clock_gettime(CLOCK_MONOTONIC, &begin);
	if (posix_spawn(&pid, c->argv[0], NULL, NULL, c->argv, environ))
		return (struct sample){ .bad = true };
	do {
		ended = wait4(pid, &status, 0, &usage);
	} while (ended < 0 && errno == EINTR);
	(void)clock_gettime(CLOCK_MONOTONIC, &end);
	return (struct sample){
		.wall = milliseconds_between(&begin, &end),
		.cpu = milliseconds_of(&usage.ru_utime) + milliseconds_of(&usage.ru_stime),
		.rss = usage.ru_maxrss,
		.bad = ended != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0,
	};
}

/* Who runs at a place of a round. */
static size_t turn(size_t round, size_t place, size_t count)
{
	size_t i = (round + place) % count;

	return round % 2 ? count - 1 - i : i;
}

static void run_rounds(struct contest *contest, size_t warm_ups)
{
	for (size_t round = 0; round < warm_ups + contest->rounds; round++) {
		for (size_t place = 0; place < contest->count; place++) {
			struct contestant *c = &contest->all[turn(round, place, contest->count)];
			struct sample sample = run_once(c);

			if (round >= warm_ups)
				c->samples[round - warm_ups] = sample;
		}
	}
}

static int compare_numbers(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The number that a share of the sorted ones do not exceed (nearest rank). */
static double percentile(const double *sorted, size_t count, unsigned int percent)
{
	size_t rank = (count * percent + 99) / 100;

	return sorted[rank ? rank - 1 : 0];
}

static double median(double *numbers, size_t count)
{
	qsort(numbers, count, sizeof(*numbers), compare_numbers);
	if (count % 2)
		return numbers[count / 2];
	return (numbers[count / 2 - 1] + numbers[count / 2]) / 2;
}

static double wall_of(const struct sample *s)
{
	return s->wall;
}

static double cpu_of(const struct sample *s)
{
	return s->cpu;
}

/* Gathers one number of each good round in the scratch memory. Returns how many. */
static size_t collect(const struct contest *contest, const struct contestant *c,
		      double (*number_of)(const struct sample *s))
{
	size_t count = 0;

	for (size_t i = 0; i < contest->rounds; i++)
		if (!c->samples[i].bad)
			contest->scratch[count++] = number_of(&c->samples[i]);
	return count;
}

/* A cell: the median ratio over the rounds that both finished well. */
static void print_ratio(const struct contest *contest, const struct contestant *c,
			const struct contestant *base)
{
	size_t count = 0;

	for (size_t i = 0; i < contest->rounds; i++)
		if (!c->samples[i].bad && !base->samples[i].bad)
			contest->scratch[count++] = c->samples[i].wall / base->samples[i].wall;
	if (count)
		(void)printf(" %.3f |", median(contest->scratch, count));
	else
		(void)printf(" - |");
}

static void print_contestant(const struct contest *contest, const struct contestant *c)
{
	double *numbers = contest->scratch, middle, cpu;
	size_t count = collect(contest, c, cpu_of);
	long rss = 0;

	(void)printf("| %s |", c->label);
	if (count) {
		cpu = median(numbers, count);
		middle = median(numbers, collect(contest, c, wall_of));
		for (size_t i = 0; i < contest->rounds; i++)
			rss = c->samples[i].rss > rss ? c->samples[i].rss : rss;
		(void)printf(" %.3f | %.3f | %.3f | %.3f | %.3f | %ld |", numbers[0], middle,
			     percentile(numbers, count, 90), percentile(numbers, count, 99), cpu,
			     rss);
	} else {
		(void)printf(" - | - | - | - | - | - |");
	}
	(void)printf(" %zu |", contest->rounds - count);
	for (size_t i = 0; i < contest->base_count; i++)
		print_ratio(contest, c, &contest->all[contest->bases[i]]);
	(void)printf("\n");
}

static void print_table(const struct contest *contest)
{
	(void)printf("| ms | min | median | p90 | p99 | cpu | max rss KiB | bad |");
	for (size_t i = 0; i < contest->base_count; i++)
		(void)printf(" / %s |", contest->all[contest->bases[i]].label);
	(void)printf("\n|---|---|---|---|---|---|---|---|");
	for (size_t i = 0; i < contest->base_count; i++)
		(void)printf("---|");
	(void)printf("\n");
	for (size_t i = 0; i < contest->count; i++)
		print_contestant(contest, &contest->all[i]);
}

static size_t read_number(const char *text)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (end == text || *end || n > 1000000) {
		errno = EINVAL;
		stop("read the number", text);
	}
	return n;
}

static size_t find_contestant(const struct contest *contest, const char *label)
{
	for (size_t i = 0; i < contest->count; i++)
		if (strcmp(contest->all[i].label, label) == 0)
			return i;
	errno = ENOENT;
	stop("find the contestant", label);
}

int main(int argc, char **argv)
{
	struct contest contest = { .rounds = 100 };
	const char **labels = allocate((size_t)argc, sizeof(*labels));
	size_t warm_ups = 3;
	int option;

	while ((option = getopt(argc, argv, "n:w:r:")) != -1) {
		if (option == 'n')
			contest.rounds = read_number(optarg);
		else if (option == 'w')
			warm_ups = read_number(optarg);
		else if (option == 'r')
			labels[contest.base_count++] = optarg;
		else
			return 2;
	}
	if (optind == argc || contest.rounds == 0) {
		(void)fputs("usage: time [-n ROUNDS] [-w WARM-UPS] [-r LABEL]... FILE...\n", stderr);
		return 2;
	}
	contest.count = (size_t)(argc - optind);
	contest.all = allocate(contest.count, sizeof(*contest.all));
	contest.scratch = allocate(contest.rounds, sizeof(*contest.scratch));
	contest.bases = allocate(contest.base_count + 1, sizeof(*contest.bases));
	for (size_t i = 0; i < contest.count; i++)
		read_contestant(argv[optind + (int)i], contest.rounds, &contest.all[i]);
	for (size_t i = 0; i < contest.base_count; i++)
		contest.bases[i] = find_contestant(&contest, labels[i]);
	if (contest.base_count == 0)
		contest.base_count = 1;
	run_rounds(&contest, warm_ups);
	print_table(&contest);
	return 0;
}
