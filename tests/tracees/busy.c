/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * busy [--ready] [MILLIONS]
 *
 * Arithmetic and not one system call in between, with a result to check:
 * stopping, reading and letting go a program that is in user code.
 */
#include "tracee.h"

int main(int argc, char **argv)
{
	bool ready = strcmp(arg_word(argc, argv, 1), "--ready") == 0;
	long n = arg_number(argc, argv, 1 + ready, 100), i;
	volatile double f = 1.0;
	uint64_t x = 1;
	int k;

	if (ready)
		SAY("ready\n");
	for (i = 0; i < n; i++) {
		for (k = 0; k < 1000000; k++)
			x = x * 6364136223846793005ULL + 1442695040888963407ULL;
		f = f * 1.0000001 + (double)(x >> 63);
	}
	printf("result %llu %.6f\n", (unsigned long long)x, f);
	return 0;
}
