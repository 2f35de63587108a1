/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 */
/* Functions to be called by a debugger: arguments and results of all classes
 * that the ABIs know. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct mixed { int a; double d; };
struct pair { long a, b; };
struct big { int v[10]; };
struct floats { float x, y, z; };

struct big a_big = { { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 } };
struct pair a_pair = { 5, 6 };
struct floats a_floats = { 1, 2, 3 };
volatile int handled;

long sum8(long a, long b, long c, long d, long e, long f, long g, long h)
{
	return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h;
}

double mix(int a, double b, float c, long double l, char z)
{
	return a + b * 10 + c * 100 + (double)l * 1000 + z;
}

float of_floats(float a, float b) { return a * b; }
long double of_long(long double a) { return a * 2; }
size_t length(const char *s) { return strlen(s); }

struct mixed make_mixed(int a, double d)
{
	return (struct mixed){ a, d };
}

struct pair next_pair(struct pair p)
{
	return (struct pair){ p.a + 1, p.b * 2 };
}

struct big make_big(int n)
{
	struct big b;

	for (int i = 0; i < 10; i++)
		b.v[i] = n + i;
	return b;
}

struct floats next_floats(struct floats f)
{
	return (struct floats){ f.x + 1, f.y + 2, f.z + 3 };
}

int sum_big(struct big b, int n)
{
	int sum = 0;

	for (int i = 0; i < n; i++)
		sum += b.v[i];
	return sum;
}

void nothing(void) { }
int crash(void) { return *(volatile int *)0; }
int leave(void) { exit(7); }
int sleeper(unsigned n) { return (int)sleep(n); }
int factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1); }

static void handler(int signum) { handled += signum == SIGUSR1; }
int raiser(void) { raise(SIGUSR1); return handled; }

int main(void)
{
	sigset_t mask;
	char c;

	signal(SIGUSR1, handler);
	sigemptyset(&mask);
	sigaddset(&mask, SIGSEGV);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	printf("read %d, ", (int)read(0, &c, 1));
	sigprocmask(SIG_SETMASK, NULL, &mask);
	printf("SIGSEGV is %sblocked, handled %d\n",
	       sigismember(&mask, SIGSEGV) ? "" : "not ", handled);
	return 3;
}
