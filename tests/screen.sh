# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154
#
# What the tests of the full screen share, behind helpers.sh: scdb runs in a
# terminal of tmux, of which one sees what a person would.

unset NO_COLOR SCDB_LOG TMUX
export LC_ALL=C.UTF-8 TERM=tmux-256color XDG_STATE_HOME="$work/state" \
	XDG_CONFIG_HOME="$work/config" INPUTRC=/dev/null ESCDELAY=2000
trap 'screen_end; clean_up' EXIT

in_tmux()
{
	tmux -u -S "$work/tmux" -f /dev/null "$@"
}

# screen_start COLUMNS ROWS COMMAND: in a shell of its own.
screen_start()
{
	in_tmux new-session -d -s t -x "$1" -y "$2" "$3" &&
		in_tmux set-option -g remain-on-exit on
}

# The cells as text.
screen()
{
	in_tmux capture-pane -p -t t
}

# Blanks count once.
screen_shows()
{
	screen | tr -s ' ' >"$work/screen"
	grep -qF -e "$1" "$work/screen"
}

# shows TEXT: waits for it; where it does not come the test ends.
shows()
{
	until_true screen_shows "$1" && return
	fail "no \"$1\" on the screen" "$work/screen"
	finish
}

screen_lacks()
{
	! screen_shows "$1"
}

# keys KEY...: as tmux calls them.
keys()
{
	in_tmux send-keys -t t "$@"
}

# type_line TEXT
type_line()
{
	in_tmux send-keys -t t -l "$1"
	keys Enter
}

screen_resize()
{
	in_tmux resize-window -t t -x "$1" -y "$2"
}

# normal COLUMNS: without ids, addresses, times, what registers hold, and how
# wide all that makes what stands beside it.  What is cut off at the edge of a
# pane has little left.
normal()
{
	sed -E "/│/s/^.{$(($1 - 1))}[^─]\$/&…/"'
		s/([^│ ─])│/\1…│/g
		s/\[1\] [0-9]+ "/[1] PID "/
		s/^( *[0-9]+) [0-9]+ +/\1 TID /; s/(\* +1 +)[0-9]+ +/\1TID /
		s/0x[0-9a-f]{5,}|0x[0-9a-f]+\.\.\./ADDRESS/g; s/[0-9]\.[0-9]+( s)?/TIME/
		s,/dev/pts/[0-9]+,TERMINAL,g
		s/(^|│)(r[a-z0-9]{1,2}|eflags|[c-gs]s|[fg]s_base|k[0-7]) +[^│]*/\1\2 VALUE/g
		s/ (getrandom|readlink)\([^│]*/ \1/
		s/─+/─/g; s/ +/ /g; s/ *$//
		s/│([a-z_0-9]+ █+ [0-9]+) .*/│\1/
		s/(^|│)([^│]{14})[^│]*…/\1\2…/g
		s/^\[1\] PID .* (F7.*|it has run.*)$/[1] PID STATE \1/'
}

normal_screen()
{
	screen | normal "$(in_tmux display-message -p -t t '#{window_width}')"
}

screen_is_same()
{
	normal_screen >"$work/screen"
	cmp -s "$SCDB_TOP/tests/screens/$1.txt" "$work/screen"
}

# screen_is NAME: it comes to be as tests/screens/NAME.txt has it; with
# SCREENS_UPDATE set that file is written instead, of what is there.
screen_is()
{
	if [ -n "$SCREENS_UPDATE" ]; then
		sleep 2
		normal_screen >"$SCDB_TOP/tests/screens/$1.txt"
	elif ! until_true screen_is_same "$1"; then
		same "the screen $1" "$SCDB_TOP/tests/screens/$1.txt" \
			"$work/screen" || finish
	fi
}

# Code in a page of Markdown.
put_block()
{
	printf '<!-- screen %s -->\n\n' "$1"
	screen | sed 's/^/    /; s/ *$//'
	printf '\n<!-- end -->\n'
}

# The screen NAME of the manual, as it would be cut out of the terminal.
manual_screen()
{
	sed -n "/^<!-- screen $1 -->\$/,/^<!-- end -->\$/p" "$manual" |
		sed -n 's/^    //p; s/^$//p' | sed '1d;$d'
}

manual_is_same()
{
	normal_screen >"$work/screen"
	cmp -s "$work/expected" "$work/screen"
}

# manual_is NAME: as screen_is, for a screen of 80 columns that stands in the
# manual as NAME; what is there is written into it with SCREENS_UPDATE set.
manual=$SCDB_TOP/docs/manual.md
manual_is()
{
	grep -q "^<!-- screen $1 -->\$" "$manual" ||
		fail "the manual has no screen $1"
	if [ -n "$SCREENS_UPDATE" ]; then
		sleep 2
		put_block "$1" >"$work/block"
		sed -i -e "/^<!-- screen $1 -->\$/,/^<!-- end -->\$/{
			/^<!-- end/r $work/block
			d
			}" "$manual"
		return
	fi
	manual_screen "$1" | normal 80 >"$work/expected"
	until_true manual_is_same ||
		same "the manual's screen $1" "$work/expected" "$work/screen" ||
		finish
}

screen_end()
{
	server=$(in_tmux display-message -p '#{pid}' 2>/dev/null) || return
	in_tmux kill-server
	until_true sh -c "! kill -0 $server 2>/dev/null"
}
