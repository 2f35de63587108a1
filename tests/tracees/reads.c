/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 */
/*
 * reads NAME COUNT: makes call NAME so often, with all that it can point at,
 * to have the reads counted that showing it takes. Other calls
 * that this needs are made too.
 */
#include "tracee.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>

enum { PIECES = 10, FDS = 20 };

/* What calls point at: where in its page does not change from run to run. */
static struct {
	struct stat st;
	struct msghdr message;
	struct iovec pieces[PIECES];
	struct pollfd fds[FDS];
	fd_set in, out;
	struct timespec none;
	uint64_t mask[2];
	char *argv[6], *envp[3];
} args __attribute__((aligned(4096)));
static char data[4096] __attribute__((aligned(4096)));
/* What is scattered: each piece in a page of its own. */
static char pages[16][4096] __attribute__((aligned(4096)));
static struct iovec far_pieces[PIECES] __attribute__((aligned(4096)));
static char *far_argv[4] __attribute__((aligned(4096)));
static int pair[2];

static void do_openat(void)
{
	close(openat(AT_FDCWD, "/dev/null", O_RDONLY));
}

static void do_newfstatat(void)
{
	MUST(fstatat(AT_FDCWD, "/dev/null", &args.st, 0) == 0);
}

static void do_read(void)
{
	MUST(pread(3, data, 100, 0) == 100);
}

static void do_write(void)
{
	MUST(write(4, data, sizeof(data)) == sizeof(data));
}

static void do_getppid(void)
{
	syscall(SYS_getppid);
}

static void do_rename(void)
{
	MUST(rename("/no/such/file", "/no/other/file") < 0);
}

static void do_writev(void)
{
	for (int i = 0; i < PIECES; i++)
		args.pieces[i] = (struct iovec){ data + 20 * i, 10 };
	MUST(writev(4, args.pieces, PIECES) == 10 * PIECES);
}

static void do_poll(void)
{
	for (int i = 0; i < FDS; i++)
		args.fds[i] = (struct pollfd){ .fd = 4, .events = POLLOUT };
	MUST(poll(args.fds, FDS, 0) == FDS);
}

static void do_pselect6(void)
{
	FD_SET(4, &args.out);
	MUST(syscall(SYS_pselect6, 5, &args.in, &args.out, NULL, &args.none,
	             args.mask) == 1);
}

static void do_sendmsg(void)
{
	args.pieces[0] = (struct iovec){ data, 10 };
	args.message.msg_iov = args.pieces;
	args.message.msg_iovlen = 1;
	MUST(sendmsg(pair[0], &args.message, 0) == 10);
	MUST(recv(pair[1], data, 10, 0) == 10);
}

static void do_far_rename(void)
{
	strcpy(pages[0], "/no/such/file");
	strcpy(pages[2], "/no/other/file");
	MUST(rename(pages[0], pages[2]) < 0);
}

static void do_far_writev(void)
{
	for (int i = 0; i < PIECES; i++)
		far_pieces[i] = (struct iovec){ pages[i], 10 };
	MUST(writev(4, far_pieces, PIECES) == 10 * PIECES);
}

static void do_far_sendmsg(void)
{
	struct msghdr message = { .msg_iov = far_pieces, .msg_iovlen = 3 };
	struct cmsghdr *control = (struct cmsghdr *)pages[4];

	for (int i = 0; i < 3; i++)
		far_pieces[i] = (struct iovec){ pages[i], 10 };
	control->cmsg_level = SOL_SOCKET;
	control->cmsg_type = SCM_RIGHTS;
	control->cmsg_len = CMSG_LEN(0);
	message.msg_control = control;
	message.msg_controllen = CMSG_SPACE(0);
	MUST(sendmsg(pair[0], &message, 0) == 30);
	MUST(recv(pair[1], data, 30, 0) == 30);
}

static void do_far_execve(void)
{
	strcpy(pages[0], "/no/such/program");
	for (int i = 0; i < 3; i++) {
		far_argv[i] = pages[2 + 2 * i];
		strcpy(far_argv[i], "argument");
	}
	args.envp[0] = "A=1";
	MUST(execve(pages[0], far_argv, args.envp) < 0);
}

/* One bad pointer among good ones. */
static void do_bad_writev(void)
{
	for (int i = 0; i < PIECES; i++)
		far_pieces[i] = (struct iovec){ pages[i], 10 };
	far_pieces[3].iov_base = (void *)16;
	syscall(SYS_writev, 4, far_pieces, PIECES);
}

static void do_getsockname(void)
{
	struct sockaddr_un name;
	socklen_t size = sizeof(name);

	MUST(getsockname(pair[0], (struct sockaddr *)&name, &size) == 0);
}

static void do_execve(void)
{
	args.argv[0] = "one";
	args.argv[1] = "two";
	args.argv[2] = "three";
	args.envp[0] = "A=1";
	MUST(execve("/no/such/program", args.argv, args.envp) < 0);
}

static const struct {
	const char *name;
	void (*make)(void);
} calls[] = {
	{ "openat", do_openat }, { "newfstatat", do_newfstatat },
	{ "pread64", do_read }, { "write", do_write },
	{ "getppid", do_getppid }, { "rename", do_rename },
	{ "writev", do_writev }, { "poll", do_poll },
	{ "pselect6", do_pselect6 }, { "sendmsg", do_sendmsg },
	{ "getsockname", do_getsockname },
	{ "execve", do_execve },
	{ "far-rename", do_far_rename }, { "far-writev", do_far_writev },
	{ "far-sendmsg", do_far_sendmsg }, { "far-execve", do_far_execve },
	{ "bad-writev", do_bad_writev },
};

int main(int argc, char **argv)
{
	MUST(argc == 3);
	close(3);
	MUST(open(argv[0], O_RDONLY) == 3);
	MUST(dup2(open("/dev/null", O_WRONLY), 4) == 4);
	MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		if (strcmp(calls[i].name, argv[1]) != 0)
			continue;
		for (long n = atol(argv[2]); n > 0; n--)
			calls[i].make();
		return 0;
	}
	return 2;
}
