// SPDX-License-Identifier: MIT
/*
 * tar [TYPE NAME WHAT]…: writes a tar (ustar) to standard output, header by header, as no tool would let one:
 * so a test shows what becomes of an archive that was made to do harm. TYPE is one letter:
 *
 *   f  a file with the content WHAT          d  a directory of the mode WHAT
 *   l  a link to WHAT                        h  a hard link to the entry WHAT
 *   c  a character device MAJOR:MINOR        b  a block device, the same
 *   p  a fifo of the mode WHAT               x  nothing by itself: the attribute NAME=WHAT (pax) of the next entry
 *   s  a file with the content "s", of the mode WHAT
 *
 * A name that has no room in the header gets an attribute "path" by itself.
 */
#include "base/cleanup.h"
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 512 };

/* POSIX.1-1988, "ustar interchange format". */
struct header {
	char name[100];
	char mode[8], uid[8], gid[8];
	char size[12], mtime[12];
	char checksum[8];
	char type;
	char link[100];
	char magic[6], version[2];
	char user[32], group[32];
	char major[8], minor[8];
	char prefix[155];
	char unused[12];
};
_Static_assert(sizeof(struct header) == BLOCK, "a header is one block");

static void put(const void *bytes, size_t n)
{
	static const char zeros[BLOCK];

	if (fwrite(bytes, 1, n, stdout) != n || fwrite(zeros, 1, -n % BLOCK, stdout) != -n % BLOCK)
		exit(1);
}

static void octal(char *field, size_t size, uint64_t value)
{
	field[--size] = '\0';
	for (; size; value >>= 3)
		field[--size] = (char)('0' + (value & 7));
}

/* A header, and its content behind it. What has no room in the header is cut. */
static void put_entry(struct header *h, const char *name, const char *content)
{
	unsigned sum = 0;

	memcpy(h->name, name, strnlen(name, sizeof(h->name)));
	octal(h->uid, sizeof(h->uid), 0);
	octal(h->gid, sizeof(h->gid), 0);
	octal(h->size, sizeof(h->size), strlen(content));
	octal(h->mtime, sizeof(h->mtime), 1000000000);
	memcpy(h->magic, "ustar", sizeof(h->magic));
	memcpy(h->version, "00", sizeof(h->version));
	memset(h->checksum, ' ', sizeof(h->checksum));
	for (size_t i = 0; i < sizeof(*h); i++)
		sum += ((const unsigned char *)h)[i];
	octal(h->checksum, sizeof(h->checksum) - 1, sum);
	put(h, sizeof(*h));
	put(content, strlen(content));
}

/* Records "LENGTH KEY=VALUE\n", where the length counts itself. */
static void add_record(struct text *records, const char *key, const char *value)
{
	size_t rest = strlen(key) + strlen(value) + 3, length = rest + 1;

	while ((size_t)snprintf(NULL, 0, "%zu", length) + rest != length)
		length++;
	text_printf(records, "%zu %s=%s\n", length, key, value);
}

static void put_records(struct text *records)
{
	struct header h = { .type = 'x' };

	if (!records->len)
		return;
	octal(h.mode, sizeof(h.mode), 0644);
	put_entry(&h, "attributes", text_str(records));
	text_clear(records);
}

static void put_typed(char letter, const char *name, const char *what, struct text *records)
{
	static const struct {
		char letter, type;
	} types[] = { { 'f', '0' }, { 's', '0' }, { 'd', '5' }, { 'l', '2' },
		      { 'h', '1' }, { 'c', '3' }, { 'b', '4' }, { 'p', '6' } };
	struct header h = { 0 };
	unsigned mode = strchr("dps", letter) ? (unsigned)strtoul(what, NULL, 8) : 0644;
	const char *colon = strchr(what, ':');

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (types[i].letter == letter)
			h.type = types[i].type;
	if (!h.type)
		exit(2);
	octal(h.mode, sizeof(h.mode), mode);
	if (letter == 'l' || letter == 'h')
		memcpy(h.link, what, strnlen(what, sizeof(h.link)));
	if (colon && (letter == 'c' || letter == 'b')) {
		octal(h.major, sizeof(h.major), strtoul(what, NULL, 10));
		octal(h.minor, sizeof(h.minor), strtoul(colon + 1, NULL, 10));
	}
	if (strlen(name) > sizeof(h.name))
		add_record(records, "path", name);
	put_records(records);
	put_entry(&h, name, letter == 'f' ? what : letter == 's' ? "s" : "");
}

int main(int argc, char **argv)
{
	static const char end[2 * BLOCK];
	_cleanup_text_ struct text records = { 0 };

	if (argc % 3 != 1)
		return 2;
	for (int i = 1; i < argc; i += 3)
		if (argv[i][0] == 'x')
			add_record(&records, argv[i + 1], argv[i + 2]);
		else
			put_typed(argv[i][0], argv[i + 1], argv[i + 2], &records);
	put(end, sizeof(end));
	return fflush(stdout) == 0 ? 0 : 1;
}
