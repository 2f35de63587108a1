#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The full screen: the panes code and source, and breakpoints in them.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
. "$SCDB_TOP/tests/screen.sh"

screen_start 90 36 "$SCDB --nx --tui ./steps; echo; echo it ended"
shows 'F7 next call'
type_line 'tui layout rows(columns(code source):2 prompt)'
type_line 'break main'
type_line run
shows 'breakpoint 1, main'

# A line without code: the breakpoint is in the next one, and goes from there.
type_line 'tui focus source'
keys /
type_line 'signal(SIGUSR1'
keys k Space
shows 'Breakpoint 2 at'
keys Space
shows 'Deleted breakpoint 2'
keys q

# What the pane source shows, which is lines FIRST to LAST of the file.
source_shows()
{
	screen | sed -n '/^─ prompt/q; s/^─.*//; s/^[^│]*│....//p' |
		cut -c -40 | sed 's/ *$//' >"$work/shown"
	awk -v "first=$1" -v "last=$2" 'NR >= first && NR <= last {
		print NR "\t" $0 }' "$SCDB_TOP/tests/tracees/steps.c" |
		expand | cut -c -40 | sed 's/ *$//' >"$work/lines"
	[ -s "$work/lines" ] && cmp -s "$work/lines" "$work/shown"
}

# source_is FIRST LAST
source_is()
{
	until_true source_shows "$@" ||
		same "lines $1 to $2" "$work/lines" "$work/shown"
}

# The file goes on where its page ends, up to its ends; . comes back.
in_file=$(wc -l <"$SCDB_TOP/tests/tracees/steps.c")
rows=$(screen | sed '/^─ prompt/,$d' | wc -l)
rows=$((rows - 1))
[ "$rows" -gt 10 ] && [ "$rows" -lt "$in_file" ] || fail "$rows rows"
type_line 'tui focus source'
keys g k k k
source_is 31 $((30 + rows))
keys PPage
source_is $((32 - rows)) 31
keys PPage PPage k k
source_is 1 "$rows"
keys G j
source_is 2 $((rows + 1))
keys NPage NPage NPage NPage j j
source_is $((in_file - rows + 1)) "$in_file"
shows '> 44'
keys .
shows '│ 0x'
shows 'is in main'
keys q
type_line 'tui select -1000'
source_is 1 "$rows"

# Code goes on before and behind its function.
type_line 'tui focus code'
keys g k k
shows '<signals+'
until_true screen_lacks 'Dump of' || fail 'not the whole page' "$work/screen"
shows '=> 0x'
keys .
shows 'Dump of assembler code'
until_true screen_lacks '<signals+' || fail 'nothing came back' "$work/screen"
keys G j
shows '<main+'
until_true screen_lacks 'End of' || fail 'nothing behind main' "$work/screen"
keys NPage
shows '<_fini'
keys q
type_line 'tui select -1000'
shows '<handler>'

# At the prompt F9 is about the line where the program stands, wherever the panes
# were scrolled to.
keys F9
shows 'Deleted breakpoint 1'
keys F9
shows 'Breakpoint 3 at'
type_line 'info breakpoints'
shows 'in main at tests/tracees/steps.c:44'

# So a step comes back in both.
type_line 'tui focus code'
keys g k k q
type_line 'tui focus source'
keys g k k q
until_true screen_lacks 'is in main' || fail 'source stays' "$work/screen"
until_true screen_lacks 'Dump of' || fail 'code stays' "$work/screen"
type_line next
shows 'Dump of assembler code'
shows 'is in main (tests'
shows '> 45'

type_line 'tui layout rows(calls prompt)'
keys F9
type_line sum
shows '(scdb) break sum'
shows 'Breakpoint 4 at'

type_line kill
shows '(y or n)'
type_line y
type_line quit
shows 'it ended'
finish
