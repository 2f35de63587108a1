#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# scdb --doctor: as root, as an ordinary user, in a user namespace, and where
# a seccomp filter refuses what it tries.  Others than scdb know what is right.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

# The search for leaks would itself use ptrace.
export ASAN_OPTIONS=detect_leaks=0

# Where the tree is in a directory that others may not enter.
exec 9<"$SCDB"
doctor=/proc/self/fd/9
if [ "$(id -u)" -eq 0 ]; then
	user='setpriv --reuid 65534 --regid 65534 --clear-groups'
else
	user=
fi

# examine STATUS COMMAND...: runs it, and looks at the form of the answer.
examine()
{
	expected=$1
	shift
	timeout -k 2 60 "$@" >"$work/out" 2>"$work/err"
	status=$?
	[ $status -eq "$expected" ] ||
		fail "$*: exit status $status" "$work/out" "$work/err"
	[ ! -s "$work/err" ] || fail "$*: it complains" "$work/err"
	sed '$d' "$work/out" | grep -vE \
		'^[^ ].{25}(yes|partly|no|-|unknown) +[^ ]' >"$work/bad" &&
		fail "$*: not aligned" "$work/bad"
	cut -c 1-26 "$work/out" | sed '$d; s/ *$//' >"$work/names"
	[ -e "$work/all" ] || cp "$work/names" "$work/all"
	same "$*: other probes" "$work/all" "$work/names"
}

# says_of NAME PATTERN: the rest of its line matches.
says_of()
{
	awk -v name="$1" '{
		probe = substr($0, 1, 26)
		sub(/ *$/, "", probe)
		if (probe == name)
			print substr($0, 27)
	}' "$work/out" | grep -qE -e "^($2)" ||
		fail "$1 is not: $2" "$work/out"
}

ends()
{
	[ "$(tail -n 1 "$work/out")" = "$1" ] ||
		fail "it does not end with: $1" "$work/out"
}

examine 0 "$doctor" --doctor
ends 'scdb can work here'
says_of kernel "- .* $(uname -r), x86_64$"
says_of ptrace 'yes'
says_of PTRACE_GET_SYSCALL_INFO 'yes'
says_of processors "- +$(nproc)(, with|; scdb sleeps)"
if grep -q 'vsyscall' /proc/self/maps; then
	says_of 'vsyscall page' 'yes'
else
	says_of 'vsyscall page' 'no'
fi
if ./int80 >/dev/null 2>&1; then
	says_of '32-bit calls' 'yes'
fi
if [ -e /proc/sys/kernel/yama/ptrace_scope ]; then
	says_of "Yama's ptrace_scope" \
		".* $(cat /proc/sys/kernel/yama/ptrace_scope): "
else
	says_of "Yama's ptrace_scope" 'yes +there is no Yama'
fi
[ -z "$user" ] || says_of 'rights over others' 'yes +user root, with CAP'
while read -r name; do
	grep -qF "$name" "$SCDB_TOP/docs/manual.md" ||
		fail "the manual does not know \"$name\""
done <"$work/all"

examine 0 taskset -c "$(taskset -cp $$ | sed 's/.*: //; s/[,-].*//')" \
	"$doctor" --doctor
says_of processors '- +1; scdb sleeps'
examine 0 sh -c "ulimit -c 0; exec $doctor --doctor"
says_of 'core files' '- +limit 0 bytes, core_pattern '

# shellcheck disable=SC2086
examine 0 $user "$doctor" --doctor
says_of 'rights over others' 'partly +user .*, without CAP_SYS_PTRACE; scdb '
ends 'scdb can work here'
if unshare -Ur true 2>/dev/null; then
	# shellcheck disable=SC2086
	examine 0 unshare -Ur "$doctor" --doctor
	says_of 'rights over others' \
		'partly +user root of a user namespace, with CAP_SYS_PTRACE '
	examine 0 unshare -U "$doctor" --doctor
	says_of 'rights over others' 'partly +user .* of a user namespace, wi'
	examine 1 unshare -Urpf "$doctor" --doctor
	says_of /proc 'no +it is that of another pid namespace'
	ends "scdb can't work here, without /proc"
fi

for how in EPERM ENOSYS kill; do
	examine 1 ./refuse $how ptrace "$doctor" --doctor
	says_of ptrace 'no .*; a seccomp filter around scdb refuses it'
	for name in PTRACE_GET_SYSCALL_INFO 'hardware breakpoints' \
		process_vm_readv; do
		says_of "$name" 'unknown +not tried, for ptrace is refused$'
	done
	says_of 'seccomp filters' 'yes'
	ends "scdb can't work here, without ptrace"
done
says_of ptrace 'no +who tried it was killed by SIGSYS;'
examine 0 ./refuse EPERM process_vm_readv,userfaultfd,seccomp "$doctor" \
	--doctor
says_of process_vm_readv \
	'no +refused: Operation not permitted; scdb reads by /proc/PID/mem'
says_of process_vm_writev 'yes'
says_of 'seccomp notification' 'no +refused: Operation not permitted; '
says_of userfaultfd 'no +refused: Operation not permitted; '
# What it says is true.
./refuse EPERM process_vm_readv,process_vm_writev \
	"$SCDB" -q --nx --batch -e 'catch syscall write entry' -e run \
	-e 'arg buf "howdy"' -e continue ./say write hello >"$work/said" 2>&1 ||
	fail 'without process_vm_readv' "$work/said"
grep -q '→ write(.*"hello"' "$work/said" && grep -q howdy "$work/said" ||
	fail 'memory without process_vm_readv' "$work/said"

# It is told when nobody hears it.
"$SCDB" --doctor >/dev/full 2>&1
[ $? -eq 1 ] || fail 'an answer that nobody gets is a success'
finish
