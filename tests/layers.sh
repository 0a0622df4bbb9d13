#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The folders of src/ are layers: who may include whom is the table below, and nothing else. Prints
# TAP, one test a folder. A new folder needs a row here first.
#
#   base <- plan <- read <- compat
#           plan <- enter <- run
#           plan <- explain
#   base <- state <- changes <- run
#   all of these <- api <- verbs <- main.c
#                    api <- archive
#                    api <- review
#
# The verbs see the public header alone, which proves that the library is complete. An include
# always shows its folder, so that a file's head reads as the list of the layers it stands on.
set -u
export LC_ALL=C

# Folders that a folder may include, then single headers that it may include besides.
allowed()
{
	case $1 in
	base) echo "base" ;;
	plan) echo "base plan" ;;
	read) echo "base plan read" ;;
	compat) echo "base plan read compat" ;;
	enter) echo "base plan enter" ;;
	state) echo "base state" ;;
	run) echo "base state plan enter changes run" ;;
	changes) echo "base state changes" ;;
	explain) echo "base plan explain" ;;
	archive) echo "base state changes archive api/changes.h api/handles.h nacre.h" ;;
	api) echo "base state plan read compat enter run changes explain api nacre.h" ;;
	review) echo "base review nacre.h" ;;
	verbs) echo "verbs base/table.h nacre.h" ;;
	main.c) echo "verbs nacre.h" ;;
	*) return 1 ;;
	esac
}

# Prints each include of FILE that the list of its layer does not hold.
check_file()
{
	awk -v file="$1" -v list="$2" '
		BEGIN {
			count = split(list, words, " ")
			for (i = 1; i <= count; i++)
				may[words[i]] = 1
		}
		/^[ \t]*#[ \t]*include[ \t]*</ && /<sys\/mount\.h>/ {
			print file ":" FNR ": <sys/mount.h> clashes with <linux/mount.h>: base/syscalls.h has both"
		}
		!/^[ \t]*#[ \t]*include[ \t]*"/ { next }
		{
			split($0, part, "\"")
			name = part[2]
			folder = name
			sub(/\/[^\/]*$/, "", folder)
			if (name in may)
				next
			if (folder == name || name ~ /(^|\/)\.\.?\//)
				print file ":" FNR ": \"" name "\" does not show its folder"
			else if (!(folder in may))
				print file ":" FNR ": \"" name "\" is not below this layer (" list ")"
		}' "$1"
}

cd "${1:-$(dirname "$0")/..}/src" || exit 1
count=0
status=0
for layer in * ; do
	case $layer in meson.build) continue ;; esac
	count=$((count + 1))
	if ! list=$(allowed "$layer"); then
		echo "not ok $count - src/$layer has no row in tests/layers.sh"
		status=1
		continue
	fi
	found=$(find "$layer" -name '*.[ch]' | sort | while read -r file; do
		check_file "$file" "$(allowed "$file" || echo "$list")"
	done)
	if [ -z "$found" ]; then
		echo "ok $count - src/$layer includes only: $list"
	else
		echo "not ok $count - src/$layer includes only: $list"
		echo "$found" | sed 's/^/# src\//'
		status=1
	fi
done
echo "1..$count"
exit $status
