// SPDX-License-Identifier: MIT
/*
 * Copying the bytes of one file: whole, with its holes, also where its size or its file system is a
 * special one.
 */
#include "base/cleanup.h"
#include "base/copy.h"
#include "base/error.h"
#include "test.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

/* A file without a name. */
static int open_new(void)
{
	const char *tmp = getenv("TMPDIR");

	return open(tmp ? tmp : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

static bool same_bytes(int a, int b)
{
	off_t size = lseek(a, 0, SEEK_END);
	char x[8192], y[8192];

	if (size != lseek(b, 0, SEEK_END))
		return false;
	for (off_t at = 0; at < size; at += (off_t)sizeof(x)) {
		ssize_t n = pread(a, x, sizeof(x), at);

		if (n <= 0 || pread(b, y, sizeof(y), at) != n || memcmp(x, y, (size_t)n) != 0)
			return false;
	}
	return true;
}

TEST(copy_data, of_many_buffers)
{
	struct error err = { 0 };
	_cleanup_fd_ int from = open_new(), to = open_new();

	for (unsigned i = 0; i < 50000; i++) {
		unsigned word = i * 2654435761U;

		require(write(from, &word, sizeof(word)) == sizeof(word));
	}
	check(copy_data(from, to, &err) == 0);
	check(same_bytes(from, to));
}

TEST(copy_data, keeps_holes)
{
	struct error err = { 0 };
	_cleanup_fd_ int from = open_new(), to = open_new();
	struct stat a, b;

	check(pwrite(from, "start", 5, 3) == 5);
	check(pwrite(from, "middle", 6, 40 << 20) == 6);
	check(ftruncate(from, 64 << 20) == 0);
	check(copy_data(from, to, &err) == 0);
	require(fstat(from, &a) == 0 && fstat(to, &b) == 0);
	check(b.st_size == 64 << 20);
	check(b.st_blocks <= a.st_blocks + 16);
	check(same_bytes(from, to));
}

TEST(copy_data, that_is_one_hole)
{
	struct error err = { 0 };
	_cleanup_fd_ int from = open_new(), to = open_new();

	check(ftruncate(from, 12345) == 0);
	check(copy_data(from, to, &err) == 0);
	check(lseek(to, 0, SEEK_END) == 12345);
}

TEST(copy_data, across_file_systems)
{
	struct error err = { 0 };
	_cleanup_fd_ int from = open("/dev/shm", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	_cleanup_fd_ int to = open_new();

	if (from < 0)
		SKIP("no /dev/shm");
	check(pwrite(from, "one", 3, 0) == 3);
	check(pwrite(from, "two", 3, 1 << 20) == 3);
	check(copy_data(from, to, &err) == 0);
	check(same_bytes(from, to));
}

/* Their status says 0 bytes, or 4096. */
TEST(copy_data, of_proc_and_sys)
{
	static const char *const paths[] = { "/proc/self/limits", "/sys/kernel/mm/ksm/run",
					     "/sys/kernel/mm/transparent_hugepage/enabled" };

	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		_cleanup_fd_ int from = open(paths[i], O_RDONLY | O_CLOEXEC);
		_cleanup_fd_ int to = from < 0 ? -EBADF : open_new();
		struct error err = { 0 };
		char want[16384], got[16384];
		ssize_t n = from < 0 ? 0 : pread(from, want, sizeof(want), 0);

		if (n <= 0)
			continue;
		check(copy_data(from, to, &err) == 0);
		check(pread(to, got, sizeof(got), 0) == n && memcmp(want, got, (size_t)n) == 0);
	}
}

TEST(copy_data, that_cannot_be_read)
{
	struct error err = { 0 };
	_cleanup_fd_ int from = open("/proc/self/exe", O_PATH | O_CLOEXEC), to = open_new();

	check(copy_data(from, to, &err) == -1);
	check(err.kind == ERROR_SYSTEM && err.call == CALL_COPY && err.sys == EBADF);
}
