#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
#
# Breakpoints where gdb is no help: children whose parent is not who made them,
# code that was overwritten, debug registers that run out and come free, what the
# commands of a dprintf may not do.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

# run WORDS LINE...
run()
{
	words=$1
	shift
	printf '%s\n' "$@" >"$work/scdb.in"
	# shellcheck disable=SC2086
	scdb -x "$work/scdb.in" $words >"$work/scdb" 2>&1 </dev/null
}

# expect COUNT PATTERN: of the last run of scdb.
expect()
{
	got=$(grep -cE -- "$2" "$work/scdb")
	[ "$got" = "$1" ] || fail "$words: $2: $got times, not $1" "$work/scdb"
}

# Each child hits three times, whoever is its parent.
for program in siblings siblings-32; do
	for mode in '' gone direct; do
		run "./$program $mode" 'break work' 'ignore 1 100000' run \
			'info breakpoints'
		expect 1 'already hit 60 times'
		expect 0 'SIGTRAP'
		[ "$mode" = direct ] || expect 1 '^21 children, sum 180$'
	done
	# In every process, and nowhere else.
	run "./$program gone" 'hbreak work' 'ignore 1 100000' run \
		'info breakpoints'
	expect 1 'already hit 60 times'
	expect 1 '^21 children, sum 180$'
done

# What was written over a breakpoint stays, and that is said once.
for program in hostile_code hostile_code-32; do
	run "./$program overwrite" 'break *victim' 'ignore 1 100' \
		'break undefined' 'catch syscall exit_group entry' run \
		'delete 1' 'delete 2' continue
	expect 1 '^warning: the program overwrote the breakpoint at 0x'
	expect 1 'exited with status 39$'
	run "./$program overwrite" 'break *victim' 'ignore 1 100' \
		'catch syscall exit_group entry' run 'disable 1' 'detach'
	expect 1 '^warning: the program overwrote the breakpoint at 0x'
	run "./$program overwrite" 'break *victim' 'ignore 1 100' \
		'catch syscall exit_group entry' run detach
	expect 1 '^warning: the program overwrote the breakpoint at 0x'
	# Nothing is said where it is as it was.
	run "./$program family" 'break *victim' 'ignore 1 100' \
		'catch syscall exit_group entry' run delete continue
	expect 0 overwrote
done

# Registers that run out are told with who has them, and go on when free.
run ./watched 'watch counter' 'hbreak deeper' 'hbreak frame' 'watch first' \
	'watch second' 'hbreak plain'
expect 1 '^Watchpoint 5: second$'
expect 1 'Hardware breakpoints used exceeds limit: 1 debug register is wanted, and 4 of the 4 are held by breakpoints 2 and 3 and watchpoints 1 and 4$'
run ./watched 'tbreak plain' run 'watch counter' 'watch first' \
	'watch real' 'watch second' 'watch pointer' 'info watchpoints 6' \
	'disable 2-4' 'info watchpoints 6' continue 'info watchpoints 6'
expect 1 '^Watchpoint 6: pointer$'
expect 1 '^6 +watchpoint +keep y +pointer$'
expect 1 '^Watchpoint 6 is a hardware watchpoint now: there are debug registers for it\.$'
expect 2 '^6 +hw watchpoint +keep y +pointer$'
expect 1 '" Hardware watchpoint 6: pointer$'
# Such a location has more places than there are registers.
run ./watched 'starti' 'hbreak *$pc' 'hbreak *$pc+1' 'hbreak *$pc+2' \
	'hbreak *$pc+3' 'watch counter' 'info breakpoints' 'delete 2' \
	'info breakpoints'
expect 1 '^Watchpoint 5: counter$'
expect 1 '^5 +watchpoint +keep y'
expect 1 '^5 +hw watchpoint +keep y'

# A dprintf's commands can't let the program run, nor end it.
for word in continue 'run' 'stepi' kill detach quit 'attach 1'; do
	run './breaks loop 2' 'dprintf work,"n\n"' commands "$word" end run
	expect 2 "^dprintf 1: the commands of a dprintf can't have \`"
	expect 1 '^done$'
done
run './breaks loop 3' 'dprintf work,"n\n"' commands silent \
	'printf "is %d\n",n' 'delete 1' end run 'info breakpoints'
expect 1 '^is 0$'
expect 0 '^n$'
expect 1 '^No breakpoints'

# What the last hit was.
run './breaks loop 3' 'tbreak main' 'break work' 'p $_hit_bpnum' run \
	'printf "%d %d\n",$_hit_bpnum,$_hit_locno' continue \
	'printf "%d %d\n",$_hit_bpnum,$_hit_locno' kill 'p $_exitsignal'
expect 2 '= void$'
expect 1 '^1 1$'
expect 1 '^2 1$'
finish
