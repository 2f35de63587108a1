#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 180
# The full screen: what is done with a line of a pane, layouts, the mouse.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
. "$SCDB_TOP/tests/screen.sh"

# mouse COLUMN ROW BUTTON...: counted from 0, as X10 has them; 3 lets go.
mouse()
{
	where="$(printf %x $((33 + $1))) $(printf %x $((33 + $2)))"
	shift 2
	bytes=
	for button; do
		bytes="$bytes 1b 5b 4d $(printf %x $((32 + button))) $where"
	done
	# shellcheck disable=SC2086
	in_tmux send-keys -t t -H $bytes
}

# at TEXT: sets $column and $row to where it stands first.
at()
{
	place=$(screen | awk -v text="$1" '{ i = index($0, text) }
		i { print NR - 1, i - 1; exit }')
	row=${place% *} column=${place#* }
}

# in_pane PANE KEY...: the pane has the keys then.
in_pane()
{
	type_line "tui focus $1"
	shift
	keys "$@"
}

has_mark()
{
	screen | grep -q "^ *$1 .*<+$2>:"
}

screen_start 90 36 "$SCDB --nx --tui ./asks 3 3 5; echo; echo it ended"
shows 'F7 next call'
type_line 'tui new-layout mine rows(columns(threads breakpoints):2 columns(code backtrace):2 prompt:2)'
in_tmux send-keys -t t -l 'tui layout mi'
keys Tab Enter
shows '(scdb) tui layout mine'
shows '─ breakpoints'
type_line 'break main'
type_line run
shows 'breakpoint 1, main'

# Breakpoints where the code is; a pane's keys leave the prompt as it is.
in_pane code j F9
shows 'Breakpoint 2 at'
until_true has_mark 'b+' '[1-9]' || fail 'no mark of a breakpoint'
keys Space
shows 'Deleted breakpoint 2'
keys u
shows '(scdb) advance *0x'
shows 'in main (argc=4'
at 'Dump of assembler'
mouse 0 $((row + 1)) 0 3
shows 'Deleted breakpoint 1'
keys Enter
shows 'F9 sets a breakpoint here'
keys q

# Those that there are.
type_line 'catch syscall getppid entry'
type_line continue
shows 'entry of getppid'
in_pane breakpoints Enter
shows '(scdb) disable 3'
shows 'catchpoint keep n'
keys e
shows 'catchpoint keep y'
shows 'catchpoint already hit 1 time'
keys d
shows '(scdb) delete 3'
shows 'No breakpoints'
keys q

# Threads and frames: what else there is follows.
in_pane threads /
type_line 'in futex'
keys Enter
shows '(scdb) thread 1'
shows '* 1 '
keys q
in_pane backtrace g j Enter
shows '(scdb) frame 1'
keys q
at 'entry of getppid'
id=$(screen | awk -v row="$row" 'NR == row + 1 { print $1 }')
mouse 6 "$row" 0 3 0 3
shows "(scdb) thread $id"
shows "* $id "

# Sizes, and one pane alone.
height()
{
	screen | grep -n -m 1 '─ code' | cut -d : -f 1
}
is_lower()
{
	[ "$(height)" -eq $((before + $1)) ]
}
before=$(height)
keys + +
until_true is_lower 2 || fail "+ does not make the pane higher"
keys -
until_true is_lower 1 || fail "- does not make the pane lower"
keys z
until_true screen_lacks '─ prompt' || fail "z does not zoom"
shows '─ threads'
keys z
shows '─ prompt'
keys z
until_true screen_lacks '─ prompt' || fail "z does not zoom again"
keys q
shows '─ prompt'
type_line 'tui window height prompt 5'
shows '(scdb) tui window'
type_line 'tui new-layout other'
type_line 'save settings'
shows 'Saved to file'
grep -q '^set tui-layout other$' "$work/config/scdb/settings" ||
	fail 'the layout is not in the file' "$work/config/scdb/settings"

# The wheel scrolls what is below it; keys are where their names are.
lines_of_code()
{
	screen | sed -n 's/^─ code \([0-9]*\)-.*/\1/p'
}
are_lines()
{
	[ "$(lines_of_code)" -eq $((first + $1)) ]
}
first=$(lines_of_code)
at '─ code'
mouse 3 $((row + 1)) 64
until_true are_lines -3 || fail 'the wheel does not scroll up'
mouse 3 $((row + 1)) 65
until_true are_lines 0 || fail 'the wheel does not scroll down'
at 'F1 help'
mouse "$column" "$row" 0 3
shows 'go on to the entry or the exit of a system call'
keys q
shows '─ threads'
type_line 'kill'
shows '(y or n)'
type_line y
type_line quit
shows 'it ended'

# What was saved is there the next time; wrong layouts change nothing.
start=$(cat "$work/config/scdb/settings")
timeout 20 "$SCDB" -q --batch -e 'show tui-layout' -e 'tui delete-layout mine' \
	-e 'tui layout' >"$work/layouts" 2>&1 </dev/null
grep -q '^tui-layout is other' "$work/layouts" ||
	fail 'what was saved is not read' "$work/layouts"
grep -q '^\* *other *rows(columns(threads' "$work/layouts" ||
	fail 'the layout is not listed' "$work/layouts"
! grep -q ' mine' "$work/layouts" || fail 'one is not forgotten'
[ "$start" = "$(cat "$work/config/scdb/settings")" ] ||
	fail 'the file of settings changed'
finish
