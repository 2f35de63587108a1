#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
#
# Arguments and locals of all frames, in code that was optimised in several
# ways, at each write(2) of a program, against gdb: values, <optimized out>,
# entry values.  Only frames of the program itself: libc has random numbers.
# gdb does not find the arguments that libc passed to main, scdb does.
# shellcheck disable=SC2154,SC2086
. "${0%/*}/../helpers.sh"

stops=9

# judged: a line for each variable, with the stop and the function before it.
# (gdb counts frames that tail calls left, too.)
judged()
{
	sed 's/0x[0-9a-f]*/ADDRESS/g' | awk '
		/^== / { stop = $2; frame = ""; next }
		/^#/ {
			own = / at .*types\.c:/
			sub(/^#[0-9]* */, "")
			sub(/ at .*types\.c:/, " at types.c:")
			frame = own ? ($2 == "in" ? $3 : $1) : ""
			if (/ main \(/)
				next
		}
		stop != "off" && frame != "" && NF {
			sub(/^ */, "")
			print stop, frame, $0
		}' | sort
}

# ask OPTION...
ask()
{
	(cd "$work" && $CC -w "$@" -o types "$SCDB_TOP/tests/tracees/types.c") ||
		fail "it can't be compiled with $*"
	{
		echo 'catch syscall write'
		echo 'run >/dev/null'
		n=0
		while [ $n -lt $stops ]; do
			printf 'echo \\n== %d\\n\nbacktrace -full\n' $n
			printf 'echo \\n== off\\n\ncontinue\ncontinue\n'
			n=$((n + 1))
		done
	} >"$work/script"
	gdb -nx -batch -x "$work/script" "$work/types" 2>&1 </dev/null |
		judged >"$work/gdb"
	scdb -x "$work/script" "$work/types" 2>&1 </dev/null |
		judged >"$work/scdb"
	count=$(($(wc -l <"$work/gdb")))
	[ $count -gt 50 ] || fail "gdb knows $count variables with $*"
	diff "$work/gdb" "$work/scdb" >"$work/diff" ||
		fail "$*: variables differ" "$work/diff"
	total=$((total + count))
}

total=0
ask -g -O0
ask -g -O1
ask -g -O2
ask -g -O2 -gdwarf-4
ask -g -O3 -fno-inline
ask -g -Og -gsplit-dwarf

echo "$total lines"
finish
