// SPDX-License-Identifier: MIT
/* A head of numbers, then strings, each with its NUL. */
#include "run/terms.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/syscalls.h"
#include "base/text.h"

#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum { TERMS_VERSION = 3, TERMS_MAX = 16 * 1024 * 1024 };

struct head {
	uint32_t version;
	struct secret secret; /* of the box's key */
	uint32_t uid, gid;
	uint8_t deny_setgroups, clear_env, setup_on_join, stays, own_time;
	uint32_t uid_ranges, gid_ranges; /* of the box's maps, right behind this */
	uint64_t caps_add, caps_drop;
	uint64_t env_count, place_count;
};

/* NULL is not the empty string. */
static void put(struct text *out, const char *s)
{
	text_add_char(out, s ? '=' : '-');
	text_add_bytes(out, s ? s : "", s ? strlen(s) + 1 : 1);
}

static void put_map(struct text *out, const struct id_map *map)
{
	text_add_bytes(out, map->v.items, map->v.count * sizeof(*map->v.items));
}

int terms_make(const struct plan *plan, const struct secret *secret)
{
	const struct head head = {
		.version = TERMS_VERSION,
		.secret = *secret,
		.uid = plan->identity.uid,
		.gid = plan->identity.gid,
		.deny_setgroups = plan->identity.deny_setgroups,
		.clear_env = plan->clear_env,
		.setup_on_join = plan->setup_on_join,
		.stays = plan->stays,
		.own_time = plan->unshare[NS_TIME],
		.uid_ranges = (uint32_t)plan->identity.uids.v.count,
		.gid_ranges = (uint32_t)plan->identity.gids.v.count,
		.caps_add = plan->caps_add,
		.caps_drop = plan->caps_drop,
		.env_count = plan->env.count,
		.place_count = plan->places.count,
	};
	_cleanup_text_ struct text text = { 0 };
	_cleanup_fd_ int fd = memfd_create("terms", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	text_add_bytes(&text, &head, sizeof(head));
	put_map(&text, &plan->identity.uids);
	put_map(&text, &plan->identity.gids);
	put(&text, plan->options);
	put(&text, plan->workdir_own ? NULL : plan->workdir);
	put(&text, plan->setup);
	for (size_t i = 0; i < plan->env.count; i++) {
		const struct env_change *change = &plan->env.items[i];

		text_add_char(&text, (char)('0' + (int)change->action));
		put(&text, change->name);
		put(&text, change->value);
	}
	for (size_t i = 0; i < plan->places.count; i++) {
		put(&text, plan->places.items[i].outside);
		put(&text, plan->places.items[i].inside);
	}
	if (fd < 0 || text.len > TERMS_MAX || write(fd, text.data, text.len) != (ssize_t)text.len ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) < 0)
		return -1;
	return TAKE_FD(fd);
}

struct reader {
	const char *at, *end;
	bool bad;
};

static const char *take(struct reader *r)
{
	const char *s = r->at + 1,
		   *nul = r->end - r->at < 2 ? NULL : memchr(s, '\0', (size_t)(r->end - s));

	if (!nul || (*r->at != '=' && *r->at != '-')) {
		r->bad = true;
		return NULL;
	}
	s = *r->at == '=' ? s : NULL;
	r->at = nul + 1;
	return s;
}

static void take_map(struct reader *r, struct plan *plan, uint32_t count, struct id_map *ret)
{
	ret->v.items = NULL;
	ret->v.count = ret->v.capacity = 0;
	r->bad = r->bad || (size_t)(r->end - r->at) / sizeof(struct id_range) < count;
	for (uint32_t i = 0; i < count && !r->bad; i++, r->at += sizeof(struct id_range))
		memcpy(VECTOR_ADD(&plan->arena, &ret->v), r->at, sizeof(struct id_range));
}

static void take_env_change(struct reader *r, struct plan *plan)
{
	int action = r->at < r->end ? *r->at++ - '0' : -1;
	const char *name = take(r), *value = r->bad ? NULL : take(r);

	r->bad = r->bad || !name || action < ENV_SET || action > ENV_UNSET;
	if (!r->bad)
		VECTOR_PUSH(&plan->arena, &plan->env,
			    (struct env_change){ (enum env_action)action, name, value });
}

static void take_place_inside(struct reader *r, struct plan *plan)
{
	const char *outside = take(r), *inside = r->bad ? NULL : take(r);

	r->bad = r->bad || !outside || !inside;
	if (!r->bad)
		VECTOR_PUSH(&plan->arena, &plan->places, (struct place_inside){ outside, inside });
}

static bool take_all(struct plan *plan, char *bytes, size_t n)
{
	struct reader r = { .at = bytes + sizeof(struct head), .end = bytes + n };
	const char *workdir;
	struct head head;

	if (n < sizeof(head))
		return false;
	memcpy(&head, bytes, sizeof(head));
	if (head.version != TERMS_VERSION)
		return false;
	plan->identity.uid = head.uid;
	plan->identity.gid = head.gid;
	plan->identity.deny_setgroups = head.deny_setgroups;
	plan->unshare[NS_TIME] = head.own_time;
	plan->caps_add = head.caps_add;
	plan->caps_drop = head.caps_drop;
	plan->clear_env = head.clear_env;
	plan->setup_on_join = head.setup_on_join;
	plan->stays = head.stays;
	take_map(&r, plan, head.uid_ranges, &plan->identity.uids);
	take_map(&r, plan, head.gid_ranges, &plan->identity.gids);
	plan->options = r.bad ? NULL : take(&r);
	workdir = r.bad ? NULL : take(&r);
	if (!plan->workdir_own)
		plan->workdir = workdir;
	plan->setup = r.bad ? NULL : take(&r);
	plan->env.items = NULL;
	plan->env.count = plan->env.capacity = 0;
	for (uint64_t i = 0; i < head.env_count && !r.bad; i++)
		take_env_change(&r, plan);
	plan->places.items = NULL;
	plan->places.count = plan->places.capacity = 0;
	for (uint64_t i = 0; i < head.place_count && !r.bad; i++)
		take_place_inside(&r, plan);
	return !r.bad;
}

int terms_take(int fd, struct plan *plan, struct error *err)
{
	struct stat st;
	char *bytes;

	if (fstat(fd, &st) == 0 && st.st_size > 0 && st.st_size <= TERMS_MAX) {
		bytes = arena_alloc(&plan->arena, (size_t)st.st_size);
		if (pread(fd, bytes, (size_t)st.st_size, 0) == st.st_size &&
		    take_all(plan, bytes, (size_t)st.st_size))
			return 0;
	}
	(void)fail(err, ERROR_SYSTEM, 0, "cannot join the box %s", Q(plan->name));
	error_explain(err, "box-other-version", NULL, NULL);
	return -1;
}

bool terms_secret(int fd, struct secret *ret)
{
	return pread(fd, ret, sizeof(*ret), offsetof(struct head, secret)) == sizeof(*ret);
}
