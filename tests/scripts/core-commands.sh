#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
# Every command on a core, bare and as its example has it: it works, or says in
# one line why it can't.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
cd "$work" || exit 1
"$SCDB_TOOLS/reference" --examples >all || fail 'the list of examples'
echo 'catch syscall read' >my-commands
cp "$SCDB_TRACEES/say" hello

# One that waits in a read, of which only the core is left.
mkfifo fifo
input=fifo start cat
until_true state "$pid" S || fail 'it does not wait'
scdb -p "$pid" -e 'gcore core' -e detach >said 2>&1 || fail gcore said
kill -KILL "$pid"
ended "$pid"

# All in one session, and the core opened again before each: a marker, then the
# lines.  What runs a program is core-target.sh's matter, since it would read
# the lines too; and those that only end or wait for lines stand alone.
awk '
function begin(name) { printf "core-file core\necho \\n==%s\\n\n", name }
/^@/ {
	name = $0
	sub(/^@[a-z]* /, "", name)
	skip = name ~ /^(run|start|starti|quit|attach|shell|source)$/ ||
	       name ~ /^(kill|inferior|add-inferior|pipe|edit|make)$/
	if (!skip && name !~ /^(batch|commands|define|document|if|while)$/) {
		begin(name)
		print name
	}
	first = 1
	next
}
skip { next }
first { begin("example of " name); first = 0 }
{ print }' all >script
timeout -k 2 100 "$SCDB" -q --nx <script >said 2>&1 ||
	fail 'it does not come to its end' said

# Of each one: whether it failed, and how.
awk '
function end() {
	if (name == "")
		return
	tried++
	refused += text ~ /no process, but a core: use `run`/
	if (text ~ /(^|\n)(No such process|process [0-9]+ is|no process [0-9])/)
		print name ": it was looked for: " text
}
/^==/ { end(); name = substr($0, 3); text = ""; next }
/^Core was generated/ { end(); name = "" }
{ text = text $0 "\n" }
END { end(); print tried, refused >"counts" }' said >looked
[ ! -s looked ] || fail 'a process was looked for' looked
read -r tried refused <counts
[ "$tried" -gt 400 ] && [ "$refused" -gt 50 ] ||
	fail "$tried were tried, $refused were refused" said
finish
