#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: trace.sh [--rounds N] [--calls N] [--tree DIR]
#
# Every call to a file: scdb's `trace all` against strace -f -o. Programs: one
# that makes 100,000 calls (tests/bench/calls.c), sixteen threads of it, find
# over a tree, a shell that forks 500 times. As the scheduler likes, and
# confined to one processor. Contestants take turns; medians of the time of the
# clock and of processors' time, program included; and the peak of memory, after
# a tenth of the calls and after all.

top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
: "${SCDB:=$top/scdb}" "${SCDB_BENCHES:=$top/build/bench}"
rounds=5 calls=100000 tree=/usr/include
while [ $# -gt 1 ]; do
	case $1 in
	--rounds) rounds=$2 ;;
	--calls) calls=$2 ;;
	--tree) tree=$2 ;;
	*) sed -n '4s/^# *//p' "$0" >&2; exit 2 ;;
	esac
	shift 2
done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
core=$(taskset -pc $$ | sed 's/.*: *\([0-9]*\).*/\1/')

# once NAME COMMAND...: "NAME clock KB processors" (microseconds).
once()
{
	name=$1
	shift
	# shellcheck disable=SC2086
	$pin "$SCDB_BENCHES/spend" "$@" 2>&1 >"$work/out" </dev/null |
		tail -n 1 | sed "s/^/$name /" >>"$work/raw"
}

# median NAME FIELD
median()
{
	awk -v name="$1" -v field="$2" '$1 == name { print $field }' \
		"$work/raw" | sort -n |
		awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] + 0 }'
}

# measure WHAT COMMAND...
measure()
{
	what=$1
	shift
	: >"$work/raw"
	round=0
	while [ $round -lt "$rounds" ]; do
		once bare "$@"
		once strace strace -f -o "$work/log" "$@"
		lines=$(wc -l <"$work/log")
		once scdb "$SCDB" -q --nx --batch -o "$work/log" \
			-e 'handle all nostop noprint pass' -e 'trace all' \
			-e run -- "$@"
		round=$((round + 1))
	done
	own=$(wc -l <"$work/log")
	echo "$what: $lines lines, scdb $own"
	for tool in bare strace scdb; do
		echo "$tool $(median $tool 2) $(median $tool 4)" \
			"$(median $tool 3) $(median strace 2)" \
			"$(median strace 4)"
	done | awk '{ printf "  %-7s %8.0f ms  %8.0f ms of processors (%.2f of strace)  %6d KB  %5.2f times strace'"'"'s speed\n",
		$1, $2 / 1000, $3 / 1000, $6 ? $3 / $6 : 0, $4,
		$2 ? $5 / $2 : 0 }'
}

for pin in '' "taskset -c $core"; do
	echo "trace all to a file${pin:+, on one processor}:"
	measure "$calls calls" "$SCDB_BENCHES/calls" $((calls / 5))
	measure "a tenth of them" "$SCDB_BENCHES/calls" $((calls / 50))
	measure "16 threads" "$SCDB_BENCHES/calls" $((calls / 80)) 16
	measure "find $tree" find "$tree" -xdev
	measure "500 forks" sh -c \
		'i=0; while [ $i -lt 500 ]; do (exit 0); i=$((i + 1)); done'
done
