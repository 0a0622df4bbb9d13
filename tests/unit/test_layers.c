// SPDX-License-Identifier: MIT
/* The shelf of saved layers: names, descriptions, trees in the making, what holds a layer. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/remove.h"
#include "base/text.h"
#include "state/layers.h"
#include "state/stage.h"
#include "test.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

/* A directory that is XDG_DATA_HOME. */
struct scratch {
	struct arena arena;
	struct error err;
	char path[PATH_MAX];
	const char *shelf; /* path/nacre/layers */
};

static bool scratch_make(struct scratch *s)
{
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(s->path, sizeof(s->path), "%s/nacre-layers-XXXXXX", tmp ? tmp : "/tmp");
	if (!check(mkdtemp(s->path)))
		return false;
	s->shelf = path_join(&s->arena, s->path, "nacre/layers");
	return check(setenv("XDG_DATA_HOME", s->path, 1) == 0);
}

static void scratch_release(struct scratch *s)
{
	struct error err = { 0 };

	check(unsetenv("XDG_DATA_HOME") == 0);
	check(remove_tree(AT_FDCWD, s->path, &err) == 0);
	arena_release(&s->arena);
}

#define SCRATCH(s)                                           \
	_cleanup_(scratch_release) struct scratch s = { 0 }; \
	if (!scratch_make(&(s)))                             \
	return

static bool make_file(int dir_fd, const char *name, const char *content)
{
	_cleanup_fd_ int fd = openat(dir_fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	return check(fd >= 0 && write(fd, content, strlen(content)) == (ssize_t)strlen(content));
}

/* A layer with one file in it. */
static bool publish(struct scratch *s, const char *name, const char *source)
{
	_cleanup_stage_ struct stage stage;
	struct saved_layer layer = { .name = name, .kind = "box", .source = source, .base = "/" };

	return check(stage_open(&s->arena, NULL, &stage, &s->err) == 0) &&
	       make_file(stage.fd, "file", "content") &&
	       check(stage_publish(&s->arena, &stage, &layer, &s->err) == 0);
}

static size_t entries(const char *path)
{
	_cleanup_dir_ DIR *dir = opendir(path);
	size_t n = 0;

	while (dir && readdir(dir))
		n++;
	return n - 2;
}

TEST(layers, shelf_follows_xdg)
{
	_cleanup_(arena_release) struct arena arena = { 0 };

	(void)unsetenv("XDG_DATA_HOME");
	check_str(layers_path(&arena, "/home/me"), "/home/me/.local/share/nacre/layers");
	check(!layers_path(&arena, NULL));
	(void)setenv("XDG_DATA_HOME", "relative", 1);
	check_str(layers_path(&arena, "/home/me"), "/home/me/.local/share/nacre/layers");
	(void)setenv("XDG_DATA_HOME", "/data//x/", 1);
	check_str(layers_path(&arena, "/home/me"), "/data/x/nacre/layers");
	(void)unsetenv("XDG_DATA_HOME");
}

TEST(layers, names)
{
	check(layers_name_fits("debian-12.5_x"));
	check(layers_name_fits("layer"));
	check(!layers_name_fits(""));
	check(!layers_name_fits(".new-00000000"));
	check(!layers_name_fits("-l"));
	check(!layers_name_fits("a/b"));
	check(!layers_name_fits("a b"));
	check(!layers_name_fits("a.layer"));
}

TEST(layers, a_missing_shelf_is_empty)
{
	struct saved_layers list;
	struct saved_layer layer;

	SCRATCH(s);
	check(layers_list(&s.arena, NULL, &list, &s.err) == 0);
	check(list.v.count == 0);
	check(layers_find(&s.arena, NULL, "x", &layer, &s.err) == LAYERS_NONE);
	check(access(s.shelf, F_OK) < 0);
	(void)unsetenv("XDG_DATA_HOME");
	check(layers_list(&s.arena, NULL, &list, &s.err) == 0);
	check(list.v.count == 0);
}

TEST(layers, published_is_found)
{
	static const char odd[] = "a b%41\n\xff\\";
	struct saved_layers list;
	struct saved_layer layer;

	SCRATCH(s);
	require(publish(&s, "one", odd));
	require(layers_find(&s.arena, NULL, "one", &layer, &s.err) == 0);
	check_str(layer.name, "one");
	check_str(layer.path, path_join(&s.arena, s.shelf, "one"));
	check_str(layer.kind, "box");
	check_str(layer.source, odd);
	check_str(layer.base, "/");
	check(layer.objects == 1 && layer.size > 0 && layer.created > 1000000000);
	check(layers_find(&s.arena, NULL, "two", &layer, &s.err) == LAYERS_NONE);
	check(layers_find(&s.arena, NULL, "../layers/one", &layer, &s.err) == LAYERS_NONE);
	require(layers_list(&s.arena, NULL, &list, &s.err) == 0);
	check(list.v.count == 1);
	check(entries(s.shelf) == 2);
}

TEST(layers, a_name_is_given_once)
{
	_cleanup_stage_ struct stage stage = { .shelf_fd = -EBADF, .fd = -EBADF };
	struct saved_layer layer = { .name = "one", .kind = "box", .source = "b", .base = "" };

	SCRATCH(s);
	require(publish(&s, "one", "a"));
	require(stage_open(&s.arena, NULL, &stage, &s.err) == 0);
	check(stage_check_name(&stage, "two", &s.err) == 0);
	check(stage_check_name(&stage, "one", &s.err) < 0);
	check_str(s.err.name, "layer-exists");
	check(stage_publish(&s.arena, &stage, &layer, &s.err) < 0);
	check_str(s.err.name, "layer-exists");
	stage_release(&stage);
	check(entries(s.shelf) == 2);
	require(layers_find(&s.arena, NULL, "one", &layer, &s.err) == 0);
	check_str(layer.source, "a");
}

TEST(layers, a_description_may_be_anything)
{
	static const char *const broken[] = {
		"",
		"nacre-layer 1\n",
		"nacre-layer 2\ncreated 7\nend\n",
		"nacre-layer 1\ncreated 7\nobjects 3\n",
		"nacre-layer 1\ncreated 7\nend",
		"\n\n\n",
	};
	struct saved_layer layer;
	_cleanup_fd_ int fd = -EBADF;

	SCRATCH(s);
	require(publish(&s, "one", "a"));
	fd = open(s.shelf, O_PATH | O_CLOEXEC);
	for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
		require(make_file(fd, "one.layer", broken[i]));
		require(layers_find(&s.arena, NULL, "one", &layer, &s.err) == 0);
		check(layer.created == 0 && layer.objects == 0);
		check_str(layer.kind, "");
	}
	require(make_file(fd, "one.layer",
			  "nacre-layer 1\nlater line of words\nfrom image\nsize 12\n\nend\n"));
	require(layers_find(&s.arena, NULL, "one", &layer, &s.err) == 0);
	check(layer.size == 12 && layer.created == 0);
	check_str(layer.kind, "image");
	check_str(layer.source, "");
}

TEST(layers, what_a_killed_maker_left_goes)
{
	_cleanup_stage_ struct stage alive = { .shelf_fd = -EBADF, .fd = -EBADF };
	_cleanup_fd_ int fd = -EBADF;

	SCRATCH(s);
	require(publish(&s, "one", "a"));
	require(stage_open(&s.arena, NULL, &alive, &s.err) == 0);
	require(make_file(alive.fd, "file", "x"));
	fd = open(s.shelf, O_PATH | O_CLOEXEC);
	require(mkdirat(fd, ".new-dead", 0700) == 0 && make_file(fd, ".new-dead/file", "") &&
		mkdirat(fd, ".new-dead/closed", 0) == 0);
	require(make_file(fd, "gone.layer", "") && make_file(fd, ".new-dead.layer", "") &&
		make_file(fd, "by-hand", ""));
	require(publish(&s, "two", "b"));
	check(faccessat(fd, alive.name, F_OK, 0) == 0);
	check(faccessat(fd, "by-hand", F_OK, 0) == 0);
	check(entries(s.shelf) == 6);
	stage_release(&alive);
	check(entries(s.shelf) == 5);
}

TEST(layers, removal_waits_for_nobody)
{
	struct saved_layer layer;
	int held;

	SCRATCH(s);
	require(publish(&s, "one", "a") && publish(&s, "two", "b"));
	require(layers_find(&s.arena, NULL, "one", &layer, &s.err) == 0);
	held = layers_hold(&layer, &s.err);
	require(held >= 0);
	check(layers_remove(&s.arena, NULL, (const char *[]){ "two", "one", NULL }, &s.err) < 0);
	check_str(s.err.name, "layer-in-use");
	check(entries(s.shelf) == 4);
	(void)close(held);
	check(layers_remove(&s.arena, NULL, (const char *[]){ "two", "none", NULL }, &s.err) < 0);
	check_str(s.err.name, "layer-unknown");
	check(layers_remove(&s.arena, NULL, (const char *[]){ "two", "one", NULL }, &s.err) == 0);
	check(entries(s.shelf) == 0);
}

TEST(layers, nobody_else_may_write_in_the_shelf)
{
	struct saved_layers list;
	struct saved_layer layer;

	SCRATCH(s);
	require(publish(&s, "one", "a"));
	require(chmod(s.shelf, 0722) == 0);
	check(layers_list(&s.arena, NULL, &list, &s.err) < 0);
	check_str(s.err.name, "shelf-foreign");
	check(layers_find(&s.arena, NULL, "one", &layer, &s.err) < 0);
}
