#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
#
# What debug information says, against gdb: types as `whatis`, `ptype` and
# `ptype/o` have them, in C and C++, by several compilers' options; the lists of
# types, functions and variables; scopes.
# shellcheck disable=SC2154,SC2086
. "${0%/*}/../helpers.sh"

c_names="empty point bits nested number color sparse flags big anon anone anonu
bin cb node flexp zero packed aligned fp quals cp vu pcp m pm fnp v4 v8 simd deep
bitmix holes ubits und vp argvv str fa ul ll uc sc sh fl db unnamed unnamedp
unnamede fpv cvc vpp rp by_value main returns"
cc_names="plain hidden vec scoped pe u an virt fw al op opub iref nd wc cref arr
fpn mpd mpf uns lambda dd ns::derived ns::derived::sub"

# build NAME SOURCE OPTION...
build()
{
	name=$1 source=$2
	shift 2
	case $source in
	*.cc) compiler=${CXX:-g++} ;;
	*) compiler=$CC ;;
	esac
	(cd "$work" && $compiler -w "$@" -c -o "$name.o" "$source" &&
		$compiler -o "$name" "$name.o") ||
		fail "$source can't be compiled with $*"
}

# ask PROGRAM LANGUAGE: the commands of $work/commands, of both, each answer behind the
# command; differences are failures.
ask()
{
	{
		echo starti
		sed 's/.*/echo \\n== &\\n\n&/' "$work/commands"
	} >"$work/script"
	gdb -nx -batch -ex 'set language '"$2" -x "$work/script" "$1" 2>&1 |
		grep -Ev '^warning: |^Symbol .* is a function at' |
		judged >"$work/gdb"
	scdb -x "$work/script" "$1" >"$work/out" 2>&1 ||
		fail "$1: scdb failed" "$work/out"
	judged <"$work/out" >"$work/scdb"
	count=$(($(wc -l <"$work/commands")))
	diff "$work/gdb" "$work/scdb" >"$work/diff" ||
		fail "$1: $count questions are answered otherwise" "$work/diff"
	total=$((total + count))
}

# What follows the start and comes before the end, with no address of a PIE.
judged()
{
	sed -n '/^== /,$p' | grep -Ev '^\[.*killed|^\[Inferior|^$' |
		sed 's/0x[0-9a-f]*/ADDRESS/g'
}

# types NAME...
types()
{
	for name; do
		for command in whatis ptype ptype/o; do
			echo "$command $name"
		done
	done >"$work/commands"
}

total=0
tracees=$SCDB_TOP/tests/tracees
types $c_names
build types "$tracees/types.c" -g -O0
ask "$work/types" c
build types-o2 "$tracees/types.c" -g -O2 -gdwarf-4 -fdebug-types-section
ask "$work/types-o2" c
types point nested bits bitmix node simd fp
build types-split "$tracees/types.c" -g -gsplit-dwarf
ask "$work/types-split" c
build types-old "$tracees/types.c" -gdwarf-2 -gstrict-dwarf
ask "$work/types-old" c
types $cc_names
build types-cc "$tracees/types-cc.cc" -g -fpermissive
ask "$work/types-cc" c++

printf '%s\n' 'info scope main' 'info scope optimised' >"$work/commands"
ask "$work/types" c
# gdb 13 takes a variable in pieces there for corrupted.
echo 'info scope main' >"$work/commands"
ask "$work/types-o2" c

# Of the program's file, and of nothing else.
for command in 'info types' 'info types ^n' 'info functions -n' \
	'info variables -n' 'info types t' 'info types unsigned long' \
	'info functions' 'info functions -q _init' 'info variables -q ^_'; do
	programs="types types-o2"
	[ "$command" != 'info functions -n' ] || programs="$programs types-cc"
	for program in $programs; do
		gdb -nx -batch -ex "$command" "$work/$program" >"$work/gdb" 2>&1
		scdb -e "$command" "$work/$program" >"$work/scdb" 2>&1
		diff "$work/gdb" "$work/scdb" >"$work/diff" ||
			fail "$program: $command" "$work/diff"
		total=$((total + 1))
	done
done

echo "$total questions"
finish
