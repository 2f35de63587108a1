# SPDX-License-Identifier: GPL-3.0-or-later
#
# `set follow-cpu near`: the program goes on where scdb runs, and never sees that
# it could not run elsewhere then.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

# traced COMMAND...: its affinities were never seen to be others.
traced()
{
	"$@" "$SCDB" -q --nx --batch -o "$work/log" -e 'set follow-cpu near' \
		-e "trace ${set:-all}" -e run -- ./masks "$times" >"$work/out" 2>&1 ||
		fail "status $?" "$work/out"
	grep -qx 'seen: 0' "$work/out" || fail 'seen' "$work/out"
	grep -qx 'chosen, seen: 0' "$work/out" || fail 'chosen' "$work/out"
}

# set_by_scdb: how often it set an affinity.
set_by_scdb()
{
	grep -c '^sched_setaffinity' "$work/own"
}

times=600
traced timeout -k 2 40
times=60
set -- timeout -k 2 40 strace -o "$work/own" -e trace=sched_setaffinity
traced "$@"
if [ "$(nproc)" -gt 1 ]; then
	[ "$(set_by_scdb)" -gt 200 ] || fail 'it did nothing' "$work/own"
	# Narrowed, and given back, in turn.
	grep -q "^sched_setaffinity([1-9][0-9]*, [0-9]*, \[[0-9]*\]) *= 0" \
		"$work/own" || fail 'never narrowed' "$work/own"
fi
# Where there is one processor, and where not all calls stop, it is no use.
traced taskset -c "$(taskset -pc $$ | sed 's/.*: *\([0-9]*\).*/\1/')" "$@"
[ "$(set_by_scdb)" -le 1 ] || fail 'on one processor' "$work/own"
set=getppid traced "$@"
[ "$(set_by_scdb)" = 0 ] || fail 'by a filter' "$work/own"
finish
