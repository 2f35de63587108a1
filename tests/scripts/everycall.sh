# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every call of every ABI, with arguments that fit, odd ones and hostile ones
# (tests/tracees/everycall.c): under strace and under scdb's `trace`, line by
# line.  Both must tell of the same calls, by the same names; nothing of the
# tracee's may reach the log as it is.  Where strace 6.1 knows a name that stands
# in everycall.newer, or has no name for the call, the line counts for nothing
# more; of the others a share must be equal to the letter.
# limit: 300
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

scripts=$SCDB_TOP/tests/scripts
seed=${SCDB_TEST_SEED:-1}
rounds=3
[ -z "$SCDB_TEST_LONG" ] || rounds=60
# strace can be made to write without end.
ulimit -f 2000000

# calls FILE: what is between the program's two marks, without ids.
calls()
{
	awk '/write\(-1, "begin", 5/ { on = 1; next }
	     /write\(-1, "end", 3/ { on = 0 }
	     on && !/^[0-9]* *\[ Process/ { sub(/^[0-9]+ +/, ""); print }' "$1"
}

# strace's -v, and the same of scdb's.
verbose='' whole=off

# compare ABI LEAST SHARE [CALL...]: at least LEAST calls a round, SHARE percent
# equal.
compare()
{
	abi=$1 least=$2 share=$3
	shift 3
	# shellcheck disable=SC2086
	LC_ALL=C timeout 300 strace $verbose -f -o "$work/strace" ./everycall \
		"$abi" "$seed" "$rounds" "$@" >"$work/out" 2>&1 ||
		fail "strace of $abi: status $?" "$work/out"
	LC_ALL=C timeout -k 5 600 "$SCDB" -q --nx --batch -o "$work/scdb" \
		-e 'handle all nostop noprint pass' -e 'set engine ptrace' \
		-e "set whole-structs $whole" -e 'trace all' -e run -- \
		./everycall "$abi" "$seed" "$rounds" "$@" >"$work/out" 2>&1 ||
		fail "scdb of $abi: status $?" "$work/out"
	calls "$work/strace" >"$work/theirs"
	calls "$work/scdb" >"$work/ours"
	[ "$(wc -l <"$work/ours")" -ge $((least * rounds)) ] ||
		fail "$abi: too few calls" "$work/out"
	if LC_ALL=C grep -n '[^ -~]' "$work/ours" >"$work/raw"; then
		fail "$abi: bytes that are no text" "$work/raw"
	fi
	awk -v share="$share" -f "$scripts/everycall.awk" \
		"$scripts/everycall.newer" "$work/theirs" "$work/ours" \
		>"$work/report" || fail "$abi, seed $seed" "$work/report"
	[ -z "$SCDB_TEST_KEEP" ] ||
		cp "$work/report" "$SCDB_TEST_KEEP/everycall-$abi$verbose"
}

compare 64 370 85
compare x32 360 83
compare 32 440 83

# What has many forms, each of them; getpid parts what is broken off from the
# next, which would go on with it.
set -- bpf getpid perf_event_open seccomp
rounds=$((rounds * 40))
compare 64 3 99 "$@"
verbose=-v whole=on
compare 32 3 99 bpf getpid seccomp
finish
