// SPDX-License-Identifier: MIT
// The header is C++ as well.
#include <nacre.h>

int main()
{
	nacre_bind bind = {};
	nacre_commit_options options = {};

	bind.size = sizeof(bind);
	options.size = sizeof(options);
	options.force = true;
	nacre_error *error = nacre_error_new();
	bool refused = nacre_mount_bind(&bind, error) < 0;
	nacre_error_free(error);
	return refused && options.force ? 0 : 1;
}
