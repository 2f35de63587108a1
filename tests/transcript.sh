#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: transcript.sh [--update] FILE.scdb...
#
# Runs scdb on the commands of each FILE and compares what it and the program
# say, through tests/filter.sh, with FILE.out.  A first line "# args: WORDS"
# gives scdb's further options and the program.  err-* must exit with 1, all
# others with 0.  --update writes FILE.out anew, if the exit status is right.

# run FILE OUTPUT: sets status.
run()
{
	words=$(sed -n '1s/^# args: *//p' "$1")
	file=$1 output=$2
	eval "set -- $words"
	(cd "$SCDB_TRACEES" &&
		exec "$SCDB" -q --nx --batch -x "$file" "$@") \
		</dev/null >"$output" 2>&1
	status=$?
}

top=$(cd "$(dirname "$0")/.." && pwd) || exit 1
: "${SCDB:=$top/scdb}" "${SCDB_TRACEES:=$top/build/tracees}"
export LC_ALL=C.UTF-8
unset NO_COLOR COLUMNS LINES XDG_CONFIG_HOME XDG_STATE_HOME
update=no
if [ "$1" = --update ]; then
	update=yes
	shift
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

failed=0
for file; do
	name=$(basename "$file" .scdb)
	expected=${file%.scdb}.out
	file=$(cd "$(dirname "$file")" && pwd)/$name.scdb
	run "$file" "$work/raw"
	"$top/tests/filter.sh" <"$work/raw" >"$work/$name.out"
	case $name in err-*) right=1 ;; *) right=0 ;; esac
	if [ $status -ne $right ]; then
		printf '%s: exit status %s instead of %s; it said:\n' \
			"$name" $status $right
		cat "$work/raw"
		failed=1
	elif [ $update = yes ]; then
		cp "$work/$name.out" "$expected"
	elif ! diff -u "$expected" "$work/$name.out"; then
		failed=1
	fi
done
exit $failed
