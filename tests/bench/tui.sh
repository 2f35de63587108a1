#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: tui.sh [--rounds N] [--calls N] [--size COLUMNSxROWS]
#
# What the full screen costs a stream of calls that it shows: a program that
# makes N of them, with `trace -c all` at the prompt, and on the screen, which
# wants the same stops by itself (layout calls, then overview with the
# counters). In a terminal of tmux; they take turns. Medians of processors'
# time, program included, of the time of the clock, and calls a second.

# shellcheck disable=SC2154,SC2034
. "${0%/*}/helpers.sh"
rounds=7 calls=200000 size=200x60
options "rounds calls size" "$@"
unset TMUX
export LC_ALL=C.UTF-8 XDG_STATE_HOME="$work" XDG_CONFIG_HOME="$work"

# once NAME OPTION...: "NAME clock KB processors" (microseconds).
once()
{
	name=$1
	shift
	rm -f "$work/spent"
	cat >"$work/start" <<-END
		"$SCDB_BENCHES/spend" "$SCDB" -q --nx $* -e 'set confirm off' \\
			-e run -e quit "$SCDB_TRACEES/getppid_loop" $calls \\
			2>"$work/spent.new"
		mv "$work/spent.new" "$work/spent"
	END
	tmux -u -S "$work/tmux" -f /dev/null new-session -d -s t \
		-x "${size%x*}" -y "${size#*x}" "sh $work/start"
	until [ -f "$work/spent" ]; do
		sleep 0.1
	done
	tail -n 1 "$work/spent" | sed "s/^/$name /" >>"$work/raw"
	while tmux -S "$work/tmux" has-session 2>/dev/null; do
		sleep 0.1
	done
}

round=0
while [ "$round" -lt "$rounds" ]; do
	once prompt "-e 'trace -c all'"
	once calls --tui
	once counters "--tui -e 'tui layout overview'"
	round=$((round + 1))
done
echo "$calls calls, $rounds rounds, terminal of $size"
for name in prompt calls counters; do
	echo "$name $(median "$name" 3) $(median "$name" 1)"
done | awk -v calls="$calls" 'NR == 1 { cpu = $2; clock = $3 }
	{ printf "%-9s %8.3f s of processors %+6.1f %%  %8.3f s %+6.1f %%  %7.0f calls/s\n",
	  $1, $2 / 1e6, 100 * ($2 / cpu - 1), $3 / 1e6,
	  100 * ($3 / clock - 1), calls / ($3 / 1e6) }'
