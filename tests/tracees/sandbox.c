/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * sandbox MODE
 *
 * Programs for which a call that a debugger makes in them is not harmless:
 * each says "ready", waits for a line of stdin and makes some calls.
 *
 *   strict    seccomp's strict mode: all but read, write and exit kill
 *   filter    filters that answer getppid by EPERM and gettid by ENOANO,
 *             and let the rest through
 *   kill      a filter that kills for mmap and munmap
 *   trap      a filter that sends SIGSYS for getppid, handled
 *   dispatch  system call user dispatch: getppid gives SIGSYS (64-bit kernel)
 */
#include "tracee.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>

static volatile sig_atomic_t trapped;
static volatile char selector;

static void put(const char *text)
{
	if (write(1, text, strlen(text)) < 0)
		_exit(98);
}

static void ready(void)
{
	char c;

	put("ready\n");
	while (read(0, &c, 1) == 1 && c != '\n')
		;
}

/* One row: call `nr` is answered by `action`. */
static void filter(long nr, unsigned int action)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned int)nr, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { 4, code };

	MUST(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	MUST(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

static void on_sigsys(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	selector = 0;
	trapped += info->si_syscall == SYS_getppid;
}

static void handle_sigsys(void)
{
	struct sigaction a = { .sa_sigaction = on_sigsys,
			       .sa_flags = SA_SIGINFO };

	sigaction(SIGSYS, &a, NULL);
}

static void say_call(const char *name, long r)
{
	if (r == -1)
		SAY("%s: %s\n", name, strerrorname_np(errno));
	else
		SAY("%s: ok\n", name);
}

static void strict(void)
{
	MUST(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) == 0);
	ready();
	put("still here\n");
	syscall(SYS_exit, 0L);
}

static void with_trap(void)
{
	long r = syscall(SYS_getppid);

	(void)r;
	SAY("trapped %d\n", (int)trapped);
}

static void dispatch(void)
{
	handle_sigsys();
	/* 59 is PR_SET_SYSCALL_USER_DISPATCH, 1 turns it on. */
	if (prctl(59, 1, 0, 0, &selector) != 0) {
		ready();
		SAY("dispatch: %s\n", strerrorname_np(errno));
		return;
	}
	ready();
	selector = 1;
	with_trap();
}

int main(int argc, char **argv)
{
	const char *mode = arg_word(argc, argv, 1);

	if (strcmp(mode, "strict") == 0) {
		strict();
	} else if (strcmp(mode, "filter") == 0) {
		filter(SYS_getppid, SECCOMP_RET_ERRNO | EPERM);
		filter(SYS_gettid, SECCOMP_RET_ERRNO | ENOANO);
		ready();
		say_call("getppid", syscall(SYS_getppid));
		say_call("gettid", syscall(SYS_gettid));
		say_call("getpid", syscall(SYS_getpid));
	} else if (strcmp(mode, "kill") == 0) {
		SAY("mmap kills\n");
#ifdef __i386__
		filter(SYS_mmap2, SECCOMP_RET_KILL_PROCESS);
#else
		filter(SYS_mmap, SECCOMP_RET_KILL_PROCESS);
#endif
		ready();
		say_call("getppid", syscall(SYS_getppid));
	} else if (strcmp(mode, "trap") == 0) {
		handle_sigsys();
		filter(SYS_getppid, SECCOMP_RET_TRAP);
		ready();
		with_trap();
	} else if (strcmp(mode, "dispatch") == 0) {
		dispatch();
	} else {
		fprintf(stderr, "usage: sandbox MODE\n");
		return 2;
	}
	return 0;
}
