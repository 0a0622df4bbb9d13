// SPDX-License-Identifier: MIT
/*
 * answer: sockets that say who they are, for tests of what a box can reach.
 *
 *   answer serve PATH…   listens at each until it is killed, and tells who connects its path as it was given
 *   answer ask PATH…     connects to each and prints what it is told, or why it cannot, one line each
 *
 * A path that begins with "@" is the name of an abstract socket.
 */
#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { SOCKETS_MAX = 16 };

static socklen_t address_of(const char *path, struct sockaddr_un *ret)
{
	size_t len = strlen(path);

	*ret = (struct sockaddr_un){ .sun_family = AF_UNIX };
	(void)snprintf(ret->sun_path, sizeof(ret->sun_path), "%s", path);
	if (*path == '@')
		ret->sun_path[0] = '\0';
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len + (*path != '@'));
}

static int serve(char **paths, int count)
{
	struct pollfd fds[SOCKETS_MAX] = { 0 };

	for (int i = 0; i < count; i++) {
		struct sockaddr_un address;
		socklen_t len = address_of(paths[i], &address);

		fds[i] = (struct pollfd){ socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), POLLIN,
					  0 };
		if (bind(fds[i].fd, (struct sockaddr *)&address, len) < 0 ||
		    listen(fds[i].fd, 8) < 0) {
			(void)fprintf(stderr, "answer: %s: %s\n", paths[i], strerror(errno));
			return 1;
		}
	}
	while (poll(fds, (nfds_t)count, -1) > 0) {
		for (int i = 0; i < count; i++) {
			int fd = fds[i].revents ? accept(fds[i].fd, NULL, NULL) : -1;

			if (fd >= 0) {
				(void)dprintf(fd, "%s\n", paths[i]);
				(void)close(fd);
			}
		}
	}
	return 1;
}

static int ask(const char *path)
{
	struct sockaddr_un address;
	socklen_t len = address_of(path, &address);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char said[256];
	ssize_t n;

	if (connect(fd, (struct sockaddr *)&address, len) < 0) {
		(void)printf("%s\n", strerror(errno));
		(void)close(fd);
		return 1;
	}
	while ((n = read(fd, said, sizeof(said))) > 0)
		(void)fwrite(said, 1, (size_t)n, stdout);
	(void)close(fd);
	return 0;
}

int main(int argc, char **argv)
{
	int failed = 0;

	if (argc > 2 && argc - 2 <= SOCKETS_MAX && strcmp(argv[1], "serve") == 0)
		return serve(argv + 2, argc - 2);
	if (argc < 3 || strcmp(argv[1], "ask") != 0)
		return 2;
	for (int i = 2; i < argc; i++)
		failed |= ask(argv[i]);
	return failed;
}
