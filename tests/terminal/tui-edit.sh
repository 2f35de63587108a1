#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Editing in the panes of the full screen: registers, calls, memory.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
. "$SCDB_TOP/tests/screen.sh"

# field KEYS...: what stands in the field is replaced, and taken.
field()
{
	shows 'Esc: leave it'
	keys C-u
	in_tmux send-keys -t t -l -- "$1"
	keys Enter
}

# The field was taken.
left()
{
	until_true screen_lacks 'Esc: leave it' || fail "the field stays: $1"
}

screen_start 120 34 "$SCDB --nx --tui ./say-static access /nowhere write hello write more; echo; echo it ended"
shows 'F7 next call'
# Nothing runs yet.
type_line 'tui focus call'
keys Enter
shows 'nothing can be changed in this line of the pane call'
keys q
type_line 'sysuntil write'
shows 'no process'
keys F7
shows '(scdb) starti'
type_line 'sysuntil write'
shows 'buf 0x'

# The call's arguments: one that is wrong stays in its field.
type_line 'tui focus call'
shows 'r run s skip e emulate f fake Enter edit'
type_in_call()
{
	keys g
	for _ in $(seq "$1"); do keys j; done
	keys Enter
}
type_in_call 7
shows 'arg count 5'
field '3+'
shows 'arg count 3+'
shows 'found the end'
keys C-u
in_tmux send-keys -t t -l 3
keys Enter
shows 'run, count changed'
type_in_call 6
shows 'arg buf "hel"'
field '"BYE"'
shows 'buf="BYE"'
keys r
shows '← write'
shows 'BYE'
# Its result.
type_in_call 3
shows 'fake 3'
field -7
shows 'run and fake'
shows 'result -E2BIG (the kernel gave 3)'

# The next one is skipped, after Esc did nothing.
keys q
type_line 'sysuntil write'
shows 'buf="more"'
type_line 'tui focus call'
keys s
shows 'skip'
keys Escape
left 'after Esc'
shows 'decided run'
keys e
field '9 buf="x"'
shows 'emulate with 9'

# The same by commands.
keys q
type_line 'tui select count'
type_line 'tui edit 2'
shows 'buf="xo", count=2'
type_line 'tui edit 2+'
shows 'found the end'

# Registers: a value, a group.
type_line 'tui layout memory'
type_line 'tui focus registers'
keys /
in_tmux send-keys -t t -l rbx
keys Enter
keys Enter
shows 'rbx = 0x'
field '0x77é'
shows 'stray'
keys BSpace
keys Enter
shows 'rbx 0x77 119'
keys v
shows 'xmm0'
keys g
keys j
keys Enter
shows 'xmm0.uint128 = '
field 0x1234
shows 'uint128 = 0x1234'
keys q
type_line 'tui registers rbx eflags'
shows 'rbx 0x77'
shows 'eflags 0x'

# Memory: the cursor, a value, an address that is followed, scrolling.
type_line 'tui follow /8xb $sp - 64'
type_line 'show tui-memory'
shows 'tui-memory is /8xb $sp - 64'
type_line 'tui focus memory'
keys l
keys l
keys Enter
shows ': 0x'
field "'z'"
left 'after a value in memory'
type_line_at_prompt()
{
	keys q
	type_line "$1"
}
type_line_at_prompt 'p $sp - 62, 1'
type_line 'output {char}($sp - 62)'
shows "122 'z'"
type_line 'tui focus memory'
keys '='
field '/4xg $rbx'
shows "can't read memory at 0x77"
keys '='
field '/4xg $sp'
left 'after ='
in_tmux send-keys -t t -l jjjjjjj
shows '─ memory'
keys q
# The command that the pane runs, which has no room in one line.
runs()
{
	screen | sed 's/│.*//' | tr -d ' \n' | grep -qF -e "$1"
}
type_line 'info win'
until_true runs '-x/4xg(long)($sp)+32' ||
	fail 'j does not go on in memory' "$work/screen"
type_line 'tui focus memory'
keys PPage
keys PPage
keys PPage
keys q
type_line 'info win'
until_true runs '-x/4xg(long)($sp)-' ||
	fail 'PgUp does not go on in memory' "$work/screen"

# Without a process.
type_line 'tui layout calls'
type_line 'kill'
shows '(y or n)'
type_line y
shows 'killed'
type_line 'tui focus call'
keys s
shows 'Esc: leave it'
keys Enter
shows 'no process'
keys Escape
left 'without a process'
keys q

type_line quit
shows 'it ended'
finish
