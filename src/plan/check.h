// SPDX-License-Identifier: MIT
/*
 * Between the files of the check: what each of them uses to refuse, and what check_overlay.c does for
 * check.c. Everybody else wants step_check() (plan/step.h) and plan_check() (plan/plan.h).
 */
#ifndef NACRE_PLAN_CHECK_H
#define NACRE_PLAN_CHECK_H

#include "base/error.h"
#include "plan/plan.h"

enum { MAX_LAYERS = 500 }; /* OVL_MAX_STACK: lower directories of one overlay */

/* Shorter than Q(), so that a reason holds two of them. */
#define SHORT(path) quote_into((char[120]){ 0 }, 120, (path))

/* -1 and *err: "cannot ACTION PLACE", with format as the reason. */
__attribute__((format(printf, 4, 5))) int check_refuse(const struct step *step, struct error *err,
						       const char *name, const char *format, ...);

/* path is there, absolute and clean. what is "the source", "the upper directory"… */
int check_path(const struct step *step, const char *what, const char *path, struct error *err);

/* A path that is there twice among at most MAX_LAYERS, or NULL. */
const char *check_given_twice(const char *const *paths, size_t n);

/* One overlay alone. */
int check_overlay(const struct step *step, struct error *err);

/* One overlay, when it will be mounted in a user namespace. */
int check_overlay_userns(const struct step *step, struct error *err);

/* The directory that two overlays would both write in, or NULL. */
const char *check_overlay_shared(const struct step *a, const struct step *b);

#endif
