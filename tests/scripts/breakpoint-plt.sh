#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A function of a library that is not loaded yet, in a program without symbols:
# its entry in the program stands for it until then, as in gdb.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
cat >"$work/a.c" <<'END'
#include <stdio.h>
int main(int argc, char **argv) { (void)argv; printf("%d\n", argc); return 0; }
END
$CC -O0 -o "$work/a" "$work/a.c" && strip -s "$work/a" || fail 'no program'
scdb -e 'break printf' -e 'info breakpoints' -e run -e 'info breakpoints' \
	--args "$work/a" >"$work/out" 2>&1 || fail 'scdb failed' "$work/out"
gdb -nx -q -batch -ex 'break printf' -ex 'info breakpoints' "$work/a" \
	>"$work/gdb" 2>&1
grep '^1 ' "$work/gdb" | grep -q '<printf@plt>' ||
	fail 'gdb has no entry for it' "$work/gdb"
[ "$(grep '^1 ' "$work/out" | head -n 1)" = "$(grep '^1 ' "$work/gdb")" ] ||
	fail 'not where gdb has it' "$work/out" "$work/gdb"
grep '^1 ' "$work/out" | tail -n 1 | grep -q 'printf@plt' &&
	fail 'it stayed there' "$work/out"
grep -q 'already hit 1 time$' "$work/out" || fail 'not hit once' "$work/out"
finish
