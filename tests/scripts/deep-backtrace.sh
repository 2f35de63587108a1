#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Frames with numbers of one to five digits, as gdb lines them up.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

cat >"$work/deep.c" <<'END'
#include <unistd.h>
static int deep(int n)
{
	return n ? deep(n - 1) + 1 : getppid();
}
int main(void)
{
	return deep(11000) < 0;
}
END
"$CC" -g -O0 -o "$work/deep" "$work/deep.c" || fail "deep.c"
scdb -e 'catch syscall getppid' -e run -e 'backtrace 102' -e 'backtrace -2' \
	"$work/deep" >"$work/out" 2>&1 </dev/null
grep -Eo '^#[0-9]+ +(0x)?' "$work/out" >"$work/numbers"
for want in '#1  0x' '#10 0x' '#100 0x' '#11001 0x' '#11002 0x'; do
	grep -qx "$want" "$work/numbers" || fail "no \"$want\"" "$work/out"
done
finish
