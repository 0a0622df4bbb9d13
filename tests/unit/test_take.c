// SPDX-License-Identifier: MIT
/* What is placed in the new root: each option's specification as a step. */
#include "base/cleanup.h"
#include "base/error.h"
#include "base/syscalls.h"
#include "base/text.h"
#include "read/options.h"
#include "test.h"

#include <string.h>

#define DEFAULT_FLAGS (MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV)

static struct error err;
static struct plan *plan;

/* Reads one option with one value. The step, or NULL with err filled; it lives to the next call. */
static const struct step *take(const char *option, const char *value)
{
	char *words[] = { (char *)option, (char *)value, "true" };

	plan_free(plan);
	plan = plan_new("/cwd", "/home/me");
	memset(&err, 0, sizeof(err));
	if (options_read(plan, VERB_RUN, 3, words, &err) || plan->asked.count != 1)
		return NULL;
	return &plan->asked.items[0];
}

static void done(void)
{
	plan = plan_free(plan);
}

static void refused(const char *option, const char *value, const char *message, const char *name)
{
	check(take(option, value) == NULL);
	check_str(err.message, message);
	check_str(err.name, name);
}

TEST(take, bind)
{
	const struct step *s = take("-b", "src/x");

	require(s);
	check(s->kind == STEP_BIND);
	check_str(s->src, "/cwd/src/x");
	check_str(s->dst, "/cwd/src/x");
	check(s->flags.set == DEFAULT_FLAGS);
	check(s->flags.clear == 0 && s->flags.propagation == 0);
	check(s->recursive && s->flags.recursive);
	s = take("--volume", "/a:/b");
	require(s);
	check_str(s->src, "/a");
	check_str(s->dst, "/b");
	s = take("-v", "/a:/b:ro,dev,rw,ro,noexec");
	require(s);
	check(s->flags.set == (MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC));
	check(s->flags.clear == 0);
	done();
}

TEST(take, bind_words_without_a_place)
{
	const struct step *s = take("-b", "/a:ro");

	require(s);
	check_str(s->dst, "/a");
	check(s->flags.set & MOUNT_ATTR_RDONLY);
	s = take("-b", "/a:suid,norec,mkdir=never,optional");
	require(s);
	check_str(s->dst, "/a");
	check(s->flags.set == MOUNT_ATTR_NODEV);
	check(!s->recursive && !s->flags.recursive);
	check(s->mkdir == MKDIR_NEVER && s->optional && !s->ensure);
	s = take("-b", "/a:./ro");
	require(s);
	check_str(s->dst, "/cwd/ro");
	s = take("-b", "/a:\\ro");
	require(s);
	check_str(s->dst, "/cwd/ro");
	s = take("-b", "/a:dir");
	require(s);
	check_str(s->dst, "/cwd/dir");
	s = take("-b", "/a:/ro");
	require(s);
	check_str(s->dst, "/ro");
	done();
}

/* Neither overlayns nor nsroot can say these paths. */
TEST(take, bind_of_any_path)
{
	const struct step *s = take("-b", "/a,b\\:c\\\\d\n\xff:/e\\:f,g:ro");

	require(s);
	check_str(s->src, "/a,b:c\\d\n\xff");
	check_str(s->dst, "/e:f,g");
	check(s->flags.set & MOUNT_ATTR_RDONLY);
	done();
}

TEST(take, bind_words)
{
	const struct step *s = take("-b", "/a:/b:ensure,rslave,noatime,nosymfollow");

	require(s);
	check(s->ensure);
	check(s->flags.propagation == MS_SLAVE && s->flags.propagation_recursive);
	check(s->flags.set == (DEFAULT_FLAGS | MOUNT_ATTR_NOATIME | MOUNT_ATTR_NOSYMFOLLOW));
	check(s->flags.clear == MOUNT_ATTR__ATIME);
	s = take("-b", "/a:/b:noatime,strictatime,unbindable,nodiratime");
	require(s);
	check(s->flags.set == (DEFAULT_FLAGS | MOUNT_ATTR_STRICTATIME | MOUNT_ATTR_NODIRATIME));
	check(s->flags.propagation == MS_UNBINDABLE && !s->flags.propagation_recursive);
	s = take("-b", "/a:/b:optional,ensure");
	require(s);
	check(plan_check(plan, &err) == -1);
	done();
}

TEST(take, bind_refused)
{
	refused("-b", "", "the source of the bind is empty", "spec-fields");
	refused("-b", ":/b", "the source of the bind is empty", "spec-fields");
	refused("-b", "/a:", "the place of the bind is empty", "spec-fields");
	refused("-b", "/a::ro", "the place of the bind is empty", "spec-fields");
	refused("-b", "/a:/b:ro:x", "a bind has at most three parts, this one has 4", "spec-fields");
	refused("-b", "/a:/b:size=5", "unknown word size", "spec-word");
	refused("-b", "/a:/b:noexce", "unknown word noexce", "spec-word");
	check_str(err.fix, "did you mean noexec?");
	refused("-b", "/a:/b:sync", "sync belongs to the file system, not to this mount",
		"spec-word");
	refused("-b", "/a:/b:ro=1", "ro takes no value", "spec-word");
	refused("-b", "/a:/b:mkdir", "mkdir needs a value", "spec-value");
	check_str(err.fix, "write it as mkdir=maybe");
	refused("-b", "/a:/b:mkdir=alway", "alway is not what to do about a missing mount point",
		"spec-value");
	refused("-b", "/a:/b:ro\\", "the last backslash escapes nothing", "spec-escape");
	refused("-b", "/a\\", "the last backslash escapes nothing", "spec-escape");
	done();
}

TEST(take, tmpfs)
{
	const struct step *s = take("--tmpfs",
				    "/t\\,1,size=64m,inodes=10k,mode=1777,uid=0,gid=5,ro");

	require(s);
	check(s->kind == STEP_TMPFS);
	check_str(s->dst, "/t,1");
	check(s->size == 64 << 20 && s->inodes == 10240 && s->mode == 01777);
	check(s->uid == 0 && s->gid == 5);
	check(s->flags.set == (DEFAULT_FLAGS | MOUNT_ATTR_RDONLY));
	s = take("--tmpfs", "t,nr_blocks=9,nr_inodes=8,,exec,dev,mkdir=require");
	require(s);
	check_str(s->dst, "/cwd/t");
	check(s->blocks == 9 && s->inodes == 8 && s->size == 0);
	check(s->mode == -1 && s->uid == -1 && s->gid == -1);
	check(s->flags.set == MOUNT_ATTR_NOSUID && s->flags.clear == 0);
	check(s->mkdir == MKDIR_REQUIRE);
	refused("--tmpfs", "", "the place in the box is empty", "spec-fields");
	refused("--tmpfs", ",size=1", "the place in the box is empty", "spec-fields");
	refused("--tmpfs", "/t,size=50%", "50% is not a size", "spec-value");
	refused("--tmpfs", "/t,size=", "size needs a value", "spec-value");
	refused("--tmpfs", "/t,szie=1", "unknown word szie", "spec-word");
	check_str(err.fix, "did you mean size?");
	refused("--tmpfs", "/t,optional", "unknown word optional", "spec-word");
	done();
}

TEST(take, places)
{
	static const struct {
		const char *option;
		enum step_kind kind;
	} rows[] = {
		{ "--proc", STEP_PROC }, { "--dev", STEP_DEV },	      { "--mqueue", STEP_MQUEUE },
		{ "--sys", STEP_SYS },	 { "--hide", STEP_HIDE },     { "--only", STEP_ONLY },
		{ "--dir", STEP_DIR },	 { "--devpts", STEP_DEVPTS },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct step *s = take(rows[i].option, "a//b/../c");

		require(s);
		check(s->kind == rows[i].kind);
		check_str(s->dst, "/cwd/a/c");
		check(take(rows[i].option, "") == NULL);
		check_str(err.name, "spec-fields");
	}
	done();
}

TEST(take, plain_paths_know_no_escapes)
{
	const struct step *s = take("--hide", "/h/.ssh/*,\\:[a-c]\\*\xff");

	require(s);
	check_str(s->dst, "/h/.ssh/*,\\:[a-c]\\*\xff");
	done();
}

TEST(take, dir_and_devpts)
{
	const struct step *s = take("--dir", "/d,mode=0700");

	require(s);
	check(s->mode == 0700);
	s = take("--devpts", "/p,mode=620,gid=5,uid=1,noexec");
	require(s);
	check(s->mode == 0620 && s->gid == 5 && s->uid == 1);
	check(s->flags.set == MOUNT_ATTR_NOEXEC);
	refused("--dir", "/d,size=1", "unknown word size", "spec-word");
	refused("--dir", "/d,mode=9", "9 is not a mode", "spec-value");
	done();
}

TEST(take, symlink_and_files)
{
	char *words[] = { "--symlink", "a,b\\c\n", "l", "--file-from", "s,1", "/d:1" };

	done();
	plan = plan_new("/cwd", NULL);
	require(options_read(plan, VERB_RUN, 6, words, &err) == 0);
	require(plan->asked.count == 2);
	check(plan->asked.items[0].kind == STEP_SYMLINK);
	check_str(plan->asked.items[0].text, "a,b\\c\n");
	check(plan->asked.items[0].text_len == 6);
	check_str(plan->asked.items[0].dst, "/cwd/l");
	check(plan->asked.items[1].kind == STEP_FILE);
	check_str(plan->asked.items[1].src, "/cwd/s,1");
	check_str(plan->asked.items[1].dst, "/d:1");
	check(plan->asked.items[1].text == NULL);
	done();
}

TEST(take, file)
{
	const struct step *s = take("--file", "/a\\=b,c=x=y\\=z\n\xff");

	require(s);
	check_str(s->dst, "/a=b,c");
	check_str(s->text, "x=y\\=z\n\xff");
	check(s->text_len == 8);
	s = take("--file", "/empty=");
	require(s);
	check(s->text && s->text_len == 0);
	refused("--file", "/a", "the file's text is missing", "spec-fields");
	refused("--file", "=x", "the place of the file is empty", "spec-fields");
	done();
}

/* NULL when there are none. */
static const char *options_of(const struct step *s)
{
	_cleanup_text_ struct text text = { 0 };

	step_options_describe(s, &text);
	return s->options ? arena_strdup(&plan->arena, text_str(&text)) : NULL;
}

TEST(take, mount_of_a_file_system)
{
	const struct step *s = take("-m", "ext4,/dev/sda1,mnt,ro,data=ordered,synchronous,atime,"
					  "errors=remount-ro,mkdir=never,defaults,silent");

	require(s);
	check(s->kind == STEP_MOUNT);
	check_str(s->fstype, "ext4");
	check_str(s->src, "/dev/sda1");
	check_str(s->dst, "/cwd/mnt");
	check_str(options_of(s), "data=ordered,sync,errors=remount-ro");
	check(s->flags.set == MOUNT_ATTR_RDONLY);
	check(s->mkdir == MKDIR_NEVER);
	s = take("--mount", "tmpfs,none,/t");
	require(s);
	check_str(s->src, "none");
	check(s->options == NULL && s->flags.set == 0 && s->flags.clear == 0);
	s = take("-m", "tmpfs,,/a\\,b");
	require(s);
	check_str(s->src, "");
	check_str(s->dst, "/a,b");
	done();
}

/*
 * Every flag word of mount(8) is known: none ends up among the options of the file system by
 * accident.
 */
TEST(take, mount_knows_the_flags_of_mount)
{
	static const struct {
		const char *word;
		uint64_t set, propagation;
		const char *data;
	} rows[] = {
		{ "ro", MOUNT_ATTR_RDONLY, 0, NULL },
		{ "rw", 0, 0, NULL },
		{ "ro,rw", 0, 0, NULL },
		{ "nosuid", MOUNT_ATTR_NOSUID, 0, NULL },
		{ "nosuid,suid", 0, 0, NULL },
		{ "nodev", MOUNT_ATTR_NODEV, 0, NULL },
		{ "nodev,dev", 0, 0, NULL },
		{ "noexec", MOUNT_ATTR_NOEXEC, 0, NULL },
		{ "noexec,exec", 0, 0, NULL },
		{ "nosymfollow", MOUNT_ATTR_NOSYMFOLLOW, 0, NULL },
		{ "nosymfollow,symfollow", 0, 0, NULL },
		{ "noatime", MOUNT_ATTR_NOATIME, 0, NULL },
		{ "noatime,atime", 0, 0, NULL },
		{ "noatime,nostrictatime", MOUNT_ATTR_NOATIME, 0, NULL },
		{ "strictatime,nostrictatime", 0, 0, NULL },
		{ "noatime,relatime", 0, 0, NULL },
		{ "strictatime,norelatime", MOUNT_ATTR_STRICTATIME, 0, NULL },
		{ "nodiratime", MOUNT_ATTR_NODIRATIME, 0, NULL },
		{ "nodiratime,diratime", 0, 0, NULL },
		{ "sync", 0, 0, "sync" },
		{ "async", 0, 0, "async" },
		{ "dirsync", 0, 0, "dirsync" },
		{ "mand", 0, 0, "mand" },
		{ "mandlock", 0, 0, "mand" },
		{ "nomand", 0, 0, "nomand" },
		{ "lazytime", 0, 0, "lazytime" },
		{ "nolazytime", 0, 0, "nolazytime" },
		{ "iversion", 0, 0, "iversion" },
		{ "silent,loud,defaults", 0, 0, NULL },
		{ "private", 0, MS_PRIVATE, NULL },
		{ "rshared", 0, MS_SHARED, NULL },
		{ "slave,rslave", 0, MS_SLAVE, NULL },
		{ "runbindable", 0, MS_UNBINDABLE, NULL },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char value[80];
		const struct step *s;

		(void)snprintf(value, sizeof(value), "xfs,/dev/x,/m,%s", rows[i].word);
		s = take("-m", value);
		require(s);
		test_check(s->kind == STEP_MOUNT && s->flags.set == rows[i].set &&
				   s->flags.propagation == rows[i].propagation,
			   __FILE__, __LINE__, "%s", rows[i].word);
		check_str(options_of(s), rows[i].data);
		check((s->flags.clear & ~(uint64_t)MOUNT_ATTR__ATIME) == 0);
		require(plan_check(plan, &err) == 0);
	}
	done();
}

TEST(take, mount_bind)
{
	const struct step *s = take("-m", "bind,src,/d,ro,slave");

	require(s);
	check(s->kind == STEP_BIND && !s->recursive);
	check_str(s->src, "/cwd/src");
	check(s->flags.set == MOUNT_ATTR_RDONLY && !s->flags.recursive);
	check(s->flags.propagation == MS_SLAVE);
	s = take("-m", "rbind,/s,/d,ro");
	require(s);
	check(s->kind == STEP_BIND && s->recursive && s->flags.recursive);
	s = take("-m", "none,/s,/d,rbind,rw");
	require(s);
	check(s->kind == STEP_BIND && s->recursive);
	check(s->flags.set == 0 && s->flags.clear == 0);
	s = take("-m", ",/s,/d,bind,rec");
	require(s);
	check(s->kind == STEP_BIND && s->recursive);
	refused("-m", "bind,,/d", "the source of the mount is empty", "spec-fields");
	refused("-m", "bind,/s,/d,sync", "sync belongs to the file system, not to this mount",
		"spec-word");
	refused("-m", "bind,/s,/d,data=x", "unknown word data", "spec-word");
	done();
}

TEST(take, mount_remount_is_tri_state)
{
	const struct step *s = take("-m", "none,none,/d,remount,bind,ro,dev,relatime,rec");

	require(s);
	check(s->kind == STEP_REMOUNT);
	check(s->flags.set == MOUNT_ATTR_RDONLY);
	check(s->flags.clear == (MOUNT_ATTR_NODEV | MOUNT_ATTR__ATIME));
	check(s->flags.recursive);
	check(s->flags.propagation == 0);
	s = take("-m", "remount,,/d,rw,suid,exec,symfollow,diratime");
	require(s);
	check(s->flags.set == 0);
	check(s->flags.clear == (MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC |
				 MOUNT_ATTR_NOSYMFOLLOW | MOUNT_ATTR_NODIRATIME));
	s = take("-m", "remount,,/d,rw,ro");
	require(s);
	check(s->flags.set == MOUNT_ATTR_RDONLY && s->flags.clear == 0);
	s = take("-m", "remount,,/d,rw,size=5,x=a\\,b,sync");
	require(s);
	check(s->kind == STEP_REMOUNT);
	check_str(options_of(s), "size=5,x=a\\,b,sync");
	refused("-m", "remount,,/d,bind,sync", "sync belongs to the file system, not to this mount",
		"spec-word");
	refused("-m", "remount,,/d,bind,size=5", "unknown word size", "spec-word");
	refused("-m", "remount,,/d,rec,size=5", "unknown word size", "spec-word");
	refused("-m", "remount,,/d,nosiud", "unknown word nosiud", "spec-word");
	done();
}

TEST(take, mount_propagation_alone)
{
	const struct step *s = take("-m", ",none,/,slave,rec");

	require(s);
	check(s->kind == STEP_REMOUNT);
	check_str(s->dst, "/");
	check(s->flags.propagation == MS_SLAVE && s->flags.propagation_recursive);
	check(s->flags.set == 0 && s->flags.clear == 0);
	s = take("-m", "none,,/x,private");
	require(s);
	check(s->kind == STEP_REMOUNT && s->flags.propagation == MS_PRIVATE);
	check(!s->flags.propagation_recursive);
	done();
}

TEST(take, mount_move)
{
	const struct step *s = take("-m", "move,/a,b");

	require(s);
	check(s->kind == STEP_MOVE);
	check_str(s->src, "/a");
	check_str(s->dst, "/cwd/b");
	refused("-m", "move,/a,/b,ro", "a mount that is moved keeps its flags", "spec-word");
	refused("-m", "move,,/b", "the mount to move is empty", "spec-fields");
	done();
}

/* Fewer than three fields made overlayns read past its vector. */
TEST(take, mount_refused)
{
	refused("-m", "", "a mount has at least three fields, this one has 1", "spec-fields");
	refused("-m", "abc", "a mount has at least three fields, this one has 1", "spec-fields");
	refused("-m", "bind,/a", "a mount has at least three fields, this one has 2", "spec-fields");
	refused("-m", "bind,/a\\,/b,", "the place of the mount is empty", "spec-fields");
	refused("-m", "tmpfs,none,", "the place of the mount is empty", "spec-fields");
	require(take("-m", "none,/a,/b,ro"));
	check(plan_check(plan, &err) == -1);
	done();
}

static void check_lowers(const struct step *s, const char *const *want, size_t n)
{
	require(s->overlay->lowers.count == n);
	for (size_t i = 0; i < n; i++)
		check_str(s->overlay->lowers.items[i].path, want[i]);
}

TEST(take, overlay_of_a_place_alone)
{
	const struct step *s = take("-o", "data");

	require(s);
	check(s->kind == STEP_OVERLAY);
	check_str(s->dst, "/cwd/data");
	check(s->flags.set == DEFAULT_FLAGS);
	check_lowers(s, (const char *const[]){ "/cwd/data" }, 1);
	check(s->overlay->lowers.items[0].in_root);
	check(s->overlay->upper_kind == UPPER_BOX);
	check(s->overlay->slot == NULL && !s->overlay->is_volatile);
	done();
}

TEST(take, overlay_layers)
{
	const struct step *s = take("-o", "/m,lower=/a,lower=b\\,c,shadow");

	require(s);
	check_lowers(s, (const char *const[]){ "/a", "/cwd/b,c", "/m" }, 3);
	check(!s->overlay->lowers.items[1].in_root && s->overlay->lowers.items[2].in_root);
	check(s->overlay->upper_kind == UPPER_NONE);
	s = take("-o", "/m,lowerdir=/top\\:1:/mid\\,2:/low\\\\3,upperdir=u,workdir=w");
	require(s);
	check_lowers(s, (const char *const[]){ "/low\\3", "/mid,2", "/top:1" }, 3);
	check(s->overlay->upper_kind == UPPER_DIR);
	check_str(s->overlay->upper, "/cwd/u");
	check_str(s->overlay->work, "/cwd/w");
	done();
}

TEST(take, overlay_uppers)
{
	const struct step *s = take("-o", "/m,lower=/a,tmp,copyfrom=/seed");

	require(s);
	check(s->overlay->upper_kind == UPPER_TMP && s->overlay->is_volatile);
	check_str(s->overlay->copyfrom, "/seed");
	s = take("-o", "/m,upper=/u");
	require(s);
	check(s->overlay->upper_kind == UPPER_DIR && s->overlay->work == NULL);
	check_lowers(s, (const char *const[]){ "/m" }, 1);
	s = take("-o", "/m,lower=/a,upper=/u,volatile");
	require(s);
	check(s->overlay->is_volatile);
	check(s->overlay->options.count == 0);
	done();
}

/* overlayns collected these and dropped them. */
TEST(take, overlay_options_reach_the_file_system)
{
	const struct step *s = take("-o",
				    "/m,lower=/a,ro,dev,noexec,mkdir=never,xino=off,index=off,"
				    "uuid=null,sync,slave");

	require(s);
	check(s->flags.set == (MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC));
	check(s->flags.propagation == MS_SLAVE);
	check(s->mkdir == MKDIR_NEVER);
	require(s->overlay->options.count == 4);
	check_str(s->overlay->options.items[0], "xino=off");
	check_str(s->overlay->options.items[1], "index=off");
	check_str(s->overlay->options.items[2], "uuid=null");
	check_str(s->overlay->options.items[3], "sync");
	done();
}

TEST(take, overlay_refused)
{
	refused("-o", "", "the place of the overlay is empty", "spec-fields");
	refused("-o", ",lower=/a", "the place of the overlay is empty", "spec-fields");
	refused("-o", "/m,lower=", "lower needs a value", "spec-value");
	refused("-o", "/m,upper", "upper needs a value", "spec-value");
	check_str(err.fix, "write it as upper=DIR");
	refused("-o", "/m,lowerdir=/a::/b", "a layer of lowerdir is empty", "spec-fields");
	refused("-o", "/m,shadow=1", "shadow takes no value", "spec-word");
	refused("-o", "/m,lower=/a,uper=/b", "unknown word uper", "spec-word");
	check_str(err.fix, "did you mean upper?");
	refused("-o", "/m,lowerdir=/a\\", "the last backslash escapes nothing", "spec-escape");
	done();
}

TEST(take, overlay_contradictions_are_found_by_the_check)
{
	static const char *const bad[] = { "/m,tmp,upper=/u", "/m,lower=/a,work=/w",
					   "/m,tmp,work=/w", "/m,lower=/a,copyfrom=/c",
					   "/m,work=/w" };

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		require(take("-o", bad[i]));
		test_check(plan_check(plan, &err) == -1, __FILE__, __LINE__, "%s", bad[i]);
	}
	done();
}

TEST(take, steps_stand_in_the_order_given)
{
	char *words[] = { "-b", "/1", "--tmpfs=/2", "-o/3", "-v", "/4", "-m", "proc,proc,/5" };

	done();
	plan = plan_new("/", NULL);
	require(options_read(plan, VERB_RUN, 8, words, &err) == 0);
	require(plan->asked.count == 5);
	for (size_t i = 0; i < 5; i++) {
		const char want[] = { '/', (char)('1' + i), '\0' };

		check_str(plan->asked.items[i].dst, want);
	}
	done();
}

static unsigned desktop(char **words, int count)
{
	unsigned bits;

	plan_free(plan);
	plan = plan_new("/cwd", "/home/me");
	memset(&err, 0, sizeof(err));
	bits = options_read(plan, VERB_RUN, count, words, &err) ? 0 : plan->desktop;
	check(plan->asked.count == 0 && plan->env.count == 0);
	return bits;
}

TEST(take, desktop)
{
	char *all[] = { "--gui", "--audio", "--gpu", "--media", "--dbus=system", "true" };
	char *session[] = { "--dbus", "system" };
	char *both[] = { "--dbus=session", "--dbus=system", "true" };
	char *wrong[] = { "--dbus=user", "true" };

	check(desktop(all, 6) ==
	      (DESKTOP_GUI | DESKTOP_AUDIO | DESKTOP_GPU | DESKTOP_MEDIA | DESKTOP_SYSTEM_BUS));
	/* The word behind it is the command. */
	check(desktop(session, 2) == DESKTOP_SESSION_BUS && plan->argv.count == 1);
	check(desktop(both, 3) == (DESKTOP_SESSION_BUS | DESKTOP_SYSTEM_BUS));
	check(desktop(wrong, 2) == 0);
	check_str(err.name, "spec-value");
	done();
}
