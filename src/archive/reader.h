// SPDX-License-Identifier: MIT
/* An archive that is read: tar of any flavour, under any compression that needs no program of its own. */
#ifndef NACRE_ARCHIVE_READER_H
#define NACRE_ARCHIVE_READER_H

struct archive;
struct archive_entry;
struct error;

struct reader {
	struct archive *archive;
	const char *name; /* of what is read, for messages: a path, or "standard input" */
	const char *into; /* where its content goes, for messages; or NULL */
};

/* Begins to read at the offset of fd, which stays the caller's. -1 with *err. */
int reader_open(struct reader *ret, int fd, const char *name, const char *into, struct error *err);
void reader_release(struct reader *r);

#define _cleanup_reader_ __attribute__((cleanup(reader_release)))

/* The next entry, the archive's until the next call; READER_END; or -1: "archive-damaged". */
enum { READER_END = 1 };
int reader_next(struct reader *r, struct archive_entry **ret, struct error *err);

/* Writes the content of the entry into an empty file, its holes as holes. -1 with *err. */
int reader_data(struct reader *r, struct archive_entry *entry, int fd, struct error *err);

/*
 * "cannot import NAME: REASON", the name of the explanation, and the entry it is about as a fact (or NULL). Returns -1, like
 * all of these.
 */
int reader_refuse(const struct reader *r, struct error *err, const char *explanation,
		  const char *entry, const char *reason);

/* The same for a call that failed: the reason is errno's. */
int reader_fail(const struct reader *r, struct error *err, const char *entry);

#endif
