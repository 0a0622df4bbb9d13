// SPDX-License-Identifier: MIT
/*
 * main() for a fuzz target without a fuzzer: feeds it each file named on the command line, and each
 * file of each directory named there, so that the corpus is a test of every build. A target that
 * finds a fault aborts; the name of the file stands on stderr before it does. No file at all is a
 * failure, as it would prove nothing.
 */
#include "base/arena.h"
#include "base/cleanup.h"
#include "base/path.h"
#include "base/text.h"

#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Hands over a copy of exactly size bytes, so that a sanitizer sees a read past their end. */
static void feed_bytes(const char *data, size_t size)
{
	_cleanup_free_ uint8_t *exact = malloc(size ? size : 1);

	if (!exact)
		abort();
	if (size)
		memcpy(exact, data, size);
	(void)LLVMFuzzerTestOneInput(exact, size);
}

static int feed_file(const char *path)
{
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC);
	_cleanup_text_ struct text text = { 0 };
	char chunk[4096];
	ssize_t n = -1;

	while (fd >= 0 && (n = read(fd, chunk, sizeof(chunk))) > 0)
		text_add_bytes(&text, chunk, (size_t)n);
	if (n < 0) {
		perror(path);
		return -1;
	}
	fprintf(stderr, "%s\n", path);
	feed_bytes(text_str(&text), text.len);
	return 0;
}

/* Feeds path, or what is in it; returns the number of files, -1 when one could not be read. */
static int feed(const char *path)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_dir_ DIR *dir = NULL;
	struct dirent *entry;
	struct stat st;
	int count = 0;

	if (stat(path, &st) < 0) {
		perror(path);
		return -1;
	}
	if (!S_ISDIR(st.st_mode))
		return feed_file(path) < 0 ? -1 : 1;
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		if (feed_file(path_join(&arena, path, entry->d_name)) < 0)
			return -1;
		count++;
	}
	return dir ? count : -1;
}

int main(int argc, char **argv)
{
	int total = 0;

	for (int i = 1; i < argc; i++) {
		int count = feed(argv[i]);

		if (count < 0)
			return 1;
		total += count;
	}
	fprintf(stderr, "%d files\n", total);
	return total ? 0 : 1;
}
