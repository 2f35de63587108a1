# SPDX-License-Identifier: GPL-3.0-or-later
# A runner that can't say FAIL proves nothing: each way to fail is tried.

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

failed=0
# expect STATUS LINE...: the runner, fed from stdin, exits so and says these.
expect()
{
	want=$1
	shift
	tests/run.sh -j 2 -t 1 >"$work/said"
	status=$?
	if [ $status -ne "$want" ]; then
		echo "exit status $status instead of $want"
		failed=1
	fi
	for line; do
		if ! grep -qxe "$line" "$work/said"; then
			echo "missing: $line"
			failed=1
		fi
	done
	[ $failed = 0 ] || sed 's/^/said: /' "$work/said"
}

expect 0 'ok good' 'ok slow' '2 passed, 0 failed' <<-LIST
	good	20	true
	slow	20	sleep 1.5
LIST

expect 1 'ok good' 'FAIL bad: exit status 3' '    why it is bad' \
	'FAIL hangs: no end within 1 s' 'FAIL dies: exit status 139' \
	'1 passed, 3 failed' <<-'LIST'
	good	20	true
	bad	20	echo why it is bad; exit 3
	hangs	-	sleep 30
	dies	20	kill -SEGV $$
LIST

# The processes of a test end with it, even in a session of their own.
expect 1 'FAIL leaves: it left processes behind: [0-9]* (sleep 3217 )' \
	'0 passed, 1 failed' <<-'LIST'
	leaves	20	setsid sleep 3217 >/dev/null 2>&1 & exit 0
LIST
if grep -qze '^3217$' /proc/[0-9]*/cmdline 2>/dev/null; then
	echo "a process outlived its test"
	failed=1
fi

# CMocka's cases are counted, and a program that runs none did not pass.
expect 1 'ok unit/three (3 cases)' 'FAIL unit/none: it ran no case' \
	'FAIL unit/two: exit status 2' 'FAIL unit/crash: exit status 134' \
	'FAIL unit/skip: it skipped cases' '9 passed, 5 failed' <<-'LIST'
	unit/three	20	echo '[  PASSED  ] 3 test(s).'
	unit/none	20	true
	unit/two	20	echo '[  PASSED  ] 5 test(s).'; echo '[  FAILED  ] 2 test(s), listed below:'; exit 2
	unit/crash	20	kill -ABRT $$
	unit/skip	20	echo '[  PASSED  ] 1 test(s).'; echo '[  SKIPPED ] 1 test(s), listed below:'
LIST

expect 1 'no test was asked for' '0 passed, 0 failed' </dev/null

# What took long before starts first, unknown tests as their limits hint, and
# the times are kept, also those of tests that did not run.
# shellcheck disable=SC2016
say_name='echo ${SCDB_TEST_JOB##*/} >>'$work/order
printf '3.00 1.50 third\n7.00 0.10 other\n2.00 0.20 first\n' >"$work/times"
printf '%s\n' "first	-	$say_name" "second	-	$say_name; sleep 0.4" \
	"third	-	$say_name" "fourth	25	$say_name" \
	"spins	-	$say_name; yes | head -c 300000000 >/dev/null" |
	tests/run.sh -o "$work/times" >"$work/said" ||
	{ cat "$work/said"; failed=1; }
[ "$(tr '\n' ' ' <"$work/order")" = '3 4 1 2 5 ' ] ||
	{ echo "another order:" && cat "$work/order"; failed=1; }
awk '
	NF != 3 || $3 in wall || (NR > 1 && $1 > last) { exit bad = 1 }
	{ last = wall[$3] = $1; busy[$3] = $2 }
	END {
		exit bad || NR != 6 || wall["other"] != 7 ||
			busy["other"] != 0.1 || wall["third"] == 3 ||
			busy["third"] > 0.2 || wall["second"] < 0.4 ||
			wall["second"] > 60 || busy["second"] > 0.2 ||
			busy["spins"] < 0.01
	}' "$work/times" || { echo "other times:" && cat "$work/times"; failed=1; }

# A test sees neither the user's terminal nor the caller's ignored signals.
trap '' INT
expect 0 '3 passed, 0 failed' <<-'LIST'
	no-terminal	20	! sh -c ': </dev/tty' 2>/dev/null
	signals	20	grep -q '^SigIgn:.*0$' /proc/self/status
	home	20	test -d "$HOME" -a -z "$(ls -A "$HOME")"
LIST
exit $failed
