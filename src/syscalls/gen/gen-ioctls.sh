#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes ioctls.inc: the requests of ioctl that the kernel's headers name, and
# those of ioctls.list, with their number in each ABI (many are made of a
# struct's size, which may differ).
#
#	cd src/syscalls && sh gen/gen-ioctls.sh [FOLDER]
#
# Made with the headers of linux-libc-dev 6.1 and, as a FOLDER, those that
# libdrm-dev 2.4.114 has in /usr/include/libdrm.
set -eu

list=ioctls.list
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cc=${CC:-cc}
# What libc's headers look for in an ABI that it is not installed for.
mkdir "$work/gnu"
touch "$work/gnu/stubs-x32.h" "$work/gnu/stubs-32.h"
# As <drm/drm.h>, which some headers of the kernel's want.
[ $# = 0 ] || ln -s "$(realpath "$1")" "$work/drm"

# listed WORD: what stands behind WORD at the beginning of a line of the list.
listed()
{
	sed -n "s|^$1 ||p" "$list" | tr ' ' '\n'
}

# names FILE: macros that it makes of _IO() and its kind.
names()
{
	awk '/^[ \t]*#[ \t]*define[ \t]/ {
		text = $0
		while (text ~ /\\$/ && (getline more) > 0)
			text = substr(text, 1, length(text) - 1) more
		sub(/^[ \t]*#[ \t]*define[ \t]+/, "", text)
		name = text
		sub(/[^A-Za-z0-9_].*/, "", name)
		rest = substr(text, length(name) + 1)
		if (rest ~ /^[ \t].*IO(C|R|W|WR)?(_BAD|_OLD)?[ \t]*\(/)
			print name
	}' "$1"
}

# ask FLAG: "NAME NUMBER" of each of work/names that is a number there.
ask()
{
	while [ -s "$work/names" ]; do
		{
			cat "$work/top"
			echo '#line 1 "ask"'
			awk '{ printf "void ask%d(void) { asm(\"@ %s %%c0 %%c1\" :: \"i\"((unsigned)(%s) >> 16), \"i\"((%s) & 0xffff)); }\n", NR, $1, $1, $1 }' "$work/names"
		} >"$work/ask.c"
		if $cc "$1" -idirafter "$work" -w -S -o "$work/ask.s" "$work/ask.c" \
			2>"$work/errors"; then
			awk '$1 == "@" { printf "%s %.0f\n", $2,
				$3 * 65536 + $4 }' "$work/ask.s"
			return
		fi
		sed -n 's/^ask:\([0-9]*\):[0-9]*: error.*/\1/p' \
			"$work/errors" | sort -un >"$work/bad"
		if [ ! -s "$work/bad" ]; then
			grep -m 1 error "$work/errors" >&2
			return
		fi
		awk 'NR == FNR { bad[$1] = 1; next } !(FNR in bad)' \
			"$work/bad" "$work/names" >"$work/good"
		mv "$work/good" "$work/names"
	done
}

# header FOLDER NAME: its requests, as lines "ABI NAME NUMBER".
header()
{
	{ echo stddef.h; echo linux/ioctl.h; listed "before $2"; echo "$2"; } |
		sed "s|.*|#include <&>|" >"$work/top"
	{ names "$1/$2"; listed "also $2"; } | sort -u >"$work/all"
	listed "not $2" | sort -u >"$work/not"
	for abi in X86_64 X32 I386; do
		comm -23 "$work/all" "$work/not" >"$work/names"
		case $abi in
		X86_64) flag=-m64 ;;
		X32) flag=-mx32 ;;
		*) flag=-m32 ;;
		esac
		ask $flag | sed "s/^/$abi /"
	done
}

# folder FOLDER PART...: all headers in the PARTs of FOLDER.
folder()
{
	in=$1
	shift
	(cd "$in" && find "$@" -name '*.h') | sed 's|^\./||' | sort |
	while read -r name; do
		header "$in" "$name"
	done
}

{
	# shellcheck disable=SC2046
	folder /usr/include $(listed folder)
	multi=$($cc -print-multiarch)
	folder "/usr/include/$multi" asm
	[ $# = 0 ] || CPATH=$1 folder "$1" .
	listed given | tr '=/' '  ' | while read -r name wide x32 i386; do
		echo "X86_64 $name $((wide))"
		echo "X32 $name $((${x32:-wide}))"
		echo "I386 $name $((${i386:-wide}))"
	done
} | LC_ALL=C sort -u >"$work/found"

# One line for what has one number everywhere.
awk '{ key = $2 " " $3; abis[key] = abis[key] "|" $1 }
     END {
	for (key in abis) {
		split(key, part, " ")
		all = substr(abis[key], 2)
		if (gsub(/\|/, " | ", all) == 2)
			all = "ALL"
		printf "%.0f %s %s\n", part[2], part[1], all
	}
     }' "$work/found" | LC_ALL=C sort -k 1,1n -k 2,2 >"$work/sorted"
{
	echo '/* SPDX-License-Identifier: GPL-3.0-or-later */'
	echo '/* Made by gen/gen-ioctls.sh from ioctls.list. */'
	while read -r number name abis; do
		printf 'IOCTL(%s, %#x, %s)\n' "$name" "$number" "$abis"
	done <"$work/sorted"
} >"$work/ioctls.inc"
mv "$work/ioctls.inc" ioctls.inc
chmod 644 ioctls.inc
