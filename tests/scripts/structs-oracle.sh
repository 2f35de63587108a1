# SPDX-License-Identifier: GPL-3.0-or-later
#
# Structs of odd lengths, options of sockets and their addresses
# (tests/tracees/oddstructs.c), under strace and under scdb's `trace`, line by line.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

# calls CALL FILE: without ids; of addresses only the last digits.
calls()
{
	sed -nE "/^[0-9]+ +($1)\\(/{
		s/^[0-9]+ +//
		s/0x[5-7f][0-9a-f]{3,}([0-9a-f]{3})\\>/0x\\1/g
		p
	}" "$2"
}

# compare WHAT CALL LEAST SHARE: of at least LEAST calls that match CALL so many
# in a thousand are the same.
compare()
{
	LC_ALL=C timeout 60 strace -f -o "$work/strace" ./oddstructs "$1" \
		>"$work/out" 2>&1 || fail "strace of $*: status $?" "$work/out"
	LC_ALL=C timeout -k 5 60 "$SCDB" -q --nx --batch -o "$work/scdb" \
		-e 'set engine ptrace' -e 'trace all' -e run -- \
		./oddstructs "$1" >"$work/out" 2>&1 ||
		fail "scdb of $*: status $?" "$work/out"
	calls "$2" "$work/strace" >"$work/theirs"
	calls "$2" "$work/scdb" >"$work/ours"
	[ "$(wc -l <"$work/theirs")" -ge "$3" ] ||
		fail "$*: too few calls" "$work/strace"
	[ -z "$SCDB_TEST_KEEP" ] || cp "$work/theirs" "$work/ours" \
		"$SCDB_TEST_KEEP"
	paste -d '\n' "$work/theirs" "$work/ours" | awk -v share="$4" '
		NR % 2 { theirs = $0; next }
		{ lines++ }
		theirs == $0 { equal++; next }
		{ print "< " theirs "\n> " $0 }
		END {
			print equal + 0 " of " lines " are equal"
			exit equal * 1000 < share * lines
		}' >"$work/diff" || fail "$*" "$work/diff"
}

compare grown 'clone3|openat2|mount_setattr|sched_setattr' 100 1000
# Only names that are newer than strace 6.1 differ.
compare options '[gs]etsockopt' 10000 995
# Names that are too long, and the last number of Bluetooth.
compare addresses connect 5000 999
finish
