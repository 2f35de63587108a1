# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
#
# What a traced call costs: reads of the program's memory, counted by strace
# of scdb itself; and that scdb's memory does not grow with calls, children
# and threads.
# shellcheck disable=SC2154,SC2016
. "${0%/*}/../helpers.sh"

# reads SET CALL COUNT: sets $reads to how many scdb made, $together to those
# that can have several places.
reads()
{
	timeout -k 2 40 strace -o "$work/strace" \
		-e trace=pread64,process_vm_readv,readlink \
		"$SCDB" -q --nx --batch -o /dev/null -e "trace $1" -e run \
		-- ./reads "$2" "$3" >"$work/said" 2>&1 ||
		fail "$2: it failed" "$work/said"
	# No signals: scdb's clock ticks.
	reads=$(grep -c '^[a-z]' "$work/strace")
	together=$(grep -c '^process_vm_readv' "$work/strace")
}

# most CALL N [SET]: at most N reads for each of its calls.
most()
{
	reads "${3:-$1}" "$1" 1
	few=$reads
	reads "${3:-$1}" "$1" 101
	# What starting takes differs by some from run to run.
	[ $((reads - few)) -le $(($2 * 100 + 20)) ] ||
		fail "$1: $((reads - few)) reads for 100 calls" "$work/strace"
}

most openat 1
most newfstatat 2
most pread64 1
most write 1
most getppid 0
most rename 1
most writev 2
most poll 2
most pselect6 2
most sendmsg 2
most execve 2
# Places that are nobody's neighbours: a read for each step from pointer to
# pointer.
most far-rename 1 rename
[ "$together" -ge 101 ] || fail "far-rename: $together together" "$work/strace"
most far-writev 2 writev
most far-sendmsg 3 sendmsg
most far-execve 2 execve
# A bad one costs three more: its own, asked twice, and those behind it.
most bad-writev 5 writev
# Nothing is read for what nobody sees.
most openat 0 getppid
most poll 0 getppid
most writev 0 'all,!writev'
most getsockname 0 getppid

# Two requests a stop, two stops a call, and nothing before the program's
# execve is stopped at.
timeout -k 2 40 strace -o "$work/strace" -e trace=ptrace "$SCDB" -q --nx \
	--batch -o "$work/log" -e 'trace all' -e run -- ./reads getppid 10 \
	>"$work/said" 2>&1 || fail 'requests: it failed' "$work/said"
requests=$(grep -c '^ptrace' "$work/strace")
lines=$(wc -l <"$work/log")
[ "$lines" -gt 30 ] || fail 'requests: no lines' "$work/log"
[ "$requests" -le $((4 * lines + 30)) ] ||
	fail "$requests requests for $lines lines" "$work/strace"

# peak COMMAND...: sets $peak to scdb's peak of memory, in KB, at the end.
peak()
{
	scdb -o /dev/null -e 'trace all' -e run \
		-e 'shell grep VmHWM /proc/$PPID/status' -- "$@" \
		>"$work/said" 2>&1 || fail "$*: it failed" "$work/said"
	peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB$/\1/p' "$work/said")
	[ -n "$peak" ] || fail "$*: no peak" "$work/said"
}

# flat FEW MANY COMMAND...: with FEW behind it and with MANY, it is as large.
flat()
{
	few=$1 many=$2
	shift 2
	peak "$@" "$few"
	before=$peak
	peak "$@" "$many"
	[ $((peak - before)) -le 512 ] ||
		fail "$*: $before KB after $few, $peak KB after $many"
}

flat 10000 100000 ./getppid_loop
flat 100 1000 ./forks many
flat 100 1000 ./threadchurn
finish
