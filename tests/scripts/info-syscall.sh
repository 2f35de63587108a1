# SPDX-License-Identifier: GPL-3.0-or-later
#
# `info syscall`: the call whole, what of it is no text in hex, for people and
# for programs; the bytes are those that gdb reads at the same place, od's of
# the file here.
# shellcheck disable=SC2154,SC2016
. "${0%/*}/../helpers.sh"

# told ARG...: what scdb says, and the program, whose output is a pipe (cat does
# not read where it can have the file copied).
told()
{
	scdb "$@" 2>&1 | cat >"$work/said"
}

# has FILE REGEX WHAT; hasnt FILE REGEX WHAT
has()
{
	grep -Eq -- "$2" "$1" || fail "$3: no line has: $2" "$1"
}

hasnt()
{
	! grep -Eq -- "$2" "$1" || fail "$3: a line has: $2" "$1"
}

seq 1 300 >"$work/text"
head -c 1000 "$SCDB_TRACEES/say" >"$work/binary"

# Text is shown whole, up to the setting; bytes in hex.
told -e 'catch syscall read exit if fd == 0' -e run -e 'info syscall' \
	-e 'set info-syscall-limit 20' -e 'info syscall' -- cat \
	<"$work/text"
has "$work/said" 'buf +0x[0-9a-f]+ +"1\\n2\\n.*\\n299\\n300\\n"$' text
has "$work/said" 'buf +0x[0-9a-f]+ +"1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\\n10"\.\.\.$' \
	'a limit'
hasnt "$work/said" ' 1092 bytes' text
told -e 'catch syscall read exit if fd == 0' -e run -e 'info syscall' \
	-e 'set info-syscall-limit 40' -e 'info syscall' -- cat \
	<"$work/binary"
has "$work/said" 'buf +0x[0-9a-f]+ +"\\177ELF.*"\.\.\.$' binary
has "$work/said" '^  buf: 1000 bytes$' binary
has "$work/said" '^  buf: 40 of 1000 bytes$' 'a limit'
has "$work/said" '^      0  7f 45 4c 46 02 .*  \|\.ELF.*\|$' binary
sed -n '/^  buf: 1000 bytes/,/^  buf: 40/s/^ *[0-9a-f]*  \([0-9a-f ]*\)  |.*/\1/p' \
	"$work/said" | tr -d ' \n' >"$work/have"
od -An -v -tx1 "$work/binary" | tr -d ' \n' >"$work/want"
same 'binary: the bytes' "$work/want" "$work/have" "$work/said"
awk 'length > 80' "$work/said" | grep '|$' >"$work/long"
[ ! -s "$work/long" ] || fail 'wider than 80 columns' "$work/long"
told --json -e 'catch syscall read exit if fd == 0' -e run -e 'info syscall' \
	-- cat <"$work/binary"
has "$work/said" "\"data\":\[\{\"name\":\"buf\",\"address\":\"0x[0-9a-f]+\",\"length\":1000,\"hex\":\"$(cat "$work/want")\"" json

# At the entry what the kernel will read is there, what it will write is not.
told -e 'catch syscall read entry if fd == 0' -e run -e 'info syscall' \
	-e delete -e 'catch syscall write entry' -e continue \
	-e 'info syscall' -- cat <"$work/binary"
[ "$(grep -c ': 1000 bytes$' "$work/said")" = 1 ] || fail entry "$work/said"
has "$work/said" '^  phase +at its entry$' entry

# Structs are whole; a 32-bit program; what was decided.
for program in ./say ./say-32; do
	told -e 'catch syscall openat entry if pathname == "/nowhere"' \
		-e run -e 'skip -EACCES' -e 'info syscall' \
		-- $program openat /nowhere
	has "$work/said" '^  pathname +0x[0-9a-f]+ +"/nowhere"$' "$program"
	has "$work/said" '^  decided  skip with -EACCES' "$program"
done
has "$work/said" '^  number   295 of i386$' 'say-32'
told -e 'catch syscall newfstatat exit if ret == 0' -e run -e 'info syscall' \
	-- cat "$work/text"
has "$work/said" 'st_nlink=1, .*st_size=.*st_ctime=' 'a struct'

# Of all threads.
told -e 'catch syscall futex entry' -e 'run' \
	-e 'thread apply all -s info syscall' -- ./threads200
has "$work/said" 'is in futex$' threads
finish
