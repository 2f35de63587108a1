#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
#
# What the kernel does when everything is stopped again and again, and when a
# program dies while somebody decides about it.
# shellcheck disable=SC2154,SC2034
. "${0%/*}/../helpers.sh"

# again N LINE...: the lines N times.
again()
{
	count=$1
	shift
	while [ "$count" -gt 0 ]; do
		printf '%s\n' "$@"
		count=$((count - 1))
	done
}

# Each shown stop breaks off the calls of all other threads: none may tell the
# program so, not only after an attach.
for program in noeintr noeintr-32; do
	{
		printf '%s\n' 'handle all nostop noprint pass' \
			'catch syscall gettid entry' run
		again 60 continue
		printf '%s\n' 'delete 1' continue
	} >"$work/commands"
	scdb -x "$work/commands" -- ./$program 2 >"$work/scdb" 2>&1 ||
		fail "$program: scdb failed" "$work/scdb"
	stops=$(grep -c '→ gettid' "$work/scdb")
	[ "$stops" -ge 50 ] ||
		fail "$program: only $stops stops" "$work/scdb"
	for zero in eintr early wrong; do
		grep -qx "$zero 0" "$work/scdb" ||
			fail "$program: $zero" "$work/scdb"
	done
done

# A page that a stopped thread of the program would have to serve is not waited
# for: its address is shown.  (An ordinary user's program may not serve one.)
{
	printf '%s\n' 'catch syscall openat,write' run
	again 40 'info syscall' continue
	# More than it has calls: the last ones find no process.
} >"$work/commands"
unserved()
{
	scdb -x "$work/commands" -- ./uffd >"$work/scdb" 2>&1
	grep -q '→ openat(dirfd=AT_FDCWD, pathname=0x[0-9a-f]*, flags=O_RDO' \
		"$work/scdb" || fail 'a page that is not served: not shown' \
		"$work/scdb"
	for line in 'open of page 2: ENOENT' '/served/page/3'; do
		grep -qx "$line" "$work/scdb" ||
			fail 'a page that is not served: program disturbed' \
				"$work/scdb"
	done
}
[ "$(id -u)" -ne 0 ] || unserved

# dies WHAT COMMAND...: the program is killed from outside, at an entry; then
# the command is given, and no command hangs or does harm to others.
dies()
{
	what=$1
	shift
	{
		printf '%s\n' 'catch syscall getppid entry' run
		# The name is that of the process, not of its threads.
		echo 'shell kill -KILL $(pgrep -x -P $PPID asks)'
		echo 'shell sleep 0.1'
		printf '%s\n' "$@"
	} >"$work/commands"
	scdb -x "$work/commands" -- ./asks 3 5 0 >"$work/scdb" 2>&1
	status=$?
	case $status in
	0|1) ;;
	*) fail "$what of a dead one: status $status" "$work/scdb" ;;
	esac
	grep -q '→ getppid' "$work/scdb" ||
		fail "$what of a dead one: no stop" "$work/scdb"
	grep -Eq 'gone|died|killed|no process|^detached' "$work/scdb" ||
		fail "$what of a dead one: nothing is said" "$work/scdb"
}

dies 'arg with data' 'arg 1 "text"' continue
dies 'skip' 'skip 3' continue
dies 'emulate' 'emulate 3' continue
dies 'a call' 'syscall getpid()' continue
dies 'detach' detach
dies 'kill' kill

finish
