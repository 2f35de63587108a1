#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 150
# Core files as targets: scdb sees in a core what gdb sees in it, in the
# kernel's, gdb's and scdb's own, 64-bit, static and i386.
# shellcheck disable=SC2154,SC3045
. "${0%/*}/../helpers.sh"
cd "$work" || exit 1
total=0

gdb_batch()
{
	timeout -k 2 60 gdb -q -nx -batch -iex 'set pagination off' \
		-iex 'set width 0' -iex 'set debuginfod enabled off' "$@" 2>&1
}

# Cores, each as NAME.core.

# kernel_core NAME PROGRAM ARG...: 1 where this kernel gives cores to a program.
kernel_core()
{
	case $(cat /proc/sys/kernel/core_pattern) in
	'|'* | */*) return 1 ;;
	esac
	mkdir "$1.dir"
	(
		name=$1
		shift
		cd "$name.dir" && ulimit -c unlimited && exec "$@"
	) >/dev/null 2>&1
	for file in "$1.dir"/*; do
		[ -s "$file" ] && mv "$file" "$1.core"
	done
	[ -s "$1.core" ]
}

# Without one: what gdb writes at the same moment.
fault_core()
{
	name=$1
	shift
	kernel_core "$name" "$@" && return
	gdb_batch -ex 'set startup-with-shell off' -ex run \
		-ex "gcore $name.core" --args "$@" >"$name.said"
	[ -s "$name.core" ] || fail "no core $name" "$name.said"
}

# Questions: the same lines for both, answers behind ==NAME.

# common REGISTER...
common()
{
	printf 'echo \\n==bt\\n\nthread apply all -q bt\n'
	for thread in 1 2 4; do
		printf 'echo \\n==skip\\n\nthread %s\n' $thread
		printf 'echo \\n==general%s\\n\ninfo registers\n' $thread
		for name in $1; do
			printf 'echo \\n==%s-%s\\n\np/x $%s\n' \
				"$name" $thread "$name"
		done
		printf 'echo \\n==skip\\n\nframe 1\necho \\n==frame1-%s\\n\ninfo registers\n' \
			$thread
	done
	printf 'echo \\n==skip\\n\nthread 2\necho \\n==deep\\n\nframe function deep\n'
	printf 'echo \\n==here\\n\np here\np level\np &here\n'
	printf 'echo \\n==args\\n\ninfo args\n'
	printf 'echo \\n==auxv\\n\ninfo auxv\n'
	printf 'echo \\n==skip\\n\nthread 1\n'
	printf 'echo \\n==siginfo\\n\np $_siginfo.si_signo\n'
	printf 'p $_siginfo.si_code\np $_siginfo._sifields._sigfault.si_addr\n'
	for name in touched 'touched[509]@20' 'initialised' 'written[4096]' \
		'&zeroed' 'zeroed[5]' how 'hidden[4093]@2' 'shared[2039]@3' \
		'*touched@40' 'sizeof(zeroed)' '$pc' '$sp' '$_exitcode' \
		'main' '&stay' '$_thread'; do
		printf 'echo \\n==%s\\n\np %s\n' "$name" "$name"
	done
	printf 'echo \\n==disassemble\\n\ndisassemble stay\n'
	printf 'echo \\n==symbol\\n\ninfo symbol main\ninfo line stay\n'
	printf 'echo \\n==list\\n\nlist stay\n'
}

tls()
{
	for thread in 1 2 3 4 5; do
		printf 'echo \\n==skip\\n\nthread %s\n' $thread
		printf 'echo \\n==own-%s\\n\np own\n' $thread
	done
}

# places NAME: 1,000 of them in what the core has, or its files.
places()
{
	scdb -c "$1.core" -e 'info proc mappings' "$2" |
		awk -v seed="$SCDB_TEST_SEED" '
		function value(text, i, n) {
			text = tolower(substr(text, 3))
			for (i = 1; i <= length(text); i++)
				n = n * 16 + index("0123456789abcdef",
				                   substr(text, i, 1)) - 1
			return n
		}
		$1 ~ /^0x/ && $6 ~ /^(core|file)$/ && length($1) <= 14 {
			start[++count] = $1; size[count] = value($3)
		}
		END {
			srand(seed)
			for (i = 0; i < 1000; i++) {
				k = int(rand() * count) + 1
				at = int(rand() * (size[k] / 8)) * 8
				printf "x/2xw %s+%d\n", start[k], at
			}
		}' | sed 's/^\(.*\)$/echo \\n==\1\\n\n\1/'
}

# What both say in their own way is left out: heads, empty lines, numbers of
# values, mask registers (gdb has them as general ones), and how a place in the
# middle of something is called (code-oracle.sh's matter).
answers()
{
	awk '/^==/ { name = substr($0, 3); next }
	     # What this gdb does not know by name.
	     name == "skip" || (name == "auxv" && /^2[78] /) { next }
	     # Nor what this one shows of live processes alone.
	     /^k[0-7] |^[fg]s_base |^warning: Section .* too small/ { next }
	     name != "" && NF {
		sub(/^\$[0-9]+ = /, "")
		if (name ~ /^x\/2xw/)
			sub(/ <[^>]*>+:/, ":")
		sub(/ from \/usr\/lib/, " from /lib")
		print name " => " $0
	     }' "$1"
}

# compare NAME PROGRAM LEAST [tls]
compare()
{
	# Of registers that the kernel writes, gdb finds too little: of i386 none.
	case $1 in
	kernel-32) common eflags ;;
	kernel*) common 'xmm1.v2_int64 st0 mxcsr fctrl ftag eflags' ;;
	*) common 'xmm1.v2_int64 ymm1.v4_int64 st0 mxcsr fctrl ftag' ;;
	esac >"$1.questions"
	{
		[ "$4" != tls ] || tls
		places "$1" "$2"
	} >>"$1.questions"
	{
		printf 'set pagination off\nset width 0\nset height 0\n'
		printf 'set debuginfod enabled off\n'
		cat "$1.questions"
	} >"$1.gdb-in"
	gdb -q -nx "$2" "$1.core" <"$1.gdb-in" 2>/dev/null |
		sed 's/(gdb) //g' >"$1.gdb"
	timeout 60 "$SCDB" -q --nx -c "$1.core" "$2" <"$1.questions" \
		>"$1.scdb" 2>"$1.scdb-errors"
	answers "$1.gdb" >"$1.gdb-says"
	answers "$1.scdb" >"$1.scdb-says"
	same "$1: not what gdb says" "$1.gdb-says" "$1.scdb-says" \
		"$1.scdb-errors"
	count=$(($(wc -l <"$1.gdb-says")))
	[ "$count" -ge "$3" ] || fail "$1: gdb says little ($count)" "$1.gdb"
	total=$((total + count))
	lists "$1" "$2"
}

# Tables that look different: their content.
lists()
{
	gdb_batch "$2" "$1.core" -ex 'info threads' -ex 'echo ==\n' \
		-ex 'info sharedlibrary' -ex 'echo ==\n' \
		-ex 'info proc mappings' >"$1.gdb"
	scdb -c "$1.core" -e 'info threads' -e 'echo ==\n' \
		-e 'info sharedlibrary' -e 'echo ==\n' \
		-e 'info proc mappings' "$2" >"$1.scdb"
	sed -n '1,/^==/s/^\([* ]\) \([0-9][0-9]*\) .*LWP \([0-9]*\).*/\1 \2 \3/p' \
		"$1.gdb" >"$1.gdb-threads"
	sed -n '1,/^==/s/^\([* ]\)  *\([0-9][0-9]*\)  *\([0-9]*\)  .*/\1 \2 \3/p' \
		"$1.scdb" >"$1.scdb-threads"
	same "$1: info threads" "$1.gdb-threads" "$1.scdb-threads"
	[ "$(wc -l <"$1.gdb-threads")" = 5 ] ||
		fail "$1: gdb has few threads" "$1.gdb"
	for who in gdb scdb; do
		awk '/^==/ { part++ } part == 1 && /^0x/ { print $1, $2 }' \
			"$1.$who" | sort >"$1.$who-libraries"
		# gdb lists files alone; permissions are scdb's own.
		awk '/^==/ { part++ } part == 2 && $1 ~ /^0x/ && $NF ~ /^\// {
			print $1, $2, $3, $4, $NF }' "$1.$who" \
			>"$1.$who-mappings"
	done
	same "$1: info sharedlibrary" "$1.gdb-libraries" "$1.scdb-libraries"
	same "$1: info proc mappings" "$1.gdb-mappings" "$1.scdb-mappings"
	[ "$(wc -l <"$1.gdb-mappings")" -ge 3 ] ||
		fail "$1: gdb has few mappings" "$1.gdb"
}

cores=$SCDB_TRACEES/cores
fault_core kernel "$cores" fault 4
compare kernel "$cores" 1200 tls
fault_core kernel-static "$cores-static" fault 4
compare kernel-static "$cores-static" 1100 tls
fault_core kernel-32 "$cores-32" fault 4
compare kernel-32 "$cores-32" 1200 tls

start "$cores" stop 4 >said
says said ready || fail 'it is not ready'
until_true state "$pid" T || fail 'it does not stop'
scdb -p "$pid" -e 'gcore own.core' -e detach >own.said 2>&1 ||
	fail 'scdb writes no core' own.said
until_true state "$pid" T || fail 'it stands no more'
gdb_batch -p "$pid" -ex 'gcore gdb.core' >gdb.said
compare own "$cores" 1200 tls
compare gdb "$cores" 1200 tls
[ "$total" -ge 4800 ] || fail "only $total lines were compared"

# What there is besides.

# said NAME COMMAND PATTERN...: of kernel.core, with the program that it names.
said()
{
	name=$1 command=$2
	shift 2
	scdb -c kernel.core -e "$command" >"$name.text" 2>&1
	for pattern; do
		grep -qE -e "$pattern" "$name.text" ||
			fail "$command: not $pattern" "$name.text"
	done
}

said load 'print 1' "^Core was generated by .*/cores fault 4'\.$" \
	'^Program terminated with signal SIGSEGV, Segmentation fault\.$' \
	'^The address was 0x10\.$' '^#0 .*end \(\) at .*cores\.c:[0-9]+$' \
	'^\[Current thread is 1 \(LWP [0-9]+\)\]$'
said threads 'info threads' '^\*  1 .*cores +signal SIGSEGV' '^   2 .* stopped'
said inferiors 'info inferiors' "core +$cores\$"
# Of what gdb leaves out its cores say nothing.
left_out='memory at 0x[0-9a-f]+ is not in the core: it was left out \(.*\)'
said excluded 'x/x excluded' "^($left_out|can't read memory at 0x[0-9a-f]+)$"
said find 'find touched, +3000, (char)5' '^0x[0-9a-f]+$' '^1 pattern found\.$'
said dump 'dump memory out.bin touched touched+4096' '^4096 bytes written'
[ "$(od -An -tu1 -j1527 -N1 out.bin | tr -d ' ')" = 4 ] ||
	fail 'dump: the content' dump.text
said snapshot 'snapshot now' '^Snapshot now: '
said mappings 'info proc mappings' ' ---p +none' ' rw-p +none *$' ' core +\[vdso\]'
said proc 'info proc' '^cmdline +.*/cores fault 4$' "^exe +$cores\$"
said files 'info files' '^Local core dump file:' "^	\`kernel.core'\.\$"
said nowhere 'x/x 0x10' "can't read memory at 0x10"
said up 'up' '^#1 .* main \('
said display 'display own' '^1: own = 5$'

# What needs a process says so, and nothing changes.
for command in continue step stepi next nexti finish 'until 3' 'advance main' \
	'jump main' 'signal 0' kill interrupt skip 'fake 1' 'nr getpid' \
	'arg 1 2' sysstep sysfinish 'info syscall' 'info xol' \
	'generate-core-file x.core' blockstep return; do
	said refused "$command" \
		'^no process, but a core: use `run`, `starti` or `attach PID`$'
done
[ ! -e x.core ] || fail 'a core of a core was written'
said call 'print stay(1.5)' '^no process, but a core'
for command in 'set var own = 6' 'print $rip = 1' 'print zeroed[0] = 1'; do
	said unchanged "$command" "^a core can't be changed"
done

# Breakpoints wait for `run`; `detach`, `core-file` and another one close it.
scdb -c kernel.core -e 'break end' -e 'info breakpoints' -e 'run stop 0' \
	-e 'info threads' -e 'core-file kernel.core' -e 'bt 1' -e detach \
	-e 'info threads' -e 'core-file kernel.core' -e core-file -e 'bt' \
	>life.text 2>&1
for pattern in 'breakpoint 1, end \(\)' '^process [0-9]+ was killed$' \
	'^No core file now\.$' '^No threads\.$' '^no process: use `run`'; do
	grep -qE -e "$pattern" life.text || fail "a life: $pattern" life.text
done
start sleep 60
scdb -c kernel.core -e 'attach 4194304' -e 'bt 1' >attach.text 2>&1
grep -q '^there is no process 4194304' attach.text || fail attach attach.text
scdb -c kernel.core -e "attach $pid" -e 'info threads' -e detach \
	>attach.text 2>&1
grep -qE "^\*  1 +$pid +sleep" attach.text ||
	fail 'attach does not close the core' attach.text
until_true state "$pid" S || fail 'what was attached sleeps no more'
# The very process; and one with whose ids it can't be.
scdb -p "$pid" -e 'gcore alive.core' -e detach >alive.text 2>&1
{
	printf 'core-file alive.core\nattach %s\ninfo inferiors\n' "$pid"
	printf 'x/2i $pc\ndetach\ncore-file alive.core\n'
	printf 'shell kill -KILL %s\n' "$pid"
} >alive.in
scdb -x alive.in >alive.text 2>&1
ended "$pid"
printf 'core-file alive.core\nattach %s\nbt 1\ninfo inferiors\n' "$pid" |
	timeout 20 "$SCDB" -q --nx >dead.text 2>&1
[ "$(grep -cE "^\*  1 +process $pid +1 +attached " alive.text)" = 1 ] ||
	fail 'attach to the process of the core' alive.text
grep -q "^there is no process $pid" dead.text &&
	grep -q '^#0 ' dead.text &&
	grep -qE "^\*  1 +process $pid +1 +core " dead.text ||
	fail 'a core after an attach that failed' dead.text

# refused FILE PATTERN
refused()
{
	! scdb -c "$1" -e 'print 1' >refused.text 2>&1 ||
		fail "$1: was opened" refused.text
	[ "$(grep -cE -e "$2" refused.text)" = 1 ] &&
		[ "$(wc -l <refused.text)" = 1 ] ||
		fail "$1: not the one line $2" refused.text
}

echo hello >text
refused text 'text is not a core: it is no ELF file$'
refused "$cores" 'is a program or a library, not a core$'
refused nothing 'No such file'
refused . 'is no regular file'
head -c 30 kernel.core >short
refused short 'is cut off in its header$'
cp kernel.core aarch64
printf '\267' | dd of=aarch64 bs=1 seek=18 conv=notrunc 2>/dev/null
refused aarch64 'is a core of aarch64: only those of x86'

# Cut off: what is there is shown.
head -c "$(($(stat -c %s kernel.core) / 2))" kernel.core >half.core
scdb -c half.core -e 'info registers rip' -e 'print initialised' \
	>half.text 2>&1
grep -qE '^warning: half.core is cut off: [0-9]+ bytes' half.text &&
	grep -q '^rip  ' half.text || fail 'half a core' half.text

# A program that is another one by now; and none.
cat >prog.c <<'END'
#include <stdlib.h>
int value = NUMBER;
static void last(void) { abort(); }
int main(void) { last(); return FILL; }
END
$CC -g -DNUMBER=4711 -DFILL=1 -Wl,--build-id -o prog prog.c
fault_core prog "$work/prog"
scdb -c prog.core -e 'print value' -e 'x/2i main' >same.text 2>&1
grep -qx '\$1 = 4711' same.text && ! grep -q '^warning' same.text ||
	fail 'the program that it names' same.text
cp prog kept
$CC -g -DNUMBER=4712 -DFILL=2 -Wl,--build-id -o prog prog.c
scdb -c prog.core -e 'print value' >other.text 2>&1
grep -qE '^warning: .*/prog: the program was changed after the core' \
	other.text || fail 'a changed program' other.text
scdb -c prog.core -e 'print value' ./prog >other.text 2>&1
grep -qE '^warning: .*prog: core file may not match specified executable' \
	other.text || fail 'another program' other.text
rm prog
scdb -c prog.core -e 'print value' >gone.text 2>&1
grep -qE "^warning: .*/prog: the program that the core is of can't be read" \
	gone.text || fail 'a program that is gone' gone.text
scdb -c prog.core -e 'print value' -e 'bt' -e 'x/2i main' ./kept \
	>kept.text 2>&1
grep -qx '\$1 = 4711' kept.text && ! grep -q '^warning' kept.text &&
	grep -q ' main () at ' kept.text || fail 'the program elsewhere' kept.text

for command in 'file ./kept' 'print value'; do
	printf '%s\n' "$command"
done >file.in
scdb -c prog.core -e bt -x file.in -e bt >file.text 2>&1
grep -qx '\$1 = 4711' file.text &&
	[ "$(grep -c ' main () at ' file.text)" = 1 ] ||
	fail 'the program, chosen later' file.text

# 6 GB more, of which nothing is there, take no memory.
cp own.core big.core
truncate -s 6G big.core
for core in own big; do
	scdb -c $core.core -e 'bt 1' -e 'thread apply all p own' \
		-e 'shell grep VmHWM /proc/$PPID/status' "$cores" >$core.text 2>&1
done
grep -q '^#0' big.text || fail 'a big core' big.text
[ "$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' big.text)" -lt \
	"$(($(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' own.text) + 8192))" ] ||
	fail 'a big core takes memory' own.text big.text

finish
