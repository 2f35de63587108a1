#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# gen-numbers.sh ABI TBL: writes an ABI's table of numbers, such as
# src/syscalls/numbers_i386.inc, to stdout from one of the kernel's tables: arch/x86/entry/syscalls/syscall_64.tbl for x86_64 and
# x32, syscall_32.tbl for i386.
set -eu

usage() {
	echo "usage: $0 x86_64|x32|i386 TBL" >&2
	exit 2
}

[ $# -eq 2 ] || usage
case $1 in
x86_64) wanted='common|64' ;;
x32) wanted='common|x32' ;;
i386) wanted='i386' ;;
*) usage ;;
esac
[ -r "$2" ] || { echo "$0: can't read $2" >&2; exit 1; }

echo '/* SPDX-License-Identifier: GPL-3.0-or-later */'
echo "/* Numbers and names of $1's calls; src/syscalls/gen/gen-numbers.sh"
echo ' * makes this from the kernel'\''s table. */'
LC_ALL=C sort -n "$2" | awk -v wanted="^($wanted)\$" '
$1 ~ /^[0-9]+$/ && $2 ~ wanted {
	if ($3 !~ /^[a-z0-9_]+$/ || $1 in seen) {
		print FILENAME ": odd line: " $0 >"/dev/stderr"
		bad = 1
		exit 1
	}
	seen[$1] = 1
	printf "CALL_NUMBER(%d, \"%s\")\n", $1, $3
	lines++
}
END {
	if (!bad && !lines) {
		print "no calls of this ABI in the table" >"/dev/stderr"
		bad = 1
	}
	exit bad
}'
