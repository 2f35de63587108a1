#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 900
#
# A breakpoint on every function of libc, from before libc is relocated, in all
# that a program starts: it says and ends as it does by itself, and each
# function is counted as often as it is called. That is known from single
# steps, from a program that knows what it calls, from a second run, and from gdb.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
export SCDB_LIMIT=600
# What programs do must not depend on where they are run, or when.
export LC_ALL=C PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1
unset DEBUGINFOD_URLS
cd "$work" || exit 1

cat >all.cmds <<'END'
set disable-randomization on
handle SIGUSR1 nostop noprint
tcatch syscall set_tid_address
run
rbreak libc:.
info sharedlibrary
info breakpoints
set $i = 2
while $i <= $bpnum
ignore $i 1000000000
set $i = $i + 1
end
echo --- it runs\n
continue
info breakpoints
print $_exitcode
END

# hits_of NAME: from what scdb said, NAME.out, lines "OFFSET HITS" in NAME.hits,
# by the number of the breakpoint.
hits_of()
{
	library=$(sed -n 's/^0x.* \(\/.*\/libc\.so\.6\)$/\1/p' "$1.out")
	start=$(sed -n 's/^\(0x[0-9a-f]*\) .*\/libc\.so\.6$/\1/p' "$1.out")
	text=0x$(readelf -SW "$library" |
		sed -n 's/.* \.text  *PROGBITS  *\([0-9a-f]*\) .*/\1/p')
	base=$((start - text))
	sed -n '/^--- it runs/q; s/^\([0-9]*\) *breakpoint .* \(0x[0-9a-f]*\) in .*/\1 \2/p
		s/^\([0-9]*\) *breakpoint .* \(0x[0-9a-f]*\) <.*/\1 \2/p' \
		"$1.out" | while read -r number address; do
		printf '%s %x\n' "$number" $((address - base))
	done >"$1.offsets"
	sed '1,/^--- it runs/d' "$1.out" | awk '
		FILENAME == ARGV[1] { offset[$1] = $2; next }
		/^[0-9]+ +breakpoint/ { number = $1; hits[number] = 0 }
		/already hit/ { hits[number] = $4 }
		END { for (n in offset) print offset[n], hits[n] }
		' "$1.offsets" - | sort >"$1.hits"
}

# run_all NAME STATUS PROGRAM [ARG...]: with all breakpoints.
run_all()
{
	name=$1 status=$2
	shift 2
	scdb -x all.cmds --args "$@" >"$name.out" 2>"$name.err" </dev/null ||
		fail "$name: scdb failed" "$name.err" "$name.out"
	hits_of "$name"
	[ "$(wc -l <"$name.hits")" -gt 1500 ] ||
		fail "$name: too few breakpoints" "$name.out"
	grep -h -e "can't have a breakpoint" -e '^warning' "$name.out" \
		"$name.err" >complaints
	[ -s complaints ] && fail "$name: complaints" complaints
	grep -q "^\$1 = $status\$" "$name.out" ||
		fail "$name: not status $status" "$name.out"
}

linker=$(readelf -p .interp "$(command -v sort)" |
	sed -n 's/.*\(\/lib.*\)/\1/p')
state=$(readelf --dyn-syms -W "$linker" |
	sed -n 's/.*: *\([0-9a-f]*\) .* _dl_debug_state@.*/\1/p')

# by_steps NAME STATUS PROGRAM [ARG...]: what NAME counted against single steps.
by_steps()
{
	name=$1 wanted=$2
	shift 2
	"$SCDB_TOOLS/counts" "$name.steps" libc.so.6 \
		"$state" "$@" >"$name.said"
	[ $? -eq "$wanted" ] || fail "$name: status under single steps"
	awk 'FILENAME == ARGV[1] { wanted[$1] = $2; next }
		wanted[$1] + 0 != $2 {
			print $1, $2 " hits, " wanted[$1] + 0 " steps" }
		{ hits += $2; called += $2 > 0 }
		END { if (hits < 500 || called < 50) print "few hits: " hits }' \
		"$name.steps" "$name.hits" >"$name.wrong"
	[ -s "$name.wrong" ] && fail "$name: counts" "$name.wrong"
}

# counted NAME FUNCTION TIMES
counted()
{
	awk -v name="[ <](__GI_)?(__|_IO_new_|_IO_)?$2[ >]" '
		/^--- it runs/ { runs = 1 }
		!/^[0-9]+ +breakpoint|already hit/ { next }
		/already hit/ { if (runs && number in here) print $4; next }
		{ number = $1 }
		!runs && $0 ~ name { here[number] }' "$1.out" >number
	[ "$(cat number)" = "$3" ] || fail "$1: not $3 times $2" number
}

# sort
awk 'BEGIN { for (i = 0; i < 300; i++) print i * 7919 % 1009 }' >lines
lines=30
[ "$SCDB_TEST_LONG" ] && lines=300
head -n $lines lines >input
sort input >expected
run_all sort 0 "$(command -v sort)" input -o sorted
same 'sort: output' expected sorted
by_steps sort 0 "$(command -v sort)" input -o sorted

# Children of all kinds, signals, jumps, threads; its status is its sum.
calls=$SCDB_TRACEES/libcalls
run_all libcalls 64 "$calls" 50 threads
grep -qx 'sum 64 abcillls' libcalls.out || fail 'libcalls: output' libcalls.out
counted libcalls getppid 350
counted libcalls umask 300
counted libcalls getsid 25
counted libcalls getpgid 10
[ "$SCDB_TEST_LONG" ] || finish

run_all alone 64 "$calls" 50
by_steps alone 64 "$calls" 50

# again NAME RESULT PROGRAM [ARG...]: another run, that finds the same files,
# counts the same.
again()
{
	before=$1
	rm "$2"
	shift 2
	run_all again 0 "$@"
	same "$before: counts of two runs" "$before.hits" again.hits
	awk '{ hits += $2; called += $2 > 0 }
		END { exit hits < 50000 || called < 200 }' "$before.hits" ||
		fail "$before: few hits"
}

# They look into their directory.
mkdir box
cat >small.c <<'END'
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		printf("%zu\n", strlen(argv[i]));
	return 0;
}
END
gcc -c small.c -o expected.o || exit 1
run_all gcc 0 "$(command -v gcc)" -c small.c -o box/small.o
same 'gcc: output' expected.o box/small.o
again gcc box/small.o "$(command -v gcc)" -c small.c -o box/small.o
[ "$(grep -c 'exited with status 0$' gcc.out)" -eq 3 ] ||
	fail 'gcc: not three processes' gcc.out

program='import json, re, subprocess, sys
text = json.dumps({"a": [1, 2.5], "b": re.sub("[aeiou]", "", sys.version)})
print(text, file=open("box/said", "w"))
sys.exit(0)'
# Without the directory, where files come and go.
python="/usr/bin/python3 -P"
$python -c "$program" || exit 1
mv box/said expected
# shellcheck disable=SC2086
run_all python3 0 $python -c "$program"
same 'python3: output' expected box/said
# shellcheck disable=SC2086
again python3 box/said $python -c "$program"

# gdb is too slow for them all; `ignore` as above.
functions='fclose getenv qsort readlink setlocale sysconf'
for function in $functions; do
	printf 'break %s\nignore $bpnum 1000000\n' "$function"
done >gdb.cmds
printf 'run\ninfo breakpoints\n' >>gdb.cmds
rm box/said
# shellcheck disable=SC2086
timeout 300 gdb -nx -q -batch -ex 'set breakpoint pending on' -x gdb.cmds \
	--args $python -c "$program" >gdb.out 2>&1 </dev/null
number=0
for function in $functions; do
	number=$((number + 1))
	awk -v number=$number '
		/^[0-9]+ +breakpoint/ { here = $1 == number }
		/already hit/ && here { print $4 }' gdb.out >gdb.times
	[ -s gdb.times ] || fail "python3: gdb counts no $function" gdb.out
	counted python3 "$function" "$(cat gdb.times)"
done
finish
