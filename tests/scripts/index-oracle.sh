#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 600
#
# An index of names that a program brings along changes no answer: .gdb_index and
# .debug_names as gdb writes them and clang's, those of another program, those that
# lie, and noise. Nor does it matter whether a name is the first one asked for or a
# later one. What is asked of a running program is asked in its own file first.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

mkdir "$work/src"
cd "$work/src" || exit 1
cat >h.h <<'END'
static inline int helper(int x) { int y = x * 5; return y ^ 3; }
static inline __attribute__((always_inline)) int always(int x) { return x * 7; }
int other(int);
struct shared { int k; };
extern struct shared shared_var;
END
cat >a.c <<'END'
#include "h.h"
static int twice = 1; int here; enum first { FIRST_1, BOTH };
typedef struct part { int x; } part_t; struct declared; part_t a_part;
int only_a(int x) { return helper(x) + shared_var.k + twice++; }
static __attribute__((noinline)) int same(int x) { return x * 3 + twice; }
int (*pointer)(int) = helper;
int main(int c, char **v)
{
	static int inner;
	enum first e = c;
	struct declared *d = (void *)v;

	inner += e;
	return only_a(c) + same(c) + other(c) + inner + !d;
}
END
cat >b.c <<'END'
#include "h.h"
static long twice = 2; int there; enum second { SECOND_1, BOTH };
typedef long number; number a_number; union part { int a; float f; } a_union;
static __attribute__((noinline)) long same(long x) { return x * 5 - twice; }
/* In one file of its own, in another one the program's. */
static long global_3 = 33; enum { global_4 = 44, fun_3 = 55 };
long global_5(void) { return 5; }
static long fun_1(long x) { return x + global_3; }
static int fun_2 = 22;
int other(int x)
{
	static number inner = 5;
	enum second e = x;

	return helper(x) * 2 + always(x) + same(x) + twice++ + e + inner++ +
	       fun_1(x) + fun_2++ + global_4 + fun_3;
}
END
printf '#include "h.h"\nstruct shared shared_var; short twice_not;\n%s\n' \
	'int unused(void) { return always(4); }
	short global_3 = 3, global_4 = 4; static int global_5 = 6;
	int *to_5 = &global_5; int fun_1(void) { return 1; }
	int fun_2(void) { return 2; } int fun_3(void) { return 3; }' >c.c
names="helper always other shared shared_var twice here first FIRST_1 BOTH part
part_t a_part only_a same pointer main inner declared there second SECOND_1
number a_number a_union unused twice_not int long float nosuch x y global_3 global_4
global_5 fun_1 fun_2 fun_3 a.c::twice b.c::twice b.c::global_3 c.c::global_3
c.c::twice other::inner main::inner"

# shellcheck disable=SC2086
set -- $names
count=$#

# ask NAME: the questions about it.
ask()
{
	case $1 in
	*.c::*) quoted="'${1%%::*}'::${1#*::}" ;;
	*) quoted=$1 ;;
	esac
	printf 'echo == %s\\n\n' "$1"
	printf '%s\n' "print $quoted" "ptype $quoted" "whatis struct $quoted" \
		"info address $1" "info line $1" "info scope $1" "list $1"
}

# run PROGRAM: what is on stdin; what fails does not end it.
run()
{
	timeout 40 "$SCDB" -q --nx "$1" 2>&1
}

# answers PROGRAM: what is said of each name, asked for first.
answers()
{
	for name in $names; do
		ask "$name" | run "$1"
	done
}

# The same, by one scdb, behind names enough that all was read.
later()
{
	{
		yes 'print nosuch' | head -n 30
		for name in $names; do
			ask "$name"
		done
	} | run "$1" | sed -n '/^== /,$p'
}

# What a program that runs says, in a function of a.c and in one of b.c.
running()
{
	{
		printf 'break only_a\nbreak other\nrun\n'
		for at in a.c b.c; do
			printf 'echo == %s\\n\n' "$at"
			for name in $names; do
				case $name in
				*::*) ;;
				*) printf 'print %s\n' "$name" ;;
				esac
			done
			printf 'continue\n'
		done
	} >ask
	# By one path, so that the stack is where it was.
	cp "$1" subject
	timeout 40 setarch -R "$SCDB" -q --nx ./subject <ask 2>&1 |
		sed -n '/^== /,$p' | grep -v '^Breakpoint\|^[0-9]\|^\[1\]'
}

# Values have no numbers.
judged()
{
	sed 's/^\$[0-9]* = //'
}

for options in '-O2 -gdwarf-5' '-O0 -gdwarf-4'; do
	# shellcheck disable=SC2086
	$CC -w $options -o plain a.c b.c c.c || fail "no program with $options"
	answers ./plain | judged >"$work/plain"
	grep -q '^type = struct shared {' "$work/plain" &&
		[ "$(grep -c '^== ' "$work/plain")" -eq "$count" ] ||
		fail "$options: questions are not answered" "$work/plain"
	later ./plain | judged >"$work/out"
	diff "$work/plain" "$work/out" >"$work/diff" ||
		fail "$options: later it is answered otherwise" "$work/diff"
	cp plain gdb-index && gdb-add-index gdb-index >"$work/log" 2>&1
	cp plain gdb-names && gdb-add-index -dwarf-5 gdb-names >>"$work/log" 2>&1
	readelf -SW gdb-index | grep -q ' \.gdb_index ' &&
		readelf -SW gdb-names | grep -q ' \.debug_names ' ||
		fail "gdb-add-index adds no index" "$work/log"
	running ./plain | judged >"$work/running"
	[ "$(grep -c '^== ' "$work/running")" -eq 2 ] ||
		fail "$options: it does not run" "$work/running"
	# Another program's, and noise, under the names of both.
	$CC -w -g -o another c.c -shared -fPIC && gdb-add-index another
	objcopy -O binary --only-section=.gdb_index --set-section-flags \
		.gdb_index=alloc another stale
	head -c 3000 /dev/urandom >noise
	for section in .gdb_index .debug_names .debug_aranges; do
		for what in stale noise; do
			objcopy --remove-section=$section \
				--add-section=$section=$what plain \
				"$what$section" 2>"$work/log" ||
				fail "no $what$section" "$work/log"
		done
	done
	python3 "$SCDB_TOP/tests/scripts/index-liar.py" gdb-index gdb-names \
		>"$work/log" 2>&1 || fail "nothing lies" "$work/log"
	for program in gdb-index gdb-names stale.* noise.* liar.*; do
		answers ./"$program" | judged >"$work/out"
		diff "$work/plain" "$work/out" >"$work/diff" ||
			fail "$options: $program: other answers" "$work/diff"
	done
	for program in gdb-index gdb-names liar.gdb-index.others; do
		running ./"$program" | judged >"$work/out"
		diff "$work/running" "$work/out" >"$work/diff" ||
			fail "$options: $program runs: other answers" \
				"$work/diff"
	done
	rm -f stale.* noise.* liar.*
done

# clang's own, one part an object; and where an object has none.
if command -v clang >/dev/null; then
	clang -w -O1 -gdwarf-5 -gpubnames -c a.c b.c c.c &&
		clang -o clang-names a.o b.o c.o &&
		clang -w -O1 -gdwarf-5 -c b.c && clang -o clang-half a.o b.o c.o ||
		fail "clang makes no program"
	readelf -SW clang-names | grep -q ' \.debug_names ' ||
		fail "clang writes no .debug_names"
	for program in clang-names clang-half; do
		objcopy --remove-section=.debug_names $program plain
		answers ./plain | judged >"$work/plain"
		answers ./$program | judged >"$work/out"
		diff "$work/plain" "$work/out" >"$work/diff" ||
			fail "$program: other answers" "$work/diff"
	done
fi
finish
