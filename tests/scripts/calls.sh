#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
# engine: ptrace
#
# Decisions about calls that block, that a signal breaks off and restarts, that
# make children, and that never return, checked against what the program saw.
# shellcheck disable=SC2154,SC2034
. "${0%/*}/../helpers.sh"

printf abcdefgh >"$work/file"

# check WHAT EXPECTED PROGRAM ACTION...: scdb runs $work/commands; the program's
# lines (no matter where scdb's own stand) must be EXPECTED, its stdin is a
# FIFO, $work/fifo.
check()
{
	what="$1 ($3)"
	printf '%s' "${2:+$2
}" >"$work/expected"
	shift 2
	rm -f "$work/fifo"
	mkfifo "$work/fifo"
	scdb -x "$work/commands" -- "$@" <>"$work/fifo" >"$work/scdb" 2>&1 ||
		fail "$what: scdb failed" "$work/scdb"
	grep -Ev '^(\[|    at |Catchpoint|Temporary|warning|process|detached|S)' \
		"$work/scdb" | sed 's/ nothing left$//; s/ left [0-9.]*$//
			s/^\(nr\|fork\) = [1-9][0-9]*$/\1 = N/' >"$work/lines"
	# Two processes speak in any order.
	case $what in
	*clone*) sort "$work/lines" ;;
	*) cat "$work/lines" ;;
	esac >"$work/out"
	same "$what: the program saw something else" "$work/expected" \
		"$work/out" "$work/scdb"
}

# stops PATTERN N: that many lines of scdb's match.
stops()
{
	count=$(grep -c "$1" "$work/scdb")
	[ "$count" -eq "$2" ] ||
		fail "$what: $count lines instead of $2 match $1" "$work/scdb"
}

# A read that blocks is broken off by a signal whose handler makes a getppid:
# there we give it its data.  With SA_RESTART it is one call all the same.
middle()
{
	cat <<-EOF
		catch syscall read if count == 5
		commands
		silent
		end
		tcatch syscall getppid entry
		run
	EOF
}

restarted='handle_restart 14 alarm 1 read 0 5 handled'
broken_off='handle 14 alarm 1 read 0 5 handled'

restarts()
{
	program=$1
	data="shell printf hello 1<>'$work/fifo'"
	{ middle; printf '%s\n' 'fake 3' continue "$data" continue continue
	} >"$work/commands"
	check 'fake of a restarted read' 'alarm = 0
read = 3 "hel"
handled 1' $program $restarted

	{ middle; printf '%s\n' 'arg count 2' continue "$data" continue continue
	} >"$work/commands"
	check 'arg of a restarted read' 'alarm = 0
read = 2 "he"
handled 1' $program $restarted

	{ middle; printf '%s\n' 'arg buf "zz"' 'arg 2 4' 'fake -EPERM' continue \
		"$data" continue continue
	} >"$work/commands"
	check 'three decisions about a restarted read' 'alarm = 0
read = -1 EPERM
handled 1' $program $restarted

	# Not restarted: EINTR is its end, and what is faked.
	{ middle; printf '%s\n' 'fake 4' continue continue continue
	} >"$work/commands"
	check 'fake of a read that is broken off' 'alarm = 0
read = 4 "...."
handled 1' $program $broken_off

	{ middle; printf '%s\n' continue continue 'fake -EBADF' continue
	} >"$work/commands"
	check 'fake at the exit of a read that is broken off' 'alarm = 0
read = -9 EBADF
handled 1' $program $broken_off

	# As another call that blocks: write is made read, and restarted.
	cat >"$work/commands" <<-EOF
		catch syscall write entry
		tcatch syscall getppid entry
		run
		nr read
		arg fd 0
		continue
		$data
		continue
	EOF
	check 'nr of a restarted call' 'alarm = 0
write = 5
handled 1' $program handle_restart 14 alarm 1 write 12345 handled
	stops '→ write' 1

	# An ignored signal in the middle (it wakes a traced program) is not seen.
	cat >"$work/commands" <<-EOF
		catch syscall nanosleep
		run
		fake 7
		shell (sleep 0.2; kill -CHLD \$(cat /proc/\$PPID/task/*/children)) &
		continue
		continue
	EOF
	check 'fake of a sleep, SIGCHLD in it' 'nanosleep = 7' \
		$program nanosleep 600
	stops '← nanosleep' 1
	stops '→ nanosleep' 1

	cat >"$work/commands" <<-EOF
		starti
		sysuntil nanosleep
		sysfinish
		fake 9
		continue
	EOF
	check 'sysfinish of a sleep that a handler breaks off' 'alarm = 0
nanosleep = 9
handled 1' $program handle 14 alarm 1 nanosleep 30000 handled
}

# children PROGRAM NUMBER-OF-CLONE
children()
{
	program=$1 clone=$2 getpgrp=$3
	set -- 'catch syscall fork entry' run
	printf '%s\n' "$@" 'fake -EAGAIN' continue >"$work/commands"
	check 'fake of a fork' 'fork = -11 EAGAIN
wait = a child status 0x700' $program fork wait
	printf '%s\n' "$@" sysfinish 'fake -ENOMEM' continue \
		>"$work/commands"
	check 'fake at the exit of a fork' 'fork = -12 ENOMEM
wait = a child status 0x700' $program fork wait
	printf '%s\n' "$@" 'skip -EAGAIN' continue >"$work/commands"
	check 'skip of a fork' 'fork = -11 EAGAIN
wait = -10 ECHILD status 0xffffffff' $program fork wait
	stops '^warning: fork is skipped' 1
	printf '%s\n' "$@" 'emulate 4711' continue >"$work/commands"
	check 'emulate of a fork' 'fork = a child
wait = -10 ECHILD status 0xffffffff' $program fork wait

	# The child has its parent's registers, not those scdb made the call
	# with; it goes through the same actions.
	printf '%s\n' 'catch syscall clone entry if flags == 0' run \
		'arg flags 17' continue >"$work/commands"
	check 'arg of a clone' 'nr = 0
nr = N
wait = -10 ECHILD status 0xffffffff
wait = a child status 0' $program nr $clone 0 0 0 0 0 0 wait
	printf '%s\n' 'catch syscall getpgrp entry' run 'nr clone' \
		'arg 0 17' 'arg 5 77' 'fake -EBUSY' continue >"$work/commands"
	check 'nr, arg and fake of a clone' 'nr = -16 EBUSY
nr = 0
wait = -10 ECHILD status 0xffffffff
wait = a child status 0' $program nr $getpgrp 0 0 0 0 0 0 wait
}

# Threads' library takes ENOSYS for an older kernel.
threads()
{
	printf '%s\n' 'catch syscall clone3 entry' commands silent \
		'skip ENOSYS' continue end run >"$work/commands"
	check 'skip of clone3' 'told 1 0 of 6, gettid wrong 0' "$1" 2 3 1
}

no_return()
{
	program=$1
	end='exited with status 5'
	printf '%s\n' 'catch syscall exit_group entry' run 'arg status 5' \
		continue >"$work/commands"
	check 'arg of exit_group' '' $program exit_group 3
	stops "$end" 1
	printf '%s\n' 'catch syscall exit_group entry' run 'skip 77' \
		'disable' continue >"$work/commands"
	check 'skip of exit_group' 'exit_group = 77' $program exit_group 3
	stops '^warning: exit_group is skipped' 1
	printf '%s\n' 'tcatch syscall exit_group entry' run 'nr getuid' \
		'fake 12' continue >"$work/commands"
	check 'nr of exit_group' 'exit_group = 12' $program exit_group 3
	printf '%s\n' 'tcatch syscall exit entry' run 'skip -s -EPERM' continue \
		continue >"$work/commands"
	check 'skip -s of exit' 'exit = -1 EPERM' $program exit 3

	set -- 'catch syscall execve entry if pathname == "/none"' run
	printf '%s\n' "$@" 'fake -EPERM' continue >"$work/commands"
	check 'fake of a failing execve' 'exec = -1 EPERM' $program exec /none
	printf '%s\n' "$@" 'skip 5' continue >"$work/commands"
	check 'skip of execve' 'exec = 5' $program exec /none
	printf '%s\n' "$@" 'nr getuid' continue >"$work/commands"
	check 'nr of execve' "exec = $(id -u)" $program exec /none
	printf '%s\n' "$@" 'arg pathname "/none/2"' continue >"$work/commands"
	check 'arg of a failing execve' 'exec = -2 ENOENT' $program exec /none
	for other in ./say ./say-32 ./say-static; do
		printf '%s\n' "$@" "arg pathname \"$other\"" 'fake 3' continue \
			>"$work/commands"
		check "execve made that of $other" '' $program exec /none
		stops 'exited with status 0' 1
	done

	# A handler's return: nothing about it can be changed but that it happens.
	printf '%s\n' 'handle SIGUSR1 nostop noprint' \
		'catch syscall rt_sigreturn,sigreturn entry' run continue \
		>"$work/commands"
	check 'sigreturn' 'kill = 0
handled 1' $program handle 10 kill 10 handled
	stops '→ .*sigreturn' 1
	printf '%s\n' 'handle SIGUSR1 nostop noprint' \
		'catch syscall rt_sigreturn,sigreturn entry' run skip kill \
		>"$work/commands"
	check 'skip of sigreturn' '' $program handle 10 kill 10 handled
	stops '^warning: .*sigreturn is skipped' 1
}

# in_progress WHAT RESULT COMMAND...: attaches to a program that is in a read,
# decides at the entry that it makes again, and lets it have its data.
in_progress()
{
	what="$1 ($program)" expected=$2
	shift 2
	rm -f "$work/fifo"
	mkfifo "$work/fifo"
	input=$work/fifo
	start $program handle_restart 14 ready read 0 5 getuid >"$work/out"
	says "$work/out" ready || fail "$what: not ready" "$work/out"
	until_true in_read || fail "$what: not in its read"
	printf '%s\n' "$@" >"$work/commands"
	scdb -p $pid -x "$work/commands" >"$work/scdb" 2>&1 ||
		fail "$what: scdb failed" "$work/scdb"
	printf hello 1<>"$work/fifo"
	ended $pid
	[ "$status" -eq 0 ] || fail "$what: exit status $status" "$work/out"
	printf '%s\n' ready "$expected" "getuid = $(id -u)" >"$work/expected"
	same "$what: the program saw something else" "$work/expected" \
		"$work/out" "$work/scdb"
}

in_read()
{
	grep -q '^\(0\|3\) 0x0 ' "/proc/$pid/syscall"
}

attached()
{
	program=$1
	set -- 'catch syscall read' continue
	in_progress 'fake of a read in progress' 'read = 3 "hel"' "$@" \
		'fake 3' "shell printf hello 1<>'$work/fifo'" continue continue
	in_progress 'arg of a read in progress' 'read = 2 "he"' "$@" \
		'arg count 2' "shell printf hello 1<>'$work/fifo'" continue \
		continue
	in_progress 'skip of a read in progress' 'read = 2 ".."' "$@" \
		'skip 2' continue

	# What was decided and not yet carried out is dropped.
	for decision in 'skip 3' 'skip -s 3' 'emulate 3' 'fake 3' 'arg count 2' \
		'arg buf "zz"' 'nr getuid'; do
		for last in detach quit '# the end'; do
			in_progress "$decision, then $last" 'read = 5 "hello"' \
				"$@" "$decision" "$last"
		done
	done

	# So is what emulate stored in memory.
	start ./$program ready read 0 9 write hello getuid >"$work/out"
	says "$work/out" ready || fail "$program is not ready"
	scdb -p $pid -e 'tcatch syscall write entry if fd == 1' \
		-e "shell echo x 1<>'$work/fifo'" -e continue \
		-e 'emulate 3 buf="zzz"' -e 'x/s buf' -e detach \
		>"$work/scdb" 2>&1 || fail 'emulate, then detach' "$work/scdb"
	grep -q '"zzzlo"$' "$work/scdb" || fail 'emulate stores' "$work/scdb"
	ended $pid
	grep -qx 'hellowrite = 5' "$work/out" ||
		fail 'emulate, then detach: the program saw' "$work/out"
}

# Each in a directory of its own, as many of them wait.
one_program()
{
	work=$work/${1#./}
	mkdir "$work"
	restarts ./$1
	case $1 in
	*-32) children ./$1 120 65; no_return ./$1; threads ./asks-32 ;;
	*) children ./$1 56 111; no_return ./$1
		threads ./asks${1#say} ;;
	esac
	attached ./$1
	finish
}

parts=
for program in say say-32 say-static; do
	one_program $program >"$work/$program.said" 2>&1 &
	parts="$parts $!"
done
for part in $parts; do
	wait "$part" || failures=$((failures + 1))
done
cat "$work"/*.said
finish
