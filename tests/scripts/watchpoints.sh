#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 150
#
# Watchpoints: gdb, with the same ones, sees the same values come in the same
# order at the same lines; and what gdb can't: what the kernel writes, children,
# the program's own SIGTRAPs, a process let go.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

# What watchpoints said in FILE, and the source line they said it at.
said()
{
	sed -nE 's/^\[[0-9.]+\] [0-9]+ "[^"]*" ((Hardware|Watchpoint))/\1/
		s/<error: Cannot access memory[^>]*>/<unreadable>/
		/^(Hardware .*watchpoint [0-9]+: |Watchpoint [0-9]+)/p
		/^(Old value|New value|Value) =/p
		/^which its expression/p
		s/^([0-9]+)	.*/line \1/p' "$1"
}

# oracle WORDS LINE...: with these lines, then as often `continue` as it says.
oracle()
{
	program=$1
	shift
	printf '%s\n' 'set pagination off' 'set width 0' "$@" >"$work/gdb.in"
	printf '%s\n' "$@" >"$work/scdb.in"
	# shellcheck disable=SC2086
	timeout 60 gdb -q -nx -batch -x "$work/gdb.in" --args $program \
		>"$work/gdb" 2>&1 </dev/null ||
		fail "$program, $1: gdb failed" "$work/gdb"
	# shellcheck disable=SC2086
	scdb -x "$work/scdb.in" $program >"$work/scdb" 2>&1 </dev/null ||
		fail "$program, $1: scdb failed" "$work/scdb"
	said "$work/gdb" >"$work/gdb.said"
	said "$work/scdb" >"$work/scdb.said"
	[ "$(wc -l <"$work/gdb.said")" -gt 4 ] ||
		fail "$program, $1: gdb saw nothing" "$work/gdb"
	diff "$work/gdb.said" "$work/scdb.said" >"$work/diff" ||
		fail "$program, $1: otherwise than gdb" "$work/diff"
	grep -E 'already hit' "$work/gdb" >"$work/gdb.hits"
	grep -E 'already hit' "$work/scdb" >"$work/scdb.hits"
	diff "$work/gdb.hits" "$work/scdb.hits" >"$work/diff" ||
		fail "$program, $1: other hits than gdb's" "$work/diff"
}

go='continue
continue
continue'
for program in ./watched ./watched-32; do
	oracle $program 'watch counter' run "$go" 'info breakpoints'
	oracle $program 'watch record.c[11]' 'watch real' run continue
	oracle $program 'tbreak plain' run 'watch *pointer' \
		'watch -l *pointer' "$go" \
		'info breakpoints'
	oracle $program 'watch first + second if first > 10' run continue \
		'info breakpoints'
	oracle $program 'tbreak frame' run 'set variable local = 0' \
		'watch local' "$go"
	oracle $program 'tbreak deeper' run 'watch *out' 'watch n' continue \
		continue 'info breakpoints'
done
oracle ./watched 'break plain' run 'rwatch counter' 'awatch first' "$go" \
	'info breakpoints'
oracle ./watched 'watch counter' 'ignore 1 2' run continue 'info breakpoints'
oracle ./watched 'tbreak frame' run 'set variable local = 0' \
	'watch local + counter' "$go"
# Too much for the registers: stepped.
oracle ./watched 'break plain' run 'watch record' continue continue \
	'info breakpoints'

# expect COUNT PATTERN: of the last run of scdb.
expect()
{
	got=$(grep -cE "$2" "$work/scdb")
	[ "$got" = "$1" ] || fail "$2: $got times, not $1" "$work/scdb"
}

# run WORDS LINE...
run()
{
	words=$1
	shift
	printf '%s\n' "$@" >"$work/scdb.in"
	# shellcheck disable=SC2086
	scdb -x "$work/scdb.in" $words >"$work/scdb" 2>&1 </dev/null ||
		fail "$words, $1: scdb failed" "$work/scdb"
}

for program in ./watched ./watched-32; do
	# The kernel's write, and whose it was.
	run $program 'watch bytes' run continue continue 'info watchpoints'
	expect 1 '^by the call ← read\(fd=[0-9]+.*= 6 '
	expect 1 '^New value = "kernel(.000){9}b"$'
	expect 1 'already hit 3 times'

	# All threads, also those that come later; a count that must be exact.
	run "$program threads" 'watch counter' commands silent continue end \
		run 'info watchpoints'
	expect 1 '^counter 201 traps 0$'
	expect 1 'already hit 200 times'

	# A child has them too, and its own values.
	run "$program fork" 'watch counter' run continue continue
	expect 1 '^New value = 100$'
	expect 1 '^New value = 4$'
	expect 2 '^Old value = 1$'

	# The program's own SIGTRAPs stay its own.
	run "$program own" 'handle SIGTRAP nostop noprint pass' \
		'watch counter' run continue continue
	expect 2 '^New value ='
	expect 1 '^counter 6 traps 3$'

	# Breakpoints in registers; four at most.
	run $program 'hbreak deeper' 'hbreak frame' run 'bt 1' \
		'thbreak deeper' continue 'delete 1' continue \
		'info breakpoints' continue
	expect 2 '" breakpoint [12], frame '
	expect 1 'temporary breakpoint 3, deeper '
	expect 1 '" breakpoint 2, frame .n=(n@entry=)?2.'
	expect 0 'breakpoint 1, '
	grep -c 'hw breakpoint' "$work/scdb" | grep -qx 1 ||
		fail 'thbreak stays' "$work/scdb"
	expect 1 'exited with status 0'
done

# What is let go is not killed by what was watched: by `detach`, by `quit`.
for words in 'detach' 'quit'; do
	mkfifo "$work/in.$words"
	input=$work/in.$words
	start sh -c 'read -r line; exec ./watched threads' >"$work/out"
	printf '%s\n' "attach $pid" 'catch exec' "shell echo go >$input" \
		continue 'watch counter' continue continue "$words" \
		>"$work/scdb.in"
	scdb -x "$work/scdb.in" >"$work/scdb" 2>&1 </dev/null ||
		fail "attached, $words: scdb failed" "$work/scdb"
	expect 2 '^New value ='
	ended "$pid"
	[ "$status" = 0 ] || fail "$words: it ended with $status" "$work/scdb"
	grep -qx 'counter 201 traps 0' "$work/out" ||
		fail "$words: it was disturbed" "$work/out"
done
finish
