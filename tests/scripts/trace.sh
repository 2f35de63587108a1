# SPDX-License-Identifier: GPL-3.0-or-later
#
# `trace`: what is written, where to, which calls, and what is counted.
# shellcheck disable=SC2154,SC2016
. "${0%/*}/../helpers.sh"

# has FILE REGEX WHAT; hasnt FILE REGEX WHAT
has()
{
	grep -Eq -- "$2" "$1" || fail "$3: no line has: $2" "$1"
}

hasnt()
{
	! grep -Eq -- "$2" "$1" || fail "$3: a line has: $2" "$1"
}

# counted FILE REGEX COUNT WHAT
counted()
{
	[ "$(grep -Ec -- "$2" "$1")" = "$3" ] ||
		fail "$4: not $3 lines have: $2" "$1"
}

# The one-line way; the execve that starts the program is there too.
scdb -o "$work/log" -e 'trace all' -e run -- ./say openat /nowhere exit 3 \
	>"$work/said" 2>&1 || fail "-o: it failed" "$work/said"
has "$work/log" '^[0-9]+ +execve\("./say", \["./say", "openat", "/nowhere", "exit", "3"\], 0x[0-9a-f]+ /\* [0-9]+ vars \*/\) = 0$' '-o'
has "$work/log" '^[0-9]+ +openat\(AT_FDCWD, "/nowhere", .*\) = -1 ENOENT \(No such file or directory\)$' '-o'
has "$work/log" '^[0-9]+ +exit(_group)?\(3\) +\= \?$' '-o'
[ "$(tail -n 1 "$work/log" | cut -d ' ' -f 2-)" = '+++ exited with 3 +++' ] ||
	[ "$(tail -n 1 "$work/log" | sed 's/^[0-9]* *//')" = \
		'+++ exited with 3 +++' ] ||
	fail "-o: the last line" "$work/log"

# With -o and --batch no signal stops it, and nothing is said but its end.
scdb -o "$work/log" -e 'trace all' -e run -- ./sigs >"$work/said" 2>&1
./sigs >"$work/alone"
grep -v '^\[1\] [0-9]* "sigs" exited with status 0$' "$work/said" \
	>"$work/rest"
[ "$(wc -l <"$work/said")" = $(($(wc -l <"$work/rest") + 1)) ] ||
	fail '-o: the end is not told' "$work/said"
same '-o: the screen is the program'"'"'s' "$work/alone" "$work/rest"
has "$work/log" '^[0-9]+ +--- SIGTRAP \{si_signo=SIGTRAP' '-o: signals'
has "$work/log" '^[0-9]+ +--- SIGSEGV \{si_signo=SIGSEGV' '-o: signals'
scdb -o "$work/log" -e 'trace all' -e run -- ./forks many 3 >"$work/said" 2>&1
hasnt "$work/said" ' is new, ' '-o: births'
[ "$(grep -c ' exited with status ' "$work/said")" = 1 ] ||
	fail '-o: ends' "$work/said"
scdb -o "$work/log" -e 'handle SIGSEGV stop' -e 'trace all' -e run \
	-- ./sigs >"$work/said" 2>&1
has "$work/said" 'SIGSEGV' '-o: handle stands'

# Through a shell the log begins with the program's own execve.
scdb -o "$work/log" -e 'set args hello exit 4 >/dev/null' -e 'trace all' \
	-e run -- ./say >"$work/said" 2>&1
head -n 1 "$work/log" >"$work/first"
has "$work/first" '^[0-9]+ +execve\("./say", \["./say", "hello", "exit", "4"\], 0x[0-9a-f]+ /\* [0-9]+ vars \*/\) += 0$' 'a shell'
hasnt "$work/log" 'sh", "-c"' 'a shell'

# What runs in the background is traced while a shell's command runs.
printf '%s\n' "trace all to $work/log" 'run &' \
	"shell until grep -q 'exited with 7' $work/log; do sleep 0.02; done" \
	'shell exit 3' 'print $_shell_exitcode' |
	timeout 20 "$SCDB" -q --nx -- ./say openat /nowhere exit 7 \
	>"$work/said" 2>&1 || fail 'shell: nothing is traced meanwhile' \
	"$work/said" "$work/log"
has "$work/said" "^the shell's exit status is 3\$|error.*status is 3" 'shell'

# Several at once, to files; one shared; a condition on arguments, and one on
# the result.
scdb -e "trace openat if pathname ~ \"/now*\" to $work/one" \
	-e "trace %file if ret < 0 && errno == ENOENT to $work/two" \
	-e "trace exit,exit_group to $work/one" -e trace -e run \
	-- ./say openat /nowhere openat /etc/passwd >"$work/said" 2>&1 ||
	fail "several: it failed" "$work/said"
has "$work/said" "^trace openat if pathname ~ \"/now\*\" to $work/one\$" list
has "$work/said" "^trace exit,exit_group to $work/one\$" list
counted "$work/one" openat 1 'by argument'
counted "$work/one" 'exit(_group)?\(0\)' 1 'one file for two'
hasnt "$work/two" passwd 'by result'
has "$work/two" 'openat\(AT_FDCWD, "/nowhere".* ENOENT ' 'by result'
hasnt "$work/two" '= 0$' 'by result'

# `off`: one file's, all.
scdb -e "trace all to $work/one" -e "trace all to $work/two" \
	-e "trace off to $work/one" -e trace -e 'trace off' -e trace \
	-e 'trace openat' -e run -- ./say openat /nowhere >"$work/said" 2>&1 ||
	fail "off: it failed" "$work/said"
counted "$work/said" '^trace ' 1 off
has "$work/said" '^nothing is traced$' off
has "$work/said" '^openat\(AT_FDCWD, "/nowhere"' 'to the user'
[ ! -s "$work/one" ] && [ ! -s "$work/two" ] ||
	fail "off: something was written" "$work/one" "$work/two"

# What is wrong with a line changes nothing.
for line in 'trace nosuchcall' 'trace all if' 'trace all to' \
	'trace all if nosuchname == 1 && (' 'trace off to /nowhere' \
	'trace off if 1' 'trace -c all to x' "trace all to $work/no/file"; do
	scdb -e "$line" >"$work/said" 2>&1 && fail "$line: no error"
	[ "$(wc -l <"$work/said")" = 1 ] || fail "$line" "$work/said"
	printf '%s\ntrace\n' "$line" >"$work/commands"
	timeout 10 "$SCDB" -q --nx <"$work/commands" >"$work/said" 2>&1
	has "$work/said" '^nothing is traced$' "$line"
done

# Times; descriptors; scdb's own style.
for row in 'seconds [0-9]{2}:[0-9]{2}:[0-9]{2} ' \
	'microseconds [0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6} ' \
	'epoch [0-9]{10}\.[0-9]{6} ' 'relative  {5}0\.[0-9]{6} '; do
	word=${row%% *}
	scdb -e "set trace-time $word" -e "trace exit_group to $work/log" \
		-e run -- ./say getppid >/dev/null 2>&1
	has "$work/log" "^[0-9]+ +${row#* }exit_group\(0\) +\= \?\$" "$word"
done
scdb -e 'set trace-duration on' -e 'set trace-paths on' \
	-e "trace openat to $work/log" -e run -- ./say openat /etc/passwd \
	>/dev/null 2>&1
has "$work/log" '"/etc/passwd".* = 3</etc/passwd> <0\.[0-9]{6}>$' 'duration'
scdb -e 'set style scdb' -e "trace openat to $work/log" \
	-e run -- ./say openat /nowhere >/dev/null 2>&1
has "$work/log" 'openat\(dirfd=AT_FDCWD, pathname="/nowhere".*= -ENOENT$' style
scdb -e 'set style strace' -e 'catch syscall openat exit if pathname ~ "/n*"' \
	-e run -- ./say openat /nowhere >"$work/said" 2>&1
has "$work/said" 'openat\(AT_FDCWD, "/nowhere".* = -1 ENOENT \(No such' style

# What scdb decides is said.
scdb -e "trace openat to $work/log" \
	-e 'catch syscall openat entry if pathname == "/nowhere"' -e run \
	-e 'skip -EACCES' -e continue -- ./say openat /nowhere >/dev/null 2>&1
has "$work/log" '"/nowhere".* = -1 EACCES \(Permission denied\) \(INJECTED\)$' \
	'skip'

# Counts are strace's.
strace -f -c -o "$work/theirs" ./say openat /nowhere getppid getppid \
	>/dev/null 2>&1
scdb -e 'trace -c' -e run -e 'info stats' -- ./say openat /nowhere getppid \
	getppid >"$work/said" 2>&1
awk '$NF ~ /^[a-z_0-9]+$/ && $1 ~ /^[0-9.]+$/ {
	print $NF, $4, NF == 6 ? $5 : 0 }' "$work/theirs" |
	sort >"$work/want"
awk '$NF ~ /^[a-z_0-9]+$/ && $1 ~ /^[0-9.]+$/ {
	print $NF, $8, NF == 10 ? $9 : 0 }' "$work/said" | sort >"$work/have"
[ "$(wc -l <"$work/want")" -gt 5 ] || fail "strace -c" "$work/theirs"
cmp -s "$work/want" "$work/have" || {
	diff "$work/want" "$work/have" >"$work/diff"
	fail "counts: < strace's" "$work/diff" "$work/said"
}
# min <= median <= 95% <= max, and the mean between the ends.
awk '$NF ~ /^[a-z_0-9]+$/ && $1 ~ /^[0-9.]+$/ && $NF != "total" {
	rows++
	if (!($4 <= $5 && $5 <= $6 && $6 <= $7 && $4 <= $3 && $3 <= $7))
		print }
	END { if (rows < 5) print "few rows" }' "$work/said" >"$work/odd"
[ ! -s "$work/odd" ] || fail "times out of order" "$work/odd"

# Sorted by another column; and told while the program runs.
scdb -e 'trace -c' -e run -e 'set trace-sort calls' -e 'info stats' \
	-e 'set trace-sort name' -e 'info stats' -- ./say openat /nowhere \
	>"$work/said" 2>&1
awk '/^% time/ { tables++; last = ""; next }
	$1 !~ /^[0-9.]+$/ || $NF == "total" { next }
	tables == 1 { if (last != "" && $8 > last) print; last = $8 }
	tables == 2 { if (last != "" && $NF < last) print; last = $NF; rows++ }
	END { if (rows < 5) print "few rows" }' "$work/said" >"$work/odd"
[ ! -s "$work/odd" ] || fail 'trace-sort' "$work/odd" "$work/said"
: >"$work/log"
scdb -e 'trace -c getppid' -e "trace getppid to $work/log" -e 'run &' \
	-e "shell until grep -q getppid $work/log; do sleep 0.02; done" \
	-e 'info stats' -- ./getppid_loop 100000000 >"$work/said" 2>&1
has "$work/said" '^ *100.00 .* getppid$' 'counts while it runs'

# Several threads' lines, each with who says it; every call that was broken
# off is resumed, or its thread ends.
for program in './threads200' './forks many 5'; do
	# shellcheck disable=SC2086
	scdb -e 'handle all nostop noprint pass' -e "trace all to $work/log" \
		-e run -- $program >"$work/said" 2>&1
	awk '{ id = $1; $1 = "" }
	/ <unfinished \.\.\.>$/ && !/resumed>/ { if (open[id]++) print "twice:", id, $0; next }
	/^ <\.\.\. / { if (!open[id]) print "never begun:", id, $0
		open[id] = 0; next }
	/^ (\+\+\+|---)/ { ends += /^ \+\+\+/; next }
	{ if (open[id]) print "not resumed:", id, $0 }
	END { if (ends < 5) print "few ends" }' "$work/log" >"$work/odd"
	[ ! -s "$work/odd" ] || fail "$program: lines" "$work/odd"
done

# A full disk: the program goes on, what else is traced too.
scdb -e 'trace all to /dev/full' -e "trace exit to $work/log" -e run -e trace \
	-- ./say openat /nowhere >"$work/said" 2>&1
has "$work/said" 'exited with status 0' 'a full disk'
counted "$work/said" "/dev/full can't be written any more: No space" 1 \
	'a full disk'
counted "$work/said" '^trace ' 1 'a full disk'
has "$work/log" 'exited with 0' 'a full disk'

# A FIFO without a reader is waited for; Ctrl-C ends that.
mkfifo "$work/fifo"
start "$SCDB" -q --nx --batch -o "$work/fifo" -e 'trace all' -e run \
	-- ./say openat /nowhere >"$work/said" 2>&1
cat "$work/fifo" >"$work/log"
ended "$pid"
[ "$status" = 0 ] || fail 'a FIFO' "$work/said"
has "$work/log" ' exited with 0 ' 'a FIFO'
start "$SCDB" -q --nx --batch -e "trace all to $work/fifo" -e run \
	-- ./say getppid >"$work/said" 2>&1
# In openat.
until_true grep -q '^257 ' "/proc/$pid/syscall"
kill -INT "$pid"
ended "$pid"
[ "$status" = 1 ] || fail 'Ctrl-C at a FIFO' "$work/said"
has "$work/said" "can't write to $work/fifo" 'Ctrl-C at a FIFO'

# A command, as strace's -o takes it; its end is waited for.
scdb -o "|sed 's/^/> /; \$!d' >$work/log; sleep 0.2; echo ended >>$work/log" \
	-e 'trace all' -e run -- ./say openat /nowhere >"$work/said" 2>&1 ||
	fail 'a command: it failed' "$work/said"
has "$work/log" '^> [0-9]+ +\+\+\+ exited with 0 \+\+\+$' 'a command'
has "$work/log" '^ended$' 'a command'
scdb -e 'trace openat to !head -n 1' -e trace -e run -e 'trace off' -e trace \
	-- ./say openat /nowhere >"$work/said" 2>&1
has "$work/said" '^[0-9]+ +openat\(' 'a command on the screen'
has "$work/said" '^nothing is traced$' 'a command: off'
scdb --json -o '|cat' -e 'trace openat' -e run -- ./say openat /nowhere \
	>"$work/json" 2>"$work/said"
hasnt "$work/json" '^[^{]' 'a command beside JSON'
has "$work/said" '^[0-9]+ +openat\(' 'a command beside JSON'
scdb -o '|exit 3' -e 'trace all' -e run -- ./say openat /nowhere \
	>"$work/said" 2>&1
has "$work/said" 'exited with status 0' 'a command that is gone'
has "$work/said" "exit 3 can't be written any more: Broken pipe" \
	'a command that is gone'
scdb -o '| ' -e 'trace all' >"$work/said" 2>&1 && fail 'an empty command'
has "$work/said" '^a command must follow `\|`$' 'an empty command'
start "$SCDB" -q --nx --batch -o '|cat >/dev/null; echo $$; exec sleep 60' \
	-e 'trace getppid' -e run -- ./say getppid >"$work/said" 2>&1
says "$work/said" '^[0-9][0-9]*$' || fail 'a command that stays' "$work/said"
kill -INT "$pid"
ended "$pid"
[ "$status" = 0 ] || fail 'Ctrl-C at a command that stays' "$work/said"
kill "$(grep '^[0-9][0-9]*$' "$work/said")"

# Killed, scdb leaves what it has seen; so a crash does.
for signal in TERM SEGV; do
	: >"$work/log"
	start "$SCDB" -q --nx --batch -e "trace all to $work/log" -e run \
		-- ./say nanosleep 60000 >"$work/said" 2>&1
	until_true grep -q nanosleep "$work/log" ||
		fail "$signal: nothing was written while it sleeps" "$work/log"
	kill -"$signal" "$pid"
	ended "$pid"
	has "$work/log" 'nanosleep' "after SIG$signal"
done

# In a stream of calls lines are kept back: whatever ends scdb, but for SIGKILL,
# they are written.  The entry of a call is there before the call is made.
last_seen()
{
	sed -n 's/.*write(1, "\([0-9]*\)\\n", .*/\1/p' "$work/log" | tail -n 1
}

gone()
{
	! kill -0 "$1" 2>/dev/null || state "$1" Z
}

# What was launched ends with scdb; what was attached to lives on.
counting='echo $$ >"$0"; i=0; while :; do echo $i; i=$((i + 1)); done'
for signal in SEGV ABRT BUS FPE TERM HUP KILL; do
	rm -f "$work/log"
	start "$SCDB" -q --nx --batch -e "trace write to $work/log" -e run \
		-- sh -c "$counting" "$work/counter" \
		>"$work/numbers" 2>"$work/said"
	until_true test -s "$work/log" || fail "$signal: nothing was written"
	kill "-$signal" "$pid"
	ended "$pid"
	until_true gone "$(cat "$work/counter")" ||
		fail "$signal: what was launched lives"
	told=$(tail -n 1 "$work/numbers")
	[ "$signal" = KILL ] || [ "$(last_seen)" -ge "$told" ] ||
		fail "$signal: $told was written, the log ends at $(last_seen)"
done
start sh -c "$counting" "$work/counter" >"$work/numbers"
counter=$pid
for signal in SEGV ABRT TERM HUP KILL; do
	rm -f "$work/log"
	start "$SCDB" -q --nx --batch -e "trace write to $work/log" \
		-e continue -p "$counter" >"$work/said" 2>&1
	until_true test -s "$work/log" || fail "$signal: nothing was written"
	told=$(tail -n 1 "$work/numbers")
	kill "-$signal" "$pid"
	ended "$pid"
	[ "$signal" = KILL ] || [ "$(last_seen)" -ge "$told" ] ||
		fail "$signal: $told was written, the log ends at $(last_seen)"
	told=$(tail -n 1 "$work/numbers")
	until_true eval '[ "$(tail -n 1 "$work/numbers")" -gt "$told" ]' ||
		fail "$signal: what was attached to stands" \
			"/proc/$counter/status"
	: >"$work/numbers"
done
kill "$counter"
ended "$counter"

# For programs: a file of JSON has the calls, values and ends that the text has.
scdb -o "$work/log" -e 'trace all' -e 'set trace-format json' \
	-e "trace all to $work/json" -e run -- ./forks many 3 \
	>"$work/said" 2>&1 || fail 'a file of JSON: it failed' "$work/said"
python3 -c 'import json, sys
for r in map(json.loads, sys.stdin):
    if r.get("event") == "call":
        print(r["tid"], r["call"], r["result"])
    elif r.get("event") == "exit":
        print(r["tid"], r["text"])' <"$work/json" | sort >"$work/have"
sed -n 's/<\.\.\. \([a-z0-9_]*\) resumed>/\1(/
	s/^\([0-9]*\)  *+++/\1 +++/p
	s/^\([0-9]*\)  *\([a-z0-9_]*\)(.*) *= \(.*\)$/\1 \2 \3/p' \
	"$work/log" | sort >"$work/want"
same 'a file of JSON: calls' "$work/want" "$work/have" "$work/json"
[ "$(wc -l <"$work/have")" -gt 50 ] || fail 'a file of JSON' "$work/json"
has "$work/json" '"event":"signal".*"signal":"SIGCHLD"' 'a file of JSON'
scdb -e "trace all to $work/log" -e 'set trace-format json' \
	-e "trace openat to $work/log" >"$work/said" 2>&1
has "$work/said" 'writes text to that file already' 'two formats'
scdb --json -e 'trace openat' -e run -- ./say openat /nowhere >"$work/said" 2>&1
has "$work/said" '"type":"traced","event":"call".*"call":"openat".*"name":"pathname","raw":"0x[0-9a-f]+","value":"\\"/nowhere\\"".*"value":-2' json
has "$work/said" '"type":"traced","event":"exit".*"text":"\+\+\+ exited with 0 \+\+\+"' json
finish
