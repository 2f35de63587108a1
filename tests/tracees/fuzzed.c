/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: static */
/*
 * For random commands (tests/unit/test_fuzz_commands.c): a program that can do
 * no harm, whatever a debugger makes of its calls.  A filter of its own lets a
 * few calls through, and it dies with its parent.
 *
 * usage: fuzzed [open|signal|sleep]: opens a file that is not there, sends
 * itself SIGUSR1 (which is ignored), or makes calls for two seconds.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define FIELD(name) \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, name))
#define ALLOW(number) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1), \
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define REFUSE \
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

static void confine(void)
{
	static const struct sock_filter code[] = {
		FIELD(arch),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
		REFUSE,
		FIELD(nr),
		ALLOW(SYS_getpid), ALLOW(SYS_getppid), ALLOW(SYS_gettid),
		ALLOW(SYS_close), ALLOW(SYS_lseek),
		ALLOW(SYS_clock_nanosleep), ALLOW(SYS_nanosleep),
		ALLOW(SYS_restart_syscall), ALLOW(SYS_rt_sigreturn),
		ALLOW(SYS_rt_sigprocmask), ALLOW(SYS_exit),
		ALLOW(SYS_exit_group),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 4),
		FIELD(args[2]),
		ALLOW(SIGUSR1),
		REFUSE,
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 3),
		FIELD(args[2]),
		ALLOW(O_RDONLY),
		REFUSE,
	};
	struct sock_fprog program = {
		.len = sizeof(code) / sizeof(code[0]),
		.filter = (struct sock_filter *)code,
	};

	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		_exit(1);
}

int main(int argc, char **argv)
{
	static const struct timespec moment = { .tv_nsec = 10000000 };
	const char *what = argc > 1 ? argv[1] : "open";

	signal(SIGUSR1, SIG_IGN);
	confine();
	if (strcmp(what, "signal") == 0)
		syscall(SYS_tgkill, getpid(), getpid(), SIGUSR1);
	else if (strcmp(what, "sleep") == 0)
		for (int i = 0; i < 200; i++)
			nanosleep(&moment, NULL);
	else
		openat(AT_FDCWD, "no-such-file", O_RDONLY);
	return 0;
}
