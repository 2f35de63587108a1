#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Calls that are broken off and made again: what the program sees is what it
# sees natively, and rules count, decide and act once, by either engine.
# limit: 60
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

./restarted | sort >"$work/native"
[ "$(wc -l <"$work/native")" -eq 36 ] || fail 'a line each' "$work/native"
sed -E 's/^([a-z_]+ [0-9]) .*/\1 77 -/' "$work/native" >"$work/faked"
sed -E 's/^([a-z_]+ 1) .*/\1 77 -/' "$work/native" >"$work/second"

# ruled ENGINE ACTION [WHEN]: with a rule of ACTION for each call; what the
# program saw is in $work/saw.
ruled()
{
	cat >"$work/rules" <<EOF
handle SIGUSR1 SIGUSR2 SIGCHLD SIGURG SIGSTOP SIGCONT nostop noprint pass
on nanosleep if req.tv_nsec == 300000000 $3 do $2
on clock_nanosleep if flags == 1 $3 do $2
on poll $3 do $2
on ppoll $3 do $2
on futex if futex_op == 0 $3 do $2
on read if count == 1 && fd.type == "pipe" $3 do $2
on accept $3 do $2
on epoll_wait $3 do $2
on pause $3 do $2
on pause if ret == 77 || errno == 4 do count
run
info rules
EOF
	scdb --engine "$1" -x "$work/rules" ./restarted >"$work/out" 2>&1 ||
		fail "$1, $2: scdb failed" "$work/out"
	grep -E '^[a-z_]+ [0-3] -?[0-9]+ [A-Z-]+$' "$work/out" | sort \
		>"$work/saw"
	awk '$2 == "y" { print $3, $4 }' "$work/out" | paste -s -d , \
		>"$work/hits"
}

# hits ENGINE WHAT EACH
hits()
{
	want="$3 0,$3 0,$3 0,$3 0,$3 0,$3 0,$3 0,$3 0,$3 0,4 0"
	[ "$(cat "$work/hits")" = "$want" ] ||
		fail "$1, $2: not once each: $(cat "$work/hits")"
}

for engine in seccomp ptrace; do
	ruled $engine 'count, delay 2ms, signal SIGURG, delay exit 2ms, log exit "{ret} over"'
	same "$engine: it saw something else" "$work/native" "$work/saw"
	hits $engine 'count' 4
	[ "$(grep -c ' over$' "$work/out")" -eq 36 ] ||
		fail "$engine: not one log each" "$work/out"
	ruled $engine 'fake 77, arg 5 4711'
	same "$engine: not faked" "$work/faked" "$work/saw"
	hits $engine 'fake' 4
	ruled $engine 'fake 77' 'when 2'
	same "$engine: the second alone" "$work/second" "$work/saw"
	hits $engine 'when 2' 1
done
# Where nobody looks at the exits.
ruled seccomp 'count'
same 'unwatched: it saw something else' "$work/native" "$work/saw"
hits seccomp 'unwatched' 4

# A thread that is woken for a signal which another takes: no stop tells that its
# call is made again.
for engine in seccomp ptrace; do
	scdb --engine $engine -e 'handle SIGUSR1 SIGUSR2 nostop noprint pass' \
		-e 'on read if count == 1 && fd.type == "pipe" do count' \
		-e run -e 'info rules' ./woken 300 >"$work/out" 2>&1 ||
		fail "$engine, woken: scdb failed" "$work/out"
	grep -qx 'read 1' "$work/out" && grep -q '^1  *y  *1  *0' "$work/out" ||
		fail "$engine, woken: not counted once" "$work/out"
done
finish
