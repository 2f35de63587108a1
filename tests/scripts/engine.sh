#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The engine seccomp: how many stops of the kernel's each row of "Three events"
# costs, by counting; calls that are caught later, in children, threads, and
# behind an exec; filters of the program's own; who can be let go.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

calls=600 every=6 caught=100

# stops ENGINE PROGRAM EVERY COMMAND...: sets $stops; all is in $work/said.
stops()
{
	engine=$1 run=./$2 nth=$3
	shift 3
	printf '%s\n' "$@" run 'info engine' >"$work/commands"
	scdb --engine "$engine" -x "$work/commands" "$run" $calls "$nth" \
		>"$work/said" 2>&1 || fail "$*: status $?" "$work/said"
	stops=$(sed -n 's/.*has told of \([0-9]*\) stops$/\1/p' "$work/said")
}

# costs PROGRAM WHAT TOLD STOPS COMMAND...: for each caught call.
costs()
{
	program=$1 what=$2 told=$3 each=$4
	shift 4
	stops seccomp "$program" 0 "$@"
	without=${stops:-0}
	stops seccomp "$program" $every "$@"
	[ "$((${stops:-0} - without))" -eq $((each * caught)) ] ||
		fail "$program, $what: $without stops, with calls $stops" \
			"$work/said"
	grep -q "^first: $told" "$work/said" ||
		fail "$program, $what: the program saw something else" \
			"$work/said"
}

# A catchpoint on getpgid whose commands these are, with nothing shown.
quietly()
{
	printf 'catch syscall getpgid %s\ncommands\nsilent\n%s\ncontinue\nend' \
		"$1" "$2"
}

all="$caught group, 0 failed, 0 faked"
none="0 group, 0 failed, $caught faked"
for program in sparse sparse-32 sparse-static; do
	costs $program 'not caught' "$all" 0 'catch syscall getsid'
	costs $program 'entry' "$all" 1 'catch syscall getpgid entry if pid'
	costs $program 'exit' "$all" 2 'catch syscall getpgid exit if pid'
	costs $program 'both' "$all" 2 'catch syscall getpgid if pid'
	costs $program 'skip' "$none" 1 "$(quietly entry 'skip 4711')"
	costs $program 'skip, exit' "$none" 2 \
		'on getpgid do skip 4711, count exit'
	costs $program 'rule: skip' "$none" 1 'on getpgid do skip 4711'
	costs $program 'rule: fake' "$none" 2 'on getpgid do fake 4711'
	costs $program 'rule: count' "$all" 1 'on getpgid do count'
done

# A call that is skipped asks no file of /proc.
# opened EVERY: how many files are opened.
opened()
{
	strace -qq -e trace=openat -o "$work/opens" "$SCDB" -q --nx --batch \
		--engine seccomp -e 'on getpgid do skip 4711' -e run \
		--args ./sparse $calls "$1" >"$work/said" 2>&1
	grep -c openat "$work/opens"
}
[ "$(($(opened $every) - $(opened 0)))" -lt 4 ] ||
	fail 'a skipped call opens files' "$work/opens"

# A trace follows the calls of the launch too, and then no more than it wants.
stops seccomp sparse $every 'trace getpgid to /dev/null'
[ "$stops" -ge $((2 * caught)) ] && [ "$stops" -lt $calls ] ||
	fail "trace: $stops stops" "$work/said"

# The other engine stops twice at each call.
stops ptrace sparse $every 'catch syscall getpgid entry if pid'
[ "$stops" -gt $((2 * calls)) ] || fail "ptrace: $stops stops" "$work/said"
grep -q 'ptrace' "$work/said" || fail "ptrace is not told" "$work/said"

# shown ENTRIES EXITS WHAT: of getpgid.
shown()
{
	seen="$(grep -c '→ getpgid' "$work/said") \
$(grep -c '← getpgid' "$work/said")"
	[ "$seen" = "$1 $2" ] || fail "$3: shown were $seen" "$work/said"
}

# session COMMANDS PROGRAM...: its output in $work/said.
session()
{
	printf '%b\n' "$1" >"$work/commands"
	shift
	scdb --engine seccomp -x "$work/commands" "$@" >"$work/said" 2>&1
	status=$?
}

# Children have their makers' filters; an exec keeps them, to 32 bits too.
pass='catch syscall getpgid\ncommands\ncontinue\nend\nrun\ninfo engine'
session "$pass" ./sparse 20 10 fork
shown 4 4 'in a child'
[ "$(grep -c '^child: 2 group' "$work/said")" = 1 ] ||
	fail 'in a child: it saw something else' "$work/said"
session "$pass" ./sparse 20 10 thread
shown 4 4 'in a thread'
session "$pass" ./sparse 20 10 ./sparse-32 20 10 ./sparse-static 20 10
shown 6 6 'behind an exec'
# At the program's first stop nothing was caught: a filter, and one more.
session 'catch syscall write\nrun\ncatch syscall getpgid\ndisable 1\ncontinue
info engine\ncontinue\ncontinue' ./sparse 20 10 fork
shown 2 1 'caught later'
grep -q '^ *[12] .*seccomp  *2 ' "$work/said" ||
	fail 'caught later: no second filter' "$work/said"

# Its own filter answers getpgid; scdb sees each of them all the same.
session "$pass" ./sparse 20 10 filter
shown 4 4 'a filter of its own'
grep -q '^filtered: 0 group, 2 failed' "$work/said" ||
	fail 'a filter of its own: the program saw something else' "$work/said"

# Nobody is let go with a filter, but by force: then what stopped fails.
session 'catch syscall getpgid\nrun\ndetach' ./sparse 20 10
[ $status -eq 1 ] && grep -q "ENOSYS without scdb" "$work/said" ||
	fail 'detach is not refused' "$work/said"
session 'catch syscall getpgid\nrun\nset yield-to-tracer on' ./sparse 20 10
[ $status -eq 1 ] && grep -q "can't leave" "$work/said" ||
	fail 'yield-to-tracer is not refused' "$work/said"
session 'set engine ptrace\ncatch syscall getpgid\nrun\ndetach' ./sparse 20 10
[ $status -eq 0 ] || fail 'detach without a filter' "$work/said"
start "$SCDB" -q --nx --batch --engine seccomp -e 'catch syscall getpgid' \
	-e run -e 'detach -f' --args ./sparse 2000 10 >"$work/left" 2>&1
says "$work/left" '^first: ' || fail 'detach -f' "$work/left"
grep -q '^first: 0 group, 200 failed' "$work/left" ||
	fail 'detach -f: the calls did not fail' "$work/left"
ended "$pid"

# Where children leave there is no filter.
scdb --engine seccomp --no-follow -e 'catch syscall getpgid' -e run \
	-e 'info engine' ./sparse 20 10 >"$work/said" 2>&1
grep -q 'ptrace  *0 .*may leave' "$work/said" ||
	fail 'a filter where children leave' "$work/said"

# Where the kernel has no filters every call stops, and that is said once.
for errno in 22 38; do
	./unfiltered $errno "$SCDB" -q --nx --batch --engine seccomp \
		-e 'catch syscall getpgid' -e run -e 'on getsid do count' \
		-e continue -e 'info engine' --args ./sparse 20 10 fork \
		>"$work/said" 2>&1 </dev/null
	[ "$(grep -c '^warning: there is no filter' "$work/said")" -eq 1 ] &&
		grep -q '→ getpgid' "$work/said" &&
		grep -q 'ptrace  *0 .*the kernel refuses' "$work/said" ||
		fail "seccomp fails with $errno" "$work/said"
done

# The option takes three words.
"$SCDB" --engine quick >"$work/said" 2>&1
[ $? -eq 2 ] && grep -q "no engine (auto, ptrace, seccomp): 'quick'" \
	"$work/said" || fail '--engine quick' "$work/said"
finish
