// SPDX-License-Identifier: MIT
/* Random numbers by splitmix64, which is tiny and has no bad seed, and what is made of them. */
#include "random.h"

#include "base/cleanup.h"

#include <string.h>

struct random random_from(uint64_t seed, uint64_t stream)
{
	struct random r = { .state = seed * 0x2545f4914f6cdd1d + stream };

	(void)random_next(&r);
	return r;
}

uint64_t random_next(struct random *r)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

unsigned int random_below(struct random *r, unsigned int n)
{
	return (unsigned int)(random_next(r) % n);
}

bool random_chance(struct random *r, unsigned int percent)
{
	return random_below(r, 100) < percent;
}

/* What has broken one program or another. */
static const char *const hostile_names[] = {
	" ",	    " a",	 "a ",	   "-",	       "-rf",	  "...",   "..x",      ".x",
	"*",	    "?",	 "[a]",	   "~",	       "#",	  "$HOME", "%",	       "%2F",
	"\"",	    "'",	 "a'b\"c", "\\",       "a\\nb",	  "\n",	   "a\nb",     "\t",
	"\r",	    "\001",	 "\177",   "\033[31m", "a:b,c=d", "{a,b}", "\377\376", "\303",
	"\303\251", "a\303\251", "root",   "upper",    "a => b",
};

void random_name(struct random *r, char ret[NAME_MAX + 1])
{
	unsigned int kind = random_below(r, 100), length;

	if (kind < 60) {
		length = 1 + random_below(r, 6);
		for (unsigned int i = 0; i < length; i++)
			ret[i] = (char)('a' + random_below(r, 26));
	} else if (kind < 80) {
		const char *name = hostile_names[random_below(r, ARRAY_LEN(hostile_names))];

		length = (unsigned int)strlen(name);
		memcpy(ret, name, length);
	} else {
		length = kind < 97 ? 1 + random_below(r, 20) : NAME_MAX;
		for (unsigned int i = 0; i < length; i++) {
			do {
				ret[i] = (char)(1 + random_below(r, 255));
			} while (ret[i] == '/');
		}
		if (ret[0] == '.')
			ret[0] = '_'; /* no ".", no "..", and no whiteout of an archive */
	}
	ret[length] = '\0';
}

struct timespec random_time(struct random *r)
{
	return (struct timespec){
		.tv_sec = 500000000 + random_below(r, 1200000000),
		.tv_nsec = random_chance(r, 10) ? 0 : random_below(r, 1000000000),
	};
}

mode_t random_mode(struct random *r, bool directory)
{
	static const mode_t of_files[] = {
		0644, 0644, 0644, 0600,	 0664,	0755,  0700,  0444, 0400,
		0200, 0,    0,	  04755, 02755, 06711, 01644, 0777, 0666
	};
	static const mode_t of_directories[] = {
		0755, 0755, 0755, 0755,	 0700,	0775,  0777,  0555,
		0500, 0300, 0,	  02755, 02775, 01777, 03777, 0711
	};

	if (directory)
		return of_directories[random_below(r, ARRAY_LEN(of_directories))];
	return of_files[random_below(r, ARRAY_LEN(of_files))];
}

size_t random_length(struct random *r)
{
	unsigned int kind = random_below(r, 100);

	if (kind < 10)
		return 0;
	if (kind < 70)
		return 1 + random_below(r, 60);
	if (kind < 80)
		return 4095 + random_below(r, 3);
	return 1 + random_below(r, 20000);
}

void random_bytes(struct random *r, void *ret, size_t n)
{
	unsigned char *bytes = ret;
	bool text = random_chance(r, 50);

	for (size_t i = 0; i < n; i++) {
		unsigned int byte = random_below(r, 256);

		bytes[i] = (unsigned char)(text ? (byte % 16 ? 'a' + byte % 26 : '\n') : byte);
	}
}
