#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Where programs have shadow stacks, whoever calls for them pushes the return
# there too: a call that is emulated, one that runs in a slot, a function that
# scdb calls; `return` takes off what it leaves. The processor is faked
# (tests/fakes/ptrace.c), its shadow stack an array of the program's.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
tests=$SCDB_TOP/tests
cd "$work" || exit 1
"$CC" -shared -fPIC -O1 -D_GNU_SOURCE -o fake.so "$tests/fakes/ptrace.c" ||
	exit 1
export ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0

cat >shadow.c <<'END'
#include <stdio.h>

/* What lies below the pointer: the newest call, 32 in all. */
unsigned long shadow[64];
volatile int total, other;

__attribute__((noinline)) int work(int n)
{
	total += n;
	return n;
}

__attribute__((noinline)) int outer(int n)
{
	int got;

	__asm__ volatile(".globl the_call, behind\nthe_call:\tcall work\n"
	                 "behind:\tnop"
	                 : "=a"(got), "+D"(n) : :
	                   "rdx", "rcx", "rsi", "memory", "cc");
	return got + 1;
}

int main(void)
{
	int sum = 0;

	for (int i = 0; i < 5; i++)
		sum += outer(i);
	printf("%d %d\n", sum, total);
	return 0;
}
END
"$CC" -O1 -g -no-pie -fno-pie -fcf-protection=none -o shadow shadow.c ||
	exit 1
address()
{
	nm shadow | awk -v name="$1" '$3 == name { print $1 }'
}
base=$(printf '%x' $((0x$(address shadow) + 256)))

# run NAME COMMANDS...: with a shadow stack; its output in $name.
run()
{
	name=$1
	shift
	printf '%s\n' "$@" >commands
	timeout -k 2 40 env LD_PRELOAD="$work/fake.so" FAKE_SHADOW="$base" \
		"$SCDB" -q --nx --batch -x "$work/commands" --args ./shadow \
		>"$name" 2>&1
}

# returns NAME COUNT: as many on it, each behind the call.
returns()
{
	have=$(grep -c "^0x0*$(address behind | sed 's/^0*//')\$" "$1")
	[ "$have" -eq "$2" ] || fail "$1: $have returns, not $2" "$1"
}

# shellcheck disable=SC2016
show='output/x shadow[$i]'

# Emulated: the fake pushes nothing, so scdb did. A return that the program makes
# itself is not faked: they stay.
# shellcheck disable=SC2016
run emulated 'break *&the_call if 0 == 1' 'break *&behind' 'ignore 2 4' run \
	'set $i = 0' 'while $i < 64' "$show" 'echo \n' 'set $i = $i + 1' end \
	'info xol' 'delete' 'continue'
returns emulated 5
grep -q '^15 10$' emulated || fail 'emulated: another result' emulated
grep -q '<outer>  *5  emulated' emulated ||
	fail 'the calls were not emulated' emulated

# In a slot, while memory is watched.
# shellcheck disable=SC2016
run slot 'break *&the_call if 0 == 1' 'break *&behind' 'ignore 2 4' \
	'watch other' run \
	'set $i = 0' 'while $i < 64' "$show" 'echo \n' 'set $i = $i + 1' end \
	'info xol' 'delete' 'continue'
returns slot 5
grep -q '^15 10$' slot || fail 'slot: another result' slot
grep -q 'slot, stepped' slot || fail 'the calls ran in no slot' slot

# A function called by scdb: its return is there, and the pointer as before.
# shellcheck disable=SC2016
run called 'break *&the_call' 'run' 'print work(7)' 'print $rip' \
	'set $i = 0' 'while $i < 64' "$show" 'echo \n' 'set $i = $i + 1' end \
	'delete' 'stepi' 'p/x shadow[31]' 'break *&behind' 'continue' \
	'delete' 'continue'
grep -q '= 7$' called || fail 'it was not called' called
[ "$(grep -c '^0x[1-9a-f]' called)" -ge 1 ] ||
	fail 'no return on the shadow stack' called
grep -q "^[$][0-9]* = 0x$(address behind | sed 's/^0*//')\$" called ||
	fail 'the pointer was not put back' called

# return: what is on it goes, so that the next call is where the first was. The
# fake has no return of main's call to outer.
# shellcheck disable=SC2016
run left 'set confirm off' 'break *&the_call' 'run' 'stepi' 'return' \
	'jump *&the_call' 'stepi' \
	'set $i = 0' 'while $i < 64' "$show" 'echo \n' 'set $i = $i + 1' end \
	return return
returns left 1
[ "$(grep -c '^warning: the shadow stack' left)" -eq 1 ] ||
	fail 'return: not one warning' left
finish
