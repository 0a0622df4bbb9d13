// SPDX-License-Identifier: MIT
/*
 * A small TAP harness. TEST(topic, name) registers itself; check() reports and goes on, require() ends the test.
 * SKIP("reason") leaves it. Each test file is linked into one program with test.c, which holds main().
 */
#ifndef NACRE_TEST_H
#define NACRE_TEST_H

#include <stdbool.h>
#include <stddef.h>

struct test {
	const char *topic, *name;
	void (*run)(void);
	struct test *next;
};

void test_register(struct test *t);
bool test_check(bool ok, const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
bool test_equal(const char *got, const char *want, const char *file, int line);
void test_skip(const char *reason);

#define TEST(topic_, name_)                                                                \
	static void test_##topic_##_##name_(void);                                         \
	__attribute__((constructor)) static void register_##topic_##_##name_(void)         \
	{                                                                                  \
		static struct test t = { #topic_, #name_, test_##topic_##_##name_, NULL }; \
		test_register(&t);                                                         \
	}                                                                                  \
	static void test_##topic_##_##name_(void)

#define check(cond) test_check((cond), __FILE__, __LINE__, "%s", #cond)
#define check_str(got, want) test_equal((got), (want), __FILE__, __LINE__)
#define require(cond)                                                   \
	do {                                                            \
		bool ok_ = (cond);                                      \
		(void)test_check(ok_, __FILE__, __LINE__, "%s", #cond); \
		if (!ok_)                                               \
			return;                                         \
	} while (0)
#define SKIP(reason)               \
	do {                       \
		test_skip(reason); \
		return;            \
	} while (0)

#endif
