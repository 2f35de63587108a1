#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: stops.sh [--rounds N] [--threads N] [--backtraces N]
#
# An attach to 1,000 threads and the detach, from the start of the debugger to
# its end: a bare loop (tests/bench/seize.c), scdb, gdb. And backtraces of 30
# frames, each at a stop of its own: how many a minute, start included; gdb
# makes a tenth. Contestants take turns; medians.

# shellcheck disable=SC2154,SC2034
. "${0%/*}/helpers.sh"
rounds=5 threads=1000 backtraces=10000
options "rounds threads backtraces" "$@"

# once NAME COMMAND...: one more time, in microseconds, of NAME.
once()
{
	name=$1
	shift
	{ "$SCDB_BENCHES/spend" "$@" 2>&1 >"$work/out"; } </dev/null |
		tail -n 1 | sed "s/^/$name /" >>"$work/raw"
}

"$SCDB_BENCHES/seize" --threads "$threads" >"$work/ready" &
pid=$!
until grep -q ready "$work/ready"; do
	kill -0 $pid || exit 1
	sleep 0.05
done
round=0
while [ $round -lt "$rounds" ]; do
	once seize "$SCDB_BENCHES/seize" $pid
	once nothing "$SCDB" --nx --version
	once scdb "$SCDB" -q --nx --batch -p $pid -e detach
	once gdb gdb -q -nx -batch -p $pid -ex detach
	round=$((round + 1))
done
echo "attach to $threads threads:       ms   of the bare loop"
for tool in seize nothing scdb gdb; do
	echo "$tool $(median $tool) $(median seize)"
done | awk '{ printf "%-20s %12.1f %18.2f\n", $1, $2 / 1000, $2 / $3 }'

# script N: what both are told.
script()
{
	echo 'catch syscall getppid'
	echo 'run'
	yes 'backtrace
continue' | head -n $((2 * $1))
	echo kill
}
script "$backtraces" >"$work/many"
script $((backtraces / 10)) >"$work/few"
round=0
while [ $round -lt "$(((rounds + 2) / 3))" ]; do
	once scdb-bt "$SCDB" -q --nx --batch -x "$work/many" \
		--args "$SCDB_BENCHES/seize" --deep 30
	[ "$(grep -c '^#29 ' "$work/out")" = "$backtraces" ] ||
		echo "bench: scdb: not all backtraces" >&2
	once gdb-bt gdb -q -nx -batch -x "$work/few" \
		--args "$SCDB_BENCHES/seize" --deep 30
	round=$((round + 1))
done
echo "backtraces of 30 frames a minute:"
echo "scdb $(median scdb-bt) $backtraces
gdb $(median gdb-bt) $((backtraces / 10))" |
	awk '$2 { printf "%-20s %12d\n", $1, $3 * 60e6 / $2 }'
