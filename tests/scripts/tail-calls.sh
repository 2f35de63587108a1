#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Frames of functions that left by a tail call, and how arguments are shown in
# all the ways there are, against gdb.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

cat >"$work/commands" <<'END'
set disable-randomization on
handle SIGUSR1 stop nopass
run
END
for _ in 1 2 3; do
	cat <<'END'
backtrace
backtrace -frame-arguments all
backtrace -frame-arguments none
backtrace -frame-arguments presence
backtrace -entry-values no
backtrace -entry-values both
backtrace -entry-values only
backtrace -entry-values preferred
backtrace -entry-values if-needed
backtrace -entry-values compact
backtrace -past-main
info frame
up 2
info frame
up
info frame
up
info frame
continue
END
done >>"$work/commands"

# What both say of frames; addresses are where the kernel put things.  One place
# has two names, one file two paths; and where it found the stack pointer behind
# a tail call gdb says in one way or the other.
frames_of()
{
	grep -aE '^(#[0-9]| rip | tail call| called by| caller of| source lang| Arglist| Locals|  [a-z0-9]* at |Stack level)' |
	sed "s/0x[0-9a-f][0-9a-f]*/ADDRESS/g
	     s,/usr/lib32/,/lib32/,; s/__libc_start_main_impl/__libc_start_main/
	     s/\(at unknown address, Previous frame's sp\).*/\1/"
}

for program in tailcalls tailcalls-32 tailcalls-static; do
	gdb -nx -batch -ex 'set debuginfod enabled off' -x "$work/commands" \
		./$program >"$work/gdb" 2>&1
	scdb -x "$work/commands" ./$program >"$work/scdb" 2>&1
	frames_of <"$work/gdb" >"$work/expected"
	frames_of <"$work/scdb" >"$work/frames"
	[ "$(grep -c '^#' "$work/expected")" -gt 200 ] ||
		fail "$program: gdb shows too few frames" "$work/gdb"
	same "$program: the frames" "$work/expected" "$work/frames"
done
finish
