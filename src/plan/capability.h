// SPDX-License-Identifier: MIT
/* Capabilities by name, as --cap-add takes them and a shown plan prints them: "net_admin" is bit 12. */
#ifndef NACRE_PLAN_CAPABILITY_H
#define NACRE_PLAN_CAPABILITY_H

#include "base/table.h"

#include <linux/capability.h>
#include <stdint.h>

/* The bits of all that these headers know. */
#define CAPABILITIES_ALL ((UINT64_C(2) << CAP_LAST_CAP) - 1)

/* value is the capability's number (capabilities(7)). Ends with a NULL word. */
extern const struct keyword capability_words[];

#endif
