// SPDX-License-Identifier: MIT
/* Bringing "lo" up with one ioctl, as ip link set lo up does (netdevice(7)). */
#include "enter/network.h"

#include "base/cleanup.h"
#include "base/error.h"

#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

int network_loopback_up(struct error *err)
{
	_cleanup_fd_ int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq request = { .ifr_flags = IFF_UP | IFF_RUNNING };

	memcpy(request.ifr_name, "lo", 3);
	/* A kernel without IPv4 has no loopback address to bring up. */
	if (fd < 0 && errno == EAFNOSUPPORT)
		return 0;
	if (fd >= 0 && ioctl(fd, SIOCSIFFLAGS, &request) == 0)
		return 0;
	(void)fail_call(err, CALL_NET, "lo");
	return fail_message(err, "cannot bring the loopback device up");
}
