#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: symbols.sh [--rounds N] [--without TOOL] [--no-dwarf] [FILE...]
#
# From start to the first answer of `info address NAME`, without a process: scdb
# (asked once, and twice, when it builds its index, and the address looked up),
# gdb, lldb, the same three for `break NAME`, and a bare pass over the table of symbols (tests/bench/symtab.c),
# with and without hashing and sorting. NAME is one from the end of the table.
# Without FILEs the biggest libraries that are there, and a program with over 100
# MB of DWARF that is made here. Contestants take turns; medians, and the most memory that each had (RSS, pages of the file too).

top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
: "${SCDB:=$top/scdb}" "${SCDB_BENCHES:=$top/build/bench}"
rounds=9 without='' dwarf=1
while [ $# -gt 0 ]; do
	case $1 in
	--rounds) rounds=$2; shift 2 ;;
	--without) without="$without $2 "; shift 2 ;;
	--no-dwarf) dwarf=; shift ;;
	-*) sed -n '4s/^# *//p' "$0" >&2; exit 2 ;;
	*) break ;;
	esac
done
unset DEBUGINFOD_URLS
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# One file of 8,000 types and functions, 52 times under other names of symbols.
make_dwarf()
{
	awk 'BEGIN {
		for (i = 0; i < 8000; i++) {
			printf "struct s%d { int a, b; long c[%d]; char *d;", i, i % 7 + 1
			printf " struct s%d *next; union { double e; float f; } u; };\n", i
			printf "enum e%d { E%d_A, E%d_B, E%d_C };\n", i, i, i, i
			printf "int f%d(struct s%d *p, enum e%d k, long n)\n", i, i, i
			print "{ long s = 0; { int x = p->a * k; s += x; } return s + n; }"
		}
	}' >"$work/part.c"
	${CC:-cc} -g -c -o "$work/part.o" "$work/part.c" || return 1
	for n in $(seq 52); do
		objcopy --prefix-symbols="p${n}_" "$work/part.o" "$work/part$n.o"
	done
	echo 'int main(void) { return 0; }' >"$work/main.c"
	${CC:-cc} -g -o "$work/dwarf" "$work/main.c" "$work"/part[0-9]*.o
	rm -f "$work"/part*
}

if [ $# -eq 0 ]; then
	# shellcheck disable=SC2046
	set -- $(ls -S "$HOME"/.rustup/toolchains/*/lib/*.so* \
		/usr/lib/x86_64-linux-gnu/libLLVM-*.so.1 \
		/usr/lib/llvm-*/lib/libclang-cpp.so.* 2>/dev/null | head -n 3)
	[ -z "$dwarf" ] || ! make_dwarf || set -- "$@" "$work/dwarf"
fi
[ $# -gt 0 ] || { echo "bench: no big library here" >&2; exit 1; }

# command TOOL FILE NAME ADDRESS: the words to be run, in "$@" of `once`.
once()
{
	case $1 in
	pass) set -- "$SCDB_BENCHES/symtab" "$2" "$3" ;;
	index) set -- "$SCDB_BENCHES/symtab" "$2" "$3" index ;;
	scdb) set -- "$SCDB" --nx --batch -e "info address $3" "$2" ;;
	scdb-all) set -- "$SCDB" --nx --batch -e "info address $3" \
		-e "info address $3" -e "info symbol $4" "$2" ;;
	gdb) set -- gdb -nx -batch -ex "info address $3" "$2" ;;
	scdb-break) set -- "$SCDB" --nx --batch -e "break $3" "$2" ;;
	gdb-break) set -- gdb -nx -batch -ex "break $3" "$2" ;;
	lldb-break) set -- lldb --no-lldbinit -b -o "breakpoint set -n $3" \
		"$2" ;;
	lldb) set -- lldb --no-lldbinit -b -o "image lookup -s $3" "$2" ;;
	esac
	{ "$SCDB_BENCHES/spend" "$@" 2>&1 >"$work/out"; } </dev/null | tail -n 1 >"$work/time"
}

for file; do
	table=.symtab
	readelf -SW "$file" | grep -q ' SYMTAB ' || table=.dynsym
	readelf -sW "$file" | awk -v t="$table" '
		/^Symbol table/ { on = index($3, t) }
		on && $4 == "FUNC" && $7 ~ /^[0-9]+$/ { print $2, $8 }' |
		sed 's/@.*//' | tail -n 200 | head -n 1 >"$work/name"
	read -r address name <"$work/name"
	: >"$work/raw"
	round=0
	while [ $round -lt "$rounds" ]; do
		for tool in pass index scdb scdb-all gdb lldb scdb-break \
			gdb-break lldb-break; do
			case $without in *" $tool "*) continue ;; esac
			case $tool in
			gdb* | lldb*)
				[ $((round % 3)) -eq 0 ] || continue
				command -v ${tool%-break} >/dev/null || continue ;;
			esac
			once $tool "$file" "$name" "0x$address"
			grep -qi "^Breakpoint 1\|${address#"${address%%[!0]*}"}\|$name" \
				"$work/out" || echo "bench: $tool: no answer" >&2
			echo "$tool $(cat "$work/time")" >>"$work/raw"
		done
		round=$((round + 1))
	done
	printf '\n%s: %s MB, %s symbols\n' "${file##*/}" \
		$(($(stat -L -c %s "$file") >> 20)) \
		"$("$SCDB_BENCHES/symtab" "$file" "$name" |
			sed 's/.* of \([0-9]*\).*/\1/')"
	sort -k 1,1 -k 2,2n "$work/raw" | awk '
	{
		count[$1]++
		time[$1, count[$1]] = $2
		if ($3 > memory[$1])
			memory[$1] = $3
	}
	function middle(tool)
	{
		return time[tool, int((count[tool] + 1) / 2)] / 1000
	}
	END {
		split("pass index scdb scdb-all gdb lldb scdb-break " \
			"gdb-break lldb-break", tools, " ")
		printf "%-10s %10s %10s %12s %10s\n", "", "ms",
			"of index", "of pass", "MB"
		for (i = 1; i <= 9; i++) {
			t = tools[i]
			if (!count[t])
				continue
			ms = middle(t)
			printf "%-10s %10.1f %10.2f %12.2f %10.1f\n", t, ms,
				ms / middle("index"), ms / middle("pass"),
				memory[t] / 1024
		}
	}'
done
