#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Each layout in terminals of several sizes; the screens of docs/manual.md are
# those of 80 columns and 24 lines.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
. "$SCDB_TOP/tests/screen.sh"

cp ./notes-static "$work/todo"
cd "$work" || exit 1

screen_start 80 24 "$SCDB --nx --tui ./todo"
shows 'F7 starts it'
# Addresses are as wide each time.
type_line 'set disable-randomization on'
type_line 'set trace-sort name'
type_line 'set tui-memory /6xw text'
type_line 'catch syscall openat'
type_line 'break count_words'
keys F5
shows 'F7 runs it, F8 skips it'
manual_is calls
type_line 'fake -EACCES'
type_line 'continue'
type_line 'continue'
for line in 'next' 'next' 'info locals' 'print words'; do
	type_line "$line"
done
shows '$1 ='
for layout in code memory overview; do
	type_line "tui layout $layout"
	manual_is "$layout"
done

# How what was said is wrapped depends on the process id.
# shellcheck disable=SC2046
type_line "echo $(printf '\\n%.0s' $(seq 40))"
for layout in calls code memory overview; do
	type_line "tui layout $layout"
	screen_resize 40 10
	screen_is "$layout-40x10"
done
screen_resize 200 60
screen_is overview-200x60
type_line 'tui layout memory'
screen_is memory-200x60
screen_resize 120 34
type_line 'tui layout code'
screen_is code-120x34
type_line 'tui layout calls'
screen_is calls-120x34
finish
