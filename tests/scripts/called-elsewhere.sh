#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Functions that are called and do not simply return, and programs that stand in
# odd places when they are called.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

# session PROGRAM [ARGUMENT] reads commands; what is shown goes to $work/out.
session()
{
	timeout -k 2 30 "$SCDB" -q --nx --args "$@" >"$work/out" 2>&1
}

# expects WHAT PATTERN...: each is in the output, one behind the other.
expects()
{
	what=$1
	shift
	from=1
	for pattern; do
		line=$(tail -n +"$from" "$work/out" |
			grep -n -m 1 -e "$pattern" | cut -d: -f1)
		if [ -z "$line" ]; then
			fail "$what: no \"$pattern\"" "$work/out"
			return
		fi
		from=$((from + line))
	done
}

# Values of all kinds, strings that malloc has room for, threads and children:
# what gdb says.
cat >"$work/values" <<'END'
print sum(3, 10, 20, 30)
print average(2, 1.5, 2.5)
print make_triple(2.5, 3, 'z')
print of_triple(a_triple, a_triple)
print twice(an_either)
print negate(1)
print negate(0)
print narrow(-5, 70)
print wide(10000000000, 3, 5)
print precise(10, 1.5)
print *greet("you")@11
print asks()
print starts_thread(4)
print forks()
END
for program in callees callees-32; do
	gdb -nx -batch -ex 'catch syscall getpid' -ex run -x "$work/values" \
		"$program" </dev/null 2>&1 | grep '^\$' >"$work/gdb"
	[ "$(wc -l <"$work/gdb")" -eq 14 ] || fail "gdb's values" "$work/gdb"
	{
		printf 'catch syscall getpid\nrun\n'
		cat "$work/values"
	} | session "$program"
	grep '^\$' "$work/out" | cmp -s - "$work/gdb" ||
		fail "$program: values" "$work/gdb" "$work/out"
done

# What the program does with the signals by which a return is seen.
for program in callees callees-32; do
	for how in ignore handle block; do
		case $how in
		ignore) left='SEGV ignored, TRAP ignored, not blocked, ticks 0' ;;
		handle) left='SEGV handled, TRAP handled, not blocked, ticks 0' ;;
		block) left='SEGV default, TRAP default, blocked, ticks 0' ;;
		esac
		for phase in entry exit; do
			session $program $how <<END
catch syscall getpid $phase
run
print sum(1, 5)
print asks()
continue
END
			expects "$program $how $phase" '^\$1 = 5$' '^\$2 = 1$' \
				"^$left\$" 'exited with status 4'
		done
	done
done

# A stack that can be executed.
"$CC" -w -g -z execstack -o "$work/execstack" \
	"$SCDB_TOP/tests/tracees/callees.c" || fail 'execstack'
session "$work/execstack" <<'END'
catch syscall getpid
run
print sum(2, 3, 4)
delete
continue
END
expects 'executable stack' '^\$1 = 7$' 'exited with status 4'

# A signal: the frame stays, until `return`, or goes at once.
for program in callees callees-32; do
	session $program <<'END'
catch syscall getpid
run
print crash()
backtrace
return
backtrace 1
print crash()
up
return
print sum(1, 8)
set unwindonsignal on
print crash()
print sum(1, 9)
delete
continue
END
	expects "$program: a signal" 'received SIGSEGV' \
		'was signaled while in a function called from scdb.*(crash)' \
		'^#0  crash ()' '^#1  <function called from scdb>' \
		'^#2  .*getpid\|kernel_vsyscall' '^#0  .*getpid\|kernel_vsys' \
		'^#0  .*getpid\|kernel_vsyscall' 'was signaled' \
		'^#1  <function called from scdb>' '^#0 ' '^\$1 = 8$' \
		'context is restored to what it was before' '^\$2 = 9$' \
		'^SEGV default, TRAP default, not blocked, ticks 0$' \
		'exited with status 4'
done

# A signal handler and a caught call in the function; it returns later.
session callees <<'END'
handle SIGUSR1 stop print pass
catch syscall getpid
run
catch syscall getppid
delete 1
print raises()
backtrace
continue
backtrace
continue
backtrace 1
print asks()
delete
continue
continue
continue
END
expects 'a handler and a call' 'received SIGUSR1' 'was signaled' \
	'raises ()' '<function called from scdb>' 'getppid()' \
	'<signal handler called>' '<function called from scdb>' \
	'getppid() = ' '→ getppid()' \
	'stopped while in a function called from' '← getppid() = ' \
	'→ getpid()' 'not blocked, ticks 1' \
	'exited with status 4'

# In a handler, where a signal stopped it, and in a call that is made again.
session callees signal <<'END'
catch syscall getppid
handle SIGUSR1 stop print pass
run
print sum(1, 2)
continue
print sum(1, 3)
print asks()
return
sysfinish
delete
continue
continue
END
expects 'in a handler' 'received SIGUSR1' '^\$1 = 2$' '→ getppid()' \
	'^\$2 = 3$' '→ getppid()' 'stopped while in' '← getppid() = ' \
	'not blocked, ticks 1$' 'exited with status 4'
session callees signal <<'END'
handle SIGUSR1 stop print pass
run
print sum(1, 2)
print crash()
return
continue
END
expects 'a signal is delivered once' 'received SIGUSR1' '^\$1 = 2$' \
	'received SIGSEGV' '^#0 ' 'not blocked, ticks 1$' 'exited with status 4'
session callees sleep <<'END'
catch syscall clock_nanosleep nanosleep exit
handle SIGALRM stop noprint nopass
run
print sum(1, 3)
continue
END
expects 'a call that sleeps' '^\$1 = 3$' '^slept 0$' 'exited with status 4'

# Left by longjmp: the program goes on, and nothing is put back.
session callees <<'END'
tcatch syscall getpid
run
catch syscall write
print leaps_out()
print sum(1, 4)
continue
continue
END
expects 'longjmp' 'stopped while in a function' '^\$1 = 4$' \
	'^left by longjmp 5$' 'exited with status 4'

# Another program, and no program.
session callees <<'END'
catch syscall getpid
run
print execs()
END
expects 'exec' 'runs echo replaced' '^replaced$' 'exited while in a function'
session callees <<'END'
catch syscall getpid
run
call (void)exit(6)
info inferiors
END
expects 'exit' 'exited with status 6' 'exited while in a function'

# Other threads run with it, unless they are locked.
session callees threads <<'END'
catch syscall getpid
run
print waits_for_other()
set scheduler-locking on
print waits_for_other()
set scheduler-locking off
print waits_for_other()
delete
continue
END
expects 'threads' '^\$1 = 1$' '^\$2 = 0$' '^\$3 = 1$' 'exited with status 4'

# Let go in the middle: it goes on from before the call.
session callees <<'END'
catch syscall getpid
run
print crash()
print crash()
detach
END
says "$work/out" '^SEGV default'
expects 'detach' '^SEGV default.*ticks 0$'
finish
