// SPDX-License-Identifier: MIT
/*
 * Takers of the identity: which ids the command has inside, how they are mapped, what it is capable
 * of.
 *
 * Who the command is (-u) and how ids are mapped (--as-root, --uid-map) are two questions. Given
 * together, in either order, -u answers the first one and the other option the second one.
 */
#include "read/take.h"

#include "base/error.h"
#include "plan/capability.h"
#include "plan/idmap.h"
#include "read/value.h"

#include <string.h>
#include <strings.h>

/* "No id" to the kernel: until settle_identity(), an id that a map has to supply. */
#define ID_OPEN UINT32_MAX

TAKER(take_user)
{
	struct identity *identity = &plan->identity;
	uint32_t uid = 0, gid;
	struct spec spec;

	(void)row, (void)origin;
	if (spec_split(&plan->arena, values[0], ':', &spec, err))
		return -1;
	if (spec.v.count > 2)
		return value_fail(err, values[0], "a user", "write UID or UID:GID");
	if (value_id(spec.v.items[0].text, &uid, err))
		return -1;
	gid = uid;
	if (spec.v.count == 2 && value_id(spec.v.items[1].text, &gid, err))
		return -1;
	if (identity->kind != IDENTITY_RANGE && identity->kind != IDENTITY_RAW)
		identity->kind = IDENTITY_CHOSEN;
	identity->uid = uid;
	identity->gid = gid;
	return 0;
}

/* The command's ids when the option that comes first is one about maps. */
static void open_ids(struct identity *identity, uint32_t id)
{
	if (identity->kind == IDENTITY_SAME || identity->kind == IDENTITY_ALL) {
		identity->uid = id;
		identity->gid = id;
	}
}

TAKER(take_as_root)
{
	(void)row, (void)values, (void)origin, (void)err;
	open_ids(&plan->identity, 0);
	plan->identity.kind = IDENTITY_RANGE;
	return 0;
}

TAKER(take_id_map)
{
	struct identity *identity = &plan->identity;
	struct id_map *map = row->value == ID_MAP_UID ? &identity->uids : &identity->gids;
	struct spec spec;

	(void)origin;
	if (spec_split(&plan->arena, values[0], ',', &spec, err))
		return -1;
	for (size_t i = 0; i < spec.v.count; i++) {
		struct id_range range;

		if (value_id_range(spec.v.items[i].text, &range, err) ||
		    id_map_add(&plan->arena, map, range, err))
			return -1;
	}
	open_ids(identity, ID_OPEN);
	identity->kind = IDENTITY_RAW;
	return 0;
}

/* The first id of the map: in "0:1000:1" the command is 0. */
static uint32_t first_inside(const struct id_map *map)
{
	return map->v.count ? map->v.items[0].inside : 0;
}

void settle_identity(struct plan *plan)
{
	struct identity *identity = &plan->identity;

	if (identity->uid == ID_OPEN)
		identity->uid = first_inside(&identity->uids);
	if (identity->gid == ID_OPEN)
		identity->gid = first_inside(&identity->gids);
}

TAKER(take_passwd)
{
	(void)row, (void)values, (void)origin, (void)err;
	plan->account = true;
	return 0;
}

TAKER(take_no_userns)
{
	(void)row, (void)values, (void)origin, (void)err;
	plan->no_userns = true;
	plan->unshare[NS_USER] = false;
	return 0;
}

static const char *next_capability(size_t i, const void *unused)
{
	(void)unused;
	return capability_words[i].word;
}

/* The bits that one word names, in either case, with or without "cap_". */
static int capability_bits(const char *word, uint64_t *ret, struct error *err)
{
	const char *bare = strncasecmp(word, "cap_", 4) == 0 ? word + 4 : word;

	if (strcasecmp(word, "all") == 0) {
		*ret = CAPABILITIES_ALL;
		return 0;
	}
	for (const struct keyword *row = capability_words; row->word; row++) {
		if (strcasecmp(row->word, bare) == 0) {
			*ret = UINT64_C(1) << row->value;
			return 0;
		}
	}
	(void)value_fail_nearest(err, bare, "a capability", next_capability, NULL,
				 "capabilities(7) lists them; or write all");
	return fail_at(err, CALL_NONE, word);
}

TAKER(take_capability)
{
	uint64_t bits = 0;
	struct spec spec;

	(void)origin;
	if (spec_split(&plan->arena, values[0], ',', &spec, err))
		return -1;
	for (size_t i = 0; i < spec.v.count; i++) {
		uint64_t more = 0;

		if (capability_bits(spec.v.items[i].text, &more, err))
			return -1;
		bits |= more;
	}
	/*
	 * The last word about a capability wins, so that "--cap-drop all --cap-add net_raw" leaves
	 * one.
	 */
	if (row->value) {
		plan->caps_add |= bits;
		plan->caps_drop &= ~bits;
	} else {
		plan->caps_drop |= bits;
		plan->caps_add &= ~bits;
	}
	return 0;
}
