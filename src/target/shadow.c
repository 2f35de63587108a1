/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shadow stacks: a processor that has them keeps return addresses a second time,
 * in memory that the program can't write, and faults where a return finds
 * another one there (Documentation/arch/x86/shstk.rst). Who calls or returns for
 * a thread has to keep that stack, too. It is of 64-bit code alone.
 */
#include "target/internal.h"

#include "base/buf.h"
#include "target/procfs.h"

#include <elf.h>
#include <errno.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

enum {
	X86_SHSTK = 0x204,      /* NT_X86_SHSTK, Linux 6.6: the stack pointer */
	WORD = 8,
	MOST_RETURNS = 1 << 16, /* that an unwinding looks through */
};

static bool processor_has_them(void)
{
	AUTO_BUF struct buf text = { 0 };
	bool has;

	buf_init(&text);
	error_destroy(proc_read("/proc/cpuinfo", 8192, &text));
	has = text.data && strstr(text.data, " user_shstk");
	return has;
}

bool target_shadow_stack(struct thread *t, taddr *ssp)
{
	uint64_t value = 0;
	struct iovec io = { &value, sizeof(value) };

	if (t->target->no_shadow)
		return false;
	if (ptrace(PTRACE_GETREGSET, t->tid, (void *)(uintptr_t)X86_SHSTK,
	           &io) == 0) {
		*ssp = value;
		return true;
	}
	/* EINVAL: a kernel without; ENODEV: this thread has none now. */
	if (errno == EINVAL || (errno == ENODEV && !processor_has_them()))
		t->target->no_shadow = true;
	return false;
}

bool target_set_shadow_stack(struct thread *t, taddr ssp)
{
	uint64_t value = ssp;
	struct iovec io = { &value, sizeof(value) };

	return ptrace(PTRACE_SETREGSET, t->tid, (void *)(uintptr_t)X86_SHSTK,
	              &io) == 0;
}

bool target_shadow_push(struct thread *t, taddr ret)
{
	struct error *err;
	taddr ssp;

	if (!target_shadow_stack(t, &ssp))
		return false;
	err = target_write_raw(t->process, ssp - WORD, &ret, WORD);
	if (!err)
		return target_set_shadow_stack(t, ssp - WORD);
	error_destroy(err);
	return false;
}

static bool read_return(struct thread *t, taddr at, taddr *ret)
{
	struct error *err = target_read_raw(t->process, at, ret, WORD);
	bool done = !err;

	error_destroy(err);
	return done;
}

bool target_shadow_pop(struct thread *t, taddr ret)
{
	taddr ssp, top;

	return target_shadow_stack(t, &ssp) && read_return(t, ssp, &top) &&
	       top == ret && target_set_shadow_stack(t, ssp + WORD);
}

bool target_shadow_unwind(struct thread *t, taddr ret)
{
	taddr ssp, at, top;

	if (!target_shadow_stack(t, &ssp))
		return true;
	for (unsigned i = 0; i < MOST_RETURNS; i++) {
		at = ssp + (taddr)i * WORD;
		if (!read_return(t, at, &top))
			return false;
		if (top == ret)
			return target_set_shadow_stack(t, at + WORD);
	}
	return false;
}
