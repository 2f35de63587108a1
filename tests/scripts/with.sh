#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `with`, and memory with its text.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

# What stands behind the numbers, and nothing where the setting is off again.
cat >"$work/expected" <<'SAID'
  the quic
  k brown fox.....
  k brown 
  fox
  the quick brown 
  fox.
SAID
scdb -e 'with examine-text -- x/1xg text' \
	-e 'with examine-text on -- x/2xg (char *)text + 8' \
	-e 'with examine-text on -- x/11xb (char *)text + 8' \
	-e 'with examine-text on -- x/5xw text' \
	-e 'x/2xg text' ./notes-static 2>&1 | tee "$work/all" |
	sed -E 's/^0x[^\t]*(\t0x[0-9a-f]+)+//' >"$work/said"
sed -E '/^$/d; s/^ +/  /' "$work/said" >"$work/seen"
same 'the text of memory' "$work/expected" "$work/seen"
# What is less than a line has it in the same column.
expand "$work/all" | awk 'NR == 3 { full = index($0, "k brown ") }
	NR == 4 { exit !full || index($0, "fox") != full }' ||
	fail 'no column' "$work/all"

tells()
{
	scdb -e "$1" 2>&1 | grep -qF -e "$2" || fail "$1: not \"$2\""
}
tells 'with listsize 7 -- show listsize' 'listsize is 7:'
tells 'with listsize' 'a command is missing (usage: with SETTING'
tells 'with listsize 7 --' 'a command is missing'
tells 'with listsize many -- print 1' 'listsize'
tells 'with nosuch -- print 1' 'there is no setting "nosuch"'
# A setting is what it was, also where the command fails.
printf 'with listsize 7 -- nosuch\nwith listsize 8 -- print 1\nshow listsize\n' |
	"$SCDB" --nx -q >"$work/after" 2>&1
grep -q 'nosuch' "$work/after" && grep -q 'listsize is 10:' "$work/after" ||
	fail 'the setting is not what it was' "$work/after"
finish
