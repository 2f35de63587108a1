#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# strace's `inject` and `fault`: the same specifications under strace and scdb.
# What the program saw, how it ended, and the lines that both write of its calls
# must be the same; what is wrong must be refused by both.
# limit: 120
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

cat >"$work/good" <<'SPECS'
inject=read:error=EIO
inject=read:error=EIO:when=5
inject=read:error=5:when=4+
inject=read:error=ebadf:when=4+2
inject=read:error=EINTR:when=3..5
inject=read:error=EINTR:when=3..6+2
inject=read:error=EINTR:when=3..6+
inject=read:retval=0:when=3
inject=read:retval=4:when=4+
inject=read:retval=0x2:when=4
inject=read:retval=-1:when=5
inject=read:retval=010:when=6
inject=getppid:retval=2147483647
inject=getppid:error=EPERM:when=2
inject=getppid:retval=7:syscall=getpid:when=2
inject=access:error=ENOENT:syscall=getuid:when=3
inject=getppid:syscall=getpid:retval=0
fault=access
fault=access:when=2
fault=access:error=EACCES:when=2+
fault=fstat:error=1:when=1..3+2
fault=%file:error=ENOTDIR:when=3
fault=getppid,access:error=EAGAIN:when=2
fault=/^getpp:error=EAGAIN:when=2
fault=?nosuchcall,access:error=EMFILE
inject=access:signal=SIGUSR1
inject=access:signal=usr2:when=2
inject=access:signal=10:when=1+3
inject=access:error=EBUSY:signal=SIGUSR1:when=3
inject=getppid:signal=SIGTERM:when=3
inject=getppid:signal=SIGKILL:when=2
inject=getppid:retval=5:signal=SIGSEGV:when=4
inject=nanosleep:delay_enter=1200000
inject=nanosleep:delay_enter=1200ms
inject=nanosleep:delay_exit=1.2s
inject=nanosleep:delay_exit=1200000us:delay_enter=1ns
inject=nanosleep:retval=0
inject=nanosleep:error=EINTR:delay_exit=1200ms
inject=chdir:poke_enter=@arg1=2f00
inject=chdir:poke_enter=@arg1=2F746D7000
inject=chdir:poke_exit=@arg1=41424344
inject=chdir:poke_enter=@arg1=2f2f:poke_exit=@arg1=5a
inject=read:poke_exit=@arg2=7878:when=4+
inject=read:retval=3:poke_exit=@arg2=616263:when=5
inject=read:when=2:error=EIO:when=6
inject=read::error=EIO::when=5
inject=!all,access:error=EIO:when=65535
inject=chdir:error=ELOOP:when=1
inject=fork:error=EAGAIN
inject=pwrite64:retval=100
SPECS
cat >"$work/bad" <<'SPECS'
inject=
inject=:error=EIO
inject=read
inject=nosuchcall:error=EIO
inject=%nosuchclass:error=EIO
inject=/*[:error=EIO
inject=read:error=
inject=read:error=0
inject=read:error=4096
inject=read:error=-5
inject=read:error=ENOSUCH
inject=read:error=EIO:error=EIO
inject=read:error=EIO:retval=0
inject=read:retval=
inject=read:retval=x
inject=read:retval=0x
inject=read:retval=99999999999999999999999
inject=read:signal=
inject=read:signal=SIGNOSUCH
inject=read:signal=0
inject=read:signal=65
inject=read:signal=SIGUSR1:signal=SIGUSR1
inject=read:syscall=getpid
inject=read:retval=0:syscall=open
inject=read:retval=0:syscall=nosuchcall
inject=read:error=EIO:when=
inject=read:error=EIO:when=0
inject=read:error=EIO:when=65536
inject=read:error=EIO:when=2..1
inject=read:error=EIO:when=1..65535
inject=read:error=EIO:when=1.2
inject=read:error=EIO:when=1+0
inject=read:error=EIO:when=-1
inject=read:error=EIO:when=1+x
inject=read:delay_enter=
inject=read:delay_enter=5x
inject=read:delay_enter=1:delay_enter=1
inject=read:poke_enter=
inject=read:poke_enter=@arg1
inject=read:poke_enter=@arg8=00
inject=read:poke_enter=@arg1=0
inject=read:poke_enter=@arg1=00,@arg1=01
inject=read:poke_exit=arg1=00
inject=read:nonsense=1
inject=read:error
fault=read:retval=0
fault=read:signal=SIGUSR1
fault=read:delay_enter=1
fault=
SPECS

# The calls that are looked at, of the program's first process, from the first
# read on, without what is each run's own.
lines()
{
	awk -v pid="$(awk '{ print $1; exit }' "$1")" '
		$1 == pid { sub(/^[0-9]+ +/, ""); print }' "$1" |
		sed -n '/^read(4/,$p' |
		grep -E '^(read|getppid|access|fstat|nanosleep|chdir|---)' |
		sed -E 's/ \((INJECTED|DELAYED)[^)]*\)//g; s/ \(DELAYED\)//g
			s/^(--- SIG[A-Z0-9]+).*/\1/; s/0x[0-9a-f]+/ADDR/g
			s/^(getppid\(\) += )[0-9]{2,9}$/\1PID/; s/ +=/ =/'
}

# "exited with status 3", of the first process, as a shell has it.
outcome()
{
	awk '$1 == "[1]" && /exited with status/ { print $NF }
		$1 == "[1]" && /was killed by|terminated by/ { print "killed" }
		' "$1"
}

count=0
while IFS= read -r spec; do
	count=$((count + 1))
	rm -f "$work"/*.report "$work"/*.trace
	strace -qq -f -o "$work/strace.trace" -e "$spec" \
		./injected "$work/strace.report" >"$work/strace.out" 2>&1
	status=$?
	[ $status -lt 128 ] || status=killed
	scdb -e "$spec" -e "trace all to $work/scdb.trace" -e run \
		--args ./injected "$work/scdb.report" \
		>"$work/scdb.out" 2>&1 </dev/null ||
		fail "scdb failed with -e $spec" "$work/scdb.out"
	got=$(outcome "$work/scdb.out")
	[ "$got" = "$status" ] ||
		fail "$spec: it ended with $got, under strace $status" \
			"$work/scdb.out"
	for tool in strace scdb; do
		[ -e "$work/$tool.report" ] || : >"$work/$tool.report"
		lines "$work/$tool.trace" >"$work/$tool.lines"
	done
	diff "$work/strace.report" "$work/scdb.report" >"$work/diff" ||
		fail "$spec: the program saw something else" "$work/diff"
	# scdb's line has what the program gave and the kernel wrote, strace's
	# what was poked; strace has -1 as no error, reads a buffer for more
	# bytes than it has, and for a result that it made up itself not at all.
	case $spec in
	*poke_*|*retval=-1:*|*retval=010:*|*nanosleep:error=*) continue ;;
	esac
	diff "$work/strace.lines" "$work/scdb.lines" >"$work/diff" ||
		fail "$spec: the lines differ" "$work/diff"
done <"$work/good"
[ $count -ge 40 ] || fail "only $count specifications"

count=0
while IFS= read -r spec; do
	count=$((count + 1))
	strace -qq -o /dev/null -e "$spec" true >"$work/out" 2>&1 &&
		fail "strace takes $spec"
	printf '%s\n' "$spec" >>"$work/scdb.bad"
	scdb -e "$spec" >"$work/out" 2>&1 && fail "scdb takes $spec"
	[ "$(wc -l <"$work/out")" -eq 1 ] ||
		fail "$spec: not one line" "$work/out"
done <"$work/bad"
[ $count -ge 30 ] || fail "only $count wrong specifications"

# Odd ones, found by a random writer of specifications: what strace takes is
# taken (it says its version then), and what it refuses refused.
cat >"$work/taken" <<'SPECS'
inject=/:error=EIO
inject=!!read:error=EIO
inject=!?nosuchcall:error=EIO
inject=?nosuchcall:error=EIO
inject=?/zzzz:error=EIO
inject=?%nosuchclass:error=EIO
inject=?:error=EIO
inject=??read:error=EIO
inject=?!read:error=EIO
inject=,read:error=EIO
inject=read,,write:error=EIO
inject=none:error=EIO
inject=!none:error=EIO
inject=all,read:error=EIO
inject=file:error=EIO
inject=!desc,network@64:error=EIO
inject=memory,process,signal,ipc:error=EIO
inject=%stat,%lstat,%fstat:error=EIO
inject=%%stat:error=EIO
inject=%statfs,%fstatfs,%%statfs:error=EIO
inject=%file@32:error=EIO
inject=010:error=EIO
inject=1@64:error=EIO
inject=/read@64:error=EIO
inject=read:error=+5
inject=read:error= 5
inject=read:error=010
inject=read:retval= -1
inject=read:retval=-18446744073709551615
inject=read:retval=0X1f
inject=read:signal=010
inject=read:signal=rt_3
inject=read:signal=SIGRT_32
inject=read:signal=33
inject=read:delay_enter=-0
inject=read:delay_enter= 1
inject=read:delay_exit=1e30
inject=read:delay_exit=9223372037s
inject=read:delay_exit=+.5s
inject=read:delay_exit=5.ms
inject=read:poke_exit=@arg7=00
inject=read:poke_exit=,@arg1=00,,@arg2=11,
inject=read:error=EIO:when= 1
inject=read:error=EIO:when=1..+2
inject=read:error=EIO:when=1+ 2
inject=read:error=EIO:when=65535+65535
SPECS
cat >"$work/refused" <<'SPECS'
inject=/a/:error=EIO
inject=?/[:error=EIO
inject=!read,!write:error=EIO
inject=%desc,!read:error=EIO
inject=none,read:error=EIO
inject=read@99:error=EIO
inject=read@:error=EIO
inject=creds:error=EIO
inject=%%:error=EIO
inject=0x1:error=EIO
inject=-1:error=EIO
inject=99999:error=EIO
inject=read :error=EIO
inject=,:error=EIO
inject=read:error=+EIO
inject=read:error=0x5
inject=read:retval=-18446744073709551616
inject=read:signal=0xa
inject=read:signal=SIGRT_33
inject=read:delay_enter=0x10
inject=read:delay_enter=0x1p3
inject=read:delay_enter=1e
inject=read:delay_enter=1 s
inject=read:delay_enter=--0
inject=read:delay_enter=inf
inject=read:poke_enter=@arg01=00
inject=read:error=EIO:when=1 +2
inject=read:error=EIO:when=1..3+0
inject=read:error=EIO:when=++1
SPECS
while IFS= read -r spec; do
	strace -e "$spec" -V >/dev/null 2>&1 || fail "strace refuses $spec"
done <"$work/taken"
while IFS= read -r spec; do
	strace -e "$spec" -V >/dev/null 2>&1 && fail "strace takes $spec"
done <"$work/refused"
scdb -x "$work/taken" >"$work/out" 2>&1 || fail 'refused' "$work/out"
[ "$(grep -c '^Rule ' "$work/out")" -eq "$(wc -l <"$work/taken")" ] ||
	fail 'not all are taken' "$work/out"
"$SCDB" -q --nx <"$work/refused" >"$work/out" 2>&1
grep '^Rule ' "$work/out" && fail 'taken'
[ "$(wc -l <"$work/out")" -eq "$(wc -l <"$work/refused")" ] ||
	fail 'not a line for each' "$work/out"
finish
