#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: run.sh [--rounds N] [--calls N] [--tree DIR] [--quick] [--strict]
#               [--without TOOL] [--raw FILE]
#
# What it costs to stop a program at each of its system calls: scdb with
# "catch syscall all if 0", against a bare loop of two stops a call (tests/
# bench/bare.c), strace and gdb. Two programs are stopped: one that makes only
# getppid calls and times itself, and find over a big tree, timed from its
# exec to its end. All of it as the scheduler likes, and confined to one
# processor. Contestants take turns (A B C A B C ...), and medians count.
#
# gdb, being slow, gets a tenth of the getppid calls and a smaller tree; the
# figures are per call. Prints a table for each program, and the aims.
# Exit status: 0 when all was measured, 1 when something could not be (or,
# with --strict, when an aim was missed), 2 on a usage error.
# The environment may name SCDB, SCDB_TRACEES and SCDB_BENCHES.

top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
: "${SCDB:=$top/scdb}"
: "${SCDB_TRACEES:=$top/build/tracees}"
: "${SCDB_BENCHES:=$top/build/bench}"
rounds=5 calls=20000 tree=/usr strict=0 raw='' without=''
limit=300

usage()
{
	sed -n '4,5s/^# *//p' "$0" >&2
	exit 2
}

while [ $# -gt 0 ]; do
	case $1 in
	--quick) rounds=3 calls=4000 tree=/usr/include; shift; continue ;;
	--strict) strict=1; shift; continue ;;
	esac
	[ $# -ge 2 ] || usage
	case $1 in
	--rounds) rounds=$2 ;;
	--calls) calls=$2 ;;
	--tree) tree=$2 ;;
	--without) without="$without $2" ;;
	--raw) raw=$2 ;;
	*) usage ;;
	esac
	shift 2
done
case $rounds$calls in
*[!0-9]*) usage ;;
esac
[ "$rounds" -gt 0 ] && [ "$calls" -ge 100 ] && [ -d "$tree" ] || usage

small_tree=$tree/include
[ -d "$small_tree" ] || small_tree=$tree
gdb_calls=$((calls / 10))

missing()
{
	echo "bench: $1" >&2
	exit 1
}

has()
{
	case " $without " in
	*" $1 "*) return 1 ;;
	esac
	return 0
}

tools=
for tool in native bare-sleep bare-poll scdb scdb-p strace strace-none gdb
do
	has "$tool" && tools="$tools $tool"
done
case $tools in
*scdb*)
	[ -x "$SCDB" ] || missing \
		"no scdb at $SCDB: run make first (or --without scdb --without scdb-p)"
	;;
esac
for program in "$SCDB_BENCHES/bare" "$SCDB_BENCHES/stopwatch" \
	"$SCDB_TRACEES/getppid_loop"; do
	[ -x "$program" ] || missing "no $program: make benches tracees"
done
for program in strace gdb taskset find; do
	case $program:$tools in
	strace:*strace*|gdb:*gdb*|taskset:*|find:*)
		command -v $program >/dev/null ||
			missing "no $program on this machine" ;;
	esac
done

dir=$(mktemp -d "${TMPDIR:-/tmp}/scdb-bench.XXXXXX") || exit 1
target=
end()
{
	[ -n "$target" ] && kill -KILL "$target" 2>/dev/null
	rm -rf "$dir"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkfifo "$dir/clock" "$dir/go" || exit 1
: >"$dir/data"
core=$(taskset -pc $$ | sed 's/.*: *\([0-9]*\).*/\1/')
pin=
# One cost of attaching that is no cost of a call: how long a debugger gets
# to attach and go on before the program starts.
settle=0.5

# Runs program $2... under tool $1.
launch()
{
	tool=$1
	shift
	case $tool in
	native) $pin "$@" ;;
	bare-sleep) $pin "$SCDB_BENCHES/bare" --sleep "$@" ;;
	bare-poll) $pin "$SCDB_BENCHES/bare" --poll "$@" ;;
	scdb) $pin "$SCDB" --batch -q --nx -e 'catch syscall all if 0' \
		-e run -- "$@" ;;
	strace) $pin strace -f -o /dev/null "$@" ;;
	strace-none) $pin strace -f -e trace=none -o /dev/null "$@" ;;
	gdb) $pin env -u DEBUGINFOD_URLS gdb -q -nx -batch \
		-ex 'set startup-with-shell off' -ex 'set pagination off' \
		-ex 'catch syscall' -ex 'condition 1 0' -ex run \
		--args "$@" ;;
	esac
}

# Starts program $@, which says "ready" and waits; attaches scdb to it.
attach()
{
	$pin "$@" <"$dir/go" >"$dir/out" 2>>"$dir/log" &
	target=$!
	exec 9>"$dir/go"
	while ! grep -q '^ready' "$dir/out"; do
		kill -0 "$target" 2>/dev/null || break
		sleep 0.01
	done
	$pin timeout "$limit" "$SCDB" --batch -q --nx -p "$target" \
		-e 'catch syscall all if 0' -e continue >>"$dir/log" 2>&1 &
	scdb_pid=$!
	sleep "$settle"
	if grep -q '^TracerPid:[[:space:]]*0$' "/proc/$target/status" \
		2>/dev/null; then
		echo "scdb did not attach" >>"$dir/log"
		: >"$dir/unattached"
		kill -KILL "$target"
	fi
	echo go >&9
	exec 9>&-
	wait "$target"
	target=
	wait "$scdb_pid"
	cat "$dir/out"
}

# Prints the nanoseconds that a getppid took under tool $1.
time_getppid()
{
	n=$calls
	[ "$1" = gdb ] && n=$gdb_calls
	[ "$1" = native ] && n=1000000
	set -- "$1" "$SCDB_TRACEES/getppid_loop" --time "$n"
	case $1 in
	scdb-p) attach "$2" --time --ready "$n" ;;
	*) launch "$@" 2>>"$dir/log" </dev/null ;;
	esac | tee -a "$dir/log" | sed -n 's/^ns \([0-9]*\)$/\1/p'
}

# Prints the nanoseconds that one of find's calls took under tool $1.
time_find()
{
	over=$tree n=$tree_calls
	[ "$1" = gdb ] && over=$small_tree n=$small_tree_calls
	timeout "$limit" "$SCDB_BENCHES/stopwatch" read "$dir/clock" \
		>"$dir/span" 2>>"$dir/log" &
	reader=$!
	case $1 in
	scdb-p) attach "$SCDB_BENCHES/stopwatch" mark --wait "$dir/clock" \
		find "$over" -xdev >/dev/null ;;
	*) launch "$1" "$SCDB_BENCHES/stopwatch" mark "$dir/clock" \
		find "$over" -xdev >>"$dir/log" 2>&1 </dev/null ;;
	esac
	# A tool that never started the program must not leave the reader.
	sleep 0.05
	kill "$reader" 2>/dev/null
	wait "$reader" 2>/dev/null
	[ -e "$dir/unattached" ] && return
	awk -v n="$n" '{ printf "%d\n", $1 / n }' "$dir/span"
}

count_calls()
{
	"$SCDB_BENCHES/bare" --count find "$1" -xdev 2>&1 >/dev/null |
		sed -n 's/^stops //p' | awk '{ print int($1 / 2) }'
}

# One program, $1, confined as $2 says, in $3 rounds.
measure()
{
	pin=
	[ "$2" = one-core ] && pin="taskset -c $core"
	round=1
	while [ "$round" -le "$3" ]; do
		for tool in $tools; do
			: >"$dir/log"
			rm -f "$dir/unattached"
			ns=$("time_$1" "$tool")
			case $ns in
			''|*[!0-9]*)
				echo "bench: $1 under $tool failed:" >&2
				head -n 5 "$dir/log" >&2
				echo "$1 $2 $tool failed" >>"$dir/data"
				continue ;;
			esac
			echo "$1 $2 $tool $ns" >>"$dir/data"
		done
		[ -t 2 ] && printf '%s %s: round %d of %d\r' \
			"$1" "$2" "$round" "$3" >&2
		round=$((round + 1))
	done
	[ -t 2 ] && printf '%60s\r' '' >&2
	report "$1" "$2"
}

report()
{
	sort -k3,3 -k4,4n "$dir/data" | awk -v program="$1" -v how="$2" \
		-v tools="$tools" -f "$top/tests/bench/report.awk" |
		tee -a "$dir/report"
}

tree_calls=$(count_calls "$tree")
small_tree_calls=$(count_calls "$small_tree")
find_rounds=$(((rounds + 1) / 2))
echo "getppid: $calls calls (gdb: $gdb_calls), $rounds rounds"
echo "find: $tree, $tree_calls calls (gdb: $small_tree," \
	"$small_tree_calls), $find_rounds rounds"
echo "$(uname -sr), $(getconf _NPROCESSORS_ONLN) processors," \
	"$(strace -V 2>/dev/null | head -n 1)," \
	"$(gdb --version 2>/dev/null | head -n 1)"
measure getppid free "$rounds"
measure find free "$find_rounds"
measure getppid one-core "$rounds"
measure find one-core "$find_rounds"
[ -n "$raw" ] && cp "$dir/data" "$raw"
grep -q ' failed$' "$dir/data" && exit 1
[ "$strict" = 1 ] && grep -q 'missed' "$dir/report" && exit 1
exit 0
