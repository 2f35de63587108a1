#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every symbol of libraries and programs against readelf: address, size, kind,
# binding, name and version.  And which symbol random addresses belong to,
# against gdb's `info symbol`: the same place, by a name that stands there.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
: "${SCDB_TOOLS:=$SCDB_TOP/build/tests/tools}"
addresses=150
[ -z "$SCDB_TEST_LONG" ] || addresses=5000

# wanted FILE: of .symtab, or where there is none of .dynsym.
wanted()
{
	table=.dynsym
	! readelf -SW "$1" 2>/dev/null | grep -q ' SYMTAB ' || table=.symtab
	readelf -sW "$1" 2>/dev/null | sed "s/<OS specific>: 10/UNIQUE/" |
	awk -v table="$table" '
	function decimal(hex,  i, n)
	{
		for (i = 3; i <= length(hex); i++)
			n = n * 16 + index("0123456789abcdef",
			                   substr(hex, i, 1)) - 1
		return sprintf("%.0f", n)
	}
	/^Symbol table/ { on = index($3, table) }
	on && $1 ~ /^[0-9]+:$/ && $4 !~ /^(SECTION|FILE)$/ &&
	$7 !~ /^(UND|COM)$/ && $8 != "" {
		kind = $4 == "COMMON" ? "OBJECT" : $4
		if (kind !~ /^(FUNC|OBJECT|TLS|IFUNC)$/)
			kind = "NOTYPE"
		zeros = substr("0000000000000000", length($2) + 1)
		print zeros $2, ($3 ~ /^0x/ ? decimal($3) : $3), kind,
			($5 == "UNIQUE" ? "GLOBAL" : $5), $8
	}' | LC_ALL=C sort
}

# every_symbol FILE
every_symbol()
{
	wanted "$1" >"$work/wanted"
	"$SCDB_TOOLS/symbols" "$1" >"$work/symbols" ||
		fail "$1: the tool failed"
	LC_ALL=C sort "$work/symbols" >"$work/got"
	[ "$(wc -l <"$work/got")" -ge "$2" ] ||
		fail "$1 has $(wc -l <"$work/got") symbols only"
	same "$1: readelf (above) and scdb" "$work/wanted" "$work/got"
}

# places FILE: lines of "ADDRESS NAME OFFSET SECTION" of both debuggers.
places()
{
	readelf -SW "$1" 2>/dev/null | sed 's/^ *\[ *\([0-9]*\)\]/\1/' |
		awk -v seed="$SCDB_TEST_SEED" -v count="$addresses" '
	function decimal(hex,  i, n)
	{
		for (i = 1; i <= length(hex); i++)
			n = n * 16 + index("0123456789abcdef",
			                   substr(hex, i, 1)) - 1
		return n
	}
	$2 ~ /^\.(text|data|rodata|bss|plt|init|data.rel.ro)$/ {
		low[++n] = decimal($4)
		size[n] = decimal($6)
	}
	END {
		srand(seed)
		for (i = 0; i < count; i++) {
			k = 1 + int(rand() * n)
			if (rand() < 0.5)
				k = 1
			for (j = 1; j <= n && rand() < 2; j++)
				if (size[j] > size[k] && rand() < 0.5)
					k = j
			printf "info symbol 0x%x\n",
				low[k] + int(rand() * size[k])
		}
	}' >"$work/questions"
	# A place in two sections (.tbss has none of its own) is told twice.
	gdb -nx -batch -x "$work/questions" "$1" 2>/dev/null |
		grep -v ' in section \.t\(bss\|data\)' >"$work/gdb"
	scdb -x "$work/questions" "$1" >"$work/scdb" ||
		fail "$1: info symbol failed" "$work/scdb"
	[ "$(wc -l <"$work/gdb")" -eq "$addresses" ] &&
		[ "$(wc -l <"$work/scdb")" -eq "$addresses" ] ||
		fail "$1: another number of answers"
}

# random_places FILE: the answers may differ in the name, if both names stand
# at one place; and gdb does not look into a symbol around another.
random_places()
{
	places "$1"
	"$SCDB_TOOLS/symbols" "$1" /usr/lib/debug | c++filt 2>/dev/null |
		sed 's/^\([^ ]* [^ ]* [^ ]* [^ ]* [^@]*\).*/\1/' \
		>"$work/symbols"
	paste -d '\n' "$work/questions" "$work/gdb" "$work/scdb" |
		awk -v symbols="$work/symbols" -v file="$1" '
	function name(line)
	{
		sub(/ in section .*/, "", line)
		sub(/ \+ [0-9]+$/, "", line)
		return line
	}
	function offset(line)
	{
		sub(/ in section .*/, "", line)
		return match(line, / \+ [0-9]+$/) ? substr(line, RSTART + 3) : 0
	}
	function section(line)
	{
		sub(/.* in section /, "", line)
		sub(/ of .*/, "", line)
		return line
	}
	function decimal(hex,  i, n)
	{
		n = 0
		for (i = 1; i <= length(hex); i++)
			n = n * 16 + index("0123456789abcdef",
			                   substr(hex, i, 1)) - 1
		return n
	}
	function stands_there(called, question)
	{
		sub(/.*0x/, "", question)
		return index(known[called] " ", " " sprintf("%.0f",
			decimal(question) - offset($0)) " ")
	}
	NR == 1 {
		while ((getline line < symbols) > 0) {
			split(line, word, " ")
			called = line
			sub(/^[^ ]+ [^ ]+ [^ ]+ [^ ]+ /, "", called)
			known[called] = known[called] " " \
				sprintf("%.0f", decimal(word[1]))
			if (word[2] > size[called])
				size[called] = word[2]
		}
	}
	NR % 3 == 1 { question = $0 }
	NR % 3 == 2 { gdb = $0 }
	NR % 3 == 0 {
		mine = offset($0) " " section($0)
		theirs = offset(gdb) " " section(gdb)
		if (name($0) == name(gdb) && mine == theirs)
			next
		if (gdb !~ /^No symbol/ && mine == theirs &&
		    stands_there(name($0), question))
			next
		# Of several at one place gdb may take a shorter one.
		if (gdb ~ /^No symbol/ && stands_there(name($0), question) &&
		    offset($0) < size[name($0)])
			next
		# Without a dynamic section gdb knows no PLT.
		if (gdb ~ /^No symbol/ && name($0) ~ /@plt$/)
			next
		print file ": " question
		print "  gdb:  " gdb
		print "  scdb: " $0
	}' >"$work/differences"
	[ ! -s "$work/differences" ] ||
		fail "info symbol" "$work/differences"
}

lib=/lib/x86_64-linux-gnu
every_symbol $lib/libc.so.6 2500
every_symbol $lib/libm.so.6 1000
every_symbol $lib/ld-linux-x86-64.so.2 30
every_symbol /lib32/libc.so.6 2500
every_symbol "$(ls $lib/libdw.so.1 /usr$lib/libdw.so.1 2>/dev/null | head -n 1)" 200
every_symbol "$(ls $lib/libelf.so.1 /usr$lib/libelf.so.1 2>/dev/null | head -n 1)" 90
every_symbol "$(ls $lib/libreadline.so.8 /usr$lib/libreadline.so.8 2>/dev/null | head -n 1)" 500
every_symbol /bin/bash 1500
every_symbol "$(command -v gdb)" 30
every_symbol "$SCDB_TRACEES/say" 50
every_symbol "$SCDB_TRACEES/say-32" 50
every_symbol "$SCDB_TRACEES/say-static" 1000
if [ -n "$SCDB_TEST_LONG" ]; then
	for file in /usr$lib/*.so.[0-9]* /usr/bin/*; do
		[ ! -f "$file" ] || [ -L "$file" ] ||
			! readelf -h "$file" >/dev/null 2>&1 ||
			every_symbol "$file" 0
	done
fi
for file in $lib/libc.so.6 $lib/libm.so.6 /lib32/libc.so.6 /bin/bash \
	"$SCDB_TRACEES/say" "$SCDB_TRACEES/say-32" "$SCDB_TRACEES/say-static"; do
	random_places "$file"
done
finish
