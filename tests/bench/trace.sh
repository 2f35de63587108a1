#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: trace.sh [--rounds N] [--calls N] [--tree DIR] [--grow N]
#
# Every call to a file: scdb's `trace all` against strace -f -o and, where it
# runs, perf trace -o; `near` is scdb with `set follow-cpu near`. Programs: find
# over a tree, a shell that forks 500 times, sixteen threads that read, and one
# thread that makes as many calls (tests/bench/calls.c). As the scheduler likes, and confined to one processor.
# Contestants take turns; medians of the time of the clock and of processors'
# time, program included, and ratios to strace's. How much of the processors
# others had meanwhile is said: with more than a few percent the time of the
# clock means little. Then scdb's peak of memory after N calls and a tenth of
# them (--grow; 10,000,000 take some minutes).

# shellcheck disable=SC2154,SC2034
. "${0%/*}/helpers.sh"
rounds=5 calls=100000 tree=/usr/include grow=1000000
options "rounds calls tree grow" "$@"
core=$(one_core)
tools='bare strace scdb near'
if ! command -v perf >/dev/null; then
	echo 'perf trace: there is no perf on this machine'
elif ! perf trace -o "$work/log" true >"$work/out" 2>&1; then
	echo "perf trace does not run here: $(head -n 1 "$work/out")"
else
	tools="$tools perf"
fi

# Of all processors, in hundredths of a second.
busy()
{
	awk '/^cpu / { print $2 + $3 + $4 + $7 + $8 + $9 }' /proc/stat
}

# once NAME COMMAND...: "NAME clock KB processors" (microseconds).
once()
{
	name=$1
	shift
	# shellcheck disable=SC2086
	$pin "$SCDB_BENCHES/spend" "$@" 2>&1 >"$work/out" </dev/null |
		tail -n 1 | sed "s/^/$name /" >>"$work/raw"
}

# traced FOLLOWED COMMAND...
traced()
{
	followed=$1
	shift
	once "$tool" "$SCDB" -q --nx --batch -o "$work/log" \
		-e "set follow-cpu $followed" -e 'trace all' -e run -- "$@"
}

# with TOOL COMMAND...
with()
{
	tool=$1
	shift
	case $tool in
	bare) once bare "$@" ;;
	strace) once strace strace -f -o "$work/log" "$@" ;;
	perf) once perf perf trace -o "$work/log" "$@" ;;
	scdb) traced poll "$@" ;;
	near) traced near "$@" ;;
	esac
	[ "$tool" = bare ] || echo "$tool $(wc -l <"$work/log")" >>"$work/lines"
}

# measure WHAT COMMAND...
measure()
{
	what=$1
	shift
	: >"$work/raw"
	: >"$work/lines"
	before=$(busy)
	round=0
	while [ $round -lt "$rounds" ]; do
		for tool in $tools; do
			with "$tool" "$@"
		done
		round=$((round + 1))
	done
	echo "$what:"
	awk -v rounds="$rounds" -v busy=$(($(busy) - before)) -v tools="$tools" \
		-v cpus="$(getconf _NPROCESSORS_ONLN)" -v aim="$aim" \
		-f "$top/tests/bench/trace.awk" "$work/lines" "$work/raw"
}

for pin in '' "taskset -c $core"; do
	echo "trace all to a file${pin:+, on one processor}:"
	aim=${pin:+1}
	: "${aim:=2.5}"
	measure "find $tree" find "$tree" -xdev
	measure "500 forks" sh -c \
		'i=0; while [ $i -lt 500 ]; do (exit 0); i=$((i + 1)); done'
	measure "16 threads" "$SCDB_BENCHES/calls" $((calls / 80)) 16
	measure "$calls calls" "$SCDB_BENCHES/calls" $((calls / 5))
done

echo "memory, trace all to a file:"
pin=
rounds=1
for n in $((grow / 10)) $grow; do
	: >"$work/raw"
	once "$n" "$SCDB" -q --nx --batch -o /dev/null -e 'trace all' -e run \
		-- "$SCDB_BENCHES/calls" $((n / 5))
	cat "$work/raw"
done | awk '{ printf "  %-7s %9d calls: %6d KB\n", "scdb", $1, $3; kb[NR] = $3 }
	END { printf "  aim: grows by %d KB (at most 1024): %s\n",
		kb[2] - kb[1], kb[2] - kb[1] <= 1024 ? "reached" : "missed" }'
