// SPDX-License-Identifier: MIT
/*
 * What an archive of a layer asks for besides being unpacked (OCI's image specification, layer.md): ".wh.NAME" removes NAME,
 * ".wh..wh..opq" all that is in its directory, both of what was there before the layer. A file replaces a directory, which tar
 * does only to an empty one. And the attributes of a directory are those of its entry: tar would add to those that are there.
 *
 * The names come from `tar --list --quoting-style=escape`, as a whiteout may be longer than a file's name can be. Afterwards the
 * archive is unpacked over the tree without the whiteouts.
 */
#include "objects.h"
#include "property.h"

#include "base/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>

static const char prefix[] = ".wh.";
static const char opaque[] = ".wh..wh..opq";

/* In place: "\n" and its like, "\123", and any other byte behind a backslash. */
static void unescape(char *name)
{
	static const char letters[] = "abfnrtv", bytes[] = "\a\b\f\n\r\t\v";
	char *to = name;

	for (; *name; name++) {
		const char *letter;

		if (*name != '\\') {
			*to++ = *name;
		} else if (*++name >= '0' && *name <= '7') {
			*to++ = (char)((name[0] - '0') * 64 + (name[1] - '0') * 8 + name[2] - '0');
			name += 2;
		} else {
			letter = strchr(letters, *name);
			*to++ = letter ? bytes[letter - letters] : *name;
		}
	}
	*to = '\0';
}

/* All but the labels, which the machine gives. */
static bool is_of_archives(const char *attribute)
{
	return strncmp(attribute, "security.", 9) != 0 ||
	       strcmp(attribute, "security.capability") == 0;
}

static int strip_attributes(const struct place *dir)
{
	_cleanup_fd_ int fd = openat(dir->dir_fd, dir->name,
				     O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	char names[4096];
	ssize_t length = flistxattr(fd, names, sizeof(names));

	for (ssize_t i = 0; i < length; i += (ssize_t)strlen(names + i) + 1)
		if (is_of_archives(names + i) && fremovexattr(fd, names + i))
			return complain("strip", dir->name);
	return 0;
}

static int remove_there(const struct place *p)
{
	struct stat st;

	if (fstatat(p->dir_fd, p->name, &st, AT_SYMLINK_NOFOLLOW))
		return 0; /* a layer may say so of what is not there */
	return remove_object(p) ? 0 : complain("remove", p->name);
}

/* A whiteout, a directory or anything else, of which the directory is there. */
static int apply(struct place *p, const char *name, bool directory)
{
	struct stat st;

	if (strcmp(name, opaque) == 0) {
		strcpy(p->name, ".");
		(void)remove_object(p); /* all but the directory itself */
		return 0;
	}
	if (strncmp(name, prefix, strlen(prefix)) == 0) {
		(void)snprintf(p->name, sizeof(p->name), "%s", name + strlen(prefix));
		return remove_there(p);
	}
	if (fstatat(p->dir_fd, p->name, &st, AT_SYMLINK_NOFOLLOW) || !S_ISDIR(st.st_mode))
		return 0;
	return directory ? strip_attributes(p) : remove_there(p);
}

static int apply_path(char *path)
{
	size_t length = strlen(path);
	bool directory = length > 0 && path[length - 1] == '/';
	const char *slash;
	struct place p;
	int status;

	if (directory)
		path[length - 1] = '\0';
	if (!place_open(path, &p))
		return 0; /* below what is new */
	slash = strrchr(path, '/');
	status = apply(&p, slash ? slash + 1 : path, directory);
	place_close(&p);
	return status;
}

int apply_whiteouts(void)
{
	_cleanup_free_ char *line = NULL;
	size_t size = 0;
	ssize_t n;

	while ((n = getline(&line, &size, stdin)) > 0) {
		line[n - 1] = '\0';
		unescape(line);
		if (apply_path(line))
			return 1;
	}
	return 0;
}
