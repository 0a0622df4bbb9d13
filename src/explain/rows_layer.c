// SPDX-License-Identifier: MIT
/* Saved layers, and the archives that they come from and become. All of these are named at the origin. */
#include "explain/rows.h"

const struct explanation layer_rows[] = {
	{
		.name = "layer-unknown",
		.title = "there is no layer of that name",
		.fix = "nacre layers lists the saved ones",
		.text = "Saved layers are made by nacre save and nacre import, and are kept below\n"
			"$XDG_DATA_HOME/nacre/layers, by default ~/.local/share/nacre/layers. "
			"With\n"
			"-l, a word without a slash means a directory of that name here; where\n"
			"there is none, a saved layer.",
	},
	{
		.name = "layer-exists",
		.title = "there is a layer of that name already",
		.fix = "use another name, or remove it first: nacre layers --rm NAME",
		.text = "A layer is made once, as boxes may be made over it. What a box changed is "
			"merged\n"
			"into one that is there by nacre commit --layer, which nacre undo takes "
			"back.",
	},
	{
		.name = "merge-base",
		.title = "that directory is the base of the box, no layer",
		.fix = "leave --layer out: nacre commit applies changes to the base",
		.text = "A layer lies over a base. What is merged into one may take names of the "
			"base\n"
			"away, by whiteouts, which in the base itself would be strange files.",
	},
	{
		.name = "merge-beside",
		.title = "nothing can be made in the directory that holds the layer",
		.fix = "correct its mode, or copy the layer to where you may write",
		.text = "nacre never writes into a layer, as others may have it mounted: it makes "
			"a\n"
			"new one beside it, which takes its place by a rename. So it must be "
			"allowed\n"
			"to write in the directory that holds it.",
	},
	{
		.name = "merge-hidden",
		.title = "the box had another layer over that one",
		.fix = "merge into the topmost layer of the box, or save a new one: nacre save BOX "
		       "NAME",
		.text = "What is merged into a layer below others would be hidden by them where "
			"they\n"
			"have the same names, so the box would not see what it made.",
	},
	{
		.name = "merge-foreign",
		.title = "--layer and --from do not go together",
		.fix = "merge as the user whose box it is",
		.text = "nacre commit --from takes a box as hostile data: it copies files into "
			"the\n"
			"base, without the marks of overlayfs that a layer is made of.",
	},
	{
		.name = "layer-name",
		.title = "the word cannot be the name of a layer",
		.fix = "use up to 64 letters, digits, dots, underscores and dashes",
		.text = "A layer's name has up to 64 letters, digits, dots, underscores and\n"
			"dashes, begins with a letter, a digit or an underscore, and does not end\n"
			"in \".layer\". Without a name nacre import takes that of the file, "
			"without\n"
			"endings such as .tar and .gz.",
	},
	{
		.name = "layer-in-use",
		.title = "a process uses the layer",
		.fix = "wait until it ends",
		.text = "A running box must not lose a layer that it stands on: nacre holds a "
			"lock\n"
			"(flock(2)) on each saved layer of a run, and removes none that is locked.",
	},
	{
		.name = "shelf-foreign",
		.title = "the directory of the layers belongs to somebody else, or others may "
			 "write in it",
		.fix = "correct its owner and mode, or move the layers: XDG_DATA_HOME=DIR",
		.text = "Who can write in this directory decides what layers contain, so nacre "
			"uses\n"
			"it only when it belongs to the caller and nobody else may write there.",
	},
	{
		.name = "shelf-unusable",
		.title = "the directory of the layers cannot be made or used",
		.fix = "set HOME or XDG_DATA_HOME to a directory of yours",
		.text = "Layers are kept below $XDG_DATA_HOME/nacre/layers, by default\n"
			"~/.local/share/nacre/layers. nacre makes these directories, but not a "
			"home\n"
			"that is missing.",
	},
	{
		.name = "shelf-full",
		.title = "the place where layers are kept is full",
		.fix = "free some space there: nacre layers --rm; or move the layers: "
		       "XDG_DATA_HOME=DIR",
		.text = "An archive is unpacked, and a box copied, to where layers are kept. When\n"
			"there is not enough room, nothing of it is left. A quota, and a lack of\n"
			"inodes, count as well (df, df -i, quota). A small archive may hold much:\n"
			"what is packed well needs more room than the file.",
	},
	{
		.name = "box-unchanged",
		.title = "the box has no changes",
		.fix = "nacre ls lists the boxes",
		.text = "A layer holds what a box changed, and this box changed nothing: copies\n"
			"that equal their originals are no changes.",
	},
	{
		.name = "archive-missing",
		.title = "nacre was built without what packs and unpacks archives",
		.fix = "install libarchive-dev and libjson-c-dev, and build nacre again",
		.text = "export and import are done by a program of its own, nacre-archive, which\n"
			"needs libarchive and json-c. It is looked for beside nacre, and where\n"
			"nacre was installed to. It is built when the libraries are there: on\n"
			"Debian, in the packages libarchive-dev and libjson-c-dev.",
	},
	{
		.name = "archive-terminal",
		.title = "an archive is no text for a terminal",
		.fix = "name a file, or use a pipe",
		.text = "\"-\" stands for standard input and standard output. nacre neither reads "
			"an\n"
			"archive from a terminal nor writes one to it.",
	},
	{
		.name = "archive-damaged",
		.title = "the archive is cut, corrupt, or none at all",
		.fix = "fetch or make it again",
		.text = "nacre import reads tar archives of every flavour, packed with gzip, "
			"bzip2,\n"
			"xz, lzma, lzip, zstd, lz4 or compress, or not packed. An archive is "
			"taken\n"
			"whole or not at all.",
	},
	{
		.name = "archive-unsafe",
		.title = "the archive has names that could lead out of the layer",
		.fix = "unpack it with tar in a box, look at it, and save the box",
		.text = "Archives are refused that have an absolute name, \"..\" in a name, a "
			"name\n"
			"that leads through a symbolic link or a file, or a hard link to what is "
			"not\n"
			"in the archive before it: by these an archive can write over files that\n"
			"are not its own. Nothing of it is kept. tar(1) makes none of these "
			"unless\n"
			"it is told to (-P).",
	},
	{
		.name = "archive-device",
		.title = "the archive has devices, which a layer cannot hold",
		.fix = "leave them out when it is made: tar --exclude=./dev/* ...",
		.text = "Only the system's own root may make devices, and overlayfs lets nobody\n"
			"use those of a layer. A box has its own /dev. A character device 0:0 is\n"
			"taken: it is a whiteout, with which a layer says that a name is gone.",
	},
	{
		.name = "archive-limits",
		.title = "the archive has a name that is longer than the kernel takes",
		.fix = "make it with shorter names",
		.text = "A name has at most 255 bytes, a path 4095: what is longer could be made\n"
			"step by step, but no program could name it.",
	},
	{
		.name = "export-name",
		.title = "a file of the box has a name that means something else in a layer",
		.fix = "rename it in the box, or pack its directory with --plain",
		.text = "In a layer of an OCI image the name .wh.NAME says that NAME is gone. A "
			"file\n"
			"that really has such a name cannot be told from that.",
	},
	{
		.name = "image-missing",
		.title = "the directory holds no OCI image layout",
		.fix = "stack a directory as it is: nacre run -l DIR",
		.text = "An image layout is a directory with the files oci-layout and index.json,\n"
			"and blobs (skopeo copy docker://IMAGE oci:DIR). Any other directory can "
			"be\n"
			"a layer as it is, or be packed with tar first.",
	},
	{
		.name = "image-unknown",
		.title = "the OCI image cannot be understood",
		.fix = "make a layout of one image: skopeo copy SOURCE oci:DIR",
		.text = "nacre takes the one image of a layout, or of several the one that is for\n"
			"Linux on this machine. Its layers must be tar archives, each a file of "
			"the\n"
			"layout whose SHA-256 is the one that the manifest says.",
	},
	{ 0 },
};
