#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 180
# The full screen: layouts, keys, panes that say what their commands say.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
. "$SCDB_TOP/tests/screen.sh"

# A first-time user: the next call, what it is, skip it, a breakpoint, leave.
screen_start 120 34 "$SCDB --nx --tui ./say-static access /nowhere write hello; echo; echo it ended"
shows 'F7 next call'
screen_is start
keys F7
shows 'stopped'
keys F7
shows 'phase at its entry'
keys F8
shows '(scdb) skip'
type_line 'set log-size 2'
type_line 'sysuntil write'
shows '→ write(fd=1'
shows 'buf 0x'
screen_is calls
keys F7
shows '← write'
# What the program writes stands in its pane alone.
shows 'hello │'
keys F9
type_line 'main'
shows 'Breakpoint 1 at'
keys F1
shows 'go on to the entry or the exit of a system call'
screen_is help
keys q
shows '─ calls'
type_line 'run'
shows '(y or n)'
type_line y
shows 'breakpoint 1, main'
keys F3
shows '─ registers'
shows '=> 0x'
screen | grep -q 'B+.*=> 0x' || fail "no mark of the breakpoint" "$work/screen"
keys F4
shows '─ memory'
type_line 'tui layout overview'
shows 'breakpoint already hit 1 time'

# Every pane has what its command prints.
pane_says()
{
	type_line 'tui off'
	until_true screen_lacks 'F7 next call'
	keys C-l
	type_line "$2"
	shows "$3"
	screen | awk -v line="(scdb) $2" 'index($0, "(scdb)") == 1 { on = 0 }
		on; index($0, line) == 1 { on = 1 }' |
		sed -E 's/[[:space:]]+/ /g; s/ $//; /^$/d' >"$work/said"
	type_line tui
	type_line "tui layout $1"
	shows "─ $4"
	screen | tr -s ' ' >"$work/screen"
	[ -s "$work/said" ] || fail "$2 says nothing"
	head -n "$5" "$work/said" | while read -r line; do
		grep -qF -e "$line" "$work/screen" || echo "$line"
	done >"$work/missing"
	[ ! -s "$work/missing" ] ||
		fail "the pane $4 lacks lines" "$work/missing" "$work/screen"
}
screen_resize 200 60
pane_says overview 'info threads' 'State' threads 9
pane_says overview 'info breakpoints' 'Num' breakpoints 9
pane_says code 'info registers' 'gs_base' registers 12
pane_says memory 'x/32xg $sp' '0x7ff' memory 16

# Scrolling, searching, the way back.
type_line 'tui layout code'
type_line 'tui focus registers'
keys /
in_tmux send-keys -t t -l gs_base
keys Enter
shows 'gs_base'
keys g
until_true screen_lacks 'gs_base' || fail "g does not go to the beginning"
keys G
shows 'gs_base'
keys q
type_line 'tui select rbx'
type_line 'tui focus registers'
# The whole line is in reverse.
selected()
{
	in_tmux capture-pane -e -p -t t >"$work/screen"
	grep -qa -e "7m.*$1" "$work/screen"
}
until_true selected rbx || fail "rbx is not selected" "$work/screen"
keys j
until_true selected rcx || fail "j does not select" "$work/screen"
keys Enter
shows 'rcx = 0x'
keys Escape
until_true screen_lacks 'rcx = 0x' || fail "Esc does not leave the field"
keys q

# What was half typed stays when a key runs a command.
in_tmux send-keys -t t -l 'print 40+'
keys F11
shows '(scdb) step'
type_line 2
shows '$1 = 42'
keys C-x a
until_true screen_lacks 'F7 next call' || fail "C-x a does not leave"
type_line quit
shows '(y or n)'
type_line y
shows 'it ended'
finish
