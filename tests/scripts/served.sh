# SPDX-License-Identifier: GPL-3.0-or-later
# A mapped file whose pages only the stopped program itself could serve: nothing
# waits for them for ever, and the program is none the worse.
# shellcheck disable=SC2154,SC1010,SC2016
. "${0%/*}/../helpers.sh"

timeout -k 2 30 "$SCDB" -q --nx -e 'handle SIGSTOP nopass' -e run \
	-e 'x/2xb served' -e 'x/2xb served + 4096' -e 'x/2xb served + 3 * 4096' \
	-e 'find served, +16 * 4096, (char)66' -e 'find /1 served, +16 * 4096, (char)65' \
	-e continue -e quit ./fused >"$work/out" 2>&1 </dev/null
status=$?
# Where nobody may mount there is nothing to see.
if grep -q '^no fuse' "$work/out"; then
	[ "$(id -u)" != 0 ] || [ ! -e /dev/fuse ] ||
		fail "root can't mount" "$work/out"
	finish
fi
[ $status = 0 ] || fail "status $status" "$work/out"
grep -q ':	0x41	0x41$' "$work/out" || fail "what is there" "$work/out"
[ "$(grep -c "^can't read memory at 0x[0-9a-f]*000$" "$work/out")" = 2 ] ||
	fail "what is not there" "$work/out"
grep -q '^passed over .*, which waits for the program to serve it$' \
	"$work/out" || fail "the reason" "$work/out"
grep -q '^1 pattern found' "$work/out" || fail "find" "$work/out"
grep -q '^the last page: P$' "$work/out" || fail "it goes on" "$work/out"
finish
