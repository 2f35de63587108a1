#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# With non-stop each thread has a step of its own: two go by `next`, `finish` and
# `sysstep` at once, while a third runs through the same code all the time. They
# end where one alone ends, and the program's result is right.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
cd "$work" || exit 1

cat >plans.c <<'END'
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static volatile int done;
static __thread volatile int sink;
static long sums[4];

__attribute__((noinline)) int leaf(int n)
{
	sink += n;
	return n;
}

__attribute__((noinline)) int turns(int count)
{
	int total = 0;
	for (int i = 0; i < count; i++) {
		int a = leaf(i);
		total += leaf(a) & 1;
		total += leaf(i) & 2;
	}
	return total;
}

__attribute__((noinline)) int stage(int id)
{
	int sum = turns(200);
	getppid();
	sum += id;
	return sum;
}

static void *stepped(void *arg)
{
	int id = (int)(long)arg;
	sums[id] = stage(id);
	return NULL;
}

static void *hot(void *arg)
{
	while (!done)
		sums[(long)arg] += turns(200) != 300;
	return NULL;
}

int main(void)
{
	pthread_t t[4];

	for (long i = 0; i < 3; i++)
		pthread_create(&t[i], NULL, i < 2 ? stepped : hot, (void *)i);
	pthread_join(t[0], NULL);
	pthread_join(t[1], NULL);
	done = 1;
	pthread_join(t[2], NULL);
	printf("sums %ld %ld %ld\n", sums[0], sums[1], sums[2]);
	return 0;
}
END
"$CC" -O0 -g -pthread -o plans plans.c || exit 1
./plans >natively || exit 1
line()
{
	awk -v "text=$1" 'index($0, text) { print NR; exit }' plans.c
}

mkfifo in
# shellcheck disable=SC2034 # helpers.sh: start
input=in
start timeout -k 2 35 "$SCDB" -q --nx -x /dev/null ./plans >out 2>&1
exec 8>in
type_in()
{
	printf '%s\n' "$@" >&8
}
# stops COUNT: so many stops by steps came.
stops()
{
	[ "$(grep -c "$1" out)" -ge "$2" ]
}
# await PATTERN COUNT
await()
{
	until_true stops "$1" "$2" || {
		fail "not $2 times: $1" out
		finish
	}
}

type_in 'set non-stop on' 'set confirm off' 'break stage' 'run &'
await 'breakpoint 1, stage' 2
# One goes over all the turns, the other through some: 3 lines each.
type_in 'thread 2' 'next &' 'thread 3' 'step &'
await "^turns (count=200)" 1
await "	getppid();" 1
type_in 'thread 3' 'next 62 &' 'thread 2' sysstep
await 'getppid' 2
await "^$(line 'int a = leaf')	" 1
type_in 'thread 3' 'print i' 'finish &' 'thread 2' 'next &'
await "^$(line 'sum += id')	" 1
await 'Run till exit' 1
await 'Value returned' 1
type_in 'thread 3' 'info threads' 'next &' 'thread 2' 'next 2 &'
await "^$(($(line 'return sum') + 1))	" 1
await '	getppid();' 2
type_in 'thread 3' 'delete' 'continue -a'
await 'exited with' 1
type_in quit
exec 8>&-
ended $pid
cp out seen
grep -q 'SIGTRAP' seen && fail 'a thread got a SIGTRAP' seen
grep -q "^$(cat natively)\$" seen || fail 'another result' seen natively
grep -q 'exited with status 0' seen || fail 'another end' seen

# Alone.
scdb -e 'set scheduler-locking on' -e 'break stage if id == 1' -e run \
	-e 'next 2' -e 'kill' ./plans >/dev/null 2>&1
scdb -e 'break stage if id == 1' -e run -e 'set scheduler-locking on' \
	-e step -e 'next 62' -e 'print i' -e finish ./plans >alone 2>&1
for what in '^\$1 = ' '^Value returned'; do
	grep -e "$what" alone >left
	grep -e "$what" seen | head -n 1 | sed 's/^(scdb) //' >right
	same "it ended elsewhere than alone: $what" left right
done
finish
