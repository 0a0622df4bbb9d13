// SPDX-License-Identifier: MIT
/*
 * Copies that lose nothing: trees, the bytes of a file, metadata.
 *
 * Everything is done by descriptor and single names: a symbolic link is copied, never followed,
 * also when it takes the place of something else while the copy runs. What the system lets only its
 * administrator give away (an owner, a label) is left out where it is refused, and with it the
 * setuid and setgid bits that would mean somebody else. An error has the call CALL_COPY and no
 * message.
 */
#ifndef NACRE_BASE_COPY_H
#define NACRE_BASE_COPY_H

#include <sys/stat.h>

struct error;

/*
 * Copies what is in directory from_fd into the empty directory to_fd, other mounts included: files,
 * directories, links, fifos, sockets, devices, with all metadata; hard links among them stay hard
 * links. The two directories themselves keep theirs. The error's object is the path from the top,
 * "" for the top. A copy that failed is left where it is.
 */
int copy_tree(int from_fd, int to_fd, struct error *err);

/*
 * Copies the content of a regular file into an empty one: shared where the file system can, holes
 * kept. Moves offsets.
 */
int copy_data(int from_fd, int to_fd, struct error *err);

/*
 * Gives to_fd the owner, extended attributes, mode and times of from_fd, whose status st is. Both
 * are directories or regular files, open for reading or writing; to_fd is new, as what it has and
 * from_fd lacks is not looked for, but for ACLs that it inherited. The attributes of overlayfs
 * itself are not copied.
 */
int copy_metadata(int from_fd, int to_fd, const struct stat *st, struct error *err);

/*
 * The same for a symbolic link, fifo, socket or device, which cannot be opened. Names are single
 * components.
 */
int copy_metadata_at(int from_dir_fd, const char *from_name, int to_dir_fd, const char *to_name,
		     const struct stat *st, struct error *err);

#endif
