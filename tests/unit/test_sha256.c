// SPDX-License-Identifier: MIT
/* SHA-256: the examples of the standard and its test vectors, and pieces of every size. */
#include "base/sha256.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static const char *hex_of(const void *bytes, size_t n, char hex[SHA256_HEX_SIZE])
{
	struct sha256 s;

	sha256_init(&s);
	sha256_add(&s, bytes, n);
	sha256_hex(&s, hex);
	return hex;
}

TEST(sha256, vectors_of_the_standard)
{
	static const struct {
		const char *message, *hex;
	} vectors[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
		{ "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
		  "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
		  "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1" },
	};
	char hex[SHA256_HEX_SIZE];

	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++)
		check_str(hex_of(vectors[i].message, strlen(vectors[i].message), hex),
			  vectors[i].hex);
}

TEST(sha256, a_million_letters)
{
	char hex[SHA256_HEX_SIZE], letters[1000];
	struct sha256 s;

	memset(letters, 'a', sizeof(letters));
	sha256_init(&s);
	for (int i = 0; i < 1000; i++)
		sha256_add(&s, letters, sizeof(letters));
	sha256_hex(&s, hex);
	check_str(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* Around the end of a block the padding takes one block or two. */
TEST(sha256, sizes_around_a_block)
{
	static const struct {
		size_t n;
		const char *hex;
	} sizes[] = {
		{ 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318" },
		{ 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a" },
		{ 63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34" },
		{ 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb" },
		{ 65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0" },
	};
	char hex[SHA256_HEX_SIZE], letters[65];

	memset(letters, 'a', sizeof(letters));
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		check_str(hex_of(letters, sizes[i].n, hex), sizes[i].hex);
}

TEST(sha256, pieces_do_not_matter)
{
	char whole[SHA256_HEX_SIZE], pieces[SHA256_HEX_SIZE], message[300];

	for (size_t i = 0; i < sizeof(message); i++)
		message[i] = (char)(i * 7);
	hex_of(message, sizeof(message), whole);
	for (size_t piece = 1; piece < 140; piece++) {
		struct sha256 s;

		sha256_init(&s);
		for (size_t at = 0; at < sizeof(message); at += piece)
			sha256_add(&s, message + at,
				   sizeof(message) - at < piece ? sizeof(message) - at : piece);
		sha256_hex(&s, pieces);
		check_str(pieces, whole);
	}
}
