// SPDX-License-Identifier: MIT
/*
 * Directories, links and files in the new root.
 *
 * Where the parent is a tmpfs of the plan they are made in it. Elsewhere a file is made on the stage and bound over its
 * place, so that neither the user's tree nor the changes of the box get it; a directory or link appears in the upper.
 */
#ifndef NACRE_ENTER_FILES_H
#define NACRE_ENTER_FILES_H

#include "enter/site.h"

int files_directory(struct site *site, size_t index, struct error *err);
int files_symlink(struct site *site, size_t index, struct error *err);
int files_file(struct site *site, size_t index, struct error *err);

/* Makes the file of `step` on the stage and mounts it over the place of step `index`. */
int files_cover(struct site *site, size_t index, const struct step *step, struct error *err);

#endif
