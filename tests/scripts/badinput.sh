#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
#
# Bad input: one line that says what is wrong, the right exit status, and
# nothing is changed by it.
# shellcheck disable=SC2154,SC2034
. "${0%/*}/../helpers.sh"

SCDB_LIMIT=10

# one_line PATTERN FILE: FILE is one line, it matches, nothing in it is raw.
one_line()
{
	[ "$(wc -l <"$2")" -eq 1 ] && grep -q -e "$1" "$2" &&
		! LC_ALL=C grep -q '[[:cntrl:]]' "$2"
}

# refused STATUS PATTERN COMMAND...: what it says on stderr is that line, for
# status 2 and the line that names --help.
refused()
{
	expected=$1 pattern=$2
	shift 2
	"$@" >"$work/stdout" 2>"$work/stderr" </dev/null
	status=$?
	[ "$status" -eq "$expected" ] ||
		fail "status $status: $*" "$work/stdout" "$work/stderr"
	if [ "$expected" -eq 2 ]; then
		grep -q "^Try 'scdb --help'" "$work/stderr" ||
			fail "--help is not named: $*" "$work/stderr"
		sed -i "/^Try 'scdb/d" "$work/stderr"
	fi
	one_line "$pattern" "$work/stderr" ||
		fail "not one line with \"$pattern\": $*" "$work/stderr"
}

# is_over PID: of a child, whether the shell knows of it already or not.
is_over()
{
	[ ! -e /proc/$1 ] || state $1 Z
}

# The command line.

refused 2 'not a process id: .12x' scdb -p 12x
refused 2 'not a process id: ..$' scdb -p ''
refused 2 'not a process id: .0' scdb -p 0
refused 2 'not a process id: .99999999999' scdb -p 99999999999
refused 2 'not a process id: .1,,2' scdb -p 1,,2
refused 2 'unrecognized option .*frob' scdb --frob
refused 2 'requires an argument' scdb -e
refused 2 "doesn't allow an argument" scdb --batch=1
refused 2 'no such user: .nosuchuser' scdb -u nosuchuser true
refused 2 'no variable is named' scdb -E =1 true
refused 2 'name of the program is empty' scdb -- ''
refused 2 'a program must follow .--args' scdb --args
refused 1 '/nonexistent: No such file' scdb -C /nonexistent -e run true

# Files of commands.

refused 1 '^/bin/sh:1: not a text file: byte \\' scdb -x /bin/sh
refused 1 '^/nonexistent: No such file' scdb -x /nonexistent
refused 1 ': Is a directory' scdb -x "$work"
refused 1 '^/dev/zero:1: a line of [0-9]* bytes is too long' scdb -x /dev/zero
head -c 1048576 /dev/zero | tr '\0' a >"$work/long"
refused 1 'long:1: the line is too long: at most' scdb -x "$work/long"
{ echo 'p 1'; echo 'frob'; echo 'p 2'; } >"$work/file"
refused 1 'file:2: undefined command: "frob"' scdb -x "$work/file"
[ "$(cat "$work/stdout")" = '$1 = 1' ] || fail 'it goes on' "$work/stdout"
echo "source $work/self" >"$work/self"
refused 1 'self:1: .*nest deeper' scdb -x "$work/self"
printf 'p "\033]0;x\007"\n' >"$work/file"
refused 1 'file:1: not a text file: byte \\033' scdb -x "$work/file"

# A line from stdin that is too long is dropped, and that is all.
{ cat "$work/long"; printf '\np 1\n'; } >"$work/file"
timeout 10 "$SCDB" -q --nx <"$work/file" >"$work/stdout" 2>"$work/stderr" ||
	fail "a long line: status $?" "$work/stderr"
one_line 'bytes is too long' "$work/stderr" ||
	fail 'a long line' "$work/stderr"
[ "$(cat "$work/stdout")" = '$1 = 1' ] || fail 'a long line' "$work/stdout"

# A FIFO that nobody writes to does not keep scdb from ending.
mkfifo "$work/fifo"
"$SCDB" -q --nx --batch -e 'echo begun\n' -x "$work/fifo" \
	>"$work/stdout" 2>&1 &
scdb=$! started="$started $!"
says "$work/stdout" begun || fail 'a FIFO: scdb does not begin'
kill -TERM $scdb
until_true is_over $scdb || fail 'a FIFO: SIGTERM does not end it'
ended $scdb
[ "$status" -eq 143 ] || fail "a FIFO: status $status"

# Processes that can't be attached to.

refused 1 '^there is no process 2147483647$' scdb -p 2147483647
refused 1 'there is no process' scdb -e 'attach 2147483647'
if [ -r /proc/2/status ] && grep -q '^Kthread:.*1' /proc/2/status; then
	refused 1 'is a kernel thread: there is no program' scdb -p 2
fi
refused 1 'is this scdb itself, which can.t trace' \
	sh -c "exec '$SCDB' -q --nx --batch -p \$\$"
# The child ends when its parent is no longer a shell, which would reap it.
sh -c 'sh -c "until grep -q sleep /proc/\$PPID/comm; do sleep 0.01; done" &
	echo $! >"$1"; exec sleep 60' - "$work/child" &
started="$started $!"
until_true [ -s "$work/child" ]
zombie=$(cat "$work/child")
until_true state $zombie Z || fail 'no zombie was made'
refused 1 'is a zombie: it has exited, and its parent, process .* "sleep"' \
	scdb -p $zombie
start sleep 60
refused 0 'is already traced, by process .* "scdb": let that one' scdb \
	-p $pid -e "shell '$SCDB' -q --nx --batch -p $pid || true"
scdb -p $pid -e "attach $pid" >"$work/stdout" 2>"$work/stderr"
[ $? -eq 1 ] && one_line 'already being debugged' "$work/stderr" ||
	fail 'attached twice' "$work/stderr"
refused 1 'there is no process 2147483647' scdb -p $pid,2147483647
state $pid S || fail 'what was attached before the error is not let go'
grep -q '^TracerPid:.0$' /proc/$pid/status ||
	fail 'what was attached before the error is traced'

# Programs that can't be run.

refused 1 '^can.t run /etc/passwd: Permission denied$' \
	scdb -e run /etc/passwd
refused 1 '^can.t run /nonexistent: No such file' scdb -e run /nonexistent
refused 1 '^no program "\\001\\033\[31mx" in PATH' \
	scdb -e run "$(printf '\001\033[31mx')"
refused 1 'no program to run' scdb -e run
for text in 'not a program' ''; do
	printf %s "$text" >"$work/program"
	chmod 755 "$work/program"
	refused 1 'is not a program: it has no format that' \
		scdb -e run "$work/program"
done
printf '#!/nonexistent/interpreter\n' >"$work/script"
chmod 755 "$work/script"
refused 1 'what is to interpret it' scdb -e run "$work/script"

# Another user, where there are some to be had.
if [ "$(id -u)" -eq 0 ]; then
	nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
	cp "$SCDB" "$work/scdb-of-all"
	cp ./say "$work/say"
	chmod 755 "$work" "$work/scdb-of-all"
	# The directories above may be closed: it gets there by its own.
	nobody()
	{
		(cd "$work" && exec $nobody ./scdb-of-all -q --nx --batch "$@")
	}
	refused 1 'belongs to user root: run scdb as root' nobody -p $pid
	chmod 700 "$work/say"
	refused 1 '^can.t run .*say: Permission denied' nobody -e run ./say
	refused 1 'can.t become user root' nobody -u root -e run /bin/true
	# What is its own it may.
	$nobody sleep 60 &
	other=$! started="$started $!"
	until_true grep -q '^Uid:.65534' /proc/$other/status
	until_true grep -q sleep /proc/$other/comm
	nobody -p $other -e 'info threads' >"$work/stdout" 2>&1 ||
		fail 'nobody may not attach to its own' "$work/stdout"
	setpriv --reuid=65534 --regid=1 --clear-groups sleep 60 &
	other=$! started="$started $!"
	until_true grep -q '^Uid:.65534' /proc/$other/status
	until_true grep -q sleep /proc/$other/comm
	refused 1 'has the rights of group' nobody -p $other
fi

# Commands that need a process, or a stop.

for command in skip 'emulate 1' 'fake 1' 'arg 0 1' 'nr getpid' 'info syscall' \
	'syscall getpid()' sysstep 'sysuntil all' sysfinish interrupt \
	'thread 1' 'signal 0' 'info registers' 'p $rax' 'set $rax = 1' \
	'x/1 0' 'info proc' 'info proc mappings' 'info fds' continue \
	detach kill; do
	refused 1 '^no process: use `run`, `starti` or `attach PID`$' \
		scdb -e "$command"
done
for command in skip 'emulate 1' 'fake 1' 'arg 0 1' 'nr getpid' 'info syscall' \
	'syscall getpid()' sysstep 'sysuntil all' sysfinish 'signal 0' \
	'info registers' 'p $rax' 'set $rax = 1' 'x/1 0' continue; do
	refused 1 '^the program is running: use `interrupt` first$' \
		scdb -e 'run &' -e "$command" sleep 60
done

# At a stop: each is one line, and neither thread, call, decisions, registers
# nor catchpoints are others afterwards.

bad()
{
	cat <<-'EOF'
	number beyond 64 bits|skip 0x10000000000000000
	a code of the kernel's own|skip -516
	unknown name "ENOSUCH"|skip ENOSUCH
	division by zero|skip 1/0
	found "2"|skip 1 2
	not a string|skip "a"
	unknown register|skip $nosuch
	VALUE is missing|emulate
	has no argument "nosuch"|emulate 0 nosuch="x"
	: it has fd, buf, count|emulate 0 9="x"
	say ARG=DATA|emulate 0 buf
	/nonexistent: No such file|emulate 0 buf=@/nonexistent
	/ is not a regular file|emulate 0 buf=@/
	5 bytes are too many|emulate 0 buf="12345"
	no closing quote|emulate 0 buf="123
	hex bytes are pairs|emulate 0 buf=x"0g"
	is a number, not the address|emulate 0 fd="1"
	VALUE is missing|fake
	a code of the kernel's own|fake ERESTARTSYS
	ARGUMENT is missing|arg
	VALUE is missing|arg 1
	has no argument "7"|arg 7 1
	has no argument "-1"|arg -1 1
	CALL is missing|nr
	did you mean getpid,|nr getpidd
	has no call "%file"$|nr %file
	has no call "_newselect"$|nr _newselect
	is missing|syscall
	has no call "nosuch"$|syscall nosuch()
	did you mean openat|syscall opennat()
	say a call and its arguments|syscall getpid
	the `)` is missing|syscall getpid(
	0 arguments|syscall getpid(1)
	it would end the program|syscall exit_group(0)
	it would replace the program|syscall execve("/bin/true", 0, 0)
	no closing quote|syscall read(0, "abc)
	a count is 1 at least, not 0|sysstep 0
	"-1" is not a count|sysstep -1
	at most|sysstep 99999999999999999999
	SET is missing|sysuntil
	did you mean getpid|sysuntil getpidd
	a condition is missing|sysuntil getpid if
	unknown name "nosucharg"|sysuntil getpid if nosucharg == 1
	must be followed by one of: syscall|catch
	did you mean openat, openat2?|catch syscall opennat
	did you mean %file?|catch syscall %fil
	bad regular expression|catch syscall /[/
	the pattern repeats too much|catch load ((a{1,200}){1,200}){1,200}
	the pattern repeats too much|info functions \(\(a\{1,200\}\)\{1,200\}\)\{1,200\}
	the pattern repeats too much|info variables \(\(a\{1,200\}\)\{1,200\}\)\{1,200\}
	the pattern repeats too much|info types \(\(a\{1,200\}\)\{1,200\}\)\{1,200\}
	the pattern repeats too much|info sharedlibrary \(\(a\{1,200\}\)\{1,200\}\)\{1,200\}
	the pattern repeats too much|info sources ((a{1,200}){1,200}){1,200}
	the pattern repeats too much|rbreak \(\(a\{1,200\}\)\{1,200\}\)\{1,200\}
	the pattern repeats too much|apropos ((a{1,200}){1,200}){1,200}
	the pattern has a back-reference|info functions \(x\)\1
	the pattern has a back-reference|rbreak \(x\)\1
	too many ways to match|info types \(a\|b\)*a\(a\|b\)\{200\}
	the pattern repeats too much|search \(\(a\{1,200\}\)\{1,200\}\)\{1,200\}
	too many ways to match|reverse-search \(a\|b\)*a\(a\|b\)\{200\}
	bad regular expression|search \(
	bad regular expression|info functions \(
	bad regular expression|info variables \(
	bad regular expression|info types \(
	bad regular expression|info sharedlibrary \(
	bad regular expression|info sources (
	bad regular expression|rbreak \(
	bad regular expression|apropos (
	no ABI "99"|catch syscall getpid@99
	expected `if`|catch syscall getpid entry exit
	a condition is missing|catch syscall getpid if
	no system call|tcatch syscall getpid,nosuch
	expected a value|condition 1 (
	No breakpoint number 9.|condition 9 1
	COUNT is missing|ignore 1
	"-1" is not a number|ignore 1 -1
	No breakpoint number 9.|enable 9
	No breakpoint number 9.|disable 1 9
	No breakpoint number 9.|delete 1 9
	a range's end|delete 2-1
	Function "nosuch" not defined.|break nosuch
	Function "nosuch" not defined.|tbreak nosuch if 1
	No source file named nosuch.c.|break nosuch.c:1
	a condition is missing|break main if
	a thread's number is missing|break main thread
	no thread 9|break main thread 9
	Garbage 'x' at end|break main thread 1 x
	no breakpoint can stand at 0x0|break *0
	unknown name "nosuch"|break *nosuch
	unknown name "nosuch"|break *$pc if nosuch == 1
	Format string required|dprintf main
	Bad format string|dprintf main,x
	missing '"'|dprintf main,"x
	unknown format %q|dprintf main,"%q"
	Function "nosuch" not defined.|clear nosuch
	no function matches|rbreak ^nosuch$
	[(]|rbreak [(]\(
	Bad breakpoint number 'x'|enable x
	Bad breakpoint location number '2'|disable 1.2
	Bad breakpoint number '1-'|enable 1-
	COUNT is missing|enable count
	"x" is not a|enable count x 1
	No breakpoint number 9.|enable once 9
	say one of: auto|set breakpoint pending x
	no thread 9|thread 9
	no thread 9.1|thread 9.1
	named by its number|thread 1.1.1
	there is no inferior 9|detach 9
	SIGNAL is missing|signal
	no signal is called "99"|signal 99
	neither a signal nor|handle SIGUSR1 nosuch
	which signal|handle stop
	is not a process id|attach x
	is already being debugged|attach $PID
	"-1" is not a count|continue -1
	a count is 1 at least|continue 0
	the program is stopped already|interrupt
	undefined info command|info nosuch
	no register or group|info registers nosuch
	no system call "nosuch"|info syscalls nosuch
	EXPRESSION is missing|p
	a void value has no|p $nosuch + 1
	unterminated string|p "abc
	undefined output format|p/q 1
	can't read memory at 0x1$|x 1
	a count of at most|x/999999999999x 0
	does not fit the 32 bits|set $eax = 0x100000000
	unterminated string|set $nosuch = "a
	there is no setting|set nosuch 1
	say one of: off, poll|set follow-cpu maybe
	undefined command: "frob"|frob
	undefined command: "\\303\\277\\200|\303\277\200
	ambiguous command|de 1
	the shell's exit status is 3|shell exit 3
	EOF
}

show()
{
	printf '%s\n' 'info syscall' 'info threads' 'info breakpoints' \
		'info registers' 'info inferiors' 'info signals SIGUSR1'
}

new_say()
{
	rm -f "$work/fifo"
	mkfifo "$work/fifo"
	input=$work/fifo
	start ./say ready line read 0 3 >"$work/out"
	input=
	says "$work/out" ready || fail 'say is not ready'
}

new_say
bad | sed "s/\\\$PID/$pid/" >"$work/bad"
{
	printf '%s\n' 'catch syscall read entry' "shell echo >'$work/fifo'" \
		continue 'shell printf xyz 1<>'"'$work/fifo'" 'arg count 2' \
		'fake 1' 'echo == begin\n'
	show
	while IFS='|' read -r pattern command; do
		# Both streams are one, so that the lines stand in their order.
		printf 'echo == %s\\n\n' "$((number = number + 1))"
		printf "%s\n" "$command"
	done <"$work/bad"
	printf '%s\n' 'echo == end\n'
	show
	echo continue
} >"$work/commands"
timeout 20 "$SCDB" -q --nx -p $pid <"$work/commands" >"$work/scdb" 2>&1 ||
	fail "at a stop: status $?" "$work/scdb"
ended $pid
number=0
while IFS='|' read -r pattern command; do
	number=$((number + 1))
	sed -n "/^== $number\$/,/^== /{/^==/d;p}" "$work/scdb" >"$work/said"
	one_line "$pattern" "$work/said" ||
		fail "not one line with \"$pattern\": $command" "$work/said"
done <"$work/bad"
[ "$number" -gt 80 ] || fail "only $number commands"
sed -n '/^== begin$/,/^== 1$/{/^==/d;p}' "$work/scdb" >"$work/before"
sed -n '/^== end$/,/exited with/{/^==/d;/exited with/d;p}' "$work/scdb" \
	>"$work/after"
grep -q '^rax ' "$work/before" || fail 'nothing is shown' "$work/before"
same 'bad commands changed something' "$work/before" "$work/after"
printf '%s\n' ready 'read = 1 "x"' >"$work/expected"
same 'the program saw something else' "$work/expected" "$work/out"
finish
