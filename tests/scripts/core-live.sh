#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 150
# What scdb says of a core is what it said of the process when that stood there:
# in scdb's own core, gdb's and the kernel's, 64-bit and i386.
# shellcheck disable=SC2154,SC2016,SC3045
. "${0%/*}/../helpers.sh"
cd "$work" || exit 1

# ask TIDS: the questions, to threads by their ids; answers behind ==NAME.
ask()
{
	for tid in $1; do
		printf 'echo \\n==skip\\n\n'
		printf 'thread %s\n' "$(awk -v tid="$tid" '
			$1 == "*" { $1 = ""; $0 = $0 }
			$2 == tid { print $1 }' "$2")"
		for question in bt 'bt -full' 'info registers' \
			'info all-registers' 'info float' 'info frame' \
			'x/40xg $sp' 'x/6i $pc' 'p own' 'p &own' up \
			'info locals' 'info args' 'frame function end' \
			'frame function deep' 'p here' 'p &here' \
			'info registers'; do
			printf 'echo \\n==%s-%s\\n\n%s\n' "$tid" "$question" \
				"$question"
		done
	done
	printf 'echo \\n==skip\\n\nthread 1\n'
	while read -r question; do
		printf 'echo \\n==%s\\n\n%s\n' "$(printf %s "$question" |
			tr '\134' /)" "$question"
	done <<'QUESTIONS'
info auxv
info sharedlibrary
info symbol stay
info symbol $pc
info address touched
info line stay
info source
info scope stay
list stay
disassemble stay
p $_siginfo
ptype $_siginfo
whatis touched
ptype deep
p main
p *stdout
p *touched@300
p written[4096]@20
p hidden[4093]@2
p shared[2039]@3
p untouched[28672]@9
p sizeof(zeroed)
p environ[0]
p errno
p $_
p $_siginfo.si_signo
p $xmm1
p $mxcsr
p $eflags
p $fs_base
p $_thread
p $_inferior
p nothing
p *(char *)0
x/s how
x/40xb touched+500
x/20xb hidden+4090
x/20xb untouched+28670
x/4xb 0
find /b touched, +4096, 7
find touched, +65536, (char)5, (char)0
find &initialised, +sizeof(initialised), "initialised"
strings touched,+4096
strings initialised,+40
strings -n 8 mappings name=[stack]
find /s mappings name=[stack], "cores"
display own
undisplay 1
info display
output own
call own
printf "%d %s\n", own, how
info functions ^deep$
info variables ^touched$
info types anything
info macro PAGE
info line *$pc
frame 1
info frame
down
QUESTIONS
	printf 'echo \\n==skip\\n\n'
}

# What numbers of values and threads were, and how a thread is called: only
# scdb's own core has the names of all.  Threads stand in no order of theirs.
answers()
{
	awk '/^==/ { name = substr($0, 3); next }
	     name != "" && name != "skip" && NF {
		sub(/^\$[0-9]+ = /, "")
		sub(/^\[[0-9]+\]/, "[]")
		print name " => " $0
	     }' "$1"
}

# say NAME ARG...: NAME.says, what scdb answers with these arguments.
say()
{
	name=$1
	shift
	scdb "$@" -e 'info threads' 2>&1 | grep -E '^[* ] +[0-9]+ ' >"$name.rows"
	ask "$tids" "$name.rows" >"$name.asked"
	timeout -k 2 60 "$SCDB" -q --nx "$@" <"$name.asked" >"$name.text" 2>&1
	answers "$name.text" >"$name.says"
}

# like NAME LIVE [SED]: the core NAME against what LIVE said, but for what
# the sed program leaves out of both.
like()
{
	for who in "$1" "$2"; do
		sed -E "${3:-}" "$who.says" >"$who.seen"
	done
	same "$1: not what was said of $2" "$2.seen" "$1.seen"
	[ "$(wc -l <"$1.seen")" -ge 850 ] ||
		fail "$1: it says little" "$1.text"
}

# dumps WHO: files WHO.1 and so on.
dumps()
{
	cat <<DUMPS
dump memory $1.1 touched touched+262144
dump memory $1.2 \$sp-1024 \$sp+512
dump memory $1.3 untouched untouched+262144
dump list $1.4 shared,+2048 written,+5000 hidden,+262144 main,+20
dump value $1.5 initialised
dump value $1.6 \$_siginfo.si_signo
dump mappings $1.7 perm=rw name=[stack]
DUMPS
}

# Files made of the core are those made of the process, and nothing is another
# than in snapshots of it.
memory()
{
	{
		dumps live
		printf 'snapshot all\nsnapshot code perm=r-x name=/*\n'
		printf 'snapshot some touched,+262144 hidden,+262144\n'
		printf 'detach\nshell kill -KILL %s\n' "$pid"
		printf 'core-file own%s.core\n' "$bits"
		dumps core
		printf 'diff all\ndiff code\ndiff some\nsnapshot now\n'
		printf 'snapshot some2 touched,+262144 hidden,+262144\n'
		printf 'diff some some2\n'
	} >memory.in
	scdb -p "$pid" -x memory.in >memory.text 2>&1
	# Behind the bytes a list knows which mappings were shared.
	for file in 1 2 3 4 5 6 7; do
		bytes=$(sed -n "s/ bytes written to live.$file.*//p" \
			memory.text)
		[ "${bytes:-0}" -gt 0 ] &&
			cmp -n "$bytes" "live.$file" "core.$file" ||
			fail "dumps: file $file" memory.text
	done
	# What the program has left out of cores is what can't be read.
	sed -n '/ differ, in /p' memory.text | tr '\n' ' ' >differ
	zero='0 bytes differ, in 0 places'
	[ "$(cat differ)" = \
	  "262144 bytes differ, in 1 place $zero $zero $zero " ] &&
		grep -q "262144 bytes: can't be read any more" memory.text ||
		fail 'the core differs from the snapshot' memory.text
	rm -f live.? core.?
}

# Where a process stopped itself: gdb can look at it too.  It asks for no siginfo
# there, takes what this machine may have beyond YMM15 from elsewhere, and writes
# no NT_386_TLS.
others='/_siginfo/d; / ([xyz]mm(1[6-9]|2.|3.)|k[0-7]) /d'
tls='/-p &?own|own = 5|(display|output|call|printf).* own|undisplay|p errno/d'
for bits in '' -32; do
	cores=$SCDB_TRACEES/cores$bits
	start "$cores" stop 4 >said
	says said ready || fail 'it is not ready'
	until_true state "$pid" T || fail 'it does not stop'
	tids=$(ls "/proc/$pid/task")
	say "live$bits" -p "$pid"
	until_true state "$pid" T || fail 'it does not stand still'
	scdb -p "$pid" -e "gcore own$bits.core" -e detach >gcore.said 2>&1 ||
		fail "gcore: own$bits" gcore.said
	gdb -q -nx -batch -iex 'set debuginfod enabled off' -p "$pid" \
		-ex "gcore gdb$bits.core" >gdb.said 2>&1
	memory
	ended "$pid"
	say "own$bits" -c "own$bits.core"
	like "own$bits" "live$bits"
	say "gdb$bits" -c "gdb$bits.core"
	[ -z "$bits" ] || others="$others; $tls"
	like "gdb$bits" "live$bits" "$others"
done

# tell TEXT...: to the scdb that reads in.
tell()
{
	printf '%s\n' "$@" >&3
}

# Where a signal did it, and the kernel wrote a core of the same process, if it
# does such things here.
for bits in '' -32; do
	rm -rf here in fault.text
	mkdir here
	mkfifo in
	(
		ulimit -c unlimited
		cd here && exec timeout -k 2 100 "$SCDB" -q --nx \
			"$SCDB_TRACEES/cores$bits" fault 4
	) <in >fault.text 2>&1 &
	exec 3>in
	tell run 'info threads' 'echo \n==known\n'
	until_true grep -q '^==known' fault.text || fail 'it does not begin'
	grep -E '^[* ] +[0-9]+ ' fault.text >fault.rows
	tids=$(sed -E 's/^[* ] +[0-9]+ +([0-9]+) .*/\1/' fault.rows)
	[ "$(echo "$tids" | wc -l)" = 5 ] || fail 'the threads' fault.text
	ask "$tids" fault.rows >&3
	# Others that went on would die a little way into their calls.
	tell "gcore $work/fault$bits.core" 'set scheduler-locking on' \
		continue quit
	exec 3>&-
	wait $!
	answers fault.text >"live$bits.says"
	say "fault$bits" -c "fault$bits.core"
	like "fault$bits" "live$bits"
	file=$(find here -type f -size +0)
	case $(cat /proc/sys/kernel/core_pattern) in
	'|'* | */*) continue ;;
	esac
	[ -n "$file" ] || fail 'the kernel wrote no core' fault.text
	mv "$file" "kernel$bits.core"
	say "kernel$bits" -c "kernel$bits.core"
	like "kernel$bits" "live$bits"
done
finish
