/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers: read when asked for, kept until the thread goes on. */
#include "target/internal.h"

#include "base/log.h"
#include "target/core.h"

#include <assert.h>
#include <errno.h>
#include <stddef.h>
#include <sys/ptrace.h>

static struct error *regs_error(const struct thread *t, const char *what)
{
	if (errno == ESRCH)
		return error_new(ERROR_GONE, "thread %d is gone", (int)t->tid);
	return error_errno(errno, "can't %s the registers of thread %d", what,
	                   (int)t->tid);
}

static struct error *need_stopped(const struct thread *t)
{
	if (t->state == THREAD_STOPPED)
		return NULL;
	return error_new(ERROR_REFUSED, "thread %d is not stopped",
	                 (int)t->tid);
}

/* A core's thread stands, too, but can't be changed. */
static struct error *need_changeable(const struct thread *t)
{
	TRY(need_stopped(t));
	return t->process->core ? core_refusal_to_change() : NULL;
}

struct error *target_regs(struct thread *t, const struct arch_regs **regs)
{
	TRY(need_stopped(t));
	if (!t->regs_valid) {
		if (ptrace(PTRACE_GETREGS, t->tid, 0, &t->regs.user) != 0)
			return regs_error(t, "read");
		t->regs_valid = true;
	}
	*regs = &t->regs;
	return NULL;
}

struct error *target_set_regs(struct thread *t, const struct arch_regs *regs)
{
	struct arch_regs copy = *regs;

	TRY(need_changeable(t));
	t->writes++;
	if (ptrace(PTRACE_SETREGS, t->tid, 0, &copy.user) != 0) {
		t->regs_valid = false;
		return regs_error(t, "write");
	}
	t->regs = copy;
	t->regs_valid = true;
	t->pc_dirty = false;
	return NULL;
}

void regs_flush(struct thread *t)
{
	const size_t at = offsetof(struct user_regs_struct, rip);

	if (!t->pc_dirty)
		return;
	t->pc_dirty = false;
	/* ESRCH: it was killed. */
	if (ptrace(PTRACE_POKEUSER, t->tid, (void *)at,
	           (void *)(uintptr_t)t->regs.user.rip) != 0)
		LOG(LOG_TARGET, "pc of %d: errno %d", (int)t->tid, errno);
}

struct error *target_word(struct thread *t, unsigned offset, uint64_t *value)
{
	long word;

	assert(offset + 8 <= sizeof(struct user_regs_struct));
	TRY(need_stopped(t));
	if (t->regs_valid) {
		*value = arch_word_get(&t->regs, offset);
		return NULL;
	}
	errno = 0;
	word = ptrace(PTRACE_PEEKUSER, t->tid, (void *)(uintptr_t)offset, 0);
	if (word == -1 && errno)
		return regs_error(t, "read");
	*value = (uint64_t)word;
	return NULL;
}

struct error *target_set_word(struct thread *t, unsigned offset,
                              uint64_t value)
{
	assert(offset + 8 <= sizeof(struct user_regs_struct));
	TRY(need_changeable(t));
	t->writes++;
	if (t->regs_valid && offset == offsetof(struct user_regs_struct, rip)) {
		t->regs.user.rip = value;
		t->pc_dirty = true;
		return NULL;
	}
	if (ptrace(PTRACE_POKEUSER, t->tid, (void *)(uintptr_t)offset,
	           (void *)(uintptr_t)value) != 0)
		return regs_error(t, "write");
	if (t->regs_valid)
		arch_word_set(&t->regs, offset, value);
	return NULL;
}

struct error *target_siginfo(struct thread *t, siginfo_t *info)
{
	TRY(need_stopped(t));
	if (t->process->core) {
		if (core_siginfo(t->process->core, t, info))
			return NULL;
		errno = 0;
	} else if (ptrace(PTRACE_GETSIGINFO, t->tid, 0, info) == 0) {
		return NULL;
	}
	if (errno == ESRCH)
		return error_new(ERROR_GONE, "thread %d is gone", (int)t->tid);
	return error_new(ERROR_REFUSED, "thread %d is not stopped by a signal",
	                 (int)t->tid);
}

/*
 * By the code segment (arch/x86/include/asm/segment.h).  An x32 program runs
 * 64-bit code: its calls tell it by a bit of their numbers.
 */
struct error *target_abi(struct thread *t, enum abi *abi)
{
	const struct arch_regs *regs = NULL;

	TRY(target_regs(t, &regs));
	*abi = arch_of_regs(regs) == arch_i386() ? ABI_I386 : ABI_X86_64;
	return NULL;
}

struct error *target_set_siginfo(struct thread *t, const siginfo_t *info)
{
	TRY(need_changeable(t));
	if (ptrace(PTRACE_SETSIGINFO, t->tid, 0, info) == 0)
		return NULL;
	return regs_error(t, "write");
}

bool target_rseq(struct thread *t, taddr *addr)
{
	/* PTRACE_GET_RSEQ_CONFIGURATION and its struct: linux/ptrace.h. */
	const enum __ptrace_request get = 0x420f;
	struct { uint64_t address; uint32_t size, signature, flags, pad; } c;

	if (t->process->core ||
	    ptrace(get, t->tid, sizeof(c), &c) <= 0 || !c.address)
		return false;
	*addr = c.address;
	return true;
}
