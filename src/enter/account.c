// SPDX-License-Identifier: MIT
/* Lines of passwd(5) and group(5): made here, and looked for in files that anybody may have written. */
#include "enter/account.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/subids.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "enter/files.h"
#include "enter/resolve.h"

#include <fcntl.h>
#include <string.h>

/* Some sites have a line for everybody: 4 MiB are about 60,000 of them. */
enum { FILE_MAX = 4 << 20 };

/* A field can hold neither its end nor the line's, and what else acts on a terminal is in no name. */
static bool is_field(const char *text)
{
	for (const char *at = text; *at; at++)
		if (*at == ':' || (unsigned char)*at < ' ' || *at == 0x7f)
			return false;
	return *text;
}

static const char *login(struct plan *plan)
{
	const char *name = login_name(&plan->arena, getuid());

	/* It is the number where the host's file has no line either; and who is not root inside is not called so. */
	if (!is_field(name) || !name[strspn(name, "0123456789")] ||
	    (plan->identity.uid != 0 && strcmp(name, "root") == 0))
		return "user";
	return name;
}

void account_add(struct plan *plan)
{
	static const char *const files[] = { "/etc/passwd", "/etc/group" };
	const struct identity *id = &plan->identity;

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		struct step *step = VECTOR_ADD(&plan->arena, &plan->asked);

		*step = step_init(STEP_ACCOUNT, files[i]);
		step->origin = "--passwd";
		step->text = login(plan);
		step->gid = id->gid;
		if (i == 0)
			step->uid = id->uid;
		if (i == 0 && plan->home && is_field(plan->home))
			step->src = plan->home;
	}
}

/* The whole of the box's file; empty when there is none. */
static int read_file(struct site *site, const char *path, struct text *ret, struct error *err)
{
	_cleanup_fd_ int fd = resolve_in_root(site->root_fd, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	char block[4096];
	struct stat st;
	ssize_t n;

	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0 || fstat(fd, &st) < 0)
		return fail_call(err, CALL_OPEN_TARGET, path);
	if (!S_ISREG(st.st_mode)) {
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		return fail_call(err, CALL_OPEN_TARGET, path);
	}
	while ((n = read(fd, block, sizeof(block))) > 0) {
		text_add_bytes(ret, block, (size_t)n);
		if (ret->len > FILE_MAX) {
			errno = EFBIG;
			return fail_call(err, CALL_OPEN_TARGET, path);
		}
	}
	return n < 0 ? fail_call(err, CALL_OPEN_TARGET, path) : 0;
}

/* Field `index` of a line that ends at `end`; *ret_len is 0 when there is none. */
static const char *field(const char *line, const char *end, int index, size_t *ret_len)
{
	const char *colon;

	for (; index > 0; index--) {
		colon = memchr(line, ':', (size_t)(end - line));
		if (!colon) {
			*ret_len = 0;
			return line;
		}
		line = colon + 1;
	}
	colon = memchr(line, ':', (size_t)(end - line));
	*ret_len = (size_t)((colon ? colon : end) - line);
	return line;
}

/* True when a line has that text in the field. */
static bool has_field(const struct text *file, int index, const char *text)
{
	const char *line = text_str(file), *last = line + file->len;

	while (line < last) {
		const char *end = memchr(line, '\n', (size_t)(last - line)), *at;
		size_t len;

		end = end ? end : last;
		at = field(line, end, index, &len);
		if (len == strlen(text) && memcmp(at, text, len) == 0)
			return true;
		line = end + 1;
	}
	return false;
}

/* The caller's shell where the box has it, else the one that every system has. */
static const char *shell_in(struct site *site)
{
	const char *shell = getenv("SHELL");
	_cleanup_fd_ int fd = -EBADF;

	if (!shell || *shell != '/' || !is_field(shell))
		return "/bin/sh";
	fd = resolve_in_root(site->root_fd, shell, O_PATH);
	return fd < 0 ? "/bin/sh" : shell;
}

int account_apply(struct site *site, size_t index, struct error *err)
{
	_cleanup_(arena_release) struct arena arena = { 0 };
	_cleanup_text_ struct text file = { 0 };
	struct step made = site->plan->steps.items[index];
	bool user = made.uid >= 0;
	const char *name = made.text;
	const char *id = arena_printf(&arena, "%lld", (long long)(user ? made.uid : made.gid));

	if (read_file(site, made.dst, &file, err) < 0)
		return -1;
	if (!made.line && has_field(&file, 2, id))
		return 0;
	/* A second line of that name would be another user to those who look by name. */
	if (!made.line && has_field(&file, 0, name))
		name = arena_concat(&arena, name, "-", id);
	if (file.len && file.data[file.len - 1] != '\n')
		text_add_char(&file, '\n');
	if (made.line)
		text_printf(&file, "%s\n", made.line);
	else if (user)
		text_printf(&file, "%s:x:%s:%lld::%s:%s\n", name, id, (long long)made.gid,
			    made.src ? made.src : "/", shell_in(site));
	else
		text_printf(&file, "%s:x:%s:\n", name, id);
	made.src = made.line = NULL;
	made.uid = made.gid = -1;
	made.text = file.data;
	made.text_len = file.len;
	return files_cover(site, index, &made, err);
}
