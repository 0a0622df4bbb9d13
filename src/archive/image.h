// SPDX-License-Identifier: MIT
/*
 * An OCI image layout (image-spec, image-layout.md): index.json names manifests, a manifest names layers, each is a file
 * blobs/ALGORITHM/HEX. What it says is hostile: names are checked, and files opened below the layout and never through a link.
 */
#ifndef NACRE_ARCHIVE_IMAGE_H
#define NACRE_ARCHIVE_IMAGE_H

#include "base/arena.h"

#include <stdbool.h>

struct error;

struct image {
	int fd; /* of the layout; its opener's */
	const char *name; /* of it, for messages */
	VECTOR(const char *) layers; /* "blobs/sha256/HEX", the lowest first */
};

/* The directory has the file that marks a layout. */
bool image_is_there(int dir_fd);

/*
 * Reads which layers make the image for this machine. -1 with *err: "image-unknown" for one that is malformed, is for other
 * machines, or is several.
 */
int image_read(struct arena *arena, struct image *image, struct error *err);

/* Opens a layer, whose content is what its name says. -1 with *err: "image-unknown" when it is not, or is missing. */
int image_open_layer(const struct image *image, size_t layer, struct error *err);

#endif
