# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every request of ioctl that scdb has a name for, and some that have none, with
# memory of all kinds (tests/tracees/ioctls.c), under strace and under scdb:
# the requests must have the same names, and most arguments the same text.
# What differs by intention is in ioctl-oracle.newer.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

scripts=$SCDB_TOP/tests/scripts

# calls FILE: its ioctls, without ids and columns.
calls()
{
	sed -n 's/^[0-9]* *\(ioctl(\)/\1/; s/  *= / = /; /^ioctl(/p' "$1"
}

# Numbers that are no request, and those that the headers make of a length.
printf '%s\n' 0x5 0xdead1234 0x80ff4506 0x80104520 0x81004521 0x80104b01 \
	0x404045c1 0x80404d01 >"$work/hex"
awk -F'[(, )]+' '/^IOCTL/ && /ALL|X86_64/ { print $3 }' \
	"$SCDB_TOP/src/syscalls/ioctls.inc" >>"$work/hex"
while read -r number; do
	echo $((number))
done <"$work/hex" | sort -un >"$work/numbers"

# compare LEAST SHARE: of so many calls so many thousandths are equal.
compare()
{
	LC_ALL=C timeout 120 strace -e trace=ioctl -o "$work/strace" \
		./ioctls "$work/numbers" >"$work/out" 2>&1 ||
		fail "strace: status $?" "$work/out"
	LC_ALL=C timeout -k 5 120 "$SCDB" -q --nx --batch -o "$work/scdb" \
		-e 'trace ioctl' -e run -- ./ioctls "$work/numbers" \
		>"$work/out" 2>&1 || fail "scdb: status $?" "$work/out"
	calls "$work/strace" >"$work/theirs"
	calls "$work/scdb" >"$work/ours"
	awk -v least="$1" -v share="$2" -f "$scripts/ioctl-oracle.awk" \
		"$scripts/ioctl-oracle.newer" "$work/theirs" "$work/ours" \
		>"$work/report" || fail "ioctl" "$work/report"
	[ -z "$SCDB_TEST_KEEP" ] || cp "$work/report" "$SCDB_TEST_KEEP/ioctl"
}

compare 19000 930
finish
