#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# engine: ptrace
#
# A call's entry can be a stop or not, it can run or be skipped, its exit can
# be a stop or not: all eight, on launched and attached programs, for every
# thread.  What was shown is counted, and what the threads were told.
# shellcheck disable=SC2154,SC2034
. "${0%/*}/../helpers.sh"

# commands CATCH GO STOPS LINE...: a catchpoint on getppid whose commands are
# the LINEs, and a `continue` for each of the STOPS that end no command list.
commands()
{
	echo "catch syscall $1"
	echo commands
	go=$2 left=$3
	shift 3
	for line; do
		echo "$line"
	done
	echo end
	echo "$go"
	while [ "$left" -gt 0 ]; do
		echo continue
		left=$((left - 1))
	done
}

# seen ARROW
seen()
{
	grep -c "^\[[0-9]*\] [0-9]* \"[^\"]*\" $1 getppid(" "$work/scdb"
}

# judge WHAT SHOWN TOLD: SHOWN is the numbers of entries, exits, skipped exits.
judge()
{
	shown="$(seen →) $(seen ←) $(seen ⇥)"
	[ "$shown" = "$2" ] ||
		fail "$1: shown were $shown instead of $2" "$work/scdb"
	grep -qx "told 4711 $3 of 12, gettid wrong 0" "$work/out" ||
		fail "$1: the program saw something else" "$work/out"
}

# row PROGRAM SHOWN TOLD STOPS CATCH LINE...
row()
{
	program=$1 shown=$2 told=$3 stops=$4 catch=$5
	shift 5
	what="$program, $catch, $*"
	commands "$catch" run "$stops" "$@" >"$work/commands"
	scdb -x "$work/commands" -- "$program" 3 4 4711 >"$work/scdb" 2>&1 ||
		fail "launched $what: scdb failed" "$work/scdb"
	grep -q 'exited with status 0' "$work/scdb" ||
		fail "launched $what: another end" "$work/scdb"
	cp "$work/scdb" "$work/out"
	judge "launched $what" "$shown" "$told"

	rm -f "$work/fifo"
	mkfifo "$work/fifo"
	input=$work/fifo
	start "$program" --ready 3 4 4711 >"$work/out"
	says "$work/out" ready || fail "$program is not ready"
	{
		echo "shell echo >'$work/fifo'"
		commands "$catch" continue "$stops" "$@"
	} >"$work/commands"
	scdb -p $pid -x "$work/commands" >"$work/scdb" 2>&1 ||
		fail "attached $what: scdb failed" "$work/scdb"
	ended $pid
	[ "$status" -eq 0 ] || fail "attached $what: status $status"
	judge "attached $what" "$shown" "$told"
}

for program in ./asks ./asks-32 ./asks-static; do
	# stop, run, stop
	row $program '12 12 0' 0 0 'getppid' continue
	# stop, run, -
	row $program '12 0 0' 0 0 'getppid entry' continue
	# stop, skip, stop
	row $program '12 0 12' 12 12 'getppid entry' 'skip -s 4711' continue
	# stop, skip, -
	row $program '12 0 0' 12 0 'getppid entry' 'skip 4711' continue
	# -, run, stop
	row $program '0 12 0' 0 0 'getppid exit' continue
	# -, run, -
	row $program '0 0 0' 0 0 'getuid' continue
	# -, skip, stop
	row $program '0 0 12' 12 12 'getppid entry' silent 'skip -s 4711' \
		continue
	# -, skip, -
	row $program '0 0 0' 12 0 'getppid entry' silent 'skip 4711' continue
	# Where a condition says so.
	case $program in
	*-32) condition='$ebx == 1 && $ebp == 6' ;;
	*) condition='$rdi == 1 && $r9 == 6' ;;
	esac
	row $program '0 0 0' 12 0 "getppid entry if $condition" silent \
		'skip 4711' continue
	row $program '0 0 0' 0 0 "getppid entry if !($condition)" silent \
		'skip 4711' continue
done

# By hand: a catchpoint on both stops.
scdb -e 'catch syscall getppid' -e run -e 'skip -s 4711' -e continue \
	-e continue -e 'skip 4711' -e continue -e 'skip -ESRCH' -e continue \
	-- ./asks 1 3 4711 >"$work/scdb" 2>&1 ||
	fail "by hand: scdb failed" "$work/scdb"
shown="$(seen →) $(seen ←) $(seen ⇥)"
[ "$shown" = "3 0 1" ] || fail "by hand: shown were $shown" "$work/scdb"
grep -qx "told 4711 2 of 3, gettid wrong 0" "$work/scdb" ||
	fail "by hand: the program saw something else" "$work/scdb"
finish
