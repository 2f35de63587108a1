#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: core.sh [--rounds N] [--touched MB] [--untouched MB] [--to "DIR..."]
#
# A core file of a process with 2 GB of memory that it touched and 4 GB that it
# did not, into /dev/shm and onto a disk: a bare loop that copies what was
# touched (tests/bench/bulk.c), scdb, gdb's gcore.  From start to end, attach
# and detach included; how many times the loop's time that is, and how many times
# quicker than gdb.  Contestants take turns; medians.  The bytes in scdb's core
# are compared with those that the loop has copied.

# shellcheck disable=SC2154,SC2034
. "${0%/*}/helpers.sh"
rounds=3 touched=2048 untouched=4096 to="/dev/shm ${TMPDIR:-/tmp}"
options "rounds touched untouched to" "$@"
bulk=$SCDB_BENCHES/bulk

# once NAME COMMAND...: one more time, in microseconds and KB, of NAME.
once()
{
	name=$1
	shift
	rm -f "$dir/core"
	{ "$SCDB_BENCHES/spend" "$@" 2>&1 >"$work/out"; } </dev/null |
		tail -n 1 | sed "s/^/$name /" >>"$work/raw"
}

# Whether the core has the bytes that the bare loop has copied.
checked()
{
	readelf -lW "$dir/core" >"$work/segments"
	while read -r type offset addr _ size _; do
		[ "$type" = LOAD ] && [ $((size)) -gt 0 ] &&
			[ $((0x$start)) -ge $((addr)) ] &&
			[ $((0x$start)) -lt $((addr + size)) ] || continue
		cmp -n $((0x$length)) -i $((offset + 0x$start - addr)):0 \
			"$dir/core" "$dir/copy" >/dev/null
		return
	done <"$work/segments"
	return 1
}

"$bulk" --hold "$touched" "$untouched" >"$work/ready" &
pid=$!
until [ -s "$work/ready" ]; do
	kill -0 $pid || exit 1
	sleep 0.1
done
sleep 1
read -r start length _ <"$work/ready"
echo "a core: $touched MB touched, $untouched MB not" \
	"        ms   of the loop   of gdb        KB"
for place in $to; do
	dir=$(mktemp -d "$place/scdb-bench.XXXXXX") || exit 1
	also="$also $dir"
	: >"$work/raw"
	round=0
	while [ $round -lt "$rounds" ]; do
		once gdb gdb -q -nx -batch -p $pid -ex "gcore $dir/core"
		once loop "$bulk" --copy $pid "$start" "$length" "$dir/core"
		mv "$dir/core" "$dir/copy"
		once scdb "$SCDB" -q --nx --batch -p $pid \
			-e "gcore $dir/core" -e detach
		checked || echo "bench: scdb: the core has other bytes" >&2
		rm -f "$dir/copy" "$dir/core"
		round=$((round + 1))
	done
	echo "into $place:"
	for tool in loop scdb gdb; do
		echo "$tool $(median $tool 1) $(median loop 1)" \
			"$(median gdb 1) $(median $tool 2)"
	done | awk '{ printf "%-20s %22.0f %13.2f %8.2f %9d\n", $1,
		$2 / 1000, $2 / $3, $4 / $2, $5 }'
	rm -rf "$dir"
	dir=
done
