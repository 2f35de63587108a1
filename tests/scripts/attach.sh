#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 300
#
# Attaching to programs and letting them go: they do not notice, whatever they
# are doing.  200 times each; `make check` takes 40.
# shellcheck disable=SC2154,SC2034
. "${0%/*}/../helpers.sh"

times=40
[ -z "$SCDB_TEST_LONG" ] || times=200
input=$work/fifo

# What is done between the attach and the letting go: one of these each time.
# Two leave it to the end of scdb; the last two wait for calls.
visit()
{
	random "$1"
	case $random in
	0) set -- -e detach ;;
	1) set -- -e 'catch syscall all if 0' -e 'continue &' \
		-e 'shell sleep 0.01' -e interrupt -e detach ;;
	2) set -- -e 'syscall getpid()' -e detach ;;
	3) set -- -e 'info syscalls' -e 'info threads' -e 'info registers' \
		-e detach ;;
	4) set -- -e 'continue &' -e detach -e "attach $pid" -e 'detach 1' ;;
	5) set -- ;;
	6) set -- -e 'continue &' ;;
	7) set -- -e 'sysstep 5' -e detach ;;
	*) set -- -e 'tcatch syscall getpid,gettid,nanosleep,poll' -e continue \
		-e 'info syscall' -e detach ;;
	esac
	scdb -p $pid "$@" >"$work/scdb" 2>&1
}

# new COMMAND...: starts a program that says when it is ready, with a new FIFO.
new()
{
	rm -f "$work/fifo"
	mkfifo "$work/fifo"
	start "$@" >"$work/out"
	says "$work/out" ready || fail "$*: it is not ready"
}

go_on()
{
	echo 1<>"$work/fifo"
}

# Waits, and compares its output with the lines that follow.
ends_with()
{
	expected=$1
	shift
	ended $pid
	[ "$status" -eq "$expected" ] ||
		fail "$program: exit status $status" "$work/out"
	printf '%s\n' "$@" >"$work/expected"
	same "$program: another output" "$work/expected" "$work/out"
}

# Threads in all the calls that wait: none may see an EINTR.
for program in ./noeintr ./noeintr-32 ./noeintr-static; do
	new $program --ready -
	count=0
	while [ $count -lt $times ]; do
		visit 9 || {
			fail "$program: visit $count" "$work/scdb"
			break
		}
		count=$((count + 1))
	done
	go_on
	ended $pid
	[ "$status" -eq 0 ] ||
		fail "$program was disturbed: status $status" "$work/out"
done

# In user code: visited until it ends.
for program in ./busy ./busy-32 ./busy-static; do
	$program --ready 500 >"$work/expected"
	new $program --ready 500
	count=0
	while [ $count -lt $times ]; do
		visit 7 || break
		count=$((count + 1))
	done
	[ $count -ge 3 ] || fail "$program: visit $count" "$work/scdb"
	ended $pid
	[ "$status" -eq 0 ] || fail "$program: status $status" "$work/out"
	same "$program: another result" "$work/expected" "$work/out"
done

# Threads that begin and end all the time.
for program in ./threadchurn ./threadchurn-32 ./threadchurn-static; do
	$program --ready 1500 8 >"$work/expected"
	new $program --ready 1500 8
	count=0
	while [ $count -lt $times ]; do
		visit 7 || break
		count=$((count + 1))
	done
	ended $pid
	[ "$status" -eq 0 ] || fail "$program: status $status" "$work/out"
	same "$program: another result" "$work/expected" "$work/out"
done

# A parent in vfork can't be stopped; it is let go all the same.
for program in ./vforkwait ./vforkwait-32 ./vforkwait-static; do
	new $program
	scdb -p $pid -e 'info threads' -e detach >"$work/scdb" 2>&1 ||
		fail "$program: attach" "$work/scdb"
	grep -q 'waits in vfork' "$work/scdb" ||
		fail "$program: nobody says that it waits in vfork" "$work/scdb"
	scdb -p $pid >"$work/scdb" 2>&1 ||
		fail "$program: attach again" "$work/scdb"
	go_on
	ends_with 3 ready 'child: memory shared, status 7'
done

# A stopped one stays stopped, whether it was looked at or went on in vain.
for program in ./getppid_loop ./getppid_loop-32 ./getppid_loop-static; do
	new $program --ready 1000
	kill -STOP $pid
	until_true state $pid T || fail "$program does not stop"
	for what in 'info threads' 'continue &' 'syscall getpid()'; do
		scdb -p $pid -e "$what" -e detach >"$work/scdb" 2>&1 ||
			fail "$program, stopped: $what" "$work/scdb"
		until_true state $pid T || fail "$program, stopped: $what woke it"
	done
	go_on
	kill -CONT $pid
	ends_with 0 ready 'calls 1000'
done

# A leader that has exited, threads that live on.
for program in ./leaderexit ./leaderexit-32 ./leaderexit-static; do
	rm -f "$work/fifo"
	mkfifo "$work/fifo"
	start $program 1500 >"$work/out"
	says "$work/out" 'first: ends' || fail "$program does not start"
	until_true state $pid Z || fail "$program: the leader lives"
	scdb -p $pid -e 'info threads' -e 'info syscall' \
		-e 'syscall getuid()' -e detach >"$work/scdb" 2>&1 ||
		fail "$program: attach" "$work/scdb"
	grep -q 'exited' "$work/scdb" ||
		fail "$program: its leader is not shown as exited" "$work/scdb"
	scdb -p $pid -e 'tcatch syscall read entry' -e continue \
		-e 'info syscall' -e continue >"$work/scdb" 2>&1 ||
		fail "$program: to its end" "$work/scdb"
	grep -q '"/proc/.*/status' "$work/scdb" ||
		grep -q '/status>' "$work/scdb" ||
		fail "$program: the descriptor has no name" "$work/scdb"
	ends_with 5 'leader: ends' 'first: the leader is gone' 'first: ends' \
		'second: Name:'
done

# In a nanosleep, which restart_syscall goes on with.
for program in ./say ./say-32 ./say-static; do
	rm -f "$work/fifo"
	mkfifo "$work/fifo"
	start $program ready nanosleep 1500 getuid >"$work/out"
	says "$work/out" ready || fail "$program is not ready"
	scdb -p $pid >"$work/scdb" 2>&1 || fail "$program: attach"
	grep -q 'stopped in nanosleep' "$work/scdb" ||
		fail "$program: its call is not shown" "$work/scdb"
	for what in 'info syscall' 'syscall getppid()' 'continue &'; do
		scdb -p $pid -e "$what" -e detach >"$work/scdb" 2>&1 ||
			fail "$program in nanosleep: $what" "$work/scdb"
	done
	scdb -p $pid -e sysfinish >"$work/scdb" 2>&1 ||
		fail "$program in nanosleep: sysfinish" "$work/scdb"
	# Which call it goes on with is not known any more by now.
	grep -q '← .*( *\(rem=.*\|<.*>\)) = 0 ' "$work/scdb" ||
		fail "$program: sysfinish is not at the exit" "$work/scdb"
	ended $pid
	sed 's/ nothing left$//; s/ left [0-9.]*$//' "$work/out" >"$work/said"
	printf '%s\n' ready 'nanosleep = 0' "getuid = $(id -u)" \
		>"$work/expected"
	same "$program in nanosleep: another output" "$work/expected" \
		"$work/said"
done

# One that is in the middle of an exec, by a thread that is not the leader, most
# of the time: the ids change hands, and threads end without a notice.
for program in ./execs ./execs-32; do
	start $program threads 1000 >"$work/out"
	count=0
	while [ $count -lt $((times / 2)) ] && ! grep -q final "$work/out"; do
		scdb -p $pid -e 'info threads' >"$work/scdb" 2>&1 ||
			grep -q final "$work/out" ||
			fail "$program, mid-exec: visit $count" "$work/scdb"
		count=$((count + 1))
	done
	ended $pid
	[ "$status" -eq 3 ] ||
		fail "$program, mid-exec: status $status" "$work/out"
	tail -n 1 "$work/out" | grep -q '^final: .* 1 thread, tid is pid: 1$' ||
		fail "$program, mid-exec: another output" "$work/out"
done

# A thousand threads.
program=./asks
new ./asks --ready 1000 1 4711
scdb -p $pid -e 'info threads' >"$work/scdb" 2>&1 ||
	fail "1000 threads: attach" "$work/scdb"
[ "$(grep -c '"asks\|asks  ' "$work/scdb")" -ge 1001 ] ||
	fail "1000 threads: $(grep -c . "$work/scdb") lines" "$work/scdb"
go_on
ends_with 0 ready 'told 4711 0 of 1000, gettid wrong 0'
new ./asks --ready 1000 2 4711
cat >"$work/commands" <<EOF
catch syscall getppid entry
commands
silent
skip 4711
continue
end
shell echo 1<>'$work/fifo'
continue
EOF
scdb -p $pid -x "$work/commands" >"$work/scdb" 2>&1 ||
	fail "1000 threads: to the end" "$work/scdb"
ends_with 0 ready 'told 4711 2000 of 2000, gettid wrong 0'

# One of several is let go, another one killed; the third goes on to its end.
program='three of them'
start sleep 100
let=$pid
start sleep 100
killed=$pid
new ./getppid_loop --ready 1000
scdb -p $let,$killed,$pid -e 'detach 1' -e 'inferior 2' -e kill \
	-e 'info inferiors' -e 'inferior 3' -e 'info threads' \
	>"$work/scdb" 2>&1 || fail "$program" "$work/scdb"
grep -q '^\* *3 .*1 *attached' "$work/scdb" ||
	fail "$program: the third is not there" "$work/scdb"
! grep -qE '^[* ] +[12] +process' "$work/scdb" ||
	fail "$program: the others are" "$work/scdb"
state $let S || fail "$program: the first is not as it was"
ended $killed
[ "$status" -eq 137 ] || fail "$program: the second ended with $status"
kill $let
go_on
ends_with 0 ready 'calls 1000'
finish
