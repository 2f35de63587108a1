#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The full screen at any size, on any kind of terminal.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
. "$SCDB_TOP/tests/screen.sh"

# The cells with their colours but the usual ones, blanks once.
colors_show()
{
	in_tmux capture-pane -e -p -t t | tr -s ' ' | cat -v |
		sed -E 's/\^\[\[(0|39|49)m//g' >"$work/screen"
	grep -q -e "$1" "$work/screen"
}

shows_colors()
{
	until_true colors_show "$1" && return
	fail "$2: no $1" "$work/screen"
	finish
}

end_scdb()
{
	type_line quit
	shows '(y or n)'
	type_line y
	shows 'it ended 0'
}

screen_start 80 24 'PS1="sh# " exec bash --norc'
shows 'sh#'

# Every size, in each layout, in help, while a question waits and while it runs.
type_line "$SCDB --nx -q --tui ./busy 1000000; echo it ended \$?"
shows 'F1 help'
keys F7
shows 'stopped'
for layout in code memory overview calls; do
	type_line "tui layout $layout"
	for size in '40 10' '39 9' '1 1' '500 200' '80 24'; do
		# shellcheck disable=SC2086
		screen_resize $size
	done
	shows "(scdb) tui layout $layout"
	shows '^D quit'
done
screen_resize 30 8
shows 'terminal too small (40x10)'
screen_resize 40 10
# All that a first step needs is there.
shows 'F1 help F7 next call F8 skip ^D quit'
shows '─ calls'
keys F1
shows 'help'
screen_resize 120 40
shows 'give the keys to the next pane'
# Ctrl-C ends help, not the line behind it.
keys C-c
until_true screen_lacks 'give the keys to the next pane' ||
	fail 'help stays' "$work/screen"
type_line kill
shows '(y or n)'
screen_resize 60 12
shows '(y or n)'
screen_resize 80 24
type_line n
type_line continue
shows 'running; Ctrl-C'
i=0
while [ $i -lt 60 ]; do
	i=$((i + 1))
	screen_resize $((30 + i * 7 % 150)) $((5 + i * 11 % 50))
done
screen_resize 100 30
shows 'running; Ctrl-C'
keys C-c
until_true screen_lacks 'running; Ctrl-C' || fail 'it runs on' "$work/screen"
type_line 'print 6*7'
shows '$1 = 42'
end_scdb

# What a program writes in colours, as many as there are; and none.
cat >"$work/paint" <<'END'
printf '\033[31mred\033[m \033[38;5;208mpart\033[m '
printf '\033[38;2;255;128;0mfull\033[m \033[91mlight\033[m\n'
END
# Debian has no terminal of 16 colours but in ncurses-term.
cat >"$work/16" <<'END'
xterm-16color|with 16 colours, colors#16, pairs#256,
	setaf=\E[%?%p1%{8}%<%t%p1%{30}%+%e%p1%{82}%+%;%dm,
	setab=\E[%?%p1%{8}%<%t%p1%{40}%+%e%p1%{92}%+%;%dm,
	use=xterm-256color,
END
tic -x -o "$work/terminfo" "$work/16" || fail 'tic'
type_line "export TERMINFO_DIRS=$work/terminfo:"
# paints TERM WANTED... in the order of the words
paints()
{
	type_line "clear; TERM=$1 $SCDB --nx -q --tui /bin/sh $work/paint; \
echo it ended \$?"
	shows 'F1 help'
	type_line run
	shows 'red part full light'
	shows_colors "$2" "$1"
	type_line quit
	shows 'it ended 0'
}
paints tmux-256color '31mred.*38;5;208mpart.*38;5;208mfull.*91mlight'
paints xterm-16color '31mred.*33mpart.*33mfull.*91mlight'
paints xterm '31mred.*33mpart.*33mfull.*31mlight'
paints linux '31mred.*33mpart.*33mfull.*31mlight'
paints screen '31mred.*33mpart.*33mfull.*31mlight'
paints vt100 '^red part full light'
paints vt220 '^red part full light'
type_line 'export NO_COLOR=1'
paints tmux-256color '^red part full light'
type_line 'unset NO_COLOR'

# A vt100 has the keys too; in the C locale lines are made of ASCII.
type_line "clear; LC_ALL=C TERM=vt100 $SCDB --nx -q --tui ./say-static write \
漢字; echo it ended \$?"
shows 'F1 help'
shows '- calls -----'
keys F7
shows 'stopped'
type_line 'sysuntil write'
shows '-> write(fd=1'
shows 'buf="\346\274\242\345\255\227"'
end_scdb

finish
