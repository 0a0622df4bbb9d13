// SPDX-License-Identifier: MIT
/*
 * What a program does to one object, as the base is made of it and the operations are: by a directory's descriptor and a
 * single name, so that no link is ever followed.
 *
 * Each returns whether the kernel did it. Who makes the base needs it done; an operation may be refused.
 */
#ifndef NACRE_TESTS_PROPERTY_OBJECTS_H
#define NACRE_TESTS_PROPERTY_OBJECTS_H

#include "random.h"

/* Where an object is, or may be. */
struct place {
	int dir_fd;
	char name[NAME_MAX + 1];
};

/* Of a path below the working directory; never through a link. Closed by place_close(). */
bool place_open(const char *path, struct place *ret);
void place_close(struct place *p);

/* An open file: some bytes where it stands; some with holes before, between and after; a hole of its own. */
bool write_some(int fd, struct random *r);
bool write_sparse(int fd, struct random *r);
bool punch_hole(int fd, struct random *r);

/* An object of that type (S_IFREG with some content) under a name that is free. */
bool make_object(const struct place *p, mode_t type, struct random *r);

/* Metadata. Modes, ACLs and attributes are those of files and directories, owners and times anybody's. */
bool change_mode(const struct place *p, struct random *r);
bool change_owner(const struct place *p, struct random *r); /* to one that the caller may give */
bool change_times(const struct place *p, struct random *r);
bool set_attribute(const struct place *p, struct random *r);
bool set_overlay_attribute(const struct place *p,
			   struct random *r); /* overlayfs's own kind of name: in a box, of a file */
bool remove_attribute(const struct place *p, struct random *r);
bool set_acl(const struct place *p, struct random *r); /* skipped where the file system has none */
bool remove_acl(const struct place *p, struct random *r);

/* Removes what is there with all below it, as far as it may. */
bool remove_object(const struct place *p);

#endif
