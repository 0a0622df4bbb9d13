// SPDX-License-Identifier: MIT
/* The harness's main(): runs every registered test in the order of the link, prints TAP. */
#include "test.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static struct test *first, **last = &first;
static bool failed;
static const char *skipped;

void test_register(struct test *t)
{
	*last = t;
	last = &t->next;
}

bool test_check(bool ok, const char *file, int line, const char *format, ...)
{
	va_list args;

	if (ok)
		return true;
	failed = true;
	printf("# %s:%d: ", file, line);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	return false;
}

bool test_equal(const char *got, const char *want, const char *file, int line)
{
	if (got && want && strcmp(got, want) == 0)
		return true;
	if (!got && !want)
		return true;
	return test_check(false, file, line, "got  \"%s\"\n# %*s want \"%s\"", got ? got : "(null)",
			  (int)strlen(file) + 4, "", want ? want : "(null)");
}

void test_skip(const char *reason)
{
	skipped = reason;
}

int main(int argc, char **argv)
{
	int n = 0, bad = 0;

	for (struct test *t = first; t; t = t->next) {
		char name[256];

		(void)snprintf(name, sizeof(name), "%s %s", t->topic, t->name);
		if (argc > 1 && !strstr(name, argv[1]))
			continue;
		failed = false;
		skipped = NULL;
		t->run();
		printf("%sok %d - %s%s%s\n", failed ? "not " : "", ++n, name,
		       skipped ? " # SKIP " : "", skipped ? skipped : "");
		fflush(stdout);
		bad += failed;
	}
	printf("1..%d\n", n);
	return bad ? 1 : 0;
}
