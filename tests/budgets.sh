#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Beauty is in the tail: a function has up to 60 lines and may never have more than 100, a file up
# to 600 and never more than 1000. Between the two stands a warning. Prints TAP, one test a folder.
#
# A function is what stands between a "{" and a "}" in the first column, and its name is in the last
# line before that begins in the first column: the kernel's brace style, which clang-format keeps,
# makes this exact.
set -u
export LC_ALL=C

measure()
{
	awk '
		function report(what, n, warn, stop)
		{
			if (n > stop)
				print "stop " what " has " n " lines, more than " stop
			else if (n > warn)
				print "warn " what " has " n " lines, more than " warn
		}
		FNR == 1 {
			if (file)
				report(file, lines, 600, 1000)
			file = FILENAME
			start = 0
		}
		{ lines = FNR }
		/^[A-Za-z_].*\(/ { head = $0; sub(/\(.*/, "", head); sub(/.*[ *]/, "", head) }
		/^\{/ { start = FNR }
		/^\}/ && start {
			report(FILENAME ":" start ": " head "()", FNR - start - 1, 60, 100)
			start = 0
		}
		END {
			if (file)
				report(file, lines, 600, 1000)
		}' "$@"
}

cd "${1:-$(dirname "$0")/..}" || exit 1
count=0
status=0
for folder in include src/* tests bench; do
	files=$(find "$folder" -name '*.[ch]' 2>/dev/null | sort)
	[ -n "$files" ] || continue
	count=$((count + 1))
	# shellcheck disable=SC2086 # names of our own sources hold no blanks
	found=$(measure $files)
	case "
$found" in
	*"
stop "*)
		echo "not ok $count - $folder keeps its budgets"
		status=1
		;;
	*) echo "ok $count - $folder keeps its budgets" ;;
	esac
	[ -z "$found" ] || echo "$found" | sed 's/^/# /'
done
echo "1..$count"
exit $status
