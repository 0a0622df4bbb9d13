// SPDX-License-Identifier: MIT
/* From index.json to the files of the layers. */
#include "archive/image.h"

#include "archive/reader.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/syscalls.h"
#include "base/text.h"

#include <fcntl.h>
#include <json-c/json.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>

enum {
	DOCUMENT_MAX = 4 * 1024 *
		       1024, /* what the specification lets a registry refuse a manifest at */
	NESTED_MAX = 4, /* an index may name an index */
};

/* A reading of the layout. */
struct reading {
	struct arena *arena;
	struct image *image;
	const char *architecture;
	struct error *err;
};

static void put_json(json_object **document)
{
	(void)json_object_put(*document);
}

#define _cleanup_json_ __attribute__((cleanup(put_json)))

static int refuse(const struct reading *r, const char *file, const char *reason)
{
	const struct reader reader = { .name = r->image->name };

	return reader_refuse(&reader, r->err, "image-unknown", file, reason);
}

static int fail_file(const struct image *image, const char *file, struct error *err)
{
	const struct reader reader = { .name = image->name };

	if (errno == ENOENT || errno == ELOOP || errno == ENOTDIR)
		return reader_refuse(&reader, err, "image-unknown", file,
				     "a file that it names is missing");
	return reader_fail(&reader, err, file);
}

static int open_file(int dir_fd, const char *path)
{
	_cleanup_fd_ int fd = sys_openat2(dir_fd, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0,
					  RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		return -1;
	if (!S_ISREG(st.st_mode)) {
		errno = ENOTDIR;
		return -1;
	}
	return TAKE_FD(fd);
}

bool image_is_there(int dir_fd)
{
	_cleanup_fd_ int fd = open_file(dir_fd, "oci-layout");

	return fd >= 0;
}

/* ---- blobs ---- */

static const char blobs[] = "blobs/sha256/";

static bool is_blob(const char *path)
{
	return strncmp(path, blobs, strlen(blobs)) == 0;
}

/* Reads the file to its end; with a text, into that, as long as it is no longer than a document. -1 with errno. */
static int read_file(int fd, struct text *text, struct sha256 *sum)
{
	char buffer[64 * 1024];
	ssize_t n;

	while ((n = read(fd, buffer, sizeof(buffer))) > 0) {
		sha256_add(sum, buffer, (size_t)n);
		if (text && text->len <= DOCUMENT_MAX)
			text_add_bytes(text, buffer, (size_t)n);
	}
	return n < 0 ? -1 : 0;
}

/* Opens a file of the layout and reads it; one that is named by its sum must have that. The offset is 0 again. -1 with *err. */
static int open_checked(const struct image *image, const char *path, struct text *text,
			struct error *err)
{
	const struct reader reader = { .name = image->name };
	_cleanup_fd_ int fd = open_file(image->fd, path);
	char hex[SHA256_HEX_SIZE];
	struct sha256 sum;

	sha256_init(&sum);
	if (fd < 0 || read_file(fd, text, &sum) < 0 || lseek(fd, 0, SEEK_SET) < 0)
		return fail_file(image, path, err);
	sha256_hex(&sum, hex);
	if (is_blob(path) && strcmp(path + strlen(blobs), hex) != 0)
		return reader_refuse(&reader, err, "image-unknown", path,
				     "the file is not what its name says");
	return TAKE_FD(fd);
}

/* ---- documents ---- */

/* NULL with r->err. */
static json_object *read_document(const struct reading *r, const char *path)
{
	_cleanup_text_ struct text text = { 0 };
	_cleanup_fd_ int fd = open_checked(r->image, path, &text, r->err);
	json_object *document;

	if (fd < 0)
		return NULL;
	document = text.len <= DOCUMENT_MAX ? json_tokener_parse(text_str(&text)) : NULL;
	if (!json_object_is_type(document, json_type_object)) {
		(void)json_object_put(document);
		(void)refuse(r, path, "it is no JSON of a sensible size");
		return NULL;
	}
	return document;
}

/* A member that is a string, or "". */
static const char *member(json_object *object, const char *name)
{
	json_object *value;

	return json_object_object_get_ex(object, name, &value) &&
			       json_object_is_type(value, json_type_string)
		       ? json_object_get_string(value)
		       : "";
}

/* An array, or NULL. */
static json_object *array(json_object *object, const char *name)
{
	json_object *value;

	return json_object_object_get_ex(object, name, &value) &&
			       json_object_is_type(value, json_type_array)
		       ? value
		       : NULL;
}

/* The path of what a descriptor points to. NULL when it is malformed, or of another algorithm, which hardly anybody uses. */
static const char *blob_path(struct arena *arena, json_object *descriptor)
{
	static const char algorithm[] = "sha256:";
	const char *digest = member(descriptor, "digest"), *hex;

	if (strncmp(digest, algorithm, strlen(algorithm)) != 0)
		return NULL;
	hex = digest + strlen(algorithm);
	if (strlen(hex) != SHA256_HEX_SIZE - 1 || hex[strspn(hex, "0123456789abcdef")])
		return NULL;
	return arena_concat(arena, blobs, "", hex);
}

/* ---- which image ---- */

/* As images name what uname(2) calls machines. */
static const char *machine_architecture(struct arena *arena)
{
	static const char *const names[][2] = {
		{ "x86_64", "amd64" }, { "aarch64", "arm64" }, { "i686", "386" },
		{ "armv7l", "arm" },   { "armv6l", "arm" },
	};
	struct utsname name;

	if (uname(&name) < 0)
		return "";
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i][0], name.machine) == 0)
			return names[i][1];
	return arena_strdup(arena, name.machine);
}

static bool is_for_this_machine(const struct reading *r, json_object *descriptor)
{
	json_object *platform;

	if (!json_object_object_get_ex(descriptor, "platform", &platform))
		return true;
	return strcmp(member(platform, "os"), "linux") == 0 &&
	       strcmp(member(platform, "architecture"), r->architecture) == 0;
}

/* The one manifest of an index that is for this machine; the only one is taken whatever it is for. NULL with r->err. */
static json_object *choose(const struct reading *r, const char *path, json_object *index)
{
	json_object *manifests = array(index, "manifests"), *chosen = NULL;
	size_t count = manifests ? json_object_array_length(manifests) : 0;

	for (size_t i = 0; i < count; i++) {
		json_object *manifest = json_object_array_get_idx(manifests, i);

		if (count > 1 && !is_for_this_machine(r, manifest))
			continue;
		if (chosen) {
			(void)refuse(r, path, "it holds more than one image for this machine");
			return NULL;
		}
		chosen = manifest;
	}
	if (!chosen)
		(void)refuse(r, path, "it holds no image for this machine");
	return chosen;
}

/* ---- the layers ---- */

/* Every kind of tar, under any compression, OCI's or docker's. */
static bool is_tar(const char *media_type)
{
	return strncmp(media_type, "application/vnd.oci.image.layer.", 32) == 0 ||
	       strncmp(media_type, "application/vnd.docker.image.rootfs.diff.tar", 44) == 0;
}

static int take_layers(const struct reading *r, const char *path, json_object *layers)
{
	for (size_t i = 0; i < json_object_array_length(layers); i++) {
		json_object *layer = json_object_array_get_idx(layers, i);
		const char *blob = blob_path(r->arena, layer);

		if (!blob || !is_tar(member(layer, "mediaType")))
			return refuse(r, path, "it has a layer that is no tar");
		*VECTOR_ADD(r->arena, &r->image->layers) = blob;
	}
	return r->image->layers.count ? 0 : refuse(r, path, "it has no layers");
}

static int read_index(const struct reading *r, const char *path, int nested)
{
	_cleanup_json_ json_object *document = read_document(r, path);
	json_object *layers, *chosen;
	const char *next;

	if (!document)
		return -1;
	layers = array(document, "layers");
	if (layers)
		return take_layers(r, path, layers);
	chosen = choose(r, path, document);
	if (!chosen)
		return -1;
	next = blob_path(r->arena, chosen);
	if (!next)
		return refuse(r, path, "its digests are malformed");
	if (nested == NESTED_MAX)
		return refuse(r, path, "its indexes are nested too deep");
	return read_index(r, next, nested + 1);
}

int image_read(struct arena *arena, struct image *image, struct error *err)
{
	const struct reading r = { arena, image, machine_architecture(arena), err };

	return read_index(&r, "index.json", 0);
}

int image_open_layer(const struct image *image, size_t layer, struct error *err)
{
	return open_checked(image, image->layers.items[layer], NULL, err);
}
