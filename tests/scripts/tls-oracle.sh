#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Thread-local variables of three threads, of a program and its library, as
# gdb has them: linked, static, for i386.
# shellcheck disable=SC2154,SC2086
. "${0%/*}/../helpers.sh"
export LC_ALL=C
cd "$work" || exit 1
source=$SCDB_TOP/tests/tracees/tls.c
total=0

for thread in 1 2 3 1; do
	printf 'echo \\n==thread\\n\nthread %s\n' "$thread"
	for name in tls_number tls_text tls_zero tls_struct tls_struct.d \
		tls_aligned lib_number lib_text '&tls_number == 0' \
		'tls_number + lib_number' 'sizeof(tls_struct)'; do
		printf 'echo \\n==%s\\n\np %s\n' "$name" "$name"
	done
	printf 'echo \\n==set\\n\nset var tls_zero += 1000\n'
done >commands
printf 'echo \\n==end\\n\n' >>commands

# What follows each `thread` is the debuggers' own.
answers()
{
	awk '/^==/ { name = substr($0, 3); next }
	     NF && name != "" && name != "thread" && name != "end" {
		sub(/^\$[0-9]+ = /, "")
		print name " => " $0
	     }' "$1"
}

# compare PROGRAM
compare()
{
	{
		printf 'set width 0\nset height 0\nset confirm off\n'
		printf 'set startup-with-shell off\n'
		printf 'set debuginfod enabled off\ncatch syscall getppid\n'
		printf 'run\n'
		cat commands
	} >gdb.in
	{
		printf 'set confirm off\ncatch syscall getppid entry\nrun\n'
		cat commands
	} >scdb.in
	gdb -nx -q "$1" <gdb.in 2>&1 | sed 's/(gdb) //g' >gdb.raw
	timeout 30 "$SCDB" -q --nx "$1" <scdb.in >scdb.raw 2>&1
	answers gdb.raw >gdb.said
	answers scdb.raw >scdb.said
	count=$(($(wc -l <gdb.said)))
	[ "$count" -ge 40 ] || fail "$1: gdb says little" gdb.raw
	diff gdb.said scdb.said >different ||
		fail "$1: not what gdb says" different
	total=$((total + count))
}

build()
{
	"$CC" -w -g -O0 "$@" -pthread || fail "can't compile $*"
}

for bits in 64 32; do
	build -m$bits -shared -fPIC -DTLS_LIBRARY -o libtls$bits.so "$source"
	build -m$bits -DTLS_LINKED -o tls$bits "$source" ./libtls$bits.so
	compare ./tls$bits
done
build -c -DTLS_LIBRARY -o library.o "$source"
build -static -DTLS_LINKED -o tls-static "$source" library.o
compare ./tls-static
echo "$total answers"
finish
