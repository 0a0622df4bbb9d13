# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# steamns, by a link, and a root directory for it, for cases that need userns.
#
#   steam_root DIR          a root with some programs of the machine and all directories that steamns mounts on; $HOME is in it
#   steam [OPTION…]         steamns -p ./root; in the background it is a shell's child: write steamns -p root there
#   has_passed PATH         nothing is left of the namespaces of the link PATH: no link, no box
#   passes PATH             the same, or the case fails: whoever leaves last comes back behind the end

# What cases run in there.
steam_programs=(bash cat cut echo env grep head id kill ls mkdir mount mv pwd readlink rm sed setsid sh sleep sort stat tail test touch
	tr true umount wc)

# Where a root has no tmpfs, and the machine nothing.
export HOME=/home/player

# copy_program DIR FILE: into its /usr/bin, and the libraries that it asks for.
copy_program()
{
	local file

	cp "$2" "$1/usr/bin/"
	for file in $(ldd "$2" 2>/dev/null | grep -oE '/[^ ]+'); do
		mkdir -p "$1${file%/*}"
		[ -e "$1$file" ] || cp "$file" "$1$file"
	done
}

steam_root()
{
	local name

	small_root "$1"
	for name in /lib*; do
		[ ! -L "$name" ] || mkdir -p "$1/usr$name"
	done
	mkdir -p "$1"/usr/bin "$1"/usr/sbin "$1"/{proc,sys,dev,tmp,run,media,mnt} "$1$HOME"
	for name in "${steam_programs[@]}"; do
		copy_program "$1" "$(type -P "$name")"
	done
	copy_program "$1" "$ANSWER"
	echo 'root:x:0:0:root:/root:/bin/sh' >"$1/etc/passwd"
}

mkdir -p "$T/links"
ln -sf "$NACRE" "$T/links/steamns"
PATH=$T/links:$PATH

steam()
{
	steamns -p "$T/root" "$@"
}

has_passed()
{
	[ ! -e "$1" ] && [ ! -L "$1" ] && [ -z "$(ls -A "$XDG_STATE_HOME/nacre/boxes" 2>/dev/null)" ]
}

passes()
{
	has_passed "$1" || fail "left: $(ls -l "$1" 2>/dev/null) $(ls -A "$XDG_STATE_HOME/nacre/boxes")"
}
