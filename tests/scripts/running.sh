#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What goes on and what stands: scheduler-locking, schedule-multiple, non-stop,
# follow-fork-mode, detach-on-fork, yield-to-tracer, thread apply.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
. "$SCDB_TOP/tests/driven.sh"

# has PATTERN, lacks PATTERN: in what scdb said last.
has()
{
	grep -qe "$1" "$work/scdb" || fail "$what: nothing like: $1" "$work/scdb"
}

lacks()
{
	! grep -qe "$1" "$work/scdb" || fail "$what: there is: $1" "$work/scdb"
}

run()
{
	what=$1
	shift
	scdb "$@" >"$work/scdb" 2>&1 || fail "$what: status $?" "$work/scdb"
}

# say LINES: to a scdb that was begun; what it answers is added to the rest.
say()
{
	ask "$work/answer" "$1"
	cat "$work/answer" >>"$work/scdb"
}

# blocks_in NR: the program has one process, whose first thread waits in this
# call (by its x86-64 number).
blocks_in()
{
	program=$(pgrep -P "$(pgrep -P "$pid" -x scdb)") &&
		grep -q "^$1 " "/proc/$program/syscall"
}

# The thread that asked first asks again, and the other one never comes to it.
run 'scheduler-locking on' -e 'catch syscall getppid entry' -e run \
	-e 'set scheduler-locking on' -e continue -e continue -e 'info threads' \
	-e 'set scheduler-locking off' -e delete -e continue -- ./asks 2 3 4711
has 'exited with status 0'
[ "$(grep -c '→ getppid' "$work/scdb")" -ge 3 ] ||
	fail "$what: fewer than three stops" "$work/scdb"
[ "$(sed -n 's/^\(\[[0-9]*\]\).*→ getppid.*/\1/p' "$work/scdb" |
	sort -u | wc -l)" -eq 1 ] ||
	fail "$what: not always the same thread" "$work/scdb"

run 'scheduler-locking step' -e 'catch syscall getppid entry' -e run \
	-e 'set scheduler-locking step' -e 'sysstep 2' -e 'info threads' \
	-e disable -e continue -- ./asks 1 2 4711
has 'exited with status 0'

run phases -e 'phases exit' -e phases -e 'catch syscall getuid' -e run \
	-e 'sysstep' -e disable -e continue -- ./say getuid getppid
has 'stop at: exit'
has 'Catchpoint 1 (getuid, at exit)'
has '← getuid()'
lacks '→'

run 'thread apply' -e 'catch syscall getppid entry' -e run \
	-e 'thread apply all -ascending info threads' \
	-e 'thread apply 1 print tid' -e 'thread apply 1 -s -q nosuch' \
	-e thread -e disable -e continue -- ./asks 1 1 4711
[ "$(grep -c '^\* ' "$work/scdb")" -eq 2 ] ||
	fail "$what: not each thread once" "$work/scdb"
has '^\* *1 .*asks'
has '^\* *2 .*asks'
has '→ getppid'

run file -e 'file ./say' -e 'set args getuid' -e run -e 'file ./whoami' \
	-e 'file' -- ./asks
has '^getuid = '
has '^No program now'
! scdb -e 'file /nonexistent' >"$work/scdb" 2>&1 || fail "file: none there"

# Forks.  The shell's subshell is forked, and says 3.
script='(:; exit 3); echo "got $?"; exit 4'
for mode in parent child both; do
	for detach in off on; do
		# The parent would wait for a child that stands.
		[ $mode/$detach != parent/off ] || continue
		run "follow-fork-mode $mode, detach-on-fork $detach" \
			-e "set follow-fork-mode $mode" \
			-e "set detach-on-fork $detach" \
			-e 'catch syscall exit_group entry' -e run \
			-e 'info inferiors' -e 'info threads' -e disable \
			-e continue -- bash -c "$script"
		case $mode/$detach in
		child/off)
			has '^   1 .*launched'
			has '^\* *2 .*followed'
			has '→ exit_group(status=3)'
			has '^got 3' ;;
		child/on)
			lacks '^.  1 '
			has '→ exit_group(status=3)'
			has '^got 3' ;;
		both/off)
			has '→ exit_group(status=3)'
			has '^got 3' ;;
		parent/on | both/on)
			lacks 'is new'
			has '→ exit_group(status=4)'
			has '^got 3' ;;
		esac
	done
done

run 'schedule-multiple off' -e 'set follow-fork-mode child' \
	-e 'catch syscall exit_group entry' -e run \
	-e 'set schedule-multiple off' -e 'inferior 2' -e 'info inferiors' \
	-e continue -e 'info inferiors' -e continue -e continue \
	-- bash -c "$script"
has 'exited with status 3'
has '→ exit_group(status=4)'

run 'no-follow' --no-follow -e run -- bash -c "$script"
lacks 'is new'
has '^got 3'

# One who traces: EPERM, or the child leaves.
run 'yield-to-tracer on' -e 'set yield-to-tracer on' -e run -- ./owntracer
has 'PTRACE_SEIZE: ok'
has 'detached from process'
run 'yield-to-tracer off' -e run -- ./owntracer
lacks 'detached from process'

# One thread stops, the others run on.
what=non-stop
: >"$work/scdb"
begin ./asks 3 1 4711
say 'set non-stop on
catch syscall getppid entry
run &'
until_answers 'info threads' '^.* 3 .* entry of getppid'
say 'thread 3
info threads
skip 4711
continue &
thread 1'
until_true blocks_in 202 || fail "$what: it does not wait"
say interrupt
until_answers 'info syscall' 'is in futex'
say 'disable
continue -a'
end
[ "$status" = 0 ] || fail "$what: status $status" "$work/scdb"
has '^   1 .* running'
has '^\* *3 .* entry of getppid'
has '^told 4711 1 of 3, gettid wrong 0'
has 'exited with status 0'
lacks 'scdb:'

what='follow-fork-mode parent'
: >"$work/scdb"
begin bash -c "$script"
say 'set follow-fork-mode parent
catch syscall exit_group entry
run &'
until_answers 'info threads' '2\.1 .* bash  *stopped'
until_true blocks_in 61 || fail "$what: the parent does not wait"
say interrupt
until_answers 'info threads' '1\.1 .* in wait4'
say 'info threads
continue
continue
disable
continue'
end
[ "$status" = 0 ] || fail "$what: status $status" "$work/scdb"
has '^\* *1\.1 .* in wait4'
has '^ *2\.1 .* bash '
has '→ exit_group(status=3)'
has '→ exit_group(status=4)'
has '^got 3'
finish
