# SPDX-License-Identifier: GPL-3.0-or-later
# tests/transcript.sh and tests/filter.sh, on a pretended scdb.

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/tracees"
failed=0

cat >"$work/scdb" <<'PROGRAM'
#!/bin/sh
echo "$PWD: $#: $*" | sed "s,${0%/*},WORK,g"
printf '[1] %s "cat" -> getpid() = %s\n' $$ $$
echo 'on stderr' >&2
eval "$(sed '/^#/d' "$5")"
PROGRAM
chmod +x "$work/scdb"

try()
{
	SCDB=$work/scdb SCDB_TRACEES=$work/tracees tests/transcript.sh "$@" \
		>"$work/said" 2>&1
}

complain()
{
	printf '%s; it said:\n' "$*"
	cat "$work/said"
	failed=1
}

printf '# args: -e "a  b" ./say\nexit 0\n' >"$work/good.scdb"
cat >"$work/good.out" <<'TEXT'
WORK/tracees: 8: -q --nx --batch -x WORK/good.scdb -e a  b ./say
[1] PID "cat" -> getpid() = PID
on stderr
TEXT
try "$work/good.scdb" || complain "a good transcript failed"

sed -i s/stderr/stdout/ "$work/good.out"
try "$work/good.scdb" && complain "another output passed"
grep -q '^-on stdout' "$work/said" || complain "the difference is not shown"
try --update "$work/good.scdb" || complain "no update"
try "$work/good.scdb" || complain "fails after the update"

rm "$work/good.out"
try "$work/good.scdb" && complain "passed without .out"

echo 'exit 1' >"$work/err-bad.scdb"
try --update "$work/err-bad.scdb" || complain "an error with status 1 failed"
try "$work/err-bad.scdb" || complain "an error with status 1 failed"
for status in 0 2 139; do
	echo "exit $status" >"$work/err-bad.scdb"
	try "$work/err-bad.scdb" && complain "an err-* passed with $status"
	try --update "$work/err-bad.scdb" && complain "updated with $status"
done
echo 'exit 1' >"$work/bad.scdb"
cp "$work/err-bad.out" "$work/bad.out"
try "$work/bad.scdb" && complain "passed with status 1"

# What the filter replaces, and what it leaves.
tests/filter.sh >"$work/said" <<'TEXT'
[2.1] 4711 "cat" stopped at 0x7ffff7dd5000
* [1] 4711 "cat" main at 0x555555555149, process 4711
/proc/4711/task/4712/maps, ppid=17
wait4(-1, 0x7ffc12345678, 0) = 4711             0.000021 s
read(3, "", 0) = 4711, 0x7fffffff, 0xffffffff, 0x5555
TEXT
diff -u - "$work/said" <<'TEXT' || failed=1
[2.1] PID "cat" stopped at LIB
* [1] PID "cat" main at EXE, process PID
/proc/PID/task/PID/maps, ppid=PID
wait4(-1, LIB, 0) = PID  TIME s
read(3, "", 0) = 4711, 0x7fffffff, 0xffffffff, 0x5555
TEXT
exit $failed
