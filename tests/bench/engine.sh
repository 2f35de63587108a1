#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: engine.sh [--rounds N] [--calls N]
#
# A program of which 1 call in 100, and 1 in 10,000, is caught at its entry
# (tests/tracees/sparse.c): natively, by a bare loop behind a filter
# (tests/bench/filtered.c), by scdb's engines, and by strace with and without
# its filter. Those without a filter stop at every call, and get a twentieth of
# the calls. Contestants take turns; medians of nanoseconds a call, by the clock
# and of the processors, the program's included.

# shellcheck disable=SC2154,SC2034
. "${0%/*}/helpers.sh"
rounds=3 calls=2000000
options "rounds calls" "$@"

# once NAME CALLS COMMAND...: "NAME clock processors" (nanoseconds a call).
once()
{
	name=$1 made=$2
	shift 2
	"$SCDB_BENCHES/spend" "$@" 2>&1 >"$work/out" </dev/null |
		tail -n 1 | awk -v name="$name" -v calls="$made" '
			{ print name, $1 * 1000 / calls, $3 * 1000 / calls }' \
			>>"$work/raw"
}

# measure EVERY
measure()
{
	few=$((calls / 20))
	set -- "$SCDB_TRACEES/sparse" "$1"
	: >"$work/raw"
	round=0
	while [ $round -lt "$rounds" ]; do
		once native "$calls" "$1" "$calls" "$2"
		once bare "$calls" "$SCDB_BENCHES/filtered" 121 "$1" "$calls" "$2"
		once strace-bpf "$calls" strace --seccomp-bpf -f \
			-e trace=getpgid -o "$work/log" "$1" "$calls" "$2"
		once seccomp "$calls" "$SCDB" -q --nx --batch --engine seccomp \
			-e 'catch syscall getpgid entry if pid' -e run \
			--args "$1" "$calls" "$2"
		once ptrace "$few" "$SCDB" -q --nx --batch --engine ptrace \
			-e 'catch syscall getpgid entry if pid' -e run \
			--args "$1" "$few" "$2"
		once strace "$few" strace -f -e trace=getpgid -o "$work/log" \
			"$1" "$few" "$2"
		round=$((round + 1))
	done
	for tool in native bare seccomp strace-bpf ptrace strace; do
		echo "$tool $(median $tool) $(median $tool 2)" \
			"$(median native 2) $(median bare 2)"
	done | awk '{ printf "  %-10s %8.0f ns  %8.0f ns of processors  %7.2f of native  %6.2f of the bare loop\n",
		$1, $2, $3, $4 ? $3 / $4 : 0, $5 ? $3 / $5 : 0 }'
}

for every in 100 10000; do
	echo "$calls calls, 1 in $every caught:"
	measure $every
done

# skipping TOOL CALLS COMMAND...: "TOOL nanoseconds", where all were refused.
skipping()
{
	name=$1 made=$2
	shift 2
	# shellcheck disable=SC2086
	$pin "$@" --args "$SCDB_BENCHES/opens" "$made" /etc/hostname \
		>"$work/out" 2>&1 </dev/null
	awk -v name="$name" -v calls="$made" '
		NF == 2 && $2 == calls { print name, $1; found = 1 }
		END { exit !found }' "$work/out" >>"$work/raw" && return
	echo "$name did not skip all:"
	cat "$work/out"
	exit 1
}

cat >"$work/gdb" <<'END'
set pagination off
set breakpoint pending on
catch syscall openat
condition 1 $_streq((char *) $rsi, "/etc/hostname")
commands 1
silent
set $orig_rax = -1
set $rax = -13
continue
end
run
END

skips()
{
	: >"$work/raw"
	round=0
	while [ $round -lt "$rounds" ]; do
		skipping gdb 1000 gdb -q -nx -batch -x "$work/gdb"
		for engine in seccomp ptrace; do
			skipping $engine 20000 "$SCDB" -q --nx --batch \
				--engine $engine \
				-e 'on openat if pathname == "/etc/hostname" do skip -EACCES' \
				-e run
		done
		round=$((round + 1))
	done
	for tool in gdb ptrace seccomp; do
		echo "$tool $(median $tool) $(median gdb)"
	done | awk '{ printf "  %-10s %8.0f a second  %7.1f of gdb\n",
		$1, 1e9 / $2, $3 / $2 }
		END { printf "  aim: 12 times as many as gdb: %.1f, %s\n",
			$3 / $2, ($3 / $2 >= 12) ? "reached" : "missed" }'
}

core=$(one_core)
for pin in '' "taskset -c $core"; do
	echo "calls skipped by their path${pin:+, on one processor}:"
	skips
done
