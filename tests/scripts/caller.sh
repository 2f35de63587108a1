#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Conditions on who made a call: of the program, of a library, of the C library
# itself; in threads, at both engines, in a static program, in 32 bits.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"

cat >"$work/asked.c" <<'END'
#include <errno.h>
#include <unistd.h>
int lib_asks(void)
{
	return access("/lib-asks", F_OK) ? errno : 0;
}
END
cat >"$work/asker.c" <<'END'
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>
int lib_asks(void);
__attribute__((noinline)) static int own_asks(void)
{
	return access("/own-asks", F_OK) ? errno : 0;
}
static void *asks(void *name)
{
	int lib = lib_asks(), own = own_asks();

	printf("%s: lib %d, own %d\n", (char *)name, lib, own);
	return NULL;
}
int main(void)
{
	pthread_t thread;

	asks("main");
	pthread_create(&thread, NULL, asks, "thread");
	pthread_join(thread, NULL);
	return 0;
}
END
# EPERM 1, EIO 5, ENOENT 2, ENODEV 19.
cat >"$work/rules" <<'END'
on access if caller ~ "libasked*" do skip -EPERM
on access if caller.function == "own_asks" && pathname ~ "/own*" do skip -EIO
on access if caller ~ "libc.so*" do skip -ENODEV
on clone,clone3 if caller == "asker" && caller.module == "asker" do count
on brk if caller ~ "ld*" || caller ~ "libc.so*" do count
run
info rules
END

# hits NUMBER HITS
hits()
{
	awk -v n="$1" '$1 == n && $2 == "y" { print $3, $4 }' "$work/out" |
		grep -qx "$2 0" || fail "$what: rule $1 has not $2" "$work/out"
}

# asks WHAT LIB OWN
asks()
{
	what=$1
	for who in main thread; do
		grep -qx "$who: lib $2, own $3" "$work/out" ||
			fail "$what: $who" "$work/out"
	done
}

build()
{
	"$CC" "$@" -pthread -o "$work/asker" || fail "$*"
}

for bits in 64 32; do
	"$CC" -m$bits -O2 -fPIC -shared -o "$work/libasked.so" \
		"$work/asked.c" || fail "library of $bits bits"
	build -m$bits -O2 "$work/asker.c" "$work/libasked.so" \
		-Wl,-rpath,"$work"
	for engine in seccomp ptrace; do
		scdb --engine $engine -x "$work/rules" "$work/asker" \
			>"$work/out" 2>&1 || fail "$bits $engine" "$work/out"
		asks "$bits bits, $engine" 1 5
		hits 1 2
		hits 2 2
		hits 3 0
		# The 32-bit library's clone3 has no unwind information.
		[ $bits = 32 ] || hits 4 1
		awk '$1 == 5 && $3 > 0 { n++ } END { exit !n }' "$work/out" ||
			fail "$bits $engine: who called brk" "$work/out"
	done
done

# There the library is the program's own.
build -static -O2 "$work/asker.c" "$work/asked.c"
sed -e 's/libasked\*/asker/' -e '/^on brk/d' "$work/rules" >"$work/static"
scdb -x "$work/static" "$work/asker" >"$work/out" 2>&1 ||
	fail static "$work/out"
asks static 1 1

# What there is not, and what does not fit, is refused as the rule is made.
refuses()
{
	scdb -e "on access if $1 do count" >"$work/out" 2>&1 &&
		fail "not refused: $1" "$work/out"
	grep -qF -e "$2" "$work/out" || fail "refused: $1" "$work/out"
}
refuses 'caller.nosuch ~ "x"' 'it has module, function: access if ^caller'
refuses 'caller == 3' "can't compare a string and a number"
refuses 'caller' 'a string is neither true nor false'
finish
