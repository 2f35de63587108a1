#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
#
# Values and types as `print`, `x`, `ptype` and `whatis` have them, against
# gdb's, word for word: both stop the same program at the same system call, in
# C and in C++, and are given the commands of a list.
# shellcheck disable=SC2154,SC2086
. "${0%/*}/../helpers.sh"
export LC_ALL=C

# Each command's answer behind a line with the command.  A tab and a reason
# behind a command are no part of it.
script()
{
	sed '/^#/d; s/\t.*//' "$1" | while IFS= read -r line; do
		printf 'echo \\n==%s\\n\n%s\n' "$(printf '%s' "$line" |
			sed 's/["\\]/\\&/g')" "$line"
	done
}

# answers FILE: one line "COMMAND => ANSWER" for each; values have no number,
# and what is on the stack no address.
answers()
{
	awk '/^==/ {
		if (command != "")
			print command " => " text
		command = substr($0, 3)
		text = ""
		next
	}
	command != "" && NF { text = text (text == "" ? "" : " \\n ") $0 }
	' "$1" |
		sed 's/ => \$[0-9]* = / => /; s/0x7ff[c-f][0-9a-f]*/STACK/g'
}

# compare NAME SOURCE COMPILER LIST [OPTIONS]
compare()
{
	list=$SCDB_TOP/tests/scripts/$4
	$3 -w -g -o "$work/$1" "$SCDB_TOP/tests/tracees/$2" ${5:--O0} ||
		fail "$2 can't be compiled"
	script "$list" >"$work/commands"
	printf 'echo \\n==end\\n\n' >>"$work/commands"
	{
		printf 'set width 0\nset height 0\nset confirm off\n'
		printf 'set startup-with-shell off\n'
		printf 'set debuginfod enabled off\ncatch syscall getppid\n'
		printf 'run\n'
		cat "$work/commands"
	} >"$work/gdb.in"
	{
		printf 'set height 0\nset confirm off\n'
		printf 'set disable-randomization on\n'
		printf 'catch syscall getppid entry\nrun\n'
		cat "$work/commands"
	} >"$work/scdb.in"
	gdb -nx -q "$work/$1" <"$work/gdb.in" >"$work/gdb.raw" 2>&1
	timeout 40 "$SCDB" -q --nx "$work/$1" <"$work/scdb.in" \
		>"$work/scdb.raw" 2>&1
	# An error ends a file of commands, not what comes from standard input.
	sed 's/(gdb) //g' "$work/gdb.raw" >"$work/gdb.said"
	answers "$work/gdb.said" >"$work/gdb"
	answers "$work/scdb.raw" >"$work/scdb"
	differences "$1" "$list"
}

differences()
{
	count=$(($(wc -l <"$work/gdb")))
	[ "$count" -eq "$(($(wc -l <"$work/scdb")))" ] ||
		fail "$1: not as many answers" "$work/gdb" "$work/scdb.raw"
	sed -n 's/^\([^#\t][^\t]*\)\t.*/\1/p' "$2" >"$work/allowed"
	awk -v allowed="$work/allowed" -v other="$work/scdb" '
		BEGIN { while ((getline line < allowed) > 0) may[line] = 1 }
		{ getline said < other }
		$0 != said {
			command = substr($0, 1, index($0, " => ") - 1)
			if (!(command in may)) {
				print "gdb  " $0
				print "scdb " said
			}
		}' "$work/gdb" >"$work/diff"
	[ ! -s "$work/diff" ] ||
		fail "$1: of $count answers some differ from gdb" "$work/diff"
	total=$((total + count))
}

total=0
compare values values.c "$CC" print-oracle.list
compare values-cc values-cc.cc "${CXX:-g++}" print-oracle-cc.list
compare scope-cc scope-cc.cc "${CXX:-g++}" print-oracle-scope.list
compare vla vla.c "$CC" print-oracle-vla.list
compare pieces pieces.c "$CC" print-oracle-pieces.list -O2
compare exprs-cc exprs-cc.cc "${CXX:-g++}" print-oracle-exprs.list
compare virtual-cc virtual-cc.cc "${CXX:-g++}" print-oracle-virtual.list
compare byvalue-cc byvalue-cc.cc "${CXX:-g++}" print-oracle-byvalue.list
# A library's own names are others than the program's.
$CC -w -g -shared -fPIC -o "$work/libnames.so" -x c \
	"$SCDB_TOP/tests/tracees/names-lib.inc" || fail "no library"
compare names-cc names-cc.cc "${CXX:-g++}" print-oracle-names.list \
	"-O0 -L$work -lnames -Wl,-rpath,$work"
[ "$total" -ge 1500 ] || fail "only $total answers were compared"
echo "$total answers"
finish
