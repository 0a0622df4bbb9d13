// SPDX-License-Identifier: MIT
/*
 * The extended attributes in which two objects differ; ACLs and capabilities are among them. Not told are the marks of
 * overlayfs, and labels (security.*, but for capabilities), which the system's policy gives each path.
 */
#include "base/arena.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/sha256.h"
#include "changes/patch_facts.h"
#include "changes/quote.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

enum { SHOWN_SIZE = 64 }; /* a longer value is told by its sum */

struct attribute {
	const char *key;
	const char *value;
	size_t size;
};

struct attributes {
	VECTOR(struct attribute) v; /* by key */
};

static bool starts_with(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

static bool is_told(const char *key)
{
	if (starts_with(key, "user.overlay.") || starts_with(key, "trusted.overlay."))
		return false;
	return !starts_with(key, "security.") || strcmp(key, "security.capability") == 0;
}

/*
 * Reads a value, or with a NULL key the list of all keys, into the arena. The size, or -1 with errno. Between the two calls it
 * may grow (ERANGE).
 */
static ssize_t read_value(struct arena *arena, const char *path, const char *key, char **ret)
{
	ssize_t size;

	do {
		size = key ? getxattr(path, key, NULL, 0) : listxattr(path, NULL, 0);
		if (size < 0)
			return -1;
		*ret = arena_alloc(arena, (size_t)size + 1);
		if (size == 0)
			return 0;
		size = key ? getxattr(path, key, *ret, (size_t)size)
			   : listxattr(path, *ret, (size_t)size);
	} while (size < 0 && errno == ERANGE);
	return size;
}

static int compare_keys(const void *a, const void *b)
{
	return strcmp(((const struct attribute *)a)->key, ((const struct attribute *)b)->key);
}

/* EOVERFLOW: a capability of a user namespace whose root is not mapped here. */
static bool is_hidden(int sys)
{
	return sys == EACCES || sys == EPERM || sys == ENODATA || sys == ENOTSUP ||
	       sys == EOVERFLOW;
}

/* path leads to the object itself, even when that is a link: it is a name of an O_PATH descriptor. */
static int read_attributes(struct arena *arena, const char *path, struct attributes *ret)
{
	char *list;
	ssize_t size = read_value(arena, path, NULL, &list);

	if (size < 0)
		return is_hidden(errno) ? 0 : -1;
	for (char *key = list; key < list + size; key += strlen(key) + 1) {
		struct attribute a = { .key = key };
		ssize_t value_size;
		char *value;

		if (!is_told(key))
			continue;
		value_size = read_value(arena, path, key, &value);
		if (value_size < 0 && is_hidden(errno))
			continue;
		if (value_size < 0)
			return -1;
		a.value = value;
		a.size = (size_t)value_size;
		(void)VECTOR_PUSH(arena, &ret->v, a);
	}
	if (ret->v.count)
		qsort(ret->v.items, ret->v.count, sizeof(*ret->v.items), compare_keys);
	return 0;
}

static int read_side(struct arena *arena, const char *path, const struct patch_side *side,
		     struct attributes *ret, struct error *err)
{
	_cleanup_fd_ int fd = -EBADF;
	char self[sizeof("/proc/self/fd/") + 10];

	if (!side)
		return 0;
	fd = openat(side->dir_fd, side->name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	(void)snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	if (fd < 0 || read_attributes(arena, self, ret) < 0)
		return fail_read(path, err);
	return 0;
}

/* NULL when there is no such attribute. */
static const char *describe_value(const struct attribute *a, struct text *out)
{
	char sum[SHA256_HEX_SIZE];
	struct sha256 state;

	if (!a)
		return NULL;
	if (a->size <= SHOWN_SIZE) {
		quote_bytes(out, a->value, a->size);
		return text_str(out);
	}
	sha256_init(&state);
	sha256_add(&state, a->value, a->size);
	sha256_hex(&state, sum);
	text_printf(out, "%zu bytes sha256:%s", a->size, sum);
	return text_str(out);
}

/* Of one key; NULL where a side lacks it. */
static void add_attribute(const struct patch_change *p, const char *key,
			  const struct attribute *old, const struct attribute *now)
{
	_cleanup_text_ struct text fact = { 0 }, old_text = { 0 }, new_text = { 0 };

	if (old && now && old->size == now->size && memcmp(old->value, now->value, old->size) == 0)
		return;
	text_add(&fact, "attribute ");
	quote_patch(&fact, "", key);
	patch_add_fact(p, text_str(&fact), describe_value(old, &old_text),
		       describe_value(now, &new_text));
}

static const struct attribute *attribute_at(const struct attributes *list, size_t i)
{
	return i < list->v.count ? &list->v.items[i] : NULL;
}

int patch_add_attributes(const struct patch_change *p, struct error *err)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	struct attributes old = { 0 }, now = { 0 };
	size_t i = 0, k = 0;

	if (read_side(&arena, p->path, p->old, &old, err) < 0 ||
	    read_side(&arena, p->path, p->now, &now, err) < 0)
		return -1;
	for (;;) {
		const struct attribute *a = attribute_at(&old, i), *b = attribute_at(&now, k);

		if (!a && !b)
			return 0;
		if (!b || (a && strcmp(a->key, b->key) < 0)) {
			add_attribute(p, a->key, a, NULL);
			i++;
		} else {
			bool both = a && strcmp(a->key, b->key) == 0;

			add_attribute(p, b->key, both ? a : NULL, b);
			i += both;
			k++;
		}
	}
}
