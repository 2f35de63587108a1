# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
# scdb --json as a program meets it: driven through pipes, into a file, with
# nobody reading, through a long stream of events.
# shellcheck disable=SC2154,SC1010
. "${0%/*}/../helpers.sh"
: "${SCDB_TOOLS:=$SCDB_TOP/build/tests/tools}"
schema=$SCDB_TOP/docs/json-schema.json
json=$SCDB_TOOLS/json

judge()
{
	"$json" check "$schema" <"$1" >/dev/null 2>"$work/complaints" ||
		fail "$2" "$work/complaints"
}

# Driven through pipes: one command at a time, and its answer read to its end.
mkfifo "$work/to" "$work/from"
"$SCDB" -q --nx --json ./say write ours getuid kill 15 <"$work/to" \
	>"$work/from" 2>"$work/err" &
pid=$!
started="$started $pid"
exec 8>"$work/to" 9<"$work/from"
: >"$work/all"

# answer: the lines up to "done", as $work/answer.
answer()
{
	: >"$work/answer"
	while IFS= read -r line <&9; do
		printf '%s\n' "$line" >>"$work/answer"
		printf '%s\n' "$line" >>"$work/all"
		case $line in '{"type":"done",'*) return 0 ;; esac
	done
	fail "scdb ended in its answer" "$work/answer" "$work/err"
	finish
}

# ask LINE; is TYPE MEMBER VALUE
ask()
{
	asked=$1
	printf '%b\n' "$1" >&8
	answer
}

is()
{
	got=$("$json" get "$1" "$2" <"$work/answer")
	[ "$got" = "$3" ] || fail "$asked: $1.$2 is \"$got\", not \"$3\"" \
		"$work/answer"
}

ask 'catch syscall write,getuid'
is command line 'catch syscall write,getuid'
is catchpoint number 1
is done ok true
is done number 1
ask 'run'
is stop call write
is stop phase entry
is stop breakpoint 1
is stop args.1.name buf
is stop args.1.value '"ours"'
is stop args.0.raw 0x1
ask 'skip -s 3'
is done ok true
is stop call ''
ask 'sysfinish'
is stop phase exit
is stop skipped true
is stop value 3
ask 'info threads'
is threads rows.0.id 1
is threads rows.0.current true
ask 'nonsense'
is error kind usage
is done ok false
# Empty lines and comments are commands as others are.
ask ''
is command line ''
is done number 7
ask '# nothing'
is done ok true
# One command, to its `end`.
ask 'if 1\n  echo yes\nend'
is echo text yes
is done number 9
# A byte that no line may hold is that command's error.
ask 'echo a\0001b'
is error kind usage
is done number 10
ask 'echo caf\0351'
is echo text.bytes 636166e9
is command line.text 'echo caf\351'
ask 'echo é'
is echo text é
ask 'print 0x7fffffffffffffff'
is value value 9223372036854775807
ask 'continue'
is stop call getuid
ask 'fake -ENOENT'
ask 'sysfinish'
is stop faked true
is stop value -2
ask 'continue'
is stop reason signal
is stop signal SIGTERM
ask 'continue'
is exit signal SIGTERM
ask 'shell echo from the shell'
# What comes in the background comes between two commands.
ask 'delete'
ask 'handle SIGTERM nostop'
ask 'run &'
is exit signal ''
while IFS= read -r line <&9; do
	printf '%s\n' "$line" >>"$work/all"
	case $line in '{"type":"exit",'*) break ;; esac
done
ask 'quit'
is done ok true
exec 8>&-
cat <&9 >>"$work/all"
exec 9<&-
ended "$pid"
[ "$status" = 0 ] || fail "driven through pipes: status $status" "$work/err"
judge "$work/all" 'driven through pipes'
# Nothing else was on standard output; the program's is on standard error.
for text in 'getuid = ' 'from the shell' 'write = 3'; do
	grep -q "$text" "$work/err" ||
		fail "no \"$text\" on standard error" "$work/err"
done

# Into a file: people see what they see without, and an old file goes.
printf 'catch syscall getuid\nrun\nskip 7\ncontinue\nshow\n' >"$work/commands"
scdb -x "$work/commands" ./say getuid >"$work/without" 2>&1
seq 1000 >"$work/file"
scdb --json="$work/file" -x "$work/commands" ./say getuid >"$work/with" 2>&1
for file in with without; do
	"$SCDB_TOP/tests/filter.sh" <"$work/$file" >"$work/$file.filtered"
done
same "text beside --json=FILE" "$work/without.filtered" "$work/with.filtered"
judge "$work/file" '--json=FILE'
[ "$("$json" get stop call <"$work/file")" = getuid ] ||
	fail "--json=FILE: no stop" "$work/file"
scdb --json=- -e 'echo x' >"$work/file"
judge "$work/file" '--json=-'
scdb --json="$work/none/file" -e 'shell touch ran' >"$work/out" 2>&1
[ $? = 2 ] || fail "a file that can't be written: status" "$work/out"
grep -q "none/file: No such file" "$work/out" ||
	fail "a file that can't be written" "$work/out"
[ ! -e ran ] || fail "a file that can't be written: commands ran"
# The program does not get it.
scdb --json="$work/file" -e run ls -l /proc/self/fd >"$work/out" 2>&1
! grep -q "$work/file" "$work/out" ||
	fail "the program has the file open" "$work/out"

# A full disk and a reader that leaves end scdb, and what it launched.
scdb --json -e 'echo x' >/dev/full 2>"$work/err"
[ $? = 1 ] || fail "a full disk: status" "$work/err"
scdb --json=/dev/full -e 'echo x' >"$work/out" 2>&1
[ $? = 1 ] || fail "a full disk beside the text: status" "$work/out"
cat >"$work/commands" <<-'END'
	catch syscall getppid
	commands
	  continue
	end
	run
END
{
	scdb --json -x "$work/commands" ./getppid_loop 1000000000 2>"$work/err"
	echo $? >"$work/status"
} | head -n 20 >"$work/out"
[ "$(cat "$work/status")" = 1 ] || fail "nobody reads: status" "$work/status"
[ "$(wc -l <"$work/out")" = 20 ] || fail "nobody reads: lines" "$work/out"

# A stream of shown events, each written as it comes, leaves nothing behind:
# memory after the first 4,000 (the log of calls is full then) and at the end.
calls=8000
[ -z "$SCDB_TEST_LONG" ] || calls=50000
# shellcheck disable=SC2016
cat >>"$work/commands" <<-END
	shell grep VmRSS /proc/\$PPID/status >$work/first
	set args $calls
	run
	shell grep VmRSS /proc/\$PPID/status >$work/last
END
# The sanitizers' quarantine would look like growth.
ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}quarantine_size_mb=1"
export ASAN_OPTIONS
scdb --json -x "$work/commands" ./getppid_loop 2000 >"$work/out" \
	2>"$work/err" || fail "a stream: it failed" "$work/err"
# The program makes one call more, to warm up, each time.
events=$((2 * 2001 + 2 * (calls + 1)))
[ "$("$json" get stop phase <"$work/out" | wc -l)" = $events ] ||
	fail "a stream: events are missing" "$work/err"
before=$(tr -cd 0-9 <"$work/first") after=$(tr -cd 0-9 <"$work/last")
case $SCDB in
*/san/*) allowed=8192 ;;
*) allowed=512 ;;
esac
[ $((after - before)) -le $allowed ] ||
	fail "a stream: memory grew from $before to $after kB"
finish
