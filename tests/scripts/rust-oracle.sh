#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Rust's values and types: what gdb says of each line of rust-oracle.list, and
# of the lines below.  (gdb 13 fails on arrays of enums that hold something.)
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
export TERM=dumb DEBUGINFOD_URLS=

"$CC" -o "$work/rust-values" "$SCDB_TOP/tests/objects/rust-values.s" ||
	fail 'the program is not built'
cd "$work" || exit 1

{
	printf 'set width 0\ncatch syscall getpid\nrun\nup\nup\n'
	while IFS= read -r line; do
		printf 'echo @print %s\\n\nprint %s\n' "$line" "$line"
		printf 'echo @ptype %s\\n\nptype %s\n' "$line" "$line"
		printf 'echo @whatis %s\\n\nwhatis %s\n' "$line" "$line"
	done <"$SCDB_TOP/tests/scripts/rust-oracle.list"
	while IFS= read -r line; do
		printf 'echo @%s\\n\n%s\n' "$line" "$line"
	done <<-'END'
		print/x point
		print/x array
		print/x text
		print/d letter
		print &point
		print &pair
		print *&point
		print &text
		print &array[1]
		print rust_values::add(2, 3)
		print sizeof(rust_values::Shape)
		whatis rust_values::Point
		ptype rust_values::Shape
		set print pretty on
		print point
		print line
		print tuple
		print square
		print points
		print triple
		print deep
		set print pretty off
		set print elements 4
		print text
		print zeros
		print slice_bytes
		print points
		set print elements 200
		set print repeats 3
		print zeros
		print many
		set var point.x = 77
		print point
		set var yes = false
		print yes
		set var triple.c[1] = true
		print triple
		print no == false
		backtrace
		down
		print line
		print *line
		print *shape
		info args
		info locals
		whatis *line
		show language
		set language c
		show language
		print line.from
		print line.to.x == 2
		set language rust
		print *line
		show language
		set language auto
		show language
	END
} >cmds

# What each says behind its name.
records()
{
	sed 's/^\((gdb) \)*//; s/^\$[0-9]* = /$ = /' |
		sed -E 's/0x[0-9a-f]{6,}/0xADDR/g' |
		awk '/^@/ { on = 1 } on'
}
timeout 30 gdb -q -nx -batch -x cmds rust-values </dev/null 2>&1 |
	records >gdb.out
sed 's/$//' cmds | timeout 30 "$SCDB" -q --nx rust-values 2>&1 |
	records >scdb.out
count=$(grep -c '^@' gdb.out)
[ "$count" -gt 300 ] || fail "only $count answers of gdb" gdb.out
same 'Rust as gdb has it' gdb.out scdb.out
finish
