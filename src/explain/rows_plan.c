// SPDX-License-Identifier: MIT
/*
 * What a plan can contradict itself in. plan/, and enter/ for the host as base, name these at
 * the origin, with the reason and the fix for the case at hand; the rows here never match by
 * themselves and hold the long text.
 */
#include "explain/rows.h"

const struct explanation plan_rows[] = {
	{
		.name = "plan-target-relative",
		.title = "the place in the box is not an absolute path",
		.fix = "write the place from the root on, as in /data",
		.text = "A step changes one place in the new root, and there is no working\n"
			"directory in it yet, so the place is written from / on. The command line\n"
			"joins a relative place to the working directory by itself; this message\n"
			"comes from a plan made in another way.",
	},
	{
		.name = "plan-path-not-clean",
		.title = "a path holds . or .. or doubled slashes",
		.fix = "write the path without them",
		.text = "Paths in a plan are compared by their components to find overlaps and to\n"
			"order the steps, and \"..\" after a symbolic link means another\n"
			"directory than its text says. Therefore they are absolute and hold no\n"
			"\".\", \"..\", \"//\" and no slash at the end.",
	},
	{
		.name = "plan-target-root",
		.title = "the root of the box cannot be the place of this step",
		.fix = "name a directory below /",
		.text = "Only what can be a root itself goes on /: a bind, a tmpfs, an overlay,\n"
			"and a remount of what is there. Anything else on / would leave the box\n"
			"without a file system to run from.",
	},
	{
		.name = "plan-root-not-first",
		.title = "a new root is mounted over the steps before it",
		.fix = "give the step on / first",
		.text = "Steps are applied in the order given. A bind or a tmpfs on / covers\n"
			"everything that earlier steps put below it, so they would have no\n"
			"effect. Put it before the others: as the first step it replaces the\n"
			"base.",
	},
	{
		.name = "plan-source-missing",
		.title = "the step lacks its source",
		.fix = "name the source",
		.text = "A bind, a move and a copy take something from somewhere: the source is\n"
			"an absolute path.",
	},
	{
		.name = "plan-source-relative",
		.title = "the source is not an absolute path",
		.fix = "write the source from the root on",
		.text = "The command line joins a relative source to the working directory by\n"
			"itself; a plan that is made in another way gives absolute ones.",
	},
	{
		.name = "plan-symlink-target",
		.title = "a symbolic link needs a target",
		.fix = "--symlink TARGET DST",
		.text = "A link with an empty target cannot be made (symlink(2): ENOENT). The\n"
			"target comes first, as with ln -s: --symlink usr/bin /bin makes /bin\n"
			"point to usr/bin.",
	},
	{
		.name = "plan-file-content",
		.title = "a file takes either a text or a source",
		.fix = "give one of --file DST=TEXT and --file-from SRC DST",
		.text = "A file in the new root is made from a text, which may be empty, or is a\n"
			"copy of a file of the host. This step has none of them or both.",
	},
	{
		.name = "plan-mount-type",
		.title = "the file-system type is missing",
		.fix = "name the type, as in -m tmpfs,none,/mnt",
		.text = "A mount needs the type of its file system. Those that the kernel knows\n"
			"are in /proc/filesystems; in a user namespace only some can be mounted:\n"
			"tmpfs, proc, sysfs, overlay, devpts, mqueue, cgroup2, fuse, ramfs.",
	},
	{
		.name = "plan-mode-range",
		.title = "a mode has bits beyond 07777",
		.fix = "give permission bits in octal, as in mode=0755",
		.text = "A mode holds nine permission bits, set-user-ID, set-group-ID and the\n"
			"sticky bit: 0 to 07777 in octal.",
	},
	{
		.name = "plan-id-range",
		.title = "a uid or gid is out of range",
		.fix = "give an id from 0 to 4294967294",
		.text = "User and group ids have 32 bits, and the highest value, 4294967295,\n"
			"means \"no id\" in the kernel's interface.",
	},
	{
		.name = "plan-flags-contradict",
		.title = "a mount flag is both set and cleared",
		.fix = "leave one of the two words out",
		.text = "A mount cannot be read-only and writable, or exec and noexec, at the\n"
			"same time. Later words do not override earlier ones by accident: a plan\n"
			"in which both are asked for is refused.",
	},
	{
		.name = "plan-propagation",
		.title = "the propagation type is not one of the four",
		.fix = "use private, slave, shared or unbindable",
		.text = "The propagation of a mount is exactly one of private, slave, shared and\n"
			"unbindable (mount_namespaces(7)).",
	},
	{
		.name = "plan-tmpfs-size-twice",
		.title = "a tmpfs has both a size and a number of blocks",
		.fix = "give size= or blocks=, not both",
		.text = "The kernel takes one limit for the content of a tmpfs: size= counts\n"
			"bytes, blocks= counts pages. Given both, the later one would win in\n"
			"silence.",
	},
	{
		.name = "plan-bind-optional-ensure",
		.title = "a source cannot be both optional and made when missing",
		.fix = "leave out optional or ensure",
		.text = "\"optional\" skips the bind when the source is missing; \"ensure\" makes\n"
			"the source. Only one of them can happen.",
	},
	{
		.name = "plan-move-into-itself",
		.title = "a mount cannot be moved into itself",
		.fix = "choose a place outside of the mount",
		.text = "The target of a move lies at or below the mount that is moved; the\n"
			"kernel refuses that (mount(2): ELOOP, EINVAL).",
	},
	{
		.name = "plan-overlay-empty",
		.title = "an overlay without layers",
		.fix = "give lower=DIR, or upper=DIR, or shadow",
		.text = "An overlay shows layers: at least one lower directory, or an upper\n"
			"directory that receives writes, or what is at the place already\n"
			"(shadow).",
	},
	{
		.name = "plan-overlay-upper-twice",
		.title = "writes can go to one place only",
		.fix = "give one of upper= and tmp",
		.text = "An overlay has at most one upper. upper=DIR keeps writes in DIR, tmp\n"
			"drops them at the end, and without either they are kept in the box.",
	},
	{
		.name = "plan-overlay-upper-missing",
		.title = "the upper directory is missing",
		.fix = "give upper=DIR",
		.text = "The plan says that writes go to a directory of the user, and does not\n"
			"name it.",
	},
	{
		.name = "plan-overlay-work-alone",
		.title = "a work directory without an upper directory",
		.fix = "give upper=DIR, or leave out work=",
		.text = "The work directory is where the kernel prepares what it then moves into\n"
			"the upper directory in one step. Without upper=DIR it has no use; for\n"
			"the box's own upper and for tmp nacre makes one.",
	},
	{
		.name = "plan-overlay-copyfrom-readonly",
		.title = "copyfrom without a place for writes",
		.fix = "give upper=DIR or tmp, or leave out copyfrom=",
		.text = "copyfrom=DIR fills an empty upper directory before the overlay is\n"
			"mounted. A read-only overlay has no upper. To show DIR without a copy,\n"
			"make it a layer: lower=DIR.",
	},
	{
		.name = "plan-overlay-copyfrom-nested",
		.title = "copyfrom and upper contain one another",
		.fix = "choose an upper directory outside of the copied one",
		.text = "The upper directory is inside the directory that is copied into it (the\n"
			"copy would never end), or the other way round (the upper would not be\n"
			"empty, and only an empty one is filled).",
	},
	{
		.name = "plan-overlay-upper-in-work",
		.title = "the upper directory is inside the work directory",
		.fix = "leave out work=; nacre makes one beside the upper",
		.text = "The kernel moves finished files from work to upper and clears work at\n"
			"each mount, so the two are separate directories, neither inside the\n"
			"other, on one file system.",
	},
	{
		.name = "plan-overlay-work-in-upper",
		.title = "the work directory is inside the upper directory",
		.fix = "leave out work=; nacre makes one beside the upper",
		.text = "The kernel moves finished files from work to upper and clears work at\n"
			"each mount, so the two are separate directories, neither inside the\n"
			"other, on one file system.",
	},
	{
		.name = "plan-overlay-work-is-upper",
		.title = "upper and work are the same directory",
		.fix = "leave out work=; nacre makes one beside the upper",
		.text = "The kernel moves finished files from work to upper and clears work at\n"
			"each mount, so the two are separate directories, neither inside the\n"
			"other, on one file system.",
	},
	{
		.name = "plan-overlay-lower-twice",
		.title = "the same lower directory twice",
		.fix = "name each lower directory once",
		.text = "A directory can be in a stack of layers once; the kernel refuses a\n"
			"second time (ELOOP, \"conflicting lowerdir path\"). Seeing it twice\n"
			"would change nothing: the upper one of the two hides the other.",
	},
	{
		.name = "plan-overlay-lower-in-upper",
		.title = "a lower directory is inside the upper directory",
		.fix = "move the layer out of the upper directory",
		.text = "What is written in the overlay would change one of its own layers under\n"
			"its feet; the kernel refuses it (ELOOP). The other way round, an upper\n"
			"directory inside a lower one, works.",
	},
	{
		.name = "plan-overlay-lower-in-work",
		.title = "a lower directory is inside the work directory",
		.fix = "leave out work=; nacre makes one beside the upper",
		.text = "The kernel clears the work directory at each mount, so no layer may be\n"
			"in it (ELOOP).",
	},
	{
		.name = "plan-overlay-too-many-layers",
		.title = "more than 500 layers",
		.fix = "merge some of the layers",
		.text = "The kernel's limit is 500 lower directories for one overlay\n"
			"(OVL_MAX_STACK). nacre's own layer, which holds mount points and\n"
			"writable copies of system directories, counts as one.",
	},
	{
		.name = "plan-overlay-layer-option",
		.title = "a layer in the wrong option",
		.fix = "use lower=, upper= and work=",
		.text = "Layers are handed to the kernel one by one, so that any byte may be in\n"
			"their names. The kernel's own spellings are not file-system options\n"
			"here.",
	},
	{
		.name = "plan-overlay-option-userns",
		.title = "an overlay option that user namespaces do not have",
		.fix = "leave the option out",
		.text = "In a user namespace overlayfs keeps its marks in user.* attributes,\n"
			"which the owner of the files could forge. Therefore the kernel does not\n"
			"follow redirects and metacopy there (only redirect_dir=nofollow and\n"
			"metacopy=off are accepted), cannot decode file handles for\n"
			"nfs_export=on, and has no digests to verify. As root, --no-userns gives\n"
			"a mount where these options work.",
	},
	{
		.name = "plan-root-path",
		.title = "the base is not an absolute directory",
		.fix = "--root DIR",
		.text = "The base of the box is a directory of the host, given by an absolute\n"
			"path without \".\" and \"..\".",
	},
	{
		.name = "plan-layer-path",
		.title = "a layer is not an absolute directory",
		.fix = "--layer DIR",
		.text = "A layer is a directory of the host, given by an absolute path without\n"
			"\".\" and \"..\".",
	},
	{
		.name = "plan-layer-twice",
		.title = "the same directory is stacked twice",
		.fix = "name each layer once; the base is the lowest already",
		.text = "A directory can be in a stack of layers once, and the base is one of\n"
			"them; the kernel refuses a second time (ELOOP).",
	},
	{
		.name = "plan-layers-writes-host",
		.title = "layers cannot be stacked when writes go to the host",
		.fix = "leave out --rw, or the layers",
		.text = "With --rw (--writes host) the base is bound as it is and written for\n"
			"real. A stack of layers is an overlay: its writes are kept (the\n"
			"default), dropped (--rm) or denied (--ro).",
	},
	{
		.name = "plan-upper-shared",
		.title = "two overlays share an upper or work directory",
		.fix = "give each overlay its own upper directory",
		.text = "The kernel's behaviour is undefined when two overlays use one upper or\n"
			"work directory (a warning in its log, no error). To see the same writes\n"
			"at two places, mount one overlay and bind it to the other place.",
	},
	{
		.name = "plan-id-unmapped",
		.title = "the command's id is not in the id map",
		.fix = "add a line for it to --uid-map or --gid-map, or choose another id with -u",
		.text = "A process in a user namespace can only take ids that the map gives a\n"
			"meaning (user_namespaces(7)); for any other setresuid(2) fails with\n"
			"EINVAL.",
	},
	{
		.name = "plan-idmap-incomplete",
		.title = "one of the two id maps is missing",
		.fix = "give both --uid-map and --gid-map",
		.text = "With a map of one's own, both kinds of ids are mapped by hand; nacre\n"
			"does not guess the other one, because a process without a mapped group\n"
			"can make no files.",
	},
	{
		.name = "plan-no-userns-identity",
		.title = "ids cannot be mapped without a user namespace",
		.fix = "leave out --no-userns",
		.text = "-u, --as-root, --uid-map and --gid-map are maps of a user namespace.\n"
			"Without one every id is itself.",
	},
	{
		.name = "plan-userns-shared",
		.title = "the user namespace cannot be shared",
		.fix = "as root, use --no-userns; else leave user out of --share",
		.text = "All other namespaces are made with the rights that a user namespace of\n"
			"one's own gives. Root can do without: --no-userns.",
	},
	{
		.name = "plan-mount-shared",
		.title = "the mount namespace cannot be shared",
		.fix = "leave mount out of --share",
		.text = "The box is a view of the file system, and the view is the mount\n"
			"namespace: sharing it would change the mounts of the whole machine. To\n"
			"write to the host for real use --rw.",
	},
	{
		.name = "plan-hostname-shared",
		.title = "the host name belongs to a shared namespace",
		.fix = "leave uts out of --share, or leave out --hostname",
		.text = "The host name is a property of the UTS namespace. When the box shares\n"
			"that of the host, setting it would rename the machine.",
	},
	{
		.name = "plan-hostname-length",
		.title = "the host name is too long",
		.fix = "use at most 64 bytes",
		.text = "The kernel keeps host names of up to 64 bytes (sethostname(2)).",
	},
	{
		.name = "plan-mqueue-shared",
		.title = "message queues belong to a shared namespace",
		.fix = "leave ipc out of --share, or bind the host's: -b /dev/mqueue",
		.text = "A file system of message queues can only be mounted by the owner of the\n"
			"IPC namespace (mq_overview(7)); the box shares that of the host, which\n"
			"it does not own.",
	},
	{
		.name = "plan-proc-shared",
		.title = "a fresh proc needs a process namespace of its own",
		.fix = "leave pid out of --share, or bind the host's: -b /proc",
		.text = "proc shows the processes of a PID namespace and can only be mounted by\n"
			"its owner. The box shares that of the host, which it does not own.",
	},
	{
		.name = "plan-json-needs-dry-run",
		.title = "--json has nothing to print",
		.fix = "add --dry-run",
		.text = "The output of a run is the command's own. --json says how a plan is\n"
			"printed, so it goes with --dry-run.",
	},
	{
		.name = "plan-only-without-home",
		.title = "the home directory is not known",
		.fix = "set HOME, or use --hide",
		.text = "--only DIR hides the home directory except DIR. The home directory is\n"
			"taken from $HOME, which is not set.",
	},
	{
		.name = "plan-only-outside-home",
		.title = "the directory is not below the home directory",
		.fix = "name a directory below the home directory, or use --hide",
		.text = "--only DIR hides the home directory except DIR, so DIR is inside of it.\n"
			"What is elsewhere can be hidden with --hide.",
	},
	{
		.name = "plan-path-relative",
		.title = "a path of the plan is not absolute",
		.fix = "write the path from the root on",
		.text = "The working directory of the command and the directories to be seeded\n"
			"are given from / on. The command line joins relative ones to the working\n"
			"directory by itself.",
	},
	{
		.name = "idmap-empty-range",
		.title = "a line of the id map maps no ids",
		.fix = "give a count of at least 1",
		.text = "Each line of a map is INSIDE:OUTSIDE:COUNT: COUNT ids from INSIDE on are\n"
			"the ids from OUTSIDE on outside (user_namespaces(7)).",
	},
	{
		.name = "idmap-wraps",
		.title = "a line of the id map goes beyond the highest id",
		.fix = "lower the count",
		.text = "Ids are 32-bit numbers and the highest, 4294967295, is not an id; INSIDE\n"
			"+ COUNT and OUTSIDE + COUNT are at most 4294967295.",
	},
	{
		.name = "idmap-overlap",
		.title = "two lines of the id map overlap",
		.fix = "make the ranges separate",
		.text = "An id inside has one meaning outside, and an id outside appears once\n"
			"inside; the kernel refuses anything else (EINVAL).",
	},
	{
		.name = "idmap-too-many-lines",
		.title = "the id map has more than 340 lines",
		.fix = "merge neighbouring ranges",
		.text = "The kernel takes at most 340 lines since Linux 4.15\n"
			"(user_namespaces(7)).",
	},
	{
		.name = "plan-layers-own-root",
		.title = "layers are stacked over the base, and an option makes a root of its own",
		.fix = "use -o /,lower=DIR,lower=LAYER, or leave the option for / out",
		.text = "-l stacks a layer over the base: the host, or the directory of --root. "
			"An\n"
			"option with the place / (--tmpfs /, -b DIR:/, -o /,…) replaces the base, "
			"so\n"
			"there is nothing to stack the layer over.",
	},
	{
		.name = "root-not-first",
		.title = "it would cover what comes before it",
		.fix = "give the file system for / first",
		.text = "Steps are applied in the order given. A bind, a tmpfs or an overlay on /\n"
			"replaces the base; after other steps it would hide all that they did.",
	},
	{
		.name = "layer-over-link",
		.title = "a layer and the base differ in what they have at that place",
		.fix = "put the files under the directory that the link points to",
		.text = "The host's root cannot be one overlay, so each of its directories is\n"
			"stacked on its own. A layer may add names to them, and may not turn a\n"
			"link of the base into a directory or a directory into a file: where the\n"
			"base has /bin as a link to usr/bin, a layer has its programs in usr/bin.\n"
			"With --root DIR the base is one directory, and layers may do both.",
	},
	{ 0 },
};
