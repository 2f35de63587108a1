/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What this machine may lack, for LD_PRELOAD in front of a tracer.
 *
 * PTRACE_SINGLEBLOCK, as a processor with DEBUGCTL.BTF and the kernel do it:
 * instruction by instruction up to after a branch that is taken, and no further
 * than any other event.  Knows nothing of scdb's own code for that.
 *
 * A shadow stack (NT_X86_SHSTK), where FAKE_SHADOW says at which address of the
 * program its pointer begins: memory that the program itself has there.  Calls
 * that are single-stepped push to it, as the processor would; what runs on its
 * own does not, for nobody is there to see it.
 *
 * At the end the file that FAKE_COUNTS names gets a line of how much was faked.
 * Programs that the tracer starts do not get it.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SINGLEBLOCK = 33, CODE_32 = 0x23, MOST = 1000000 };
enum { CARRY = 1, PARITY = 4, ZERO = 0x40, SIGN = 0x80, OVERFLOW = 0x800 };
enum { X86_SHSTK = 0x204 };
enum { DEBUG_HITS = 0xf, DEBUG_STEP = 1 << 14 };

typedef long ptrace_fn(int request, ...);

static ptrace_fn *real;
static unsigned long blocks, instructions;
static pid_t owner;
static const char *counts;
static uint64_t shadow;         /* its pointer; 0: there is none */

static bool jump_holds(unsigned kind, unsigned long flags)
{
	bool less = !(flags & SIGN) != !(flags & OVERFLOW);
	bool holds[] = {
		flags & OVERFLOW, flags & CARRY, flags & ZERO,
		flags & (CARRY | ZERO), flags & SIGN, flags & PARITY,
		less, less || flags & ZERO,
	};

	return holds[kind >> 1 & 7] != (kind & 1);
}

static bool loop_holds(unsigned opcode, bool narrow,
                       const struct user_regs_struct *regs)
{
	uint64_t mask = narrow ? UINT32_MAX : UINT64_MAX;
	uint64_t left = (regs->rcx - 1) & mask;

	switch (opcode) {
	case 0xe0: return left && !(regs->eflags & ZERO);
	case 0xe1: return left && regs->eflags & ZERO;
	case 0xe2: return left;
	default: return !(regs->rcx & mask);
	}
}

/* Whether the instruction that REGS are at is a branch, and is taken. */
static bool will_branch(pid_t pid, const struct user_regs_struct *regs)
{
	uint8_t code[16] = { 0 };
	struct iovec here = { code, 15 };
	struct iovec there = { (void *)(uintptr_t)regs->rip, 15 };
	bool wide = regs->cs != CODE_32, short_address = false;
	size_t at = 0, room = 4096 - regs->rip % 4096;

	if (process_vm_readv(pid, &here, 1, &there, 1, 0) < 15) {
		here.iov_len = there.iov_len = room < 15 ? room : 15;
		process_vm_readv(pid, &here, 1, &there, 1, 0);
	}
	while (at < 14 && code[at] &&
	       strchr("\x26\x2e\x36\x3e\x64\x65\x66\x67\xf0\xf2\xf3",
	              code[at]))
		short_address |= code[at++] == 0x67;
	if (wide && (code[at] & 0xf0) == 0x40)
		at++;
	switch (code[at]) {
	case 0xe8: case 0xe9: case 0xeb: case 0xc2: case 0xc3: case 0xca:
	case 0xcb: case 0xcf: case 0x9a: case 0xea:
		return (code[at] != 0x9a && code[at] != 0xea) || !wide;
	case 0xe0: case 0xe1: case 0xe2: case 0xe3:
		return loop_holds(code[at], !wide || short_address, regs);
	case 0xff:
		return (code[at + 1] >> 3 & 7) >= 2 &&
		       (code[at + 1] >> 3 & 7) <= 5;
	case 0x0f:
		return (code[at + 1] & 0xf0) == 0x80 &&
		       jump_holds(code[at + 1], regs->eflags);
	default:
		return (code[at] & 0xf0) == 0x70 &&
		       jump_holds(code[at], regs->eflags);
	}
}

/* A debug register was hit: the kernel tells of no step then. */
static bool is_watch(pid_t pid, siginfo_t *info)
{
	size_t where = offsetof(struct user, u_debugreg[6]);
	long dr6 = real(PTRACE_PEEKUSER, pid, where, 0L);

	if (!(dr6 & DEBUG_HITS))
		return false;
	info->si_code = TRAP_HWBKPT;
	real(PTRACE_SETSIGINFO, pid, 0L, info);
	real(PTRACE_POKEUSER, pid, where, dr6 & ~(long)DEBUG_STEP);
	return true;
}

/* A step of PID has ended; scdb's clock may tick meanwhile. */
static bool is_over(pid_t pid, siginfo_t *info)
{
	int got;

	do
		got = waitid(P_PID, (id_t)pid, info,
		             WSTOPPED | WEXITED | WNOWAIT | __WALL);
	while (got != 0 && errno == EINTR);
	return got == 0;
}

/* Whether the step that has ended is to be told of. */
static bool is_news(pid_t pid, bool branched)
{
	siginfo_t info = { 0 };

	if (!is_over(pid, &info) ||
	    info.si_code != CLD_TRAPPED || info.si_status != SIGTRAP ||
	    real(PTRACE_GETSIGINFO, pid, 0L, &info) != 0 ||
	    info.si_code != TRAP_TRACE)
		return true;
	return branched || is_watch(pid, &info);
}

static long single_block(pid_t pid, long signal)
{
	struct user_regs_struct regs;

	blocks++;
	for (int i = 0; i < MOST; i++) {
		bool branched;
		int status;

		if (real(PTRACE_GETREGS, pid, 0L, &regs) != 0)
			return -1;
		branched = will_branch(pid, &regs);
		if (real(PTRACE_SINGLESTEP, pid, 0L, signal) != 0)
			return -1;
		instructions++;
		signal = 0;
		if (is_news(pid, branched))
			return 0;
		waitpid(pid, &status, __WALL);
	}
	return 0;
}

static bool is_call(pid_t pid, const struct user_regs_struct *regs)
{
	uint64_t word = (uint64_t)real(PTRACE_PEEKDATA, pid, (long)regs->rip,
	                               0L);

	return (word & 0xff) == 0xe8 || (word & 0x38ff) == 0x10ff;
}

/* What a single step pushes, by the processor, on the shadow stack. */
static long single_step(pid_t pid, long signal)
{
	struct user_regs_struct before, after;
	siginfo_t info = { 0 };
	bool call = real(PTRACE_GETREGS, pid, 0L, &before) == 0 &&
	            is_call(pid, &before);
	long result = real(PTRACE_SINGLESTEP, pid, 0L, signal), word;

	if (result != 0 || !call ||
	    !is_over(pid, &info) ||
	    real(PTRACE_GETREGS, pid, 0L, &after) != 0 ||
	    after.rsp != before.rsp - 8)
		return result;
	word = real(PTRACE_PEEKDATA, pid, (long)after.rsp, 0L);
	shadow -= 8;
	real(PTRACE_POKEDATA, pid, (long)shadow, word);
	return result;
}

static long shadow_regset(int request, struct iovec *io)
{
	if (io->iov_len < sizeof(shadow)) {
		errno = EINVAL;
		return -1;
	}
	if (request == PTRACE_GETREGSET)
		memcpy(io->iov_base, &shadow, sizeof(shadow));
	else
		memcpy(&shadow, io->iov_base, sizeof(shadow));
	io->iov_len = sizeof(shadow);
	return 0;
}

long ptrace(enum __ptrace_request request, ...)
{
	va_list args;
	pid_t pid;
	long addr, data;

	va_start(args, request);
	pid = va_arg(args, pid_t);
	addr = va_arg(args, long);
	data = va_arg(args, long);
	va_end(args);
	if ((int)request == SINGLEBLOCK)
		return single_block(pid, data);
	if (shadow && request == PTRACE_SINGLESTEP)
		return single_step(pid, data);
	if (shadow && addr == X86_SHSTK && (request == PTRACE_GETREGSET ||
	                                    request == PTRACE_SETREGSET))
		return shadow_regset((int)request, (struct iovec *)(uintptr_t)data);
	return real((int)request, pid, addr, data);
}

__attribute__((constructor)) static void begin(void)
{
	void *found = dlsym(RTLD_NEXT, "ptrace");

	memcpy(&real, &found, sizeof(real));
	counts = getenv("FAKE_COUNTS");
	owner = getpid();
	if (getenv("FAKE_SHADOW"))
		shadow = strtoull(getenv("FAKE_SHADOW"), NULL, 16);
	unsetenv("FAKE_SHADOW");
	unsetenv("LD_PRELOAD");
	unsetenv("FAKE_COUNTS");
}

__attribute__((destructor)) static void end(void)
{
	char line[80];
	int len, fd;

	if (getpid() != owner || !counts)
		return;
	fd = open(counts, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	len = snprintf(line, sizeof(line), "%lu blocks, %lu instructions\n",
	               blocks, instructions);
	if (fd >= 0 && write(fd, line, (size_t)len) != len)
		_exit(1);
}
