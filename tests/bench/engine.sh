#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: engine.sh [--rounds N] [--calls N]
#
# A program of which 1 call in 100, and 1 in 10,000, is caught at its entry
# (tests/tracees/sparse.c): natively, by a bare loop behind a filter
# (tests/bench/filtered.c), by scdb's engines, and by strace with and without
# its filter. Contestants take turns; medians of the time of the clock, and of
# processors' time, the program's included.

top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
: "${SCDB:=$top/scdb}" "${SCDB_BENCHES:=$top/build/bench}"
: "${SCDB_TRACEES:=$top/build/tracees}"
rounds=5 calls=2000000
while [ $# -gt 1 ]; do
	case $1 in
	--rounds) rounds=$2 ;;
	--calls) calls=$2 ;;
	*) sed -n '4s/^# *//p' "$0" >&2; exit 2 ;;
	esac
	shift 2
done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# once NAME COMMAND...: "NAME clock KB processors" (microseconds).
once()
{
	name=$1
	shift
	"$SCDB_BENCHES/spend" "$@" 2>&1 >"$work/out" </dev/null |
		tail -n 1 | sed "s/^/$name /" >>"$work/raw"
}

# median NAME FIELD
median()
{
	awk -v name="$1" -v field="$2" '$1 == name { print $field }' \
		"$work/raw" | sort -n |
		awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] + 0 }'
}

# measure EVERY
measure()
{
	set -- "$SCDB_TRACEES/sparse" "$calls" "$1"
	: >"$work/raw"
	round=0
	while [ $round -lt "$rounds" ]; do
		once native "$@"
		once bare "$SCDB_BENCHES/filtered" 121 "$@"
		for engine in seccomp ptrace; do
			once $engine "$SCDB" -q --nx --batch --engine $engine \
				-e 'catch syscall getpgid entry if pid' \
				-e run --args "$@"
		done
		once strace-bpf strace --seccomp-bpf -f -e trace=getpgid \
			-o "$work/log" "$@"
		once strace strace -f -e trace=getpgid -o "$work/log" "$@"
		round=$((round + 1))
	done
	for tool in native bare seccomp ptrace strace-bpf strace; do
		echo "$tool $(median $tool 2) $(median $tool 4)" \
			"$(median native 2) $(median bare 2)"
	done | awk '{ printf "  %-10s %8.0f ms  %8.0f ms of processors  %7.2f of native  %6.2f of the bare loop\n",
		$1, $2 / 1000, $3 / 1000, $4 ? $2 / $4 : 0,
		$5 ? $2 / $5 : 0 }'
}

for every in 100 10000; do
	echo "$calls calls, 1 in $every caught:"
	measure $every
done
