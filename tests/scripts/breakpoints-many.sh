#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
# A breakpoint on each of 2,000 functions by one regular expression: each is hit
# as often as its function is called, in a program that does what it did; they
# go all at once; and it takes no longer than it may.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
cd "$work" || exit 1
count=2000

awk -v count=$count 'BEGIN {
	print "#include <stdio.h>\nvolatile int sum;"
	for (i = 0; i < count; i++)
		printf "__attribute__((noinline)) void work_%d(int n)" \
			"{ sum += n + %d; }\n", i, i
	print "int main(void)\n{"
	for (i = 0; i < count; i++)
		printf "\tfor (int i = 0; i <= %d; i++) work_%d(i);\n", \
			i % 3, i
	print "\tprintf(\"%d\\n\", sum);\n\treturn 5;\n}"
}' >many.c
$CC -g -O1 -o many many.c || exit 1
./many >expected
[ $? -eq 5 ] || fail "the program itself"

{
	echo 'rbreak ^work_'
	awk -v count=$count 'BEGIN {
		for (i = 1; i <= count; i++) print "ignore " i " 100" }'
	printf 'run\ninfo breakpoints\ndelete\ninfo breakpoints\nrun\n'
} >commands
scdb -x commands ./many >out 2>err </dev/null || fail "status" err out
[ "$(grep -c '^Breakpoint [0-9]* at 0x' out)" -eq $count ] ||
	fail "not all were set" out
awk '/^[0-9]+ +breakpoint/ {
		name = $7; sub(/work_/, "", name); wanted = name % 3 + 1 }
	/already hit/ { seen++; if ($4 != wanted) print name, $4, wanted }
	END { print seen + 0 }' out >hits
[ "$(cat hits)" = $count ] || fail "hits" hits
[ "$(grep -cx "$(cat expected)" out)" -eq 2 ] || fail "the results" out
[ "$(grep -c 'exited with status 5$' out)" -eq 2 ] || fail "the ends" out
grep -qx 'No breakpoints or catchpoints.' out || fail "some are left" out

# Set while it runs, in the time of the processor that scdb takes itself.
printf 'break main\nrun\nrbreak ^work_\ndelete\nrbreak ^work_\ndisable\nenable
delete\ncontinue\n' >commands
scdb -x commands ./many >out 2>err </dev/null || fail "while it runs" err out
[ "$(tail -n 1 out | grep -c 'status 5$')" -eq 1 ] || fail "its end" out
[ "$(grep -c '^Breakpoint [0-9]* at 0x' out)" -eq $((2 * count + 1)) ] ||
	fail "not all were set while it runs" out
prlimit --cpu=8 "$SCDB" -q --nx --batch -x commands ./many >out 2>err \
	</dev/null ||
	fail "it took more than 8 seconds of a processor" err
finish
