/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 */
/* Functions to be called by a debugger that do not simply return; and a program
 * that stands in odd places when they are called: its first argument says
 * which, and what it does with SIGSEGV and SIGTRAP. */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct triple { double d; long l; char c; };
union either { float f; int i; };

volatile int ticks, in_handler, flag;
static jmp_buf out;

int sum(int count, ...)
{
	va_list list;
	int all = 0;

	va_start(list, count);
	while (count-- > 0)
		all += va_arg(list, int);
	va_end(list);
	return all;
}

double average(int count, ...)
{
	va_list list;
	double all = 0;

	va_start(list, count);
	for (int i = 0; i < count; i++)
		all += va_arg(list, double);
	va_end(list);
	return all / count;
}

struct triple make_triple(double d, long l, char c)
{
	return (struct triple){ d, l, c };
}

struct triple a_triple = { 0.5, 7, 'x' };
double of_triple(struct triple t, struct triple u) { return t.d + u.d + t.l; }
union either an_either = { .i = 0x3f800000 };
union either twice(union either e) { e.f *= 2; return e; }
_Bool negate(_Bool b) { return !b; }
short narrow(signed char a, unsigned short b) { return (short)(a + b); }
long long wide(long long a, int b, long long c) { return a * b + c; }
long double precise(long double a, float b) { return a / 4 + b; }
char *greet(const char *name)
{
	static char text[64];

	snprintf(text, sizeof(text), "hello, %s", name);
	return text;
}

int asks(void) { return (int)syscall(SYS_getppid) > 0; }
int crash(void) { return *(volatile int *)0; }
int raises(void) { raise(SIGUSR1); return ticks; }
int leaps_out(void) { longjmp(out, 5); }

int forks(void)
{
	int status = 0;
	pid_t pid = fork();

	if (!pid)
		_exit(9);
	waitpid(pid, &status, 0);
	return WEXITSTATUS(status);
}

int execs(void)
{
	execl("/bin/echo", "echo", "replaced", (char *)NULL);
	return -1;
}

static void *run(void *arg)
{
	flag += *(int *)arg;
	return arg;
}

int starts_thread(int n)
{
	pthread_t thread;
	void *result;

	pthread_create(&thread, NULL, run, &n);
	pthread_join(thread, &result);
	return *(int *)result + flag;
}

/* Returns only where another thread runs. */
int waits_for_other(void)
{
	int before = ticks;

	for (int i = 0; i < 100 && ticks == before; i++)
		usleep(10000);
	return ticks != before;
}

int spins(void)
{
	for (;;)
		flag++;
}

static void on_signal(int signum)
{
	ticks += signum == SIGUSR1;
	in_handler = 1;
	getppid();
	in_handler = 0;
}

static void *tick(void *arg)
{
	for (;;) {
		ticks++;
		usleep(1000);
	}
	return arg;
}

static void set_up(const char *how)
{
	struct sigaction action = { .sa_handler = on_signal,
	                            .sa_flags = SA_RESTART };
	sigset_t mask;

	sigaction(SIGUSR1, &action, NULL);
	if (strcmp(how, "ignore") == 0) {
		signal(SIGSEGV, SIG_IGN);
		signal(SIGTRAP, SIG_IGN);
	} else if (strcmp(how, "handle") == 0) {
		signal(SIGSEGV, on_signal);
		signal(SIGTRAP, on_signal);
	} else if (strcmp(how, "block") == 0) {
		sigfillset(&mask);
		sigprocmask(SIG_SETMASK, &mask, NULL);
	}
}

/* What a signal's action is now. */
static const char *action_of(int signum)
{
	struct sigaction action;

	sigaction(signum, NULL, &action);
	return action.sa_handler == SIG_DFL ? "default"
	       : action.sa_handler == SIG_IGN ? "ignored" : "handled";
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";
	struct timespec nap = { .tv_nsec = 200000000 };
	pthread_t thread;
	sigset_t mask;
	int left;

	set_up(how);
	if (strcmp(how, "threads") == 0)
		pthread_create(&thread, NULL, tick, NULL);
	left = setjmp(out);
	if (left)
		printf("left by longjmp %d\n", left);
	else
		getpid();
	if (strcmp(how, "sleep") == 0)
		printf("slept %d\n", nanosleep(&nap, NULL));
	if (strcmp(how, "signal") == 0)
		raise(SIGUSR1);
	sigprocmask(SIG_SETMASK, NULL, &mask);
	printf("SEGV %s, TRAP %s, %sblocked, ticks %d\n", action_of(SIGSEGV),
	       action_of(SIGTRAP), sigismember(&mask, SIGSEGV) ? "" : "not ",
	       strcmp(how, "threads") == 0 ? -1 : ticks);
	return 4;
}
