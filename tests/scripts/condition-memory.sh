#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Conditions are evaluated without asking for memory, each kind of them: as
# often at 3,000 calls more.  A sanitized scdb has an allocator of its own, which
# can't be counted (tests/fakes/allocations.c): it is the plain one always.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
cd "$work" || exit 1
"$CC" -shared -fPIC -O1 -o count.so "$SCDB_TOP/tests/fakes/allocations.c" ||
	exit 1

# asked SET CONDITION CALLS: sets $asked.
asked()
{
	rm -f counts
	timeout -k 2 40 env LD_PRELOAD="$work/count.so" \
		ALLOC_COUNTS="$work/counts" "$SCDB_TOP/scdb" -q --nx --batch \
		-e "on $1 if $2 do count" -e run \
		-- "$SCDB_TRACEES/reads" "$1" "$3" >said 2>&1 ||
		fail "$1 if $2: it failed" said
	read -r asked <counts || fail "$1 if $2: nothing was counted" said
}

# nothing SET CONDITION: that calls take no memory.
nothing()
{
	asked "$1" "$2" 100
	few=$asked
	[ "$few" -gt 50 ] || fail "$few: what starting takes isn't counted"
	asked "$1" "$2" 3100
	[ $((asked - few)) -le 50 ] ||
		fail "$1 if $2: $((asked - few)) more for 3000 calls" said
}

nothing openat 'flags & O_CREAT && mode == 1'
nothing openat 'pathname == "/none"'
nothing openat 'pathname ~ "*none"'
nothing openat 'errno == EPERM'
nothing write 'fd == 77'
nothing write 'buf == "none"'
nothing write 'fd.path == "/none"'
nothing write 'fd.type == "none"'
nothing write 'fd.family == AF_INET'
nothing write 'fd.peer == "none"'
nothing newfstatat 'statbuf.st_size == -3'
nothing getppid 'comm == "none"'
# shellcheck disable=SC2016
nothing getppid '$rdi == 77 && ret == 3'
finish
