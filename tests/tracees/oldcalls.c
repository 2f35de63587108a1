/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 32 */
/*
 * oldcalls DIR
 *
 * Calls that only 32-bit programs have: the oldest, those with ids of 16 bits,
 * with offsets and times of 64, and the subcalls of socketcall and ipc.
 * manycalls.h says what for.
 */
#include "manycalls.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>

struct ts64 { int64_t sec, nsec; };

static void files(void)
{
	S(open, "f", O_RDWR | O_CREAT, 0600);				/* 3 */
	S(truncate64, "f", OFF(5000000000));
	S(ftruncate64, 3, OFF(-1));
	S(_llseek, 3, 1L, 5L, data, SEEK_SET);
	S(_llseek, 3, -1L, -5L, BAD, SEEK_END);
	S(lseek, 3, -7L, SEEK_CUR);
	S(stat64, "f", data);
	S(lstat64, "f", BAD);
	S(stat, "f", data);
	S(fstat, 3, data);
	S(oldstat, "f", data);
	S(oldlstat, "none", data);
	S(oldfstat, 3, data);
	S(statfs64, ".", 3, data);
	S(fstatfs64, -1, 84, BAD);
	S(fadvise64_64, 3, OFF(1LL << 40), OFF(-1), 3);
	S(chown, "none", -1, 70000);
	S(chown32, "none", -1, 70000);
	S(lchown, "none", 5, 0);
	S(fchown32, 3, -1, -1);
	S(sendfile64, 3, 3, data, 0L);
	S(readdir, 3, data, 1);
	S(umount, "none/none");
	S(utimensat_time64, -1, "none", memset(data, 7, 32), 0);
	S(fcntl64, 3, F_GETFD);
	S(bdflush, 1, 0L);
	S(mmap, BAD);
	S(mmap, memset(data, 0, 24));
	S(mmap2, NULL, 0L, 3, 0x22, -1, 77L);
	S(close, 3);
}

static void ids(void)
{
	S(getuid), S(getuid32), S(geteuid32), S(getgid32), S(getegid32);
	S(setuid, 0xffff), S(setuid32, -1), S(setgid32, -1);
	S(setreuid, -1, 0xffff), S(setreuid32, -1, -1);
	S(setresuid32, -1, -1, -1), S(setresgid32, -1, -1, -1);
	S(getresuid32, data, data + 4, data + 8);
	S(getresgid32, BAD, NULL, data);
	S(getgroups32, 0, NULL);
	S(setgroups32, -1, data);
	S(setfsuid32, -1), S(setfsgid32, -1);
	S(nice, 0);
	S(ugetrlimit, RLIMIT_NOFILE, data);
	S(setrlimit, RLIMIT_CORE, BAD);
	S(olduname, data);
	S(oldolduname, BAD);
	S(waitpid, -1, data, WNOHANG);
	S(get_thread_area, BAD);
	S(set_thread_area, BAD);
	S(modify_ldt, 0, data, 0L);
	S(vm86old, BAD);
}

static void signals(void)
{
	struct { void *handler; long mask, flags; void *restorer; } act = {
		SIG_IGN, 0x200, 0x10000000, NULL,
	};
	unsigned long set = 0x800;

	S(sigaction, SIGUSR1, &act, NULL);
	S(sigaction, SIGUSR1, NULL, data);
	S(sigaction, 77, BAD, BAD);
	S(signal, SIGUSR2, SIG_IGN);
	S(signal, SIGUSR2, SIG_DFL);
	S(signal, 99, BAD);
	S(sigprocmask, SIG_BLOCK, &set, data);
	S(sigprocmask, 9, BAD, NULL);
	S(sigpending, data);
	S(sgetmask);
	S(ssetmask, 0x1234);
	S(ssetmask, 0);
}

static void times_told(void)
{
	struct ts64 ts = { 0, 1000 }, past = { 5, 7 };
	struct { struct ts64 interval, value; } its = { { 0, 5 }, { 77, 3 } };
	struct { const void *mask; long size; } sigmask = { BAD, 8 };
	int word = 3;

	S(time, data);
	S(stime, BAD);
	S(clock_gettime64, CLOCK_MONOTONIC, data);
	S(clock_getres_time64, CLOCK_MONOTONIC, data);
	S(clock_settime64, CLOCK_MONOTONIC, &past);
	S(clock_nanosleep_time64, CLOCK_MONOTONIC, 0, &ts, data);
	S(clock_adjtime64, CLOCK_REALTIME, BAD);
	S(ppoll_time64, NULL, 0, &ts, NULL, 0L);
	S(pselect6_time64, 0, NULL, NULL, NULL, &ts, &sigmask);
	S(rt_sigtimedwait_time64, &past, NULL, &ts, 8L);
	S(futex_time64, &word, 0, 3, &ts);
	S(futex_time64, &word, 1, 3);
	S(timerfd_create, CLOCK_MONOTONIC, 0);				/* 3 */
	S(timerfd_settime64, 3, 1, &its, data);
	S(timerfd_gettime64, -1, data);
	S(timer_settime64, -1, 0, &its, NULL);
	S(timer_gettime64, -1, BAD);
	S(sched_rr_get_interval_time64, -1, data);
	S(recvmmsg_time64, -1, NULL, 0, 0, &ts);
	S(semtimedop_time64, -1, BAD, 1L, &ts);
	S(mq_timedsend_time64, -1, "x", 1L, 0, &ts);
	S(mq_timedreceive_time64, -1, data, 1L, NULL, NULL);
	S(io_pgetevents_time64, 0L, 0L, 1L, data, &ts, NULL);
	S(close, 3);
}

static void multiplexed(void)
{
	struct sockaddr_un un = { AF_UNIX, "sock" };
	socklen_t len = 8;
	long args[6][6] = {
		{ AF_UNIX, SOCK_STREAM, 0 }, { 3, (long)&un, 110 },
		{ 3, (long)data, (long)&len }, { 3, 7 },
		{ -1, (long)"hello", 5, 0x4040 },
		{ -1, SOL_SOCKET, SO_TYPE, (long)data, (long)BAD },
	};
	long pair[2] = { (long)data, 5 };

	S(socketcall, 1, args[0]);					/* 3 */
	S(socketcall, 2, args[1]);
	S(socketcall, 6, args[2]);
	S(socketcall, 4, args[3]);
	S(socketcall, 9, args[4]);
	S(socketcall, 15, args[5]);
	S(socketcall, 5, args[5]);
	S(socketcall, 99, args);
	S(socketcall, 1, BAD);
	S(ipc, 23, 0x7fff1234, 4096L, 0600L, 0L);
	S(ipc, 21, -1, 0L, (long)data, NULL);
	S(ipc, 22, 0, 0L, 0L, BAD);
	S(ipc, 13, 0x7fff1234, 0600L, 0L, 0L);
	S(ipc, 11, -1, 5L, 04000L, BAD);
	S(ipc, 12, -1, 5L, 04000L, pair);
	S(ipc, 12 | 1 << 16, -1, 5L, 04000L, data, 7L);
	S(ipc, 2, 0x7fff1234, 1L, 0L, 0L);
	S(ipc, 1, -1, 1L, 0L, BAD);
	S(ipc, 4, -1, 1L, 0L, BAD, BAD);
	S(ipc, 99, 1, 2L, 3L, BAD, 5L);
	S(select, BAD);
	S(close, 3);
}

int main(int argc, char **argv)
{
	(void)argc;
	prepare(argv[1]);
	files();
	ids();
	signals();
	times_told();
	multiplexed();
	return 0;
}
