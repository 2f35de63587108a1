/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 */
/* What optimisers make of structures and pointers: for print-oracle.sh. */
#include <sys/syscall.h>

struct two { long lo, hi; };
struct mixed { int a, b; long c; };

static inline __attribute__((always_inline)) long
through(const struct two *pointer, int *const *twice, const int *number)
{
	long got, first = pointer->lo;

	__asm__ volatile("syscall\n\tnop" : "=a"(got) : "a"((long)SYS_getppid)
	                 : "rcx", "r11", "memory");
	__asm__ volatile("nop\n\tnop" : : "r"(first));
	return got * first + *number + pointer->hi + **twice;
}

__attribute__((noipa)) long torn(struct two t, struct mixed m)
{
	long before = t.lo * 3;
	struct two own = { t.hi, 77 };
	int number = m.a + 1, other = 5, *to_other = &other;
	long sum = through(&own, &to_other, &number);

	return sum + t.lo + t.hi + m.a + m.b + m.c + before;
}

int main(int argc, char **argv)
{
	(void)argv;
	return torn((struct two){ argc, 20 },
	            (struct mixed){ argc + 2, 4, 5 }) == 0;
}
