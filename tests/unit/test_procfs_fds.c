/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What descriptors are: hostile lines of /proc, and this process's own. */
#include "target/procfs_parse.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void parses_fdinfo(void **state)
{
	struct proc_fd fd = { .fd = 3 };

	(void)state;
	proc_parse_fdinfo("pos:\t18446744073709551615\nflags:\t0102001\n"
	                  "mnt_id:\t9\nino:\t5\n", &fd);
	assert_true(fd.pos == UINT64_MAX);
	assert_int_equal(fd.flags, 0102001);
	proc_parse_fdinfo("", &fd);
	proc_parse_fdinfo("xpos:\t1", &fd);
	assert_true(fd.pos == UINT64_MAX);
	proc_parse_fdinfo("pos:\t7", &fd);
	assert_int_equal(fd.pos, 7);
}

static const char *net_line(const char *proto, const char *line,
                            uint64_t inode)
{
	static char text[512];
	const struct socket_protocol *p = socket_protocol_find(proto);

	assert_non_null(p);
	return proc_parse_net_line(p, line, inode, text, sizeof(text))
	       ? text : NULL;
}

/* Hexadecimal numbers there are of a little-endian machine. */
static void parses_net_lines(void **state)
{
	static const char tcp[] =
		"  12: 0100007F:07E8 0200000A:0016 01 00000000:00000000 "
		"00:00000000 00000000  1000        0 1059 1 ffff 100 0";
	static const char udp6[] =
		" 3: 00000000000000000000000001000000:0309 "
		"00000000000000000000000000000000:0000 07 00000000:00000000 "
		"00:00000000 00000000     0        0 77 2 0000 0";

	(void)state;
	assert_string_equal(net_line("TCP", tcp, 1059),
	                    "127.0.0.1:2024->10.0.0.2:22");
	assert_null(net_line("TCP", tcp, 1000));
	assert_string_equal(net_line("UDPv6", udp6, 77), "[::1]:777");
	assert_null(net_line("TCP", udp6, 77));
	assert_null(net_line("UDP", "1: 00000000:0000 00000000:0000 07 0:0 0:0 "
	                            "0 0 0 78 2 0 0", 78));
	assert_null(net_line("TCP", "  sl  local_address rem_address", 0));
	assert_string_equal(net_line("UNIX-STREAM",
		"0000: 00000003 00000000 00000000 0001 03  1056", 1056),
		"1056");
	assert_string_equal(net_line("UNIX",
		"0000: 00000003 00000000 00000000 0001 03  5 /run/\"x\" \x1b",
		5), "5,\"/run/\\\"x\\\" \\33\"");
	assert_string_equal(net_line("UNIX",
		"0000: 00000003 00000000 00000000 0001 03  5 @abc", 5),
		"5,@\"abc\"");
	assert_null(net_line("UNIX", "Num RefCount Protocol Flags", 5));
	assert_string_equal(net_line("NETLINK",
		"00000000647b4161 15  4242  00000000 0 0 0 2 0 566", 566),
		"KOBJECT_UEVENT:4242");
	assert_string_equal(net_line("NETLINK",
		"00000000647b4161 99  1  00000000 0 0 0 2 0 566", 566),
		"99:1");
	assert_null(net_line("NETLINK", "", 566));
	assert_null(socket_protocol_find("PACKET"));
}

static void long_socket_names_are_kept_whole_or_not_at_all(void **state)
{
	char path[108];
	char text[600];

	(void)state;
	memset(path, '\x1b', sizeof(path));
	path[107] = '7';
	assert_true(socket_unix_text(1, 2, path, sizeof(path), text,
	                             sizeof(text)));
	assert_int_equal(strlen(text), strlen("1->2,\"\"") + 106 * 3 + 4 + 1);
	assert_false(socket_unix_text(1, 2, path, sizeof(path), text, 20));
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void assert_fd_text(int fd, const char *want)
{
	char text[600];

	assert_int_equal(proc_fd_text(getpid(), fd, text, sizeof(text)),
	                 strlen(want));
	assert_string_equal(text, want);
}

static unsigned long inode_of(int fd)
{
	char path[64], link[64] = "";

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	assert_true(readlink(path, link, sizeof(link) - 1) > 0);
	return strtoul(strchr(link, '[') + 1, NULL, 10);
}

static void names_descriptors(void **state)
{
	int null = open("/dev/null", O_RDWR | O_APPEND);
	int event = eventfd(0, 0);
	char want[100], text[8];
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_fd_text(null, "/dev/null");
	assert_fd_text(event, "anon_inode:[eventfd]");
	snprintf(want, sizeof(want), "pipe:[%lu]", inode_of(fds[0]));
	assert_fd_text(fds[0], want);
	assert_int_equal(proc_fd_text(getpid(), null, text, sizeof(text)), 7);
	assert_string_equal(text, "/dev/nu");
	close(null);
	assert_int_equal(proc_fd_text(getpid(), null, text, sizeof(text)), -1);
	assert_int_equal(proc_fd_text(getpid(), -5, text, sizeof(text)), -1);
	assert_int_equal(proc_fd_text(getpid(), null, text, 0), -1);
	close(event);
	close(fds[0]);
	close(fds[1]);
}

static int bound_socket(int type, struct sockaddr_in *addr)
{
	int fd = socket(AF_INET, type, 0);
	socklen_t len = sizeof(*addr);

	*addr = (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	assert_int_equal(bind(fd, (struct sockaddr *)addr, len), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)addr, &len), 0);
	return fd;
}

/* What is said of a TCP pair, a UDP socket, and one that is not bound. */
static void names_inet_sockets(void **state)
{
	struct sockaddr_in to, from, udp;
	socklen_t len = sizeof(from);
	int listener = bound_socket(SOCK_STREAM, &to);
	int datagram = bound_socket(SOCK_DGRAM, &udp);
	int client = socket(AF_INET, SOCK_STREAM, 0);
	char want[100];

	(void)state;
	snprintf(want, sizeof(want), "TCP:[%lu]", inode_of(client));
	assert_fd_text(client, want);
	assert_int_equal(listen(listener, 1), 0);
	assert_int_equal(connect(client, (struct sockaddr *)&to, len), 0);
	getsockname(client, (struct sockaddr *)&from, &len);
	snprintf(want, sizeof(want), "TCP:[127.0.0.1:%u]", ntohs(to.sin_port));
	assert_fd_text(listener, want);
	snprintf(want, sizeof(want), "TCP:[127.0.0.1:%u->127.0.0.1:%u]",
	         ntohs(from.sin_port), ntohs(to.sin_port));
	assert_fd_text(client, want);
	snprintf(want, sizeof(want), "UDP:[127.0.0.1:%u]",
	         ntohs(udp.sin_port));
	assert_fd_text(datagram, want);
	close(listener);
	close(client);
	close(datagram);
}

static void names_inet6_sockets(void **state)
{
	struct sockaddr_in6 addr = {
		.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT,
	};
	socklen_t len = sizeof(addr);
	int fd = socket(AF_INET6, SOCK_STREAM, 0);
	char want[100];

	(void)state;
	if (fd < 0 || bind(fd, (struct sockaddr *)&addr, len)) {
		close(fd);
		return; /* a machine without IPv6 */
	}
	listen(fd, 1);
	getsockname(fd, (struct sockaddr *)&addr, &len);
	snprintf(want, sizeof(want), "TCPv6:[[::1]:%u]",
	         ntohs(addr.sin6_port));
	assert_fd_text(fd, want);
	close(fd);
}

static void names_unix_sockets(void **state)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int named = socket(AF_UNIX, SOCK_STREAM, 0);
	char want[200];
	int pair[2];

	(void)state;
	/* An abstract name, with what a terminal would obey in it. */
	snprintf(addr.sun_path + 1, 100, "scdb-test\x1b\"%d", getpid());
	assert_int_equal(bind(named, (struct sockaddr *)&addr,
	                      (socklen_t)(sizeof(sa_family_t) + 1 +
	                                  strlen(addr.sun_path + 1))), 0);
	snprintf(want, sizeof(want),
	         "UNIX-STREAM:[%lu,@\"scdb-test\\33\\\"%d\"]", inode_of(named),
	         getpid());
	assert_fd_text(named, want);
	assert_int_equal(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), 0);
	snprintf(want, sizeof(want), "UNIX:[%lu->%lu]", inode_of(pair[0]),
	         inode_of(pair[1]));
	assert_fd_text(pair[0], want);
	close(named);
	close(pair[0]);
	close(pair[1]);
}

static void names_other_sockets(void **state)
{
	int fd = socket(AF_NETLINK, SOCK_RAW, 0);
	struct sockaddr addr = { .sa_family = AF_NETLINK };
	unsigned port[3];
	socklen_t len = sizeof(port);
	char want[100];

	(void)state;
	assert_int_equal(bind(fd, &addr, 12), 0);
	getsockname(fd, (struct sockaddr *)port, &len);
	snprintf(want, sizeof(want), "NETLINK:[ROUTE:%u]", port[1]);
	assert_fd_text(fd, want);
	close(fd);
}

/* netlink answers for the asker's network; the tracee lives in another. */
static void names_sockets_of_another_network(void **state)
{
	struct sockaddr_in addr;
	char text[100], want[100];
	int ready[2];
	unsigned answer[2];
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (!pid) {
		int fd = -1;

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		answer[0] = answer[1] = 0;
		/* Who is not root needs a user namespace for that. */
		if (!unshare(CLONE_NEWNET) ||
		    !unshare(CLONE_NEWUSER | CLONE_NEWNET)) {
			fd = socket(AF_INET, SOCK_DGRAM, 0);
			addr = (struct sockaddr_in){
				.sin_family = AF_INET, .sin_port = htons(777),
			};
			answer[0] = !bind(fd, (struct sockaddr *)&addr,
			                  sizeof(addr));
			answer[1] = (unsigned)fd;
		}
		if (write(ready[1], answer, sizeof(answer)) < 0)
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(read(ready[0], answer, sizeof(answer)),
	                 sizeof(answer));
	if (answer[0]) {
		snprintf(want, sizeof(want), "UDP:[0.0.0.0:777]");
		assert_true(proc_fd_text(pid, (int)answer[1], text,
		                         sizeof(text)) > 0);
		assert_string_equal(text, want);
	}
	end(pid);
	close(ready[0]);
	close(ready[1]);
}

static void lists_descriptors(void **state)
{
	int high = fcntl(1, F_DUPFD_CLOEXEC, 900);
	int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	proc_fd_vec fds;
	size_t found = 0;

	(void)state;
	lseek(file, 1234, SEEK_SET);
	assert_null(proc_fds(getpid(), &fds));
	for (size_t i = 0; i < fds.len; i++) {
		const struct proc_fd *fd = &fds.items[i];

		if (i)
			assert_true(fds.items[i - 1].fd < fd->fd);
		if (fd->fd == file) {
			assert_int_equal(fd->pos, 1234);
			assert_int_equal(fd->flags & O_ACCMODE, O_RDONLY);
			assert_true(fd->flags & O_CLOEXEC);
			assert_true(fd->target[0] == '/');
			found++;
		}
		found += fd->fd == high;
	}
	assert_int_equal(found, 2);
	proc_fds_deinit(&fds);
	close(high);
	close(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses_fdinfo),
		cmocka_unit_test(parses_net_lines),
		cmocka_unit_test(
			long_socket_names_are_kept_whole_or_not_at_all),
		cmocka_unit_test(names_descriptors),
		cmocka_unit_test(names_inet_sockets),
		cmocka_unit_test(names_inet6_sockets),
		cmocka_unit_test(names_unix_sockets),
		cmocka_unit_test(names_other_sockets),
		cmocka_unit_test(names_sockets_of_another_network),
		cmocka_unit_test(lists_descriptors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
