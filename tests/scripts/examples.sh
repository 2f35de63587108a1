#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
# Every command and setting has an example, and every example works: each is
# run in the state that its table says, in a directory of its own; and as JSON,
# what it says fits the schema.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

"$SCDB_TOOLS/reference" --examples >"$work/all" || fail "the list of examples"
grep -q '^@any set string-limit$' "$work/all" &&
	grep -q '^@entry skip$' "$work/all" || fail "the list" "$work/all"
mkdir "$work/dir" && cd "$work/dir" || exit 1
echo 'catch syscall read' >my-commands
cp "$SCDB_TRACEES/say" hello || exit 1

# How the state is reached; catchpoints are numbered from 1 all the same.
to_entry='catch syscall openat entry if pathname == "/etc/hosts"
run
delete'
prelude()
{
	case $1 in
	any) ;;
	start) echo starti ;;
	entry) echo "$to_entry" ;;
	exit) printf '%s\nsysfinish\n' "$to_entry" ;;
	signal) echo run ;;
	running) echo 'run &' ;;
	*) return 1 ;;
	esac
}

# try STATE NAME, its example in $work/example
tried=0
try()
{
	tried=$((tried + 1))
	if [ "$1" = none ]; then
		fail "$2 has no example"
		return
	fi
	prelude "$1" >"$work/script" || fail "$2: no state $1"
	sed "s/4711/$sleeper/" "$work/example" >>"$work/script"
	what=$2
	case $1 in
	running) set -- sleep 20 ;;
	signal) set -- sh -c 'kill -USR1 $$' ;;
	*) set -- cat /etc/hosts ;;
	esac
	scdb -x "$work/script" -- "$@" >"$work/said" 2>&1 </dev/null ||
		fail "the example of $what" "$work/script" "$work/said"
	scdb --json -x "$work/script" -- "$@" >"$work/json" 2>/dev/null \
		</dev/null || fail "the example of $what as JSON" "$work/json"
	"$SCDB_TOOLS/json" check "$SCDB_TOP/docs/json-schema.json" \
		<"$work/json" >"$work/types" 2>"$work/said" ||
		fail "the example of $what does not fit the schema" \
			"$work/said"
}

start sleep 100
sleeper=$pid
state=
name=
: >"$work/example"
while IFS= read -r line; do
	case $line in
	@*)
		[ -z "$name" ] || try "$state" "$name"
		name=${line#* } state=${line%% *}
		state=${state#@}
		: >"$work/example"
		;;
	*)
		printf '%s\n' "$line" >>"$work/example"
		;;
	esac
done <"$work/all"
try "$state" "$name"
[ $tried -eq "$(grep -c '^@' "$work/all")" ] && [ $tried -gt 80 ] ||
	fail "$tried examples were tried"
finish
