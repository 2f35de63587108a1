#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Replaces what differs from run to run: process and thread ids, addresses,
# times.  Standard input to standard output; every transcript goes through it.
# An address keeps its kind: LIB (0x7f...), EXE (0x55..., 0x56...), and LIB32,
# EXE32 for 32-bit programs.

LC_ALL=C exec sed -E '
# [1] 4711 "cat" and [2.1] 4711 "cat"
s/(^|[ *])(\[[0-9]+(\.[0-9]+)?\]) +[0-9]+ /\1\2 PID /g
s/\b([Pp]rocess|[Tt]hread|LWP|[Tt]ask|pid|tid|tgid|ppid|pgrp|pgid|sid)([ =:]+)[0-9]+/\1\2PID/g
s/\b(getpid|gettid|getppid|getpgrp|fork|vfork|getpgid|getsid|setsid)(\([^()]*\) += )[1-9][0-9]*/\1\2PID/g
s/\b(clone|clone3|wait4|waitpid|waitid|set_tid_address)(\(.*\) += )[1-9][0-9]*/\1\2PID/g
s,\b(made by) [0-9]+$,\1 PID,
# Whoever runs the tests; another number was made up by scdb.
s/\b(gete?[ug]id(32)?)((\(\))? += )('"$(id -u)|$(id -g)"')\b/\1\3ID/g
# Where a file of commands is; where the output of a transcript goes.
s,[^ ]*/tests/transcripts/,,g
s,<[^<>]*/tmp\.[A-Za-z0-9]+/raw>,<OUT>,g
# Where a compiler put an instruction; names inside the C library depend on
# whether its debug symbols are installed.
s/^(    at .* in )((libc\.so|ld-linux)[^ ]*)\+0x[0-9a-f]+$/\1SYMBOL (\2)/
s/^(    at .* in ).* \(((libc\.so|ld-linux)[^ )]*)\)$/\1SYMBOL (\2)/
s/^(    at .* in .*)\+[0-9]+( \([^()]*\))$/\1+OFFSET\2/
s/( in [^ ]+)\+0x[0-9a-f]+$/\1+OFFSET/
s,/proc/[0-9]+,/proc/PID,g
s,/task/[0-9]+,/task/PID,g
# Where the file of a program has it, before that runs.
s/\b([Bb]reakpoint|Dprintf) ([0-9]+) at 0x[0-9a-f]{4}\b/\1 \2 at CODE/
s/0x0{12}[0-9a-f]{4}\b/CODE/g
s/0x0*7[ef][0-9a-f]{10}\b/LIB/g
s/0x0*5[56][0-9a-f]{10}\b/EXE/g
s/\b0{4}7[ef][0-9a-f]{10}\b/LIB/g
s/\b0{4}5[56][0-9a-f]{10}\b/EXE/g
s/0x(f7[0-9a-f]{6}|ff[89a-e][0-9a-f]{5})\b/LIB32/g
s/0x5[6-9a-f][0-9a-f]{6}\b/EXE32/g
# The times stand in a column, which moves with the text before it.
s/ +[0-9]+\.[0-9]{6} s\b/  TIME s/g
s/\b[0-9]+\.[0-9]+ (s|ms|us)\b/TIME \1/g
'
