// SPDX-License-Identifier: MIT
/*
 * What somebody who looks at a list should see first: changes that run by themselves later. And what he should not have to
 * see: caches.
 */
#ifndef NACRE_CHANGES_MARK_H
#define NACRE_CHANGES_MARK_H

#include "changes/changes.h"

enum change_mark {
	MARK_NONE,
	MARK_SHELL,
	MARK_SESSION,
	MARK_AUTOSTART,
	MARK_CRON,
	MARK_SYSTEMD,
	MARK_SSH,
	MARK_GIT,
	MARK_EDITOR,
	MARK_SYSTEM,
	MARK_COMMAND,
	MARK_SETID,
	MARK_CAPABILITY,
	MARK_COUNT
};

/* "runs at every login"… and the stable word for programs ("shell"). */
const char *mark_sentence(enum change_mark mark);
const char *mark_word(enum change_mark mark);

/* Whose machine it is: for sections, caches and start files. Any of them may be NULL. */
struct mark_world {
	const char *cwd, *home; /* absolute and clean */
	const char *path; /* as $PATH */
	const char *cache; /* $XDG_CACHE_HOME, absolute */
};

/* Fills mark, section and the flags CHANGE_CACHE and CHANGE_ALERT of every change. */
void changes_mark(struct changes *c, const struct mark_world *world);

#endif
