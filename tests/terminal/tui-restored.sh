#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 180
# However the full screen is left, for good or for a while, the terminal is as it
# was: its modes, the usual screen, a cursor that is seen, no mouse, no keypad.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
. "$SCDB_TOP/tests/screen.sh"

# What the terminal itself was told.
terminal_modes()
{
	in_tmux display-message -p -t t "alternate #{alternate_on} cursor \
#{cursor_flag} mouse #{mouse_any_flag}#{mouse_sgr_flag} keypad \
#{keypad_flag}#{keypad_cursor_flag} insert #{insert_flag} wrap #{wrap_flag}"
}

modes_are()
{
	[ "$(terminal_modes)" = "$1" ]
}

# is_back WHEN: all is as before; what the shell says last is a prompt.
is_back()
{
	until_true modes_are "$modes" || fail "$1: $(terminal_modes)"
	rm -f "$work/after"
	type_line "stty -g >$work/after; echo"
	until_true test -s "$work/after"
	same "$1: stty -g" "$work/before" "$work/after"
}

# begin [ARGUMENTS]
begin()
{
	type_line "clear; $SCDB --nx -q --tui $* ; echo it ended \$?"
	shows 'F1 help'
	scdb=$(pgrep -P "$shell" -f "^$SCDB --nx -q --tui")
	modes_are "$modes" && fail "the screen has the modes of the shell"
}

screen_start 80 24 'PS1="sh# " exec bash --norc'
shows 'sh#'
# Other tests run at the same time.
shell=$(in_tmux display-message -p -t t '#{pane_pid}')
type_line "stty -g >$work/before"
until_true test -s "$work/before"
modes=$(terminal_modes)

# What a command of the shell says can be read before the screen comes back.
begin ./say-static write hello
type_line 'shell echo $((40+2))'
shows '--Type <RET> to go back to the screen--'
shows '42'
modes_are "$modes" || fail "a shell: $(terminal_modes)"
keys Enter
shows 'F1 help'

# Ctrl-Z stops both it and scdb, and both go on.
type_line 'shell cat'
until_true pgrep -P "$scdb" -x cat >"$work/cat" || fail 'no cat'
keys C-z
shows 'Stopped'
type_line 'fg'
type_line 'meow'
until_true sh -c "! grep -q 'State:.T' /proc/$(cat "$work/cat")/status" ||
	fail "cat was left behind"
keys C-d
shows '--Type <RET>'
keys Enter
shows 'F1 help'
keys C-z
shows 'Stopped'
is_back 'Ctrl-Z'
type_line 'clear; fg'
shows 'F1 help'
type_line 'tui off'
until_true screen_lacks 'F1 help'
modes_are "$modes" || fail "tui off: $(terminal_modes)"
type_line quit
until_true sh -c "! kill -0 $scdb 2>/dev/null" || fail 'quit does not end it'
is_back quit

# By a signal, in a line that is half typed; while the program runs; at a crash.
for end in TERM/143 HUP/129 SEGV/139 ABRT/134; do
	status=${end#*/}
	end=${end%/*}
	begin ./busy 1000000
	case $end in
	HUP | ABRT) in_tmux send-keys -t t -l 'print 4' ;;
	*)
		type_line run
		shows 'running; Ctrl-C'
		;;
	esac
	program=$(pgrep -P "$scdb")
	kill -"$end" "$scdb"
	shows "it ended $status"
	is_back "$end"
	[ -z "$program" ] || until_true sh -c "! kill -0 $program 2>/dev/null" ||
		fail "$end: the program lives"
done

# The program dies: the screen stays.
begin ./busy 1000000
type_line run
shows 'running; Ctrl-C'
kill -KILL "$(pgrep -P "$scdb")"
shows 'SIGKILL'
keys C-d
shows 'it ended 0'
is_back 'a dead program'

# A start that fails says why in a line.
type_line "clear; TERM=vt52-none $SCDB --nx -q --tui; echo it ended \$?"
shows 'nothing is known of this kind of terminal: TERM is wrong'
shows 'it ended 1'
type_line "clear; TERM=dumb $SCDB --nx -q --tui; echo it ended \$?"
shows "this terminal can't move its cursor"
shows 'it ended 1'
is_back 'an error at the start'

# The terminal goes away, with a program that runs: nothing is left of both.
begin ./busy 1000000
type_line run
shows 'running; Ctrl-C'
program=$(pgrep -P "$scdb")
kill -KILL "$(in_tmux display-message -p '#{pid}')"
for gone in "$scdb" "$program"; do
	until_true sh -c "! grep -q 'State:.[^ZX]' /proc/$gone/status \
		2>/dev/null" || fail "$gone lives without a terminal"
done
finish
