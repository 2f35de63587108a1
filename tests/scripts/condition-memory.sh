#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Conditions are evaluated without asking for memory, each kind of them: as
# often at 3,000 calls more, also where a call lacks what is asked for, and in a
# locale whose characters have several bytes.  A sanitized scdb has an allocator of its own, which
# can't be counted (tests/fakes/allocations.c): it is the plain one always.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
cd "$work" || exit 1
"$CC" -shared -fPIC -O1 -o count.so "$SCDB_TOP/tests/fakes/allocations.c" ||
	exit 1

# asked CALL CALLS, with the rules that were named: sets $asked.
asked()
{
	rm -f counts
	timeout -k 2 40 env LD_PRELOAD="$work/count.so" \
		ALLOC_COUNTS="$work/counts" LC_ALL=C.UTF-8 "$SCDB_TOP/scdb" -q \
		--nx --batch -x rules -e run -- "$SCDB_TRACEES/reads" "$1" \
		"$2" >said 2>&1 || fail "$1: it failed" said
	read -r asked <counts || fail "$1: nothing was counted" said
}

# more CALL: how much more memory 3,000 calls ask for than 100.
more()
{
	asked "$1" 100
	few=$asked
	[ "$few" -gt 50 ] || fail "$few: what starting takes isn't counted"
	asked "$1" 3100
	more=$((asked - few))
}

# nothing CALL, with the conditions of stdin (SET: before those of other calls):
# that calls take no memory.  All at once, and each alone where they do.
nothing()
{
	sed "s/^\([%a-z,]*\): /on \1 if /; t end
		s/^/on $1 if /
		:end
		s/\$/ do count/" >all
	cp all rules
	more "$1"
	[ "$more" -le 150 ] && return
	while read -r rule; do
		echo "$rule" >rules
		more "$1"
		[ "$more" -le 150 ] ||
			fail "$rule: $more more for 3000 calls" said
	done <all
	fail "$1: all rules together ask for memory"
}

nothing openat <<'EOF'
flags & O_CREAT && mode == 1
pathname == "/none"
pathname ~ "*none"
pathname =~ "^/(none|other)[a-z.]*$"
pathname.path == "/none"
pathname.whole == "/none"
pathname.type == "none"
errno == EPERM
all: flags == 77
all: buf == "none"
all: fd.path == "/none"
all: addr.sa_family == AF_INET
%file,%desc: statbuf.st_size == -3
EOF
nothing write <<'EOF'
fd == 77
buf == "none"
fd.path == "/none"
fd.type == "none"
fd.family == AF_INET
fd.peer == "none"
ret == 3 && buf ~ "none*"
4096 / (fd - 4) == 3
1 << (fd - 5) == 3
!(fd == 4 && (count < 3 || buf == "none")) && !(ret > 3 ? 1 : fd.path ~ "*x")
EOF
nothing newfstatat <<'EOF'
statbuf.st_size == -3
EOF
nothing getsockname <<'EOF'
fd.family == AF_INET
fd.peer == "none"
addr.sun_path == "none"
EOF
nothing writev <<'EOF'
iov.bytes == 77
EOF
nothing getppid <<'EOF'
comm == "none"
$rdi == 77 && ret == 3
pid == 3 || tid == 4 || nr == 5
caller == "none"
caller.function == "none"
$_exitcode == 77
EOF
finish
