// SPDX-License-Identifier: MIT
/*
 * The keys to X servers in ~/.Xauthority, as bytes: no system call.
 *
 * An entry is a number of two bytes, the family, and four strings, each behind its length of two bytes: address, number of the
 * display, name of the method, key; all numbers with the high byte first (Xau(3), XauReadAuth). A client takes the
 * entries of its own host name, or of family 65535, which is any (XauGetBestAuthByAddr).
 */
#ifndef NACRE_ENTER_XAUTHORITY_H
#define NACRE_ENTER_XAUTHORITY_H

#include <stdbool.h>
#include <stddef.h>

struct text;

struct xauthority_wanted {
	const char *number; /* of the display */
	const char *host; /* the name of this host */
	bool remote; /* the server is another host */
};

/*
 * Appends the entries that a client would use for that display. Those for this host lose its name, so that they hold in a box
 * with another one; those for other hosts stay as they are. What follows an entry that is cut short is not read, as in libXau. Returns
 * how many there are.
 */
size_t xauthority_filter(const void *bytes, size_t len, const struct xauthority_wanted *wanted,
			 struct text *out);

#endif
