#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 300
#
# Line tables against gdb: which line an address belongs to and how far it
# goes, where a line's code is, and where a function's prologue ends; of scdb
# itself and of small programs, with and without optimisation.  addr2line too,
# which takes the last of several rows at one address, where gdb prefers a
# statement: only addresses with one row are compared, and only the numbers
# (with several files of one line table it may name the wrong one).
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
lines=$SCDB_TOOLS/lines

# same WHAT PROGRAM: $work/gdb and $work/scdb
same()
{
	sort -u "$work/gdb" >"$work/gdb.sorted"
	sort -u "$work/scdb" >"$work/scdb.sorted"
	[ -s "$work/gdb.sorted" ] || fail "$1 of $2: gdb said nothing"
	diff "$work/gdb.sorted" "$work/scdb.sorted" >"$work/difference" ||
		fail "$1 of $2: not what gdb says" "$work/difference"
}

# instructions PROGRAM: their addresses, a sample of them.
instructions()
{
	step=1
	objdump -d --no-show-raw-insn "$1" |
		sed -n 's/^ *\([0-9a-f]*\):.*/\1/p' >"$work/all"
	[ -n "$SCDB_TEST_LONG" ] || step=$(($(wc -l <"$work/all") / 2000 + 1))
	awk -v "step=$step" -v "seed=$SCDB_TEST_SEED" \
		'NR % step == seed % step' "$work/all"
}

# addresses PROGRAM
addresses()
{
	instructions "$1" >"$work/addresses"
	sed 's/^/info line *0x/' "$work/addresses" >"$work/ask"
	gdb -nx -q -batch -ex 'set width 0' -ex 'set filename-display absolute' \
		-x "$work/ask" "$1" 2>&1 | sed -n '
		s/^Line \([0-9]*\) of "\([^"]*\)" starts at address 0x\([0-9a-f]*\).* and ends at 0x\([0-9a-f]*\).*/\2:\1 \3 \4/p
		s/^No line number.*/?/p' | paste -d' ' "$work/addresses" - \
		>"$work/gdb"
	"$lines" "$1" address <"$work/addresses" >"$work/scdb"
	sed -i 's,/\./,/,g; s,/[^/.]*/\.\./,/,g' "$work/gdb" "$work/scdb"
	same addresses "$1"
}

# The rows at an address that is one row's alone.
simple_rows()
{
	addr2line -e "$1" <"$work/addresses" | sed 's/ (discriminator.*//
		s/^??:.*/?/; s/.*:?$/?/' | paste -d' ' "$work/addresses" - \
		>"$work/theirs"
	objdump --dwarf=decodedline "$1" 2>/dev/null |
		sed -n 's/.* 0x\([0-9a-f]*\) .*/\1/p' | sort | uniq -d \
		>"$work/several"
	awk 'FILENAME ~ /several$/ { several[$1] = 1; next }
		{ sub(/.*:/, "", $2) }
		FILENAME ~ /scdb$/ { line[$1] = $2; start[$1] = $3; next }
		$2 != line[$1] && !(start[$1] in several)' \
		"$work/several" "$work/scdb" "$work/theirs" >"$work/difference"
	[ ! -s "$work/difference" ] ||
		fail "addresses of $1: not what addr2line says" \
			"$work/difference"
}

# places PROGRAM FILE...: FILE as the compiler named it
places()
{
	program=$1
	shift
	LINES_FILES=
	: >"$work/scdb"
	for file; do
		count=$(wc -l <"$SCDB_TOP/$file")
		LINES_FILES="$LINES_FILES $file:$count"
		"$lines" "$program" places "$file" "$count" |
			sed "s,^,place $file ," >>"$work/scdb"
	done
	export LINES_FILES
	gdb -nx -q -batch -x "$SCDB_TOP/tests/tools/lines.py" "$program" \
		>"$work/gdb" 2>&1
	same places "$program"
}

# entries PROGRAM: functions that have their name for themselves, a sample
entries()
{
	nm "$1" | awk '$2 ~ /[tT]/ && $3 !~ /[.@]|^_|^\./ { print $3, $1 }' |
		sort >"$work/functions"
	awk '{ count[$1]++; addr[$1] = $2 }
		END { for (f in count) if (count[f] == 1) print f, addr[f] }' \
		"$work/functions" | sort >"$work/alone"
	step=1
	[ -n "$SCDB_TEST_LONG" ] || step=$(($(wc -l <"$work/alone") / 300 + 1))
	awk -v "step=$step" 'NR % step == 0' "$work/alone" >"$work/named"
	sed 's/^\([^ ]*\) .*/break \1/' "$work/named" >"$work/ask"
	# Some have several places, which gdb does not say here.
	gdb -nx -q -batch -x "$work/ask" "$1" 2>&1 |
		sed -n 's/^Breakpoint .*locations.*/several/p
			s/^Breakpoint [0-9]* at 0x\([0-9a-f]*\).*/\1/p
			s/^Function .*/none/p' >"$work/broken"
	sed 's/^[^ ]* 0*//' "$work/named" >"$work/addresses"
	paste -d' ' "$work/addresses" "$work/broken" |
		grep -vE 'several|none' >"$work/gdb"
	"$lines" "$1" entry <"$work/addresses" >"$work/ours"
	awk 'NR == FNR { asked[$1] = 1; next } $1 in asked' "$work/gdb" \
		"$work/ours" >"$work/scdb"
	same entries "$1"
}

tracee=$SCDB_TOP/tests/tracees/lines.c
cd "$SCDB_TOP" || exit 1
set -- '-O0' '-O2' '-O2 -gdwarf-4 -ffunction-sections' '-O0 -m32'
[ -z "$SCDB_TEST_LONG" ] || set -- "$@" '-O1' '-Og' '-O3' '-O0 -gdwarf-2' \
	'-O2 -m32' '-O2 -flto' '-O2 -static'
for flags; do
	# shellcheck disable=SC2086
	$CC $flags -g -D_GNU_SOURCE -o "$work/program" tests/tracees/lines.c ||
		fail "the compiler does not take $flags"
	echo "$flags:" >"$work/flags"
	addresses "$work/program"
	simple_rows "$work/program"
	places "$work/program" tests/tracees/lines.c tests/tracees/lines.h
	entries "$work/program"
	[ $failures -eq 0 ] || { fail "with $flags"; finish; }
done
[ -e "$tracee" ] || fail "no $tracee"
# Sanitizers add constructors that no function of the debug information has: for
# their line scdb has a place and gdb none.
subject=$SCDB
[ "${SCDB%/san/scdb}" = "$SCDB" ] || subject=$SCDB_TOP/scdb
cp "$subject" "$work/itself"
addresses "$work/itself"
simple_rows "$work/itself"
places "$work/itself" src/expr/parse.c src/main.c src/session/stop.c \
	src/base/vec.h src/target/target.h src/session/internal.h
entries "$work/itself"
finish
