// SPDX-License-Identifier: MIT
/* What nacre-archive was asked to do: one verb of nacre, with the words that nacre was given for it. */
#ifndef NACRE_ARCHIVE_JOB_H
#define NACRE_ARCHIVE_JOB_H

#include "api/handles.h"

/* handle is the plan of the words. 0: done, and said so on stderr unless it shall be quiet; or -1 with *error. */
int job_import(struct nacre_plan *handle, struct nacre_error *error);
int job_export(struct nacre_plan *handle, struct nacre_error *error);

#endif
