// SPDX-License-Identifier: MIT
/* The record of a box: what is written is read back, and what somebody else wrote is refused. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "run/record.h"
#include "state/record.h"
#include "test.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* A box's directory with a record, and what was read from it. */
struct box_dir {
	struct arena arena;
	struct record record;
	struct error err;
	char path[PATH_MAX];
	int fd;
};

static bool box_make(struct box_dir *b)
{
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(b->path, sizeof(b->path), "%s/nacre-record-XXXXXX", tmp ? tmp : "/tmp");
	b->fd = mkdtemp(b->path) ? open(b->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -EBADF;
	return check(b->fd >= 0);
}

static void box_release(struct box_dir *b)
{
	if (b->fd >= 0) {
		(void)unlinkat(b->fd, "record", 0);
		(void)unlinkat(b->fd, "record.new", 0);
		check(rmdir(b->path) == 0);
	}
	b->fd = close_fd(b->fd);
	arena_release(&b->arena);
}

#define BOX(b)                                                      \
	_cleanup_(box_release) struct box_dir b = { .fd = -EBADF }; \
	if (!box_make(&(b)))                                        \
	return

static void write_bytes(struct box_dir *b, const void *bytes, size_t n)
{
	_cleanup_fd_ int fd = openat(b->fd, "record", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
				     0600);

	check(fd >= 0 && write(fd, bytes, n) == (ssize_t)n);
}

static int load(struct box_dir *b)
{
	b->err = (struct error){ 0 };
	return record_load(&b->arena, b->fd, &b->record, &b->err);
}

/* A record whose lines between the first, those it must have, and the last are these. */
static int load_lines(struct box_dir *b, const char *lines)
{
	_cleanup_text_ struct text text = { 0 };

	text_printf(&text, "nacre-box 1\nname lezel\nbase /\n%send\n", lines);
	write_bytes(b, text_str(&text), text.len);
	return load(b);
}

TEST(record, every_line_is_read)
{
	BOX(b);
	const struct record *r = &b.record;

	check(load_lines(&b, "created 1763800000\n"
			     "run 1763800000.000000001\nrun 1763800100.999999999\n"
			     "window 1763800200.000000000 1763800201.500000000\n"
			     "boot 00000000-0000-0000-0000-000000000000\ntorn\n"
			     "layer /srv/a\nlayer /srv/b\n"
			     "uid 0 1001 1\nuid 1 100000 65536\ngid 0 1001 1\n"
			     "command make %20install%0A % %25\n"
			     "overlay root / volatile\n"
			     "overlay var%252Flib /var/lib\nlower /srv/a\nshadow /var/lib\n"
			     "seed dir 1777 %\nseed point 0755 mnt/%FF\n") == 0);
	check_str(r->name, "lezel");
	check_str(r->base, "/");
	check(r->created == 1763800000 && r->torn && !r->same_boot);
	require(r->runs.count == 2 && r->windows.count == 1);
	check(r->runs.items[0].tv_sec == 1763800000 && r->runs.items[0].tv_nsec == 1);
	check(r->runs.items[1].tv_nsec == 999999999);
	check(r->windows.items[0].from.tv_sec == 1763800200 &&
	      r->windows.items[0].to.tv_nsec == 500000000);
	require(r->layers.count == 2 && r->uids.count == 2 && r->gids.count == 1);
	check_str(r->layers.items[1], "/srv/b");
	check(r->uids.items[1].inside == 1 && r->uids.items[1].outside == 100000 &&
	      r->uids.items[1].count == 65536);
	require(r->command.count == 4);
	check_str(r->command.items[1], " install\n");
	check_str(r->command.items[2], "");
	check_str(r->command.items[3], "%");
}

TEST(record, overlays_have_their_own_lines)
{
	BOX(b);
	const struct record_overlay *o;

	check(load_lines(&b, "overlay root / volatile\n"
			     "overlay var%252Flib /var/lib\nlower /srv/a\nshadow /var/lib\n"
			     "seed dir 1777 %\nseed point 0755 mnt/%FF\n") == 0);
	require(b.record.overlays.count == 2);
	o = &b.record.overlays.items[0];
	check(o->is_volatile && o->lowers.count == 0 && o->seeds.count == 0);
	o = &b.record.overlays.items[1];
	check_str(o->slot, "var%2Flib");
	check_str(o->place, "/var/lib");
	require(!o->is_volatile && o->lowers.count == 2 && o->seeds.count == 2);
	check(!o->lowers.items[0].shadow && o->lowers.items[1].shadow);
	check(o->seeds.items[0].kind == RECORD_SEED_DIR && o->seeds.items[0].mode == 01777);
	check_str(o->seeds.items[0].path, "");
	check(o->seeds.items[1].kind == RECORD_SEED_POINT);
	check_str(o->seeds.items[1].path, "mnt/\xff");
}

TEST(record, another_boot_tears_volatile_uppers)
{
	_cleanup_text_ struct text lines = { 0 };
	char boot[BOOT_ID_SIZE];
	BOX(b);

	record_boot_id(boot);
	require(*boot);
	text_printf(&lines, "boot %s\noverlay root / volatile\n", boot);
	check(load_lines(&b, text_str(&lines)) == 0);
	check(b.record.same_boot && !b.record.torn);
	check(load_lines(&b, "boot 0\noverlay root / volatile\n") == 0);
	check(!b.record.same_boot && b.record.torn);
	check(load_lines(&b, "boot 0\noverlay root /\n") == 0);
	check(!b.record.torn);
}

TEST(record, unknown_keys_are_of_later_versions)
{
	BOX(b);

	check(load_lines(&b, "colour %C3%A9 blue\nlonely\n") == 0);
}

static const char *const malformed[] = {
	"\n",
	" base /\n",
	"base  /\n",
	"base /  \n",
	"base / x\n",
	"base\n",
	/* paths that are not absolute and clean */
	"base root\n",
	"base //\n",
	"base /a/\n",
	"base /a/../b\n",
	"base /./a\n",
	"base %\n",
	"layer etc\n",
	"overlay root usr\n",
	"overlay root /usr/..\n",
	/* slots that are not one name */
	"overlay .. /\n",
	"overlay . /\n",
	"overlay % /\n",
	"overlay a/b /\n",
	"overlay a%2Fb /\n",
	"overlay ../../home /\n",
	"overlay root\n",
	"overlay\n",
	"overlay root / torn\n",
	"overlay root / volatile x\n",
	"overlay root /\noverlay root /usr\n",
	/* lines of an overlay before there is one, or not in it */
	"lower /srv\n",
	"shadow /srv\n",
	"seed dir 0755 tmp\n",
	"overlay root /\nlower srv\n",
	"overlay root /\nlower /srv/\n",
	"overlay root /\nseed dir 0755 /tmp\n",
	"overlay root /\nseed dir 0755 ../tmp\n",
	"overlay root /\nseed dir 0755 a//b\n",
	"overlay root /\nseed dir 0755 a/./b\n",
	"overlay root /\nseed dir 17777 tmp\n",
	"overlay root /\nseed dir 0x1 tmp\n",
	"overlay root /\nseed door 0755 tmp\n",
	"overlay root /\nseed dir 0755\n",
	/* words that are not written so */
	"base /%0\n",
	"base /%zz\n",
	"base /%00\n",
	"base /%2f\n",
	"base /a%\n",
	/* numbers */
	"created\n",
	"created -1\n",
	"created 1x\n",
	"created 99999999999999999999\n",
	"uid 0 1001\n",
	"uid 0 1001 0\n",
	"uid 0 1001 4294967295\n",
	"uid 4294967295 0 1\n",
	"gid 0 -1 1\n",
	"gid 0 1 1 1\n",
	"gid 0 4294967296 1\n",
	"run 1\n",
	"run 1.5\n",
	"run .000000000\n",
	"run 1.-00000001\n",
	"run 1.000000000 2.000000000\n",
	"window 1.000000000\n",
	"torn today\n",
};

TEST(record, malformed_lines_are_named)
{
	BOX(b);

	for (size_t i = 0; i < ARRAY_LEN(malformed); i++) {
		check(load_lines(&b, malformed[i]) < 0);
		if (!check(strstr(b.err.reason, "malformed")))
			(void)printf("# it was %zu: %s", i, malformed[i]);
		check_str(b.err.name, "box-record");
	}
	check(load_lines(&b, "torn\n\x1b[31m\n") < 0);
	check_str(b.err.reason, "line 5, \"\\x1b[31m\", is malformed");
}

TEST(record, frame_must_be_whole)
{
	static const struct {
		const char *text, *reason, *name;
	} rows[] = {
		{ "", "it does not begin as a record does", "box-record" },
		{ "box 1\nend\n", "it does not begin as a record does", "box-record" },
		{ "nacre-box 1", "it does not begin as a record does", "box-record" },
		{ "nacre-box 2\nend\n", "", "box-record-version" },
		{ "nacre-box 11\nend\n", "", "box-record-version" },
		{ "nacre-box 1\n", "it is cut short", "box-record" },
		{ "nacre-box 1\nname a\nbase /\n", "it is cut short", "box-record" },
		{ "nacre-box 1\nname a\nbase /\nend", "it is cut short", "box-record" },
		{ "nacre-box 1\nname a\nbase /end\n", "it is cut short", "box-record" },
		{ "nacre-box 1\nname a\nend\n", "it lacks a line \"base\"", "box-record" },
		{ "nacre-box 1\nbase /\nend\n", "it lacks a line \"name\"", "box-record" },
	};
	BOX(b);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		write_bytes(&b, rows[i].text, strlen(rows[i].text));
		check(load(&b) < 0);
		check_str(b.err.reason, rows[i].reason);
		check_str(b.err.name, rows[i].name);
	}
	write_bytes(&b, "nacre-box 1\nname a\nbase /\0\nend\n", 31);
	check(load(&b) < 0);
	check_str(b.err.reason, "it is cut short");
}

TEST(record, must_be_a_file)
{
	BOX(b);

	check(load(&b) < 0);
	check(b.err.sys == ENOENT);
	check_str(b.err.reason, "it is missing");
	check(strstr(b.err.message, "cannot read the record of the box nacre-record-"));
	check(mkfifoat(b.fd, "record", 0600) == 0);
	check(load(&b) < 0);
	check_str(b.err.name, "box-record");
	check(unlinkat(b.fd, "record", 0) == 0);
	check(symlinkat("/etc/passwd", b.fd, "record") == 0);
	check(load(&b) < 0);
	check(b.err.sys == ELOOP);
}

TEST(record, words_come_back)
{
	char word[256 + 1] = "", *at = word;
	_cleanup_text_ struct text lines = { 0 };
	BOX(b);

	for (int c = 255; c > 0; c--)
		*at++ = (char)c;
	text_add(&lines, "command");
	record_add_word(&lines, word);
	record_add_word(&lines, "");
	text_add_char(&lines, '\n');
	check(load_lines(&b, text_str(&lines)) == 0);
	require(b.record.command.count == 2);
	check_str(b.record.command.items[0], word);
	check_str(b.record.command.items[1], "");
}

TEST(record, window_is_added_before_the_end)
{
	const struct timespec from = { 10, 5 }, to = { 11, 999999999 };
	BOX(b);

	check(load_lines(&b, "colour blue\n") == 0);
	check(record_add_window(b.fd, from, to, &b.err) == 0);
	check(record_add_window(b.fd, to, to, &b.err) == 0);
	check(load(&b) == 0);
	require(b.record.windows.count == 2);
	check(b.record.windows.items[0].from.tv_nsec == 5 &&
	      b.record.windows.items[0].to.tv_nsec == 999999999);
	check(b.record.windows.items[1].from.tv_sec == 11);
	check(faccessat(b.fd, "record.new", F_OK, 0) < 0 && errno == ENOENT);
	write_bytes(&b, "nacre-box 1\n", 12);
	check(record_add_window(b.fd, from, to, &b.err) < 0);
	check_str(b.err.reason, "it is cut short");
}

/* ---- the writer ---- */

static void write_run(struct box_dir *b, struct plan *plan, time_t started,
		      const struct record *past)
{
	_cleanup_text_ struct text text = { 0 };

	record_format(plan, "lezel", (struct timespec){ .tv_sec = started }, past, &text);
	check(record_replace(b->fd, &text, false) == 0);
}

static struct plan *plan_of_command(void)
{
	struct plan *plan = plan_new("/", "/home/me");

	*VECTOR_ADD(&plan->arena, &plan->argv) = "true";
	return plan;
}

TEST(record, run_is_written_as_it_is_read)
{
	struct plan *plan = plan_of_command();
	struct overlay overlay = { .upper_kind = UPPER_BOX, .slot = "root", .is_volatile = true };
	BOX(b);

	*VECTOR_ADD(&plan->arena, &overlay.lowers) = (struct layer){ .path = "/srv/a b" };
	*VECTOR_ADD(&plan->arena, &overlay.seeds) = (struct seed){ .path = "tmp",
								   .kind = SEED_DIR,
								   .mode = 01777 };
	*VECTOR_ADD(&plan->arena, &overlay.seeds) = (struct seed){ .path = "lib",
								   .kind = SEED_SYMLINK,
								   .mode = 0777 };
	*VECTOR_ADD(&plan->arena, &overlay.seeds) = (struct seed){
		.path = "mnt", .kind = SEED_DIR, .mode = 0755, .point = true
	};
	*VECTOR_ADD(&plan->arena, &plan->steps) = (struct step){ .kind = STEP_OVERLAY,
								 .dst = "/",
								 .overlay = &overlay };
	write_run(&b, plan, 1763800000, NULL);
	require(load(&b) == 0);
	check(b.record.created == 1763800000 && b.record.runs.count == 1);
	check(!b.record.torn && b.record.same_boot);
	require(b.record.overlays.count == 1 && b.record.overlays.items[0].seeds.count == 3);
	check_str(b.record.overlays.items[0].lowers.items[0].path, "/srv/a b");
	check(b.record.overlays.items[0].seeds.items[1].kind == RECORD_SEED_LINK);
	check(b.record.overlays.items[0].seeds.items[2].kind == RECORD_SEED_POINT);
	plan_free(plan);
}

TEST(record, life_is_carried_over)
{
	const struct timespec from = { 1500, 0 }, to = { 1501, 0 };
	struct plan *plan = plan_of_command();
	struct record past;
	BOX(b);

	write_run(&b, plan, 1000, NULL);
	check(record_add_window(b.fd, from, to, &b.err) == 0);
	require(load(&b) == 0);
	past = b.record;
	past.torn = true;
	write_run(&b, plan, 2000, &past);
	require(load(&b) == 0);
	check(b.record.created == 1000 && b.record.torn);
	require(b.record.runs.count == 2 && b.record.windows.count == 1);
	check(b.record.runs.items[0].tv_sec == 1000 && b.record.runs.items[1].tv_sec == 2000);
	check(b.record.windows.items[0].to.tv_sec == 1501);
	plan_free(plan);
}

TEST(record, first_run_and_the_last_ones_stay)
{
	struct plan *plan = plan_of_command();
	struct record past = { 0 };
	BOX(b);

	for (int i = 1; i <= RECORD_RUNS_MAX; i++)
		*VECTOR_ADD(&b.arena, &past.runs) = (struct timespec){ .tv_sec = i };
	write_run(&b, plan, 5000, &past);
	require(load(&b) == 0);
	require(b.record.runs.count == RECORD_RUNS_MAX);
	check(b.record.runs.items[0].tv_sec == 1);
	check(b.record.runs.items[1].tv_sec == 3);
	check(b.record.runs.items[RECORD_RUNS_MAX - 1].tv_sec == 5000);
	plan_free(plan);
}
