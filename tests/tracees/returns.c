/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions whose results `return` replaces, and text that is not ASCII. */
/* builds: 64 */
#include <stdio.h>
#include <sys/syscall.h>
#include <wchar.h>

struct both { double d; long n; };

const char *text = "h\xc3\xa9llo \xe2\x82\xac \xe2\x80\xae \xc2\x85 \xff";
wchar_t wide[] = L"h\u00e9\u20ac\u202e\U0001f600";
struct both given = { 9.5, 77 };

static void ask(void)
{
	long got;

	__asm__ volatile("syscall" : "=a"(got) : "a"((long)SYS_getppid)
	                 : "rcx", "r11", "memory");
}

__attribute__((noinline)) static double a_double(void)
{
	ask();
	return 1;
}

__attribute__((noinline)) static float a_float(void)
{
	ask();
	return 1;
}

__attribute__((noinline)) static struct both a_struct(void)
{
	struct both b = { 1, 2 };

	ask();
	return b;
}

int main(void)
{
	double d = a_double();
	float f = a_float();
	struct both b = a_struct();

	printf("%g %g %g %ld %c%ls\n", d, (double)f, b.d, b.n, *text, wide);
	return 0;
}
