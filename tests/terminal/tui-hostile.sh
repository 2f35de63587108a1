#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 180
# Whatever a program is called, holds and writes: on the full screen nothing but
# curses drives the terminal, and what the program asks its own is answered there.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
. "$SCDB_TOP/tests/screen.sh"

escapes=$SCDB_TOOLS/escapes

# What curses may send: to move, to erase, looks, modes of the start and the end.
cat >"$work/may" <<'END'
C0 07
C0 08
C0 09
C0 0a
C0 0d
C0 0f
ESC (B
ESC )0
ESC =
ESC >
ESC M
CSI @
CSI A
CSI B
CSI C
CSI D
CSI G
CSI H
CSI J
CSI K
CSI L
CSI M
CSI P
CSI S
CSI X
CSI Z
CSI b
CSI d
CSI m
CSI r
CSI 4l
CSI 34h
CSI ?1h
CSI ?1l
CSI ?25h
CSI ?25l
CSI ?1000h
CSI ?1000l
CSI ?1006h
CSI ?1006l
CSI ?1006;1000h
CSI ?1006;1000l
CSI ?1049h
CSI ?1049l
CSI 22;0;0t
CSI 23;0;0t
END

# The tool sees what is not wanted.
printf '\033]0;x\007\302\233\233\033[?2004h\033c\033[8;1;1t' | "$escapes" |
	grep -vxF -f "$work/may" | tr '\n' ' ' >"$work/seen"
echo 'string ] C1 9b bytes CSI ?2004h ESC c CSI t ' | tr -d '\n' >"$work/want"
same 'the tool' "$work/want" "$work/seen"

only_curses()
{
	"$escapes" <"$1" | sort | uniq -c >"$work/kinds"
	sed 's/^ *[0-9]* //' "$work/kinds" | grep -vxF -f "$work/may" \
		>"$work/others"
	[ ! -s "$work/others" ] || fail "$2" "$work/others" "$work/kinds"
	grep -qxE ' *[1-9][0-9]* CSI (H|m)' "$work/kinds" ||
		fail "$2: nothing is there" "$work/kinds"
}

has_ended()
{
	[ "$(in_tmux display-message -p -t t '#{pane_dead}')" = 1 ]
}

# What a program may write: questions, titles, modes, sizes, sets of
# characters, and a great many bytes of all kinds.
{
	printf 'begun \033]0;owned\007\033]52;c;b3duZWQ=\033\\\033[?1049h'
	printf '\033[?1000h\033[?1003h\033[?2004h\033[8;5;5t\033[21t\033[5i'
	printf '\033[6n\033[c\033[>c\033[0x\033P$q"p\033\\\033(0\016lqk\033c'
	printf '\033[?1049l\033[1;2;3;4;5;6;7;8;9;1;2;3;4;5;6;7;8;9;1;2m'
	printf '\033[5b\033#6\033[99999999999@\033[r\303\033[?69h\033[9;1s'
	LC_ALL=C awk -v seed="$SCDB_TEST_SEED" 'BEGIN {
		srand(seed)
		for (i = 0; i < 60000; i++) {
			r = rand()
			c = int(rand() * 256)
			if (r < .2)
				c = 27
			else if (r < .3)
				c = 91
			else if (r < .5)
				c = 48 + c % 12
			else if (r < .7)
				c = 64 + c % 62
			printf "%c", c
		}
	}'
	printf '\030\033c\033[20h\r\nended here\r\n'
} >"$work/mad"
cat >"$work/ask" <<'END'
stty raw -echo min 0 time 50
printf '\033[3;5H\033[6n'
dd bs=6 count=1 2>/dev/null | od -An -c | tr -s ' ' >"$1"
printf '\033cit was told\r\n'
END

title=$(printf '\033]0;owned\007')
cat >"$work/start" <<END
set confirm off
trace all to /dev/null
END
screen_start 100 40 "EVIL='$title' exec script -qfec '$SCDB -q --tui --nx \
	-x $work/start ./hostile $work' '$work/raw'"
shows 'F1 help'

# Names, paths, data: in each layout, while it runs and where it stops.
type_line 'tcatch syscall rmdir'
type_line 'run'
shows '→ rmdir(pathname="\33]0;owned\7'
type_line 'info proc'
type_line 'show environment EVIL'
shows 'EVIL=\033]0;owned'
for layout in code memory overview calls; do
	type_line "tui layout $layout"
	shows '─ prompt'
done
type_line 'set tui-memory /4s ((char*)arg0)'
type_line 'thread name \033[31m'
type_line "tcatch syscall execve"
type_line 'continue'
shows '→ execve('
type_line 'continue'
shows 'exited'

# All bytes, into its pane.
type_line 'file /bin/cat'
type_line "run $work/mad"
shows 'ended here'
type_line 'file /bin/sh'
type_line "run $work/ask $work/answer"
shows 'it was told'
until_true test -s "$work/answer"
printf ' 033 [ 3 ; 5 R\n' >"$work/want"
same 'the answer' "$work/want" "$work/answer"
# And nothing of all that was typed at the prompt.
type_line 'print 6*7'
shows '(scdb) print 6*7'
shows '= 42'
keys F1
shows 'help:'
keys q
type_line quit
until_true has_ended || fail 'it does not end'
only_curses "$work/raw" 'the whole session'
finish
