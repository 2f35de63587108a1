#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 600
#
# However and whenever scdb ends (quit, the end of its input, SIGTERM, SIGHUP,
# SIGKILL; in a stream of stops, at a stop, while it attaches, while something
# runs in the background): what it attached to lives on and finishes right,
# what it launched is gone.  The moments are random; `make check` takes a few.
# shellcheck disable=SC2154,SC2034
. "${0%/*}/../helpers.sh"

times=1
[ -z "$SCDB_TEST_LONG" ] || times=10
mark=SCDB_TEST_ENDING=$$-$SCDB_TEST_SEED
moments='start stream shown steps background stop'

# ends MOMENT: the ends that there are; who reads commands can be told.
ends()
{
	case $1 in
	stop | background) echo TERM HUP KILL quit eof ;;
	*) echo TERM HUP KILL ;;
	esac
}

# commands MOMENT FIRST-COMMAND: what leads to the moment.
commands()
{
	echo "$2"
	case $1 in
	stream) printf '%s\n' 'catch syscall all if 0' continue ;;
	shown) printf '%s\n' 'catch syscall all' commands continue end \
		continue ;;
	steps) echo 'sysstep 100000000' ;;
	background) printf '%s\n' 'catch syscall all if 0' 'continue &' ;;
	stop) printf '%s\n' 'tcatch syscall /nanosleep/ entry' continue \
		'skip 3' ;;
	esac
}

# end_of HOW: scdb, which is $scdb, ends so after a moment; sets $status.
end_of()
{
	case $when in
	start) random 40 ;;
	*) random 120 ;;
	esac
	sleep "$(printf '0.%03d' $random)"
	case $1 in
	quit) echo quit >&4 ;;
	eof) ;;
	*) kill "-$1" $scdb ;;
	esac
	exec 4>&-
	ended $scdb
	case $1 in
	quit | eof) expected=0 ;;
	TERM) expected=143 ;;
	HUP) expected=129 ;;
	KILL) expected=137 ;;
	esac
	[ "$status" -eq $expected ] ||
		fail "$what: scdb's status is $status" "$work/scdb"
}

# begin MOMENT FIRST-COMMAND OPTION...: scdb, which then reads a FIFO.
begin()
{
	commands "$1" "$2" >"$work/commands"
	shift 2
	rm -f "$work/lines"
	mkfifo "$work/lines"
	env "$mark" "$SCDB" -q --nx -x "$work/commands" "$@" <"$work/lines" \
		>"$work/scdb" 2>&1 &
	scdb=$!
	started="$started $scdb"
	exec 4>"$work/lines"
}

# Nothing of what was launched lives.
nothing_left()
{
	[ -z "$(grep -lze "^$mark\$" /proc/[0-9]*/environ 2>/dev/null)" ]
}

launched()
{
	when=$1 what="launched, $1, $2"
	begin "$1" starti -- sh -c './noeintr 600 & ./noeintr-32 600 & wait'
	case $1 in
	start) ;;
	stop) says "$work/scdb" '→ .*nanosleep' ;;
	*) says "$work/scdb" 'runs ./noeintr' ;;
	esac || fail "$what: it does not come to that" "$work/scdb"
	end_of "$2"
	until_true nothing_left || fail "$what: something lives" "$work/scdb"
}

untraced()
{
	grep -q '^TracerPid:[[:space:]]*0$' /proc/$pid/status &&
		! state $pid Tt
}

# What is attached to, with a FIFO of its own.
new()
{
	rm -f "$work/fifo"
	mkfifo "$work/fifo"
	input=$work/fifo
	start "$@" >"$work/out"
	says "$work/out" ready || fail "$*: it is not ready"
}

attached()
{
	when=$1 what="attached, $1, $2"
	begin "$1" '# attached' -p $pid
	case $1 in
	start) ;;
	stop) says "$work/scdb" '→ .*nanosleep' ;;
	*) says "$work/scdb" 'stopped' ;;
	esac || fail "$what: it does not come to that" "$work/scdb"
	end_of "$2"
	until_true untraced || fail "$what: it is not let go" "$work/scdb"
}

go_on()
{
	echo 1<>"$work/fifo"
	ended $pid
}

# one_in N: whether this one is taken; in check-long all are.
one_in()
{
	random "$1"
	[ -n "$SCDB_TEST_LONG" ] || [ $random -eq 0 ]
}

# all_ends COMMAND PART: COMMAND with moments and ends, one of PART taken.
all_ends()
{
	count=0
	while [ $count -lt $times ]; do
		count=$((count + 1))
		for moment in $moments; do
			for how in $(ends $moment); do
				one_in "$2" && $1 $moment $how
			done
		done
	done
}

all_ends launched 1

# After a SIGKILL nobody mends what was interrupted: it lives, no more is said.
unless_killed()
{
	[ "$2" = KILL ] || attached "$1" "$2"
}

if_killed()
{
	[ "$2" != KILL ] || attached "$1" "$2"
}

part=1
for program in ./noeintr ./noeintr-32 ./noeintr-static; do
	new $program --ready -
	all_ends unless_killed $part
	go_on
	[ "$status" -eq 0 ] ||
		fail "$program, left by scdb: status $status" "$work/out"
	new $program --ready -
	all_ends if_killed $part
	go_on
	[ "$status" -le 1 ] && grep -q '^wrong 0$' "$work/out" ||
		fail "$program, SIGKILL: status $status" "$work/out"
	part=4
done
finish
