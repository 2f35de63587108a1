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
	good	-	true
	slow	5	sleep 1.5
LIST

expect 1 'ok good' 'FAIL bad: exit status 3' '    why it is bad' \
	'FAIL hangs: no end within 1 s' 'FAIL dies: exit status 139' \
	'1 passed, 3 failed' <<-'LIST'
	good	-	true
	bad	-	echo why it is bad; exit 3
	hangs	-	sleep 30
	dies	-	kill -SEGV $$
LIST

# The processes of a test end with it, even in a session of their own.
expect 1 'FAIL leaves: it left processes behind: [0-9]* (sleep 3217 )' \
	'0 passed, 1 failed' <<-'LIST'
	leaves	-	setsid sleep 3217 >/dev/null 2>&1 & exit 0
LIST
if grep -qze '^3217$' /proc/[0-9]*/cmdline 2>/dev/null; then
	echo "a process outlived its test"
	failed=1
fi

# CMocka's cases are counted, and a program that runs none did not pass.
expect 1 'ok unit/three (3 cases)' 'FAIL unit/none: it ran no case' \
	'FAIL unit/two: exit status 2' 'FAIL unit/crash: exit status 134' \
	'FAIL unit/skip: it skipped cases' '9 passed, 5 failed' <<-'LIST'
	unit/three	-	echo '[  PASSED  ] 3 test(s).'
	unit/none	-	true
	unit/two	-	echo '[  PASSED  ] 5 test(s).'; echo '[  FAILED  ] 2 test(s), listed below:'; exit 2
	unit/crash	-	kill -ABRT $$
	unit/skip	-	echo '[  PASSED  ] 1 test(s).'; echo '[  SKIPPED ] 1 test(s), listed below:'
LIST

expect 1 'no test was asked for' '0 passed, 0 failed' </dev/null

# A test sees neither the user's terminal nor the caller's ignored signals.
trap '' INT
expect 0 '3 passed, 0 failed' <<-'LIST'
	no-terminal	-	! sh -c ': </dev/tty' 2>/dev/null
	signals	-	grep -q '^SigIgn:.*0$' /proc/self/status
	home	-	test -d "$HOME" -a -z "$(ls -A "$HOME")"
LIST
exit $failed
