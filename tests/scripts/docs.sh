#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What scdb says of itself (help, --help, show) against the documents: the
# reference is what `make docs` makes; every command, option and setting stands
# in the man page, and every option in the manual.
# shellcheck disable=SC2154,SC2086
. "${0%/*}/../helpers.sh"
cd "$SCDB_TOP" || exit 1

# Two texts of words with single blanks between.  The manual says a command in
# backquotes, in rows of several too: "`enable`, `disable`, `delete`".
tr -s ' \n' '  ' <docs/manual.md >"$work/manual"
groff -man -ww -Tascii -P-cbou docs/scdb.1 >"$work/page" 2>"$work/warnings" ||
	fail "the man page can't be rendered"
[ ! -s "$work/warnings" ] || fail "the man page" "$work/warnings"
tr -s ' \n' '  ' <"$work/page" >"$work/man"

"$SCDB_TOOLS/reference" >"$work/reference" || fail "the reference"
same "docs/commands.md: make docs" docs/commands.md "$work/reference"

# in_manual WHAT WORDS, in_page WHAT WORDS
in_manual()
{
	grep -qE -e "\`([^\`]*[^a-z\`-])?$2([^a-z-][^\`]*)?\`" \
		"$work/manual" || fail "docs/manual.md lacks the $1: $2"
}

in_page()
{
	grep -qE -e "(^|[^a-z-])$2([^a-z-]|$)" "$work/man" ||
		fail "docs/scdb.1 lacks the $1: $2"
}

# The first column of each group's table, without the names of prefixes.
groups='running syscalls breakpoints looking tool'
for group in $groups; do
	scdb -e "help $group" | sed '1d; s/  .*//; s/,.*//'
done | sort -u >"$work/commands"
for group in $groups; do
	scdb -e help | grep -qF "(help $group)" ||
		fail "there is no group $group any more"
done
[ "$(scdb -e help | grep -c '(help ')" = "$(echo "$groups" | wc -w)" ] ||
	fail "help has a group that this test does not know"
[ "$(wc -l <"$work/commands")" -gt 40 ] ||
	fail "few commands were found" "$work/commands"
while read -r name; do
	in_page command "$name"
	grep -qx "### $name" docs/commands.md ||
		fail "docs/commands.md lacks the command: $name"
done <"$work/commands"

scdb -e show | sed -n '2,$s/ .*//p' >"$work/settings"
[ "$(wc -l <"$work/settings")" -gt 9 ] ||
	fail "few settings were found" "$work/settings"
while read -r name; do
	in_page setting "$name"
done <"$work/settings"

"$SCDB" --help | sed -n 's/^  \( *-.*[^ ]\)   *[a-z].*/\1/p' |
	grep -oE -e '-[-a-zA-Z]+' | sort -u >"$work/options"
[ "$(wc -l <"$work/options")" -gt 15 ] ||
	fail "few options were found" "$work/options"
while read -r name; do
	in_page option "$name"
	in_manual option "$name"
done <"$work/options"

# The worked example is C that the headers agree with, and every flag is told.
sed -n '/^```c$/,/^```$/{/^```/!p;}' docs/adding-a-command.md \
	>"$work/example.c"
grep -q '\.run = ' "$work/example.c" || fail "there is no example"
$CC -std=gnu11 -Wall -Wextra -Werror -fsyntax-only -D_GNU_SOURCE -Isrc -I. \
	"$work/example.c" 2>"$work/said" || fail "the example" "$work/said"
for flag in $(grep -oE '^	CMD_[A-Z_]+' cmds/command.h); do
	grep -qF "| \`$flag\` |" docs/adding-a-command.md ||
		fail "docs/adding-a-command.md lacks $flag"
done

# Each command can say more of itself, and its usage begins with its name.
while read -r name; do
	scdb -e "help $name" >"$work/said" 2>&1 &&
		grep -qE "^Usage: $name( |/|\[|$)" "$work/said" ||
		fail "help $name" "$work/said"
done <"$work/commands"
finish
