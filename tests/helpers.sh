# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh disable=SC2034
#
# What the scripts of tests/scripts share; they read it with ".".  It makes a
# directory $work, goes to the tracees, and at the end kills what the script
# started with `start`.  A script ends with `finish`.

: "${SCDB_TOP:=$(cd "$(dirname "$0")/../.." && pwd)}"
: "${SCDB:=$SCDB_TOP/scdb}" "${SCDB_TRACEES:=$SCDB_TOP/build/tracees}"
: "${SCDB_TEST_SEED:=1}" "${CC:=cc}"
export LC_ALL=C.UTF-8
unset NO_COLOR SCDB_LOG

failures=0
started=
work=$(mktemp -d "${TMPDIR:-/tmp}/scdb-script.XXXXXX") || exit 1

clean_up()
{
	for pid in $started; do
		kill -KILL "$pid" 2>/dev/null
	done
	rm -rf "$work"
}

trap clean_up EXIT
trap 'exit 1' HUP INT TERM
cd "$SCDB_TRACEES" || exit 1

# fail TEXT [FILE...]: counts a failure, and shows files that tell more.
fail()
{
	failures=$((failures + 1))
	printf 'FAIL: %s\n' "$1"
	shift
	for file; do
		[ -e "$file" ] || continue
		printf '  %s:\n' "${file##*/}"
		tail -n 12 "$file" | cat -v | sed 's/^/    /'
	done
	[ $failures -lt 20 ] || finish
}

finish()
{
	[ $failures -eq 0 ] || exit 1
	exit 0
}

# scdb without a prompt; what it runs may take so long.
scdb()
{
	timeout -k 2 "${SCDB_LIMIT:-40}" "$SCDB" -q --nx --batch \
		${SCDB_TEST_ENGINE:+--engine "$SCDB_TEST_ENGINE"} "$@"
}

# random N: sets $random to one of 0 to N-1, the same ones on each run.
random_state=$SCDB_TEST_SEED
random()
{
	random_state=$(((random_state * 1103515245 + 12345) % 2147483648))
	random=$((random_state / 65536 % $1))
}

# start COMMAND...: in the background, as $pid, its stdin $input (which may be
# a FIFO that nobody has opened yet).
start()
{
	"$@" <>"${input:-/dev/null}" &
	pid=$!
	started="$started $pid"
}

# ended PID: waits, and sets $status.
ended()
{
	wait "$1" 2>/dev/null
	status=$?
}

# until_true COMMAND...: tries for 20 s.
until_true()
{
	tries=0
	until "$@"; do
		tries=$((tries + 1))
		[ $tries -lt 1000 ] || return 1
		sleep 0.02
	done
}

# says FILE PATTERN: whether a line of FILE matches; waits for it.
says()
{
	until_true grep -q -e "$2" "$1"
}

# state PID LETTERS: whether its state in /proc is one of them.
state()
{
	letter=$(sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' \
		"/proc/$1/status" 2>/dev/null)
	case $letter in
	'') return 1 ;;
	["$2"]) return 0 ;;
	esac
	return 1
}

# same WHAT EXPECTED-FILE FILE [FILE...]
same()
{
	cmp -s "$2" "$3" && return 0
	diff "$2" "$3" >"$work/difference"
	what=$1
	shift 3
	fail "$what" "$work/difference" "$@"
	return 1
}
