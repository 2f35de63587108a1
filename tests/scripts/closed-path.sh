# SPDX-License-Identifier: GPL-3.0-or-later
#
# What close has closed is told at its exit, where somebody looked at the
# entry; and nothing where nobody did, or where the number is another file's.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

# told COMMANDS WANTED: how the last `info syscall` shows the descriptor.
told()
{
	printf "$1" >"$work/commands"
	scdb -x "$work/commands" -- ./say hello >"$work/out" 2>&1 </dev/null ||
		fail "scdb failed" "$work/out"
	got=$(sed -n 's/^  fd  *0x3  *//p' "$work/out" | tail -n 1)
	[ "$got" = "$2" ] || fail "$1: \"$got\" instead of \"$2\"" "$work/out"
}

told 'catch syscall close\nrun\nsysstep\ninfo syscall\n' \
	'3</etc/ld.so.cache>'
told 'tcatch syscall close\ncommands\nsilent\nsysstep\nend\nrun\ninfo syscall\n' \
	'3'
told 'catch syscall close\nrun\nskip -s 0\nsysstep\ninfo syscall\n' \
	'3</etc/ld.so.cache>'
finish
