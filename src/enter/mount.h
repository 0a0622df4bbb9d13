// SPDX-License-Identifier: MIT
/*
 * The one door to the kernel's mount calls: everything is made detached, adjusted, then attached.
 *
 *                     descriptors (Linux 5.2, 5.12)              fallback, mount(2)
 *   mount_fs()        fsopen, fsconfig…, fsmount                  mount on a name of the stage
 *   mount_tree()      open_tree(CLONE)                            MS_BIND on a name of the stage
 *   mount_flags()     mount_setattr                               remount each mount below, by id from mountinfo
 *   mount_attach()    move_mount                                  MS_MOVE
 *
 * The fallback serves seccomp filters and emulators that answer ENOSYS or EPERM to the newer calls; it is chosen once
 * (site.old_api) and tested by refusing those calls. All return a descriptor or 0, or -1 with *err holding call,
 * errno and object but no message (fail_call()).
 */
#ifndef NACRE_ENTER_MOUNT_H
#define NACRE_ENTER_MOUNT_H

#include "enter/site.h"

struct fs_option {
	const char *key;
	const char *value; /* NULL: a flag */
};

/* A new file system instance. attr: MOUNT_ATTR_*. source may be NULL. */
int mount_fs(struct site *site, const char *type, const char *source,
	     const struct fs_option *options, size_t count, uint64_t attr, struct error *err);

/* A copy of what lies at path (relative to dir_fd; "" with a descriptor of the thing itself). */
/* Changes options of the file system that is mounted at path. */
int mount_reconfigure(const char *path, const char *const *options, struct error *err);

int mount_tree(struct site *site, int dir_fd, const char *path, bool recursive, struct error *err);

/* Sets and clears attributes, then propagation (0: left alone). */
int mount_flags(struct site *site, int fd, const struct mount_flags *flags, struct error *err);

/* Attaches a detached mount at name in to_fd ("" = at to_fd itself). A final link is not followed. */
int mount_attach(struct site *site, int fd, int to_fd, const char *name, struct error *err);

/* Moves an attached mount. */
int mount_move(struct site *site, int from_fd, int to_fd, struct error *err);

/*
 * To be asked with errno of one of the newer calls: true when the first of them was refused as a whole, so that mount(2) is to
 * be used from now on. ENOSYS comes from an old kernel or an emulator, EPERM or ENOSYS from a seccomp filter; a real EPERM
 * comes again from mount(2), and is reported from there.
 */
bool mount_falls_back(struct site *site);

/* An option of a file-system context (fsopen(2), fspick(2)): "KEY" or "KEY=VALUE". -1 with *err. */
int mount_option(int fs_fd, const char *option, struct error *err);

/* The file system of a context, detached. -1 with *err. */
int mount_create(int fs_fd, const char *type, uint64_t attr, struct error *err);

/* The kernel's words left in a file-system context, into err->kernel. */
void mount_read_log(int fs_fd, struct error *err);

/* MOUNT_ATTR_* as MS_*. */
unsigned long mount_attr_to_ms(uint64_t attr);

/* A file of ours that holds a path through a descriptor, for calls that take only paths: "/proc/self/fd/7". */
#define FD_PATH(fd) fd_path((char[40]){ 0 }, (fd))
const char *fd_path(char buf[static 40], int fd);

#endif
