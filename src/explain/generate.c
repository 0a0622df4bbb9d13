// SPDX-License-Identifier: MIT
/* Build-time program: prints nacre-errors(7) as scdoc, from the tables of explanations. */
#include "explain/explain.h"

#include <stdio.h>

int main(void)
{
	_cleanup_text_ struct text page = { 0 };

	explain_scdoc(&page);
	if (fwrite(page.data, 1, page.len, stdout) != page.len || fflush(stdout) != 0) {
		perror("generate");
		return 1;
	}
	return 0;
}
