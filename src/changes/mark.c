// SPDX-License-Identifier: MIT
/* Patterns of places, and where in the list they apply. */
#include "changes/mark.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/text.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

static const struct {
	const char *word, *sentence;
} marks[MARK_COUNT] = {
	[MARK_NONE] = { "", "" },
	[MARK_SHELL] = { "shell", "runs in every shell" },
	[MARK_SESSION] = { "session", "runs at every login" },
	[MARK_AUTOSTART] = { "autostart", "starts with the desktop" },
	[MARK_CRON] = { "cron", "runs by the clock" },
	[MARK_SYSTEMD] = { "systemd", "may be started as a service" },
	[MARK_SSH] = { "ssh", "decides who may log in, and where to" },
	[MARK_GIT] = { "git", "may run with git" },
	[MARK_EDITOR] = { "editor", "runs in the editor" },
	[MARK_SYSTEM] = { "system", "decides what others may do or run" },
	[MARK_COMMAND] = { "command", "a command in PATH" },
	[MARK_SETID] = { "setid", "runs with its owner's rights" },
	[MARK_CAPABILITY] = { "capability", "runs with rights of its own" },
};

const char *mark_word(enum change_mark mark)
{
	return marks[mark].word;
}

const char *mark_sentence(enum change_mark mark)
{
	return marks[mark].sentence;
}

/*
 * "~" is the home. The last component is a pattern, the others are not; what it matches stands for all that is in it. So a row
 * is looked at in one directory only, and what is below a match needs no look at all.
 */
static const struct {
	const char *pattern;
	enum change_mark mark;
} places[] = {
	{ "~/.bashrc", MARK_SHELL },
	{ "~/.bash_aliases", MARK_SHELL },
	{ "~/.bash_logout", MARK_SHELL },
	{ "~/.zshrc", MARK_SHELL },
	{ "~/.zshenv", MARK_SHELL },
	{ "~/.kshrc", MARK_SHELL },
	{ "~/.mkshrc", MARK_SHELL },
	{ "~/.inputrc", MARK_SHELL },
	{ "~/.config/fish", MARK_SHELL },
	{ "~/.envrc", MARK_SHELL },
	{ "~/.config/direnv", MARK_SHELL },
	{ "/etc/bash.bashrc", MARK_SHELL },
	{ "/etc/zsh", MARK_SHELL },
	{ "/etc/fish", MARK_SHELL },
	{ "~/.profile", MARK_SESSION },
	{ "~/.bash_profile", MARK_SESSION },
	{ "~/.bash_login", MARK_SESSION },
	{ "~/.zprofile", MARK_SESSION },
	{ "~/.zlogin", MARK_SESSION },
	{ "~/.login", MARK_SESSION },
	{ "~/.cshrc", MARK_SESSION },
	{ "~/.tcshrc", MARK_SESSION },
	{ "~/.xprofile", MARK_SESSION },
	{ "~/.xinitrc", MARK_SESSION },
	{ "~/.xsession", MARK_SESSION },
	{ "~/.xsessionrc", MARK_SESSION },
	{ "~/.pam_environment", MARK_SESSION },
	{ "~/.config/environment.d", MARK_SESSION },
	{ "~/.config/plasma-workspace/env", MARK_SESSION },
	{ "/etc/profile", MARK_SESSION },
	{ "/etc/profile.d", MARK_SESSION },
	{ "/etc/environment", MARK_SESSION },
	{ "/etc/X11/Xsession.d", MARK_SESSION },
	{ "~/.config/autostart", MARK_AUTOSTART },
	{ "~/.config/autostart-scripts", MARK_AUTOSTART },
	{ "/etc/xdg/autostart", MARK_AUTOSTART },
	{ "~/.local/share/dbus-1/services", MARK_AUTOSTART },
	{ "/usr/share/dbus-1/*services", MARK_AUTOSTART },
	{ "/etc/cron*", MARK_CRON },
	{ "/etc/anacrontab", MARK_CRON },
	{ "/var/spool/cron", MARK_CRON },
	{ "/var/spool/at", MARK_CRON },
	{ "~/.config/systemd", MARK_SYSTEMD },
	{ "~/.local/share/systemd", MARK_SYSTEMD },
	{ "/etc/systemd", MARK_SYSTEMD },
	{ "/run/systemd", MARK_SYSTEMD },
	{ "/lib/systemd", MARK_SYSTEMD },
	{ "/usr/lib/systemd", MARK_SYSTEMD },
	{ "/usr/local/lib/systemd", MARK_SYSTEMD },
	{ "/etc/init.d", MARK_SYSTEMD },
	{ "/etc/rc.local", MARK_SYSTEMD },
	{ "/etc/rc?.d", MARK_SYSTEMD },
	{ "~/.ssh", MARK_SSH },
	{ "/etc/ssh", MARK_SSH },
	{ "~/.gitconfig", MARK_GIT },
	{ "~/.config/git", MARK_GIT },
	{ "/etc/gitconfig", MARK_GIT },
	{ "~/.vimrc", MARK_EDITOR },
	{ "~/.vim", MARK_EDITOR },
	{ "~/.config/nvim", MARK_EDITOR },
	{ "~/.emacs", MARK_EDITOR },
	{ "~/.emacs.d", MARK_EDITOR },
	{ "/etc/sudoers", MARK_SYSTEM },
	{ "/etc/sudoers.d", MARK_SYSTEM },
	{ "/etc/pam.d", MARK_SYSTEM },
	{ "/etc/passwd", MARK_SYSTEM },
	{ "/etc/shadow", MARK_SYSTEM },
	{ "/etc/group", MARK_SYSTEM },
	{ "/etc/ld.so.preload", MARK_SYSTEM },
	{ "/etc/ld.so.conf*", MARK_SYSTEM },
	{ "/etc/udev", MARK_SYSTEM },
	{ "/etc/polkit-1", MARK_SYSTEM },
	{ "/etc/modprobe.d", MARK_SYSTEM },
	{ "/etc/modules*", MARK_SYSTEM },
	{ "/etc/apt", MARK_SYSTEM },
};

static const char *const caches[] = {
	"~/.cache",	      "~/.npm/_cacache",      "~/.npm/_logs",
	"~/.cargo/registry",  "~/.local/share/Trash", "/var/cache",
	"/var/lib/apt/lists",
};

/* What a directory says about everything in it. */
struct verdict {
	uint16_t mark;
	uint8_t section;
	bool cache;
	bool commands; /* programs in it are found by PATH */
	bool hooks; /* of git */
	bool rows; /* some rows are about names in it */
};

struct marker {
	struct changes *c;
	const struct mark_world *world;
	struct verdict *verdicts; /* one for each of c->dirs */
};

/* True when the directory of the row's last component is this one. */
static bool is_row_of(const char *pattern, const char *dir, const char *home)
{
	size_t n = (size_t)(path_name(pattern) - pattern - 1);

	if (*pattern == '~') {
		if (!home || !path_below(dir, home))
			return false;
		dir = path_relative(dir, home);
		pattern += n > 1 ? 2 : 1;
		n -= n > 1 ? 2 : 1;
	} else if (n == 0) {
		n = 1;
	}
	return strlen(dir) == n && strncmp(dir, pattern, n) == 0;
}

static bool name_matches(const char *pattern, const char *name)
{
	return fnmatch(path_name(pattern), name, 0) == 0;
}

/* The rows about this name in this directory; they are few, and few directories have any. */
static void judge_name(const char *dir, const char *name, const char *home, struct verdict *v)
{
	for (size_t i = 0; !v->mark && i < ARRAY_LEN(places); i++)
		if (is_row_of(places[i].pattern, dir, home) && name_matches(places[i].pattern, name))
			v->mark = (uint16_t)places[i].mark;
	for (size_t i = 0; !v->cache && i < ARRAY_LEN(caches); i++)
		v->cache = is_row_of(caches[i], dir, home) && name_matches(caches[i], name);
}

static bool has_rows(const char *dir, const char *home)
{
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		if (is_row_of(places[i].pattern, dir, home))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(caches); i++)
		if (is_row_of(caches[i], dir, home))
			return true;
	return false;
}

static bool is_in_path(const char *dir, const char *dirs)
{
	for (; dirs && *dirs; dirs += *dirs == ':') {
		size_t n = strcspn(dirs, ":");

		if (strlen(dir) == n && strncmp(dirs, dir, n) == 0)
			return true;
		dirs += n;
	}
	return false;
}

static enum change_section section_of(const char *path, const struct mark_world *world)
{
	/* In / everything is here, which says nothing. */
	if (world->cwd && world->cwd[1] && path_below(path, world->cwd))
		return SECTION_HERE;
	return world->home && path_below(path, world->home) ? SECTION_HOME : SECTION_SYSTEM;
}

/* The root of a source may itself be below a place that a row is about. */
static void judge_root(const char *place, const struct mark_world *world, struct verdict *v)
{
	_cleanup_(arena_release) struct arena arena = { 0 };

	for (const char *at = place; *path_name(at); at = path_parent(&arena, at))
		judge_name(path_parent(&arena, at), path_name(at), world->home, v);
}

/* Directories stand behind those that they are in. */
static void judge_dir(struct marker *m, uint32_t index, struct text *path)
{
	const struct change_dir *dir = &m->c->dirs[index];
	struct verdict *v = &m->verdicts[index];
	const char *name = m->c->names + dir->name;
	size_t above;

	text_clear(path);
	change_dir_path(m->c, index, path);
	if (dir->parent == index) {
		judge_root(text_str(path), m->world, v);
	} else {
		const struct verdict *up = &m->verdicts[dir->parent];

		v->mark = up->mark;
		v->cache = up->cache || strcmp(name, "__pycache__") == 0;
		v->hooks = up->hooks;
		above = (size_t)(path_name(text_str(path)) - text_str(path));
		if (up->rows && (!v->mark || !v->cache)) {
			path->data[above > 1 ? above - 1 : above] = '\0';
			judge_name(text_str(path), name, m->world->home, v);
			if (above > 1)
				path->data[above - 1] = '/';
		}
		if (strcmp(name, "hooks") == 0 && above > 5 &&
		    strncmp(text_str(path) + above - 5, ".git/", 5) == 0)
			v->hooks = true;
	}
	if (m->world->cache && path_below(text_str(path), m->world->cache))
		v->cache = true;
	v->section = (uint8_t)section_of(text_str(path), m->world);
	v->commands = is_in_path(text_str(path), m->world->path);
	v->rows = has_rows(text_str(path), m->world->home);
}

static bool has_capability(const struct changes *c, const struct change *change)
{
	_cleanup_fd_ int dir_fd = changes_open(c, change->dir, SIDE_UPPER);
	_cleanup_fd_ int fd = dir_fd < 0 ? -1
					 : openat(dir_fd, change_name(c, change),
						  O_PATH | O_NOFOLLOW | O_CLOEXEC);
	char path[40];

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return fd >= 0 && getxattr(path, "security.capability", NULL, 0) > 0;
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

/* The configuration of a repository may name programs. */
static bool is_git_config(const struct changes *c, const struct change *change)
{
	return strcmp(change_name(c, change), "config") == 0 &&
	       strcmp(c->names + c->dirs[change->dir].name, ".git") == 0;
}

static enum change_mark mark_of(const struct changes *c, const struct change *change,
				const struct verdict *v)
{
	bool program = S_ISREG(change->mode) && (change->mode & 0111);

	if (program && (change->mode & 06000) &&
	    ((change->old_mode & 06000) != (change->mode & 06000) || change->kind != CHANGE_META))
		return MARK_SETID;
	if (program && has_capability(c, change))
		return MARK_CAPABILITY;
	if (v->mark)
		return (enum change_mark)v->mark;
	if (v->hooks ? !ends_with(change_name(c, change), ".sample") : is_git_config(c, change))
		return MARK_GIT;
	return program && v->commands ? MARK_COMMAND : MARK_NONE;
}

static void mark_change(struct marker *m, struct change *change, struct text *path)
{
	struct verdict v = m->verdicts[change->dir];
	const char *name = change_name(m->c, change);

	if (v.rows) {
		text_clear(path);
		change_dir_path(m->c, change->dir, path);
		judge_name(text_str(path), name, m->world->home, &v);
	}
	change->section = v.section;
	if (v.cache || strcmp(name, "__pycache__") == 0)
		change->flags |= CHANGE_CACHE;
	/* What is taken away runs no more. */
	if (change->kind != CHANGE_DELETED)
		change->mark = (uint16_t)mark_of(m->c, change, &v);
	if ((change->flags & CHANGE_INSIDE) && change->mark &&
	    change->mark != m->verdicts[change->dir].mark)
		change->flags |= CHANGE_ALERT;
}

void changes_mark(struct changes *c, const struct mark_world *world)
{
	_cleanup_free_ struct verdict *verdicts = calloc(c->dir_count + 1, sizeof(*verdicts));
	struct marker m = { c, world, verdicts };
	_cleanup_text_ struct text path = { 0 };

	if (!verdicts)
		out_of_memory_();
	for (uint32_t i = 0; i < c->dir_count; i++)
		judge_dir(&m, i, &path);
	for (size_t i = 0; i < c->count; i++)
		mark_change(&m, &c->v[i], &path);
}
