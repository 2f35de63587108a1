#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Programs nearly all whose calls are skipped, where no filter can be: one stop
# a call; what runs among them; and a program all whose calls are emulated.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

# stops: sets $stops, of what is in $work/said.
stops()
{
	stops=$(sed -n 's/.*has told of \([0-9]*\) stops$/\1/p' "$work/said")
	stops=${stops:-0}
}

# hits NUMBER HITS WHAT
hits()
{
	awk -v n="$1" '$1 == n && $2 == "y" { print $3, $4 }' "$work/said" |
		grep -qx "$2 0" || fail "$3: rule $1 has not $2" "$work/said"
}

# runs PROGRAM ARG...: `detach-on-fork on` has no filters.
runs()
{
	cat >"$work/commands" <<'END'
set detach-on-fork on
on getpgid do skip 4711
on gettid do count
catch syscall exit_group entry
run
info engine
info rules
END
	scdb -x "$work/commands" --args "$@" >"$work/said" 2>&1 ||
		fail "$*: status $?" "$work/said"
	stops
}

for program in emulated emulated-32; do
	runs ./$program 1000 0
	[ "$stops" -gt 1000 ] && [ "$stops" -lt 1150 ] ||
		fail "$program: $stops stops for 1000 calls" "$work/said"
	grep -q '^first: 1000 faked, 0 group, 0 wrong' "$work/said" ||
		fail "$program: it saw something else" "$work/said"
	# One of ten runs: it stops three times.
	runs ./$program 1000 10
	[ "$stops" -gt 1100 ] && [ "$stops" -lt 1350 ] ||
		fail "$program: $stops stops, one of ten runs" "$work/said"
	hits 1 900 "$program, one of ten runs"
	hits 2 101 "$program, one of ten runs"
	grep -q '^first: 900 faked, 0 group, 0 wrong' "$work/said" ||
		fail "$program: it saw something else of ten" "$work/said"
	# Half of them run: that is not worth it.
	runs ./$program 600 2
	[ "$stops" -gt 1200 ] && [ "$stops" -lt 1350 ] ||
		fail "$program: $stops stops, one of two runs" "$work/said"
	# A handler's calls come in between, each with all its stops.
	runs ./$program 3000 20 ticks
	hits 1 2850 "$program, ticks"
	hits 2 151 "$program, ticks"
	grep -q '^first: 2850 faked, 0 group, 0 wrong' "$work/said" ||
		fail "$program: it saw something else, ticks" "$work/said"
done
# A call that is made again is traced once.
scdb -e 'set detach-on-fork on' -e 'on getpgid do skip 4711' \
	-e "trace gettid to $work/traced" -e run -e 'info engine' \
	--args ./emulated 1000 10 >"$work/said" 2>&1 ||
	fail "traced: status $?" "$work/said"
[ "$(grep -c 'gettid()  *= ' "$work/traced")" = 101 ] &&
	[ "$(wc -l <"$work/traced")" = 102 ] || fail traced "$work/traced"
# A thread is of the rules; a child leaves, from a call that was made again.
runs ./emulated 300 10 thread
grep -q '^thread: 270 faked, 0 group, 0 wrong' "$work/said" ||
	fail thread "$work/said"
runs ./emulated 300 10 fork
grep -q '^child: 0 faked, 270 group, 0 wrong' "$work/said" ||
	fail fork "$work/said"

# attached COMMAND...: to one that waits; it goes on at the first of them.
attached()
{
	rm -f "$work/in"
	mkfifo "$work/in" || fail mkfifo
	input=$work/in start ./emulated 3000 100 wait >"$work/program"
	until_true state "$pid" S || fail 'it does not wait'
	set -- -e 'on getpgid do skip 4711' -e 'catch syscall gettid entry' \
		-e "shell echo >$work/in" "$@"
	scdb --engine "${engine:-auto}" -p "$pid" "$@" >"$work/said" 2>&1 ||
		fail "attached: status $?" "$work/said"
	stops
	ended "$pid"
	grep -q ' 0 wrong$' "$work/program" ||
		fail "attached: $*" "$work/said" "$work/program"
}
# The third stop is at the loop's second gettid, 99 skipped calls behind.
attached -e continue -e continue -e continue -e 'info engine' \
	-e 'syscall getpgid(0)' -e 'print (long)getppid()' \
	-e 'delete 1' -e 'disable rule 1'
grep -q '^first: 99 faked, 2871 group' "$work/program" ||
	fail 'let go in the midst' "$work/program" "$work/said"
grep -q ' sysemu ' "$work/said" || fail 'attached: no sysemu' "$work/said"
[ "$stops" -gt 100 ] && [ "$stops" -lt 130 ] ||
	fail "attached: $stops stops" "$work/said"
# With the engine ptrace all is as it was.
engine=ptrace
attached -e continue -e continue -e continue -e 'info engine'
[ "$stops" -gt 200 ] || fail "ptrace: $stops stops" "$work/said"
engine=

# A system of the debugger's own: no call of this program is made but its end.
cat >"$work/alone.c" <<'END'
static long call(long nr, long a, const void *b, long c)
{
	long result;

	__asm__ volatile("syscall" : "=a"(result)
			 : "a"(nr), "D"(a), "S"(b), "d"(c)
			 : "rcx", "r11", "memory");
	return result;
}
void _start(void)
{
	char name[6 * 65] = "";
	long wrong = 0;

	for (int i = 0; i < 200; i++) {
		wrong += call(1, 1, "to the log\n", 11) != 11;
		wrong += call(39, 0, 0, 0) != 4711 + i;
	}
	wrong += call(63, (long)name, 0, 0) != 0 || name[0] != 'm';
	wrong += call(12, 0, 0, 0) != -38;
	call(231, wrong != 0, 0, 0);
}
END
"$CC" -O1 -w -nostdlib -static -fno-stack-protector -o "$work/alone" \
	"$work/alone.c" || fail 'a program of its own'
{
	echo 'set detach-on-fork on'
	echo 'on write do log "{fd} {buf}", skip count'
	printf 'on getpid do skip [4711'
	seq -f ', %g' 4712 4910 | tr -d '\n'
	echo ']'
	echo 'on uname do emulate 0 buf="mine"'
	echo 'on !exit_group,execve do skip -ENOSYS'
	printf 'catch syscall exit_group entry\nrun\ninfo engine\ncontinue\n'
} >"$work/commands"
scdb -x "$work/commands" "$work/alone" >"$work/said" 2>&1 ||
	fail "a system of its own: status $?" "$work/said"
grep -q 'exited with status 0' "$work/said" &&
	grep -q ' sysemu .*nearly all' "$work/said" ||
	fail 'a system of its own: the program saw another' "$work/said"
[ "$(grep -c '"alone" 1.* "to the log\\n"' "$work/said")" = 200 ] ||
	fail 'a system of its own: the log' "$work/said"
stops
[ "$stops" -gt 400 ] && [ "$stops" -lt 460 ] ||
	fail "a system of its own: $stops stops" "$work/said"
finish
