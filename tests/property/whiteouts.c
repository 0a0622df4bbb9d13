// SPDX-License-Identifier: MIT
/*
 * What an archive of a layer asks for besides being unpacked: ".wh.NAME" removes NAME, ".wh..wh..opq" all that is in its
 * directory, both of what was there before the layer. And the attributes of a directory are those of its entry: who unpacks
 * over one that is there adds some, but takes none away. Nor does tar replace a directory that is not empty by a file.
 *
 * LAYER is the archive, unpacked by itself. Afterwards it is unpacked over DIR without the whiteouts.
 */
#include "objects.h"
#include "property.h"

#include "base/cleanup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>

static const char prefix[] = ".wh.";
static const char opaque[] = ".wh..wh..opq";

static int remove_at(int dir_fd, const char *name)
{
	struct place gone = { .dir_fd = dir_fd };

	(void)snprintf(gone.name, sizeof(gone.name), "%s", name);
	return remove_object(&gone) ? 0 : complain("remove", name);
}

static int empty(int fd)
{
	struct place all = { .dir_fd = fd, .name = "." };

	(void)remove_object(&all); /* which cannot remove the directory itself */
	return 0;
}

static int strip_attributes(int fd)
{
	char names[4096];
	ssize_t length = flistxattr(fd, names, sizeof(names));

	for (ssize_t i = 0; i < length; i += (ssize_t)strlen(names + i) + 1)
		if (strncmp(names + i, "security.", 9) != 0 && fremovexattr(fd, names + i))
			return -1;
	return length < 0 && errno != EOPNOTSUPP ? -1 : 0;
}

static int apply(int take_layer_fd, int dir_fd);

static int apply_entry(int layer_fd, int dir_fd, const char *name)
{
	_cleanup_fd_ int layer = -EBADF, dir = -EBADF;

	if (strcmp(name, opaque) == 0)
		return empty(dir_fd);
	if (strncmp(name, prefix, strlen(prefix)) == 0)
		return remove_at(dir_fd, name + strlen(prefix));
	dir = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (dir < 0)
		return 0;
	layer = openat(layer_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return layer < 0 ? remove_at(dir_fd, name) : apply(TAKE_FD(layer), dir);
}

static int apply(int take_layer_fd, int dir_fd)
{
	_cleanup_dir_ DIR *dir = fdopendir(take_layer_fd);
	const struct dirent *entry;

	if (!dir || strip_attributes(dir_fd))
		return complain("strip", "a directory");
	while ((entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    apply_entry(dirfd(dir), dir_fd, entry->d_name))
			return 1;
	return 0;
}

int apply_whiteouts(const char *layer, const char *dir)
{
	int layer_fd = open(layer, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_cleanup_fd_ int dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (layer_fd < 0 || dir_fd < 0)
		return complain("open", layer_fd < 0 ? layer : dir);
	return apply(layer_fd, dir_fd);
}
