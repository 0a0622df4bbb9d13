# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# For cases that run a program which runs bwrap.

# stand_in: bwrap on the PATH is nacre from here on, and notes that it was called.
stand_in()
{
	mkdir -p bin
	printf '#!/bin/sh\necho called >>"%s"\nexec "%s" as bwrap "$@"\n' "$T/called" "$NACRE" >bin/bwrap
	chmod +x bin/bwrap
	export PATH=$T/bin:$PATH
}

# stood_in: it was called.
stood_in()
{
	[ -s "$T/called" ] || fail "the program did not call bwrap"
}
