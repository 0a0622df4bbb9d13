// SPDX-License-Identifier: MIT
/* From uppers to a list. */
#include "changes/walk.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "base/path.h"
#include "base/text.h"
#include "changes/compare.h"
#include "changes/conflict.h"
#include "changes/links.h"
#include "changes/list.h"
#include "changes/lowers.h"
#include "changes/names.h"
#include "changes/source.h"

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>

/* Each level has descriptors and names of its own; a tree this deep was made to break who walks it. */
enum { DEPTH_MAX = 2048 };

struct walker {
	struct changes *c;
	struct links *links;
	uint32_t source;
	unsigned depth;
	bool quick; /* only the number is wanted */
	uid_t uid; /* we */
	struct text path; /* below the source's root, of the directory that is walked */
	struct names spare;
	struct error *err;
};

/* A directory while it is walked. */
struct place {
	int upper_fd; /* -1: below a directory that is gone */
	struct lower_dir lowers; /* empty: below one that is new */
	uint32_t dir;
	bool opaque;
};

static void place_release(struct place *p)
{
	p->upper_fd = close_fd(p->upper_fd);
	lower_dir_release(&p->lowers);
}

/* One name, as both sides have it. */
struct entry {
	const char *name;
	struct stat now;
	struct lower_entry old;
	bool has_now, has_old;
	uint64_t whiteout; /* its inode number, when that is what the upper has; 0 */
};

/* For a count what may not be read is a change: it is not as it was, or was not there. */
static bool is_closed(const struct walker *w, int sys)
{
	return w->quick && sys == EACCES;
}

static int walk_failed(struct walker *w, const char *name)
{
	_cleanup_text_ struct text path = { 0 };
	int sys = errno;

	text_printf(&path, "%s/%s%s", w->c->sources.items[w->source].place + 1, text_str(&w->path),
		    name);
	errno = sys;
	(void)fail_call(w->err, CALL_STATE, text_str(&path));
	return fail_message(w->err, "cannot compare /%s", Q(text_str(&path)));
}

/* Appends a name to the path; its length before. */
static size_t go_down(struct walker *w, const char *name)
{
	size_t len = w->path.len;

	text_add(&w->path, name);
	text_add_char(&w->path, '/');
	w->depth++;
	return len;
}

static void go_up(struct walker *w, size_t len)
{
	w->path.len = len;
	w->path.data[len] = '\0';
	w->depth--;
}

static int too_deep(struct walker *w)
{
	if (w->depth < DEPTH_MAX)
		return 0;
	errno = ELOOP;
	return walk_failed(w, "");
}

/* CHANGE_OLD_PLAIN. Where there is nothing but the base below, what the box saw is what a commit changes. */
static bool is_old_plain(const struct walker *w, const struct entry *e)
{
	return w->c->sources.items[w->source].lowers->count == 1 && !e->old.guarded &&
	       !S_ISDIR(e->old.st.st_mode) && e->old.st.st_uid == w->uid &&
	       (uint64_t)e->old.st.st_blocks * 512 ==
		       change_whole_blocks((uint64_t)e->old.st.st_size) &&
	       !conflict_possible(&w->c->record, &e->old.st);
}

static struct change *add(struct walker *w, enum change_kind kind, const struct place *p,
			  const struct entry *e)
{
	struct change *change = list_add(w->c, kind, p->dir, list_name(w->c, e->name));

	list_objects(change, e->has_now ? &e->now : NULL, e->has_old ? &e->old.st : NULL);
	if (!S_ISDIR(change->mode) && !S_ISDIR(change->old_mode))
		change->upper_ino = e->has_now ? e->now.st_ino : e->whiteout;
	if (e->has_old && is_old_plain(w, e)) {
		change->flags |= CHANGE_OLD_PLAIN;
		change->old_ino = e->old.st.st_ino;
	}
	if (p->opaque)
		change->flags |= CHANGE_OPAQUE;
	if (e->has_now && !S_ISDIR(e->now.st_mode) && e->now.st_nlink > 1)
		change->flags |= CHANGE_LINKED;
	if (e->has_now && S_ISREG(e->now.st_mode) && (e->now.st_mode & 0111) &&
	    !(e->has_old && (e->old.st.st_mode & 0111)))
		change->flags |= CHANGE_EXECUTABLE;
	return change;
}

/* Names of an object that has several are kept, to be put together at the end. */
static void note_links(struct walker *w, const struct entry *e, uint32_t index, bool same)
{
	if (S_ISDIR(e->now.st_mode) || e->now.st_nlink < 2)
		return;
	links_add(w->links, &(struct link_name){
				    .change = index,
				    .ino = e->now.st_ino,
				    .dev = e->now.st_dev,
				    .old_ino = same ? e->old.st.st_ino : 0,
				    .old_dev = same ? e->old.st.st_dev : 0,
			    });
}

/* What is in a directory that came or went as a whole, summed up in its change. */
struct whole {
	uint32_t files;
	uint64_t size;
};

static int look(struct walker *w, const struct place *p, const char *name, struct entry *ret);

static int add_inside(struct walker *w, enum change_kind kind, const struct place *p,
		      struct whole *sum);

/* The entries of the directory e: new ones, or those that are gone. */
static int add_below(struct walker *w, enum change_kind kind, const struct place *p,
		     const struct entry *e, struct whole *sum)
{
	_cleanup_(place_release) struct place below = { .upper_fd = -1 };
	bool added = kind == CHANGE_ADDED;
	size_t len;
	int answer;

	if (added)
		below.upper_fd = openat(p->upper_fd, e->name,
					O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (added ? below.upper_fd < 0
		  : lower_enter(&p->lowers, e->name, e->old.layer, &below.lowers) < 0)
		return walk_failed(w, e->name);
	below.dir = list_dir(w->c, w->source, p->dir, e->name);
	w->c->dirs[below.dir].in_upper = added;
	w->c->dirs[below.dir].in_base = !added;
	len = go_down(w, e->name);
	answer = add_inside(w, kind, &below, sum);
	go_up(w, len);
	return answer;
}

/* One entry of such a directory, and with a directory all that is in it. */
static int add_inside_entry(struct walker *w, enum change_kind kind, const struct place *p,
			    const struct entry *e, struct whole *sum)
{
	const struct stat *st = kind == CHANGE_ADDED ? &e->now : &e->old.st;
	uint32_t index = (uint32_t)w->c->count;

	add(w, kind, p, e)->flags |= CHANGE_INSIDE;
	if (S_ISDIR(st->st_mode))
		return add_below(w, kind, p, e, sum);
	sum->files++;
	sum->size += (uint64_t)st->st_size;
	if (kind == CHANGE_ADDED)
		note_links(w, e, index, false);
	return 0;
}

static int add_inside(struct walker *w, enum change_kind kind, const struct place *p,
		      struct whole *sum)
{
	_cleanup_(names_release) struct names names = names_take(&w->spare);

	if (too_deep(w) < 0)
		return -1;
	if ((kind == CHANGE_ADDED ? names_read(&names, p->upper_fd)
				  : lower_names(&p->lowers, &names)) < 0)
		return walk_failed(w, "");
	names_sort(&names);
	for (size_t i = 0; i < names.count; i++) {
		struct entry e;

		if (look(w, p, names.v[i], &e) < 0)
			return -1;
		/* A whiteout in a directory that hides nothing is an orphan. */
		if (kind == CHANGE_ADDED ? !e.has_now || is_whiteout(&e.now) : !e.has_old)
			continue;
		if (add_inside_entry(w, kind, p, &e, sum) < 0)
			return -1;
	}
	names_give(&names, &w->spare);
	return 0;
}

/* A directory whose change is at index, with all that is in it. */
static int add_whole(struct walker *w, const struct place *p, const struct entry *e, uint32_t index,
		     enum change_kind kind)
{
	struct whole sum = { 0 };
	int answer = add_below(w, kind, p, e, &sum);

	w->c->v[index].flags |= CHANGE_WHOLE;
	if (kind == CHANGE_ADDED) {
		w->c->v[index].files = sum.files;
		w->c->v[index].size = sum.size;
	} else {
		w->c->v[index].old_files = sum.files;
		w->c->v[index].old_size = sum.size;
	}
	return answer;
}

/* What is new, gone, or of another type than before. */
static int add_change(struct walker *w, enum change_kind kind, const struct place *p,
		      const struct entry *e)
{
	uint32_t index = (uint32_t)w->c->count;

	(void)add(w, kind, p, e);
	if (e->has_now)
		note_links(w, e, index, false);
	if (w->quick)
		return 0;
	if (e->has_now && S_ISDIR(e->now.st_mode) && add_whole(w, p, e, index, CHANGE_ADDED) < 0)
		return -1;
	if (e->has_old && S_ISDIR(e->old.st.st_mode))
		return add_whole(w, p, e, index, CHANGE_DELETED);
	return 0;
}

static bool is_mapped(const struct record_range *ranges, size_t count, uint32_t id)
{
	for (size_t i = 0; i < count; i++)
		if (id >= ranges[i].outside && id - ranges[i].outside < ranges[i].count)
			return true;
	return false;
}

/* The box has no id for the owner of what was there: whatever it makes there is its own, which says nothing. */
static bool can_give(const struct record *record, const struct stat *old)
{
	return is_mapped(record->uids.items, record->uids.count, old->st_uid) &&
	       is_mapped(record->gids.items, record->gids.count, old->st_gid);
}

/* Two objects of one type that is no directory. */
static int compare_entry(struct walker *w, const struct place *p, const struct entry *e,
			 const struct record_seed *seed)
{
	struct compare_side now = { p->upper_fd, e->name, &e->now };
	struct compare_side old = { lower_dir_fd(&p->lowers, e->old.layer), e->name, &e->old.st };
	int differs = w->quick && compare_looks(&e->now, &e->old.st) ? DIFFERS_MTIME
								     : compare_objects(&now, &old);
	uint32_t index;

	if (differs < 0 && is_closed(w, errno))
		differs = DIFFERS_CONTENT;
	if (differs < 0)
		return walk_failed(w, e->name);
	if (seed || !can_give(&w->c->record, &e->old.st))
		differs &= ~DIFFERS_OWNER;
	/* One of several names may turn out to differ by the others: it is listed until links_settle(). */
	if (!differs && e->now.st_nlink < 2) {
		w->c->noise++;
		return 0;
	}
	index = (uint32_t)w->c->count;
	add(w, differs & DIFFERS_CONTENT ? CHANGE_MODIFIED : CHANGE_META, p, e)->differs = (uint8_t)
		differs;
	note_links(w, e, index, true);
	return 0;
}

/* Mode, owner and attributes of a directory that is on both sides. old_fd is the topmost lower one. */
static int compare_directory(struct walker *w, const struct place *p, const struct entry *e,
			     int old_fd, const struct record_seed *seed, uint32_t *ret_index)
{
	struct stat old = e->old.st;
	struct compare_side now_side = { p->upper_fd, e->name, &e->now };
	struct compare_side old_side = { old_fd, *e->name ? e->name : ".", &old };
	/* An owner that the box was given the directory with says nothing; one that it gave itself does. */
	bool ours = !seed && ((e->now.st_uid == old.st_uid && e->now.st_gid == old.st_gid) ||
			      (*e->name && can_give(&w->c->record, &old)));
	int differs;

	if (!*e->name)
		now_side.name = ".";
	if (seed)
		old.st_mode = S_IFDIR | seed->mode;
	/* The root of an upper that stands for somebody else's directory has no right to write for others. */
	if (!*e->name && !seed && !(e->now.st_mode & 0222))
		old.st_mode = (old.st_mode & ~(mode_t)0222) | (e->now.st_mode & 0222);
	differs = ours ? compare_objects(&now_side, &old_side)
		       : ((e->now.st_mode ^ old.st_mode) & 07777 ? DIFFERS_MODE | DIFFERS_SEED : 0);
	if (differs < 0)
		return walk_failed(w, e->name);
	*ret_index = differs ? (uint32_t)w->c->count : NO_CHANGE;
	if (differs)
		add(w, CHANGE_META, p, e)->differs = (uint8_t)differs;
	return 0;
}

static int walk_directory(struct walker *w, struct place *p);

static int enter_directory(struct walker *w, const struct place *p, const struct entry *e,
			   const struct record_seed *seed)
{
	_cleanup_(place_release) struct place below = { .upper_fd = -1 };
	uint32_t index = NO_CHANGE;
	size_t len;
	int answer;

	if (e->has_old &&
	    compare_directory(w, p, e, lower_dir_fd(&p->lowers, e->old.layer), seed, &index) < 0)
		return -1;
	below.upper_fd = openat(p->upper_fd, e->name,
				O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (below.upper_fd < 0 && is_closed(w, errno)) {
		(void)add(w, CHANGE_META, p, e);
		w->c->v[w->c->count - 1].differs = DIFFERS_MODE;
		return 0;
	}
	if (below.upper_fd < 0 ||
	    (e->has_old && lower_enter(&p->lowers, e->name, e->old.layer, &below.lowers) < 0))
		return walk_failed(w, e->name);
	/* Below a directory that hides the base's everything does, whatever its own mark. */
	below.opaque = p->opaque || is_opaque(below.upper_fd);
	below.dir = list_dir(w->c, w->source, p->dir, e->name);
	if (index != NO_CHANGE)
		w->c->v[index].from = below.dir;
	w->c->dirs[below.dir].in_upper = true;
	w->c->dirs[below.dir].in_base = e->has_old;
	w->c->dirs[below.dir].opaque = below.opaque;
	len = go_down(w, e->name);
	answer = walk_directory(w, &below);
	go_up(w, len);
	return answer;
}

static int look(struct walker *w, const struct place *p, const char *name, struct entry *ret)
{
	int answer = LOWER_NONE;

	*ret = (struct entry){ .name = name };
	if (p->upper_fd >= 0) {
		ret->has_now = fstatat(p->upper_fd, name, &ret->now, AT_SYMLINK_NOFOLLOW) == 0;
		if (!ret->has_now && errno != ENOENT)
			return walk_failed(w, name);
	}
	if (p->lowers.count)
		answer = lower_lookup(&p->lowers, name, &ret->old);
	if (answer < 0)
		return walk_failed(w, name);
	ret->has_old = answer == 0;
	return 0;
}

/* The seed at this name: only directories of the upper's root to a seed are ever in question. */
static const struct record_seed *find_seed(struct walker *w, const char *name)
{
	const struct change_source *source = &w->c->sources.items[w->source];
	size_t len = w->path.len;
	const struct record_seed *seed;

	if (!source->overlay->seeds.count)
		return NULL;
	text_add(&w->path, name);
	seed = source_seed(source, text_str(&w->path));
	w->path.len = len;
	if (w->path.data)
		w->path.data[len] = '\0';
	return seed;
}

static int walk_entry(struct walker *w, const struct place *p, const struct entry *e)
{
	const struct record_seed *seed = find_seed(w, e->name);

	if (!e->has_now || is_whiteout(&e->now))
		return e->has_old ? add_change(w, CHANGE_DELETED, p,
					       &(struct entry){
						       .name = e->name,
						       .old = e->old,
						       .has_old = true,
						       .whiteout = e->has_now ? e->now.st_ino : 0 })
				  : 0;
	if (S_ISDIR(e->now.st_mode) && (e->has_old ? S_ISDIR(e->old.st.st_mode) : seed != NULL))
		return enter_directory(w, p, e, seed);
	if (!e->has_old)
		return add_change(w, CHANGE_ADDED, p, e);
	if ((e->now.st_mode ^ e->old.st.st_mode) & S_IFMT)
		return add_change(w, CHANGE_TYPE, p, e);
	return compare_entry(w, p, e, seed);
}

static int walk_directory(struct walker *w, struct place *p)
{
	_cleanup_(names_release) struct names names = names_take(&w->spare);

	if (too_deep(w) < 0)
		return -1;
	if (names_read(&names, p->upper_fd) < 0 ||
	    (p->opaque && lower_names(&p->lowers, &names) < 0))
		return walk_failed(w, "");
	names_sort(&names);
	for (size_t i = 0; i < names.count; i++) {
		struct entry e;

		if (look(w, p, names.v[i], &e) < 0 || walk_entry(w, p, &e) < 0)
			return -1;
	}
	names_give(&names, &w->spare);
	return 0;
}

/* The root of an upper, whose lowers are open already. */
static int walk_source(struct walker *w)
{
	struct change_source *source = &w->c->sources.items[w->source];
	_cleanup_(place_release) struct place top = { .upper_fd = -1 };
	struct entry e = { .name = "", .has_now = true };
	uint32_t index = NO_CHANGE;

	if (source->upper_fd < 0)
		return 0;
	top.dir = list_dir(w->c, w->source, NO_CHANGE, "");
	w->c->dirs[top.dir].in_upper = true;
	w->c->dirs[top.dir].in_base = source->target_fd >= 0;
	top.upper_fd = fcntl(source->upper_fd, F_DUPFD_CLOEXEC, 3);
	for (size_t i = 0; i < source->lowers->count; i++)
		lower_dir_add(&top.lowers,
			      fcntl(lower_dir_fd(source->lowers, i), F_DUPFD_CLOEXEC, 3));
	if (top.upper_fd < 0 || fstat(top.upper_fd, &e.now) < 0)
		return walk_failed(w, "");
	e.has_old = top.lowers.count && fstat(lower_dir_fd(&top.lowers, 0), &e.old.st) == 0;
	if (e.has_old && compare_directory(w, &top, &e, lower_dir_fd(&top.lowers, 0),
					   source_seed(source, ""), &index) < 0)
		return -1;
	if (index != NO_CHANGE)
		w->c->v[index].from = top.dir;
	top.opaque = is_opaque(top.upper_fd);
	w->c->dirs[top.dir].opaque = top.opaque;
	return walk_directory(w, &top);
}

/* A stack of layers takes a descriptor a layer and level: more than the usual limit of 1024. */
static void raise_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
		limit.rlim_cur = limit.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &limit);
	}
}

static int read_box(struct changes *c, int box_fd, bool quick, struct error *err)
{
	_cleanup_(links_release) struct links links = { 0 };
	struct walker w = { .c = c, .links = &links, .quick = quick, .uid = geteuid(), .err = err };
	int answer = sources_open(c, box_fd, err);

	(void)clock_gettime(CLOCK_MONOTONIC, &c->read);
	raise_limit();
	for (; answer == 0 && w.source < c->sources.count; w.source++)
		answer = walk_source(&w);
	text_release(&w.path);
	names_release(&w.spare);
	if (answer < 0)
		return -1;
	links_settle(&links, c);
	return 0;
}

int changes_read(struct changes *c, int box_fd, struct error *err)
{
	return read_box(c, box_fd, false, err);
}

int changes_count(int box_fd, uint64_t *ret, struct error *err)
{
	_cleanup_(changes_release) struct changes c = { 0 };
	int answer = read_box(&c, box_fd, true, err);

	*ret = c.count;
	return answer;
}
