#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# info threads -t: who stands below whom, as the kernel has it.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

# Six processes: a shell with three children, of which one has two of its own.
family='sleep 100 & sh -c "sleep 100 & sleep 100; :" & sleep 100; :'

# tree LOCALE [OPTION...]: at the last clock_nanosleep of four.
tree()
{
	locale=$1
	shift
	LC_ALL=$locale scdb "$@" -e 'catch syscall clock_nanosleep entry' \
		-e run -e continue -e continue -e continue \
		-e 'echo the parents:\n' -e 'shell ps -e -o pid= -o ppid=' \
		-e 'info threads -t' -- sh -c "$family" >"$work/tree" 2>&1 ||
		fail "tree in $locale: status $?" "$work/tree"
}

# As "PID PARENT" of those that scdb has, the first without a parent.
known()
{
	sort -n "$1" | awk -v tids="$(cut -d ' ' -f 1 "$1.tree" | tr '\n' ' ')" '
		BEGIN { n = split(tids, t); for (i = 1; i <= n; i++) ours[t[i]] = 1 }
		$1 in ours { print $1, $2 in ours ? $2 : "-" }'
}

# How far to the right the name begins says below which row this one is.
drawn()
{
	sed 's/─/-/g; s/[│├└]/|/g' "$work/tree" | awk '
		on { line = substr($0, 4); match(line, /^[0-9.]+ +[0-9]+ +/)
			split(line, f, " ")
			depth = match(substr(line, RLENGTH + 1), /s[hl]/)
			at[depth] = f[2]
			up = "-"
			for (d = depth - 1; d > 0 && up == "-"; d--)
				if (d in at) up = at[d]
			for (d in at) if (d > depth) delete at[d]
			print f[2], up }
		/^ +Id +Tid/ { on = 1 }' | sort -n
}

for locale in C.UTF-8 C; do
	tree $locale
	sed -n '/^the parents:/,/ Id /p' "$work/tree" |
		grep -E '^ *[0-9]+ +[0-9]+$' >"$work/parents"
	drawn >"$work/parents.tree"
	known "$work/parents" >"$work/expected"
	[ "$(wc -l <"$work/expected")" -eq 6 ] ||
		fail "not six processes" "$work/tree"
	same "the tree in $locale" "$work/expected" "$work/parents.tree"
done
grep -q '[`|]- sh' "$work/tree" || fail 'no lines in ASCII' "$work/tree"

# Programs get the ids; threads stand below the first one of their process.
scdb --json -e 'catch syscall getppid entry' -e run -e 'info threads -t' \
	-e 'info threads' -- ./asks 2 1 5 >"$work/json" 2>&1 ||
	fail "json: status $?" "$work/json"
grep '^{"type":"threads"' "$work/json" |
	sed -E 's/:[0-9]{3,}/:N/g' | cut -c 1-400 >"$work/rows"
[ "$(grep -o '"comm":"asks"' "$work/rows" | wc -l)" -eq 6 ] &&
	[ "$(grep -o '"pid":N' "$work/rows" | wc -l)" -eq 3 ] ||
	fail 'json: not as it should be' "$work/rows"
printf '%s\n' '1 asks' '2 |- asks' '3 `- asks' >"$work/expected"
LC_ALL=C scdb -e 'catch syscall getppid entry' -e run -e 'info threads -t' \
	-- ./asks 2 1 5 2>&1 |
	sed -nE 's/^.  ([0-9]) +[0-9]+ +(.*asks).*/\1 \2/p' >"$work/said"
same 'threads below their process' "$work/expected" "$work/said"
scdb -e 'info threads -t' >"$work/none" 2>&1
grep -qx 'No threads.' "$work/none" || fail 'without a process' "$work/none"
finish
