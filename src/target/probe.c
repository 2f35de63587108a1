/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of probes, and how each is run. */
#include "target/probe.h"

#include "target/procfs.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* For one probe; what it left running is killed then. */
enum { LIMIT_MS = 2000 };

static const struct probe probes[] = {
	{ "kernel", probe_kernel, .without = "" },
	{ "/proc", probe_proc, .needed = true,
	  .without = "processes of other users can't be listed" },
	{ "ptrace", probe_ptrace, .needed = true,
	  .without = "scdb can neither launch nor attach" },
	{ "Yama's ptrace_scope", probe_yama, .without = "" },
	{ "rights over others", probe_rights, .without = "" },
	{ "PTRACE_GET_SYSCALL_INFO", probe_get_syscall_info, .needed = true,
	  .traces = true, .without = "scdb can't tell one call from another" },
	{ "PTRACE_SET_SYSCALL_INFO", probe_set_syscall_info, .traces = true,
	  .without = "scdb changes calls by their registers" },
	{ "PTRACE_SYSEMU", probe_sysemu, .traces = true,
	  .without = "scdb skips calls by giving them the number -1" },
	{ "user dispatch by ptrace", probe_dispatch_config, .traces = true,
	  .without = "scdb does without it" },
	{ "seccomp filters", probe_seccomp,
	  .without = "scdb does without them: each call stops" },
	{ "seccomp RET_TRACE", probe_ret_trace, .traces = true,
	  .without = "scdb does without it: each call stops" },
	{ "seccomp notification", probe_notify,
	  .without = "scdb does without it" },
	{ "block step", probe_singleblock, .traces = true,
	  .without = "`blockstep` finds the branches itself" },
	{ "hardware breakpoints", probe_breakpoint, .traces = true,
	  .without = "no breakpoint can be had where code can't be changed" },
	{ "hardware watchpoints", probe_watchpoint, .traces = true,
	  .without = "a change of memory can't be waited for at full speed" },
	{ "process_vm_readv", probe_vm_readv, .traces = true,
	  .without = "scdb reads by /proc/PID/mem or PTRACE_PEEKDATA, slower" },
	{ "process_vm_writev", probe_vm_writev, .traces = true,
	  .without = "scdb writes by /proc/PID/mem or PTRACE_POKEDATA, "
	             "slower" },
	{ "forced writes", probe_forced_write, .traces = true,
	  .without = "read-only memory can't be changed" },
	{ "PAGEMAP_SCAN", probe_pagemap_scan,
	  .without = "scdb does without it" },
	{ "soft-dirty bits", probe_soft_dirty,
	  .without = "snapshots tell what changed by page hashes" },
	{ "userfaultfd", probe_userfaultfd,
	  .without = "it is a matter of programs, not of scdb" },
	{ "vsyscall page", probe_vsyscall,
	  .without = "no calls are missed there" },
	{ "32-bit calls", probe_int80,
	  .without = "neither can programs make them" },
	{ "x32 calls", probe_x32,
	  .without = "neither can programs make them" },
	{ "shadow stacks", probe_shadow_stack,
	  .without = "programs run without them" },
	{ "processors", probe_processors, .without = "" },
	{ "core files", probe_core, .without = "" },
};

void probe_say(struct probe_result *r, enum probe_answer answer,
               const char *fmt, ...)
{
	va_list args;

	r->answer = answer;
	va_start(args, fmt);
	vsnprintf(r->text, sizeof(r->text), fmt, args);
	va_end(args);
}

void probe_without(struct probe_result *r, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(r->without, sizeof(r->without), fmt, args);
	va_end(args);
}

void probe_refused(struct probe_result *r, const char *what)
{
	probe_say(r, PROBE_NO, "%s: %s", what, strerror(errno));
}

static pid_t fork_bound(void)
{
	pid_t parent = getpid();
	pid_t pid = fork();
	sigset_t mask;

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	sigemptyset(&mask);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	for (int i = 1; i < NSIG; i++)
		if (i != SIGKILL && i != SIGSTOP)
			signal(i, SIG_DFL);
	return 0;
}

pid_t probe_fork(void)
{
	/* 1: also no program that core_pattern names is run (core(5)). */
	static const struct rlimit none = { 1, 1 };
	pid_t pid = fork_bound();

	if (!pid)
		setrlimit(RLIMIT_CORE, &none);
	return pid;
}

static pid_t wait_for(pid_t pid, int *status)
{
	pid_t got;

	do {
		got = waitpid(pid, status, __WALL);
	} while (got < 0 && errno == EINTR);
	return got;
}

int probe_wait(pid_t pid)
{
	int status;

	return wait_for(pid, &status) == pid && WIFEXITED(status)
	       ? WEXITSTATUS(status) : -1;
}

int probe_in_child(int (*body)(void), int *signum)
{
	int status;
	pid_t pid = probe_fork();

	*signum = 0;
	if (!pid)
		_exit(body());
	if (pid < 0 || wait_for(pid, &status) != pid)
		return -1;
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	*signum = WTERMSIG(status);
	return -1;
}

int probe_filter(long nr, unsigned action)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		         offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)nr, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { ARRAY_LEN(code), code };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
		return errno;
	return 0;
}

int probe_trace_child(void)
{
	pid_t pid = probe_fork();
	int errnum = 0;

	if (pid < 0)
		return errno;
	if (!pid) {
		for (;;)
			pause();
	}
	if (ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_EXITKILL) != 0)
		errnum = errno;
	kill(pid, SIGKILL);
	wait_for(pid, NULL);
	return errnum;
}

static void take_end(struct probe_result *r, int status)
{
	if (WIFSIGNALED(status))
		probe_say(r, PROBE_NO, "who tried it was killed by SIG%s",
		          sigabbrev_np(WTERMSIG(status))
		          ? sigabbrev_np(WTERMSIG(status)) : "?");
}

static bool is_late(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - start->tv_sec) * 1000 +
	       (now.tv_nsec - start->tv_nsec) / 1000000 > LIMIT_MS;
}

/*
 * Waits for the probe, at most for its time.  It is not reaped before all of
 * its group is killed, so that the group's number is no other's.
 */
static void await_probe(pid_t pid, struct probe_result *shared)
{
	static const struct timespec moment = { .tv_nsec = 200000 };
	struct timespec start;
	siginfo_t info = { 0 };
	bool late = false;
	int status = 0;

	clock_gettime(CLOCK_MONOTONIC, &start);
	while (!late && waitid(P_PID, (id_t)pid, &info,
	                       WEXITED | WNOHANG | WNOWAIT) == 0 &&
	       !info.si_pid) {
		nanosleep(&moment, NULL);
		late = is_late(&start);
	}
	kill(-pid, SIGKILL);
	wait_for(pid, &status);
	if (late)
		probe_say(shared, PROBE_NO, "no end within %d s",
		          LIMIT_MS / 1000);
	else
		take_end(shared, status);
}

/* One more process, which gets what is orphaned by the probe, to reap it. */
static NORETURN void keeper(const struct probe *probe,
                            struct probe_result *shared)
{
	pid_t pid;

	prctl(PR_SET_CHILD_SUBREAPER, 1);
	pid = probe_fork();
	if (!pid) {
		setpgid(0, 0);
		probe->run(shared);
		_exit(0);
	}
	if (pid < 0) {
		probe_refused(shared, "fork");
		_exit(0);
	}
	setpgid(pid, pid);
	await_probe(pid, shared);
	while (wait_for(-1, NULL) > 0)
		;
	_exit(0);
}

void probe_run(const struct probe *probe, struct probe_result *result)
{
	struct probe_result *shared;
	pid_t pid;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
	              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	*result = (struct probe_result){ .answer = PROBE_NO };
	if (shared == MAP_FAILED) {
		probe_refused(result, "mmap");
		return;
	}
	*shared = *result;
	pid = fork_bound();
	if (!pid)
		keeper(probe, shared);
	if (pid < 0)
		probe_refused(shared, "fork");
	else
		wait_for(pid, NULL);
	*result = *shared;
	munmap(shared, sizeof(*shared));
}

void probe_block_step(struct probe_result *result)
{
	static const struct probe probe = {
		.name = "block step", .run = probe_singleblock,
	};

	probe_run(&probe, result);
}

void probe_dirty_bits(struct probe_result *result)
{
	static const struct probe probe = {
		.name = "soft-dirty bits", .run = probe_soft_dirty,
		.without = "",
	};

	probe_run(&probe, result);
}

static bool is_filtered(void)
{
	struct proc_status status;
	struct error *err = proc_status(getpid(), &status);

	error_destroy(err);
	return !err && status.seccomp;
}

/* The parts of an answer that the probe itself does not know. */
static void complete(const struct probe *probe, struct probe_result *r)
{
	if (r->without[0] || r->answer == PROBE_YES ||
	    r->answer == PROBE_FACT || r->answer == PROBE_UNTRIED)
		return;
	if (probe->run == probe_ptrace && is_filtered())
		probe_without(r, "a seccomp filter around scdb refuses it (a "
		              "container's?): %s", probe->without);
	else
		probe_without(r, "%s", probe->without);
}

void probe_all(void (*tell)(void *ctx, const struct probe *probe,
                            const struct probe_result *result), void *ctx)
{
	bool can_trace = true;

	for (size_t i = 0; i < ARRAY_LEN(probes); i++) {
		const struct probe *probe = &probes[i];
		struct probe_result r = { .answer = PROBE_UNTRIED };

		if (probe->traces && !can_trace)
			probe_say(&r, PROBE_UNTRIED,
			          "not tried, for ptrace is refused");
		else
			probe_run(probe, &r);
		if (probe->run == probe_ptrace)
			can_trace = r.answer != PROBE_NO;
		complete(probe, &r);
		tell(ctx, probe, &r);
	}
}
