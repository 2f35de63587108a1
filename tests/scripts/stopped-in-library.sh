#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A stop in a library whose debug file is a separate one, as libc's is: where
# `list` stands, and what frames, lines and places are asked about there, as gdb
# says it.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
unset DEBUGINFOD_URLS
cd "$work" || exit 1

cat >lib.c <<'EOC'
/* The library. */
int depth;

int asks(int n)
{
	long result;

	depth += n;
	__asm__ volatile ("syscall" : "=a" (result)
	                  : "0" (110L) : "rcx", "r11", "memory");
	return result > n;
}

int plain(int n) { return n + 1; }
int other(int n) __attribute__((alias("plain")));
EOC
cat >bare.S <<'EOC'
	.globl	bare
	.type	bare, @function
bare:	movl	$5, %eax
	ret
	.size	bare, . - bare
	.section .note.GNU-stack,"",@progbits
EOC
cat >lib2.c <<'EOC'
static volatile int everybodys = 5, own = 6;

int second(void) { return everybodys + own; }
EOC
cat >program.c <<'EOC'
int asks(int n);

__attribute__((noinline)) int work(int n)
{
	int twice = 2 * n;

	if (n > 0)
		return work(n - 1) + twice;
	return asks(n) + twice;
}

int main(void)
{
	return work(2) == 0;
}

int everybodys = 7;
EOC
$CC -g -O1 -shared -fPIC -o liblib.so lib.c lib2.c bare.S || exit 1
objcopy --only-keep-debug liblib.so liblib.debug || exit 1
objcopy --strip-all --add-gnu-debuglink=liblib.debug liblib.so || exit 1
$CC -g -O1 -fno-optimize-sibling-calls -o program program.c "$work/liblib.so" ||
	exit 1

cat >asked <<'END'
list
list -
info source
info symbol $pc
up
info line
list *$pc
info line *$pc
x/2i
p $_
x
info frame
info frame 2
info frame function main
frame
info frame level 0
frame function main
list -
info scope program.c:7
info scope lib.c:8
info scope asks
up 99
info all-registers mxcsr
whatis other
p other(3)
p (int)bare()
p everybodys
p own
p 'lib2.c'::everybodys
backtrace 2
backtrace -1
END
# Each question with its number before it.
awk '{ print "echo [" NR "]\\n"; print }' asked >questions
{
	printf '%s\n' 'set width 0' 'set confirm off' 'unset environment LINES' \
		'unset environment COLUMNS' 'catch syscall getppid' run
	cat questions
	echo kill
} >for-gdb
{
	printf '%s\n' 'set disable-randomization on' \
		'catch syscall getppid entry' run
	cat questions
} >for-scdb
env -i PATH="$PATH" LC_ALL=C.UTF-8 gdb -nx -batch -ex 'set debuginfod enabled off' \
	-ex 'set startup-with-shell off' -x for-gdb "$work/program" >gdb.out 2>&1
env -i PATH="$PATH" LC_ALL=C.UTF-8 timeout 40 "$SCDB" -q --nx --batch \
	-x for-scdb "$work/program" >scdb.out 2>&1

# What is left out of both: the stop itself, that frames follow (gdb tells it
# to a terminal only), and "Base address" (which is no address).
answers()
{
	sed -n '/^\[1\]$/,$p' "$1" | sed -e '/^\[Inferior 1 /d' \
		-e '/^(More stack frames follow\.\.\.)$/d' \
		-e 's/^  Base address 0x[0-9a-f]*  Range/  Range/' >"$1.answers"
}
answers gdb.out
answers scdb.out
same 'other answers than gdb' gdb.out.answers scdb.out.answers
[ "$(grep -c '^\[' gdb.out.answers)" -eq "$(wc -l <asked)" ] ||
	fail 'gdb did not answer all' gdb.out
grep -q '^(More stack frames follow\.\.\.)$' scdb.out ||
	fail 'nothing of further frames' scdb.out

# `list` does not stay where an earlier stop was.
scdb -e 'catch syscall getppid' -e run -e 'up 2' -e list -e continue -e list \
	"$work/program" >out 2>&1
sed -n '$p' out | grep -q '^15.int other' || fail 'list after another stop' out
# Nothing of this needs more than a wrong name.
for command in 'info scope nope' 'info frame function nope' 'info frame 99' \
	'info scope program.c:99' 'info all-registers nope' 'list *nope' 'p bare()'; do
	scdb -e 'catch syscall getppid entry' -e run -e "$command" \
		"$work/program" >out 2>&1 && fail "accepted: $command" out
	tail -n 1 out | grep -qi "nope\|99\|'bare' has unknown return type" || fail "$command" out
done

# As many as there are.
scdb -e 'catch syscall getppid entry' -e run \
	-e 'backtrace -9223372036854775808' "$work/program" >out 2>&1
[ "$(grep -c '^#' out)" -eq 5 ] || fail 'all of the outermost frames' out

# What can't be read is said once, below the expression.
scdb -e 'catch syscall getppid entry' -e run -e 'display/i 1' \
	"$work/program" >out 2>&1
sed -n '/^1: /,$p' out >displayed
printf '1: x/i 1\n<error: Cannot access memory at address 0x1>\n' >expected
same 'a display of nothing' expected displayed out

# A source that is written anew while it is debugged is read anew.
sed 's/int twice = 2/int two = 2/; s/twice/two/' program.c >new.c
scdb -e 'catch syscall getppid entry' -e run -e 'up 2' -e 'list 5,5' \
	-e 'shell mv new.c program.c' -e 'list 5,5' "$work/program" >out 2>&1
grep -q '^5.*int twice = 2' out || fail 'the source as it was' out
grep -q '^5.*int two = 2' out || fail 'the source as it is' out
finish
