// SPDX-License-Identifier: MIT
/*
 * Which changes the user means. A word is a path, relative to the working directory, "~/" being the home, or a pattern. In one
 * "*", "?" and "[" match as in git's pathspecs, slashes too: "*.py" means every such file below here. A directory stands for
 * everything in it.
 */
#ifndef NACRE_CHANGES_SELECT_H
#define NACRE_CHANGES_SELECT_H

#include "changes/changes.h"

/*
 * Sets CHANGE_PICKED on what the words mean, or on everything when there is none; on a whole directory only when all of it is
 * meant. Returns 0, or -1 with an error ("change-unknown") that names the first word that means nothing.
 */
int changes_pick(struct changes *c, const char *const *words, const char *cwd, const char *home,
		 struct error *err);

/* Sets below[i] of each directory of the list in which, however deep, something is not picked; `below` is zeroed. */
void changes_find_unpicked(const struct changes *c, bool *below);

#endif
