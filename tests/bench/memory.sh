#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: memory.sh [--rounds N] [--size MB] [--places N]
#
# Reading a process's memory: 64 bytes at 10,000 places, and all of 2 GB.
#
# Places: bare calls of process_vm_readv and target/batch.h in one program
# (tests/tools/scatter.c), processors' time; then scripts of 10,000 lines of `x`:
# scdb's, within batch ... end and without, and gdb's, from start to end.
# All of it: `find` for a text that is not there, against a bare loop with
# memmem (tests/bench/seek.c), memmem and memchr over as many bytes that are
# here already, and gdb's `find`.  Contestants take turns; medians.

# shellcheck disable=SC2154,SC2034
. "${0%/*}/helpers.sh"
rounds=3 size=2048 places=10000
options "rounds size places" "$@"
text='no such text in it'

# once NAME COMMAND...: one more time, in microseconds and KB, of NAME.
once()
{
	name=$1
	shift
	{ "$SCDB_BENCHES/spend" "$@" 2>&1 >"$work/out"; } </dev/null |
		tail -n 1 | sed "s/^/$name /" >>"$work/raw"
}

# took NAME WITHOUT: the median, without what starting and attaching takes.
took()
{
	echo $(($(median "$1" 1) - $(median "$2" 1)))
}

"$SCDB_BENCHES/bulk" --hold "$size" 1 >"$work/ready" &
pid=$!
until [ -s "$work/ready" ]; do
	kill -0 $pid || exit 1
	sleep 0.1
done
sleep 1
read -r start length _ <"$work/ready"

awk -v n="$places" -v size="$size" -v start="$start" 'BEGIN {
	srand(3)
	for (i = 0; i < n; i++)
		printf "x/8xg 0x%s + %.0f\n", start,
			int(rand() * (size * 131072 - 8)) * 8
}' >"$work/lines"
{ echo batch; cat "$work/lines"; echo end; } >"$work/batch"
round=0
while [ $round -lt "$rounds" ]; do
	once scdb-start "$SCDB" -q --nx --batch -p $pid -e detach
	once scdb-x "$SCDB" -q --nx --batch -p $pid -x "$work/lines" -e detach
	once scdb-batch "$SCDB" -q --nx --batch -p $pid -x "$work/batch" \
		-e detach
	once scdb-find "$SCDB" -q --nx --batch -p $pid \
		-e "find 0x$start, +0x$length, \"$text\"" -e detach
	grep -q 'not found' "$work/out" || echo "bench: scdb found it" >&2
	once gdb-start gdb -q -nx -batch -p $pid
	once gdb-x gdb -q -nx -batch -p $pid -x "$work/lines"
	[ $round -gt 0 ] || once gdb-find gdb -q -nx -batch -p $pid \
		-ex "find 0x$start, +0x$length, \"$text\""
	once loop "$SCDB_BENCHES/seek" --remote $pid "$start" "$length" "$text"
	round=$((round + 1))
done
kill -KILL $pid
wait $pid 2>/dev/null

echo "reading 64 bytes at $places places:  ns each"
"$SCDB_TOOLS/scatter" "$places" "$size" |
	awk '{ printf "%-20s %22d\n%-20s %22d   %.2f of it; the bytes: %s\n",
		"process_vm_readv", $2, "target/batch.h", $4, $4 / $2, $5 }'
for tool in scdb-batch scdb-x gdb-x; do
	echo "$tool $(took $tool "${tool%%-*}-start") $(took gdb-x gdb-start)"
done | awk -v n="$places" '{ printf "%-20s %22d   gdb: %.1f times that\n",
	$1, $2 * 1000 / n, $3 / $2 }'
echo "looking through $size MB:  ms"
"$SCDB_BENCHES/seek" --here "$length" "$text" >"$work/here"
memmem=$(sed -n 's/^memmem //p' "$work/here")
{
	cat "$work/here"
	echo "loop-with-memmem $(median loop 1)"
	echo "scdb-find $(took scdb-find scdb-start) $(median scdb-find 2)"
	echo "gdb-find $(took gdb-find gdb-start)"
} | awk -v memmem="$memmem" -v loop="$(median loop 1)" '{
	printf "%-20s %22.0f   %.2f of memmem, %.2f of the loop%s\n", $1,
		$2 / 1000, $2 / memmem, $2 / loop, $3 ? "; " $3 " KB" : "" }'
