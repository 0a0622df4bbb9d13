// SPDX-License-Identifier: MIT
/* What a patch cannot say, as its comment lines (patch.h has their form). */
#ifndef NACRE_CHANGES_PATCH_FACTS_H
#define NACRE_CHANGES_PATCH_FACTS_H

#include "changes/patch_content.h"

/* One change while it is told. */
struct patch_change {
	const char *from, *path; /* the same but for a rename */
	const struct patch_side *old, *now; /* NULL: absent; else of the same type */
	const struct patch_options *options;
	struct difference difference;
	bool blocked; /* what is in the place cannot be removed by a patch, so nothing can be put there */
	struct text *out;
};

/* True when the patch has a part for the change that programs act on. */
bool patch_is_applied(const struct patch_change *p);

/* The mode that git knows for an object with this one: 100644, 100755 or 120000. */
unsigned patch_git_mode(mode_t mode);

/* Lines begin and end with these, so that they can have a colour. */
enum patch_colour { PATCH_PLAIN, PATCH_META, PATCH_HUNK, PATCH_OLD, PATCH_NEW };
void patch_open_line(const struct patch_change *p, enum patch_colour colour);
void patch_close_line(const struct patch_change *p, enum patch_colour colour);

int patch_add_facts(struct patch_change *p, struct error *err);

/* The facts about attributes: patch_attributes.c. */
int patch_add_attributes(const struct patch_change *p, struct error *err);

/* A fact whose values are text; NULL for none. */
void patch_add_fact(const struct patch_change *p, const char *fact, const char *old,
		    const char *now);

#endif
