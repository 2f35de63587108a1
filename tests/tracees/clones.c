/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * clones
 *
 * Children that are neither plain forks nor threads: sharing memory but not
 * the thread group, a parent's choice of exit signal (or none, which only
 * __WALL sees), CLONE_PARENT, CLONE_VFORK, CLONE_UNTRACED, clone3, and bad
 * arguments. A line each.
 */
#include "tracee.h"

#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>

#define STACK 65536

static volatile int shared;
static char *stack;

static int child(void *arg)
{
	shared = (int)(intptr_t)arg;
	syscall(SYS_getppid);
	syscall(SYS_exit, 10 + (intptr_t)arg);
	return 0;
}

static void try_clone(const char *name, int flags, int wait_flags)
{
	int status = -1;
	pid_t pid, got;

	shared = 0;
	pid = clone(child, stack + STACK, flags, (void *)3);
	if (pid < 0) {
		SAY("%s: %s\n", name, strerrorname_np(errno));
		return;
	}
	got = waitpid(pid, &status, wait_flags);
	SAY("%s: reaped %d status %#x memory %s\n", name, got == pid,
	    (unsigned int)status, shared ? "shared" : "own");
}

static void try_clone3(const char *name, uint64_t flags, uint64_t sig,
		       size_t size)
{
	struct clone_args a = { .flags = flags, .exit_signal = sig };
	int status = -1;
	long pid = syscall(SYS_clone3, &a, size);

	if (pid == 0)
		_exit(21);
	if (pid < 0) {
		SAY("%s: %s\n", name, strerrorname_np(errno));
		return;
	}
	MUST(waitpid((pid_t)pid, &status, __WALL) == pid);
	SAY("%s: status %#x\n", name, (unsigned int)status);
}

/* The child's child becomes this process's child. */
static void try_clone_parent(void)
{
	int status, n = 0, sum = 0;
	pid_t pid = fork();

	MUST(pid >= 0);
	if (pid == 0) {
		stack = malloc(STACK);
		_exit(clone(child, stack + STACK, CLONE_PARENT | SIGCHLD,
			    (void *)4) > 0 ? 5 : 6);
	}
	while (waitpid(-1, &status, 0) > 0) {
		n++;
		sum += WEXITSTATUS(status);
	}
	SAY("CLONE_PARENT: %d children, sum %d\n", n, sum);
}

int main(void)
{
	stack = malloc(STACK);
	MUST(stack != NULL);
	try_clone("plain", SIGCHLD, 0);
	try_clone("CLONE_VM", CLONE_VM | SIGCHLD, 0);
	try_clone("CLONE_VM, no signal", CLONE_VM, __WALL);
	try_clone("no signal, plain wait", 0, 0);
	try_clone("other signal", SIGURG, __WCLONE);
	while (waitpid(-1, NULL, __WALL) > 0)
		;
	try_clone("CLONE_VFORK", CLONE_VFORK | CLONE_VM | SIGCHLD, 0);
	try_clone("CLONE_UNTRACED", CLONE_UNTRACED | SIGCHLD, 0);
	try_clone("CLONE_FILES | CLONE_FS", CLONE_FILES | CLONE_FS | SIGCHLD,
		  0);
	try_clone("CLONE_SIGHAND alone", CLONE_SIGHAND | SIGCHLD, 0);
	try_clone("CLONE_THREAD alone", CLONE_THREAD, 0);
	try_clone3("clone3", 0, SIGCHLD, sizeof(struct clone_args));
	try_clone3("clone3 CLONE_VFORK", CLONE_VFORK, SIGCHLD,
		   sizeof(struct clone_args));
	try_clone3("clone3 CLONE_CLEAR_SIGHAND", CLONE_CLEAR_SIGHAND, SIGCHLD,
		   sizeof(struct clone_args));
	try_clone3("clone3 old size", 0, SIGCHLD, 64);
	try_clone3("clone3 bad size", 0, SIGCHLD, 8);
	try_clone3("clone3 bad flags", 1ULL << 60, SIGCHLD,
		   sizeof(struct clone_args));
	try_clone_parent();
	return 0;
}
