#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `info address` of all names that a program's debug information has, from each
# of its frames, against gdb.  gdb tells where ranges are counted from, and of
# ranges that hold nothing; scdb doesn't.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

judged()
{
	sed -n '/^== /,$p' | sed 's/Base address 0x[0-9a-f]*  Range/Range/' |
		awk '/Range/ {
			split($2, ends, /[-:]/)
			if (!/Corrupted/ && ends[1] == ends[2])
				next
		}
		/Corrupted DWARF2|the rest can/ {
			print "unreadable"
			getline
			next
		}
		/^== frame/ { on = 0 }
		/^== [0-9]/ { on = 1 }
		on && NF { sub(/ current context\.$/, " current context"); print tolower($0) }'
}

# ask OPTION...
ask()
{
	$CC -w "$@" -o "$work/types" "$SCDB_TOP/tests/tracees/types.c" ||
		fail "it can't be compiled with $*"
	readelf --debug-dump=info "$work/types" | awk '
		/Abbrev Number/ {
			on = /DW_TAG_(variable|formal_parameter)/
		}
		on && / DW_AT_name / { print $NF }' | sort -u >"$work/names"
	{
		echo 'catch syscall write'
		echo 'run >/dev/null'
		for frame in $(seq 0 7); do
			printf 'echo \\n== frame\\n\nframe %s\n' "$frame"
			while read -r name; do
				printf 'echo \\n== %d %s\\n\n' "$frame" "$name"
				echo "info address $name"
			done <"$work/names"
		done
		printf 'echo \\n== frame\\n\n'
	} >"$work/script"
	gdb -nx -q "$work/types" 2>&1 <"$work/script" |
		sed 's/^(gdb) //' | judged >"$work/gdb"
	setarch -R timeout 60 "$SCDB" -q --nx "$work/types" 2>&1 <"$work/script" |
		judged >"$work/scdb"
	diff "$work/gdb" "$work/scdb" >"$work/diff" ||
		fail "$*: addresses differ" "$work/diff"
	total=$((total + $(grep -c '^symbol' "$work/gdb")))
}

total=0
ask -g -O0
ask -g -O2
[ $total -gt 300 ] || fail "only $total answers"
echo "$total answers"
finish
