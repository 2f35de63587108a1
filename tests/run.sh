#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: run.sh [-j N] [-t SECONDS] [-o TIMES] <LIST
#
# Runs the tests of LIST, N at a time, the longest first as far as TIMES of
# earlier runs says (a test it does not know: as its limit hints), so that the
# end does not wait for one long test.  TIMES is brought up to date: a line
# "SECONDS PROCESSOR-SECONDS NAME" a test, the longest first.  A line of LIST is NAME, SECONDS ("-"
# for the default) and a shell command, with tabs between.  Each test has a
# session without a terminal, default signals, an empty stdin, and a HOME and
# a TMPDIR of its own; it passes when it exits with 0 in time and leaves no
# process behind.  Prints "ok NAME", or "FAIL NAME: WHY" and what the test
# said; at the end "N passed, N failed".  Exits with 1 if anything failed.
# A unit test counts with the number of its CMocka cases.

# The processes whose environment says that they belong to test $1, or with
# a $1 that ends in "/" to any test of that run.
processes_of()
{
	case $1 in
	*/) set -- "^SCDB_TEST_JOB=$1" ;;
	*) set -- "^SCDB_TEST_JOB=$1\$" ;;
	esac
	grep -lze "$1" /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3
}

kill_processes_of()
{
	for pid in $(processes_of "$1"); do
		kill -KILL "$pid" 2>/dev/null
	done
}

# What is left of a test gets two seconds to die; then it is named.
survivors_of()
{
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		pids=$(processes_of "$1")
		[ -n "$pids" ] || return
		sleep 0.2
	done
	for pid in $pids; do
		printf ' %s (%s)' "$pid" \
			"$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null)"
	done
}

# count WORD FILE: the number on CMocka's summary line "[  WORD  ] N test(s)".
count()
{
	awk -v word="$1" '$1 == "[" && $2 == word && $3 == "]" {
		for (at = 5; at <= NF; at++)
			if ($at ~ /^test\(s\)/)
				sum += $(at - 1)
	} END { print sum + 0 }' "$2"
}

# judge NAME STATUS LIMIT SURVIVORS OUTPUT: sets why, passed, failed.
judge()
{
	why='' passed=1 failed=0
	case $1 in
	unit/* | san/unit/*)
		passed=$(count PASSED "$5") failed=$(count FAILED "$5")
		[ $((passed + failed)) -gt 0 ] || why="it ran no case"
		[ "$(count SKIPPED "$5")" -eq 0 ] || why="it skipped cases" ;;
	esac
	case $2 in
	0) ;;
	124 | 137) why="no end within $3 s" ;;
	*) why="exit status $2" ;;
	esac
	[ -z "$4" ] || why="it left processes behind:$4"
	[ -n "$why" ] || [ "$failed" -eq 0 ] || why="cases failed"
	if [ -n "$why" ] && [ "$failed" -eq 0 ]; then
		failed=1
		case $1 in unit/* | san/unit/*) ;; *) passed=0 ;; esac
	fi
}

# spent BEGAN ENDED TIMES: "SECONDS PROCESSOR-SECONDS", from two readings of
# /proc/uptime and what the shell's `times` said.
spent()
{
	awk -v began="$1" -v ended="$2" 'NR == 2 {
		split($1 "m" $2, part, /[ms]+/)
		printf "%.2f %.2f\n", ended - began,
			60 * (part[1] + part[3]) + part[2] + part[4]
	}' "$3"
}

# The lines of LIST $1 by their numbers, the longest test first; $2 is TIMES.
longest_first()
{
	awk -F '\t' '
	FILENAME != list {
		split($0, word, " ")
		took[word[3]] = word[1]
		next
	}
	{ print ($1 in took ? took[$1] : $2 / 10), FNR }
	' list="$1" "$2" "$1" | sort -s -k 1,1nr | cut -d ' ' -f 2
}

# keep_times TIMES: those of this run, and of tests that it did not run.
keep_times()
{
	{
		find "$RUN_DIR" -name '*.spent' -exec cat {} +
		cat "$1"
	} 2>/dev/null | awk '!seen[$3]++' | sort -k 1,1nr >"$RUN_DIR/times"
	cp "$RUN_DIR/times" "$1"
}

# One test: line $1 of the list.
job()
{
	at=$RUN_DIR/$1
	IFS='	' read -r name limit command <<-LINE
		$(sed -n "$1p" "$RUN_DIR/list")
	LINE
	[ "$limit" != - ] || limit=$RUN_LIMIT
	mkdir -p "$at.tmp/home"
	read -r began _ </proc/uptime
	env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u NO_COLOR -u COLUMNS \
		-u LINES -u DISPLAY -u XDG_CONFIG_HOME -u XDG_STATE_HOME \
		-u SCDB_LOG -u RUN_DIR -u RUN_LIMIT --default-signal \
		SCDB_TEST_JOB="$at" TMPDIR="$at.tmp" HOME="$at.tmp/home" \
		LC_ALL=C.UTF-8 TERM=xterm-256color \
		ASAN_OPTIONS=exitcode=99 \
		UBSAN_OPTIONS=exitcode=99:print_stacktrace=1 \
		setsid -w timeout -k 2 "$limit" sh -c "$command" \
		</dev/null >"$at.out" 2>&1
	status=$?
	times >"$at.times"
	read -r ended _ </proc/uptime
	[ -e "$RUN_DIR/list" ] || exit 255 # broken off; xargs stops too
	survivors=$(survivors_of "$at")
	kill_processes_of "$at"
	judge "$name" $status "$limit" "$survivors" "$at.out"
	echo "$passed $failed" >"$at.result"
	echo "$(spent "$began" "$ended" "$at.times") $name" >"$at.spent"
	{
		if [ -z "$why" ]; then
			[ "$passed" = 1 ] || name="$name ($passed cases)"
			printf 'ok %s\n' "$name"
		else
			printf 'FAIL %s: %s\n' "$name" "$why"
			tail -n 200 "$at.out" | sed 's/^/    /'
		fi
	} >"$at.report"
	flock "$RUN_DIR/lock" cat "$at.report"
	rm -rf "$at.tmp"
}

end()
{
	[ -z "$runner" ] || kill "$runner" 2>/dev/null
	mv "$RUN_DIR/list" "$RUN_DIR/ended"
	kill_processes_of "$RUN_DIR/"
	rm -rf "$RUN_DIR"
}

if [ "$1" = --job ]; then
	job "$2"
	exit 0
fi
jobs=1 RUN_LIMIT=60 runner='' times=/dev/null
while getopts j:t:o: option; do
	case $option in
	j) jobs=$OPTARG ;;
	t) RUN_LIMIT=$OPTARG ;;
	o) times=$OPTARG ;;
	*) exit 2 ;;
	esac
done

RUN_DIR=$(mktemp -d "${TMPDIR:-/tmp}/scdb-test.XXXXXX") || exit 1
export RUN_DIR RUN_LIMIT
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
cat >"$RUN_DIR/list"
total=$(wc -l <"$RUN_DIR/list")
[ -e "$times" ] || : >"$times"
longest_first "$RUN_DIR/list" "$times" >"$RUN_DIR/order"
# In the background, so that the traps above are heard at once.
xargs -r -P "$jobs" -n 1 "$0" --job <"$RUN_DIR/order" &
runner=$!
wait "$runner"
runner=
[ ! -f "$times" ] || keep_times "$times"
# A test without a result was lost by the runner itself: it failed.
find "$RUN_DIR" -name '*.result' -exec cat {} + |
	awk -v total="$total" '{ passed += $1; failed += $2 }
	END {
		failed += total - NR
		if (total == 0)
			print "no test was asked for"
		printf "%d passed, %d failed\n", passed, failed
		exit failed > 0 || total == 0
	}'
