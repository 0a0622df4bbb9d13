#!/bin/sh
# SPDX-License-Identifier: MIT
#
# fill.sh GENERATOR PAGE: prints the page with each line "@synopsis VERB@" replaced by what the generator prints for
# the verb, so that no option can be missing there.
set -eu

while IFS= read -r line; do
	case $line in
	"@synopsis "*@)
		verb=${line#@synopsis }
		"$1" "scdoc-${verb%@}"
		;;
	*) printf '%s\n' "$line" ;;
	esac
done <"$2"
