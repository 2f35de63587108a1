# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2154
#
# A scdb that is driven through pipes, for scripts that ask it something, look
# at the answer, and go on; they read this file behind helpers.sh.

# begin WORD...: starts it.
begin()
{
	[ -e "$work/to" ] || mkfifo "$work/to" "$work/from"
	timeout -k 2 50 "$SCDB" -q --nx "$@" <"$work/to" >"$work/from" 2>&1 &
	pid=$!
	started="$started $pid"
	exec 8>"$work/to" 9<"$work/from"
}

# Its input ends; sets $status when it has ended, too.
end()
{
	exec 8>&- 9<&-
	ended "$pid"
}

# ask FILE LINES: what they say goes into FILE.
ask()
{
	printf '%s\necho @@end\\n\n' "$2" >&8
	: >"$1"
	while IFS= read -r line <&9; do
		[ "$line" != @@end ] || return 0
		printf '%s\n' "$line" >>"$1"
	done
	fail "scdb ended at: $2" "$1"
	finish
}

# answers LINE PATTERN: whether a line of what LINE says matches.
answers()
{
	ask "$work/answer" "$1"
	grep -q -e "$2" "$work/answer"
}

# until_answers LINE PATTERN: asks so often.
until_answers()
{
	until_true answers "$1" "$2" ||
		fail "\"$1\" never says \"$2\"" "$work/answer"
}
