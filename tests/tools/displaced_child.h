/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The child of tests/tools/displaced.c: a process that runs nothing of its own,
 * only one instruction at a time, in 64-bit or in 32-bit code (by its cs).
 *
 * Its code, data and slots are shared memory, at two addresses (HIGH, LOW)
 * whose lower halves are the same, so that what 32 bits address is the same
 * memory.  Parent and child see it without a system call.
 */
#ifndef SCDB_TESTS_DISPLACED_CHILD_H
#define SCDB_TESTS_DISPLACED_CHILD_H

#include "arch/displaced.h"

#include <elf.h>
#include <errno.h>
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define HIGH UINT64_C(0x500020000000)
#define LOW UINT64_C(0x20000000)
#define IMAGE UINT64_C(0x500051000000)

/* Offsets in the shared memory. */
enum {
	CODE = 0, CODE_SIZE = 0x2000,
	DATA = 0x10000, DATA_SIZE = 0x4000,
	READ_ONLY = DATA + DATA_SIZE,           /* a page; between all, holes */
	SLOT = 0x20000,
	SHARED_SIZE = 0x30000,
	XSTATE_MAX = 4096,
	PAGE = 4096,
	TRAP_OF_STEP = 2,                       /* TRAP_TRACE */
};

struct child {
	pid_t pid;
	int fd;
	uint8_t *memory;                /* the shared memory, here */
	int image_fd;                   /* an ELF file as loaded, or -1 */
	uint8_t *image;
	size_t image_size;
	struct user_regs_struct regs;   /* as it began */
	uint8_t xstate[XSTATE_MAX];
	size_t xstate_len;
};

/* How a run ended. */
struct state {
	struct arch_regs regs;
	uint8_t xstate[XSTATE_MAX];
	uint8_t data[DATA_SIZE];
	uint8_t window[2 * PAGE];       /* of the image */
	siginfo_t info;
	bool plain;                     /* by our step or breakpoint alone */
	bool gone;                      /* the child died or hung */
};

static void child_maps(const struct child *c)
{
	const uint64_t bases[] = { HIGH, LOW };
	int flags = MAP_SHARED | MAP_FIXED_NOREPLACE | MAP_POPULATE;
	int all = PROT_READ | PROT_WRITE | PROT_EXEC;

	for (unsigned i = 0; i < 2; i++) {
		char *at = (char *)(uintptr_t)bases[i];

		if (mmap(at, SHARED_SIZE, all, flags, c->fd, 0) != at ||
		    mprotect(at + READ_ONLY, PAGE, PROT_READ) ||
		    munmap(at + READ_ONLY + PAGE, SLOT - READ_ONLY - PAGE) ||
		    munmap(at + CODE_SIZE, DATA - CODE_SIZE))
			_exit(1);
	}
	if (c->image_fd >= 0 &&
	    mmap((char *)(uintptr_t)IMAGE, c->image_size, all, flags,
	         c->image_fd, 0) == MAP_FAILED)
		_exit(1);
}

static void child_run(const struct child *c)
{
	const struct rlimit no_core = { 0, 0 };

	setrlimit(RLIMIT_CORE, &no_core);
	if (ptrace(PTRACE_TRACEME, 0, 0, 0))
		_exit(1);
	child_maps(c);
	raise(SIGSTOP);
	_exit(0);
}

static void on_alarm(int sig)
{
	(void)sig;
}

static void child_fork(struct child *c)
{
	struct iovec iov = { c->xstate, sizeof(c->xstate) };
	struct sigaction sa = { .sa_handler = on_alarm };
	int status;

	sigaction(SIGALRM, &sa, NULL);
	c->pid = fork();
	if (!c->pid)
		child_run(c);
	if (c->pid < 0 || waitpid(c->pid, &status, 0) != c->pid ||
	    !WIFSTOPPED(status))
		errx(1, "the child did not start");
	if (ptrace(PTRACE_SETOPTIONS, c->pid, 0,
	           PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD) ||
	    ptrace(PTRACE_GETREGS, c->pid, 0, &c->regs) ||
	    ptrace(PTRACE_GETREGSET, c->pid, NT_X86_XSTATE, &iov))
		err(1, "ptrace");
	c->xstate_len = iov.iov_len;
}

static void child_stop(struct child *c)
{
	int status;

	kill(c->pid, SIGKILL);
	waitpid(c->pid, &status, __WALL);
}

static int shared(size_t size, uint8_t **memory)
{
	int fd = memfd_create("displaced", MFD_CLOEXEC);

	if (fd < 0 || ftruncate(fd, (off_t)size))
		err(1, "memfd_create");
	*memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (*memory == MAP_FAILED)
		err(1, "mmap");
	return fd;
}

static void child_init(struct child *c)
{
	*c = (struct child){ .image_fd = -1 };
	c->fd = shared(SHARED_SIZE, &c->memory);
	memset(c->memory + CODE, 0xcc, CODE_SIZE);
}

/* Resumes and waits; false: it died, or ran for seconds. */
static bool child_go(struct child *c, int request, int *sig)
{
	int status;

	if (ptrace(request, c->pid, 0, 0))
		return false;
	while (waitpid(c->pid, &status, __WALL | WNOHANG) == 0) {
		static unsigned spins;

		if (++spins % 64)
			continue;
		alarm(5);
		if (waitpid(c->pid, &status, __WALL) < 0)
			return false;
		alarm(0);
		break;
	}
	if (!WIFSTOPPED(status))
		return false;
	*sig = WSTOPSIG(status);
	return true;
}

static void child_set(struct child *c, const struct arch_regs *regs,
                      const uint8_t *xstate)
{
	struct iovec iov = { NULL, c->xstate_len };

	if (ptrace(PTRACE_SETREGS, c->pid, 0, &regs->user))
		warn("SETREGS");
	if (!xstate)
		return;
	memcpy(&iov.iov_base, &xstate, sizeof(xstate));
	if (ptrace(PTRACE_SETREGSET, c->pid, NT_X86_XSTATE, &iov))
		warn("SETREGSET");
}

/* All but memory; WITH_X: vectors too. */
static bool child_get(struct child *c, bool with_x, struct state *s)
{
	struct iovec iov = { s->xstate, sizeof(s->xstate) };

	return !ptrace(PTRACE_GETREGS, c->pid, 0, &s->regs.user) &&
	       !ptrace(PTRACE_GETSIGINFO, c->pid, 0, &s->info) &&
	       (!with_x ||
	        !ptrace(PTRACE_GETREGSET, c->pid, NT_X86_XSTATE, &iov));
}

/* What emulation sees: never by force. */
static bool world_read(void *arg, taddr at, void *data, size_t len)
{
	const struct child *c = arg;
	struct iovec here = { data, len };
	struct iovec there = { (void *)(uintptr_t)at, len };

	return process_vm_readv(c->pid, &here, 1, &there, 1, 0) ==
	       (ssize_t)len;
}

static bool world_write(void *arg, taddr at, const void *data, size_t len)
{
	const struct child *c = arg;
	struct iovec here = { NULL, len };
	struct iovec there = { (void *)(uintptr_t)at, len };

	memcpy(&here.iov_base, &data, sizeof(data));
	return process_vm_writev(c->pid, &here, 1, &there, 1, 0) ==
	       (ssize_t)len;
}

/* The loaded form of FILE; its executable section's place. */
static void child_load(struct child *c, const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	Elf64_Ehdr e;
	Elf64_Phdr p;

	if (fd < 0 || pread(fd, &e, sizeof(e), 0) != sizeof(e))
		err(1, "%s", file);
	for (int pass = 0; pass < 2; pass++) {
		for (unsigned i = 0; i < e.e_phnum; i++) {
			off_t at = (off_t)(e.e_phoff + i * sizeof(p));

			if (pread(fd, &p, sizeof(p), at) != sizeof(p))
				err(1, "%s", file);
			if (p.p_type != PT_LOAD)
				continue;
			if (!pass && p.p_vaddr + p.p_memsz > c->image_size)
				c->image_size = p.p_vaddr + p.p_memsz;
			if (pass && pread(fd, c->image + p.p_vaddr,
			                  p.p_filesz, (off_t)p.p_offset) < 0)
				err(1, "%s", file);
		}
		if (pass)
			break;
		c->image_size = (c->image_size + 3 * PAGE) &
		                ~(size_t)(PAGE - 1);
		c->image_fd = shared(c->image_size, &c->image);
	}
	close(fd);
}

#endif
