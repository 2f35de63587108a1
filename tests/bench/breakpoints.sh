#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: breakpoints.sh [--rounds N] [--hits N]
#
# What breakpoints and steps cost (tests/bench/hits.c): a breakpoint whose
# condition is false, launched and attached; single steps; block steps; 10,000
# breakpoints by one regular expression; 1,000 threads. scdb against a bare loop
# that does the least, gdb and lldb, which get fewer rounds of the loop. As the
# scheduler likes, and confined to one processor. Contestants take turns;
# medians. Without lldb its rows are missing.

# shellcheck disable=SC2154,SC2034
. "${0%/*}/helpers.sh"
rounds=5 hits=20000
options "rounds hits" "$@"
prog=$SCDB_BENCHES/hits
core=$(one_core)
pin=

# keep NAME: the time that the program on stdin printed, as one more of NAME.
keep()
{
	tr -d '\r' | sed -n "s/^ns \([0-9]*\)$/$1$suffix \1/p" >>"$work/raw"
}

# median NAME: of the nanoseconds, as microseconds; nothing where there is none.
median()
{
	sed -n "s/^$1 //p" "$work/raw" | sort -n |
		awk '{ t[NR] = $1 } END { if (NR) printf "%.2f",
			t[int((NR + 1) / 2)] / 1000 }'
}

attached()
{
	$pin "$prog" --wait "$hits" >"$work/out" &
	pid=$!
	until grep -q ready "$work/out"; do
		kill -0 $pid || return
		sleep 0.02
	done
	timeout 120 $pin "$SCDB" -q --nx --batch -p $pid \
		-e 'break hit if $rdi == -1' -e continue >"$work/log" 2>&1
	wait $pid
	pid=
	cat "$work/out"
}

false_condition()
{
	timeout 120 $pin "$prog" --bare "$hits" | keep bare
	timeout 120 $pin "$SCDB" -q --nx --batch \
		-e 'break hit if $rdi == -1' -e run \
		-- "$prog" "$hits" 2>>"$work/log" | keep scdb
	attached | keep scdb-p
	timeout 120 $pin gdb -q -nx -batch -ex 'break hit if $rdi == -1' \
		-ex run --args "$prog" $((hits / 10)) 2>>"$work/log" | keep gdb
	[ "$lldb" ] || return
	timeout 120 $pin lldb -b -x -o 'breakpoint set -n hit -c "$rdi == -1"' \
		-o run -- "$prog" $((hits / 40)) 2>>"$work/log" | keep lldb
}

# took COMMAND...: how long, in nanoseconds.
took()
{
	begin=$(date +%s%N)
	timeout 300 "$@" >"$work/log" 2>&1 </dev/null
	end=$(date +%s%N)
	echo $((end - begin))
}

# over NAME N WITH WITHOUT: what each of N costs, by two runs.
over()
{
	echo "ns $((($3 - $4) / $2))" | keep "$1"
}

steps()
{
	timeout 120 $pin "$prog" --bare-step 100000 | keep bare-step
	with=$(took $pin "$SCDB" -q --nx --batch -e starti \
		-e 'stepi 100000' -- "$prog" --loop 20000)
	without=$(took $pin "$SCDB" -q --nx --batch -e starti \
		-- "$prog" --loop 20000)
	over scdb-step 100000 "$with" "$without"
	with=$(took $pin gdb -q -nx -batch -ex starti -ex 'stepi 20000' \
		--args "$prog" --loop 20000)
	without=$(took $pin gdb -q -nx -batch -ex starti \
		--args "$prog" --loop 20000)
	over gdb-step 20000 "$with" "$without"
	with=$(took $pin "$SCDB" -q --nx --batch -e 'break turn' -e run \
		-e 'delete 1' -e 'blockstep 5000' -- "$prog" --loop 20000)
	without=$(took $pin "$SCDB" -q --nx --batch -e 'break turn' -e run \
		-e 'delete 1' -- "$prog" --loop 20000)
	over scdb-block 50000 "$with" "$without"
}

lldb=$(command -v lldb)
for how in '' one; do
	suffix=$how pin=
	[ "$how" ] && pin="taskset -c $core"
	round=0
	while [ $round -lt "$rounds" ]; do
		false_condition
		steps
		round=$((round + 1))
	done
done

# row TITLE NAME BASE: as scheduled, and on one processor.
row()
{
	a=$(median "$2") b=$(median "$2one")
	[ "$a$b" ] || return
	echo "$1|$a|$(median "$3")|$b|$(median "$3one")"
}
{
	row 'a false condition: bare loop' bare bare
	row '  scdb, launched' scdb bare
	row '  scdb, attached' scdb-p bare
	row '  gdb' gdb bare
	row '  lldb' lldb bare
	row 'a single step: bare loop' bare-step bare-step
	row '  scdb, stepi N' scdb-step bare-step
	row '  gdb, stepi N' gdb-step bare-step
	row 'an instruction of a block step' scdb-block bare-step
} | awk -F'|' '
	BEGIN { printf "%-34s %10s %6s %12s %6s\n", "us",
		"scheduled", "ratio", "one core", "ratio" }
	{ printf "%-34s %10s %6.2f %12s %6.2f\n", $1, $2,
		$3 ? $2 / $3 : 0, $4, $5 ? $4 / $5 : 0 }'
