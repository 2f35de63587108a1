/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Probes that trace a child and see what a request does to it. */
#include "target/probe.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

/* Newer than the C library's headers: include/uapi/linux/ptrace.h. */
enum {
	SET_DISPATCH_CONFIG = 0x4210,
	SET_SYSCALL_INFO = 0x4212,
	SINGLEBLOCK = 33,
};

enum { SYSCALL_STOP = SIGTRAP | 0x80, PAGE = 4096, GOOD = 7, BAD = 8 };

/* What the tracee and who traces it both know, each its own copy. */
struct ground {
	volatile int word;
	unsigned char *page;   /* private, not writable */
};

/* The stop, as `status >> 8` has it, or 0 where there is none. */
static int next_stop(pid_t pid)
{
	int status;

	if (waitpid(pid, &status, __WALL) != pid || !WIFSTOPPED(status))
		return 0;
	return status >> 8;
}

/* How it ends, when it runs on: its exit status, or -1. */
static int last_status(pid_t pid)
{
	int status;

	if (ptrace(PTRACE_CONT, pid, 0, 0) != 0 ||
	    waitpid(pid, &status, __WALL) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

/*
 * A tracee in the stop of a SIGSTOP that it gave itself, about to run BODY; -1,
 * with the result set, where there is none.
 */
static pid_t start(struct probe_result *r, void (*body)(struct ground *g),
                   struct ground *g)
{
	unsigned long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL |
	                        PTRACE_O_TRACESECCOMP;
	int go[2];
	char byte;
	pid_t pid;

	if (pipe2(go, O_CLOEXEC) != 0 || (pid = probe_fork()) < 0) {
		probe_refused(r, "no process for it");
		return -1;
	}
	if (!pid) {
		close(go[1]);
		if (read(go[0], &byte, 1) != 0)
			_exit(BAD);
		kill(getpid(), SIGSTOP);
		if (body)
			body(g);
		_exit(0);
	}
	if (ptrace(PTRACE_SEIZE, pid, 0, options) != 0) {
		probe_refused(r, "PTRACE_SEIZE");
		return -1;
	}
	close(go[0]);
	close(go[1]);
	if (next_stop(pid) == SIGSTOP)
		return pid;
	probe_say(r, PROBE_NO, "no stop at a signal");
	return -1;
}

/* Resumes by REQUEST up to the next stop, which must be WANT. */
static bool go_to(struct probe_result *r, pid_t pid, int request, int want)
{
	int is;

	if (ptrace((enum __ptrace_request)request, pid, 0, 0) != 0) {
		probe_refused(r, "refused");
		return false;
	}
	is = next_stop(pid);
	if (is != want)
		probe_say(r, PROBE_NO, "accepted, and without effect");
	return is == want;
}

void probe_ptrace(struct probe_result *r)
{
	pid_t pid = start(r, NULL, NULL);

	if (pid < 0)
		return;
	probe_say(r, PROBE_YES, "a child can be traced");
	last_status(pid);
}

static void body_getppid(struct ground *g)
{
	(void)g;
	_exit(syscall(SYS_getppid) == 4711 ? GOOD : BAD);
}

static bool syscall_info(struct probe_result *r, pid_t pid,
                         struct __ptrace_syscall_info *info)
{
	memset(info, 0, sizeof(*info));
	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(*info), info) > 0)
		return true;
	probe_refused(r, "refused");
	return false;
}

void probe_get_syscall_info(struct probe_result *r)
{
	struct __ptrace_syscall_info entry, exit;
	pid_t pid = start(r, body_getppid, NULL);

	if (pid < 0 || !go_to(r, pid, PTRACE_SYSCALL, SYSCALL_STOP) ||
	    !syscall_info(r, pid, &entry) ||
	    !go_to(r, pid, PTRACE_SYSCALL, SYSCALL_STOP) ||
	    !syscall_info(r, pid, &exit))
		return;
	if (entry.op == PTRACE_SYSCALL_INFO_ENTRY &&
	    entry.entry.nr == SYS_getppid &&
	    exit.op == PTRACE_SYSCALL_INFO_EXIT &&
	    exit.exit.rval == getpid())
		probe_say(r, PROBE_YES, "calls and results are told");
	else
		probe_say(r, PROBE_NO, "what it tells is wrong");
}

void probe_set_syscall_info(struct probe_result *r)
{
	struct __ptrace_syscall_info info;
	pid_t pid = start(r, body_getppid, NULL);

	if (pid < 0 || !go_to(r, pid, PTRACE_SYSCALL, SYSCALL_STOP) ||
	    !syscall_info(r, pid, &info))
		return;
	info.entry.nr = SYS_getpid;
	if (ptrace((enum __ptrace_request)SET_SYSCALL_INFO, pid,
	           sizeof(info), &info) != 0) {
		probe_refused(r, "refused");
		return;
	}
	if (!go_to(r, pid, PTRACE_SYSCALL, SYSCALL_STOP) ||
	    !syscall_info(r, pid, &info))
		return;
	if (info.exit.rval == pid)
		probe_say(r, PROBE_YES, "a call was made another");
	else
		probe_say(r, PROBE_NO, "accepted, and without effect");
}

void probe_sysemu(struct probe_result *r)
{
	struct user_regs_struct regs;
	pid_t pid = start(r, body_getppid, NULL);

	if (pid < 0 || !go_to(r, pid, PTRACE_SYSEMU, SYSCALL_STOP))
		return;
	if (ptrace(PTRACE_GETREGS, pid, 0, &regs) != 0) {
		probe_refused(r, "registers");
		return;
	}
	regs.rax = 4711;
	ptrace(PTRACE_SETREGS, pid, 0, &regs);
	if (last_status(pid) == GOOD)
		probe_say(r, PROBE_YES, "a call was skipped");
	else
		probe_say(r, PROBE_NO, "accepted, but the call was made");
}

void probe_dispatch_config(struct probe_result *r)
{
	/* struct ptrace_sud_config: all calls are caught, wherever made. */
	uint64_t config[] = { 1, 0, 0, 0 };
	pid_t pid = start(r, body_getppid, NULL);

	if (pid < 0)
		return;
	if (ptrace((enum __ptrace_request)SET_DISPATCH_CONFIG, pid,
	           sizeof(config), config) != 0) {
		probe_refused(r, "refused");
		return;
	}
	if (go_to(r, pid, PTRACE_CONT, SIGSYS))
		probe_say(r, PROBE_YES, "set from outside, it caught a call");
}

static void body_filter(struct ground *g)
{
	if (probe_filter(SYS_getppid, SECCOMP_RET_TRACE))
		_exit(BAD);
	body_getppid(g);
}

void probe_ret_trace(struct probe_result *r)
{
	int want = SIGTRAP | PTRACE_EVENT_SECCOMP << 8;
	pid_t pid = start(r, body_filter, NULL);

	if (pid >= 0 && go_to(r, pid, PTRACE_CONT, want))
		probe_say(r, PROBE_YES, "a filter's stop came");
}

/* Behind the int3: four bytes of nop, a jump of two over one more. */
static void body_block(struct ground *g)
{
	(void)g;
	__asm__ volatile("int3\n\tnop\n\tnop\n\tnop\n\tnop\n\t"
	                 "jmp 1f\n\tnop\n1:\tnop\n\tnop");
}

void probe_singleblock(struct probe_result *r)
{
	enum { STEP = 1, BLOCK = 7 };
	struct user_regs_struct before, after;
	pid_t pid = start(r, body_block, NULL);
	uint64_t moved;

	if (pid < 0 || !go_to(r, pid, PTRACE_CONT, SIGTRAP))
		return;
	ptrace(PTRACE_GETREGS, pid, 0, &before);
	if (!go_to(r, pid, SINGLEBLOCK, SIGTRAP))
		return;
	ptrace(PTRACE_GETREGS, pid, 0, &after);
	moved = after.rip - before.rip;
	if (moved == BLOCK)
		probe_say(r, PROBE_YES, "it ran to the next branch");
	else if (moved == STEP)
		probe_say(r, PROBE_NO,
		          "accepted, but it steps one instruction");
	else
		probe_say(r, PROBE_NO, "accepted, and it stopped elsewhere");
}

static __attribute__((noinline)) void stop_here(struct ground *g)
{
	__asm__ volatile("" : : "r"(g) : "memory");
}

static void body_touch(struct ground *g)
{
	g->word = 1;
	stop_here(g);
	g->word = 2;
}

static bool debug_register(struct probe_result *r, pid_t pid, int number,
                           uint64_t value)
{
	size_t offset = offsetof(struct user, u_debugreg) +
	                (size_t)number * 8;

	if (ptrace(PTRACE_POKEUSER, pid, offset, value) == 0)
		return true;
	probe_refused(r, "the debug registers can't be set");
	return false;
}

void probe_breakpoint(struct probe_result *r)
{
	enum { ENABLE_0 = 1 };
	uint64_t addr = (uint64_t)(uintptr_t)stop_here;
	struct ground g = { .word = 0 };
	struct user_regs_struct regs;
	pid_t pid = start(r, body_touch, &g);

	if (pid < 0 || !debug_register(r, pid, 0, addr) ||
	    !debug_register(r, pid, 7, ENABLE_0) ||
	    !go_to(r, pid, PTRACE_CONT, SIGTRAP))
		return;
	ptrace(PTRACE_GETREGS, pid, 0, &regs);
	if (regs.rip == addr)
		probe_say(r, PROBE_YES, "one was hit");
	else
		probe_say(r, PROBE_NO, "accepted, and it stopped elsewhere");
}

void probe_watchpoint(struct probe_result *r)
{
	enum { ENABLE_0 = 1, WRITES_0 = 1 << 16, FOUR_BYTES_0 = 3 << 18 };
	struct ground g = { .word = 0 };
	pid_t pid = start(r, body_touch, &g);
	long word;

	if (pid < 0 ||
	    !debug_register(r, pid, 0, (uint64_t)(uintptr_t)&g.word) ||
	    !debug_register(r, pid, 7, ENABLE_0 | WRITES_0 | FOUR_BYTES_0) ||
	    !go_to(r, pid, PTRACE_CONT, SIGTRAP))
		return;
	word = ptrace(PTRACE_PEEKDATA, pid, &g.word, 0);
	if ((int)word == 1)
		probe_say(r, PROBE_YES, "one was hit");
	else
		probe_say(r, PROBE_NO, "accepted, and it stopped elsewhere");
}

/* Moves the tracee's word by process_vm_readv or its sister. */
static void probe_vm(struct probe_result *r, bool write)
{
	struct ground g = { .word = 4711 };
	int word = 4712;
	struct iovec here = { &word, sizeof(word) };
	struct iovec there = { (void *)(uintptr_t)&g.word, sizeof(word) };
	pid_t pid = start(r, NULL, &g);
	ssize_t got;

	if (pid < 0)
		return;
	g.word = 0;
	got = write ? process_vm_writev(pid, &here, 1, &there, 1, 0)
	            : process_vm_readv(pid, &here, 1, &there, 1, 0);
	if (got < 0) {
		probe_refused(r, "refused");
		return;
	}
	if (write)
		word = (int)ptrace(PTRACE_PEEKDATA, pid, &g.word, 0) - 1;
	if (got == sizeof(word) && word == 4711)
		probe_say(r, PROBE_YES, write ? "a word was written"
		                              : "a word was read");
	else
		probe_say(r, PROBE_NO, "accepted, and without effect");
}

void probe_vm_readv(struct probe_result *r)
{
	probe_vm(r, false);
}

void probe_vm_writev(struct probe_result *r)
{
	probe_vm(r, true);
}

static int write_by_file(pid_t pid, const void *there)
{
	char path[64];
	unsigned char byte = 1;
	ssize_t got;
	int errnum, fd;

	snprintf(path, sizeof(path), "/proc/%d/mem", (int)pid);
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return errno;
	got = pwrite(fd, &byte, 1, (off_t)(uintptr_t)there);
	errnum = got == 1 ? 0 : errno;
	close(fd);
	return errnum;
}

void probe_forced_write(struct probe_result *r)
{
	struct ground g = { .word = 0 };
	bool by_file, by_poke;
	pid_t pid;

	g.page = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1,
	              0);
	if (g.page == MAP_FAILED) {
		probe_refused(r, "mmap");
		return;
	}
	pid = start(r, NULL, &g);
	if (pid < 0)
		return;
	by_file = !write_by_file(pid, g.page) &&
	          (ptrace(PTRACE_PEEKDATA, pid, g.page, 0) & 0xff) == 1;
	by_poke = ptrace(PTRACE_POKEDATA, pid, g.page, 2) == 0 &&
	          ptrace(PTRACE_PEEKDATA, pid, g.page, 0) == 2;
	if (by_file && by_poke) {
		probe_say(r, PROBE_YES, "/proc/PID/mem and PTRACE_POKEDATA "
		          "write to read-only pages");
		return;
	}
	if (!by_file && !by_poke) {
		probe_say(r, PROBE_NO, "read-only pages can't be written to");
		return;
	}
	probe_say(r, PROBE_PARTLY, "only %s writes to read-only pages",
	          by_file ? "/proc/PID/mem" : "PTRACE_POKEDATA");
	probe_without(r, "scdb writes there that way");
}
