# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
# Memory that goes, comes or dies while it is dumped or searched: a thread of the
# program runs, and who reads scdb's output holds it up until that has acted.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

size=33554432 half=16777216
mkfifo "$work/fifo"

# held: its input, of which all but the front is taken when the thread has acted.
held()
{
	head -c 50000
	: >"$work/go"
	read -r pid _ <"$work/facts"
	# Until its memory is gone, the program can be read.
	while [ ! -e "$work/done" ] && grep -q '^VmSize' "/proc/$pid/status"
	do
		sleep 0.02
	done 2>/dev/null
	cat
}

# try TRACEE WHAT COMMAND...: one scdb run, whose output `held` reads as far as it
# goes into the FIFO.  Sets $status and where the halves are, $area and $file.
try()
{
	rm -f "$work/go" "$work/done"
	held <"$work/fifo" >"$work/got" &
	reader=$!
	SCDB_LIMIT=20 scdb -e 'set non-stop on' -e 'break getppid' -e run \
		-e "echo ready\\n" -e "$3" -- "./$1" "$work" "$2" \
		>"${4:-$work/said}" 2>"$work/errors"
	status=$?
	wait $reader
	read -r _ area file <"$work/facts"
}

# ends WHAT STATUS PATTERN: the last line of what scdb complained of.
ends()
{
	[ $status = "$2" ] || fail "$1: status $status" "$work/errors"
	tail -n 1 "$work/errors" | grep -q -e "$3" ||
		fail "$1: another reason" "$work/errors"
}

# front WHAT: what came out is what was there.
front()
{
	cmp -s -n "$(stat -c %s "$work/got")" "$work/want" "$work/got" ||
		fail "$1: other bytes"
}

file_end="behind the end of its file, or can't be read there"
gone='process [0-9]* is gone\|the process is gone\|is not mapped'

for tracee in changing changing-32; do
	raw="dump memory $work/fifo"
	try $tracee unmap "$raw area +$size"
	ends "$tracee, unmapped" 1 "can't read memory at $area: it is not mapped"
	front "$tracee, unmapped"
	try $tracee cut "$raw file +$size"
	ends "$tracee, cut" 1 "can't read memory at $file: it is $file_end"
	front "$tracee, cut"
	try $tracee grow "$raw file +$size"
	[ $status = 0 ] || fail "$tracee, grown" "$work/errors"
	same "$tracee, grown" "$work/want" "$work/got"
	try $tracee die "$raw area +$size"
	ends "$tracee, dead" 1 "$gone"
	front "$tracee, dead"
done

# list WHAT BYTES PATTERN: a dump with an index has all but what is gone, and says
# so.
list()
{
	[ $status = 0 ] || fail "list, $1" "$work/errors"
	grep -q "^$2 bytes written to" "$work/said" ||
		fail "list, $1" "$work/said"
	grep -q "^  $3" "$work/said" || fail "list, $1: why" "$work/said"
	tail -c +4097 "$work/got" | head -c $half >"$work/bytes"
	cmp -s -n $half "$work/want" "$work/bytes" || fail "list, $1: bytes"
}

try changing unmap "dump list $work/fifo area,+$size"
list unmapped $((size / 4 * 3)) "$area-0x[0-9a-f]* is not mapped"
tail -c +$((4097 + half)) "$work/got" | head -c $((size / 4)) >"$work/bytes"
tail -c $((size / 4)) "$work/want" | cmp -s - "$work/bytes" ||
	fail "list, unmapped: behind it"
try changing cut "dump list $work/fifo file,+$size"
list cut $half "$file-0x[0-9a-f]* is $file_end"
try changing die "dump list $work/fifo area,+$size"
ends "list, dead" 1 "$gone"

# marks WHAT COUNT PATTERN: so many were found, and the rest was passed over.
marks()
{
	[ $status = 0 ] || fail "find, $1: status $status" "$work/errors"
	[ "$(sed '1,/^ready$/d' "$work/got" | grep -c '^0x')" = "$2" ] ||
		fail "find, $1: not $2" "$work/got"
	grep -q "^$2 patterns found" "$work/got" || fail "find, $1" "$work/got"
	[ -z "$3" ] || grep -q "^passed over $3\$" "$work/got" ||
		fail "find, $1: why" "$work/got"
}

search="+$size, {char[4]}\"MARK\""
try changing unmap "find area, $search" "$work/fifo"
marks unmapped 24576 "$area-0x[0-9a-f]*, which is not mapped"
try changing cut "find file, $search" "$work/fifo"
marks cut 16384 "$file-0x[0-9a-f]*, which is $file_end"
try changing grow "find file, $search" "$work/fifo"
marks grown 32768
try changing die "find area, $search" "$work/fifo"
ends "find, dead" 1 "$gone"
finish
