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

# At the prompt F9 is about the line where the program stands.
keys F9
shows 'Deleted breakpoint 1'
keys F9
shows 'Breakpoint 3 at'
type_line 'info breakpoints'
shows 'in main at tests/tracees/steps.c:44'
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
