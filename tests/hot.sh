#!/bin/sh
# SPDX-License-Identifier: MIT
#
# src/run/hot.txt says what lies side by side in the program: a function that has been renamed or removed would
# silently lie elsewhere. Prints TAP.
set -u
cd "${1:-$(dirname "$0")/..}/src" || exit 1

echo 1..1
gone=$(grep -v '^libc ' run/hot.txt | while read -r file name; do
	grep -qw "$name" "$file" 2>/dev/null || echo "# $file has no $name(): ./dev hot makes src/run/hot.txt anew"
done)
if [ -z "$gone" ]; then
	echo "ok 1 - each function of src/run/hot.txt is there"
else
	echo "not ok 1 - each function of src/run/hot.txt is there"
	echo "$gone"
	exit 1
fi
