#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# generate-core-file: gdb sees the same in a core of scdb's as in its own gcore
# of the same stopped process, and readelf the same as in the kernel's.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

cd "$work" || exit 1

# Seconds to nobody's surprise: gdb does not read the user's files, or ask.
gdb_batch()
{
	timeout -k 2 40 gdb -q -nx -batch -iex 'set pagination off' \
		-iex 'set width 0' -iex 'set debuginfod enabled off' "$@" 2>&1
}

# stopped PROGRAM ARG...: $pid, in a group stop.
stopped()
{
	start "$@" >"$work/said"
	says "$work/said" ready || fail "$1: it is not ready" "$work/said"
	until_true state "$pid" T || fail "$1: it does not stop"
}

# What gdb tells of CORE of PROGRAM, into FILE; what differs by nature (how
# arguments are kept, and what gdb does not ask for in a group stop) is not
# asked.  1,000 places: stacks, heap, and every page of what was written.
look()
{
	set -- "$1" "$2" "$3" -ex 'info threads' -ex 'thread apply all bt' \
		-ex 'thread apply all info registers' \
		-ex 'thread apply all info registers float' \
		-ex 'thread apply all p $xmm1' -ex 'thread apply all p own' \
		-ex 'info auxv' -ex 'info sharedlibrary' \
		-ex 'x/300xg $sp' -ex 'x/200xb touched' \
		-ex 'p touched[509]@20' -ex 'p touched[262143]' \
		-ex 'x/40xb untouched' -ex 'p untouched[28672]' \
		-ex 'x/100xb shared' -ex 'x/100xb hidden' \
		-ex 'p written[4096]@20' -ex 'x/40xb zeroed' \
		-ex 'x/200xb main'
	program=$1 core=$2 file=$3
	shift 3
	gdb_batch "$@" "$program" "$core" >"$file"
	# gdb's own has no arguments.
	sed -i -e '/^warning: /d' -e '/^Core was generated/d' -e '/^$/d' "$file"
}

# The same process, for scdb and for gdb, one after the other.
for bits in '' -32 -static; do
	stopped "$SCDB_TRACEES/cores$bits" stop 4
	grep -E '^(Rss|Anonymous):' "/proc/$pid/smaps_rollup" >before
	scdb -p "$pid" -e "gcore ours$bits" -e detach >said.ours 2>&1 ||
		fail "cores$bits: scdb failed" said.ours
	grep -qx "Saved corefile ours$bits" said.ours ||
		fail "cores$bits: the message" said.ours
	grep -E '^(Rss|Anonymous):' "/proc/$pid/smaps_rollup" >after
	# A page of a library's that scdb reads to know it is none of the
	# program's memory.
	[ "$(sed -n 's/^Anonymous: *//p' before)" = \
	  "$(sed -n 's/^Anonymous: *//p' after)" ] ||
		fail "cores$bits: pages were made" before after
	until_true state "$pid" T || fail "cores$bits: it stands no more"
	gdb_batch -p "$pid" -ex "gcore theirs$bits" >said.theirs
	look "$SCDB_TRACEES/cores$bits" "ours$bits" "ours$bits.text"
	look "$SCDB_TRACEES/cores$bits" "theirs$bits" "theirs$bits.text"
	same "cores$bits: gdb sees something else than in its own" \
		"theirs$bits.text" "ours$bits.text"
	[ "$(grep -c '^0x' "ours$bits.text")" -gt 150 ] &&
		grep -q '^#3.* deep (' "ours$bits.text" &&
		[ "$(grep -c 'LWP' "ours$bits.text")" -gt 10 ] ||
		fail "cores$bits: gdb sees too little" "ours$bits.text"
	# elfutils: the notes, and frames by its own unwinder.
	for who in ours theirs; do
		eu-stack --core="$who$bits" 2>&1 | sed 1d >"$who.stack"
	done
	same "cores$bits: eu-stack" theirs.stack ours.stack
	eu-readelf -n "ours$bits" >notes 2>&1 || fail "eu-readelf" notes
	[ "$(grep -c '^ *CORE.*PRSTATUS' notes)" = 5 ] &&
		[ "$(grep -c '^TID' ours.stack)" = 5 ] ||
		fail "cores$bits: elfutils" notes ours.stack
	[ "$(stat -c %a "ours$bits")" = 600 ] || fail "cores$bits: the mode"
	kill -KILL "$pid"
	ended "$pid"
done

finish
