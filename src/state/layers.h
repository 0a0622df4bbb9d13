// SPDX-License-Identifier: MIT
/*
 * The shelf of saved layers: $XDG_DATA_HOME/nacre/layers (docs/layer-format.md).
 *
 *   NAME              a layer; who uses it holds a shared lock on it (flock(2))
 *   NAME.layer        its description, versioned text
 *   .new-XXXXXXXX     a tree in the making (state/stage.h)
 *
 * Names, descriptions and locks are known here; what is in a layer is the business of those who fill it.
 */
#ifndef NACRE_STATE_LAYERS_H
#define NACRE_STATE_LAYERS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct error;
struct text;

struct saved_layer {
	const char *name;
	const char *path; /* of its directory */
	int64_t created; /* seconds since 1970; 0 unknown, as all below are for a layer without a description */
	const char *kind; /* what it was made of: "box", "archive" or "image"; or "" */
	const char *source; /* the name of that box, or the path of that file; or "" */
	const char *base; /* the base of that box, or "" */
	uint64_t size; /* bytes in its files */
	uint64_t objects;
};

struct saved_layers {
	VECTOR(struct saved_layer) v; /* newest first */
};

/* Where the shelf is for a caller with this home (may be NULL): of $XDG_DATA_HOME, which is ignored when relative. NULL without either. */
const char *layers_path(struct arena *arena, const char *home);

/*
 * Opens the shelf as store_open() does, with errors of its own: "shelf-foreign", "shelf-unusable". Without `make`: errno ENOENT
 * and *err untouched when there is none.
 */
int layers_open(struct arena *arena, const char *home, bool make, const char **ret_path,
		struct error *err);

/* Gives an error of writing into the shelf its name where that is full ("shelf-full"). Returns -1. */
int layers_explain(struct error *err, const char *shelf);

/* A name is one of a box (store_name_valid()), and does not end in ".layer". */
bool layers_name_fits(const char *name);

/* Every layer. A missing shelf is empty. */
int layers_list(struct arena *arena, const char *home, struct saved_layers *ret, struct error *err);

/* Finds a layer and reads its description. LAYERS_NONE: there is none of that name. */
enum { LAYERS_NONE = 1 };
int layers_find(struct arena *arena, const char *home, const char *name, struct saved_layer *ret,
		struct error *err);

/*
 * Which layer a word means: a directory (of that path, below cwd when relative), else the saved layer of that name. 0 with the
 * saved one; LAYERS_DIRECTORY: ret->path alone is set, and may be something else than a directory. -1 with *err: "layer-unknown".
 */
enum { LAYERS_DIRECTORY = 2 };
int layers_mean(struct arena *arena, const char *cwd, const char *home, const char *word,
		struct saved_layer *ret, struct error *err);

/* "layer-unknown": message with the nearest layer as its fix. Returns -1. */
int layers_fail_unknown(struct arena *arena, const char *home, const char *name, struct error *err);

/* Holds a layer for as long as the descriptor lives; removing it waits for that. -1 with *err: "layer-in-use" while it is being removed. */
int layers_hold(const struct saved_layer *layer, struct error *err);

/*
 * Removes layers with all their files: all of them, or none when one is missing ("layer-unknown") or held ("layer-in-use").
 * names ends with NULL.
 */
int layers_remove(struct arena *arena, const char *home, const char *const *names,
		  struct error *err);

/* The text of a description, and its file: the layer's name and this. */
#define LAYER_SUFFIX ".layer"
void layers_describe(const struct saved_layer *layer, struct text *out);

#endif
