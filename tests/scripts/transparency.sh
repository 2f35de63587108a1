#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
#
# A program under scdb behaves as without it: same output, same errors, same
# end.  The programs of tests/transparency.list are left to run, run with a
# catchpoint on every call whose condition is false, and stepped from call to
# call.  `make check` takes another third of the list for each of the three;
# the slow ones are left to `make check-long`.

signals='handle all nostop noprint pass'
traps='handle SIGTRAP SIGINT nostop noprint pass'

# quoted WORD...: as a shell reads them.
quoted()
{
	for word; do
		printf " '%s'" "$(printf '%s' "$word" | sed "s/'/'\\\\''/g")"
	done
}

# The way that tests/transparency.sh has a program run, but stepped: what was
# launched has to be the program itself.  Its end is what scdb says of it.
step()
{
	out=$4
	shift 4
	program=$1
	shift
	{
		echo "$signals"
		echo "$traps"
		printf 'starti%s <%s >%s 2>%s\n' "$(quoted "$@")" \
			"$out/stdin" "$out/stdout" "$out/stderr"
		echo 'sysstep 100000000'
	} >"$out/commands"
	"$SCDB" -q --nx --batch -x "$out/commands" -- "$program"
	sed -nE 's/^\[(1\.)?[0-9]+\] .* (exited with status|was killed by) //p' \
		"$out/log" >"$out/end"
	read -r status description <"$out/end"
	# A shell's number and words for a signal.
	for number in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
		[ "$status" = "SIG$(kill -l $number)" ] || continue
		status=$((128 + number))
		echo "$description" | sed 's/[()]//g' >>"$out/stderr"
	done
	echo "$status" >"$out/status"
}

: "${SCDB_TOP:=$(cd "$(dirname "$0")/../.." && pwd)}"
: "${SCDB:=$SCDB_TOP/scdb}"
if [ "$1" = --step ]; then
	shift
	step "$@"
	exit
fi

same="$SCDB_TOP/tests/transparency.sh"
self=$SCDB_TOP/tests/scripts/transparency.sh
failed=0

# mode THIRD WHAT WRAPPER...
mode()
{
	third=$1 what=$2
	shift 2
	if [ -n "$SCDB_TEST_LONG" ]; then
		"$same" --without tracer "$@"
	else
		"$same" --without tracer,slow --jobs 2 --sample \
			"$(((third + ${SCDB_TEST_SEED:-1}) % 3))/3" "$@"
	fi
	[ $? -eq 0 ] || {
		echo "FAIL: $what"
		failed=1
	}
}

batch="$SCDB -q --nx --batch"
# shellcheck disable=SC2086
{
	mode 0 'left to run' $batch -e "$signals" -e "$traps" -e run --
	mode 1 'caught at every call' $batch -e "$signals" -e "$traps" \
		-e 'catch syscall all if 0' -e run --
}
export SCDB
mode 2 'stepped from call to call' sh "$self" --step
exit $failed
