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

# What both say of frames; addresses are where the kernel put things.
frames_of()
{
	grep -aE '^(#[0-9]| rip | tail call| called by| caller of| source lang| Arglist| Locals|  [a-z0-9]* at |Stack level)' |
	sed 's/0x[0-9a-f][0-9a-f]*/ADDRESS/g'
}

gdb -nx -batch -ex 'set debuginfod enabled off' -x "$work/commands" \
	./tailcalls >"$work/gdb" 2>&1
scdb -x "$work/commands" ./tailcalls >"$work/scdb" 2>&1
frames_of <"$work/gdb" >"$work/expected"
frames_of <"$work/scdb" >"$work/frames"
[ "$(grep -c '^#' "$work/expected")" -gt 200 ] ||
	fail "gdb shows too few frames" "$work/gdb"
diff "$work/expected" "$work/frames" >"$work/difference" ||
	fail "the frames" "$work/difference"
finish
