#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Breakpoints as gdb has them: the same program, the same commands, the same
# table of them, the same stops and counts of hits, in inlined copies, templates,
# libraries that are loaded by and by, and with conditions, counts and threads.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
unset DEBUGINFOD_URLS
cd "$work" || exit 1

cat >templates.cc <<'EOC'
#include <cstdio>

template <class T> __attribute__((noinline)) T larger(T a, T b)
{
	return a > b ? a : b;
}

namespace ns {
int total = 77;
struct counter {
	int count = 0;
	__attribute__((noinline)) void add(int n)
	{
		count += n;
	}
	__attribute__((noinline)) void add(double n)
	{
		count += (int)n;
	}
};
}

int main()
{
	ns::counter c;

	for (int i = 0; i < 4; i++)
		c.add(larger(i, 2));
	c.add(larger(2.5, 1.5));
	std::printf("%d\n", c.count);
	return 0;
}
EOC
cp "$SCDB_TOP/tests/objects/places.c" program.c
cp "$SCDB_TOP/tests/objects/plug.c" plug.c
often="-DCALLS=10 -DLOADS=1 -DCALLS_PLUGGED=3"
# shellcheck disable=SC2086
$CC -g -O1 $often -o program program.c -ldl || exit 1
# shellcheck disable=SC2086
$CC -g -O0 $often -o slow program.c -ldl || exit 1
$CC -g -O0 -shared -fPIC -o plug.so plug.c || exit 1
g++ -g -O0 -o templates templates.cc || exit 1


# What differs by style: the stop's line, the program's end, threads' notes.
alike()
{
	sed -E -e 's/^\[[0-9.]+\] [0-9]+ "[^"]*" (temporary )?breakpoint ([0-9.]+), /STOP \2 /' \
		-e 's/^(Temporary b|B)reakpoint ([0-9.]+), /STOP \2 /' \
		-e '/^    at 0x/d' -e '/^\[Thread debugging/d' \
		-e '/^Using host libthread_db/d' -e '/^$/d' -e 's/ +$//' \
		-e '/^\[Inferior 1 .* exited/d' -e '/^\[1\] .* exited/d' \
		-e '/^Make breakpoint pending/d' -e 's/0x7fffff[0-9a-f]+/0x7f/' \
		-e '/^warning: Temporarily disabling breakpoints for/d' \
		-e '/^Note: breakpoint/d' -e '/^Will (ignore|stop)/d' -e '/^Deleted breakpoint/d' \
		-e 's/^No symbol "(.*)" in current context\.$/unknown name "\1"/' \
		-e 's/^(unknown name ".*") at column [0-9]+(: .*)?$/\1/' \
		"$1" >"$1.alike"
}

# compare NAME PROGRAM [ARG]: the commands NAME.cmds.
compare()
{
	sed 's/.*/-ex\n&/' "$1.cmds" |
		env -i PATH="$PATH" HOME="$work" LC_ALL=C.UTF-8 xargs -d '\n' sh -c '
		program=$1 arg=$2
		shift 2
		exec gdb -nx -q -batch -ex "set width 0" \
			-ex "set debuginfod enabled off" \
			-ex "unset environment LINES" \
			-ex "unset environment COLUMNS" \
			-ex "set startup-with-shell off" \
			-ex "set breakpoint pending on" "$@" \
			--args "$program" $arg </dev/null' sh "$work/$2" \
		"${3-}" >"$1.gdb" 2>&1
	{
		echo 'set disable-randomization on'
		echo 'set breakpoint pending on'
		cat "$1.cmds"
	} | env -i PATH="$PATH" HOME="$work" LC_ALL=C.UTF-8 timeout 40 "$SCDB" -q --nx \
		--args "$work/$2" ${3+"$3"} >"$1.scdb" 2>&1
	alike "$1.gdb"
	alike "$1.scdb"
	grep -q '^STOP' "$1.gdb.alike" || fail "$1: gdb never stopped" "$1.gdb"
	same "$1: not as gdb" "$1.gdb.alike" "$1.scdb.alike"
}

cat >counts.cmds <<'END'
break work if n > 3
tbreak main
break twice
break nosuch
info breakpoints
ignore 1 2
run
info breakpoints
continue
continue
info breakpoints
clear work
info breakpoints
info breakpoints
continue
END
compare counts slow "$work/plug.so"

cat >plugs.cmds <<'END'
break plugged
break work if n == 9
info breakpoints
run
break plug.c:6
continue
info breakpoints
continue
condition 3 n == 2
info breakpoints
continue
bt
continue
continue
END
compare plugs slow "$work/plug.so"

cat >inlined.cmds <<'END'
break twice
break program.c:28
break first
break second
enable once 3
enable count 2 2
enable delete 4
info breakpoints
run
info breakpoints
continue
info breakpoints
continue
END
compare inlined program "$work/plug.so"

cat >templates.cmds <<'END'
break larger
break ns::counter::add
break ns::counter::add(int) if count == 2 && n == 2
ignore 3 1000
tbreak ns::counter::add(double)
condition 3 count == 4 && this->count + n == 6
info breakpoints
run
continue
continue
disable 1
continue
continue
delete 1
info breakpoints
continue
info breakpoints
continue
END
compare templates templates

cat >errors.cmds <<'END'
break main
delete 99
enable 1.9
disable foo
clear nosuch
tbreak main if zork == 1
condition 7
ignore 99 2
run
break *main+1
break work thread 1 if n == 5
condition 1 zork
info breakpoints
continue
END
compare errors slow "$work/plug.so"
# Conditions of variables in registers and on the stack: each as often as in gdb.
cat >values.c <<'EOC'
#include <limits.h>

static const char text[] = "text";
long global = 3;
unsigned part = 0xfffffff0;
volatile long sink;

__attribute__((noinline, noclone))
void f(int a, unsigned b, signed char c, unsigned char d, short e, long g)
{
	sink = a + (long)b + c + d + e + g;
}

__attribute__((noinline, noclone))
void k(unsigned long h, const char *p, _Bool t, unsigned short u)
{
	sink = (long)h + *p + t + u;
}

int main(void)
{
	static const int ints[] = { 0, 1, -1, 5, INT_MAX, INT_MIN, 1000 };

	for (unsigned i = 0; i < 7; i++) {
		for (unsigned j = 0; j < 7; j++) {
			f(ints[i], (unsigned)ints[j], (signed char)ints[i],
			  (unsigned char)ints[j], (short)ints[i],
			  (long)ints[j] << (i * 5));
			global = ints[i];
			k((unsigned long)ints[i] << (j * 9), text + j % 4,
			  j & 1, (unsigned short)ints[i]);
		}
	}
	return 0;
}
EOC
cat >conditions <<'END'
f a == -1
f a < b
f b > 5
f b == -1
f b == 4294967295
f b >= 2147483647
f c < 0
f c == d
f d == 255
f e < c
f g < 0
f g == a
f g > b
f a % 5 == 0
f a / 2 == 2
f b % 7 == 3
f b / 3 > 100
f (a & 1) == 1
f (a & b) == 0
f (b & 0xf0) == 0xf0
f (g | 1) == g
f g + 1 > g
f a + 1 == -2147483648
f b - 1 > 5
f a * 2 == 10
f -a == 1
f ~a == 0
f !a
f a && b
f a == 1 || b == 1 || c == 5
f a > 0 && g > 0 && !d
f global == 5
f part == 0xfffffff0
f part > a
f global + a == 0
f a
f a ^ 1
f d - c > 200
f e * 100000 > 1
f $rdi == 5
f $edi == -1
f 'A' == d
f sizeof(a) == 4 && a == 5
k h == 0
k h > 9223372036854775807
k h < 100
k (h & 0xff00) != 0
k h + 1 == 0
k p == text
k p > text
k p - text == 2
k *p == 'e'
k p == 0
k t
k t == 1 && u == 5
k u == 65535
k u > 60000
k h == u
k -1 < h
k u - 1 < 0
k p && t
END
{
	sed 's/^\([fk]\) \(.*\)/break \1 if \2/' conditions
	awk '{ print "ignore " NR " 1000000" }' conditions
	printf 'run\ninfo breakpoints\n'
} >values.cmds
hits()
{
	awk '/^[0-9]+ +breakpoint/ { number = $1 }
		/already hit/ { print number, $4 }' "$1"
}
for how in -O0 -O2; do
	$CC -g $how -o values values.c || exit 1
	gdb -nx -q -batch -ex 'set debuginfod enabled off' -x values.cmds \
		"$work/values" </dev/null >gdb.out 2>&1
	scdb -x values.cmds "$work/values" >scdb.out 2>&1
	hits gdb.out >gdb.hits
	hits scdb.out >scdb.hits
	[ "$(wc -l <gdb.hits)" -gt 40 ] || fail "gdb hit little" gdb.out
	same "conditions $how: hits" gdb.hits scdb.hits
	SCDB_LOG=session scdb -x values.cmds "$work/values" 2>log >out
	[ "$(grep -c 'condition at .* is code' log)" -ge 35 ] ||
		fail "$how: few conditions were compiled" log
done

finish
