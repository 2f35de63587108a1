#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Rules: what the program sees, what is counted, what is refused.
# limit: 120
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

# ruled WHAT RULE...: runs it with these rules, and lists them at the end.
ruled()
{
	what=$1
	shift
	: >"$work/rules"
	for rule; do
		printf '%s\n' "$rule" >>"$work/rules"
	done
	printf 'run\ninfo rules\n' >>"$work/rules"
	scdb -x "$work/rules" --args ./ruled "$what" >"$work/out" 2>&1 \
		<"${input:-/dev/null}" || fail "$what: scdb failed" "$work/out"
}

# says TEXT...: each is in what was said.
says()
{
	for text; do
		grep -qF -e "$text" "$work/out" ||
			fail "$what: it does not say: $text" "$work/out"
	done
}

# hits NUMBER HITS FAILURES
hits()
{
	awk -v n="$1" '$1 == n && ($2 == "y" || $2 == "n") { print $3, $4 }' \
		"$work/out" >"$work/hits"
	[ "$(cat "$work/hits")" = "$2 ${3:-0}" ] ||
		fail "$what: rule $1 has not $2 hits" "$work/out"
}

# Sixteen threads, 500 children, 20 rules: every call is decided, once.
set -- 'on getppid do skip 7' \
	'on access if pathname ~ "/now*" do skip 0' \
	'on write if fd.path == "/dev/null" && count == 8 do arg count 5' \
	'on getppid do count' 'on access if pathname ~ "/no*" do count' \
	'on write if count == 8 do count' 'on clone3,clone,fork,vfork do count' \
	'on access if pathname =~ "at/all$" when 3+ do count' \
	'on access if pathname ~ "/no*" when 2 per thread do count' \
	'on getppid when 1 per process do count' \
	'on getppid when 1..10 per thread do count' \
	'on access if pathname == "/nowhere" do count' \
	'on write if buf == "12345678" && count == 8 when 2+2 do count' \
	'on write if ret == 5 && count == 8 do count' \
	'on access if ret == 0 && pathname ~ "/nowhere*" do count' \
	'on getppid if tid == pid do count' 'on getppid if tid != pid do count' \
	'on getppid do skip -1' 'on write if comm ~ "rul*" && count == 8 do count' \
	'on exit_group when 1 per process do count'
ruled load "$@"
says 'wrong: 0'
hits 1 2100
hits 2 1600
hits 3 1600
hits 4 2100
hits 5 1600
hits 6 1600
hits 7 516
hits 8 1598
hits 9 16
hits 10 501
hits 11 660
hits 12 0
hits 13 800
hits 14 1600
hits 15 1600
hits 16 500
hits 17 1600
hits 18 0
hits 19 1600
hits 20 501

# A call that is made again is one.
ruled restart 'handle SIGUSR1 nostop noprint' 'on read if fd.type == "pipe" do fake 77, count' \
	'on read if fd.type == "pipe" && ret == 77 do log "got {ret}"'
says 'read 77 x after signals yes' 'got 77'
hits 1 1
hits 2 1

# A delay is the thread's own.
ruled delay 'on access if pathname == "/slow" do delay 2s'
says 'other call under way'
hits 1 1

ruled reads 'on read if fd == 0 do emulate len buf=["one","twotwo"]*' \
	'on read if fd == 0 when 4 do log "{fd:x} {count} {buf}"'
says '3 one' '6 twotwo' '0x0 16'
hits 1 4
ruled reads 'on read if fd == 0 when 2 do fake -EINTR' \
	'on read if fd == 0 when 3 do poke exit buf="POKED"' \
	'on read if fd == 0 when 4 do skip [3, 4]'
says '-1 ................ EINTR' '0 POKED...........' '3 ......'

ruled signal 'on getppid when 2 do signal SIGUSR1' \
	'on getppid when 3 do skip 7, signal USR1' \
	'on getppid when 4 do signal SIGTERM, skip 7'
says 'true signals 0' 'true signals 1' 'seven signals 2' SIGTERM

ruled net 'on connect if addr.sin_port == 443 do skip -ETIMEDOUT, log' \
	'on connect if addr.sin_addr == "127.0.0.1" do count' \
	'on connect if addr.sun_path ~ "*" do count' \
	'on connect if sockfd.family == AF_INET do count'
says '443 ETIMEDOUT' '1 ECONNREFUSED' '= -ETIMEDOUT (skipped)'
hits 1 1
hits 2 2
hits 3 0
hits 4 2

# The first that decides wins, until the order is another; what is ignored or
# disabled does nothing; chance is the same for the same seed.
ruled signal 'on getppid do skip 7' 'on getppid do fake 8' 'move rule 2 1' \
	'disable rule 2'
says 'seven signals 0'
hits 1 4
ruled signal 'on getppid do skip 7' 'on getppid do skip 8' 'move rule 2 1'
hits 1 0
hits 2 4
ruled signal 'on getppid do skip 7' 'ignore rule 1 3'
hits 1 1
ruled writes 'on write if fd.path == "/dev/null" do random 50% seed 7 skip 3' \
	'on write if ret == 3 do count'
says 'failed '
random_hits=$(awk '$1 == 2 && $2 == "y" { print $3 }' "$work/out")
[ "$random_hits" -gt 200 ] && [ "$random_hits" -lt 300 ] ||
	fail "chance of 50%: $random_hits of 500"

# What fails says so once, and the call runs.
printf x >"$work/data"
cat >"$work/rules" <<EOF
on write if fd.path == "/dev/null" do arg buf @$work/data
shell rm $work/data
run
info rules
EOF
what=vanished
scdb -x "$work/rules" --args ./ruled writes >"$work/out" 2>&1 ||
	fail "vanished: scdb failed" "$work/out"
says 'failed 0'
hits 1 500 500
[ "$(grep -c warning: "$work/out")" -eq 1 ] ||
	fail "vanished: not said once" "$work/out"

# No memory is read for a call that its integers decide.
reads_of()
{
	strace -qq -o "$work/reads" -e trace=pread64,process_vm_readv -e signal=none \
		"$SCDB" -q --nx --batch -e "on write if $1 do count" -e run \
		--args ./ruled writes >"$work/out" 2>&1
	grep -c . "$work/reads"
}
few=$(reads_of 'buf ~ "some*" && fd == 777')
many=$(reads_of 'buf ~ "some*" && fd != 777')
[ "$few" -lt 50 ] && [ "$many" -gt 450 ] ||
	fail "cheap tests first: $few and $many reads"

# save and source make the same rules.
cat >"$work/rules" <<EOF
on openat if pathname ~ "/etc/*, do" when 2..9+3 per thread do skip -EACCES
on read if fd == 0 do random 10% seed 3 emulate 3 buf=["a\"b",x"00ff",{1,2}]*, log "x {fd:x} {{"
inject read,write:error=EIO:when=3
disable rule 2
ignore rule 1 5
move rule 3 1
save rules $work/saved
info rules
EOF
scdb -x "$work/rules" >"$work/first" 2>&1 || fail "save" "$work/first"
scdb -x "$work/saved" -e "save rules $work/again" -e 'info rules' \
	>"$work/second" 2>&1 || fail "source" "$work/second"
diff "$work/saved" "$work/again" >"$work/diff" || fail "saved" "$work/diff"
[ "$(wc -l <"$work/saved")" -eq 5 ] || fail "saved lines" "$work/saved"

# A bad rule is one line, and makes nothing.
while IFS='|' read -r rule want; do
	scdb -e "$rule" >"$work/out" 2>&1 && fail "taken: $rule"
	[ "$(wc -l <"$work/out")" -eq 1 ] || fail "not a line: $rule" "$work/out"
	grep -qF -e "$want" "$work/out" || fail "$rule: not $want" "$work/out"
done <<'EOF'
on|RULE is missing
on read|read^
on read do|do^
on do skip|^do
on raed do skip|did you mean read, readv, rseq?: ^raed
on read do skip 0,|skip 0,^
on read if do skip|if ^do
on read if fd == do skip|found the end: read if fd ==^
on read if fd == 0 when do skip|when ^do
on read if pathnam == "x" do skip|"pathnam"; read has fd, buf, count: read if ^pathnam
on read if fd.pth == "x" do skip|it has path, type, family, peer
on fstat if statbuf.st_siz == 3 do count|it has st_dev
on openat if pathname == 3 && flags == "x" do count|can't compare
on openat if pathname ~ "x do count|is not closed: openat if pathname ~ ^"x
on openat if (dirfd == 3 do count|is not closed: openat if ^(dirfd
on openat if pathname =~ "(" do count|bad regular expression
on openat if "x" do count|neither true nor false
on read when 0 do skip|when ^0
on read when 3..2 do skip|ends before it begins: "3..2": read when ^3..2
on read when x do skip|when ^x
on read when 1+0 do skip|when 1+^0
on read per cpu do skip|per ^cpu
on read do skip 0, fake 3|contradict each other: a call can have one of them: read do skip 0, ^fake 3
on read do skip 0, arg count 3|contradict
on read do arg count 3, arg count 4|contradict
on read do emulate 3, nr write|contradict
on read if ret == 3 do skip 0|not known yet: read if ret == 3 do ^skip
on read do jump 3|do ^jump
on read do skip nosuch|^nosuch
on read do fake -512|fake ^-512
on read do arg nosuch 3|arg ^nosuch
on read do emulate 3 count="x"|emulate 3 ^count
on read do emulate 3 buf="x|buf=^"x
on read do emulate 3 buf=x"0"|buf=^x"0"
on read do emulate 3 buf=["a",]|buf=["a",^]
on read do emulate 3 buf=@/no/such|buf=^@/no/such
on read do nr nosuch|nr ^nosuch
on read do signal SIGNOSUCH|signal ^SIGNOSUCH
on read do delay|delay^
on read do delay 5parsecs|delay ^5parsecs
on read do log "{fd"|log "^{fd"
on read do log "{nosuch}"|"nosuch"; read has fd, buf, count: read do log "{^nosuch}"
on read do log "a\tb\x41\101 {fd} {1 +}"|read do log "a\tb\x41\101 {fd} {1 +^}"
on read do log "a { }"|nothing in the braces of the format: read do log "a {^ }"
on read do log entry "{ret}"|not known at a call's entry
on read do log x|log ^x
on read do commands info|commands ^info
on read do random 200% skip|random ^200%
on read do random skip|random ^skip
on read do stop 5|stop ^5
on read do nr -1|"-1" is no call's number: read do nr ^-1
on read do nr 99999999999999999999|is no call's number: read do nr ^9999
on read do nr 4294967296|is no call's number: read do nr ^4294967296
on read do emulate 3 buf="a" buf="b"|buf is said twice: read do emulate 3 buf="a" ^buf
on fstat do poke statbuf.st_uid=0 statbuf.st_uid=1|statbuf.st_uid is said twice: fstat do poke statbuf.st_uid=0 ^statbuf
on read when 1 if fd == 0 do count|before `if`: say SET if CONDITION when N per thread do ACTIONS: read ^when 1 if
on read when 1 when 2 do count|said twice, or before `if`: say SET if CONDITION when N per thread do ACTIONS: read ^when 1 when
on read per thread per process do count|`per` is said twice
catch syscall read if|behind `if`: read if^
catch syscall read entry entry|not "entry": read entry ^entry
tcatch syscall read exit if "x"|neither true nor false: read exit if ^"x"
inject=read:nosuch=1|understand "nosuch=1": read:^nosuch=1
inject=read:error|understand "error": read:^error
on read if $_nosuch() do count|there is no function $_nosuch: read if ^$_nosuch() do count
on read do skip $_nosuch(1)|there is no function $_nosuch: read do skip ^$_nosuch(1)
on read do poke buf={1, fd, nosuch}|count: read do poke buf={1, fd, ^nosuch}
on openat if $_streq(pathname) do count|$_streq wants 2 arguments: openat if $_streq^(
on openat if $_moved("a") do count|$_moved wants 3 or 4 arguments: openat if $_moved^(
on read if fd == 0 && (buf ~ "x" && nosuch) do count|(buf ~ "x" && ^nosuch) do count
on read if buf =~ "((a{1,200}){1,200}){1,200}" do count|repeats too much: read if buf =~ ^"((a
on read if buf =~ "[ab]*a[ab]{200}" do skip|too many ways to match: read if buf =~ ^"[ab]
on /((a{1,200}){1,200}){1,200}/ do count|repeats too much: ^/((a
catch syscall raed|did you mean read, readv, rseq?: ^raed
catch syscall read,raed exit|rseq?: read,^raed exit
catch syscall read,   raed|rseq?: read,   ^raed
catch syscall read   write raed|rseq?: read   write ^raed
catch syscall !  raed|rseq?: ^!  raed
tcatch syscall read entry if fd == nosuch|unknown name "nosuch": read entry if fd == ^nosuch
catch syscall read if fd == "x"|a string and a number: read if fd ^== "x"
catch syscall read if $_nosuch(fd)|there is no function $_nosuch: read if ^$_nosuch(fd)
catch syscall read if buf =~ "((a{1,200}){1,200}){1,200}"|repeats too much: read if buf =~ ^"((a
trace raed|did you mean read, readv, rseq?: ^raed
trace -c read if fd == nosuch|unknown name "nosuch": -c read if fd == ^nosuch
catch fork if nosuch|at column 1: ^nosuch
delete rule 7|No rule number 7
disable rule x|is not a number
on read,wirte do count|writev?: read,^wirte
on read when 3..x do count|when 3..^x
on read do arg buf ["a",@/no/such]|["a",^@/no/such]
on read do skip [1, 2+, 3]|found the end: read do skip [1, 2+^, 3]
on read do delay 3000000000s|no delay is longer than a year
on read do emulate 3 buf=@/|is not a regular file: read do emulate 3 buf=^@
on read do count, stop, arg fd 3, nr getpid, arg 0 4, skip|contradict each other: a call can have one of them: ...
inject=read:error=EIO:when=3..1|read:error=EIO:when=^3..1
inject=read,wirte:error=EIO|read,^wirte:error
inject=read:poke_enter=@arg1=0|read:poke_enter=^@arg1=0
inject=read|read^
inject=read:error=EIO:error=EIO|error=EIO:error=^EIO
fault=read:retval=3|fault takes error, syscall and when
EOF

# The same as a record tells where.
"$SCDB" -q --nx --json -e 'on read do skip 0, count, fake 3' >"$work/out" \
	2>&1 </dev/null
grep -q '"kind":"usage","column":24}' "$work/out" ||
	fail 'no column in the record' "$work/out"
finish
