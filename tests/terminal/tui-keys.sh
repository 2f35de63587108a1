#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 180
# Each key of the full screen does what `tui keys` says; a key that nothing is
# expected of here fails.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
. "$SCDB_TOP/tests/screen.sh"

# Where, which key, what is typed before it (lines with ; between), the keys, and
# what is seen then: a regular expression, after ! one that is not seen any more,
# after @ the text of the selected line; what follows + is how many columns the
# pane registers moved to the right.  Keys before ; come first: what is seen then
# must not be there yet.
cat >"$work/expected" <<'KEYS'
everywhere|F1|tui layout calls|F1|─ help:
everywhere|F2|tui layout code|F2|─ calls
everywhere|F3|tui layout calls|F3|─ source
everywhere|F4|tui layout calls|F4|─ memory
everywhere|F5|run|F5|exited with status 0
everywhere|F6|tui layout calls|F6|q: back to the prompt
everywhere|F7|run|F7|→ write\(fd=1
everywhere|F8|run;sysstep|F8|decided +skip
everywhere|F9|tui layout memory|F9|\(scdb\) break *(│|$)
everywhere|F10|run|F10|\(scdb\) next *(│|$)
everywhere|F11|run|F11|\(scdb\) step *(│|$)
everywhere|F12||F12|the program gets the keys when it runs
everywhere|PgUp|help|PPage|─ prompt [0-9]+-
everywhere|PgDn|help|PPage;NPage NPage|!─ prompt [0-9]+-
everywhere|Ctrl-X o|tui layout calls|C-x o|q: back to the prompt
everywhere|Ctrl-X i|run|C-x i|\(scdb\) stepi *(│|$)
everywhere|Ctrl-X f|run|C-x f|Value returned is
everywhere|Ctrl-X e|run;sysstep|C-x e|← write\(
panes|Up|run;tui layout code;tui focus registers|g j j;Up|@rbx
panes|k|tui focus registers|g j j j;k|@rcx
panes|Down|tui focus registers|g Down|@rbx
panes|j|tui focus registers|g j j|@rcx
panes|Left|tui focus registers|g Right;Left|│rax
panes|h|tui focus registers|g l;h|│rax
panes|Right|tui focus registers|h h h g;Right|!│rax
panes|l|tui focus registers|h h h g;l|!│rax
panes|Home|tui focus registers|h h h G;Home|@rax
panes|g|tui focus registers|G;g|@rax
panes|End|tui focus registers|g;End|│gs_base
panes|G|tui focus registers|g;G|│gs_base
panes|Enter|tui focus backtrace|g j;Enter|\(scdb\) frame 1
panes|Ctrl-U|frame 0;tui focus registers|G;C-u|─ registers [0-9]+-2[0-5]/26
panes|Ctrl-D|tui focus registers|g;C-d|─ registers [2-9]-
panes|/|tui focus registers|g / r 1 Enter|@r10
panes|n|tui focus registers|g / r 1 Enter;n|@r11
panes|N|tui focus registers|g / r 1 Enter n n;N|@r11
panes|z|tui focus registers|z|!─ prompt
panes|+|tui zoom;tui focus registers|g +|─ registers 1-9/26
panes|-|tui focus registers|g -|─ registers 1-8/26
panes|>|tui focus registers|>|+-1
panes|<|tui focus registers|<|+1
panes|?|tui focus registers|?|─ help:
panes|q|tui focus registers|q|!q: back to the prompt
panes|Esc|tui focus registers|Escape|!q: back to the prompt
panes|Tab|tui focus registers|Tab|!v group
calls|f|run;tui layout calls;tui focus calls|f|filter:
calls|Esc|tui focus calls|G Enter;Escape|!─ call [0-9]
call|r|run;sysstep;tui focus call|r|← write\(
call|s|run;sysstep;tui focus call|s|│skip
call|e|tui focus call|e|│emulate
call|f|tui focus call|f|│fake
call|Enter|tui focus call|g j;Enter|│nr write
registers|v|tui layout code;tui focus registers|v|│xmm0
registers|Enter|tui registers general;tui focus registers|g j j;Enter|│rcx = 0x
source|Space|run;tui focus source|j Space|Breakpoint 2 at
source|F9|tui focus source|F9|Deleted breakpoint 2
source|.|tui focus source|g k k;.|0x[0-9a-f]+ is in count_words
source|u|tui focus source|G u|\(scdb\) advance 
code|Space|run;tui focus code|j Space|Breakpoint 3 at
code|F9|tui focus code|F9|Deleted breakpoint 3
code|.|tui focus code|G j j;.|Dump of assembler code
code|u|tui focus code|j j u|\(scdb\) advance \*0x
memory|Left|run;tui layout memory;tui focus memory|g l Left;Enter|[0-9a-f]8: 0x[0-9a-f]+ *│
memory|h|tui focus memory|g l h;Enter|[0-9a-f]8: 0x[0-9a-f]+ *│
memory|Right|tui focus memory|g Right;Enter|[0-9a-f]0: 0x[0-9a-f]+ *│
memory|l|tui focus memory|g l;Enter|[0-9a-f]0: 0x[0-9a-f]+ *│
memory|Enter|tui focus memory|g;Enter|[0-9a-f]8: 0x[0-9a-f]+ *│
memory|=|tui focus memory|=|/32xg \$sp
breakpoints|Enter|tui layout overview;tui focus breakpoints|g j Enter|\(scdb\) disable 1
breakpoints|e|tui focus breakpoints|e|\(scdb\) enable 1
counters|s|tui focus counters|s|^errors *$
breakpoints|d|tui focus breakpoints|g j d|\(scdb\) delete 1
everywhere|Ctrl-X a|tui layout calls|C-x a|!F7 next call
KEYS

# The rows of `tui keys`, a key each.
scdb -e 'tui keys' | awk '
	NR > 1 {
		keys = substr($0, 1, 9)
		sub(/ +$/, "", keys)
		where = substr($0, 11, 13)
		sub(/ +$/, "", where)
		n = keys ~ /^Ctrl-X / ? 0 : split(keys, key, " ")
		if (!n)
			print where "|" keys
		for (i = 1; i <= n; i++)
			print where "|" key[i]
	}' | sort >"$work/there.keys"
[ "$(wc -l <"$work/there.keys")" -gt 50 ] || fail 'there are few keys'
cut -d '|' -f 1,2 "$work/expected" | sort >"$work/expected.keys"
same 'keys that nothing is expected of' "$work/expected.keys" "$work/there.keys"

selects()
{
	in_tmux capture-pane -e -p -t t |
		grep -qE "[[;]7m($(printf '\033')\[[0-9;]*m)*$1"
}

sees()
{
	screen | tr -s ' ' >"$work/screen"
	grep -qE -e "$1" "$work/screen"
}

misses()
{
	! sees "$1"
}

column()
{
	screen | sed -n 's/─ registers.*//p' | head -n 1 | wc -m
}

has_moved()
{
	[ "$(column)" -eq $((before + $1)) ]
}

# has WHAT, lacks WHAT: as the table has it.
has()
{
	case $1 in
	!*) misses "${1#!}" ;;
	@*) selects "${1#@}" ;;
	+*) has_moved "${1#+}" ;;
	*) sees "$1" ;;
	esac
}

lacks()
{
	case $1 in
	+*) ;;
	*) ! has "$1" ;;
	esac
}

cp ./notes-static "$work/todo"
cd "$work" || exit 1
# stands: what was typed is done, the program stands again.
times=0
stands()
{
	: $((times += 1))
	type_line "echo \\075$times\\075\\n"
	shows "=$times="
}

screen_start 120 34 "$SCDB --nx --tui ./todo"
shows 'F7 starts it'
type_line 'set confirm off'
type_line 'break count_words'
while IFS='|' read -r where key lines presses what; do
	# What was said before does not count.
	in_tmux send-keys -t t -l "echo \\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n"
	keys Enter
	while [ -n "$lines" ]; do
		line=${lines%%;*}
		type_line "$line"
		case $line in run | sysstep) stands ;; esac
		case $lines in
		*';'*) lines=${lines#*;} ;;
		*) lines= ;;
		esac
	done
	until_true sees 'F7 next call' || fail 'the screen is gone'
	case $presses in
	*';'*)
		# shellcheck disable=SC2086
		keys ${presses%;*} ;;
	esac
	until_true lacks "$what" ||
		fail "$where: $key: there already: \"$what\"" "$work/screen"
	before=$(column)
	# shellcheck disable=SC2086
	keys ${presses#*;}
	until_true has "$what" || {
		screen >"$work/screen"
		fail "$where: $key: not \"$what\"" "$work/screen"
	}
	# Out of all, and nothing is left half typed.
	keys C-c q C-u
done <"$work/expected"
finish
