// SPDX-License-Identifier: MIT
/* The fallback of mount.h by mount(2): "detached" is a name on the stage, and attaching is MS_MOVE. */
#ifndef NACRE_ENTER_MOUNT_OLD_H
#define NACRE_ENTER_MOUNT_OLD_H

#include "enter/mount.h"

int mount_old_fs(struct site *site, const char *type, const char *source,
		 const struct fs_option *options, size_t count, uint64_t attr, struct error *err);
int mount_old_tree(struct site *site, int dir_fd, const char *path, bool recursive,
		   struct error *err);
int mount_old_flags(struct site *site, int fd, const struct mount_flags *flags, struct error *err);
int mount_old_attach(int fd, int to_fd, const char *name, struct error *err);

/* One mount(2) with a ready option string on a fresh directory of the stage: also for overlays. */
int mount_old_data(struct site *site, const char *type, const char *source, const char *data,
		   unsigned long ms, struct error *err);

#endif
