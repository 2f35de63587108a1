/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 */
/*
 * morecalls DIR
 *
 * Calls on processes, signals, time, sockets and all else; manycalls.h says
 * what they are for.
 */
#include "manycalls.h"

#include <fcntl.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>

/* Of the kernel: its signal sets have 64 bits. */
struct kernel_sigaction {
	void *handler;
	unsigned long flags;
	void *restorer;
	uint64_t mask;
};

struct ts { long sec, nsec; };

static void names(void)
{
	S(getpid), S(gettid), S(getppid), S(getpgid, 0), S(getpgid, -1);
	S(getsid, -5);
	S(setpgid, -1, 7);
	S(getuid), S(geteuid), S(getgid), S(getegid);
	S(getresuid, data, data + 4, data + 8);
	S(getresgid, data, BAD, NULL);
	S(setuid, -1), S(setgid, -1);
	S(setreuid, -1, -1), S(setregid, -1, -1);
	S(setresuid, -1, -1, -1), S(setresgid, -1, -1, -1);
	S(setfsuid, -1), S(setfsgid, -1);
	S(getgroups, 0, NULL);
	S(getgroups, -1, data);
	S(setgroups, 0x10000000, BAD);
	S(uname, data + 4096);
	S(uname, BAD);
	S(sethostname, "x", -1);
	S(setdomainname, BAD, 70000);
	S(personality, 0xffffffff);
	S(capget, BAD, NULL);
	S(capset, BAD, NULL);
	memcpy(data, "\x22\x05\x08\x20\0\0\0\0", 8);
	S(capget, data, NULL);
	data[0] = 3;
	S(capset, data, BAD);
	S(syslog, -1, NULL, 0);
	S(getcpu, data, NULL, NULL);
	S(getcpu, BAD, BAD, NULL);
}

static int child(void)
{
	siginfo_t *info = (void *)(data + 1024);
	int pid = (int)S(clone, SIGCHLD, 0L, 0L, 0L, 0L);

	if (!pid)
		_exit(7);
	S(waitid, P_PID, pid, info, WEXITED | WNOWAIT, NULL);
	S(wait4, pid, data, 0, NULL);
	return pid;
}

static void processes(void)
{
	static char *const argv[] = { "a", "b\1", NULL };
	struct { uint64_t flags, rest[10]; } cl = { 0x10000 };
	const void *many[40];

	for (int i = 0; i < 39; i++)
		many[i] = text + i;
	many[39] = BAD;
	child();
	S(wait4, -1, data, WNOHANG | __WALL, data + 4096);
	S(wait4, -1, NULL, 0x80000010, NULL);
	S(waitid, P_ALL, 0, data, 0, NULL);
	S(waitid, 77, 0, data, WEXITED | WNOHANG, BAD);
	S(clone, 0x10000 | 0x1000000 | SIGUSR1, NULL, BAD, BAD, BAD);
	S(clone3, &cl, 88L);
	S(clone3, &cl, 3L);
	S(clone3, BAD, 64L);
	S(execve, "none", argv, NULL);
	S(execve, "none", many, argv);
	S(execve, NULL, BAD, BAD);
	S(execveat, -1, "", argv, argv + 2, 0x1000 | 1);
	S(kill, getpid(), 0);
	S(kill, -0x3fffffff, 64);
	S(tkill, 1 << 30, SIGRTMIN);
	S(tgkill, -1, -1, 99);
	S(unshare, 0x10000000 | 7);
	S(setns, -1, 0x20000);
	S(kcmp, getpid(), getpid(), 0, 1L, 1L);
	S(kcmp, -1, -1, 99, 1L, 1L);
	S(pidfd_open, getpid(), 0);					/* 3 */
	S(pidfd_send_signal, 3, 0, NULL, 0);
	S(pidfd_getfd, 3, 77, 0);
	S(pidfd_open, -1, 0x900);
	S(ptrace, 99L, 1, 2L, 3L);
	S(ptrace, 0x4206L, -1, 0L, 0x3fL);
	S(set_tid_address, data);
	S(get_robust_list, 0, data, data + 8);
	S(get_robust_list, -1, BAD, NULL);
	S(seccomp, 77, 3, BAD);
	S(seccomp, 0, 1, NULL);
	S(bpf, 99, BAD, 7);
	S(restart_syscall);
	S(sched_yield);
}

static void scheduled(void)
{
	struct { uint32_t size, policy; uint64_t flags; int32_t nice;
		uint32_t priority; uint64_t times[3]; } attr = { 48, 77, 0x81 };
	int priority = 7;
	struct rlimit r;

	S(sched_getscheduler, 0);
	S(sched_setscheduler, -1, SCHED_FIFO | SCHED_RESET_ON_FORK, &priority);
	S(sched_setscheduler, -1, 99, BAD);
	S(sched_getparam, 0, data);
	S(sched_setparam, -1, &priority);
	S(sched_get_priority_max, SCHED_RR);
	S(sched_get_priority_min, 88);
	S(sched_rr_get_interval, -1, data);
	S(sched_getattr, 0, data, 48, 0);
	S(sched_getattr, 0, BAD, 4, 1);
	S(sched_setattr, 0, &attr, 0);
	S(sched_getaffinity, 0, 3L, data);
	S(sched_getaffinity, -1, 128L, data);
	S(sched_setaffinity, -1, 8L, "\5\0\0\0\0\0\0\1");
	S(sched_setaffinity, -1, 1L << 30, BAD);
	S(getpriority, PRIO_PROCESS, 0);
	S(setpriority, PRIO_USER, -1, 5);
	S(setpriority, 7, 0, -20);
	S(ioprio_get, 1, 0);
	S(ioprio_set, 2, -1, 0x4003);
	S(getrlimit, RLIMIT_NOFILE, &r);
	S(setrlimit, RLIMIT_NOFILE, &r);
	S(setrlimit, 99, &r);
	S(prlimit64, 0, RLIMIT_CORE, NULL, data);
	r.rlim_cur = RLIM_INFINITY, r.rlim_max = 5 * 1024;
	S(setrlimit, RLIMIT_STACK, &r);
	S(prlimit64, -1, RLIMIT_AS, &r, BAD);
	S(getrusage, RUSAGE_SELF, data + 4096);
	S(getrusage, 99, NULL);
	S(times, data + 4096);
	S(times, NULL);
	S(sysinfo, data + 4096);
	S(sysinfo, NULL);
}

static void signals(void)
{
	struct kernel_sigaction act = { (void *)SIG_IGN, 0x14000000, NULL,
					1ULL << 9 };
	struct { void *sp; int flags; size_t size; } stack = {
		data, 0, 65536,
	};
	uint64_t set = 1ULL << 11 | 1ULL << 33, all = ~0ULL;
	struct ts ts = { 0, 7 };

	S(rt_sigaction, SIGUSR1, &act, NULL, 8L);
	S(rt_sigaction, SIGUSR1, NULL, data, 8L);
	act.handler = BAD, act.flags = 0x8400ff0f;
	S(rt_sigaction, SIGUSR2, &act, data, 8L);
	S(rt_sigaction, SIGKILL, &act, NULL, 8L);
	S(rt_sigaction, 64, BAD, BAD, 8L);
	S(rt_sigaction, 77, NULL, NULL, 4L);
	S(rt_sigprocmask, SIG_BLOCK, &set, data, 8L);
	S(rt_sigprocmask, SIG_SETMASK, &all, NULL, 8L);
	S(rt_sigprocmask, SIG_UNBLOCK, &all, data, 8L);
	S(rt_sigprocmask, 9, &set, NULL, 8L);
	S(rt_sigprocmask, SIG_BLOCK, NULL, BAD, 3L);
	S(rt_sigprocmask, SIG_BLOCK, &set, NULL, 8L);
	S(tgkill, getpid(), getpid(), SIGUSR2);
	S(rt_sigpending, data, 8L);
	S(rt_sigtimedwait, &set, data, &ts, 8L);
	set = ~(1ULL << 40);
	S(rt_sigtimedwait, &set, NULL, &ts, 8L);
	S(rt_sigtimedwait, BAD, NULL, NULL, 8L);
	S(rt_sigqueueinfo, -1, SIGTERM, BAD);
	memset(data, 0, 128);
	data[0] = 10, data[8] = -1, data[9] = data[10] = data[11] = -1;
	data[12] = 5, data[20] = 'x';
	S(rt_sigqueueinfo, -1, SIGUSR1, data);
	S(rt_tgsigqueueinfo, -1, -1, SIGUSR1, data);
	S(rt_sigsuspend, &set, 3L);
	S(sigaltstack, &stack, NULL);
	S(sigaltstack, NULL, data);
	stack.flags = 0x80000003;
	S(sigaltstack, &stack, BAD);
	S(signalfd, -1, &set, 8L);					/* 4 */
	S(signalfd4, 4, &all, 8L, 0x80800);
	S(signalfd4, -2, BAD, 3L, 1);
}

static void times_told(void)
{
	struct ts ts = { 0, 3 }, past = { 5, 7 }, wrong = { -1, 2000000000 };
	struct { struct ts interval, value; } its = { { 1, 2 }, { 100, 0 } };
	struct itimerval itv = { { 0, 5 }, { 1000, 7 } };
	struct { uint64_t value; int sig, notify; long more[14]; } sev = {
		0x1234, SIGUSR1, 1, { 0 },
	};
	struct ts both[2] = { { 5, 0x3fffffff }, { 5, 0x3ffffffe } };
	struct timeval pair[2] = { { 1000000000, 5 }, { 5, 7000000 } };

	S(time, NULL);
	S(gettimeofday, data, data + 16);
	S(gettimeofday, BAD, NULL);
	S(settimeofday, BAD, NULL);
	S(clock_gettime, CLOCK_MONOTONIC, data);
	S(clock_gettime, 77, data);
	S(clock_gettime, -6, data);
	S(clock_gettime, CLOCK_REALTIME, BAD);
	S(clock_getres, CLOCK_BOOTTIME, data);
	S(clock_settime, CLOCK_MONOTONIC, &past);
	S(nanosleep, &ts, data);
	S(nanosleep, &wrong, NULL);
	S(nanosleep, BAD, BAD);
	S(clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, &past, data);
	S(clock_nanosleep, CLOCK_REALTIME, 2, &wrong, NULL);
	S(alarm, 100), S(alarm, 0);
	S(getitimer, 1, data);
	S(setitimer, 1, &itv, data);
	S(setitimer, 0, NULL, NULL);
	S(setitimer, 7, BAD, NULL);
	S(timer_create, CLOCK_MONOTONIC, &sev, data);
	S(timer_settime, 0, 1, &its, data + 8);
	S(timer_settime, 0, 0x11, &wrong, NULL);
	S(timer_gettime, -1, data);
	S(timer_getoverrun, 0);
	S(timer_delete, 0);
	S(timer_delete, 0);
	S(timer_create, CLOCK_REALTIME, NULL, BAD);
	sev.notify = 77;
	S(timer_create, 88, &sev, NULL);
	S(timerfd_create, CLOCK_REALTIME, 0x80800);			/* 5 */
	S(timerfd_create, 99, 1);
	S(timerfd_settime, 5, 0, &its, data);
	S(timerfd_settime, 5, 7, BAD, NULL);
	S(timerfd_gettime, -1, data);
	S(adjtimex, BAD);
	S(clock_adjtime, CLOCK_REALTIME, NULL);
	S(utimensat, AT_FDCWD, "none", both, 0);
	S(utimensat, AT_FDCWD, "none", NULL, 0x1100);
	S(utimensat, -1, NULL, BAD, 1);
	S(utimes, "none", pair);
	S(utime, "none", pair);
	S(utime, "none", NULL);
	S(futimesat, AT_FDCWD, "none", pair);
}

static void sockets(void)
{
	struct sockaddr_in in = { AF_INET, htons(80), { htonl(0x7f000001) },
				  { 0 } };
	struct sockaddr_in6 in6 = { AF_INET6, htons(80), htonl(0x12345),
				    IN6ADDR_LOOPBACK_INIT, 3 };
	struct sockaddr_un un = { AF_UNIX, "sock\1" }, hidden = { AF_UNIX,
								  "\0ab" };
	struct sockaddr_nl nl = { AF_NETLINK, 0, 77, 5 };
	socklen_t len = sizeof(in6), small = 4, big = 1 << 30;
	int one = 1;
	struct linger linger = { 1, 3 };
	struct timeval tv = { 3, 5 };

	S(socket, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP);	/* 6 */
	S(socket, AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK, 0);		/* 7 */
	S(socket, AF_UNIX, SOCK_STREAM, 0);				/* 8 */
	S(socket, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);			/* 9 */
	S(socket, 99, 0x77, 300);
	S(socketpair, AF_UNIX, SOCK_DGRAM, 0, data + 1024);		/* 10 11 */
	S(socketpair, AF_UNIX, SOCK_SEQPACKET | 0x10, 5, BAD);
	S(bind, 6, &in, 3);
	S(bind, -1, &in, 16);
	S(bind, -1, &in6, 28);
	S(bind, 8, &un, (int)sizeof(un));
	S(bind, -1, &hidden, 5);
	S(bind, -1, &nl, 12);
	S(bind, -1, text, 20);
	S(bind, -1, BAD, 16);
	S(bind, -1, &un, -1);
	S(bind, -1, text, 1 << 30);
	S(listen, 8, 5);
	S(connect, -1, &un, 110);
	S(connect, 8, NULL, 0);
	S(accept4, -1, data, &len, 0x80801);
	S(accept4, 999, NULL, NULL, 0);
	S(getsockname, 8, data, &len);
	S(getsockname, 6, data, &small);
	S(getsockname, 6, data, &big);
	S(getsockname, 6, data, BAD);
	S(getpeername, 8, data, &len);
	S(sendto, 10, "hello", 5L, MSG_DONTWAIT | MSG_NOSIGNAL, NULL, 0);
	S(sendto, -1, text, 1L << 30, 0x8000000f, &in, 16);
	S(recvfrom, 11, data + 1024, 100L, MSG_PEEK, NULL, NULL);
	S(recvfrom, 11, data + 1024, 2L, MSG_TRUNC, data, &len);
	S(recvfrom, 11, data + 1024, 2L, MSG_DONTWAIT, data, &len);
	S(shutdown, 10, SHUT_WR);
	S(shutdown, -1, 9);
	S(setsockopt, 6, SOL_SOCKET, SO_REUSEADDR, &one, 4);
	S(setsockopt, 6, SOL_SOCKET, SO_LINGER, &linger, 8);
	S(setsockopt, 6, SOL_SOCKET, SO_RCVTIMEO, &tv, (int)sizeof(tv));
	S(setsockopt, 6, SOL_SOCKET, SO_BINDTODEVICE, "none", 5);
	S(setsockopt, 6, IPPROTO_TCP, 1, &one, 4);
	S(setsockopt, -1, IPPROTO_IPV6, 26, &one, 4);
	S(setsockopt, -1, 77, 88, text, 40);
	S(setsockopt, -1, SOL_SOCKET, 999, BAD, -1);
	len = 4;
	S(getsockopt, 6, SOL_SOCKET, SO_TYPE, data, &len);
	S(getsockopt, 6, SOL_SOCKET, SO_ERROR, data, &len);
	S(getsockopt, 6, IPPROTO_TCP, 1, data, &len);
	S(getsockopt, 6, SOL_SOCKET, SO_TYPE, data, BAD);
	len = 12;
	S(getsockopt, 8, SOL_SOCKET, SO_PEERCRED, data, &len);
}

static void messages(void)
{
	struct iovec v[2] = { { "hello", 5 }, { text, 40 } };
	struct iovec w[2] = { { data + 2048, 3 }, { data + 3000, 100 } };
	struct msghdr m = { .msg_iov = v, .msg_iovlen = 2 };
	struct mmsghdr mm[2] = {
		{ .msg_hdr = { .msg_iov = v, .msg_iovlen = 1 } },
		{ .msg_hdr = { .msg_iov = v + 1, .msg_iovlen = 1 } },
	};
	struct { long head; int level, type, fds[2]; } control = {
		CMSG_LEN(8), SOL_SOCKET, SCM_RIGHTS, { 5, 6 },
	};

	socketpair(AF_UNIX, SOCK_DGRAM, 0, (int *)(data + 1024)); /* 12 13 */
	S(sendmsg, 12, &m, 0);
	m.msg_control = &control, m.msg_controllen = sizeof(control);
	S(sendmsg, 12, &m, MSG_DONTWAIT);
	m.msg_iovlen = 1 << 30, m.msg_iov = at_end(v, sizeof(v));
	S(sendmsg, -1, &m, 0);
	S(sendmsg, 12, BAD, 0);
	m = (struct msghdr){ .msg_iov = w, .msg_iovlen = 2,
			     .msg_control = data + 4096,
			     .msg_controllen = 64 };
	S(recvmsg, 13, &m, 0);
	m.msg_controllen = 64;
	S(recvmsg, 13, &m, MSG_CMSG_CLOEXEC);
	S(recvmsg, 13, &m, MSG_DONTWAIT);
	S(recvmsg, -1, NULL, 0);
	S(sendmmsg, 12, mm, 2, 0);
	S(sendmmsg, -1, at_end(mm, sizeof(mm)), 1000000, 0);
	mm[0].msg_hdr.msg_iov = mm[1].msg_hdr.msg_iov = w;
	S(recvmmsg, 13, mm, 2, MSG_DONTWAIT, NULL);
	S(recvmmsg, -1, BAD, 5, 0x10000, NULL);
}

static void options(void)
{
	static const int none[] = { PR_GET_DUMPABLE, PR_GET_KEEPCAPS,
		PR_GET_TIMERSLACK, PR_GET_SECCOMP, PR_GET_SECUREBITS };

	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		S(prctl, none[i], 0L, 0L, 0L, 0L);
	S(prctl, PR_SET_NAME, "scdb\33name-is-too-long");
	S(prctl, PR_GET_NAME, data);
	S(prctl, PR_SET_NAME, BAD);
	S(prctl, PR_SET_PDEATHSIG, 15L);
	S(prctl, PR_SET_PDEATHSIG, 0L);
	S(prctl, PR_GET_PDEATHSIG, data);
	S(prctl, PR_SET_DUMPABLE, 7L);
	S(prctl, PR_CAPBSET_READ, 21L);
	S(prctl, PR_CAPBSET_READ, 777L);
	S(prctl, PR_SET_NO_NEW_PRIVS, 5L, 1L, 2L, 3L);
	S(prctl, PR_GET_NO_NEW_PRIVS, 0L, 0L, 0L, 0L);
	S(prctl, PR_SET_SECCOMP, 9L, BAD, 0L, 0L);
	S(prctl, PR_SET_MM, 3L, BAD, 0L, 0L);
	S(prctl, PR_GET_TID_ADDRESS, data);
	S(prctl, PR_GET_CHILD_SUBREAPER, data);
	S(prctl, PR_CAP_AMBIENT, 1L, 3L, 0L, 0L);
	S(prctl, PR_SET_TIMERSLACK, 50000L);
	S(prctl, 0x53564d41L, 0L, BAD, 4096L, "name");
	S(prctl, 12345L, 1L, 2L, 3L, 4L);
	S(arch_prctl, 0x1003L, data);
	S(arch_prctl, 0x9999L, 7L);
}

static void futexes(void)
{
	struct ts ts = { 0, 5 };
	struct { uint64_t val, uaddr; uint32_t flags, more; } v[2] = {
		{ 5, (uintptr_t)data, 2, 0 }, { 7, 16, 0x83, 1 },
	};
	struct { int64_t sec, nsec; } ts64 = { 0, 5 };
	int *word = (int *)data;

	*word = 3;
	S(futex, word, 0, 5, NULL);
	S(futex, word, 0x80, 3, &ts);
	S(futex, word, 1, 0x7fffffff);
	S(futex, word, 3, 1, 2L, word + 1);
	S(futex, word, 4 | 0x80, 1, 2L, word + 1, 7);
	S(futex, word, 5, 1, 2L, word + 1, 0x2b0f0a03);
	S(futex, word, 9 | 0x180, 3, &ts, NULL, -1);
	S(futex, word, 10, 1, NULL, NULL, 0x12345);
	S(futex, BAD, 6 | 0x80, 0, NULL);
	S(futex, BAD, 7);
	S(futex, word, 11, 9, &ts, word + 1);
	S(futex, word, 0x177, 1, 2L, word, 4);
	S(futex, NULL, 0, 1, BAD);
	S(futex_waitv, v, 2, 0, NULL, CLOCK_MONOTONIC);
	S(futex_waitv, BAD, 200, 1, &ts64, 77);
	S(set_robust_list, BAD, 3L);
}

static void others(void)
{
	struct ts ts = { 0, 0 };
	long context = 0;

	S(shmget, 0x7fff1234, 4096L, 0644);
	S(shmget, 0, 0L, 07600);
	S(shmat, -1, NULL, 010000);
	S(shmdt, BAD);
	S(shmctl, -1, 0, NULL);
	S(msgget, 0x7fff1234, 0600);
	S(msgsnd, -1, BAD, 5L, 04000);
	S(msgrcv, -1, data, 5L, -3L, 0x7000);
	S(msgctl, -1, 99, BAD);
	S(semget, 0x7fff1234, 1, 0);
	S(semctl, -1, 3, 12, NULL);
#ifndef __i386__
	S(semop, -1, "\1\0\377\377\0\20", 1L);
	S(semtimedop, -1, BAD, 1L << 30, &ts);
#endif
	S(mq_open, "/none", 0x80000, 0, NULL);
	S(mq_open, BAD, 0102, 0600, BAD);
	S(mq_unlink, "/none");
	S(mq_timedsend, -1, text, 40L, 7, &ts);
	S(mq_timedreceive, -1, data, 40L, NULL, BAD);
	S(mq_notify, -1, NULL);
	S(mq_getsetattr, -1, BAD, data);
	S(io_setup, 0, &context);
	S(io_setup, 1, &context);
	S(io_getevents, context, 0L, 1L, data, &ts);
	S(io_submit, context, -1L, NULL);
	S(io_cancel, context, BAD, BAD);
	S(io_destroy, context);
	S(io_uring_setup, 0, BAD);
	S(io_uring_enter, -1, 1, 2, 9, NULL, 8L);
	S(io_uring_register, -1, 99, BAD, 5);
	S(getrandom, data, 0L, 1);
	S(getrandom, BAD, 4L, 0x82);
	S(rseq, BAD, 3, 7, 1);
	S(add_key, "none", "desc", BAD, 5L, -3);
	S(request_key, "none", text, NULL, 77);
	S(keyctl, 99, 1L, 2L, 3L, 4L);
	S(landlock_create_ruleset, BAD, 8L, 0);
	S(landlock_add_rule, -1, 1, BAD, 0);
	S(landlock_restrict_self, -1, 5);
	S(perf_event_open, BAD, 0, -1, -1, 0x18L);
	S(delete_module, "none", 04000);
	S(reboot, 1, 2, 0x4321fedc, NULL);
	S(iopl, 77);
	S(ioperm, -1L, -1L, 1);
	S(open_tree, -1, "none", 0x80001);
	S(move_mount, -1, "none", -1, BAD, 0x77);
	S(fsopen, "none", 3);
	S(fsconfig, -1, 1, "key", "value", 0);
	S(fsmount, -1, 3, 0x21);
	S(fspick, -1, "none", 0x1f);
	S(mount_setattr, -1, "none", 0x8000, BAD, 32L);
	syscall(1000000, 1L, 2L, 3L, 4L, 5L, 6L);
	syscall(-5, 1L, 2L, 3L, 4L, 5L, 6L);
}

int main(int argc, char **argv)
{
	(void)argc;
	prepare(argv[1]);
	names();
	processes();
	scheduled();
	signals();
	times_told();
	sockets();
	messages();
	options();
	futexes();
	others();
	return 0;
}
