// SPDX-License-Identifier: MIT
/*
 * Does a socket of a lower layer answer through the overlay?
 *
 * No: the kernel looks for the listener at the overlay's inode. A bind of its directory shows the
 * socket itself. So desktop and agent sockets have to be bound into a box, and are not reached by
 * chance through what is captured.
 */
#include "kernel.h"

#include <sys/socket.h>
#include <sys/un.h>

static int connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), failed;

	(void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	failed = answer(connect(fd, (struct sockaddr *)&address, sizeof(address)));
	(void)close(fd);
	return failed;
}

TEST(kernel, socket_below)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "lower/socket" };
	int listener;

	ENTER();
	NEEDS_OVERLAY();
	kernel_dirs("lower upper work merged bound");
	listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	require(bind(listener, (struct sockaddr *)&address, sizeof(address)) == 0);
	require(listen(listener, 8) == 0);
	require(kernel_overlay("merged", "userxattr,lowerdir=lower,upperdir=upper,workdir=work") ==
		0);
	require(sys_mount("lower", "bound", NULL, MS_BIND, NULL) == 0);
	check(connect_to("lower/socket") == 0);
	check(connect_to("bound/socket") == 0);
	check(connect_to("merged/socket") == ECONNREFUSED);
}
