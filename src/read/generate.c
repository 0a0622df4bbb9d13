// SPDX-License-Identifier: MIT
/*
 * A program of the build: prints what is generated from the tables of verbs and options.
 *
 *   generate bash|zsh|fish     the completion script
 *   generate scdoc-VERB        the synopsis of the verb's page, as scdoc
 */
#include "read/help.h"
#include "read/verbs.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	void (*print)(const struct verb_row *verbs, struct text *out);
} scripts[] = {
	{ "bash", help_bash },
	{ "zsh", help_zsh },
	{ "fish", help_fish },
};

static const char scdoc_prefix[] = "scdoc-";

/* False when there is no such thing to print. */
static bool generate(const char *what, struct text *out)
{
	size_t prefix = strlen(scdoc_prefix);

	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++) {
		if (strcmp(scripts[i].name, what) == 0) {
			scripts[i].print(verb_rows, out);
			return true;
		}
	}
	if (strncmp(what, scdoc_prefix, prefix) != 0)
		return false;
	for (const struct verb_row *verb = verb_rows; verb->name; verb++) {
		if (strcmp(verb->name, what + prefix) == 0) {
			help_scdoc_synopsis(verb, out);
			return true;
		}
	}
	return false;
}

int main(int argc, char **argv)
{
	_cleanup_text_ struct text out = { 0 };

	if (argc != 2 || !generate(argv[1], &out)) {
		(void)fprintf(stderr, "usage: generate bash|zsh|fish|scdoc-VERB\n");
		return 2;
	}
	if (fwrite(out.data, 1, out.len, stdout) != out.len || fflush(stdout) != 0) {
		perror("generate");
		return 1;
	}
	return 0;
}
