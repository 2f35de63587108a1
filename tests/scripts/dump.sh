# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
# `dump`, `append` and `restore`: the bytes are what the program itself says, and
# what gdb writes; nothing comes into memory that was not there; what fails
# leaves files as they were.
# shellcheck disable=SC2154,SC2016,SC2010
. "${0%/*}/../helpers.sh"

# index FILE: the lines of its index.
index()
{
	tail -c 48 "$1" >"$work/tail"
	offset=$(sed -n 's/^index 0*\([0-9][0-9]*\) .*/\1/p' "$work/tail")
	tail -c +$((offset + 1)) "$1" | sed '$d'
}

# area NAME FILE: the bytes of an area, out of a file with an index.
area()
{
	start=$(sed -n "s/^$1 0x\([0-9a-f]*\) .*/\1/p" "$work/said")
	end=$(sed -n "s/^$1 .* 0x\([0-9a-f]*\)$/\1/p" "$work/said")
	index "$2" | grep -F -e "$start $end " >"$work/row" ||
		{ fail "$1 has no row" "$work/said"; return 1; }
	read -r _ _ at _ kind _ <"$work/row"
	tail -c +$((at + 1)) "$2" | head -c $((0x$end - 0x$start)) \
		>"$work/bytes"
}

every='anon sparse huge shared file none xo'
ranges='areas[0].at,+areas[0].pages*4096 areas[1].at,+areas[1].pages*4096
areas[2].at,+areas[2].pages*4096 areas[3].at,+areas[3].pages*4096
areas[4].at,+areas[4].pages*4096 areas[5].at,+areas[5].pages*4096
areas[6].at,+areas[6].pages*4096'
ranges=$(echo "$ranges" | paste -s -d ' ')

for tracee in dumped dumped-32; do
	scdb -e 'catch syscall getppid entry' -e run \
		-e "dump list $work/list $ranges" \
		-e "dump memory $work/sparse areas[1].at +0x1000000" \
		-e "dump mappings $work/maps anon" -e continue \
		-- "./$tracee" "$work" >"$work/said" \
		2>&1
	grep -q 'untouched 4032' "$work/said" ||
		fail "$tracee: pages came into memory" "$work/said"
	[ "$(grep -c 'read by force' "$work/said")" = 4 ] ||
		fail "$tracee: force is not said" "$work/said"
	for name in $every; do
		area "$name" "$work/list" || continue
		same "$tracee: $name" "$work/$name.1" "$work/bytes"
		case $name in
		none | xo) want=forced ;;
		*) want=data ;;
		esac
		[ "$kind" = $want ] || fail "$tracee: $name is $kind"
	done
	same "$tracee: raw" "$work/sparse.1" "$work/sparse"
	[ "$(stat -c %b "$work/sparse")" -lt 1000 ] ||
		fail "$tracee: no holes: $(stat -c %b "$work/sparse")"
	[ "$(stat -c %a "$work/sparse")" = 600 ] || fail "the file's mode"
	grep -q '^27[0-9]* bytes\|^[0-9]* bytes written to .*maps' \
		"$work/said" || fail "$tracee: dump mappings" "$work/said"
done

# The noise is the same on each run, and so are these bytes.
gdb -q -nx -batch -ex 'set breakpoint pending on' -ex 'catch syscall getppid' \
	-ex run -ex "dump binary memory $work/gdb-anon areas[0].at \
	areas[0].at+262144" -ex "dump value $work/gdb-config config" \
	-ex "append value $work/gdb-config counter" \
	-ex "append memory $work/gdb-config &counter (char *)&counter+4" \
	--args ./dumped "$work" >"$work/gdb" 2>&1 </dev/null
scdb -e 'catch syscall getppid entry' -e run \
	-e "dump binary memory $work/scdb-anon areas[0].at areas[0].at+262144" \
	-e "dump value $work/scdb-config config" \
	-e "append value $work/scdb-config counter" \
	-e "append memory $work/scdb-config &counter (char *)&counter+4" \
	-- ./dumped "$work" >"$work/said" 2>&1
same "anon as gdb has it" "$work/gdb-anon" "$work/scdb-anon" "$work/said"
same "config as gdb has it" "$work/gdb-config" "$work/scdb-config" "$work/gdb"

# What changed goes back; only that is written, and only once.
for tracee in dumped dumped-32; do
	scdb -e 'catch syscall getppid entry' -e run -e continue \
		-e "dump list $work/list $ranges &counter,+4 &config,+8" \
		-e continue -e "restore $work/list" -e "restore $work/list" \
		-e continue -- "./$tracee" "$work" >"$work/said" 2>&1 ||
		fail "$tracee: restore" "$work/said"
	for name in $every; do
		same "$tracee: $name again" "$work/$name.1" "$work/$name.4"
	done
	grep -q '^counter 41 hidden 8 level 1 name firsnd' "$work/said" ||
		fail "$tracee: variables" "$work/said"
	# Pages of anon, sparse (2), shared (2), huge, and the variables.
	sed -n 's/ bytes written, .*//p' "$work/said" | paste -s -d ' ' \
		>"$work/written"
	echo '24588 0' | cmp -s - "$work/written" ||
		fail "$tracee: written" "$work/written" "$work/said"
done

# A raw file, and parts of it.
printf 0123456789 >"$work/digits"
scdb -e 'catch syscall getppid entry' -e run \
	-e "restore $work/digits areas[0].at" \
	-e "restore $work/digits binary areas[0].at+16 3 6" \
	-e 'x/10cb areas[0].at' -e 'x/3cb areas[0].at+19' -e "restore $work/digits" -- ./dumped "$work" \
	>"$work/said" 2>&1
grep -q "	48 '0'	49 '1'.*55 '7'" "$work/said" || fail "raw" "$work/said"
grep -q ":	51 '3'	52 '4'	53 '5'" "$work/said" || fail "a part" "$work/said"
grep -q "does not say where its bytes were" "$work/said" ||
	fail "raw without an address" "$work/said"

# refused WHAT PATTERN COMMAND: a line, and `old` is as it was.
refused()
{
	printf old >"$work/old"
	scdb -e 'catch syscall getppid entry' -e run -e "$3" -- ./dumped \
		"$work" >"$work/said" 2>&1 && fail "$1: status 0" "$work/said"
	tail -n 1 "$work/said" | grep -q -e "$2" || fail "$1" "$work/said"
	[ "$(cat "$work/old")" = old ] || fail "$1: old is changed"
	ls -A "$work" | grep '^\.scdb' && fail "$1: left behind"
}

refused unmapped "can't read memory at 0x1000: it is not mapped" \
	"dump memory $work/old 0x1000 0x2000"
refused 'half mapped' "can't read memory at 0x.*000: it is not mapped" \
	"dump memory $work/old &counter +0x100000"
refused 'the top' "can't read memory at 0xffffffffffffe000" \
	"dump memory $work/old 0xffffffffffffe000 0"
refused empty "ends at 0x2000 can't begin at 0x2000" \
	"dump memory $work/old 0x2000 0x2000"
refused 'a full disk' "/dev/full: No space left on device" \
	"dump memory /dev/full areas[0].at +4096"
ln -s old "$work/link"
refused 'a link' "is a symbolic link" "dump mappings $work/link"
refused 'no directory' "can't write $work/no/old: No such file" \
	"dump mappings $work/no/old"
refused 'no mapping' "no mapping is such" "dump mappings $work/old name=none"
refused 'a filter' "\"perms=r\" is no filter" "dump mappings $work/old perms=r"
refused srec "srec is not written" "dump srec memory $work/old 0 1"
refused 'append' "is not mapped" "append memory $work/old &counter +0x100000"
head -c 100000 "$work/list" >"$work/short"
refused 'a short file' "is no whole dump" "restore $work/short"
(ulimit -f 1000; failures=0; refused 'a limit' "(ulimit -f)" \
	"dump memory $work/old areas[2].at+0x800000 +0x800000"
exit $failures) || fail "the limit on files' sizes"

# A FIFO, and a program that dies in the middle of it.
mkfifo "$work/fifo"
cat "$work/fifo" >"$work/through" &
scdb -e 'catch syscall getppid entry' -e run \
	-e "dump memory $work/fifo areas[1].at +0x1000000" \
	-e 'dump memory /dev/stdout areas[0].at +5' -e continue -e kill \
	-- ./dumped "$work" >"$work/said" 2>&1
wait $!
same "through a FIFO" "$work/sparse.1" "$work/through"
head -c 5 "$work/anon.1" >"$work/five"
grep -a -q -F -f "$work/five" "$work/said" || fail "stdout" "$work/said"

(
	head -c 100000 >"$work/front"
	kill -KILL "$(cat "$work/pid")"
	# Until its memory is gone, it can be read.
	while grep -q '^VmSize' "/proc/$(cat "$work/pid")/status"; do
		sleep 0.02
	done 2>/dev/null
	cat >>"$work/front"
) <"$work/fifo" &
scdb -e 'catch syscall getppid entry' -e run \
	-e "shell pgrep -P \$PPID dumped | head -n 1 >$work/pid" \
	-e "dump memory $work/fifo areas[2].at +0x1000000" -- ./dumped \
	"$work" >"$work/said" 2>&1 && fail "a death: status 0" "$work/said"
wait $!
tail -n 1 "$work/said" | grep -q 'is gone\|no process\|is not mapped' ||
	fail "a death" "$work/said" "$work/pid"
cmp -s -n 100000 "$work/huge.1" "$work/front" || fail "before the death"
finish
