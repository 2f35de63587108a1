# SPDX-License-Identifier: GPL-3.0-or-later
#
# Messages of netlink sockets as strace shows them: those of ip and ss, line by
# line but for what no two runs have in common, and thousands that are wrong in
# every way (tests/tracees/netlink.c).
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

# There are messages that strace writes of without end.
ulimit -f 100000

# calls FILE: those that move messages, without what differs from run to run.
calls()
{
	sed -E 's/^[0-9]+ +//
		s/nlmsg_(seq|pid)=-?[0-9]+/nlmsg_\1=N/g
		s/(ino|inode|udiag_ino)=[0-9]+/\1=N/g
		s/cookie=\[[0-9]+, [0-9]+\]/cookie=N/g
		s/([rt]x_[a-z]+|multicast|rta_lastuse|ndm_[a-z]+|[ct]stamp)=[0-9]+/\1=N/g
		s/  *= / = /' "$1" | grep -E '^(sendto|sendmsg|recvmsg|recvfrom)'
}

# trace PROGRAM [ARG...]: theirs and ours
trace()
{
	LC_ALL=C timeout 60 strace -e trace=network -o "$work/strace" "$@" \
		>"$work/out" 2>&1
	LC_ALL=C timeout -k 5 60 "$SCDB" -q --nx --batch -o "$work/scdb" \
		-e 'trace %network' -e run -- "$@" >"$work/out" 2>&1 ||
		fail "scdb of $*: status $?" "$work/out"
	calls "$work/strace" >"$work/theirs"
	calls "$work/scdb" >"$work/ours"
}

# compare LEAST PROGRAM [ARG...]: at least so many lines, all equal.
compare()
{
	least=$1
	shift
	trace "$@"
	[ "$(wc -l <"$work/theirs")" -ge "$least" ] ||
		fail "$*: strace told of too few calls" "$work/strace"
	diff "$work/theirs" "$work/ours" >"$work/diff" && return
	fail "$*: < is strace's text, > scdb's" "$work/diff"
}

ip=$(PATH=$PATH:/usr/sbin:/sbin command -v ip)
compare 6 "$ip" addr
compare 4 "$ip" -d link
compare 3 "$ip" route show table all
compare 3 "$ip" rule
compare 4 "$ip" -6 addr
compare 2 "$ip" link show dev nosuchdevice
compare 2 getent ahosts localhost
# Sockets come and go: what it asks is the same.
trace ss -tuxan
for side in theirs ours; do
	grep '^send' "$work/$side" >"$work/$side.sent"
done
[ -s "$work/theirs.sent" ] || fail "ss asks nothing" "$work/strace"
diff "$work/theirs.sent" "$work/ours.sent" >"$work/diff" ||
	fail "ss: < is strace's text, > scdb's" "$work/diff"

# Of the wrong ones strace takes more attributes apart: docs/strace.md.
rounds=20
[ -z "$SCDB_TEST_LONG" ] || rounds=400
trace ./netlink "${SCDB_TEST_SEED:-1}" "$rounds"
if LC_ALL=C grep -n '[^ -~]' "$work/ours" >"$work/raw"; then
	fail "bytes that are no text" "$work/raw"
fi
paste -d '\n' "$work/theirs" "$work/ours" | awk '
	NR % 2 { theirs = $0; next }
	{ lines++ }
	theirs == $0 { equal++; next }
	{ print theirs "\n" $0 }
	END {
		print equal " of " lines " are equal"
		exit lines < 1000 || equal * 100 < 88 * lines
	}' \
	>"$work/diff" || fail "wrong messages" "$work/diff"
finish
