/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * oddcalls
 *
 * Call numbers that no table has: unknown ones, negative ones, and those of
 * x32 (bit 30 set). All of them give ENOSYS, whatever traces the program,
 * and -1 is also how a debugger skips a call: one that the program itself
 * makes must not be taken for that.
 */
#include "raw.h"

#include "report.h"

int main(void)
{
	static const unsigned long numbers[] = {
		9999, 511, 1023, (unsigned long)-1, 0xffffffffUL, 0x7fffffff,
		0x80000000UL, 0x40000000 + 39, 0x40000000 + 9999,
		(unsigned long)-2, 0x100000000ULL * (sizeof(long) == 8),
	};
	const unsigned long arg[6] = { 1, 2, 3, 4, 5, 6 };
	size_t i;

	/* The last number is 1 << 32: the kernel looks at the lower half,
	 * and 0 is read (here of a bad buffer) or restart_syscall.
	 */
	for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		char name[32];

		snprintf(name, sizeof(name), "%#lx", numbers[i]);
		say(name, raw_call_via(VIA_DEFAULT, numbers[i], arg));
	}
	return raw_status(0);
}
