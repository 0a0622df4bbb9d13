// SPDX-License-Identifier: MIT
/* Layers that are given by name: -l debian. */
#ifndef NACRE_RUN_LAYERS_H
#define NACRE_RUN_LAYERS_H

#include "plan/plan.h"

struct box;
struct error;

/*
 * Turns the bare words among plan->layers into paths: a directory of that name in the caller's, else the saved layer, which
 * the box then holds until it is closed. What is here and no directory stays, for the engine to refuse. -1 with *err for what
 * is neither ("layer-unknown").
 */
int layers_settle(struct plan *plan, struct box *box, struct error *err);

#endif
