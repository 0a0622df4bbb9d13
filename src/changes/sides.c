// SPDX-License-Identifier: MIT
/* Opening both sides of a change. */
#include "changes/sides.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"

#include <fcntl.h>

struct sides sides_begin(const struct changes *c)
{
	return (struct sides){ .c = c, .dir = NO_CHANGE, .upper_fd = -EBADF };
}

void sides_release(struct sides *s)
{
	s->upper_fd = close_fd(s->upper_fd);
	lower_dir_release(&s->lowers);
}

static int enter(struct sides *s, uint32_t dir)
{
	const struct change_source *source = &s->c->sources.items[s->c->dirs[dir].source];
	_cleanup_text_ struct text path = { 0 };

	if (s->dir == dir)
		return 0;
	sides_release(s);
	s->dir = NO_CHANGE;
	if (s->c->dirs[dir].in_upper) {
		s->upper_fd = changes_open(s->c, dir, SIDE_UPPER);
		if (s->upper_fd < 0)
			return -1;
	}
	change_dir_relative(s->c, dir, &path);
	if (lower_open(source->lowers, text_str(&path), &s->lowers) < 0)
		return -1;
	s->dir = dir;
	return 0;
}

static int look_now(struct sides *s, const char *name, struct side_pair *ret)
{
	ret->now = (struct patch_side){ .dir_fd = s->upper_fd, .name = name };
	ret->has_now = true;
	return fstatat(s->upper_fd, name, &ret->now.st, AT_SYMLINK_NOFOLLOW);
}

static int look_old(struct sides *s, const char *name, struct side_pair *ret)
{
	struct lower_entry found;
	int answer = lower_lookup(&s->lowers, name, &found);

	if (answer == LOWER_NONE)
		errno = ENOENT;
	if (answer != 0)
		return -1;
	ret->old.st = found.st;
	ret->old.dir_fd = lower_dir_fd(&s->lowers, found.layer);
	ret->old.name = name;
	ret->has_old = true;
	return 0;
}

int sides_look(struct sides *s, const struct change *change, struct side_pair *ret,
	       struct error *err)
{
	const char *name = *change_name(s->c, change) ? change_name(s->c, change) : ".";

	*ret = (struct side_pair){ 0 };
	if (enter(s, change->dir) < 0 || (change->mode && look_now(s, name, ret) < 0) ||
	    (change->old_mode && look_old(s, name, ret) < 0)) {
		(void)fail_call(err, CALL_STATE, name);
		return fail_message(err, "cannot read the change of %s", Q(name));
	}
	/* The owner that a directory of the box was given for it to be written in. */
	if (ret->has_now && ret->has_old && (change->differs & DIFFERS_SEED)) {
		ret->now.st.st_uid = ret->old.st.st_uid;
		ret->now.st.st_gid = ret->old.st.st_gid;
	}
	return 0;
}
