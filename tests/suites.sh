#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: suites.sh BUILD SUITE...
#
# Prints the tests of the suites as a list for tests/run.sh; BUILD is the
# directory of what was built for them.  The tests are found by glob.  A line
# "# limit: SECONDS" in a script gives it another time limit; "# engine: NAME"
# has it run once more, as SCRIPT-NAME, with this engine.  With TESTS set only
# those whose names match one of its patterns are printed.

wanted()
{
	[ -n "$TESTS" ] || return 0
	set -f
	# shellcheck disable=SC2086
	set -- "$1" $TESTS
	set +f
	name=$1
	shift
	for pattern; do
		# shellcheck disable=SC2254
		case $name in $pattern) return 0 ;; esac
	done
	return 1
}

# test_line NAME COMMAND [SCRIPT]
test_line()
{
	wanted "$1" || return 0
	limit=
	[ -z "$3" ] || limit=$(sed -n 's/^# limit: \([0-9]*\)$/\1/p;10q' "$3")
	printf '%s\t%s\t%s\n' "$1" "${limit:--}" "$2"
}

# units PREFIX DIR
units()
{
	for file in tests/unit/test_*.c; do
		[ -e "$file" ] || continue
		name=$(basename "$file" .c)
		test_line "$1/$name" "$2/tests/unit/$name"
	done
}

# scripts SUITE DIR [VARIABLE=VALUE]
scripts()
{
	for file in "$2"/*.sh "$2"/*.exp; do
		[ -e "$file" ] || continue
		name=$(basename "$file")
		case $name in
		*.sh)
			test_line "$1/${name%.sh}" "$3 sh $file" "$file"
			engine=$(sed -n 's/^# engine: //p;10q' "$file")
			[ -z "$engine" ] || test_line \
				"$1/${name%.sh}-$engine" \
				"$3 SCDB_TEST_ENGINE=$engine sh $file" "$file"
			;;
		*.exp) test_line "$1/${name%.exp}" "$3 expect $file" "$file" ;;
		esac
	done
}

# transcripts SUITE [VARIABLE=VALUE]
transcripts()
{
	for file in tests/transcripts/*.scdb; do
		[ -e "$file" ] || continue
		test_line "$1/$(basename "$file" .scdb)" \
			"$2 tests/transcript.sh $file" "$file"
	done
}

cd "$(dirname "$0")/.." || exit 1
build=$1
shift
sanitized="SCDB='$build/san/scdb'"
for suite; do
	case $suite in
	unit) units unit "$build" ;;
	san/unit) units san/unit "$build/san" ;;
	lint) test_line lint tests/lint.sh tests/lint.sh ;;
	transcripts) transcripts transcripts ;;
	san/transcripts) transcripts san/transcripts "$sanitized" ;;
	scripts) scripts scripts tests/scripts ;;
	san/scripts) scripts san/scripts tests/scripts "$sanitized" ;;
	terminal) scripts terminal tests/terminal ;;
	san/terminal) scripts san/terminal tests/terminal "$sanitized" ;;
	*) echo "suites.sh: no suite '$suite'" >&2; exit 2 ;;
	esac
done
