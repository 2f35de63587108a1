/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 */
/*
 * Arrays whose length only the program knows, for
 * tests/scripts/print-oracle.sh.
 */
#include <sys/syscall.h>

#define KEEP(x) __asm__ volatile("" : : "r"(&(x)) : "memory")

struct pair { int a, b; };
struct wide { long lo, hi; };

static int many(int n, int m)
{
	int row[n];
	char text[n + 3];
	int grid[n][m];
	struct pair pairs[m];
	int (*rows)[n] = &row;
	int fixed[m][2];
	long got;

	for (int i = 0; i < n; i++) {
		row[i] = i * i;
		for (int j = 0; j < m; j++)
			grid[i][j] = 10 * i + j;
	}
	for (int i = 0; i < n + 3; i++)
		text[i] = i < 4 ? 'a' + i : 0;
	for (int j = 0; j < m; j++) {
		pairs[j] = (struct pair){ j, -j };
		fixed[j][0] = j;
		fixed[j][1] = -j;
	}
	KEEP(row);
	KEEP(text);
	KEEP(grid);
	KEEP(pairs);
	KEEP(rows);
	KEEP(fixed);
	__asm__ volatile("syscall" : "=a"(got) : "a"((long)SYS_getppid)
	                 : "rcx", "r11", "memory");
	return row[n - 1] + text[0] + grid[n - 1][m - 1] + pairs[0].a +
	       (int)got + (*rows)[1] + fixed[0][0];
}

int main(int argc, char **argv)
{
	(void)argv;
	return many(argc + 4, argc + 2) == 0;
}
