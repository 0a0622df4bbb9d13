// SPDX-License-Identifier: MIT
/* A command line shown again with the guilty word underlined. */
#ifndef NACRE_READ_UNDERLINE_H
#define NACRE_READ_UNDERLINE_H

struct error;

struct command_line {
	const char *verb; /* or NULL: a line of a profile */
	int argc; /* words after the verb */
	char *const *argv;
	const char *program; /* that nacre stands in for, or NULL */
};

/*
 * Adds two facts: the line, quoted for terminals, and below it the mark of words first to last.
 * When err->object is found in one of them as it stands, only that part is marked. A long line is
 * cut on both sides of the mark.
 */
void underline(const struct command_line *line, int first, int last, struct error *err);

#endif
