#!/bin/sh
# SPDX-License-Identifier: MIT
#
# hot.sh LIST: prints a linker script that puts what a start needs side by side, at the beginning of the program: the
# functions of LIST (src/run/hot.txt: a file and a function a line, or "libc" and a member of its archive), in that order, and
# the constants of their files. The kernel maps 16 pages around the one that is asked for, so a program that lies side by
# side has two page faults where one that lies anywhere has ten, each of which costs as much as five system calls.
set -eu

awk '
	$1 == "libc" {
		text[++n] = "*libc.a:" $2 "(.text .text.*)"
		constants[++files] = "*libc.a:" $2 "(.rodata .rodata.*)"
		next
	}
	{
		object = $1
		gsub(/\//, "-", object)
		text[++n] = "*" object ".o(.text." $2 " .text." $2 ".* .text.startup." $2 ")"
		if (!seen[object]++)
			constants[++files] = "*" object ".o(.rodata .rodata.*)"
	}
	END {
		print "SECTIONS {\n\t.rodata.first : {"
		for (i = 1; i <= files; i++)
			print "\t\t" constants[i]
		print "\t}\n\t.fini.first : { KEEP(*(SORT_NONE(.fini))) }\n\t.text.first : {\n\t\t*crt*.o(.text .text.*)"
		for (i = 1; i <= n; i++)
			print "\t\t" text[i]
		print "\t}\n} INSERT BEFORE .text;"
		# What every start writes, on one page with the data: that begins where its file offset says.
		print "SECTIONS {\n\t.end (READONLY) : { BYTE(0); . = ALIGN(CONSTANT(MAXPAGESIZE)); }\n} INSERT AFTER .eh_frame;"
		print "SECTIONS {\n\t.bss.first (NOLOAD) : {\n\t\t*crt*.o(.bss .bss.*)"
		split("__init_tls libc __environ __stack_chk_fail defsysinfo", started, " ")
		for (i = 1; i in started; i++)
			print "\t\t*libc.a:" started[i] ".lo(.bss .bss.*)"
		print "\t}\n} INSERT BEFORE .bss;"
		# The first blocks of memory begin on the page of the last small things.
		print "SECTIONS {\n\t.bss.last (NOLOAD) : { *base-arena.c.o(.bss.own_blocks) }\n} INSERT AFTER .bss;"
	}' "$1"
