# SPDX-License-Identifier: GPL-3.0-or-later
# A lint that finds nothing proves nothing: one small good tree, and each
# limit: 120
#
# breach put into it in turn.

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
tree=$work/tree
failed=0 count=0

source_file()
{
	mkdir -p "$tree/$(dirname "$1")"
	{
		echo '/* SPDX-License-Identifier: GPL-3.0-or-later */'
		cat
	} >"$tree/$1"
}

good_tree()
{
	rm -rf "$tree"
	mkdir -p "$tree/docs"
	echo 'See src/base/a.c, base/a.h and src/*/NAME.c.' >"$tree/docs/a.md"
	for room in src/base arch src/target src/syscalls src/expr xol \
		src/session cmds ui; do
		echo '#define A 1' | source_file $room/a.h
		printf '#include "%s"\n\nint a(int b)\n{\n\treturn b;\n}\n' \
			"${room#src/}/a.h" | source_file $room/a.c
	done
	echo '#include "ui/a.h"' | source_file src/main.c
}

# finds PATTERN: lint fails on the tree and says so; the tree is mended.
finds()
{
	if tests/lint.sh "$tree" >"$work/said"; then
		echo "passed, though it should find: $1"
		failed=1
	elif [ "$(grep -c . "$work/said")" != 1 ] ||
		! grep -qe "$1" "$work/said"; then
		echo "should find only: $1; but said:"
		cat "$work/said"
		failed=1
	fi
	good_tree
}

# broken FILE LINE PATTERN: a file beside FILE, with LINE, is found out. What was
# broken so far is put to the test at once, by all_found.
broken()
{
	count=$((count + 1))
	file=${1%.*}$count.${1##*.}
	printf '%s\n' "$2" | source_file "$file"
	echo "^$file:[0-9]*: .*$3" >>"$work/breaches"
}

# all_found: each breach of `broken` is found once, and nothing else is.
all_found()
{
	tests/lint.sh "$tree" >"$work/said" && failed=1
	while read -r breach; do
		[ "$(grep -ce "$breach" "$work/said")" = 1 ] ||
			{ echo "should find once: $breach"; failed=1; }
	done <"$work/breaches"
	grep -vf "$work/breaches" "$work/said" && failed=1
	[ $count -gt 20 ] || failed=1
	good_tree
}

good_tree
if ! tests/lint.sh "$tree"; then
	echo "the good tree was found bad"
	failed=1
fi

broken src/base/a.c '#include "arch/a.h"' 'base must not include arch'
broken arch/a.c '#include "target/a.h"' 'arch must not include target'
broken src/target/a.c '#include "syscalls/a.h"' 'must not include syscalls'
broken src/expr/a.h '#include "xol/a.h"' 'expr must not include xol'
broken xol/a.c '#include "session/a.h"' 'xol must not include session'
broken src/session/a.c '#include "cmds/a.h"' 'session must not include cmds'
broken cmds/a.c '#include "ui/a.h"' 'cmds must not include ui'
broken ui/a.c '#include "ui/none.h"' 'which does not exist'
broken ui/a.c '#include "a.h"' 'names no room'
broken src/session/a.c '#include <sys/ptrace.h>' 'only target may'
broken cmds/a.c '#include <readline/readline.h>' 'only ui may'
broken cmds/a.c '#include <curses.h>' 'only ui may'
broken cmds/a.c 'void f(void) { printf("x"); }' 'speaks to the terminal'
broken cmds/a.c 'void f(void) { puts("x"); }' 'speaks to the terminal'
broken cmds/a.c 'void f(void) { fputs("x", stdout); }' 'speaks to the term'
broken xol/a.c 'void f(void) { write(STDOUT_FILENO, "x", 1); }' 'writes to'
broken xol/a.c 'void f(void) { write(1, "x", 1); }' 'writes to'
broken src/session/a.c 'void f(void) { exit(1); }' 'ends the process'
broken ui/a.c 'void f(void) { abort(); }' 'ends the process'
broken src/session/a.c 'void f(void) { _exit(1); }' '_exit outside target'
broken arch/a.c 'int x; // no' 'a // comment'
broken arch/a.c 'int x; ' 'space at the end'
broken arch/a.c "int y;
        int x;" 'indented with spaces'
broken arch/a.c "$(echo 'int f(void)'; echo '{'; yes 'g();' | head -n 61; echo '}')" \
	'a function of 61 lines'
broken arch/a.h "$(yes 'int x;' | head -n 600)" 'a file of more than 600 lines'
broken arch/a.c "/* $(printf '%0100d' 0) */" 'longer than 100'
broken arch/a.c '/* see src/base/none.c */' 'there is no src/base/none.c'
broken arch/a.c '/* see target/none.h */' 'there is no target/none.h'
broken docs/a.md 'see tests/none.sh.' 'there is no tests/none.sh'
all_found

echo 'int x;' >"$tree/arch/a.c"
finds 'arch/a.c:1: no SPDX line'
printf '#include <stdio.h>\n#include "arch/a.h"\n' | source_file arch/a.c
finds 'arch/a.c:2: does not include its own header first'
echo '#include <capstone/capstone.h>' >>"$tree/arch/a.h"
echo '#include <capstone/x86.h>' >>"$tree/cmds/a.c"
finds 'capstone: headers in more than one room: arch cmds'

# What only looks like a breach.
cat >>"$tree/cmds/a.c" <<'CODE'
/* exit(1) and printf() as words, http://example.org/src/no.c,
 * linux/arch/x86/kernel/uprobes.c */
const char *t = "printf(\"%s\", stdout) // exit(1)";
void f(void) { out->printf(1); out_printf(2); fprintf(file, "x"); }
CODE
{
	printf 'int f(void)\n{\n'
	yes 'g();' | head -n 60
	echo '}'
} >>"$tree/arch/a.c"
yes 'int x;' | head -n 598 >>"$tree/arch/a.h"
if ! tests/lint.sh "$tree"; then
	echo "what is allowed was found bad"
	failed=1
fi
exit $failed
