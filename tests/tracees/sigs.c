/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * sigs
 *
 * What signals bring with them must arrive as the kernel made it: codes and
 * values (a debugger that passes a signal on by number alone loses them),
 * order of queued ones, fault addresses, the stack they run on, and what is
 * ignored or blocked stays so. One line each.
 */
#include "tracee.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>

static volatile sig_atomic_t count;
static siginfo_t last;
static volatile bool on_alternate;
static int order[8];
static char *alternate, *wall;
static sigjmp_buf back;

static void note(int sig, siginfo_t *info, void *context)
{
	char here;

	(void)sig;
	(void)context;
	last = *info;
	if (count < 8)
		order[count] = info->si_value.sival_int;
	count++;
	on_alternate = alternate && &here >= alternate &&
		       &here < alternate + 65536;
}

static void handle(int sig, int flags)
{
	struct sigaction a = { .sa_sigaction = note,
			       .sa_flags = SA_SIGINFO | flags };

	sigaction(sig, &a, NULL);
	count = 0;
	memset(&last, 0, sizeof(last));
}

static void block(int how, int sig)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	sigprocmask(how, &set, NULL);
}

static void queued_values(void)
{
	union sigval v = { .sival_int = 4711 };

	handle(SIGUSR1, 0);
	MUST(sigqueue(getpid(), SIGUSR1, v) == 0);
	SAY("sigqueue: code %d value %d own pid %d uid %d\n", last.si_code,
	    last.si_value.sival_int, last.si_pid == getpid(),
	    last.si_uid == getuid());
	handle(SIGUSR1, 0);
	kill(getpid(), SIGUSR1);
	SAY("kill: code %d own pid %d\n", last.si_code,
	    last.si_pid == getpid());
	handle(SIGUSR1, 0);
	syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), SIGUSR1);
	SAY("tgkill: code %d own pid %d\n", last.si_code,
	    last.si_pid == getpid());
}

static void real_time_order(void)
{
	int i;

	handle(SIGRTMIN + 1, 0);
	block(SIG_BLOCK, SIGRTMIN + 1);
	for (i = 0; i < 5; i++)
		sigqueue(getpid(), SIGRTMIN + 1, (union sigval){ i * 11 });
	block(SIG_UNBLOCK, SIGRTMIN + 1);
	SAY("queue: %d of 5, %d %d %d %d %d\n", (int)count, order[0],
	    order[1], order[2], order[3], order[4]);
}

static void ignored_and_blocked(void)
{
	sigset_t pending;

	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	kill(getpid(), SIGINT);
	kill(getpid(), SIGTERM);
	SAY("ignored: lives\n");
	handle(SIGTERM, 0);
	block(SIG_BLOCK, SIGTERM);
	kill(getpid(), SIGTERM);
	kill(getpid(), SIGTERM);
	sigpending(&pending);
	SAY("blocked: pending %d handled %d\n",
	    sigismember(&pending, SIGTERM), (int)count);
	block(SIG_UNBLOCK, SIGTERM);
	SAY("unblocked: handled %d\n", (int)count);
	signal(SIGTERM, SIG_DFL);
	signal(SIGINT, SIG_DFL);
}

static void timer(void)
{
	struct itimerval t = { .it_value = { 0, 20000 } };

	handle(SIGALRM, 0);
	setitimer(ITIMER_REAL, &t, NULL);
	while (count == 0)
		pause();
	SAY("itimer: code %d handled %d\n", last.si_code, (int)count);
}

static void fault(int sig, siginfo_t *info, void *context)
{
	note(sig, info, context);
	siglongjmp(back, 1);
}

static void faults(void)
{
	struct sigaction a = { .sa_sigaction = fault, .sa_flags = SA_SIGINFO };
	volatile int zero = 0;
	volatile int result = 1;

	sigaction(SIGSEGV, &a, NULL);
	sigaction(SIGFPE, &a, NULL);
	sigaction(SIGILL, &a, NULL);
	sigaction(SIGTRAP, &a, NULL);
	wall = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	count = 0;
	if (sigsetjmp(back, 1) == 0)
		*(volatile char *)(wall + 100) = 1;
	SAY("protected page: code %d offset %ld\n", last.si_code,
	    (long)((char *)last.si_addr - wall));
	if (sigsetjmp(back, 1) == 0)
		*(volatile char *)(uintptr_t)16 = 1;
	SAY("no page: code %d address %ld\n", last.si_code,
	    (long)last.si_addr);
	if (sigsetjmp(back, 1) == 0)
		result = result / zero;
	SAY("division: code %d\n", last.si_code);
	if (sigsetjmp(back, 1) == 0)
		__asm__ volatile("ud2");
	SAY("ud2: code %d\n", last.si_code);
	if (sigsetjmp(back, 1) == 0)
		__asm__ volatile("int3");
	SAY("own int3: code %d\n", last.si_code);
	SAY("faults %d\n", (int)count);
}

static void other_stack(void)
{
	stack_t s = { .ss_size = 65536 };

	alternate = malloc(s.ss_size);
	s.ss_sp = alternate;
	MUST(sigaltstack(&s, NULL) == 0);
	handle(SIGUSR2, SA_ONSTACK);
	raise(SIGUSR2);
	SAY("sigaltstack: %s\n", on_alternate ? "used" : "not used");
}

static void child_signals(void)
{
	pid_t pid;
	int status;

	handle(SIGCHLD, SA_RESTART);
	block(SIG_BLOCK, SIGCHLD);
	pid = fork();
	MUST(pid >= 0);
	if (pid == 0)
		_exit(17);
	MUST(waitid(P_PID, (id_t)pid, &last, WEXITED | WNOWAIT) == 0);
	block(SIG_UNBLOCK, SIGCHLD);
	MUST(waitpid(pid, &status, 0) == pid);
	SAY("SIGCHLD: handled %d code %d status %d its pid %d\n", (int)count,
	    last.si_code, last.si_status, last.si_pid == pid);
}

static void one_shot(void)
{
	struct sigaction a;

	handle(SIGUSR1, (int)SA_RESETHAND | SA_NODEFER);
	raise(SIGUSR1);
	sigaction(SIGUSR1, NULL, &a);
	SAY("one shot: handled %d, then default %d\n", (int)count,
	    a.sa_handler == SIG_DFL);
}

int main(void)
{
	queued_values();
	real_time_order();
	ignored_and_blocked();
	timer();
	faults();
	other_stack();
	child_signals();
	one_shot();
	return 0;
}
