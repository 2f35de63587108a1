/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * restarts [CASE...]
 *
 * Blocking calls, each hit by one signal in the middle: handled with
 * SA_RESTART, handled without, ignored. Prints what each call returned and
 * how often the handler ran. For "a call in progress is state": an exit with
 * ERESTART* is not the call's end, restart_syscall continues another call,
 * and the handler's own calls come in between.
 *
 * A traced program is woken by an ignored signal too; read, futex and
 * nanosleep hide that by themselves, but epoll_wait, semop and their like
 * would return an EINTR that nobody else ever saw: "ignore" shows it.
 * CASE is a line's beginning: "nanosleep", "epoll_wait/ignore".
 */
#include "raw.h"
#include "report.h"
#include "tracee.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/wait.h>

#ifdef __i386__
#define NR_SEMTIMEDOP SYS_semtimedop_time64
#else
#define NR_SEMTIMEDOP SYS_semtimedop
#endif
#define U(x) ((unsigned long)(x))
#define CALL(nr, ...) \
	raw_call_via(VIA_DEFAULT, U(nr), \
		     (const unsigned long[6]){ __VA_ARGS__ })

enum how { RESTART, NO_RESTART, IGNORE, HOWS };
static const char *const how_names[] = { "restart", "handle", "ignore" };

struct trial {
	const char *name;
	long nr;
	long (*call)(void);
	void (*finish)(void);	/* lets a call that goes on end */
};

static int data_pipe[2], bound_socket, pair[2], epoll, sem;
static uint32_t futex_word;
static int keeper;	/* the descriptor whose end ends wait4's child */
static pid_t main_tid, child;
static volatile sig_atomic_t handled;
static const struct trial *current;
static enum how how;
static volatile bool returned;

/* A handler's calls belong to it, not to the call that it interrupted. */
static void on_signal(int sig)
{
	struct timespec brief = { 0, 1000000 };

	(void)sig;
	syscall(SYS_getppid);
	nanosleep(&brief, NULL);
	handled++;
}

static long call_read(void)
{
	char c[8];

	return CALL(SYS_read, U(data_pipe[0]), U(c), sizeof(c));
}

static void finish_write(void)
{
	MUST(write(data_pipe[1], "x", 1) == 1);
}

static long call_nanosleep(void)
{
	long t[2] = { 0, 200000000 }, left[2] = { -1, -1 };
	long r = CALL(SYS_nanosleep, U(t), U(left));

	if (r == -EINTR && (left[0] != 0 || left[1] <= 0))
		printf("(nanosleep left %ld.%09ld) ", left[0], left[1]);
	return r;
}

static long call_clock_nanosleep(void)
{
	struct timespec now;
	long t[2];

	clock_gettime(CLOCK_MONOTONIC, &now);
	now.tv_nsec += 200000000;
	t[0] = (long)now.tv_sec + now.tv_nsec / 1000000000;
	t[1] = now.tv_nsec % 1000000000;
	return CALL(SYS_clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, U(t));
}

static long call_poll(void)
{
	struct pollfd p = { .fd = data_pipe[0], .events = POLLIN };

	return CALL(SYS_poll, U(&p), 1, 10000);
}

static long call_futex(void)
{
	return CALL(SYS_futex, U(&futex_word), FUTEX_WAIT, 0, 0);
}

static void finish_futex(void)
{
	syscall(SYS_futex, &futex_word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static long call_futex_timed(void)
{
	long t[2] = { 10, 0 };

	return CALL(SYS_futex, U(&futex_word), FUTEX_WAIT, 0, U(t));
}

static long call_epoll_wait(void)
{
	struct epoll_event e;

	return CALL(SYS_epoll_wait, U(epoll), U(&e), 1, 10000);
}

static long call_semop(void)
{
	struct sembuf take = { 0, -1, 0 };

	return CALL(NR_SEMTIMEDOP, U(sem), U(&take), 1, 0);
}

static void finish_semop(void)
{
	struct sembuf give = { 0, 1, 0 };

	MUST(semop(sem, &give, 1) == 0);
}

/* Waits for SIGUSR2, which is blocked; SIGUSR1 is what interrupts. */
static long call_sigtimedwait(void)
{
	uint64_t set = (uint64_t)1 << (SIGUSR2 - 1);
	long t[2] = { 10, 0 };

	return CALL(SYS_rt_sigtimedwait, U(&set), 0, U(t), 8);
}

static void finish_sigtimedwait(void)
{
	syscall(SYS_tgkill, getpid(), main_tid, SIGUSR2);
}

static void recv_timeout(int fd, long seconds)
{
	struct timeval t = { seconds, 0 };

	MUST(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof(t)) == 0);
}

static long recv_pair(long timeout)
{
	char c[8];

	recv_timeout(pair[0], timeout);
	return CALL(SYS_recvfrom, U(pair[0]), U(c), sizeof(c), 0, 0, 0);
}

static long call_recv(void)
{
	return recv_pair(0);
}

static long call_recv_timed(void)
{
	return recv_pair(10);
}

static void finish_recv(void)
{
	MUST(write(pair[1], "x", 1) == 1);
}

static long call_accept_timed(void)
{
	long r;

	recv_timeout(bound_socket, 10);
	r = CALL(SYS_accept4, U(bound_socket), 0, 0, 0);
	if (r >= 0) {
		close((int)r);
		r = 0;
	}
	return r;
}

static void finish_accept(void)
{
	struct sockaddr_in a;
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	MUST(getsockname(bound_socket, (struct sockaddr *)&a, &len) == 0);
	MUST(connect(fd, (struct sockaddr *)&a, len) == 0);
	close(fd);
}

/* Two ends of a pipe keep the child until something is written. */
static long call_wait4(void)
{
	long r;
	int status = 0;
	int go[2];

	MUST(pipe(go) == 0);
	child = fork();
	if (child == 0) {
		char c;

		close(go[1]);
		_exit(read(go[0], &c, 1) == 0 ? 7 : 8);
	}
	close(go[0]);
	keeper = go[1];
	r = CALL(SYS_wait4, U(child), U(&status), 0, 0);
	if (r == -EINTR) {
		close(go[1]);
		MUST(waitpid(child, &status, 0) == child);
	} else if (r == child) {
		r = status >> 8;
	}
	return r;
}

static void finish_wait4(void)
{
	close(keeper);
}

static long call_pause(void)
{
	/* pause() can't be ended but by a signal; this waits as it does. */
	uint64_t none = 0;

	return CALL(SYS_rt_sigsuspend, U(&none), 8);
}

static const struct trial trials[] = {
	{ "read", SYS_read, call_read, finish_write },
	{ "nanosleep", SYS_nanosleep, call_nanosleep, NULL },
	{ "clock_nanosleep", SYS_clock_nanosleep, call_clock_nanosleep, NULL },
	{ "poll", SYS_poll, call_poll, finish_write },
	{ "futex", SYS_futex, call_futex, finish_futex },
	{ "futex_timed", SYS_futex, call_futex_timed, finish_futex },
	{ "epoll_wait", SYS_epoll_wait, call_epoll_wait, finish_write },
	{ "semop", NR_SEMTIMEDOP, call_semop, finish_semop },
	{ "sigtimedwait", SYS_rt_sigtimedwait, call_sigtimedwait,
	  finish_sigtimedwait },
	{ "recv", SYS_recvfrom, call_recv, finish_recv },
	{ "recv_timed", SYS_recvfrom, call_recv_timed, finish_recv },
	{ "accept_timed", SYS_accept4, call_accept_timed, finish_accept },
	{ "wait4", SYS_wait4, call_wait4, finish_wait4 },
	{ "sigsuspend", SYS_rt_sigsuspend, call_pause, finish_sigtimedwait },
};

/*
 * Whether the main thread is inside the trial's call. A call that continues
 * as restart_syscall has that number in /proc.
 */
static bool main_is_inside(void)
{
	char path[64], text[64] = "";
	FILE *f;
	long nr;

	snprintf(path, sizeof(path), "/proc/self/task/%d/syscall",
		 (int)main_tid);
	f = fopen(path, "r");
	if (!f)
		return false;
	if (!fgets(text, sizeof(text), f))
		text[0] = '\0';
	fclose(f);
	if (text[0] < '0' || text[0] > '9')
		return false;
	nr = atol(text);
	return nr == current->nr || nr == SYS_restart_syscall;
}

static void wait_inside(void)
{
	int seen = 0;

	while (!returned && seen < 5) {
		seen = main_is_inside() ? seen + 1 : 0;
		sleep_ms(2);
	}
}

static void *disturb(void *arg)
{
	(void)arg;
	wait_inside();
	syscall(SYS_tgkill, getpid(), main_tid, SIGUSR1);
	while (how != IGNORE && !returned && handled == 0)
		sleep_ms(1);
	wait_inside();
	if (!returned && current->finish)
		current->finish();
	return NULL;
}

static void prepare(enum how h)
{
	struct sigaction a = { .sa_handler = h == IGNORE ? SIG_IGN : on_signal,
			       .sa_flags = h == RESTART ? SA_RESTART : 0 };
	char rest[16];

	sigaction(SIGUSR1, &a, NULL);
	handled = 0;
	returned = false;
	how = h;
	/* What an earlier trial's finish left behind. */
	while (read(data_pipe[0], rest, sizeof(rest)) > 0)
		;
	fcntl(data_pipe[0], F_SETFL, 0);
	while (recv(pair[0], rest, sizeof(rest), MSG_DONTWAIT) > 0)
		;
	MUST(semctl(sem, 0, SETVAL, 0) == 0);
}

static void run_trial(const struct trial *t, enum how h)
{
	struct timespec none = { 0, 0 };
	pthread_t other;
	sigset_t set;
	long r;

	fcntl(data_pipe[0], F_SETFL, O_NONBLOCK);
	prepare(h);
	current = t;
	other = thread_start(disturb, NULL);
	r = t->call();
	returned = true;
	pthread_join(other, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigtimedwait(&set, NULL, &none);
	printf("%s/%s", t->name, how_names[h]);
	say("", r);
	if (h != IGNORE)
		printf("    handled %d\n", (int)handled);
	fflush(stdout);
}

static bool wanted(const struct trial *t, enum how h, int argc, char **argv)
{
	char name[64];
	int i;

	snprintf(name, sizeof(name), "%s/%s", t->name, how_names[h]);
	for (i = 1; i < argc; i++)
		if (strncmp(argv[i], name, strlen(argv[i])) == 0)
			return true;
	return argc < 2;
}

static void on_usr2(int sig)
{
	(void)sig;
}

static void setup(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
				 .sin_addr = { htonl(INADDR_LOOPBACK) } };
	struct epoll_event e = { .events = EPOLLIN };
	sigset_t set;

	main_tid = (pid_t)syscall(SYS_gettid);
	MUST(pipe(data_pipe) == 0);
	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	bound_socket = socket(AF_INET, SOCK_STREAM, 0);
	MUST(bind(bound_socket, (struct sockaddr *)&a, sizeof(a)) == 0);
	MUST(listen(bound_socket, 4) == 0);
	epoll = epoll_create1(0);
	MUST(epoll_ctl(epoll, EPOLL_CTL_ADD, data_pipe[0], &e) == 0);
	sem = semget(IPC_PRIVATE, 1, 0600);
	MUST(sem >= 0);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGUSR2, on_usr2);
}

int main(int argc, char **argv)
{
	size_t i;
	int h;

	setup();
	for (i = 0; i < sizeof(trials) / sizeof(*trials); i++)
		for (h = 0; h < HOWS; h++)
			if (wanted(&trials[i], (enum how)h, argc, argv))
				run_trial(&trials[i], (enum how)h);
	semctl(sem, 0, IPC_RMID);
	return raw_status(0);
}
