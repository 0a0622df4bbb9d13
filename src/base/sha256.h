// SPDX-License-Identifier: MIT
/* SHA-256 (FIPS 180-4), piece by piece: content is named by it where it is too large or too strange to be shown. */
#ifndef NACRE_BASE_SHA256_H
#define NACRE_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

struct sha256 {
	uint32_t state[8];
	uint64_t size; /* bytes added so far */
	unsigned char block[64]; /* size % 64 of them wait here */
};

enum { SHA256_HEX_SIZE = 65 }; /* 64 digits and a NUL */

void sha256_init(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *bytes, size_t n);

/* Ends the sum: the state is used up. */
void sha256_hex(struct sha256 *s, char ret_hex[SHA256_HEX_SIZE]);

#endif
