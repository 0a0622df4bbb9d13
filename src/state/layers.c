// SPDX-License-Identifier: MIT
/* The shelf: finding layers, reading and writing their descriptions, holding and removing them. */
#include "state/layers.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/lock.h"
#include "base/path.h"
#include "base/remove.h"
#include "base/table.h"
#include "base/text.h"
#include "state/record.h"
#include "state/stage.h"
#include "state/store.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

/* Two paths, every byte of them escaped, and some numbers. */
enum { DESCRIPTION_MAX = 64 * 1024 };

const char *layers_path(struct arena *arena, const char *home)
{
	const char *data = getenv("XDG_DATA_HOME");

	/* The XDG base directory specification: a relative path is invalid and to be ignored. */
	if (data && *data == '/')
		return path_join(arena, path_absolute(arena, "/", data), "nacre/layers");
	return home ? path_join(arena, home, ".local/share/nacre/layers") : NULL;
}

static bool ends_with(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n >= m && strcmp(s + n - m, suffix) == 0;
}

bool layers_name_fits(const char *name)
{
	return store_name_valid(name) && !ends_with(name, LAYER_SUFFIX);
}

/* ---- descriptions ---- */

static void add_words(struct text *out, const char *key, const char *word, const char *more)
{
	text_add(out, key);
	record_add_word(out, word);
	if (more)
		record_add_word(out, more);
	text_add_char(out, '\n');
}

void layers_describe(const struct saved_layer *layer, struct text *out)
{
	text_add(out, "nacre-layer 1\n");
	add_words(out, "name", layer->name, NULL);
	text_printf(out, "created %lld\n", (long long)layer->created);
	add_words(out, "from", layer->kind, layer->source);
	if (*layer->base)
		add_words(out, "base", layer->base, NULL);
	text_printf(out, "size %llu\n", (unsigned long long)layer->size);
	text_printf(out, "objects %llu\n", (unsigned long long)layer->objects);
	text_add(out, "end\n");
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The next word of a line as record_add_word() wrote it, "" when there is none. Leaves *at behind it. */
static const char *take_word(struct arena *arena, const char **at)
{
	const char *s = *at;
	char *word, *end;

	while (*s == ' ')
		s++;
	end = word = arena_alloc(arena, strcspn(s, " ") + 1);
	for (; *s && *s != ' '; s++) {
		int high = *s == '%' ? hex_digit(s[1]) : -1, low = high < 0 ? -1 : hex_digit(s[2]);

		if (low >= 0) {
			*end++ = (char)(high << 4 | low);
			s += 2;
		} else if (*s != '%') { /* alone it is the empty word */
			*end++ = *s;
		}
	}
	*at = s;
	return word;
}

static void take_line(struct arena *arena, const char *line, struct saved_layer *layer)
{
	const char *value = line;
	const char *key = take_word(arena, &value);

	if (strcmp(key, "created") == 0)
		layer->created = strtoll(value, NULL, 10);
	else if (strcmp(key, "size") == 0)
		layer->size = strtoull(value, NULL, 10);
	else if (strcmp(key, "objects") == 0)
		layer->objects = strtoull(value, NULL, 10);
	else if (strcmp(key, "base") == 0)
		layer->base = take_word(arena, &value);
	else if (strcmp(key, "from") == 0) {
		layer->kind = take_word(arena, &value);
		layer->source = take_word(arena, &value);
	}
}

/* A description says nothing that the layer needs: one that is missing, cut or of a later version leaves things unknown. */
static void read_description(struct arena *arena, int shelf_fd, struct saved_layer *layer)
{
	const char *name = arena_concat(arena, layer->name, "", LAYER_SUFFIX);
	_cleanup_fd_ int fd = openat(shelf_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	_cleanup_free_ char *text = calloc(1, DESCRIPTION_MAX);
	char *end;

	if (!text || fd < 0 || pread(fd, text, DESCRIPTION_MAX - 1, 0) < 0 ||
	    strncmp(text, "nacre-layer 1\n", 14) != 0 || !ends_with(text, "\nend\n"))
		return;
	for (char *line = text + 14; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		take_line(arena, line, layer);
	}
}

/* ---- the shelf ---- */

int layers_explain(struct error *err, const char *shelf)
{
	if (err->sys != ENOSPC && err->sys != EDQUOT)
		return -1;
	error_fact(err, "layers are kept in %s", Q(shelf));
	error_explain(err, "shelf-full", NULL, NULL);
	return -1;
}

/* In the words of layers, as those of a store are about boxes. */
static int fail_open(const struct error *why, const char *path, struct error *err)
{
	bool foreign = strcmp(why->name, "state-foreign") == 0;

	(void)fail(err, ERROR_SYSTEM, why->sys, "cannot use %s, where layers are kept", Q(path));
	error_explain(err, foreign ? "shelf-foreign" : "shelf-unusable",
		      foreign ? NULL : errno_text(why->sys), NULL);
	return fail_at(err, CALL_NONE, path);
}

int layers_open(struct arena *arena, const char *home, bool make, const char **ret_path,
		struct error *err)
{
	struct error why = { 0 };
	int fd;

	*ret_path = layers_path(arena, home);
	if (!*ret_path && make) {
		(void)fail(err, ERROR_SYSTEM, 0, "there is no place for layers");
		error_explain(err, "shelf-unusable", "neither HOME nor XDG_DATA_HOME is set", NULL);
	}
	if (!*ret_path) {
		errno = ENOENT;
		return -1;
	}
	fd = store_open(*ret_path, make, &why);
	if (fd < 0 && why.kind != ERROR_NONE)
		return fail_open(&why, *ret_path, err);
	return fd;
}

static bool is_layer(int shelf_fd, const char *name)
{
	struct stat st;

	return layers_name_fits(name) && fstatat(shelf_fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISDIR(st.st_mode);
}

static void read_layer(struct arena *arena, const char *shelf, int shelf_fd, const char *name,
		       struct saved_layer *ret)
{
	*ret = (struct saved_layer){ .kind = "", .source = "", .base = "" };
	ret->name = arena_strdup(arena, name);
	ret->path = path_join(arena, shelf, name);
	read_description(arena, shelf_fd, ret);
}

static int compare_layers(const void *a, const void *b)
{
	const struct saved_layer *x = a, *y = b;

	if (x->created != y->created)
		return x->created > y->created ? -1 : 1;
	return strcmp(x->name, y->name);
}

int layers_list(struct arena *arena, const char *home, struct saved_layers *ret, struct error *err)
{
	const char *shelf;
	struct error refusal = { 0 };
	_cleanup_fd_ int fd = layers_open(arena, home, false, &shelf, &refusal);
	_cleanup_fd_ int again = fd < 0 ? -EBADF : fcntl(fd, F_DUPFD_CLOEXEC, 3);
	_cleanup_dir_ DIR *dir = again < 0 ? NULL : fdopendir(again);
	struct dirent *entry;

	*ret = (struct saved_layers){ 0 };
	if (fd < 0 && refusal.kind == ERROR_NONE)
		return 0;
	if (fd < 0) {
		*err = refusal;
		return -1;
	}
	if (!dir) {
		(void)fail_call(err, CALL_STATE, shelf);
		return fail_message(err, "cannot read the layers in %s", Q(shelf));
	}
	(void)TAKE_FD(again);
	while ((entry = readdir(dir)))
		if (is_layer(fd, entry->d_name))
			read_layer(arena, shelf, fd, entry->d_name, VECTOR_ADD(arena, &ret->v));
	if (ret->v.count)
		qsort(ret->v.items, ret->v.count, sizeof(*ret->v.items), compare_layers);
	return 0;
}

int layers_find(struct arena *arena, const char *home, const char *name, struct saved_layer *ret,
		struct error *err)
{
	const char *shelf;
	struct error refusal = { 0 };
	_cleanup_fd_ int fd = layers_name_fits(name)
				      ? layers_open(arena, home, false, &shelf, &refusal)
				      : -EBADF;

	if (fd < 0 && refusal.kind != ERROR_NONE) {
		*err = refusal;
		return -1;
	}
	if (fd < 0 || !is_layer(fd, name))
		return LAYERS_NONE;
	read_layer(arena, shelf, fd, name, ret);
	return 0;
}

static const char *next_layer(size_t i, const void *arg)
{
	const struct saved_layers *list = arg;

	return i < list->v.count ? list->v.items[i].name : NULL;
}

int layers_fail_unknown(struct arena *arena, const char *home, const char *name, struct error *err)
{
	struct saved_layers list = { 0 };
	struct error ignored;
	const char *near;

	(void)fail(err, ERROR_SPEC, 0, "there is no layer %s", Q(name));
	error_explain(err, "layer-unknown", NULL, NULL);
	if (layers_list(arena, home, &list, &ignored) == 0 &&
	    (near = nearest_word(name, next_layer, &list)))
		error_set_fix(err, "did you mean %s?", near);
	return fail_at(err, CALL_NONE, name);
}

int layers_mean(struct arena *arena, const char *cwd, const char *home, const char *word,
		struct saved_layer *ret, struct error *err)
{
	const char *here = *word == '/' ? word : path_join(arena, cwd, word);
	struct stat st;
	bool there = stat(here, &st) == 0;
	int answer = LAYERS_NONE;

	if (*word != '/' && (!there || !S_ISDIR(st.st_mode)))
		answer = layers_find(arena, home, word, ret, err);
	if (answer != LAYERS_NONE)
		return answer;
	if (*word != '/' && !there) {
		(void)layers_fail_unknown(arena, home, word, err);
		error_explain(err, NULL, "it is neither a directory here nor a saved layer", NULL);
		return -1;
	}
	*ret = (struct saved_layer){ .path = here };
	return LAYERS_DIRECTORY;
}

/* ---- in use, and removed ---- */

static int lock_layer(const struct saved_layer *layer, int lock, const char *what, struct error *err)
{
	_cleanup_fd_ int fd = open(layer->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct lock_holder holder;
	struct stat st;

	if (fd >= 0 && flock(fd, lock | LOCK_NB) == 0)
		return TAKE_FD(fd);
	(void)fail_call(err, fd < 0 ? CALL_STATE : CALL_LOCK, layer->path);
	(void)fail_message(err, "cannot %s the layer %s", what, Q(layer->name));
	if (fd < 0 || err->sys != EWOULDBLOCK)
		return -1;
	if (fstat(fd, &st) == 0 && lock_holder_find(&st, &holder))
		error_fact(err, "held by process %d: %s", (int)holder.pid, Q(holder.command));
	error_explain(err, "layer-in-use", NULL, NULL);
	return -1;
}

int layers_hold(const struct saved_layer *layer, struct error *err)
{
	return lock_layer(layer, LOCK_SH, "use", err);
}

/* Locks a layer that nobody holds, to remove it. */
static int seize(struct arena *arena, const char *home, const char *name, struct error *err)
{
	struct saved_layer layer;
	int answer = layers_find(arena, home, name, &layer, err);

	if (answer)
		return answer == LAYERS_NONE ? layers_fail_unknown(arena, home, name, err) : -1;
	return lock_layer(&layer, LOCK_EX, "remove", err);
}

static int remove_one(struct arena *arena, int shelf_fd, const char *name, struct error *err)
{
	/* The tree first: what is left without it is no layer any more. */
	if (stage_discard(shelf_fd, name, err) < 0)
		return -1;
	return remove_tree(shelf_fd, arena_concat(arena, name, "", LAYER_SUFFIX), err);
}

int layers_remove(struct arena *arena, const char *home, const char *const *names, struct error *err)
{
	VECTOR(int) locks = { 0 };
	const char *shelf;
	_cleanup_fd_ int shelf_fd = -EBADF;
	int answer = 0;

	for (size_t i = 0; names[i] && answer == 0; i++) {
		int fd = seize(arena, home, names[i], err);

		if (fd >= 0)
			*VECTOR_ADD(arena, &locks) = fd;
		answer = fd < 0 ? -1 : 0;
	}
	if (answer == 0)
		shelf_fd = layers_open(arena, home, false, &shelf, err);
	if (shelf_fd < 0)
		answer = -1;
	for (size_t i = 0; names[i] && answer == 0; i++)
		answer = remove_one(arena, shelf_fd, names[i], err);
	for (size_t i = 0; i < locks.count; i++)
		(void)close(locks.items[i]);
	return answer;
}
