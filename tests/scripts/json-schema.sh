# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
# What --json says against docs/json-schema.json: every transcript, and what
# transcripts do not reach; each type of record occurs somewhere; and the judge
# itself refuses what does not fit.
# shellcheck disable=SC2154,SC2016,SC1010
. "${0%/*}/../helpers.sh"
: "${SCDB_TOOLS:=$SCDB_TOP/build/tests/tools}"
schema=$SCDB_TOP/docs/json-schema.json
json=$SCDB_TOOLS/json

# Of records that only a prompt on a terminal makes: tests/terminal/json.exp.
elsewhere='history'

# judge NAME: $work/lines, the types into $work/seen.
judge()
{
	"$json" check "$schema" <"$work/lines" >>"$work/seen" \
		2>"$work/complaints" ||
		fail "$1 does not fit the schema" "$work/complaints"
}

# The transcripts, and their exit status.
: >"$work/seen"
for file in "$SCDB_TOP"/tests/transcripts/*.scdb; do
	name=$(basename "$file" .scdb)
	eval "set -- $(sed -n '1s/^# args: *//p' "$file")"
	scdb --json -x "$file" "$@" </dev/null >"$work/lines" 2>"$work/err"
	ended=$?
	case $name in err-*) right=1 ;; *) right=0 ;; esac
	[ $ended = $right ] || fail "$name: status $ended" "$work/err"
	judge "$name"
done

# session NAME COMMANDS [WORD...]
session()
{
	name=$1
	printf '%b\n' "$2" >"$work/commands"
	shift 2
	scdb --json -x "$work/commands" "$@" </dev/null >"$work/lines" \
		2>"$work/err" || fail "$name: it failed" "$work/lines"
	judge "$name"
}

session words 'help\nhelp tool\nhelp info\nhelp set args\napropos -v catch
info win\ntui keys\ntui layout\ntui print call\nshow\nshow version\nshow user\nhandle SIGUSR1 nostop\ninfo signals
set $big = 0x7fffffffffffffff\nshow convenience\nprint $big
catch syscall clock_gettime\ndelete\ninfo breakpoints\ninfo threads'
session rule-files "set rules-directory $SCDB_TOP/rules
info rule-files\ninfo rule-files short-io\nload rules short-io"
session looking 'catch syscall openat\nrun\ninfo threads\ninfo inferiors\ninfo engine
info syscall\narg pathname "/nowhere"\nnr openat2\nnr openat\nfake -1
info syscall\nsysfinish\ninfo syscall\ninfo syscalls\ninfo syscall 1\ninfo fds\ninfo proc
info proc mappings\ninfo registers all\nx/4xw $rsp\nx/2s $rsp\nx/i $rip\nthread 1
find /1 $rsp, +64, (char)0\nfind 0, +4, 1\nstrings -n 3 mappings name=[stack]
detach\nrun\nkill' ./say openat /etc/passwd
session symbols 'catch syscall openat if pathname == "/etc/passwd"\nrun\ninfo symbol $pc\ninfo symbol 0
info address getenv\ninfo functions ^getenv$\ninfo variables ^environ$
info sharedlibrary\ninfo files\ninfo auxv\nbreak *$pc\ninfo xol\nset debuginfod enabled off
show debuginfod enabled' ./say openat /etc/passwd
session bulk 'catch syscall openat\nrun\ndump memory /dev/null $sp $sp+64
dump list /dev/null $sp,+8 0,+4096\ndump mappings /dev/null
append value /dev/null 5\ndump list '"$work/bulk"' $sp,+64\nrestore '"$work/bulk"'
snapshot one\nsysfinish\ndiff one\nsnapshot two perm=rw
diff one two\ninfo snapshots\nrestore snapshot one $sp,+8
gcore /dev/null' ./say openat /etc/passwd
session code 'set substitute-path /nowhere /somewhere\nshow substitute-path
catch syscall getppid\nrun\nlist main\nlist *$pc\ninfo line main
info source\ninfo scope main\ndisassemble /s\ndisassemble /rm
info sources lines' ./lines
session signals 'handle SIGWINCH nostop print pass\nrun\ncontinue' \
	./say kill 28 kill 15
session unknown 'catch syscall 999\nrun\ninfo syscall\nsysfinish
continue\nskip -s 5\nsysfinish\ninfo syscalls 2\ncontinue' \
	./say nr 999 1 2 3 4 5 6 nr 999 1 2 3 4 5 6
session forks 'run' ./forks many 3
session rules 'on openat do log "at {pathname}", stop\ninfo rules\nrun' \
	./say openat /nowhere
session traces 'trace -c\ntrace openat if ret < 0\ntrace\nrun\ninfo stats\ninfo stats -b' ./say openat /nowhere nr 999 1 2 3 4 5 6
# The same objects in a file, whatever is said on the screen.
for program in ./sigs './forks many 3' './say openat /nowhere nr 999 exit 3'; do
	# shellcheck disable=SC2086
	scdb -o "$work/lines" -e 'set trace-format json' \
		-e 'set trace-time epoch' -e 'set trace-duration on' \
		-e 'trace all' -e run -- $program >"$work/out" 2>&1 ||
		fail "$program: a trace to a file failed" "$work/out"
	judge "a trace of $program to a file"
done
session pty 'set inferior-tty pty\nrun' echo hello
session cores "run\ngcore $work/c\ncore-file $work/c\ninfo proc\ninfo files
info proc mappings\ninfo inferiors\ninfo threads\nbt\ndetach" ./cores stop 2
session execs 'run' sh -c ':; exec ./say exit 0'
session background 'run &\nthread\ninterrupt\nthread apply all print 1\nphases\nkill' ./busy
session stops 'handle SIGSTOP SIGCONT nostop\nrun' sh -c \
	'{ while sleep 0.1; kill -CONT $$; do :; done; } 2>/dev/null &
	for i in 1 2 3 4 5; do kill -STOP $$; done'
# Every command, bare and with a number, where nothing runs, at an entry, at an
# exit, and when all is over.  Not those that wait for lines or take away what is
# run.  What is written goes into a directory of its own.
for group in running syscalls breakpoints looking tool; do
	scdb -e "help $group" | sed '1d; s/  .*//; s/,.*//'
done | grep -vxE 'quit|shell|define|document|if|while|commands|batch|file|attach|generate-core-file' |
	grep -vE '^(save|set|unset)( |$)' | sort -u >"$work/all"
[ "$(wc -l <"$work/all")" -gt 50 ] || fail "few commands" "$work/all"
for state in none entry exit over; do
	while read -r command; do
		case $state in
		entry | exit) printf 'delete\ncatch syscall openat\nrun\n' ;;
		esac
		[ $state != exit ] || echo sysfinish
		printf '%s\n%s 1\n' "$command" "$command"
	done <"$work/all"
	printf 'delete\nkill\n'
done >"$work/commands"
mkdir "$work/here"
(
	cd "$work/here" &&
		timeout -k 2 40 "$SCDB" -q --nx --json "$SCDB_TRACEES/say" \
			openat /etc/passwd <"$work/commands"
) >"$work/lines" 2>"$work/err" ||
	fail "every command: it failed" "$work/err" "$work/lines"
judge 'every command'
[ "$("$json" get done number <"$work/lines" | tail -n 1)" = \
	"$(wc -l <"$work/commands")" ] ||
	fail "every command: not all were done" "$work/lines"
# `dump mappings 1` is such a command.
[ -s "$work/here/1" ] || fail "every command: nothing was written"
[ ! -e "$SCDB_TRACEES/1" ] || fail "every command: a file was left"

"$SCDB" --json --doctor >"$work/lines" 2>&1
judge doctor
"$json" types "$schema" | sort >"$work/known"
sort -u "$work/seen" >"$work/types"
for type in $elsewhere; do
	! grep -qx "$type" "$work/types" ||
		fail "$type is reached: it need not be listed here"
	echo "$type" >>"$work/types"
done
sort -u "$work/types" | comm -23 "$work/known" - >"$work/missing"
[ ! -s "$work/missing" ] || fail "types that nothing says" "$work/missing"
[ "$(wc -l <"$work/known")" -gt 40 ] || fail "few types" "$work/known"

# The judge refuses: refused WHAT LINE...
refused()
{
	what=$1
	shift
	{
		echo '{"type":"scdb","version":"1","schema":1}'
		for line; do printf '%b\n' "$line"; done
	} >"$work/lines"
	"$json" check "$schema" <"$work/lines" >/dev/null 2>"$work/said"
	[ $? = 1 ] || fail "the judge lets pass: $what" "$work/lines"
}

note='{"type":"note","message":"m"}'
printf '%s\n' '{"type":"scdb","version":"1","schema":1}' "$note" \
	'{"type":"note","message":{"text":"\\\\351","bytes":"e9"}}' \
	'{"type":"value","number":1,"value":"2","ctype":"int"}' \
	'{"type":"value","number":"18446744073709551615","value":"2","ctype":"int"}' \
	>"$work/lines"
judge 'what is right'
refused 'an unknown type' '{"type":"nothing"}'
refused 'no type' '{"message":"m"}'
refused 'an unknown member' '{"type":"note","message":"m","more":1}'
refused 'a missing member' '{"type":"note"}'
refused 'a wrong type' '{"type":"killed","pid":"1"}'
refused 'a number below the minimum' '{"type":"killed","pid":0}'
refused 'a fraction' '{"type":"killed","pid":1.5}'
refused 'null' '{"type":"note","message":null}'
refused 'a value not enumerated' '{"type":"error","message":"m","kind":"x"}'
refused 'a word that is none' '{"type":"memory","address":"12","values":[]}'
refused 'a bad item' '{"type":"memory","address":"0x1","values":[1]}'
refused 'a bad row' '{"type":"settings","rows":[{"name":"n"}]}'
refused 'bytes without text' '{"type":"note","message":{"bytes":"e9"}}'
refused 'bytes that are none' \
	'{"type":"note","message":{"text":"e","bytes":"e"}}'
refused 'another schema' '{"type":"scdb","version":"1","schema":2}'
refused 'an array' '[]'
refused 'two on a line' "$note$note"
refused 'a broken line' '{"type":"note",'
refused 'an empty line' ''
refused 'a member twice' '{"type":"note","message":"m","message":"m"}'
refused 'a byte beyond ASCII' '{"type":"note","message":"\0303\0251"}'
refused 'a second beginning' '{"type":"scdb","version":"1","schema":1}'
command='{"type":"command","number":1,"line":"l"}'
done='{"type":"done","number":1,"ok":true}'
refused 'an end without a beginning' "$done"
refused 'a beginning without an end' "$command"
refused 'one command in another' "$command" \
	'{"type":"command","number":2,"line":"l"}' "$done"
refused 'the end of another' "$command" '{"type":"done","number":2,"ok":true}'
printf '%s' '{"type":"scdb","version":"1","schema":1}' >"$work/lines"
! "$json" check "$schema" <"$work/lines" >/dev/null 2>&1 ||
	fail "the judge lets pass: a line without an end"
! "$json" check "$schema" </dev/null >/dev/null 2>&1 ||
	fail "the judge lets pass: nothing"

# ... and a schema that it does not understand: broken SED
broken()
{
	sed "$1" "$schema" >"$work/schema"
	! cmp -s "$schema" "$work/schema" || fail "no change: $1"
	"$json" check "$work/schema" <"$work/lines" >/dev/null 2>&1
	[ $? = 2 ] || fail "the judge takes a schema with: $1"
}
broken 's/"minimum"/"maximum"/'
broken 's/"additionalProperties": false/"additionalProperties": true/'
broken 's,#/$defs/word,#/$defs/nowhere,'
broken 's/"required": \["type", "pid"\]/"required": ["type", "pit"]/'
finish
