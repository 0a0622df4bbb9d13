// SPDX-License-Identifier: MIT
/* Patterns of places, and where in the list they apply. */
#include "changes/mark.h"

#include "base/cleanup.h"
#include "base/path.h"
#include "base/text.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
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

/* "~" is the home. "*" matches within one component, and a directory stands for all that is in it. */
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

/* True when the path, or a directory above it, matches the pattern. */
static bool is_at(const char *path, const char *pattern)
{
	return fnmatch(pattern, path, FNM_PATHNAME | FNM_LEADING_DIR) == 0;
}

static bool is_at_place(const char *path, const char *pattern, const char *home)
{
	if (*pattern != '~')
		return is_at(path, pattern);
	if (!home || !path_below(path, home))
		return false;
	/* The home is a text and no pattern, so it is cut off. */
	return is_at(path_relative(path, home), pattern + 2);
}

/* In a repository: its hooks, and a configuration that may name programs. Samples do not run. */
static bool runs_with_git(const char *path)
{
	const char *git = strstr(path, "/.git/");
	size_t len = strlen(path);

	if (!git)
		return false;
	git += strlen("/.git/");
	if (strcmp(git, "config") == 0)
		return true;
	return strncmp(git, "hooks/", 6) == 0 && (len < 7 || strcmp(path + len - 7, ".sample") != 0);
}

static bool is_command(const char *path, const char *dirs)
{
	size_t dir = (size_t)(path_name(path) - path);

	dir = dir > 1 ? dir - 1 : dir;
	for (; dirs && *dirs; dirs += *dirs == ':') {
		size_t n = strcspn(dirs, ":");

		if (n == dir && strncmp(dirs, path, n) == 0)
			return true;
		dirs += n;
	}
	return false;
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

static enum change_mark mark_of(const struct changes *c, const struct change *change,
				const char *path, const struct mark_world *world)
{
	bool program = S_ISREG(change->mode) && (change->mode & 0111);

	if (program && (change->mode & 06000) &&
	    ((change->old_mode & 06000) != (change->mode & 06000) || change->kind != CHANGE_META))
		return MARK_SETID;
	if (program && has_capability(c, change))
		return MARK_CAPABILITY;
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		if (is_at_place(path, places[i].pattern, world->home))
			return places[i].mark;
	if (runs_with_git(path))
		return MARK_GIT;
	return program && is_command(path, world->path) ? MARK_COMMAND : MARK_NONE;
}

static bool is_cache(const char *path, const struct mark_world *world)
{
	if (world->cache && path_below(path, world->cache))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(caches); i++)
		if (is_at_place(path, caches[i], world->home))
			return true;
	return strstr(path, "/__pycache__/") || strcmp(path_name(path), "__pycache__") == 0;
}

static enum change_section section_of(const char *path, const struct mark_world *world)
{
	/* In / everything is here, which says nothing. */
	if (world->cwd && world->cwd[1] && path_below(path, world->cwd))
		return SECTION_HERE;
	return world->home && path_below(path, world->home) ? SECTION_HOME : SECTION_SYSTEM;
}

void changes_mark(struct changes *c, const struct mark_world *world)
{
	_cleanup_text_ struct text path = { 0 };

	for (size_t i = 0; i < c->count; i++) {
		struct change *change = &c->v[i];

		text_clear(&path);
		change_path(c, change, &path);
		change->section = (uint8_t)section_of(text_str(&path), world);
		if (is_cache(text_str(&path), world))
			change->flags |= CHANGE_CACHE;
		/* What is taken away runs no more. */
		if (change->kind != CHANGE_DELETED)
			change->mark = (uint16_t)mark_of(c, change, text_str(&path), world);
	}
}
