#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The plan and the readers under valgrind: no invalid access, no use of what was never set, no leak. Prints TAP, one test
# a topic. Usage: tests/valgrind.sh UNIT-PROGRAM
set -u

unit=$1
topics='arena text path table json mountinfo idmap plan step check show value spec options take help review review_text'

if ! command -v valgrind >/dev/null; then
	echo '1..0 # SKIP valgrind is not installed'
	exit 0
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
n=0
status=0
for topic in $topics; do
	n=$((n + 1))
	if valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite \
		"$unit" "$topic " >"$log" 2>&1; then
		echo "ok $n - $topic under valgrind"
	else
		echo "not ok $n - $topic under valgrind"
		sed 's/^/# /' "$log" | grep -E 'not ok|==' | head -20
		status=1
	fi
done
echo "1..$n"
exit $status
