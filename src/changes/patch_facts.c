// SPDX-License-Identifier: MIT
/*
 * The comment lines of one change, in this order: content or kind, mode, owner, time, attributes.
 *
 * Names and values are quoted, so a fact is one line whatever they hold, and it begins with '#', which is no beginning that
 * git apply or patch(1) looks for between patches.
 */
#include "changes/patch_facts.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "changes/quote.h"

#include <string.h>
#include <sys/sysmacros.h>
#include <time.h>

enum { PERMISSIONS = 07777 };

unsigned patch_git_mode(mode_t mode)
{
	if (S_ISLNK(mode))
		return 0120000;
	return mode & S_IXUSR ? 0100755 : 0100644;
}

bool patch_is_applied(const struct patch_change *p)
{
	const struct difference *d = &p->difference;

	if (p->blocked || (!d->old.there && !d->now.there))
		return false;
	if (p->old && p->now &&
	    patch_git_mode(p->old->st.st_mode) != patch_git_mode(p->now->st.st_mode))
		return true;
	return p->from != p->path || (d->form == DIFFERENCE_TEXT && !d->same);
}

void patch_add_fact(const struct patch_change *p, const char *fact, const char *old, const char *now)
{
	patch_open_line(p, PATCH_META);
	text_printf(p->out, "# %s %s -> %s  ", fact, old ? old : "none", now ? now : "none");
	quote_patch(p->out, "", p->path);
	patch_close_line(p, PATCH_META);
}

/* "10 bytes sha256:…", or the target of a link. */
static int describe_content(const struct patch_change *p, const struct patch_side *side,
			    struct content *c, struct text *out, struct error *err)
{
	if (S_ISLNK(side->st.st_mode)) {
		quote_bytes(out, text_str(&c->text), c->text.len);
		return 0;
	}
	if (!c->unreadable && content_sum(p->path, c, err) < 0)
		return -1;
	text_printf(out, "%llu bytes ", (unsigned long long)c->size);
	if (c->unreadable)
		text_add(out, "unreadable");
	else
		text_printf(out, "sha256:%s", c->sum);
	return 0;
}

/* The content of a file or link, where no hunks tell it. */
static int add_content(struct patch_change *p, struct error *err)
{
	_cleanup_text_ struct text old = { 0 }, now = { 0 };
	struct difference *d = &p->difference;
	mode_t mode = p->now ? p->now->st.st_mode : p->old->st.st_mode;
	const char *fact = S_ISLNK(mode)		  ? "symlink"
			   : d->form == DIFFERENCE_BINARY ? "binary"
							  : "file";

	if (d->same || (d->form == DIFFERENCE_TEXT && !p->blocked))
		return 0;
	if (p->old && describe_content(p, p->old, &d->old, &old, err) < 0)
		return -1;
	if (p->now && describe_content(p, p->now, &d->now, &now, err) < 0)
		return -1;
	patch_add_fact(p, fact, p->old ? text_str(&old) : NULL, p->now ? text_str(&now) : NULL);
	return 0;
}

static const char *kind_name(mode_t mode)
{
	static const struct {
		mode_t type;
		const char *name;
	} kinds[] = {
		{ S_IFDIR, "directory" },   { S_IFIFO, "fifo" },	 { S_IFSOCK, "socket" },
		{ S_IFCHR, "char-device" }, { S_IFBLK, "block-device" },
	};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (kinds[i].type == (mode & S_IFMT))
			return kinds[i].name;
	return NULL;
}

static bool is_device(mode_t mode)
{
	return S_ISCHR(mode) || S_ISBLK(mode);
}

/* "0755", or "1:3 0666" of a device; NULL when it is absent. */
static const char *describe_object(const struct patch_side *side, struct text *out)
{
	if (!side)
		return NULL;
	if (is_device(side->st.st_mode))
		text_printf(out, "%u:%u ", major(side->st.st_rdev), minor(side->st.st_rdev));
	text_printf(out, "%04o", side->st.st_mode & PERMISSIONS);
	return text_str(out);
}

/* An object that is neither file nor link, where it comes, goes or is another device. True when told, and with it the mode. */
static bool add_object(const struct patch_change *p)
{
	_cleanup_text_ struct text old = { 0 }, now = { 0 };
	mode_t mode = p->now ? p->now->st.st_mode : p->old->st.st_mode;
	const char *kind = kind_name(mode);

	if (!kind)
		return false;
	if (p->old && p->now && !(is_device(mode) && p->old->st.st_rdev != p->now->st.st_rdev))
		return false;
	patch_add_fact(p, kind, describe_object(p->old, &old), describe_object(p->now, &now));
	return true;
}

/* True when git's mode is the whole truth about the permissions. */
static bool is_said(mode_t mode)
{
	return (mode & PERMISSIONS) == (patch_git_mode(mode) & PERMISSIONS);
}

static void add_mode(const struct patch_change *p)
{
	mode_t old = p->old ? p->old->st.st_mode : 0, now = p->now ? p->now->st.st_mode : 0;
	char old_text[8], new_text[8];

	if (S_ISLNK(old | now) || (p->old && p->now && (old & PERMISSIONS) == (now & PERMISSIONS)))
		return;
	/* Two that are said and differ are also two modes to git, so there are lines that say them. */
	if (patch_is_applied(p) && (!p->old || is_said(old)) && (!p->now || is_said(now)))
		return;
	(void)snprintf(old_text, sizeof(old_text), "%04o", old & PERMISSIONS);
	(void)snprintf(new_text, sizeof(new_text), "%04o", now & PERMISSIONS);
	patch_add_fact(p, "mode", p->old ? old_text : NULL, p->now ? new_text : NULL);
}

/* Of what is new: when it would not be its owner's who applies the patch. */
static void add_owner(const struct patch_change *p)
{
	char old[32] = "", now[32];

	if (!p->now)
		return;
	if (p->old)
		(void)snprintf(old, sizeof(old), "%u:%u", p->old->st.st_uid, p->old->st.st_gid);
	(void)snprintf(now, sizeof(now), "%u:%u", p->now->st.st_uid, p->now->st.st_gid);
	if (p->old ? strcmp(old, now) != 0 : p->now->st.st_uid != geteuid())
		patch_add_fact(p, "owner", p->old ? old : NULL, now);
}

static const char *format_time(const struct timespec *time, char *buf, size_t size)
{
	struct tm tm;
	size_t n;

	/* A year that no int holds: gmtime_r(3) fails. The seconds are as good. */
	if (!gmtime_r(&time->tv_sec, &tm)) {
		(void)snprintf(buf, size, "@%lld.%09ld", (long long)time->tv_sec, time->tv_nsec);
		return buf;
	}
	n = strftime(buf, size, "%Y-%m-%dT%H:%M:%S", &tm);
	(void)snprintf(buf + n, size - n, ".%09ldZ", time->tv_nsec);
	return buf;
}

/* With other content another time is no news; a directory's changes with its entries. */
static void add_time(const struct patch_change *p)
{
	char old[64], now[64];

	if (!p->old || !p->now || !p->difference.same || S_ISDIR(p->now->st.st_mode))
		return;
	if (p->old->st.st_mtim.tv_sec == p->now->st.st_mtim.tv_sec &&
	    p->old->st.st_mtim.tv_nsec == p->now->st.st_mtim.tv_nsec)
		return;
	patch_add_fact(p, "time", format_time(&p->old->st.st_mtim, old, sizeof(old)),
		       format_time(&p->now->st.st_mtim, now, sizeof(now)));
}

int patch_add_facts(struct patch_change *p, struct error *err)
{
	if (add_content(p, err) < 0)
		return -1;
	if (!add_object(p))
		add_mode(p);
	add_owner(p);
	add_time(p);
	return patch_add_attributes(p, err);
}
