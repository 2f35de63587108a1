/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files that shrink while they are mapped.
 *
 * Copies of everything that is read would cost more than all the rest (a
 * table of symbols has megabytes, debug information hundreds of them), and
 * libelf and libdw work on the mapping too.  So files are mapped, and a page
 * that is gone when it is touched (SIGBUS, BUS_ADRERR: nothing but a file that
 * was cut gives that) is replaced by zeros; what reads on finds nonsense in the
 * file, for which it is prepared anyway.  Small files that were changed a moment
 * ago are copied all the same (file.c).
 */
#include "symbols/internal.h"

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

static void put_zeros(int signum, siginfo_t *info, void *context)
{
	uintptr_t at = (uintptr_t)info->si_addr & ~(uintptr_t)0xfff;

	(void)context;
	/* mmap is a bare system call: it may be made here. */
	if (info->si_code == BUS_ADRERR &&
	    mmap((void *)at, 0x1000, PROT_READ | PROT_WRITE,
	         MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) !=
	    MAP_FAILED)
		return;
	/* A crash: who prepared for that waits for SIGABRT too. */
	signal(signum, SIG_DFL);
	raise(SIGABRT);
}

void guard_install(void)
{
	struct sigaction action = { .sa_sigaction = put_zeros,
	                            .sa_flags = SA_SIGINFO | SA_NODEFER };
	struct sigaction before;

	/* Somebody else's (a sanitizer's) knows nothing of our files. */
	if (sigaction(SIGBUS, NULL, &before) == 0 &&
	    (before.sa_flags & SA_SIGINFO) &&
	    before.sa_sigaction == put_zeros)
		return;
	sigaction(SIGBUS, &action, NULL);
}
