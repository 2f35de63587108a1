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

# Ids, addresses, times, and how wide they make what stands beside them.
normal_screen()
{
	screen | sed -E 's/\[1\] [0-9]+ "/[1] PID "/
		s/^( *[0-9]+) [0-9]+ +/\1 TID /; s/(\* +1 +)[0-9]+ +/\1TID /
		s/0x[0-9a-f]{5,}/ADDRESS/g; s/[0-9]\.[0-9]+( s)?/TIME/
		s,/dev/pts/[0-9]+,TERMINAL,g
		s/─+/─/g; s/ +/ /g; s/ *$//'
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
		normal_screen >"$SCDB_TOP/tests/screens/$1.txt"
	elif ! until_true screen_is_same "$1"; then
		same "the screen $1" "$SCDB_TOP/tests/screens/$1.txt" \
			"$work/screen"
	fi
}

screen_end()
{
	server=$(in_tmux display-message -p '#{pid}' 2>/dev/null) || return
	in_tmux kill-server
	until_true sh -c "! kill -0 $server 2>/dev/null"
}
