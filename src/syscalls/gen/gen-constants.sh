#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes constants.inc from constants.list: asks the system's headers, through
# the C compiler, what each name stands for.
#
#	cd src/syscalls && sh gen/gen-constants.sh
#
# What a header lacks is an error that names it: give it a value in the list.
set -eu

cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cc=${CC:-cc}

# One C program a list, since headers of the kernel and of libc don't mix.
awk -v work="$work" '
function begin(list) {
	file = sprintf("%s/%03d.c", work, ++count)
	name = list
	top = "#define _GNU_SOURCE\n"
	checks = body = ""
	mask = "0"
	prefix = unknown = ""
}
# What all names of a list begin with, up to a "_".
function common(name,    i) {
	if (prefix == "") {
		prefix = name
		return
	}
	for (i = 1; i <= length(prefix); i++)
		if (substr(prefix, i, 1) != substr(name, i, 1))
			break
	prefix = i > 1 ? substr(prefix, 1, i - 1) : " "
}
function unknown_name() {
	if (unknown != "")
		return unknown == "-" ? "" : unknown
	if (!match(prefix, /.*_/))
		return ""
	return substr(prefix, 1, RLENGTH) "???"
}
function flush() {
	if (!count)
		return
	printf "%s#include <stdio.h>\n%sint main(void)\n{\n", top, checks > file
	printf "\tprintf(\"LIST(%%s, \\\"%%s\\\")\\n\", \"%s\", \"%s\");\n%s", \
		name, unknown_name(), body > file
	printf "\treturn 0;\n}\n" > file
	close(file)
}
/^[ \t]*(#|$)/ { next }
$1 == "list" { flush(); begin($2); next }
$1 == "include" {
	for (i = 2; i <= NF; i++)
		top = top "#include <" $i ">\n"
	next
}
$1 == "define" {
	for (i = 2; i <= NF; i++)
		top = "#define " $i "\n" top
	next
}
$1 == "unknown" { unknown = $2; next }
$1 == "field" { mask = $2; next }
$1 == "bits" { mask = "0"; next }
{
	for (i = 1; i <= NF; i++) {
		split($i, part, "=")
		common(part[1])
		value = part[1]
		sub(/^1<</, "1ull<<", value)
		if (index($i, "=")) {
			value = part[2]
			checks = checks "#ifdef " part[1] "\n_Static_assert((" \
				part[1] ") == (" value "), \"" part[1] \
				"\");\n#endif\n"
		}
		body = body sprintf("\tprintf(\"CONSTANT(%%s, %%#llx, %%#llx)\\n\", \"%s\", (unsigned long long)(%s), (unsigned long long)(%s));\n", part[1], value, mask)
	}
}
END { flush() }
' constants.list

failed=0
{
	echo '/* SPDX-License-Identifier: GPL-3.0-or-later */'
	echo '/* Made by gen/gen-constants.sh from constants.list. */'
	for program in "$work"/*.c; do
		if "$cc" -w -o "$work/program" "$program" 2> "$work/errors"
		then
			"$work/program"
			echo 'LIST_END'
		else
			grep -o '"[a-z0-9_]*", "[^"]*");' "$program" >&2
			grep 'error' "$work/errors" >&2
			failed=1
		fi
	done
} > "$work/constants.inc"
if [ "$failed" = 1 ]; then
	echo 'gen-constants.sh: constants.inc is left as it was' >&2
	exit 1
fi
mv "$work/constants.inc" constants.inc
chmod 644 constants.inc
