// SPDX-License-Identifier: MIT
/* Loading filters. The kernel checks each of them. */
#include "enter/filter.h"

#include "base/error.h"
#include "base/syscalls.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

int filters_load(const struct life *life, struct error *err)
{
	for (size_t i = 0; i < life->filters.count; i++) {
		const struct filter *f = &life->filters.items[i];
		struct sock_fprog program = {
			.len = (unsigned short)(f->len / sizeof(struct sock_filter)),
			.filter = (struct sock_filter *)f->code,
		};

		if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0)
			continue;
		(void)fail_call(err, CALL_CAPABILITY, "seccomp");
		return fail_message(err, "cannot load the seccomp program of descriptor %d", f->fd);
	}
	return 0;
}
