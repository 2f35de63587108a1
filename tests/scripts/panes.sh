#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Each pane of the full screen holds what its command prints: all that there
# are, at stops of every kind.  Which there are, and their commands, scdb says.
# shellcheck disable=SC2154,SC2016
. "${0%/*}/../helpers.sh"
. "$SCDB_TOP/tests/driven.sh"

# The panes, and behind a tab the command that each ran last.
list_panes()
{
	ask "$work/win" 'info win'
	awk 'NR == 1 { at = index($0, "Shows"); next }
		length($0) >= at { print $1 "\t" substr($0, at) }' \
		"$work/win" >"$work/panes"
}

# each FORMAT: lines made of the panes' names and commands.
each()
{
	awk -F '\t' -v "format=$1" '{ line = format
		gsub("NAME", $1, line); gsub("COMMAND", $2, line)
		print "echo @@" $1 "\\n"; print line }' "$work/panes"
}

seen=0
# same_panes WHAT PATTERN: what the panes hold, which PATTERN is in, and what
# the commands print.
same_panes()
{
	ask "$work/held" "$(each 'tui print NAME')"
	list_panes
	ask "$work/said" "$(each COMMAND)"
	# A page has no tabs; and `list` is less wordy when asked once more.
	expand "$work/said" |
		sed 's/^\([0-9]* *\)in \(.*\)/\1\2: No such file or directory./' \
			>"$work/expected"
	same "$1: the panes" "$work/expected" "$work/held"
	grep -q -e "$2" "$work/held" || fail "$1: no $2" "$work/held"
	seen=$((seen + 1))
}

begin ./steps
list_panes
for pane in calls call registers source code backtrace memory threads \
	breakpoints descriptors counters status; do
	grep -q "^$pane	" "$work/panes" || fail "no pane $pane" "$work/win"
done
same_panes 'before the start' '^no process'
ask "$work/out" 'starti'
same_panes 'the first instruction' 'in _start ()'
ask "$work/out" 'sysstep 7'
same_panes 'an entry' 'phase    at its entry'
ask "$work/out" 'skip -EIO'
same_panes 'an entry that is decided' 'decided  skip with -EIO'
ask "$work/out" 'sysstep'
same_panes 'an exit' 'EIO'
ask "$work/out" 'break sum
catch syscall write
tbreak leave if n > 2
on close do skip
disable 2
continue'
same_panes 'a breakpoint with source' 'breakpoint already hit 1 time'
ask "$work/out" 'set tui-memory /3s $sp
stepi 3'
same_panes 'another memory' '0x[0-9a-f]*: "'
grep -q '^memory	with examine-text on -- x/3s $sp$' "$work/panes" || fail 'not x/3s' "$work/panes"
ask "$work/out" 'delete
handle SIGUSR1 stop
continue'
same_panes 'a signal' 'SIGUSR1'
ask "$work/out" 'set var $pc = 16'
same_panes 'outside of all code' 'Cannot\|cannot'
ask "$work/out" 'kill'
same_panes 'killed' '^no process'
end

begin ./threads200
ask "$work/out" 'catch syscall exit
run
thread 3'
same_panes 'one of many threads' '^\* *3 .*threads200'
ask "$work/out" 'delete
continue'
same_panes 'at the end' '^no process'
end

begin ./hits-32
ask "$work/out" 'break main
run
generate-core-file '"$work/core"
same_panes '32 bits' '^eip'
end

begin --core "$work/core" ./hits-32
ask "$work/out" 'frame'
same_panes 'a core' '^eip'
end

mkdir "$work/dir"
begin ./hostile "$work/dir"
ask "$work/out" 'catch syscall unlink,execve
run
continue'
same_panes 'hostile text' '\\033\|\\x1b\|\\e'
end

[ $seen -ge 13 ] || fail "only $seen stops were looked at"
finish
