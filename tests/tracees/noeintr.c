/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * noeintr [--ready] [SECONDS | -]
 *
 * The program to attach to and detach from 200 times. Nobody sends it a
 * signal, so none of its calls may return EINTR; but half of its threads sit
 * in the calls that the kernel never restarts (epoll_wait, semop,
 * sigtimedwait, io_getevents, and recv and accept with SO_RCVTIMEO), and the
 * other calls that wait. Meanwhile workers calculate and make calls at
 * random, each round of which must give the same sum.
 *
 * Prints "eintr N" (and which calls), "early N" (time-outs that came before
 * their time, by more than a tick), "wrong N" (rounds with another sum) and
 * the sum of a round; the exit status is 0 if all three are 0, else 1.
 * --ready says "ready PID" when all threads run; with "-" it goes on until
 * stdin has something to read, or its end.
 */
#include "randcalls.h"

#include <linux/aio_abi.h>
#include <linux/futex.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/sem.h>
#include <sys/socket.h>

#define WORKERS 4
#define ROUND_CALLS 60
/* A wait that a waker ends, or else its time-out does. */
#define LONG_MS 700

struct waiter {
	const char *name;
	/* more than 0: it came; 0, or -1 and EAGAIN: timed out */
	long (*wait)(struct waiter *w);
	void (*wake)(struct waiter *w);
	int fd[2];
	int poll;	/* epoll, semaphore or listening socket */
	pid_t tid;
	uint32_t word;
	aio_context_t aio;
	/* what was found */
	unsigned long eintr, early, waits;
};

static volatile bool over;
static unsigned long wrong;
static uint64_t expected;

static struct timespec long_time = { LONG_MS / 1000,
				     LONG_MS % 1000 * 1000000L };

static void drain(int fd)
{
	int saved = errno;
	char c[64];

	while (recv(fd, c, sizeof(c), MSG_DONTWAIT) > 0)
		;
	errno = saved;
}

static void wake_pair(struct waiter *w)
{
	send(w->fd[1], "x", 1, MSG_DONTWAIT);
}

static long wait_epoll(struct waiter *w)
{
	struct epoll_event e;
	long r = epoll_wait(w->poll, &e, 1, LONG_MS);

	drain(w->fd[0]);
	return r;
}

static long wait_epoll_forever(struct waiter *w)
{
	struct epoll_event e;
	long r = epoll_wait(w->poll, &e, 1, -1);

	drain(w->fd[0]);
	return r;
}

static long wait_semop(struct waiter *w)
{
	struct sembuf take = { 0, -1, 0 };

	return semop(w->poll, &take, 1) == 0 ? 1 : -1;
}

static long wait_semtimedop(struct waiter *w)
{
	struct sembuf take = { 0, -1, 0 };

	return semtimedop(w->poll, &take, 1, &long_time) == 0 ? 1 : -1;
}

static void wake_sem(struct waiter *w)
{
	struct sembuf give = { 0, 1, 0 };

	semop(w->poll, &give, 1);
}

static long wait_signal(struct waiter *w)
{
	sigset_t set;

	(void)w;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	return sigtimedwait(&set, NULL, &long_time);
}

static void wake_signal(struct waiter *w)
{
	syscall(SYS_tgkill, getpid(), w->tid, SIGUSR2);
}

/* Nothing is ever submitted: only the time-out ends it. */
static long wait_aio(struct waiter *w)
{
	struct io_event e;
	long t[2] = { 0, 300000000 };
	long r = syscall(SYS_io_getevents, w->aio, 1L, 1L, &e, t);

	return r == 0 ? 1 : r;
}

static long wait_recv(struct waiter *w)
{
	char c[64];

	return recv(w->fd[0], c, sizeof(c), 0);
}

static long wait_accept(struct waiter *w)
{
	int fd = accept(w->poll, NULL, NULL);

	if (fd >= 0)
		close(fd);
	return fd;
}

static void wake_accept(struct waiter *w)
{
	struct sockaddr_in a;
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	if (getsockname(w->poll, (struct sockaddr *)&a, &len) == 0)
		connect(fd, (struct sockaddr *)&a, len);
	close(fd);
}

static long wait_poll(struct waiter *w)
{
	struct pollfd p = { .fd = w->fd[0], .events = POLLIN };
	long r = poll(&p, 1, LONG_MS);

	drain(w->fd[0]);
	return r;
}

static long wait_futex(struct waiter *w)
{
	return syscall(SYS_futex, &w->word, FUTEX_WAIT, 0, NULL, NULL,
		       0) == 0 ? 1 : -1;
}

static void wake_futex(struct waiter *w)
{
	syscall(SYS_futex, &w->word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static long wait_read(struct waiter *w)
{
	char c[64];

	return read(w->fd[0], c, sizeof(c));
}

static long wait_nanosleep(struct waiter *w)
{
	struct timespec t = { 0, 90000000 };

	(void)w;
	return nanosleep(&t, NULL) == 0 ? 1 : -1;
}

static long wait_clock_nanosleep(struct waiter *w)
{
	struct timespec t;

	(void)w;
	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_nsec += 80000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000;
	}
	errno = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
	return errno == 0 ? 1 : -1;
}

static struct waiter waiters[] = {
	{ .name = "epoll_wait", .wait = wait_epoll, .wake = wake_pair },
	{ .name = "epoll_wait forever", .wait = wait_epoll_forever,
	  .wake = wake_pair },
	{ .name = "semop", .wait = wait_semop, .wake = wake_sem },
	{ .name = "semtimedop", .wait = wait_semtimedop, .wake = wake_sem },
	{ .name = "sigtimedwait", .wait = wait_signal, .wake = wake_signal },
	{ .name = "io_getevents", .wait = wait_aio },
	{ .name = "recv timed", .wait = wait_recv, .wake = wake_pair },
	{ .name = "accept timed", .wait = wait_accept, .wake = wake_accept },
	{ .name = "poll", .wait = wait_poll, .wake = wake_pair },
	{ .name = "futex", .wait = wait_futex, .wake = wake_futex },
	{ .name = "read", .wait = wait_read, .wake = wake_pair },
	{ .name = "nanosleep", .wait = wait_nanosleep },
	{ .name = "clock_nanosleep", .wait = wait_clock_nanosleep },
};

#define WAITERS (sizeof(waiters) / sizeof(*waiters))

static void setup_sockets(struct waiter *w)
{
	struct timeval t = { LONG_MS / 1000, LONG_MS % 1000 * 1000 };
	struct sockaddr_in a = { .sin_family = AF_INET,
				 .sin_addr = { htonl(INADDR_LOOPBACK) } };

	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, w->fd) == 0);
	if (w->wait == wait_recv)
		MUST(setsockopt(w->fd[0], SOL_SOCKET, SO_RCVTIMEO, &t,
				sizeof(t)) == 0);
	if (w->wait != wait_accept)
		return;
	w->poll = socket(AF_INET, SOCK_STREAM, 0);
	MUST(bind(w->poll, (struct sockaddr *)&a, sizeof(a)) == 0);
	MUST(listen(w->poll, 8) == 0);
	MUST(setsockopt(w->poll, SOL_SOCKET, SO_RCVTIMEO, &t,
			sizeof(t)) == 0);
}

static void setup(struct waiter *w)
{
	struct epoll_event e = { .events = EPOLLIN };

	setup_sockets(w);
	if (w->wait == wait_epoll || w->wait == wait_epoll_forever) {
		w->poll = epoll_create1(0);
		MUST(epoll_ctl(w->poll, EPOLL_CTL_ADD, w->fd[0], &e) == 0);
	} else if (w->wake == wake_sem) {
		w->poll = semget(IPC_PRIVATE, 1, 0600);
		MUST(w->poll >= 0 && semctl(w->poll, 0, SETVAL, 0) == 0);
	} else if (w->wait == wait_aio) {
		MUST(syscall(SYS_io_setup, 8, &w->aio) == 0);
	}
}

static void *run_waiter(void *arg)
{
	struct waiter *w = arg;

	__atomic_store_n(&w->tid, (pid_t)syscall(SYS_gettid),
			 __ATOMIC_RELEASE);
	while (!over) {
		double start = seconds_now();
		long r;

		errno = 0;
		r = w->wait(w);
		w->waits++;
		if (r == -1 && errno == EINTR)
			w->eintr++;
		else if ((r == 0 || (r == -1 && errno == EAGAIN)) &&
			 seconds_now() - start < (LONG_MS - 10) / 1e3)
			w->early++;
	}
	return NULL;
}

/* One round's sum depends on the worker's number alone. */
static uint64_t one_round(struct caller *c, uintptr_t number)
{
	uint64_t sum = 0;
	int i, k;

	c->state = (number + 1) * 0x9e3779b97f4a7c15ULL;
	for (i = 0; i < ROUND_CALLS; i++) {
		sum = sum * 31 + random_call(c);
		for (k = 0; k < 2000; k++)
			sum = sum * 6364136223846793005ULL + (unsigned int)k;
	}
	return sum;
}

static void *work(void *arg)
{
	struct caller c;
	uint64_t first = 0, sum;
	unsigned long bad = 0;
	bool begun = false;

	caller_init(&c, 1);
	do {
		sum = one_round(&c, (uintptr_t)arg);
		if (!begun)
			first = sum;
		bad += sum != first;
		begun = true;
	} while (!over);
	caller_deinit(&c);
	__atomic_fetch_add(&expected, first, __ATOMIC_RELAXED);
	__atomic_fetch_add(&wrong, bad, __ATOMIC_RELAXED);
	return NULL;
}

static bool told_to_end(void)
{
	struct pollfd p = { .fd = 0, .events = POLLIN };

	return poll(&p, 1, 0) > 0;
}

/* Until END, or if that is 0 until told. */
static void wake_some(double end)
{
	uint64_t state = 12345;

	while (end > 0 ? seconds_now() < end : !told_to_end()) {
		struct waiter *w = &waiters[random_next(&state) % WAITERS];

		if (w->wake)
			w->wake(w);
		sleep_ms(random_next(&state) % 60);
	}
}

/* Everyone is woken until the last has gone. */
static void join_all(pthread_t *threads)
{
	size_t i;

	over = true;
	for (i = 0; i < WAITERS; i++) {
		do {
			if (waiters[i].wake)
				waiters[i].wake(&waiters[i]);
			sleep_ms(2);
		} while (pthread_tryjoin_np(threads[i], NULL) != 0);
	}
	for (i = WAITERS; i < WAITERS + WORKERS; i++)
		pthread_join(threads[i], NULL);
}

static int report(bool verbose)
{
	unsigned long eintr = 0, early = 0;
	size_t i;

	for (i = 0; i < WAITERS; i++) {
		struct waiter *w = &waiters[i];

		eintr += w->eintr;
		early += w->early;
		if (w->eintr || w->early || verbose)
			printf("%s: %lu of %lu returned EINTR, %lu early\n",
			       w->name, w->eintr, w->waits, w->early);
		if (w->wake == wake_sem)
			semctl(w->poll, 0, IPC_RMID);
	}
	printf("eintr %lu\nearly %lu\nwrong %lu\nsum %llu\n", eintr, early,
	       wrong, (unsigned long long)expected);
	return eintr || early || wrong;
}

int main(int argc, char **argv)
{
	bool ready = strcmp(arg_word(argc, argv, 1), "--ready") == 0;
	const char *word = argc > 1 + ready ? argv[1 + ready] : "2";
	double seconds = strtod(word, NULL);
	pthread_t threads[WAITERS + WORKERS];
	sigset_t set;
	size_t i;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	for (i = 0; i < WAITERS; i++) {
		setup(&waiters[i]);
		threads[i] = thread_start(run_waiter, &waiters[i]);
		while (!__atomic_load_n(&waiters[i].tid, __ATOMIC_ACQUIRE))
			sched_yield();
	}
	for (i = 0; i < WORKERS; i++)
		threads[WAITERS + i] = thread_start(work,
						    (void *)(uintptr_t)i);
	if (ready)
		SAY("ready %d\n", (int)getpid());
	wake_some(strcmp(word, "-") == 0 ? 0 : seconds_now() + seconds);
	join_all(threads);
	return report(getenv("NOEINTR_VERBOSE") != NULL);
}
