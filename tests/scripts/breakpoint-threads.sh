#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 900
#
# Sixteen threads run through a breakpoint that never lets go, with signals
# 1,000 times a second and forks: each passage is counted once, in the children
# too, and the program ends as it does by itself.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
count=2000
[ "$SCDB_TEST_LONG" ] && count=100000

# visit PROGRAM PLACE: 16 threads, and five children that pass ten times each.
visit()
{
	program=$SCDB_TRACEES/$1
	"$program" 16 $count signals >"$work/wanted"
	status=$?
	"$SCDB" -q --nx --batch -e "break $2" -e 'ignore 1 999999999' \
		-e run -e 'print $_exitcode' -e 'info breakpoints' \
		--args "$program" 16 $count signals >"$work/out" 2>"$work/err" ||
		fail "$1: scdb failed" "$work/err"
	grep '^total' "$work/out" | cmp -s - "$work/wanted" ||
		fail "$1: another sum" "$work/out"
	grep -q "^\$1 = $status\$" "$work/out" ||
		fail "$1: another status than $status" "$work/out"
	grep -q "already hit $((16 * count + 50)) times" "$work/out" ||
		fail "$1: not $((16 * count + 50)) hits of $2" "$work/out"
}

visit hits busy
[ "$SCDB_TEST_LONG" ] && visit hits-32 busy
visit hits-static '*busy'
finish
