/* SPDX-License-Identifier: MIT */
/*
 * In a mount namespace of its own: a directory seen read-only at another place, an overlay over both, and what the mount table says then.
 *
 *	unshare --map-root-user --mount mounts SOURCE TARGET UPPER WORK
 */
#include <nacre.h>

#include <stdio.h>
#include <stdlib.h>

static int fail(struct nacre_error *error)
{
	char *text = nacre_error_text(error, NULL, false);

	(void)fputs(text, stderr);
	free(text);
	nacre_error_free(error);
	return 1;
}

int main(int argc, char **argv)
{
	struct nacre_error *error = nacre_error_new();
	struct nacre_bind bind = { sizeof(bind), argv[1], argv[2], NACRE_RDONLY | NACRE_NOSUID,
				   false };
	const char *lowers[] = { argv[2], NULL };
	struct nacre_overlay overlay = {
		sizeof(overlay), lowers, argv[3], argv[4], argv[2], 0, NULL, false, false
	};
	struct nacre_mounts *mounts;

	if (argc != 5) {
		(void)fputs("usage: mounts SOURCE TARGET UPPER WORK\n", stderr);
		return 2;
	}
	if (nacre_mount_bind(&bind, error) < 0 || nacre_mount_overlay(&overlay, error) < 0)
		return fail(error);
	mounts = nacre_mounts_read(error);
	if (!mounts)
		return fail(error);
	for (size_t i = 0; i < nacre_mounts_count(mounts); i++) {
		struct nacre_mount mount = { .size = sizeof(mount) };

		nacre_mounts_get(mounts, i, &mount);
		if ((long)i == nacre_mounts_find(mounts, argv[2]))
			(void)printf("%s is on %s\n", mount.type, mount.point);
	}
	nacre_mounts_free(mounts);
	nacre_error_free(error);
	return 0;
}
