#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The full screen's panes of calls: they go by, are filtered, opened, counted.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
. "$SCDB_TOP/tests/screen.sh"

# title TEXT: it is what a pane is called.
title()
{
	shows "─ $1 ─"
}

# lacks TEXT: it goes from the screen.
lacks()
{
	until_true screen_lacks "$1" && return
	fail "there still is \"$1\"" "$work/screen"
	finish
}

screen_start 200 60 "$SCDB --nx --tui ./say-static access /nowhere getppid openat /etc/passwd access /there"
shows 'F5 runs it'
# Nobody asked for anything: they go by all the same, decoded.
type_line 'run'
shows 'access(pathname="/nowhere", mode=R_OK) = -ENOENT'
shows 'openat(dirfd=AT_FDCWD, pathname="/etc/passwd", flags=O_RDONLY) = 3</etc/passwd>'
shows 'getppid() ='
shows 'exit_group(status=0) ...'
# Errors have a colour of their own.
in_tmux capture-pane -e -p -t t | grep -q "$(printf '\033')\[[0-9;]*31m-ENOENT" ||
	fail "errors are not red"

# Filtered at each key; what is wrong is said, and changes nothing.
type_line 'tui focus calls'
keys f
shows 'filter: '
in_tmux send-keys -t t -l '%file'
title 'calls %file'
lacks 'getppid() ='
in_tmux send-keys -t t -l ' if re'
shows 'unknown name "re" at column 1; did you mean ret?'
title 'calls %file'
shows 'flags=O_RDONLY) = 3</etc/passwd>'
in_tmux send-keys -t t -l 't < 0'
title 'calls %file if ret < 0'
lacks 'flags=O_RDONLY) = 3</etc/passwd>'
keys Enter
lacks 'filter: '
shows '= -ENOENT'

# The selected one is opened whole, and closed.
in_tmux send-keys -t t -l g
keys Enter
shows 'was in access'
shows 'result -ENOENT (No such file or directory)'
shows 'pathname 0x'
shows '"/nowhere"'
keys Escape
lacks 'was in access'
keys f
keys BSpace
shows 'expected a value at column 6'
title 'calls %file if ret < 0'
keys Escape
title 'calls %file if ret < 0'

# The same as commands.
keys q
type_line 'tui filter getppid'
title 'calls getppid'
type_line 'tui filter nosuch'
shows 'no system call "nosuch"'
title 'calls getppid'
type_line 'tui filter all'
title 'calls'
number=$(screen | sed -nE 's/^ *([0-9]+) [0-9]+ +getppid.*/\1/p')
type_line "tui call $number"
title "call $number"
shows 'was in getppid'
type_line 'tui call 99999'
shows 'the log has no call 99999'
# A stop has its own call there.
type_line 'starti'
lacks 'was in getppid'
type_line 'sysuntil openat'
shows 'is in openat'
type_line 'kill'
shows '(y or n)'
type_line y

# Who wants no calls gets none.
last()
{
	type_line 'info syscalls 1'
	type_line "echo end of $1\\n"
	shows "(scdb) echo end of $1"
	screen | sed -nE '/\(scdb\) info syscalls 1$/,$s/^ *([0-9]+) [0-9]+ +[a-z_]+\(.*/\1/p' |
		tail -n 1
}
type_line 'tui watch off'
before=$(last one)
type_line 'run'
shows 'exited with status 0'
after=$(last two)
[ -n "$before" ] && [ "$before" = "$after" ] ||
	fail "the log has $after behind $before, but nobody wanted calls"
type_line 'tui watch nosuch'
shows 'no system call "nosuch"'
type_line 'tui watch'
shows 'The screen watches no calls.'
type_line 'tui watch access'
type_line 'run'
# Counters as bars, by what one chooses; in a small terminal too.
type_line 'tui layout overview'
shows 'usecs/call'
type_line 'set trace-sort calls'
counted()
{
	screen | tr -s ' ' | grep -Eq '│access █+[^ ]* 5 [0-9]+ 5 [0-9]+'
}
until_true counted || fail "not the five calls of access, all errors" "$work/screen"
screen_resize 80 24
small()
{
	[ "$(screen | wc -l)" -le 24 ] && screen | grep -q '│access  *█'
}
until_true small || fail "no bars in a small terminal"
type_line 'tui focus counters'
shows "q: back to the prompt"
keys s
shows 'time'
keys q
type_line 'show trace-sort'
shows 'trace-sort is time'
finish
