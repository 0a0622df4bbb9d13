// SPDX-License-Identifier: MIT
/* The limit, the namespace below it, and a look at whether it holds. */
#include "enter/nest.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "plan/idmap.h"

#include <fcntl.h>

static int write_at(int proc_fd, const char *name, const char *text, size_t len)
{
	_cleanup_fd_ int fd = openat(proc_fd, name, O_WRONLY | O_CLOEXEC);

	return fd < 0 || write(fd, text, len) != (ssize_t)len ? -1 : 0;
}

/* The command's id to itself. */
static int write_id(int proc_fd, const char *name, uint32_t id)
{
	_cleanup_text_ struct text line = { 0 };

	text_printf(&line, "%u %u 1\n", id, id);
	return write_at(proc_fd, name, text_str(&line), line.len);
}

static int nest_failed(const char *what, struct error *err)
{
	(void)fail_call(err, CALL_CLONE, what);
	return fail_message(err, "cannot keep the command from making user namespaces");
}

int nest_last_userns(const struct plan *plan, int proc_fd, struct error *err)
{
	if (write_at(proc_fd, "sys/user/max_user_namespaces", "1", 1) < 0)
		return nest_failed("max_user_namespaces", err);
	if (unshare(CLONE_NEWUSER) < 0)
		return nest_failed("user", err);
	if (write_at(proc_fd, "self/setgroups", "deny", 4) < 0 ||
	    write_id(proc_fd, "self/uid_map", plan->identity.uid) < 0 ||
	    write_id(proc_fd, "self/gid_map", plan->identity.gid) < 0)
		return nest_failed("maps", err);
	return 0;
}

int nest_assert(struct error *err)
{
	/* In this very process, which ends if it can: a child would take the pid that the command is to have. */
	if (unshare(CLONE_NEWUSER) < 0)
		return 0;
	(void)fail(err, ERROR_SYSTEM, 0, "user namespaces can still be made in the box");
	return fail_at(err, CALL_CLONE, "user");
}
