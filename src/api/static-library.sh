#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The static libnacre: static-library.sh OBJECTS.a OUTPUT.a. All objects as one, in which only what include/nacre.h declares is global: names of
# our own cannot meet those of the program that links it.
set -eu

object=${2%.a}.o
trap 'rm -f "$object"' EXIT
${LD:-ld} -r -o "$object" --whole-archive "$1"
${OBJCOPY:-objcopy} --wildcard --keep-global-symbol='nacre_*' "$object"
rm -f "$2"
${AR:-ar} rcs "$2" "$object"
