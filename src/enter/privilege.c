// SPDX-License-Identifier: MIT
/* Dropping capabilities and ids, by raw calls: libcap would add two pages and nothing else. */
#include "enter/privilege.h"

#include "base/error.h"
#include "base/syscalls.h"
#include "enter/terminal.h"

#include <grp.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <sys/prctl.h>

#define CAP_BIT(c) (UINT64_C(1) << (c))

/* What docker and podman leave to root, less those that reach beyond a user namespace (mknod, net_raw, audit_write). */
static const uint64_t root_caps = CAP_BIT(CAP_CHOWN) | CAP_BIT(CAP_DAC_OVERRIDE) |
				  CAP_BIT(CAP_FOWNER) | CAP_BIT(CAP_FSETID) | CAP_BIT(CAP_KILL) |
				  CAP_BIT(CAP_SETGID) | CAP_BIT(CAP_SETUID) | CAP_BIT(CAP_SETPCAP) |
				  CAP_BIT(CAP_SETFCAP) | CAP_BIT(CAP_NET_BIND_SERVICE) |
				  CAP_BIT(CAP_SYS_CHROOT);

uint64_t privilege_mask(const struct plan *plan)
{
	uint64_t mask = plan->identity.uid == 0 && !plan->life ? root_caps : 0;

	return (mask | plan->caps_add) & ~plan->caps_drop;
}

bool privilege_needs_second(const struct plan *plan)
{
	return !plan->life && privilege_mask(plan) & ~root_caps;
}

static int refuse(struct error *err, enum error_call call, const char *what)
{
	(void)fail_call(err, call, what);
	return fail_message(err, "cannot give up privileges");
}

static int set_capabilities(uint64_t mask, uint64_t inheritable, struct error *err)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = {
		{ (uint32_t)mask, (uint32_t)mask, (uint32_t)inheritable },
		{ (uint32_t)(mask >> 32), (uint32_t)(mask >> 32), (uint32_t)(inheritable >> 32) },
	};

	if (syscall(SYS_capset, &header, data) < 0)
		return refuse(err, CALL_CAPABILITY, "capset");
	return 0;
}

/*
 * PR_CAPBSET_DROP answers EINVAL past the kernel's last capability. A command without any capability needs no smaller bounding
 * set: with no_new_privs execve(2) gives at most what was permitted before, nothing; and a user namespace of its own below
 * this one begins with a full set whatever ours is (user_namespaces(7)). The 41 calls were 6 % of a bare start.
 */
static int clear_bounding(uint64_t keep, struct error *err)
{
	if (!keep)
		return 0;
	for (int c = 0; c < 64; c++) {
		if (keep & CAP_BIT(c))
			continue;
		if (prctl(PR_CAPBSET_DROP, c, 0, 0, 0) < 0) {
			if (errno == EINVAL)
				break;
			return refuse(err, CALL_CAPABILITY, "bounding set");
		}
	}
	return 0;
}

int privilege_take_ids(const struct identity *id, struct error *err)
{
	if (getgid() != id->gid && setresgid(id->gid, id->gid, id->gid) < 0)
		return refuse(err, CALL_SET_ID, "gid");
	if (getuid() == id->uid)
		return 0;
	if (!id->deny_setgroups && setgroups(0, NULL) < 0)
		return refuse(err, CALL_SET_ID, "groups");
	if (setresuid(id->uid, id->uid, id->uid) < 0)
		return refuse(err, CALL_SET_ID, "uid");
	return 0;
}

/* The ambient set carries them over execve for who is not root, whom execve would leave none. */
static int keep_capabilities(uint64_t mask, bool ambient, struct error *err)
{
	if (set_capabilities(mask, ambient ? mask : 0, err) < 0)
		return -1;
	for (int c = 0; ambient && mask && c < 64; c++) {
		if (!(mask & CAP_BIT(c)) ||
		    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, c, 0, 0) == 0)
			continue;
		if (errno != EINVAL) /* past the kernel's last capability */
			return refuse(err, CALL_CAPABILITY, "ambient set");
	}
	return 0;
}

int privilege_fix(struct error *err)
{
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0
		       ? refuse(err, CALL_CAPABILITY, "no_new_privs")
		       : 0;
}

/* Where somebody else writes the maps, the ids are what they say. */
static int take_plan_ids(const struct plan *plan, struct error *err)
{
	if (plan->life && plan->life->maps_block_fd >= 0)
		return 0;
	return privilege_take_ids(&plan->identity, err);
}

static int keep_all(const struct plan *plan, struct error *err)
{
	/* In a user namespace of its own root would have more than it has outside. */
	if (plan->unshare[NS_USER] && clear_bounding(privilege_mask(plan), err) < 0)
		return -1;
	return take_plan_ids(plan, err);
}

static int drop_all_but(const struct plan *plan, uint64_t mask, struct error *err)
{
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0)
		return refuse(err, CALL_CAPABILITY, "ambient set");
	if (clear_bounding(mask, err) < 0 || take_plan_ids(plan, err) < 0)
		return -1;
	return keep_capabilities(mask, plan->identity.uid || plan->life, err);
}

int privilege_drop(const struct plan *plan, bool terminal, struct error *err)
{
	if (privilege_fix(err) < 0)
		return -1;
	/* A filter may refuse the call or the kernel lack it: then there is no keyring to see either. */
	if (!plan->life && syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL, 0, 0, 0) < 0 &&
	    errno != ENOSYS && errno != EPERM && errno != EDQUOT)
		return refuse(err, CALL_CAPABILITY, "session keyring");
	if (plan->life && plan->life->caps_kept ? keep_all(plan, err) < 0
						: drop_all_but(plan, privilege_mask(plan), err) < 0)
		return -1;
	return terminal ? terminal_protect(err) : 0;
}

int privilege_keep_kill(struct error *err)
{
	return set_capabilities(CAP_BIT(CAP_KILL), 0, err);
}
