#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
#
# Catchpoints on events: gdb, with the same ones, stops at the same events in
# the same order; what gdb has not (clone, exit) against what the tracee does.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

# A line of a stop at a catchpoint as "NUMBER EVENT", ids taken out.
stops()
{
	sed -nE 's/^  (Inferior .*loaded) .*\/(lib[^/]*)$/\1 \2/p
		/atchpoint [0-9]+ \((forked|vforked|exec.d|signal SIG)/!d
		/^(Temporary c|C)atchpoint.*[a-zA-Z0-9]\)$/d
		s/.*atchpoint ([0-9]+) \(([^)]*)\).*/\1 \2/
		s/process [0-9]+/process N/; p' "$1"
}

# oracle PROGRAM LINE...: gdb and scdb, with these lines, stop at the same
# events, go on by themselves, and list the same hits.
oracle()
{
	program=$1
	shift
	printf '%s\n' 'set pagination off' 'set width 0' >"$work/gdb.in"
	printf '%s\n' 'handle all nostop noprint pass' "$@" run \
		'info breakpoints' >"$work/scdb.in"
	cat "$work/scdb.in" >>"$work/gdb.in"
	timeout 60 gdb -q -nx -batch -x "$work/gdb.in" "./$program" \
		>"$work/gdb" 2>&1 </dev/null ||
		fail "$program, $1: gdb failed" "$work/gdb"
	scdb -x "$work/scdb.in" "./$program" \
		>"$work/scdb" 2>&1 </dev/null ||
		fail "$program, $1: scdb failed" "$work/scdb"
	stops "$work/gdb" >"$work/gdb.stops"
	stops "$work/scdb" >"$work/scdb.stops"
	[ -s "$work/gdb.stops" ] || fail "$program, $1: gdb stopped nowhere" \
		"$work/gdb"
	diff "$work/gdb.stops" "$work/scdb.stops" >"$work/diff" ||
		fail "$program, $1: other stops than gdb's" "$work/diff"
	grep -E 'already hit|^	ignore next' "$work/gdb" >"$work/gdb.hits"
	grep -E 'already hit|^	ignore next' "$work/scdb" >"$work/scdb.hits"
	diff "$work/gdb.hits" "$work/scdb.hits" >"$work/diff" ||
		fail "$program, $1: other hits than gdb's" "$work/diff"
}

on='commands
continue
end'
oracle events 'catch fork' "$on" 'catch vfork' "$on" 'catch exec' "$on" \
	'catch signal SIGUSR1' "$on" 'catch signal SIGUSR2' "$on"
oracle events-32 'catch fork' "$on" 'catch vfork' "$on" 'catch exec' "$on" \
	'catch signal SIGUSR1 SIGUSR2' "$on"
oracle events 'tcatch fork' "$on" 'catch fork' "$on" 'ignore 2 1' \
	'catch signal' "$on" 'catch vfork' 'disable 4'
oracle events 'catch fork' "$on" 'condition 1 $_thread == 2' 'catch vfork' \
	"$on" 'condition 2 $_thread == 1' 'catch exec' "$on"

oracle events 'catch load util' "$on" 'catch unload' "$on" 'tcatch load' \
	'catch fork' "$on"
oracle events-32 'catch load' "$on" 'catch unload lib.*l' "$on"

# expect COUNT PATTERN: of the last run of scdb.
expect()
{
	got=$(grep -cE "$2" "$work/scdb")
	[ "$got" = "$1" ] || fail "$2: $got times, not $1" "$work/scdb"
}

# Threads, ends, children; what is read at an end, and what is refused there.
for program in events events-32; do
	printf '%s\n' 'handle all nostop noprint pass' 'catch clone' "$on" 'catch exit' commands \
		'print signals' continue end 'catch fork' "$on" run \
		'info breakpoints' >"$work/scdb.in"
	scdb -x "$work/scdb.in" ./$program 3 >"$work/scdb" 2>&1 </dev/null ||
		fail "$program: scdb failed" "$work/scdb"
	expect 3 'Catchpoint 1 \(cloned thread [0-9]+\)$'
	expect 3 'Catchpoint 2 \(exiting with status 1\)$'
	expect 3 'Catchpoint 2 \(exiting with status 2\)$'
	# The threads'.
	expect 3 'Catchpoint 2 \(exiting with status 0\)$'
	expect 1 'Catchpoint 2 \(exiting with status 5\)$'
	expect 3 'Catchpoint 3 \(forked process [0-9]+\)$'
	expect 1 '^signals: 33$'
	expect 1 ' = 33$'
	expect 1 '^	catchpoint already hit 10 times$'
done

# A death by a signal; a stop at an end takes no remote call.
printf '%s\n' 'handle all nostop noprint pass' 'catch exit' run \
	'call (int)getpid()' >"$work/scdb.in"
scdb -x "$work/scdb.in" ./say kill 15 >"$work/scdb" 2>&1 </dev/null &&
	fail 'a remote call at an end' "$work/scdb"
expect 1 'Catchpoint 1 \(killed by SIGTERM\)$'
expect 1 'is about to end: it can.t call a function'

# Deleted or disabled, ends are no stops any more; killed while it stands there,
# and let go, it ends.
printf '%s\n' 'handle all nostop noprint pass' 'catch exit' run \
	'delete 1' continue >"$work/scdb.in"
scdb -x "$work/scdb.in" ./events 2 >"$work/scdb" 2>&1 </dev/null ||
	fail 'deleted: scdb failed' "$work/scdb"
expect 1 '" Catchpoint 1 '
expect 1 'exited with status 5$'
for end in kill detach quit; do
	printf '%s\n' 'catch exit' run "$end" >"$work/scdb.in"
	scdb -x "$work/scdb.in" ./events 1 >"$work/scdb" 2>&1 </dev/null ||
		fail "$end at an end: scdb failed" "$work/scdb"
	expect 1 '" Catchpoint 1 '
done
printf '%s\n' 'catch syscall getppid entry' run 'catch exit' kill \
	>"$work/scdb.in"
scdb -x "$work/scdb.in" ./getppid_loop 5 >"$work/scdb" 2>&1 </dev/null ||
	fail 'killed with its end caught' "$work/scdb"
expect 1 'was killed$'

# Saved and read back they are the same.
printf '%s\n' 'catch fork' 'tcatch signal SIGUSR1 SIGUSR2' 'catch exit' \
	'catch signal all' 'catch load lib.*x' 'catch unload' \
	'condition 1 pid > 1' "save breakpoints $work/saved" 'info breakpoints' \
	>"$work/scdb.in"
scdb -x "$work/scdb.in" >"$work/first" 2>&1 || fail 'saving' "$work/first"
scdb -x "$work/saved" -e 'info breakpoints' >"$work/second" 2>&1 ||
	fail 'reading back' "$work/second"
sed -n '/^Num/,$p' "$work/first" >"$work/first.list"
sed -n '/^Num/,$p' "$work/second" >"$work/second.list"
[ -s "$work/first.list" ] || fail 'nothing listed' "$work/first"
diff "$work/first.list" "$work/second.list" >"$work/diff" ||
	fail 'other ones read back' "$work/diff"
finish
