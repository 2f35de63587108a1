#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Functions of the program that are called: what they give is what gdb says,
# and the program goes on as if nothing had been, from a call's entry too.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

cat >"$work/calls" <<'END'
print sum8(1, 2, 3, 4, 5, 6, 7, 8)
print mix(1, 2.5, 3.5, 4, 'a')
print of_floats(1.5, 2)
print of_long(1.25)
print length("hello")
print make_mixed(3, 4.5)
print next_pair(a_pair)
print make_big(100)
print next_floats(a_floats)
print sum_big(a_big, 10)
print nothing()
print factorial(factorial(3)) + 1
END

for program in functions functions-32; do
	gdb -nx -batch -ex 'catch syscall read' -ex run -ex c -ex c \
		-x "$work/calls" "$program" </dev/null 2>&1 |
		sed -n '/^\$/p' >"$work/gdb"
	[ "$(wc -l <"$work/gdb")" -eq 12 ] || fail "gdb's values" "$work/gdb"
	for phase in entry exit; do
		scdb -e "catch syscall read $phase if fd == 0" -e run \
			-x "$work/calls" -e 'handle SIGUSR1 nostop noprint' \
			-e 'print raiser()' -e 'set $x = raiser() + sleeper(0)' \
			-e continue "$program" </dev/null >"$work/all" 2>&1
		sed -n '/^\$[0-9]* = /p' "$work/all" | sed '$d' |
			cmp -s - "$work/gdb" ||
			fail "$program: what functions gave" "$work/gdb" \
				"$work/all"
		grep -q '^read 0, SIGSEGV is blocked, handled 2$' \
			"$work/all" || fail "$program, $phase: what was left" \
				"$work/all"
		grep -q 'exited with status 3' "$work/all" ||
			fail "$program, $phase: the end" "$work/all"
	done
done

# says_after COMMAND PATTERN: where a function does not come back.
says_after()
{
	scdb -e 'catch syscall read entry if fd == 0' -e run -e "$1" functions \
		</dev/null >"$work/all" 2>&1
	grep -q "$2" "$work/all" || fail "$1" "$work/all"
}
says_after 'print crash()' 'received SIGSEGV'
says_after 'print raiser()' 'received SIGUSR1'
says_after 'print leave()' 'exited while in a function'
says_after 'print sum8(1)' 'too few arguments'
says_after 'print nothing(1)' 'too many arguments'
finish
