// SPDX-License-Identifier: MIT
/* SHA-256 as FIPS 180-4 section 6.2 describes it; names are those of the standard. */
#include "base/sha256.h"

#include <endian.h>
#include <string.h>

enum {
	BLOCK_SIZE = 64,
	LENGTH_AT = BLOCK_SIZE - 8, /* in the last block: the size of the message in bits */
};

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t k[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};

void sha256_init(struct sha256 *s)
{
	/* The same of the square roots of the first 8 primes. */
	static const uint32_t initial[8] = {
		0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
		0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
	};

	*s = (struct sha256){ 0 };
	memcpy(s->state, initial, sizeof(initial));
}

static uint32_t rotate(uint32_t x, int n)
{
	return x >> n | x << (32 - n);
}

/* The message schedule: 16 words of the block, and 48 made of them. */
static void expand(uint32_t w[64], const unsigned char *block)
{
	for (int t = 0; t < 16; t++, block += sizeof(w[0])) {
		uint32_t word;

		memcpy(&word, block, sizeof(word));
		w[t] = be32toh(word);
	}
	for (int t = 16; t < 64; t++) {
		uint32_t x = w[t - 15], y = w[t - 2];
		uint32_t sigma0 = rotate(x, 7) ^ rotate(x, 18) ^ x >> 3;
		uint32_t sigma1 = rotate(y, 17) ^ rotate(y, 19) ^ y >> 10;

		w[t] = sigma1 + w[t - 7] + sigma0 + w[t - 16];
	}
}

static void add_block(uint32_t state[8], const unsigned char *block)
{
	uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
	uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
	uint32_t w[64];

	expand(w, block);
	for (int t = 0; t < 64; t++) {
		uint32_t sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
		uint32_t sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
		uint32_t choice = (e & f) ^ (~e & g);
		uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
		uint32_t t1 = h + sum1 + choice + k[t] + w[t];

		h = g;
		g = f;
		f = e;
		e = d + t1;
		d = c;
		c = b;
		b = a;
		a = t1 + sum0 + majority;
	}
	state[0] += a;
	state[1] += b;
	state[2] += c;
	state[3] += d;
	state[4] += e;
	state[5] += f;
	state[6] += g;
	state[7] += h;
}

void sha256_add(struct sha256 *s, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;
	size_t waiting = s->size % BLOCK_SIZE;

	s->size += n;
	if (waiting && n >= BLOCK_SIZE - waiting) {
		memcpy(s->block + waiting, p, BLOCK_SIZE - waiting);
		add_block(s->state, s->block);
		p += BLOCK_SIZE - waiting;
		n -= BLOCK_SIZE - waiting;
		waiting = 0;
	}
	for (; n >= BLOCK_SIZE; p += BLOCK_SIZE, n -= BLOCK_SIZE)
		add_block(s->state, p);
	/* memcpy() from NULL is undefined even for no bytes. */
	if (n)
		memcpy(s->block + waiting, p, n);
}

void sha256_hex(struct sha256 *s, char ret_hex[SHA256_HEX_SIZE])
{
	static const unsigned char padding[BLOCK_SIZE] = { 0x80 };
	static const char digits[] = "0123456789abcdef";
	uint64_t bits = htobe64(s->size * 8);
	size_t waiting = s->size % BLOCK_SIZE;
	char *p = ret_hex;

	sha256_add(s, padding, (waiting < LENGTH_AT ? 0 : BLOCK_SIZE) + LENGTH_AT - waiting);
	sha256_add(s, &bits, sizeof(bits));
	for (int i = 0; i < 8; i++)
		for (int shift = 28; shift >= 0; shift -= 4)
			*p++ = digits[s->state[i] >> shift & 0xf];
	*p = '\0';
}
