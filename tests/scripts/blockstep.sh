#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
# `blockstep` by the processor stops where it does by software: thousands of
# steps of the loader and of sort, with breakpoints, catchpoints, signals,
# watchpoints, and code that handles its flags. Processors that can are faked
# (tests/fakes/ptrace.c), so that the probe says yes; the fake decodes branches
# by itself, instruction by instruction.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
tests=$SCDB_TOP/tests
cd "$work" || exit 1
"$CC" -shared -fPIC -O1 -D_GNU_SOURCE -o fake.so "$tests/fakes/ptrace.c" ||
	exit 1
# A program with sanitizers in it wants to be first.
export ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0

# both NAME LEAST COMMANDS-FILE PROGRAM...: the same either way, by at least
# LEAST steps of the processor.
both()
{
	name=$1 least=$2 commands=$3
	shift 3
	rm -f counts
	scdb -x "$work/$commands" --args "$@" >soft.raw 2>&1
	timeout -k 2 40 env LD_PRELOAD="$work/fake.so" \
		FAKE_COUNTS="$work/counts" "$SCDB" -q --nx --batch \
		-e 'set block-step-method hardware' -x "$work/$commands" \
		--args "$@" >hard.raw 2>&1
	for way in soft hard; do
		sed -E 's/^(\[[0-9.]+\]) [0-9]+ /\1 PID /
			s/pid=[0-9]+/pid=N/; s/process [0-9]+$/process N/; s/ = [0-9]+ +[0-9.]+ s$/ = N/' $way.raw >$way
	done
	same "$name: other stops" soft hard
	[ "$(wc -l <soft)" -gt 20 ] || fail "$name: too little" soft
	did=$(sed 's/ .*//' counts)
	[ "${did:-0}" -ge "$least" ] || fail "$name: $did steps only" counts hard
}

# steps N [COUNT]: as many, each with its pc.
steps()
{
	# shellcheck disable=SC2016
	printf '%s\n' 'set $i = 0' "while \$i < $1" "blockstep ${2:-1}" \
		'output/x $pc' 'echo \n' 'set $i = $i + 1' end
}

cat >flags.c <<'END'
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static volatile int told, watched;

static void handler(int sig)
{
	told += sig;
}

#ifdef __x86_64__
#define WORD "r"
#define SAVE "mov %%rsp, %%rbx\n\tsub $256, %%rsp\n\t"
#define BACK "mov %%rbx, %%rsp\n\t"
#else
#define WORD "e"
#define SAVE "mov %%esp, %%ebx\n\tsub $256, %%esp\n\t"
#define BACK "mov %%ebx, %%esp\n\t"
#endif

__attribute__((noinline)) static long odd(void)
{
	static char from[300], to[300];
	long flags = 0, count = 300;
	char *a = from, *b = to;

	/* The trap flag is never seen, nor lost. */
	__asm__ volatile(SAVE "pushf\n\tpushf\n\tpop %0\n\tpopf\n\t"
	                 "odd1:\tnop\n\tnop\nodd2:\t" BACK "nop\n\tjmp 1f\n\tnop\n1:"
	                 : "=&r"(flags) : : "rbx", "memory");
	/* Many instructions that are one; branches to what comes next. */
	__asm__ volatile("cld\n\trep movsb\n\tnop\n\ttest %2, %2\n\t\n"
	                 "odd3:\tjz 1f\n1:\tnop\n\tjnz 2f\n2:\tnop\n\t"
	                 "nop\n\tjmp odd4\nodd4:\tnop"
	                 : "+S"(a), "+D"(b), "+c"(count) : : "memory", "cc");
	count = 5;
	__asm__ volatile("nop\n1:\tnop\n\tnop\nodd5:\tloop 1b\n\tnop\n\t"
	                 "mov %%ss, %%edx\n\tmov %%edx, %%ss\n\tnop\n\t"
	                 "jmp 2f\n\tnop\n2:\tj" WORD "cxz 3f\n\tnop\n3:\tnop\n\t"
	                 "call 4f\n4:\tpop %%" WORD "dx"
	                 : "+c"(count) : : WORD "dx", "memory");
	return (flags & 0x100) + count;
}

int main(void)
{
	int total = 0;

	signal(SIGUSR1, handler);
	for (int i = 0; i < 12; i++) {
		total += (int)odd();
		watched += i;
		if (i % 4 == 3)
			kill(getpid(), SIGUSR1);
		if (getppid() == 1)
			break;
	}
	printf("%d %d %d\n", total, told, watched);
	return total;
}
END
sed -i 's/"rbx", "memory"/WORD "bx", "memory"/' flags.c
"$CC" -O1 -g -no-pie -o flags flags.c && "$CC" -m32 -O1 -g -no-pie -o flags-32 \
	flags.c || exit 1

{
	echo 'set disable-randomization on'
	echo starti
	steps 1500
	steps 100 13
} >loader
both loader 2700 loader /usr/bin/sort /etc/hosts

# To the end, which is as without scdb: no trap flag was seen.
for bits in '' -32; do
	{
		echo 'set disable-randomization on'
		echo 'handle SIGUSR1 nostop noprint'
		echo 'break main'
		echo run
		echo 'delete 1'
		steps 150
		echo 'blockstep 800'
		echo 'print $pc'
		echo continue
	} >plain
	both "flags$bits" 900 plain ./flags$bits
	tail -n 2 hard | grep -q '^0 30 66$' ||
		fail "flags$bits: another result" hard
done

# Breakpoints in the middle of blocks, on branches and where they go.
{
	echo 'set disable-randomization on'
	echo 'handle SIGUSR1 stop print'
	echo 'break odd'
	echo 'break handler'
	echo 'break *&odd1'
	echo 'break *&odd2 if $rbx == 77'
	echo 'break *&odd3'
	echo 'break *&odd4'
	echo 'break *&odd5 if $rbx == 77'
	echo run
	echo 'rbreak ^kill$'
	steps 400
	echo 'info breakpoints'
	echo 'disable 2'
	echo 'blockstep 100'
	echo 'info breakpoints'
} >broken
both breakpoints 300 broken ./flags
grep -q 'breakpoint already hit' hard || fail 'no breakpoint was hit' hard

# Catchpoints on calls: none is run across.
{
	echo 'set disable-randomization on'
	echo 'break main'
	echo 'handle SIGUSR1 nostop noprint'
	echo run
	echo 'catch syscall getppid kill'
	echo 'catch syscall write exit'
	steps 400
	echo 'info breakpoints'
} >caught
both catchpoints 300 caught ./flags
grep -q 'getppid()' hard || fail 'no call was caught' hard

# Watchpoints, by debug registers and not.
{
	echo 'set disable-randomization on'
	echo 'break main'
	echo 'handle SIGUSR1 nostop noprint'
	echo run
	echo 'delete 1'
	echo 'watch watched'
	steps 200
	echo 'watch $rbx & 1'
	steps 40
	echo 'info breakpoints'
} >watched
both watchpoints 150 watched ./flags
grep -q 'watch' hard || fail 'nothing was watched' hard
finish
