#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
# Steps against gdb: the same random rows of step, next, finish, until, stepi and
# nexti in both, and after each the place and the two innermost frames must be the
# same.  C and C++, with and without optimisation: recursion, inlined functions,
# templates, exceptions that are caught within, tail calls, lazy binding.  And
# 2,000 times stepi against bare single steps.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
cd "$work" || exit 1

cat >plain.c <<'END'
#include <stdio.h>

volatile int sink;
struct big { long a[5]; };

static int leaf(int x)
{
	int y = x * 2;
	y += 3;
	return y;
}

__attribute__((noinline)) int callee(int n) { sink = n; return n + 4; }
__attribute__((noinline)) int tail(int n)
{
	sink = n * 2;
	return callee(n + 1);
}

static int fact(int n)
{
	if (n <= 1)
		return 1;
	return n * fact(n - 1);
}

static struct big make(long n)
{
	struct big b = { { n, n + 1, n + 2 } };
	return b;
}

static double half(double d) { return d / 2; }

int main(void)
{
	int sum = 0;
	struct big b;

	for (int i = 0; i < 3; i++)
		sum += leaf(i);
	sum += fact(5) + tail(sum);
	printf("sum %d\n", sum);
	b = make(4);
	printf("%ld %g\n", b.a[1], half(3));
	puts("done");
	return 0;
}
END
cat >classes.cc <<'END'
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

volatile int sink;
static inline __attribute__((always_inline)) int inner(int x)
{
	int r = x * 3;
	sink = r;
	return r + 1;
}
static inline __attribute__((always_inline)) int outer(int x)
{
	int a = inner(x);
	a += inner(x + 1);
	return a;
}
struct guard {
	int v;
	guard(int x) : v(x) { sink = x; }
	~guard() { sink = -v; }
};
__attribute__((noinline)) int thrower(int n)
{
	guard g(n);
	if (n > 2)
		throw std::runtime_error("deep");
	return n;
}
__attribute__((noinline)) int catcher(int n)
{
	guard g(7);
	try {
		sink = thrower(n);
	} catch (std::exception &e) {
		sink = 99;
		return -1;
	}
	return n;
}
template <typename T> T add(T a, T b) { return a + b; }
int rec(int n)
{
	if (n <= 0)
		return 0;
	int r = rec(n - 1);
	return r + n;
}
int main()
{
	std::vector<int> v;
	std::string s = "hello";
	int total = 0;
	for (int i = 0; i < 4; i++) {
		v.push_back(i);
		total += outer(i);
	}
	total += catcher(1);
	total += rec(4);
	total += add(2, 3) + (int)add(2.5, 1.5);
	s += "x";
	printf("%d %s\n", total, s.c_str());
	return 0;
}
END

# rows COUNT WORDS: what both are asked, into ./rows
rows()
{
	left=$1
	shift
	: >rows
	while [ "$left" -gt 0 ]; do
		left=$((left - 1))
		random $#
		eval "word=\${$((random + 1))}"
		# shellcheck disable=SC2154
		printf '%s\necho @@ %s\\n\np/x (long)$pc & 0xfff\nbacktrace 2\n' \
			"$word" "$word" >>rows
	done
}

# places FILE: after each command where in its page the pc is, and two frames
places()
{
	# Where it has no source gdb ends a stop's line with a tab alone.
	sed 's/(gdb) //g; s/(scdb) //g; s/^0x[0-9a-f]*\t@@/@@/' "$1" | awk '
	/^@@ / { n++; frames = 0; pc = ""; print; next }
	n && !pc && /^\$[0-9]+ = 0x/ { pc = $3; print pc; next }
	n && /^#[01] / && frames < 2 {
		frames++
		sub(/^#[0-9]+ +/, "")
		sub(/^0x[0-9a-f]+ in /, "")
		place = ""
		if (match($0, / at [^ ]+$/)) {
			place = substr($0, RSTART + 4)
			sub(/.*\//, "", place)
		}
		sub(/ ?\(.*/, "")
		while (gsub(/<[^<>]*>/, ""))
			;
		print "  " $0 " " place
	}'
}

# compare PROGRAM COUNT WORDS
compared=0
compare()
{
	program=$1
	shift
	rows "$@"
	{
		printf 'set debuginfod enabled off\nset width 0\n'
		printf 'set backtrace past-main on\nset confirm off\n'
		printf 'tbreak main\nrun\n'
		cat rows
		echo kill
	} >ask.gdb
	{
		printf 'set disable-randomization on\n'
		printf 'set backtrace-past-main on\ntbreak main\nrun\n'
		cat rows
		echo kill
	} >ask.scdb
	timeout 60 gdb -nx -q "$program" <ask.gdb >gdb.out 2>/dev/null
	timeout 60 "$SCDB" -q --nx "$program" <ask.scdb >scdb.out 2>/dev/null
	places gdb.out >gdb.places
	places scdb.out >scdb.places
	# Where the program has ended there is nothing more to compare.
	[ "$(grep -c ^0x gdb.places)" -gt 0 ] ||
		fail "gdb did not step through $program" gdb.out
	compared=$((compared + $(grep -c ^0x gdb.places)))
	cmp -s gdb.places scdb.places && return
	diff gdb.places scdb.places >difference
	fail "steps through $program differ from gdb's" difference
}

for level in O0 O2; do
	"$CC" -g -$level -Wl,-z,lazy -o plain-$level plain.c &&
		g++ -g -$level -Wl,-z,lazy -o classes-$level classes.cc ||
		fail "the compiler"
done
rounds=1
[ -z "$SCDB_TEST_LONG" ] || rounds=25
while [ $rounds -gt 0 ]; do
	rounds=$((rounds - 1))
	for program in plain-O0 plain-O2 classes-O0 classes-O2; do
		compare "$program" 40 step step step next next next finish \
			until
		compare "$program" 60 step next next next next finish until \
			stepi nexti 'stepi 7' 'next 2'
	done
done

count=2000
[ -z "$SCDB_TEST_LONG" ] || count=10000
env -i "$SCDB_TOOLS/single" $count "$work/plain-O0" >bare
awk -v n=$count 'BEGIN {
	print "set disable-randomization on\nstarti"
	for (i = 0; i < n; i++)
		print "stepi\np/x $pc"
}' >ask
env -i timeout 60 "$SCDB" -q --nx --batch -x ask "$work/plain-O0" 2>/dev/null |
	sed -n 's/^\$[0-9]* = //p' >stepped
[ "$(wc -l <bare)" -eq $count ] || fail "bare single steps" bare
same "stepi $count times" bare stepped
echo "$compared places as gdb's, $count single steps"
finish
