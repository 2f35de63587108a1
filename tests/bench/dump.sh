#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: dump.sh [--rounds N] [--touched MB] [--untouched MB] [--disk DIR]
#
# Memory into files: 2 GB that was touched, to /dev/shm and to a disk, and with
# 4 GB that was not; by scdb, gdb, and a bare loop of process_vm_readv (tests/
# bench/bulk.c). Then snapshots of it: the first, one more, one more after a
# change of 1 %, and the difference; one pass that only reads is what these
# are held against. Wall-clock and processor time, start and end of the tool
# included; contestants take turns, medians. Each dump's bytes are summed, as the
# program itself summed them.  What one more snapshot and one difference cost is
# scdb's own time of the processor from before it to behind it: the first one's
# writing is many times as much, and varies more than that.

# shellcheck disable=SC2154,SC2034
. "${0%/*}/helpers.sh"
rounds=3 touched=2048 untouched=4096 disk=/var/tmp
options "rounds touched untouched disk" "$@"
shm=$(mktemp -d /dev/shm/scdb-bench.XXXXXX) || exit 1
also=$shm
disk=$(mktemp -d "$disk/scdb-bench.XXXXXX") || exit 1
also="$shm $disk"
export TMPDIR="$shm"

# once NAME COMMAND...: milliseconds, processor's milliseconds and KB of NAME.
once()
{
	name=$1
	shift
	"$SCDB_BENCHES/spend" "$@" >"$work/out" 2>"$work/err" </dev/null ||
		echo "bench: $name failed: $(head -n 1 "$work/err")" >&2
	tail -n 1 "$work/err" | awk -v name="$name" \
		'{ print name, $1 / 1000, $3 / 1000, $2 }' >>"$work/raw"
}

now='shell echo time $(cat /proc/$PPID/schedstat)'

# between NAME...: what scdb took from each such moment to the next is NAME's.
between()
{
	awk -v names="$*" 'BEGIN { split(names, name) }
		$1 == "time" {
			ms = $2 / 1000000
			if (seen++)
				print name[seen - 1], 0, ms - before, 0
			before = ms
		}' "$work/out" >>"$work/raw"
}

# summed NAME FILE: the bytes are right, and go.
summed()
{
	[ "$("$SCDB_BENCHES/bulk" --sum "$2")" = "$sum" ] ||
		echo "bench: $1: the bytes are wrong" >&2
	rm -f "$2"
}

# row NAME AGAINST
row()
{
	echo "$1 $(median "$1" 1) $(median "$1" 2) $(median "$1" 3)" \
		"$(median "$2" 1) $(median "$2" 2)" |
		awk '{ ms = $2 ? sprintf("%d", $2) : "-"
			of = $2 ? sprintf("%.2f", $2 / ($5 ? $5 : 1)) : "-"
			printf "%-16s %8s %8d %8s %10s %10.2f\n", $1, ms, $3,
			$4 ? $4 : "-", of, $3 / ($6 ? $6 : 1) }'
}

"$SCDB_BENCHES/bulk" --hold "$touched" "$untouched" >"$work/area" &
pid=$!
until grep -q . "$work/area"; do
	kill -0 $pid || exit 1
	sleep 0.1
done
read -r start len rest restlen sum <"$work/area"
round=0
while [ $round -lt "$rounds" ]; do
	for place in shm disk; do
		[ $place = shm ] && dir=$shm || dir=$disk
		once "bare-$place" "$SCDB_BENCHES/bulk" --copy $pid "$start" \
			"$len" "$dir/bare"
		summed "bare-$place" "$dir/bare"
		once "scdb-$place" "$SCDB" -q --nx --batch -p $pid \
			-e "dump memory $dir/scdb 0x$start +0x$len"
		summed "scdb-$place" "$dir/scdb"
	done
	once gdb-shm gdb -q -nx -batch -p $pid -ex \
		"dump binary memory $shm/gdb 0x$start 0x$start+0x$len"
	summed gdb-shm "$shm/gdb"
	once scdb-sparse "$SCDB" -q --nx --batch -p $pid -e \
		"dump list $shm/list 0x$rest,+0x$restlen 0x$start,+0x$len"
	rm -f "$shm/list"
	once read "$SCDB_BENCHES/bulk" --read $pid "$start" "$len"
	once start "$SCDB" -q --nx --batch -p $pid
	once first "$SCDB" -q --nx --batch -p $pid \
		-e "snapshot a 0x$start,+0x$len"
	once many "$SCDB" -q --nx --batch -p $pid \
		-e "snapshot a 0x$start,+0x$len" -e "$now" \
		-e "snapshot b 0x$start,+0x$len" -e "$now" \
		-e "snapshot c 0x$start,+0x$len" -e "$now" \
		-e 'diff a' -e "$now" -e 'diff b' -e "$now"
	between second second difference difference
	round=$((round + 1))
done
echo "$touched MB touched, $untouched MB untouched; ms, processor's ms, KB," \
	"of the bare loop's:"
printf '%-16s %8s %8s %8s %10s %10s\n' '' ms cpu KB ms cpu
for name in bare-shm scdb-shm gdb-shm scdb-sparse; do
	row $name bare-shm
done
for name in bare-disk scdb-disk; do
	row $name bare-disk
done
for name in read start first second difference; do
	row $name read
done

# The change, and the difference: 1 % of the pages.
kill -KILL $pid
wait $pid 2>/dev/null
pid=
pages=$(((touched * 256 + 99) / 100))
"$SCDB" -q --nx --batch -e 'catch syscall getppid entry' -e run \
	-e 'snapshot a anon size>=64M' -e continue -e 'snapshot b anon size>=64M' \
	-e 'diff a b' -- "$SCDB_BENCHES/bulk" --change "$touched" \
	"$untouched" >"$work/changed" 2>&1
grep -q "^$pages bytes differ, in $pages places" "$work/changed" ||
	echo "bench: not the $pages changes: $(tail -n 1 "$work/changed")" >&2
sed -n 's/^Snapshot b: /after a change of 1 %: /p; /bytes differ/p' \
	"$work/changed"
