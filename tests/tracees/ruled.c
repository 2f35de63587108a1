/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 */
/*
 * ruled WHAT: calls for rules, and what the program saw of them.
 *
 *	load     16 threads make 3 x 100 calls each, 500 children one each
 *	restart  a read that five signals break off, and that is made again
 *	delay    says whether a call of another thread is still under way when
 *	         200 calls were made here
 *	writes   500 writes to /dev/null
 *	reads    four reads of standard input, with what they gave
 *	signal   getppid with a handler of SIGUSR1, and in the end SIGTERM
 *	net      connects to port 443 and 80 of 127.0.0.1
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 16, CALLS = 100, CHILDREN = 500 };

static volatile sig_atomic_t signals;
static volatile int done;

static void on_signal(int number)
{
	(void)number;
	signals++;
}

static void *work(void *arg)
{
	int sink = open("/dev/null", O_WRONLY);
	long wrong = 0;

	(void)arg;
	for (int i = 0; i < CALLS; i++) {
		wrong += syscall(SYS_getppid) != 7;
		wrong += syscall(SYS_access, "/nowhere/at/all", 0) != 0;
		wrong += syscall(SYS_write, sink, "12345678", 8) != 5;
	}
	return (void *)wrong;
}

static int load(void)
{
	pthread_t threads[THREADS];
	long wrong = 0;

	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, work, NULL);
	for (int i = 0; i < CHILDREN; i++) {
		int status;
		pid_t pid = fork();

		if (pid == 0)
			_exit(syscall(SYS_getppid) != 7);
		waitpid(pid, &status, 0);
		wrong += status != 0;
	}
	for (int i = 0; i < THREADS; i++) {
		void *bad;

		pthread_join(threads[i], &bad);
		wrong += (long)bad;
	}
	printf("wrong: %ld\n", wrong);
	return wrong != 0;
}

static int restart(void)
{
	struct sigaction act = { .sa_handler = on_signal,
	                         .sa_flags = SA_RESTART };
	int pipes[2];
	char c = 0;
	long got;

	sigaction(SIGUSR1, &act, NULL);
	if (pipe(pipes) != 0)
		return 1;
	if (fork() == 0) {
		for (int i = 0; i < 5; i++) {
			usleep(20000);
			kill(getppid(), SIGUSR1);
		}
		usleep(20000);
		_exit(write(pipes[1], "x", 1) != 1);
	}
	got = syscall(SYS_read, pipes[0], &c, 1);
	wait(NULL);
	printf("read %ld %c after signals %s\n", got, c ? c : '-',
	       signals > 0 ? "yes" : "no");
	return 0;
}

static void *slow(void *arg)
{
	syscall(SYS_access, "/slow", 0);
	done = 1;
	return arg;
}

static int delay(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, slow, NULL);
	for (int i = 0; i < 200; i++)
		syscall(SYS_getppid);
	printf("other call %s\n", done ? "over" : "under way");
	pthread_join(thread, NULL);
	return 0;
}

static int writes(void)
{
	int sink = open("/dev/null", O_WRONLY);
	int failed = 0;

	for (int i = 0; i < 500; i++)
		failed += write(sink, "some text\n", 10) != 10;
	printf("failed %d\n", failed);
	return 0;
}

static int reads(void)
{
	for (int i = 0; i < 4; i++) {
		char data[17] = "................";
		ssize_t got = read(0, data, 16);

		printf("%zd %s %s\n", got, data, got < 0
		       ? strerrorname_np(errno) : "");
	}
	return 0;
}

static int with_signals(void)
{
	signal(SIGUSR1, on_signal);
	for (int i = 0; i < 4; i++) {
		long got = syscall(SYS_getppid);

		printf("%s signals %d\n", got == 7 ? "seven" : "true",
		       (int)signals);
		fflush(stdout);
	}
	return 0;
}

static int net(void)
{
	static const int ports[] = { 443, 1 };

	for (int i = 0; i < 2; i++) {
		struct sockaddr_in to = { .sin_family = AF_INET,
			.sin_port = htons((uint16_t)ports[i]) };
		int fd = socket(AF_INET, SOCK_STREAM, 0);
		int failed;

		inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
		failed = connect(fd, (struct sockaddr *)&to, sizeof(to));
		printf("%d %s\n", ports[i], failed ? strerrorname_np(errno)
		                                   : "connected");
		close(fd);
	}
	return 0;
}

int main(int argc, char **argv)
{
	static const struct { const char *name; int (*run)(void); } runs[] = {
		{ "load", load }, { "restart", restart }, { "delay", delay },
		{ "writes", writes }, { "reads", reads },
		{ "signal", with_signals }, { "net", net },
	};

	for (size_t i = 0; argc > 1 && i < sizeof(runs) / sizeof(*runs); i++)
		if (strcmp(runs[i].name, argv[1]) == 0)
			return runs[i].run();
	return 2;
}
