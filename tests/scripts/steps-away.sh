#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Functions that are left by an exception or a longjmp while they are run
# through, where gdb without probes in the libraries loses the thread: `next`,
# `finish` and `until` end where the jump leads, at -O0 and -O2, and no site stays
# in the program, which then runs as without scdb.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
cd "$work" || exit 1

cat >away.cc <<'END'
#include <csetjmp>
#include <cstdio>
#include <stdexcept>

volatile int sink;
static std::jmp_buf back;

__attribute__((noinline)) void thrower(int n)
{
	sink = n;
	if (n > 2)
		throw std::runtime_error("deep");
}
__attribute__((noinline)) void through(int n)
{
	thrower(n);
	sink = -n;
}
__attribute__((noinline)) int catcher(int n)
{
	try {
		through(n); /* throws */
		sink = 1;
	} catch (std::exception &e) { /* caught */
		sink = 2;
		return -1;
	}
	return n;
}
__attribute__((noinline)) void jumper(int n)
{
	sink = n;
	std::longjmp(back, n);
}
int main()
{
	int total = catcher(1);
	total += catcher(5);
	if (setjmp(back) == 0) { /* set */
		jumper(3); /* jumps */
		sink = 5;
	}
	printf("%d\n", total);
	return 0;
}
END
line()
{
	awk -v "word=/[*] $1 [*]/" '$0 ~ word { print NR }' away.cc
}

# ends NAME WORD COMMAND...: the last command leads to the line with WORD
ends()
{
	name=$1 word=$2
	shift 2
	for command; do
		printf '%s\n' "$command"
	done >ask
	printf 'echo @@\\n\nframe\ncontinue\n' >>ask
	scdb -x ask ./away >said 2>&1 || fail "$name at -$level" said
	sed '1,/^@@/d' said | grep -q "away.cc:$(line "$word")\$" ||
		fail "$name at -$level does not end at: $word" said
	grep -q 'exited with status 0' said &&
		grep -qx 0 said || fail "$name at -$level: the program" said
}

for level in O0 O2; do
	g++ -g -$level -o away away.cc || fail "the compiler"
	ends 'next over a throw' caught 'break catcher if n == 5' run \
		delete next
	ends 'finish by a throw' caught 'break thrower if n == 5' run \
		delete finish
	ends 'next over longjmp' set "tbreak away.cc:$(line jumps)" run next
	ends 'finish by longjmp' set 'break jumper' run delete finish
done
finish
