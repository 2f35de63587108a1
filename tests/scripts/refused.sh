#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Attaches that the kernel refuses, each by its own kernel's word: as root, as
# an ordinary user, in user and pid namespaces, under a seccomp filter.  Each
# has its right reason, in one line, and leaves the process as it was.
# shellcheck disable=SC2154,SC2034,SC2086
. "${0%/*}/../helpers.sh"

# The search for leaks would itself use ptrace.
export ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0

# Where the tree is in a directory that others may not enter.
exec 9<"$SCDB"
scdb='timeout -k 2 40 /proc/self/fd/9 -q --nx --batch'
input=$work/fifo
mkfifo "$input"
yama=0
[ ! -e /proc/sys/kernel/yama/ptrace_scope ] ||
	yama=$(cat /proc/sys/kernel/yama/ptrace_scope)
root=
user=
if [ "$(id -u)" -eq 0 ]; then
	root=yes
	user='setpriv --reuid 65534 --regid 65534 --clear-groups'
fi

# refused REASON COMMAND...: it says so, and nothing else.
refused()
{
	reason=$1
	shift
	"$@" >"$work/said" 2>&1
	status=$?
	[ $status -eq 1 ] || fail "$*: status $status, not: $reason" "$work/said"
	[ "$(wc -l <"$work/said")" -eq 1 ] && grep -qE "$reason" "$work/said" ||
		fail "$*: not: $reason" "$work/said"
}

# new COMMAND...: starts a program that says when it is ready.
new()
{
	: >"$work/ready"
	start "$@" >"$work/ready"
	says "$work/ready" ready || fail "$* is not ready" "$work/ready"
}

# In the state S of a sleep, with no tracer.
untouched()
{
	until_true state $pid S && grep -q '^TracerPid:.0$' /proc/$pid/status ||
		fail "after \"$reason\" it is not as it was"
}

# Whoever scdb is.
refused 'there is no process [0-9]*$' $scdb -p "$(sh -c 'echo $$')"
refused 'is this scdb itself' sh -c \
	"exec /proc/self/fd/9 -q --nx --batch -p \$\$"
if grep -q '^Kthread:.1' /proc/2/status 2>/dev/null; then
	refused 'process 2 "kthreadd" is a kernel thread' $scdb -p 2
fi
start sh -c 'sleep 0 & exec sleep 1000'
has_zombie()
{
	zombie=$(cat /proc/$pid/task/$pid/children)
	[ -n "$zombie" ] && state ${zombie% } Z
}
until_true has_zombie || fail 'there is no zombie'
refused "is a zombie: it has exited, and its parent, process $pid \"sleep\"," \
	$scdb -p ${zombie% }
refused 'traces this scdb: stopped by it, it would hold up scdb' \
	./guarded tracer sh -c 'exec /proc/self/fd/9 -q --nx --batch -p $PPID'

new ./guarded thread
refused "thread [0-9]+ of process $pid \"guarded\" is already traced, by \
process [0-9]+ \"guard\"" $scdb -p $pid
untouched
set -- /proc/$pid/task/*
refused "${2##*/} is a thread of process $pid \"guarded\": attach to $pid" \
	$scdb -p ${2##*/}
new ./guarded exec /bin/true
until_true state $pid D || fail 'the exec does not wait'
refused "process $pid \"guarded\" is in the midst of an exec, which waits for \
its thread [0-9]+, and that one is traced, by process [0-9]+ \"guard\"" \
	$scdb -p $pid
start ./guarded tracer ./say ready line >"$work/ready"
says "$work/ready" ready
traced=$(cat /proc/$pid/task/$pid/children)
refused "is already traced, by process $pid \"guarded\": let that one" \
	$scdb -p ${traced% }

# A seccomp filter around scdb.
new $user ./say ready line
for how in EPERM ENOSYS; do
	for what in "-p $pid" '-e run ./say pid'; do
		refused 'the seccomp filter in which scdb runs refuses ptrace' \
			./refuse $how ptrace $scdb $what
	done
done
untouched

# An ordinary user.
if [ "$yama" -eq 0 ]; then
	$user $scdb -p $pid >"$work/said" 2>&1 ||
		fail 'the own process' "$work/said"
else
	refused 'ptrace_scope is [123]' $user $scdb -p $pid
fi
untouched

# Yama's word, by a fake that refuses as it does, and has its file.
"$CC" -shared -fPIC -O1 -D_GNU_SOURCE -o "$work/yama.so" \
	"$SCDB_TOP/tests/fakes/yama.c" || fail 'the fake'
exec 8<"$work/yama.so"
# scoped SCOPE REASON: an empty SCOPE has no file.
scoped()
{
	refused "$2" env FAKE_PID=$pid FAKE_SCOPE="$1" \
		LD_PRELOAD=/proc/self/fd/8 $user $scdb -p $pid
	[ -n "$1" ] && [ "$1" != 0 ] || ! grep -q ptrace_scope "$work/said" ||
		fail "Yama '$1' is named" "$work/said"
}

scoped '' 'the kernel does not let scdb attach to process'
scoped 0 'the kernel does not let scdb attach to process'
scoped 1 'which it has not started: /proc/sys/kernel/yama/ptrace_scope is 1: '
scoped 2 'only root may attach .*/yama/ptrace_scope is 2: run scdb as root'
scoped 3 'nobody may attach .*/yama/ptrace_scope is 3, which stays so until'
untouched
new $user ./guarded dumpable
if [ "$yama" -lt 2 ]; then
	refused 'has forbidden to be looked at \(it is not dumpable' \
		$user $scdb -p $pid
	untouched
fi
if [ -n "$root" ] && [ "$yama" -lt 2 ]; then
	$scdb -p $pid >"$work/said" 2>&1 || fail 'root may not' "$work/said"
	untouched
	new ./say ready line
	refused 'belongs to user root: run scdb as root' $user $scdb -p $pid
	untouched
	new setpriv --reuid 65533 --regid 65534 --clear-groups ./say ready line
	refused 'belongs to user (id )?65533: run scdb as that user or as root' \
		$user $scdb -p $pid
	# Root that has given up the right.
	refused 'needs CAP_SYS_PTRACE, which root lacks here' \
		setpriv --bounding-set -sys_ptrace $scdb -p $pid
	new setpriv --ruid 65534 --euid 65533 --regid 65534 --clear-groups \
		./say ready line
	refused 'rights of several \(a set-uid program\): real user .*, effec' \
		$user $scdb -p $pid
	new setpriv --reuid 65534 --regid 65533 --clear-groups ./say ready line
	refused 'has the rights of group .*, and scdb those of group' \
		$user $scdb -p $pid
	new $user --inh-caps +net_raw,+net_admin \
		--ambient-caps +net_raw,+net_admin ./say ready line
	refused 'capabilities that scdb lacks \(CAP_NET_ADMIN, CAP_NET_RAW\)' \
		$user $scdb -p $pid
	untouched
fi

# In namespaces.
if unshare -Ur true 2>/dev/null; then
	new ./say ready line
	refused 'lives in another user namespace than scdb \(user:\[[0-9]+\]\)' \
		unshare -Ur $scdb -p $pid
	refused 'lives in another user namespace than scdb \(user:\[[0-9]+\]\)' \
		unshare -U $scdb -p $pid
	untouched
	refused 'lives in another user namespace|belongs to user' \
		$user unshare -Ur $scdb -p $pid
	refused '/proc is that of another pid namespace' \
		unshare -Urpf $scdb -p $pid
	untouched
	$user unshare -Ur $scdb -e run ./say pid >"$work/said" 2>&1 ||
		fail 'run in a user namespace' "$work/said"
	new $user unshare -Ur ./say ready line
	[ "$yama" -ne 0 ] || $user $scdb -p $pid >"$work/said" 2>&1 ||
		fail 'the owner of a namespace' "$work/said"
fi
finish
