#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limit: 120
# What goes away in the middle of a step: the program, by exec of the stepped
# thread or of another; a library; the thread. Steps into functions that are
# chosen at run time (IFUNC), and through 32-bit C++, against gdb. And
# scheduler-locking while other threads run into breakpoints all the time: none
# is missed.
# shellcheck disable=SC2154
. "${0%/*}/../helpers.sh"
cd "$work" || exit 1
unset DEBUGINFOD_URLS

cat >away.c <<'END'
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile int sink, turning, joining;
static char **arguments;

__attribute__((noinline)) void second_life(void)
{
	puts("second life");
	fflush(stdout);
}

__attribute__((noinline)) void become(void)
{
	char *args[] = { arguments[0], "again", NULL };

	execv("/proc/self/exe", args);
	abort();
}

static void *becomes(void *arg)
{
	while (!joining)
		usleep(1000);
	become();
	return arg;
}

__attribute__((noinline)) void wait_for(pthread_t t)
{
	joining = 1;
	pthread_join(t, NULL);
	sink++;
}

__attribute__((noinline)) void ends(void)
{
	sink++;
	pthread_exit(NULL);
}

__attribute__((noinline)) void common(int last)
{
	sink++;
	if (last)
		ends();         /* ends */
	sink++;
}

static void *runs(void *arg)
{
	for (int i = 0; i < 20000; i++)
		common(0);
	return arg;
}

static void *dies(void *arg)
{
	turning = 1;
	common(1);              /* dies */
	return arg;
}

__attribute__((noinline)) void drive(const char *name)
{
	void *lib = dlopen(name, RTLD_NOW);
	int (*in)(int) = (int (*)(int))(unsigned long)dlsym(lib, "in_lib");

	sink += in(1);
	dlclose(lib);           /* unload */
	lib = dlopen(name, RTLD_NOW);
	in = (int (*)(int))(unsigned long)dlsym(lib, "in_lib");
	sink += in(2);
	dlclose(lib);
}

int main(int argc, char **argv)
{
	pthread_t t[2];

	arguments = argv;
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 1 && !strcmp(argv[1], "again")) {
		second_life();
	} else if (argc > 1 && !strcmp(argv[1], "exec")) {
		become();       /* execs */
	} else if (argc > 1 && !strcmp(argv[1], "threadexec")) {
		pthread_create(&t[0], NULL, becomes, NULL);
		wait_for(t[0]); /* joins */
	} else if (argc > 1 && !strcmp(argv[1], "death")) {
		pthread_create(&t[0], NULL, runs, NULL);
		pthread_create(&t[1], NULL, dies, NULL);
		pthread_join(t[1], NULL);
		pthread_join(t[0], NULL);
		printf("joined\n");
	} else {
		drive(argv[1]); /* drives */
		printf("sink %d\n", sink);
	}
	return 0;
}
END
cat >unloaded.c <<'END'
int later(int n)
{
	return n * 3;
}
int in_lib(int n)
{
	int got = n;
	got += n;
	if (n > 100)
		got = later(got);
	return got + 4;
}
END
cat >ifunc.c <<'END'
#include <stdio.h>

static int plain(int n)
{
	return n + 1;   /* in plain */
}
static int (*resolve(void))(int)
{
	return plain;   /* in resolve */
}
int chosen(int n) __attribute__((ifunc("resolve")));
int from_lib(int n);

int main(void)
{
	int a = chosen(1);      /* own */
	int b = from_lib(a);    /* library */
	int c = from_lib(b);    /* again */
	printf("%d\n", a + b + c);
	return 0;
}
END
cat >chosen.c <<'END'
static int impl(int n)
{
	return n + 2;   /* in impl */
}
static int (*pick(void))(int)
{
	return impl;    /* in pick */
}
int from_lib(int n) __attribute__((ifunc("pick")));
END
cat >plain.cc <<'END'
extern "C" int puts(const char *);
volatile int sink;
struct base {
	virtual int value(int n) { return n; }
	int twice(int n) { return value(n) * 2; }
};
struct derived : base {
	int v;
	derived(int x) : v(x) { sink = x; }
	~derived() { sink = -v; }
	int value(int n) override
	{
		sink += n;
		return n + v;
	}
};
template <typename T> T add(T a, T b)
{
	return a + b;
}
static inline __attribute__((always_inline)) int within(int n)
{
	int r = n * 3;
	sink = r;
	return r;
}
long long wide(long long n)
{
	return n << 20;
}
double half(double d)
{
	return d / 2;
}
int main()
{
	int total = 0;
	for (int i = 0; i < 3; i++) {
		derived d(i);
		base &b = d;
		total += b.value(i);
		total += b.twice(i);
		total += within(i);
	}
	total = add(total, 4);
	sink = (int)add(2.5, 1.5);
	sink = (int)wide(total);
	sink = (int)half(total);
	puts("done");
	return total & 1;
}
END
g()
{
	timeout -k 2 40 gdb -q -nx -batch "$@" 2>&1
}
"$CC" -g -O0 -shared -fPIC -o libun.so unloaded.c &&
	"$CC" -g -O0 -pthread -o away away.c -ldl &&
	"$CC" -g -O0 -shared -fPIC -o libchosen.so chosen.c &&
	"$CC" -g -O0 -o ifunc ifunc.c ./libchosen.so -Wl,-z,lazy || exit 1
place()
{
	echo "away.c:$(awk -v "w=/[*] $1 [*]/" '$0 ~ w { print NR }' away.c)"
}

# exec: the step is over, breakpoints are there; as in gdb.
for command in next finish 'stepi 5000'; do
	at=become
	case $command in
	next | until) at=$(place execs) ;;
	esac
	for dbg in scdb g; do
		flag=-e
		[ $dbg = scdb ] || flag=-ex
		$dbg $flag "break $at" $flag run $flag delete \
			$flag 'break second_life' $flag "$command" \
			$flag 'bt 1' $flag 'info breakpoints' $flag continue \
			--args ./away exec >$dbg.raw 2>&1
		grep -E '^#|already hit|^second' $dbg.raw >$dbg.out
	done
	[ "$(wc -l <scdb.out)" -eq 3 ] || fail "exec: $command" scdb.raw
	same "exec in the middle of $command" g.out scdb.out
done
for command in next finish; do
	at=wait_for
	[ "$command" = finish ] || at=$(place joins)
	scdb -e "break $at" -e run -e delete -e 'break second_life' \
		-e "$command" -e 'info breakpoints' -e delete -e continue \
		--args ./away threadexec >out 2>&1
	grep -q 'already hit 1 time' out && grep -q '^second life' out &&
		grep -q 'exited with status 0' out ||
		fail "another thread's exec in the middle of $command" out
done

# The thread ends: the others run on, or are shown where they must stand. What
# was planted for it is gone.
for command in next finish 'stepi 100000' 'blockstep 50000'; do
	at=ends
	[ "$command" = finish ] || at=$(place dies)
	for lock in off on; do
		scdb -e "break $at" -e run -e delete \
			-e "set scheduler-locking $lock" -e "$command" \
			-e 'echo here\n' -e 'set scheduler-locking off' \
			-e 'info xol' -e continue --args ./away death \
			>out 2>&1
		grep -q '^joined' out && grep -q 'exited with status 0' out ||
			fail "death in $command, locking $lock" out
		stood=$(awk '/^here/ { print over ? "off" : "on" }
			/^joined/ { over = 1 }' out)
		! grep -qE '^0x.*<(dies|common|ends|.*jmp)' out ||
			fail "death in $command: sites stayed" out
		[ "$stood" = $lock ] ||
			fail "death in $command, locking $lock: others" out
	done
done

# A library goes, and comes again.
for command in next until; do
	scdb -e "break $(place unload)" -e run -e delete -e "$command" \
		-e "$command" -e "$command" -e 'echo at \n' -e 'step' \
		-e 'finish' -e continue --args ./away ./libun.so >out 2>&1
	grep -q '^in_lib (n=2)' out && grep -q '^sink 14$' out &&
		grep -q ' = 8$' out && grep -q 'exited with status 0' out ||
		fail "a library goes in the middle of $command" out
done
scdb -e 'set breakpoint pending on' -e 'break in_lib' -e run -e delete \
	-e 'advance later' -e 'finish' -e 'finish' -e 'kill' \
	--args ./away ./libun.so >out 2>&1
grep -q '^drive (name=' out || fail 'advance to what is not reached' out

# where FILE: the places that steps came to, of either debugger.
where()
{
	sed -E 's/^(0x[0-9a-f]+ in )//; s/^([a-z_:]+ )\(.*\) (at [^ ]+)$/\1\2/
		/^[0-9]+\t|^[a-z_:]+ at /!d' "$1"
}
# steps_of NAME COUNT PROGRAM
steps_of()
{
	printf '%s\n' 'break main' run >commands
	yes step | head -n "$2" >>commands
	echo kill >>commands
	scdb -x commands ./"$3" >scdb.raw 2>&1
	g -x commands ./"$3" >g.raw 2>&1
	where scdb.raw >scdb.out
	where g.raw >g.out
	[ "$(wc -l <scdb.out)" -gt "$2" ] || fail "$1: too little" scdb.raw
	same "$1" g.out scdb.out
}
steps_of 'steps into IFUNCs' 10 ifunc
grep -q '^impl ' scdb.out || fail 'no step into an IFUNC' scdb.raw
# Without the 32-bit C++ library, which is not everywhere.
if "$CC" -x c++ -m32 -g -O0 -fno-exceptions -fno-rtti -nodefaultlibs \
	-o plain-32 plain.cc -lc -lgcc; then
	steps_of '32-bit C++' 60 plain-32
else
	fail 'no 32-bit C++'
fi

# Breakpoints that others run into, while one is stepped.
cat >load.c <<'END'
#include <pthread.h>
#include <stdio.h>

static volatile long sink;

__attribute__((noinline)) void hit(long n)
{
	__atomic_fetch_add(&sink, n, __ATOMIC_RELAXED);
}

static void *load(void *arg)
{
	for (int i = 0; i < 1500; i++)
		hit((long)arg);
	return arg;
}

__attribute__((noinline)) long part(long n)
{
	hit(n);
	return n + 1;
}

int main(void)
{
	pthread_t t[3];
	long n = 0;

	for (long i = 0; i < 3; i++)
		pthread_create(&t[i], NULL, load, (void *)i);
	for (int i = 0; i < 40; i++) {
		n = part(n);    /* turn */
	}
	for (int i = 0; i < 3; i++)
		pthread_join(t[i], NULL);
	printf("%ld\n", sink);
	return 0;
}
END
"$CC" -g -O0 -pthread -o load load.c || exit 1
./load >natively
at=load.c:$(awk '/[*] turn [*]/ { print NR }' load.c)
for lock in off step on; do
	# shellcheck disable=SC2016
	scdb -e 'set $hits = 0' -e 'break hit if ($hits = $hits + 1) == 0' \
		-e "tbreak $at" -e run -e "set scheduler-locking $lock" \
		-e 'next 6' -e step -e 'next 2' -e finish -e 'stepi 40' \
		-e 'until' -e 'next 8' -e 'blockstep 20' -e 'print n' \
		-e 'set scheduler-locking off' -e continue -e 'print $hits' \
		./load >out 2>&1
	grep -q '^\$[0-9]* = 4540$' out ||
		fail "locking $lock: hits are missing" out
	grep -q "^$(cat natively)\$" out && grep -q 'exited with' out ||
		fail "locking $lock: another result" out
done
finish
