#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Texts that calls are given: of many threads at once each gets its own, long
# ones too, also where scdb's memory in the program is full and they stand on
# the stack; and vfork children leave nothing in their parent.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

mkdir "$work/files" && cp /bin/true "$work/files" || fail 'files'
for i in $(seq 0 31); do
	printf '%s' "$i" >"$work/files/$i"
done
# texts ENGINE SLASHES: as many in each path.
texts()
{
	slashes=$(printf "%$2s" '' | tr ' ' /)
	moved="\$_join(\"$work/files$slashes\", \$_behind(NAME, \"/nowhere\"))"
	{
		echo 'set print inferior-events off'
		echo 'on openat,execve if pathname ~ "/nowhere/*" do' \
			"arg pathname $moved" | sed 's/NAME/pathname/'
		echo 'on rename if oldpath ~ "/nowhere/*" do' \
			"arg oldpath $moved, arg newpath $moved" |
			sed 's/NAME/oldpath/; s/NAME/newpath/'
		printf 'run\ninfo rules\n'
	} >"$work/rules"
	scdb --engine "$1" -x "$work/rules" ./texts >"$work/out" 2>&1 ||
		fail "$1, $2: scdb failed" "$work/out"
	grep -qx 'wrong 0 failed 0' "$work/out" &&
		grep -qx 'grown by 0' "$work/out" ||
		fail "$1, $2: not the right texts" "$work/out"
	awk '$2 == "y" { print $3, $4 }' "$work/out" | paste -s -d , \
		>"$work/hits"
	[ "$(cat "$work/hits")" = '340 0,640 0' ] ||
		fail "$1, $2: hits $(cat "$work/hits")"
}
texts ptrace 300
texts seccomp 300
texts seccomp 3500
finish
