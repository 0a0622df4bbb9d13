// SPDX-License-Identifier: MIT
/* What can be wrong with the changes of a box. Named at the origin; none matches alone. */
#include "explain/rows.h"

const struct explanation change_rows[] = {
	{
		.name = "change-unknown",
		.title = "no change matches",
		.fix = "nacre status lists them",
		.text = "A word behind the name of the box is a path of a change, of a directory\n"
			"above some, or a pattern. It is relative to the working directory. In a\n"
			"pattern * and ? match slashes too; quote it, or the shell replaces it by\n"
			"what is there outside of the box.",
	},
	{ 0 },
};
