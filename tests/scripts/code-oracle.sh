#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 300
#
# Disassembly against objdump, in both syntaxes: libc, libm and libcrypto, and
# libc for i386, where each instruction begins and ends, its name, its operands,
# what it refers to.  Then `disassemble`, `x/i`, `list` and `info line` against
# gdb, of a program with lines of several files and inlined code.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
disasm=$SCDB_TOOLS/disasm

# Known differences, each a class: data that stands among the code (tables of
# libcrypto) is no instruction to anybody, and what is said of it differs.
#   (bad)       objdump goes on behind prefixes; scdb takes one byte
#   rex, data16, addr32, lock, rep, a segment: prefixes without effect
#   %st(N)      forms that no assembler makes, which objdump does not know
#   fwait       objdump makes it one with the next; of the 8087 alone: fneni
#   lretw, ...  16-bit forms; addresses relative to eip; an index of none
allowed='\(bad\)|^(rex|data16|addr32|lock|repn?z|rep|[cdefgs]s|bnd|xacquire|xrelease|notrack)[. ]|\.byte|%\?|[a-z],\?|^(l?ret|leave|l?jmp|call|lcall|iret|push|pop|pushf|popf)w|^fwait|8087 only|%eip|%riz'

# library FILE [OPTION...]: code of .text, a sample of functions.
library()
{
	file=$1
	syntax=$2
	bits=$3
	[ -e "$file" ] || return 0
	set -- -d -w -j .text
	[ "$syntax" = att ] || set -- "$@" -M intel
	if [ -z "$SCDB_TEST_LONG" ]; then
		start=$(objdump -h "$file" | awk '$2 == ".text" { print $4 }')
		size=$(objdump -h "$file" | awk '$2 == ".text" { print $3 }')
		random 1000
		from=$((0x$start + 0x$size / 1200 * random))
		set -- "$@" "--start-address=$from" \
			"--stop-address=$((from + 0x$size / 10))"
	fi
	# In a sample the first ones may lie across an instruction's edge.
	objdump "$@" "$file" | grep -E '^ *[0-9a-f]+:	' |
		sed '1,20d; s/^ *//' >"$work/objdump"
	"$disasm" "$syntax" "$bits" <"$work/objdump" >"$work/scdb"
	sed -E 's/ *<[^>]*>//g; s/ +$//; s/^([^	]*	)[^	]*	/\1/' \
		"$work/objdump" >"$work/wanted"
	paste "$work/wanted" "$work/scdb" >"$work/pairs"
	awk -F'	' -v "allowed=$allowed" '
		{ sub(/:.*/, "", $1) }
		$2 != $4 && $2 !~ allowed && $4 !~ allowed {
			print $1 ": " $2 " | " $4; bad++ }
		END { if (NR < 1000) print "only " NR " instructions" }' \
		"$work/pairs" >"$work/difference"
	[ ! -s "$work/difference" ] ||
		fail "$file ($syntax): not what objdump says" \
			"$work/difference"
}

libraries=/lib/x86_64-linux-gnu
for syntax in att intel; do
	library "$libraries/libc.so.6" $syntax 64
	library "$libraries/libm.so.6" $syntax 64
	library /usr/lib32/libc.so.6 $syntax 32
done
[ -z "$SCDB_TEST_LONG" ] || {
	library "$libraries/libcrypto.so.3" att 64
	library "$libraries/libstdc++.so.6" att 64
}

# gdb and scdb at the same place of the same program, with the same commands.
cat >"$work/commands" <<'END'
info line
info source
list
list
list -
list main
list in_header
list lines.h:3
info line main
info line lines.c:30
info line lines.c:999
info line lines.c:9
info line *$pc
info line lines.h:5
list *$pc
list twice
list generated
info line generated
list lines.h:3,5
list ,20
list loop,
list nosuch
list nofile.c:3
list lines.c:nosuch
list lines.c:branchy
list lines.c:1000
list 9999
list branchy,in_header
list loop,branchy
list 12,12
list 30
list +
list +5
list -3
list unlikely
search sink
search sink
reverse-search int
search nowhere to be found
list
info line unlikely
info line made-up.y:501
disassemble
disassemble main
disassemble /r loop
disassemble /s
disassemble /m
disassemble /s loop
disassemble /m loop
disassemble /s branchy
disassemble /m in_header
disassemble /s in_header
disassemble main,+20
disassemble main,main+9
disassemble 0
disassemble /x main
disassemble /ms main
disassemble unlikely
x/6i $pc
x/2i main
x/3i &sink
x/-4i $pc
x/-2i
x/i
x/-9i loop
x/-1000i branchy
set disassembly-flavor intel
disassemble
disassemble /r branchy
x/5i loop
set listsize 4
list main
list
set listsize unlimited
list loop
info line loop
END
while read -r command; do
	printf 'echo \\n## %s\\n\n%s\n' "$command" "$command"
done <"$work/commands" >"$work/script"
for flags in -O0 -O1 '-O2 -ffunction-sections' '-O2 -m32'; do
	(
		cd "$SCDB_TOP" || exit 1
		# shellcheck disable=SC2086
		$CC $flags -g -D_GNU_SOURCE -o "$work/program" \
			tests/tracees/lines.c
	) || fail "the compiler does not take $flags"
	# gdb stops at the first error of a file, but not between -ex.
	set -- -ex 'set width 0' -ex 'set confirm off' \
		-ex 'catch syscall getppid' -ex run -ex 'echo ====\n'
	while read -r command; do
		set -- "$@" -ex "echo \\n## $command\\n" -ex "$command"
	done <"$work/commands"
	gdb -nx -q -batch "$@" "$work/program" 2>&1 | sed '1,/^====$/d' \
		>"$work/gdb"
	{
		echo 'set disable-randomization on'
		echo 'catch syscall getppid'
		echo run
		printf '%s\n' 'echo ====\n'
		cat "$work/script"
	} | "$SCDB" -q --nx "$work/program" 2>&1 | sed '1,/^====$/d
		s/^error: //' >"$work/scdb"
	# With /m gdb shows the padding behind a function too.
	sed -i 's/@GLIBC_[0-9.]*>/>/; /^   0x[0-9a-f]*:	lea  *0x0(/d' \
		"$work/gdb" "$work/scdb"
	diff "$work/gdb" "$work/scdb" >"$work/difference" ||
		fail "$flags: not what gdb says" "$work/difference"
done

# Of several names of one place the function's own; C's where it has a label.
cat >"$work/names.c" <<'END'
int __attribute__((noinline)) __own(int x) { return x * 3; }
extern int also(int x) __attribute__((alias("__own")));
int __attribute__((noinline)) named(int x) __asm__("__label");
int named(int x) { return x > 7 ? also(x) - 1 : x; }
extern int second(int x) __attribute__((alias("__label")));
int main(int argc, char **argv) { (void)argv; return named(argc) + also(2); }
END
printf '%s\n' 'disassemble main' 'disassemble also' 'disassemble second' \
	'disassemble also,+4' 'info line also' >"$work/commands"
$CC -O1 -g -o "$work/names" "$work/names.c" || fail "names.c"
gdb -nx -q -batch -ex 'set width 0' -x "$work/commands" "$work/names" \
	>"$work/gdb" 2>&1
scdb -x "$work/commands" "$work/names" >"$work/scdb" 2>&1
grep -q '<__own>' "$work/gdb" && grep -q '<__label' "$work/gdb" &&
	diff "$work/gdb" "$work/scdb" >"$work/difference" ||
	fail "names: not what gdb says" "$work/difference" "$work/gdb"
finish
