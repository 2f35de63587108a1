#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Thread-local variables of libraries that were loaded after the thread began,
# touched by it or not yet, and in the place of one that was unloaded.  (gdb 13
# says the same of a 64-bit program, most of the time; of a 32-bit program's
# first thread it gives what stands at no block.)
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
cd "$work" || exit 1

cat >first.c <<'END'
__thread int first_number = 11;
int *first_place(void) { return &first_number; }
END
cat >second.c <<'END'
__thread int second_number = 22;
int *second_place(void) { return &second_number; }
END
cat >late.c <<'END'
#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>

static pthread_barrier_t barrier;
static void *library;

static void step(void) { pthread_barrier_wait(&barrier); }

static void touch(const char *name, int value)
{
	int *(*place)(void) = (int *(*)(void))dlsym(library, name);

	*place() = value;
}

static void *run(void *arg)
{
	step();
	touch("first_place", 111);
	step();
	step();
	touch("second_place", 333);
	step();
	return arg;
}

int main(void)
{
	pthread_t thread;

	pthread_barrier_init(&barrier, NULL, 2);
	pthread_create(&thread, NULL, run, NULL);
	library = dlopen("./first.so", RTLD_NOW);
	step();
	step();
	getppid();
	dlclose(library);
	library = dlopen("./second.so", RTLD_NOW);
	getppid();
	step();
	step();
	getppid();
	return 0;
}
END

# ask NAME: in both threads.
ask()
{
	printf 'thread 2\nprint %s\nthread 1\nprint %s\n' "$1" "$1"
}

# session SKIP: SKIP goes from one stop to the next.
session()
{
	printf 'set confirm off\ncatch syscall getppid\nrun\n'
	ask first_number
	printf '%s' "$1"
	ask second_number
	printf '%s' "$1"
	ask second_number
}

answers()
{
	sed -n 's/^\$[0-9]* = //p
		s/.*has no thread-local storage of .* yet.*/none yet/p'
}

printf '111\nnone yet\nnone yet\nnone yet\n333\nnone yet\n' >expected
for bits in 64 32; do
	for name in first second; do
		"$CC" -m$bits -g -shared -fPIC -o $name.so $name.c ||
			fail "$name.so"
	done
	"$CC" -m$bits -g -o late late.c -pthread || fail 'late'
	session 'continue
continue
' >commands
	timeout 20 "$SCDB" -q --nx ./late <commands >scdb.raw 2>&1
	answers <scdb.raw >scdb.said
	same "$bits bits" expected scdb.said scdb.raw
done
finish
