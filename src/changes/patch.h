// SPDX-License-Identifier: MIT
/*
 * A change as patch text that git apply and patch -p1 both take.
 *
 * Files and links are told as git tells them: "diff --git", modes 100644, 100755 and 120000, hunks. Another type of object is a
 * deletion and a creation. What a patch cannot say stands before it in lines that both programs skip, all of one form:
 *
 *   # FACT OLD -> NEW  PATH
 *
 *   # binary 10 bytes sha256:HEX -> none  PATH     not text, by git's rule; "# file" for one that cannot be read or replaced
 *   # mode 0644 -> 0600  PATH                      beyond the executable bit
 *   # owner 1000:1000 -> 0:0  PATH
 *   # time 1970-01-01T00:00:00.000000000Z -> 2024-05-01T12:00:00.000000000Z  PATH     of what has the same content
 *   # attribute user.x "old" -> none  PATH         ACLs and capabilities too
 *   # directory none -> 0755  PATH                 likewise fifo, socket, and with their numbers
 *                                                  char-device and block-device; symlink, where a patch cannot put it
 *
 * patch(1) cannot put a file in the place of a directory, nor a directory in that of a file; git apply can.
 */
#ifndef NACRE_CHANGES_PATCH_H
#define NACRE_CHANGES_PATCH_H

#include "changes/patch_stat.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

struct error;
struct text;

/* An object before or after. */
struct patch_side {
	int dir_fd; /* of the directory it is in; the caller's */
	const char *name; /* one component */
	struct stat st; /* as lstat(2) gave it; facts are told from here, so what shall not be told is made equal here */
};

struct patch_options {
	bool colour; /* git's: bold, cyan, red, green */
	bool terminal; /* for eyes only: content that would act on a terminal is made visible */
	uint64_t text_max; /* what is longer counts as binary; 0: 512 MiB, as git's core.bigFileThreshold */
};

/*
 * Adds the change of one object to *out; a side that is NULL is absent, but not both. path is its name in the patch: relative,
 * any bytes. Directories are facts: those that their files make and remove are left out by the caller. Nothing is added when
 * nothing differs. -1 with *err; "diff-missing" when diff(1) is needed and not installed.
 */
int patch_object(const char *path, const struct patch_side *old, const struct patch_side *now,
		 const struct patch_options *options, struct text *out, struct error *err);

/* The same for an object that got another name and kept its content. */
int patch_rename(const char *from, const struct patch_side *old, const char *path,
		 const struct patch_side *now, const struct patch_options *options,
		 struct text *out, struct error *err);

/* Fills what --stat tells of the change; path is kept by reference. */
int patch_count(const char *path, const struct patch_side *old, const struct patch_side *now,
		const struct patch_options *options, struct patch_stat *ret, struct error *err);

/*
 * The name in a patch of an absolute, clean path: "home/me/x" for /home/me/x, or what follows dir, "" for dir itself. NULL when
 * it is not below dir. Points into path.
 */
const char *patch_label(const char *path, const char *dir);

#endif
