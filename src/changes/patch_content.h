// SPDX-License-Identifier: MIT
/* The content of both sides of a change, and how it differs. */
#ifndef NACRE_CHANGES_PATCH_CONTENT_H
#define NACRE_CHANGES_PATCH_CONTENT_H

#include "base/sha256.h"
#include "base/text.h"
#include "changes/hunks.h"
#include "changes/patch.h"

struct content {
	bool there; /* the side is a file or a link */
	bool unreadable; /* a file that the caller may not read */
	int fd; /* of a file */
	uint64_t size;
	struct text text; /* the target of a link; of a file only where hunks are made of it */
	char sum[SHA256_HEX_SIZE]; /* of a file; "" until it is asked for */
};

enum difference_form {
	DIFFERENCE_TEXT, /* hunks say it; links too */
	DIFFERENCE_BINARY,
	DIFFERENCE_UNREADABLE,
};

struct difference {
	enum difference_form form;
	bool same; /* there is none */
	struct content old, now;
	struct hunks hunks;
};

void difference_release(struct difference *d);

/* Compares two sides, each absent or of the same type; objects without content are the same. *ret is released either way. */
int difference_read(const char *path, const struct patch_side *old, const struct patch_side *now,
		    const struct patch_options *options, struct difference *ret, struct error *err);

/* Fills c->sum. The file is read piece by piece. */
int content_sum(const char *path, struct content *c, struct error *err);

/* What every failure to read a side says; errno is the cause. Returns -1. */
int fail_read(const char *path, struct error *err);

#endif
