#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: many.sh [--rounds N]
#
# What many breakpoints and many threads cost: a hit whose condition is false and
# a single step, with no other breakpoint and with 10,000 that one `rbreak` set
# (that is to be the same); what it takes to plant them, their addresses known,
# in time of the processor; a hit where 1,000 threads all hit. scdb against gdb,
# and for the threads a bare loop that does the least. Medians; gdb has one
# round, and fewer hits.

top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
: "${SCDB:=$top/scdb}" "${SCDB_BENCHES:=$top/build/bench}" "${CC:=cc}"
rounds=5
case $# in
0) ;;
2) rounds=$2 ;;
*) sed -n '4s/^# *//p' "$0" >&2; exit 2 ;;
esac
unset DEBUGINFOD_URLS
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cd "$work" || exit 1

awk 'BEGIN {
	print "volatile int sum;"
	for (i = 0; i < 10000; i++)
		printf "void work_%d(int n) { sum += n + %d; }\n", i, i
}' >many.c
$CC -D_GNU_SOURCE -O2 -pthread -o many many.c "$top/tests/bench/hits.c" ||
	exit 1

# commands NUMBER RBREAK STEPS: before and behind each part, the time.
commands()
{
	printf 'tbreak main\nrun\n%s\nshell echo; date +%%s%%N\nstepi %s\n' "$2" "$3"
	printf 'shell echo; date +%%s%%N\nbreak hit if $rdi == -1\n'
	printf 'shell echo; date +%%s%%N\ncontinue\nshell echo; date +%%s%%N\n'
} >"$1"

# keep NAME STEPS HITS: of the times on stdin, microseconds for each.
keep()
{
	grep -ax '[0-9]\{19\}' | awk -v name="$1" -v steps="$2" -v hits="$3" '
		{ t[NR] = $1 }
		END { if (NR == 4) {
			printf "%s-step %.1f\n", name, (t[2] - t[1]) / steps / 1000
			printf "%s-hit %.1f\n", name, (t[4] - t[3]) / hits / 1000
		} }' >>raw
}

median()
{
	sed -n "s/^$1 //p" raw | sort -n |
		awk '{ t[NR] = $1 } END { if (NR) print t[int((NR + 1) / 2)] }'
}

# threads NAME HITS COMMAND...: what the program says of 1,000 of them.
threads()
{
	name=$1
	shift
	timeout 300 "$@" 2>/dev/null </dev/null | tr -d '\r' |
		awk -v name="$name" '/^ns [0-9]+$/ {
			printf "%s %.1f\n", name, $2 / 1000 }' >>raw
}

scdb_round()
{
	commands alone.cmds '' 2000
	commands many.cmds 'rbreak ^work_' 2000
	for which in alone many; do
		timeout 300 "$SCDB" -q --nx --batch -x $which.cmds \
			--args ./many 10000 2>/dev/null </dev/null |
			keep scdb-$which 2000 10000
	done
	{
		printf 'rbreak ^work_\ntbreak main\nrun\n'
		for _ in 1 2 3 4 5 6 7 8 9 10; do
			printf 'disable\nenable\n'
		done
	} >plant.cmds
	SCDB_LOG=session timeout 300 "$SCDB" -q --nx --batch -x plant.cmds \
		--args ./many 1 2>&1 >/dev/null </dev/null |
		sed -n 's/.* 1000[0-9] sites planted in \([0-9]*\) us.*/plant \1/p' \
			>>raw
	threads threads-bare ./many --bare 20 1000
	threads threads-scdb "$SCDB" -q --nx --batch \
		-e 'break hit if $rdi == -1' -e run --args ./many 20 1000
}

gdb_round()
{
	commands alone.cmds '' 1000
	commands many.cmds 'rbreak ^work_' 20
	timeout 300 gdb -q -nx -batch -x alone.cmds --args ./many 1000 \
		2>/dev/null </dev/null | keep gdb-alone 1000 1000
	timeout 600 gdb -q -nx -batch -x many.cmds --args ./many 50 \
		2>/dev/null </dev/null | keep gdb-many 20 50
	threads threads-gdb gdb -q -nx -batch -ex 'break hit if $rdi == -1' \
		-ex run --args ./many 2 1000
}

: >raw
round=0
while [ $round -lt "$rounds" ]; do
	scdb_round
	round=$((round + 1))
done
command -v gdb >/dev/null && gdb_round

row()
{
	printf '%-34s %10s %12s\n' "$1" "$2" "$3"
}
row us alone '10,000 set'
for who in scdb gdb; do
	row "a false condition: $who" "$(median $who-alone-hit)" \
		"$(median $who-many-hit)"
	row "a single step: $who" "$(median $who-alone-step)" \
		"$(median $who-many-step)"
done
row '10,000 planted (processor time)' '' "$(median plant)"
for who in bare scdb gdb; do
	row "a hit by 1,000 threads: $who" "$(median threads-$who)" ''
done
