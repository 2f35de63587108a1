/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 */
/*
 * restarted: calls that wait, each in processes of its own, and broken off three
 * times in each of four ways: by a signal whose handler has SA_RESTART, by one
 * whose handler has not, by SIGSTOP and SIGCONT, by a signal that is ignored.
 * Its maker sends the signals and at last ends the call.  What came of each:
 * "nanosleep 1 -1 EINTR".
 */
#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum way { RESTARTING, ENDING, STOPPING, IGNORING, WAYS };
enum { LONG_NS = 300000000, GAP_MS = 5 };

static int *word;
static int ends[2], listener;
static struct sockaddr_un address;
static socklen_t address_len;

static void on_signal(int number)
{
	(void)number;
}

static void sleep_ms(int ms)
{
	struct timespec span = { 0, ms * 1000000L };

	nanosleep(&span, NULL);
}

static long wait_span(void)
{
	struct timespec span = { 0, LONG_NS };

	return syscall(SYS_nanosleep, &span, &span);
}

static long wait_time(void)
{
	struct timespec when;

	clock_gettime(CLOCK_MONOTONIC, &when);
	when.tv_nsec += LONG_NS;
	when.tv_sec += when.tv_nsec / 1000000000;
	when.tv_nsec %= 1000000000;
	return syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME,
	               &when, NULL);
}

static long wait_poll(void)
{
	struct pollfd one = { .fd = ends[0], .events = POLLIN };

	return syscall(SYS_poll, &one, 1, 60000);
}

static long wait_ppoll(void)
{
	struct pollfd one = { .fd = ends[0], .events = POLLIN };
	struct timespec limit = { .tv_sec = 60 };

	return syscall(SYS_ppoll, &one, 1, &limit, NULL, 8);
}

static long wait_futex(void)
{
	return syscall(SYS_futex, word, FUTEX_WAIT, 0, NULL, NULL, 0);
}

static long wait_read(void)
{
	char c;

	return syscall(SYS_read, ends[0], &c, 1);
}

static long wait_accept(void)
{
	return syscall(SYS_accept, listener, NULL, NULL) < 0 ? -1 : 77;
}

static long wait_epoll(void)
{
	struct epoll_event event = { .events = EPOLLIN };
	int fd = epoll_create(1);

	epoll_ctl(fd, EPOLL_CTL_ADD, ends[0], &event);
	return syscall(SYS_epoll_wait, fd, &event, 1, 60000);
}

static long wait_signal(void)
{
	return syscall(SYS_pause);
}

static void end_span(pid_t waiter)
{
	(void)waiter;
}

static void end_read(pid_t waiter)
{
	(void)waiter;
	if (write(ends[1], "x", 1) != 1)
		_exit(1);
}

static void end_futex(pid_t waiter)
{
	(void)waiter;
	*word = 1;
	for (int i = 0; i < 200; i++) {
		if (syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0) > 0)
			break;
		sleep_ms(5);
	}
}

static void end_accept(pid_t waiter)
{
	(void)waiter;
	connect(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&address,
	        address_len);
}

static void end_signal(pid_t waiter)
{
	kill(waiter, SIGUSR2);
}

static const struct {
	const char *name;
	long (*wait)(void);
	void (*end)(pid_t waiter);
} calls[] = {
	{ "nanosleep", wait_span, end_span },
	{ "clock_nanosleep", wait_time, end_span },
	{ "poll", wait_poll, end_read },
	{ "ppoll", wait_ppoll, end_read },
	{ "futex", wait_futex, end_futex },
	{ "read", wait_read, end_read },
	{ "accept", wait_accept, end_accept },
	{ "epoll_wait", wait_epoll, end_read },
	{ "pause", wait_signal, end_signal },
};

enum { CALLS = sizeof(calls) / sizeof(*calls) };

/* Whether WAITER is asleep, in its call, before it is over. */
static int sleeps(pid_t waiter)
{
	char name[32], line[512], *state;

	snprintf(name, sizeof(name), "/proc/%d/stat", waiter);
	for (int i = 0; i < 4000; i++) {
		FILE *f = fopen(name, "r");

		line[0] = '\0';
		state = f && fgets(line, sizeof(line), f) ? strrchr(line, ')')
		                                          : NULL;
		if (f)
			fclose(f);
		if (!state || state[2] == 'Z' || state[2] == 'X')
			return 0;
		if (state[2] == 'S')
			return 1;
		sleep_ms(GAP_MS);
	}
	return 0;
}

static void break_off(pid_t waiter, enum way way)
{
	for (int i = 0; i < 3 && sleeps(waiter); i++) {
		kill(waiter, way == STOPPING ? SIGSTOP : SIGUSR1);
		if (way == STOPPING) {
			waitpid(waiter, NULL, WUNTRACED);
			kill(waiter, SIGCONT);
		}
		sleep_ms(GAP_MS);
	}
	sleeps(waiter);
}

static void set_up(enum way way)
{
	struct sigaction act = {
		.sa_handler = way == IGNORING ? SIG_IGN : on_signal,
		.sa_flags = way == RESTARTING ? SA_RESTART : 0,
	};
	struct sockaddr_un any = { .sun_family = AF_UNIX };

	sigaction(SIGUSR1, &act, NULL);
	act.sa_handler = on_signal;
	sigaction(SIGUSR2, &act, NULL);
	if (pipe(ends) != 0)
		_exit(1);
	*word = 0;
	/* A name of the kernel's choice: unix(7), autobind. */
	listener = socket(AF_UNIX, SOCK_STREAM, 0);
	address_len = sizeof(address);
	if (bind(listener, (struct sockaddr *)&any, sizeof(sa_family_t)) ||
	    listen(listener, 1) ||
	    getsockname(listener, (struct sockaddr *)&address, &address_len))
		_exit(1);
}

static void try_one(int which, enum way way)
{
	pid_t waiter;

	set_up(way);
	waiter = fork();
	if (waiter == 0) {
		long got = calls[which].wait();

		printf("%s %d %ld %s\n", calls[which].name, way, got,
		       got < 0 ? strerrorname_np(errno) : "-");
		fflush(stdout);
		_exit(0);
	}
	break_off(waiter, way);
	calls[which].end(waiter);
	waitpid(waiter, NULL, 0);
	close(ends[0]);
	close(ends[1]);
	close(listener);
}

int main(void)
{
	for (int i = 0; i < CALLS; i++) {
		if (fork() != 0)
			continue;
		word = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		for (int way = 0; way < WAYS; way++)
			try_one(i, (enum way)way);
		return 0;
	}
	for (int i = 0; i < CALLS; i++)
		wait(NULL);
	return 0;
}
