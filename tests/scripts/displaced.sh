#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 1800
#
# What a displaced step leaves behind, against a single step at the place:
# random instructions, and those of libc and libcrypto (tests/tools/displaced.c).
# And where straight-line code ends, against objdump.

. "${0%/*}/../helpers.sh"

library()
{
	path=$(ldconfig -p | awk -v name="$1" \
		'$1 == name && /x86-64/ { print $NF; exit }')
	[ -n "$path" ] || return 1
	echo "$path"
}

# run_tool WHAT... : its output, which must end well.
# shellcheck disable=SC2154 # helpers.sh: $work
run_tool()
{
	"$SCDB_TOOLS/displaced" "$SCDB_TEST_SEED" "$@" >"$work/out" 2>&1 ||
		fail "displaced $*" "$work/out"
	tail -n 1 "$work/out"
}

# number WORD: the number before WORD in the last line.
number()
{
	tail -n 1 "$work/out" | sed -n "s/.*[^0-9]*\\b\\([0-9]\\+\\) $1.*/\\1/p"
}

# at_least NUMBER WORD
at_least()
{
	got=$(number "$2")
	[ "${got:-0}" -ge "$1" ] || fail "only $got $2, not $1"
}

# all_ways: each was taken.
all_ways()
{
	for way in emulated 'near slot, stepped' 'far slot, stepped' \
		'near slot, let run' 'far slot, let run'; do
		grep -q "^$way: [1-9]" "$work/out" || fail "$way: none"
	done
	grep -q 'scratch register: [1-9]' "$work/out" || fail 'no scratch register'
}

libc=$(library libc.so.6) || fail 'no libc.so.6'
libcrypto=$(library libcrypto.so.3) || fail 'no libcrypto.so.3 (package libssl3)'
# All of it once: the sanitized scdb has no part in it.
if [ -n "$SCDB_TEST_LONG" ] && [ "${SCDB%/san/scdb}" = "$SCDB" ]; then
	count=1000000 one_of=0 crypto_of=0
else
	count=10000 one_of=20 crypto_of=40
fi

run_tool random $count
all_ways
grep -q '^system call: [1-9]' "$work/out" || fail 'no system call'
at_least $count tested

# Of real code next to nothing is refused.
for file in "$libc:$one_of" "$libcrypto:$crypto_of"; do
	run_tool file "${file%:*}" "${file##*:}"
	all_ways
	at_least 2000 tested
	seen=$(sed -n 's/^in functions: \([0-9]*\) seen.*/\1/p' "$work/out")
	refused=$(sed -n 's/^in functions: .* \([0-9]*\) refused/\1/p' "$work/out")
	[ "$seen" -ge 2000 ] || fail "only $seen in functions of ${file%:*}"
	[ $((refused * 10000)) -lt "$seen" ] || [ "$refused" -le 1 ] ||
		fail "$refused of $seen refused in ${file%:*}" "$work/out"
done

# Each branch with its target, and what else does not go on with the next.
objdump_ends()
{
	objdump -d -z -w --no-show-raw-insn -j .text "$1" | awk -F'\t' '
	/^ *[0-9a-f]+:\t/ {
		at = $1
		gsub(/[ :]/, "", at)
		text = $2
		while (text ~ /^(notrack|bnd|repn?z|data16|[c-gs]s|lock|rex[.A-Z]*|addr32) /)
			sub(/^[^ ]+ +/, "", text)
		split(text, word, " ")
		name = word[1]
		sub(/,p[nt]$/, "", name)
		if (name !~ /^(j[a-z]+|call[ql]?|ret[ql]?|loop[a-z]*|syscall|sysenter|int3?|int1|iret[ql]?|lret[lqw]?|lcall|ljmp|xbegin)$/)
			next
		if (name != "xbegin" && word[2] ~ /^[0-9a-f]+$/)
			print at, word[2]
		else
			print at
	}'
}

# shellcheck disable=SC2046 # the address and the size of .text
set -- $(readelf -SW "$libc" | sed 's/^ *\[ *[0-9]*\] //' |
	awk '$1 == ".text" { print $3, $5 }')
end=$(printf %x $((0x$1 + 0x$2)))
"$SCDB_TOOLS/displaced" 0 blocks "$libc" "$1" "$end" >"$work/ends"
objdump_ends "$libc" >"$work/objdump"
[ "$(wc -l <"$work/ends")" -gt 10000 ] || fail 'few ends of blocks'
cmp -s "$work/ends" "$work/objdump" || {
	diff "$work/ends" "$work/objdump" >"$work/diff"
	fail 'ends of blocks' "$work/diff"
}
finish
