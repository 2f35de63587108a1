/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arguments and results as text: what strace 6.1 shows for the same bytes. */
#include "decode_fake.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <time.h>

#include <cmocka.h>

#define ARGS(...) ((const uint64_t[SYSCALL_ARGS]){ __VA_ARGS__ })

static void check(struct fake *f, const char *expected)
{
	AUTO_BUF struct buf out;

	buf_init(&out);
	fake_text(f, &out);
	assert_string_equal(out.data, expected);
}

/* At entry, of the 64-bit ABI. */
static void check_call(struct fake *f, const char *name, const uint64_t *args,
                       const char *expected)
{
	fake_call(f, ABI_X86_64, name, args);
	check(f, expected);
}

/* At exit with RESULT. */
static void check_exit(struct fake *f, const char *name, const uint64_t *args,
                       int64_t result, const char *expected)
{
	fake_call(f, ABI_X86_64, name, args);
	f->c.phase = DECODE_EXIT;
	f->c.result = result;
	check(f, expected);
}

static void check_i386(struct fake *f, const char *name, const uint64_t *args,
                       int64_t result, const char *expected)
{
	fake_call(f, ABI_I386, name, args);
	f->c.phase = DECODE_EXIT;
	f->c.result = result;
	check(f, expected);
}

static void check_result(struct fake *f, const char *name, int64_t result,
                         const char *expected)
{
	AUTO_BUF struct buf out;

	fake_call(f, ABI_X86_64, name, ARGS(0));
	f->c.phase = DECODE_EXIT;
	f->c.result = result;
	buf_init(&out);
	decode_result(&f->c, &out);
	assert_string_equal(out.data, expected);
}

static int fake_setup(void **state)
{
	static struct fake f;

	fake_init(&f);
	*state = &f;
	return 0;
}

static void files(void **state)
{
	struct fake *f = *state;
	taddr path = fake_string(f, "/etc/hosts");
	uint64_t cwd = (uint64_t)-100;

	check_call(f, "openat", ARGS(cwd, path, O_RDONLY | O_CLOEXEC, 0666),
	           "AT_FDCWD, \"/etc/hosts\", O_RDONLY|O_CLOEXEC");
	/* Only the lower half of the register is the descriptor. */
	check_call(f, "openat", ARGS(0xffffff9c, path, 0x40000042, 0644),
	           "AT_FDCWD, \"/etc/hosts\", O_RDWR|O_CREAT|0x40000000, "
	           "0644");
	check_call(f, "openat", ARGS(5, path, O_TMPFILE | O_RDWR | O_SYNC,
	                             0600),
	           "5, \"/etc/hosts\", O_RDWR|O_SYNC|O_TMPFILE, 0600");
	check_call(f, "open", ARGS(0, 0xffffffff80000001),
	           "NULL, O_WRONLY|0x80000000");
	check_call(f, "open", ARGS(0, O_WRONLY | O_DSYNC),
	           "NULL, O_WRONLY|O_DSYNC");
	check_call(f, "open", ARGS(0x1234, 3), "0x1234, O_ACCMODE");
	check_call(f, "lseek", ARGS(1, (uint64_t)-1, 3),
	           "1, -1, SEEK_DATA");
	check_call(f, "mknod", ARGS(path, S_IFCHR | 0600, makedev(1, 3)),
	           "\"/etc/hosts\", S_IFCHR|0600, makedev(0x1, 0x3)");
	check_call(f, "mknod", ARGS(path, S_IFIFO | 04755, 7),
	           "\"/etc/hosts\", S_IFIFO|S_ISUID|0755");
	check_call(f, "chmod", ARGS(path, 04755), "\"/etc/hosts\", 04755");
	check_call(f, "chmod", ARGS(path, 0), "\"/etc/hosts\", 000");
	check_call(f, "access", ARGS(path, 5), "\"/etc/hosts\", R_OK|X_OK");
	check_call(f, "access", ARGS(path, 0), "\"/etc/hosts\", F_OK");
	check_call(f, "fcntl", ARGS(1, F_GETFD, 99), "1, F_GETFD");
	check_call(f, "fcntl", ARGS(1, F_SETFL, O_NONBLOCK),
	           "1, F_SETFL, O_RDONLY|O_NONBLOCK");
	check_call(f, "fcntl", ARGS(1, 77, 99), "1, 0x4d /* F_??? */, 0x63");
	check_call(f, "setuid", ARGS(0xffffffff), "-1");
	check_call(f, "mmap", ARGS(0, 4096, 3, 0x40022 | 21u << 26,
	                           0xffffffff, 0),
	           "NULL, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS"
	           "|MAP_HUGETLB|21<<MAP_HUGE_SHIFT, -1, 0");
	check_call(f, "mmap", ARGS(0x7f0000001000, 4096, 0, 0x10, 3, 0x1000),
	           "0x7f0000001000, 4096, PROT_NONE, MAP_FILE|MAP_FIXED, 3, "
	           "0x1000");
	check_call(f, "mremap", ARGS(0x1000, 1, 2, 1, 9),
	           "0x1000, 1, 2, MREMAP_MAYMOVE");
}

static void strings(void **state)
{
	struct fake *f = *state;
	taddr text = fake_put(f, "hi\0012\t\"\\\n\377\0", 10);
	char many[100];
	taddr big;

	memset(many, 'a', sizeof(many));
	big = fake_put(f, many, sizeof(many));
	check_call(f, "write", ARGS(1, text, 10),
	           "1, \"hi\\0012\\t\\\"\\\\\\n\\377\\0\", 10");
	check_call(f, "write", ARGS(1, text, 0), "1, \"\", 0");
	check_call(f, "write", ARGS(1, big, 32),
	           "1, \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", 32");
	check_call(f, "write", ARGS(1, big, 100),
	           "1, \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"..., 100");
	check_call(f, "write", ARGS(1, 0xdead0000, 4), "1, 0xdead0000, 4");
	check_call(f, "write", ARGS(1, 0, 4), "1, NULL, 4");
	f->c.max_string = 3;
	check_call(f, "write", ARGS(1, big, 100), "1, \"aaa\"..., 100");
	f->c.max_string = 0;
	/* What the kernel will write is an address before it has. */
	check_call(f, "read", ARGS(0, big, 50), "0, 0x10010, 50");
	check_exit(f, "read", ARGS(0, big, 50), 3, "0, \"aaa\", 50");
	check_exit(f, "read", ARGS(0, big, 50), 0, "0, \"\", 50");
	check_exit(f, "read", ARGS(0, big, 50), -EAGAIN, "0, 0x10010, 50");
	check_exit(f, "read", ARGS(0, big, 50), -512, "0, 0x10010, 50");
	/* A result may be larger than the buffer. */
	check_exit(f, "recvfrom", ARGS(0, big, 2, 0x20), 90,
	           "0, \"aa\", 2, MSG_TRUNC, NULL, NULL");
	check_exit(f, "getcwd", ARGS(fake_string(f, "/tmp"), 64), 5,
	           "\"/tmp\", 64");
	/* A string that runs into unreadable memory is none. */
	memset(f->data + FAKE_SIZE - 8, 'x', 8);
	check_call(f, "chdir", ARGS(BASE + FAKE_SIZE - 8), "0x13ff8");
}

static void descriptors(void **state)
{
	struct fake *f = *state;

	f->c.host = &f->host;
	check_call(f, "close", ARGS(3), "3</etc/hosts>");
	check_call(f, "close", ARGS(4), "4</tmp/a\\76\\033[2Jb>");
	check_call(f, "close", ARGS(5), "5");
	check_call(f, "close", ARGS(0xffffffff), "-1");
	check_result(f, "openat", 3, "3</etc/hosts>");
	check_result(f, "read", 3, "3");
}

static void results(void **state)
{
	struct fake *f = *state;

	check_result(f, "openat", -ENOENT, "-ENOENT");
	check_result(f, "openat", -4000, "-4000");
	check_result(f, "mmap", 0x7f1234567000, "0x7f1234567000");
	check_result(f, "brk", 0, "0");
	check_result(f, "umask", 022, "022");
	check_result(f, "nanosleep", -516, "? ERESTART_RESTARTBLOCK");
	check_result(f, "read", -512, "? ERESTARTSYS");
	check_result(f, "exit_group", 0, "?");
	check_result(f, "read", -5000, "-5000");
}

static void names(void **state)
{
	struct fake *f = *state;
	AUTO_BUF struct buf out;

	buf_init(&out);
	fake_call(f, ABI_X86_64, "openat",
	          ARGS(7, fake_string(f, "x"), O_RDONLY, 0));
	decode_args(&f->c, &out);
	assert_string_equal(out.data,
	                    "dirfd=7, pathname=\"x\", flags=O_RDONLY");
	buf_reset(&out);
	f->call.desc = NULL;
	f->call.args[1] = 1;
	decode_args(&f->c, &out);
	assert_string_equal(out.data, "0x7, 0x1, 0, 0, 0, 0");
}

static void stats(void **state)
{
	struct fake *f = *state;
	struct stat st = { .st_mode = S_IFREG | 0644, .st_size = 44611,
	                   .st_dev = makedev(8, 1), .st_ino = 5,
	                   .st_nlink = 1, .st_uid = 7, .st_gid = 8,
	                   .st_blksize = 4096, .st_blocks = 88 };
	struct stat dev = { .st_mode = S_IFCHR | 0666,
	                    .st_rdev = makedev(1, 3) };
	/* i386's stat64: 96 bytes, the mode at 16, the size at 44. */
	uint32_t old[24] = { [4] = S_IFREG | 0600, [11] = 5, [12] = 1 };
	uint64_t path = fake_string(f, "x");
	taddr at = fake_put(f, &st, sizeof(st));

	check_call(f, "stat", ARGS(path, at), "\"x\", 0x10010");
	check_exit(f, "stat", ARGS(path, at), -ENOENT, "\"x\", 0x10010");
	check_exit(f, "stat", ARGS(path, at), 0,
	           "\"x\", {st_mode=S_IFREG|0644, st_size=44611, ...}");
	check_exit(f, "stat", ARGS(path, fake_put(f, &dev, sizeof(dev))), 0,
	           "\"x\", {st_mode=S_IFCHR|0666, st_rdev=makedev(0x1, 0x3), "
	           "...}");
	check_i386(f, "stat64", ARGS(path, fake_put(f, old, sizeof(old))), 0,
	           "\"x\", {st_mode=S_IFREG|0600, st_size=4294967301, ...}");
	f->c.whole = true;
	check_exit(f, "stat", ARGS(path, at), 0,
	           "\"x\", {st_dev=makedev(0x8, 0x1), st_ino=5, "
	           "st_mode=S_IFREG|0644, st_nlink=1, st_uid=7, st_gid=8, "
	           "st_blksize=4096, st_blocks=88, st_size=44611, st_atime=0, "
	           "st_atime_nsec=0, st_mtime=0, st_mtime_nsec=0, st_ctime=0, "
	           "st_ctime_nsec=0}");
	/* Partly unreadable. */
	check_exit(f, "stat", ARGS(path, BASE + FAKE_SIZE - 100), 0,
	           "\"x\", 0x13f9c");
}

static void times(void **state)
{
	struct fake *f = *state;
	struct timespec ts = { 1, 500 };
	struct timespec pair[2] = { { 0, UTIME_NOW }, { 0, UTIME_OMIT } };
	uint32_t old[2] = { 2, 0xffffffff };
	uint64_t unlimited[2] = { 8192 * 1024, UINT64_MAX };
	uint32_t limit32[2] = { 1000, UINT32_MAX };
	taddr at = fake_put(f, &ts, sizeof(ts));

	check_call(f, "nanosleep", ARGS(at, at),
	           "{tv_sec=1, tv_nsec=500}, 0x10000");
	check_exit(f, "nanosleep", ARGS(at, at), 0,
	           "{tv_sec=1, tv_nsec=500}, 0x10000");
	check_exit(f, "nanosleep", ARGS(at, at), -EINTR,
	           "{tv_sec=1, tv_nsec=500}, {tv_sec=1, tv_nsec=500}");
	check_i386(f, "nanosleep", ARGS(fake_put(f, old, sizeof(old)), 0), 0,
	           "{tv_sec=2, tv_nsec=4294967295}, NULL");
	check_call(f, "utimensat", ARGS(0xffffff9c, 0, fake_put(f, pair,
	                                                sizeof(pair)), 0x100),
	           "AT_FDCWD, NULL, [UTIME_NOW, UTIME_OMIT], "
	           "AT_SYMLINK_NOFOLLOW");
	check_call(f, "setrlimit", ARGS(3, fake_put(f, unlimited, 16)),
	           "RLIMIT_STACK, {rlim_cur=8192*1024, "
	           "rlim_max=RLIM64_INFINITY}");
	check_i386(f, "setrlimit", ARGS(0, fake_put(f, limit32, 8)), 0,
	           "RLIMIT_CPU, {rlim_cur=1000, rlim_max=RLIM_INFINITY}");
	check_call(f, "clock_gettime", ARGS(7, at),
	           "CLOCK_BOOTTIME, 0x10000");
	check_call(f, "clock_gettime", ARGS(~100u << 3 | 2, at),
	           "MAKE_PROCESS_CPUCLOCK(100, CPUCLOCK_SCHED), 0x10000");
}

static void signals(void **state)
{
	struct fake *f = *state;
	uint64_t set = 1ull << (SIGINT - 1) | 1ull << (SIGTERM - 1);
	uint64_t most = ~(1ull << 31 | 1ull << 32);
	uint64_t action[4] = { 0x55001234, 0x14000000, 0x7f0000001000, 0 };
	uint32_t action32[5] = { 1, 0x04000000, 0x8000, 2, 0 };
	taddr one = fake_put(f, &set, 8);

	check_call(f, "rt_sigprocmask", ARGS(0, one, 0, 8),
	           "SIG_BLOCK, [INT TERM], NULL, 8");
	check_call(f, "rt_sigprocmask", ARGS(2, fake_put(f, &most, 8), 0, 8),
	           "SIG_SETMASK, ~[RTMIN RT_1], NULL, 8");
	check_call(f, "rt_sigprocmask", ARGS(2, one, 0, 999),
	           "SIG_SETMASK, 0x10000, NULL, 999");
	check_call(f, "rt_sigaction",
	           ARGS(SIGINT, fake_put(f, action, sizeof(action)), 0, 8),
	           "SIGINT, {sa_handler=0x55001234, sa_mask=[], "
	           "sa_flags=SA_RESTORER|SA_RESTART, "
	           "sa_restorer=0x7f0000001000}, NULL, 8");
	check_i386(f, "rt_sigaction",
	           ARGS(64, fake_put(f, action32, sizeof(action32)), 0, 8), 0,
	           "SIGRT_32, {sa_handler=SIG_IGN, sa_mask=[INT], "
	           "sa_flags=SA_RESTORER, sa_restorer=0x8000}, NULL, 8");
	check_call(f, "kill", ARGS(0xffffffff, 9), "-1, SIGKILL");
	check_call(f, "kill", ARGS(1, 0), "1, 0");
	check_call(f, "kill", ARGS(1, 99), "1, 99");
}

static void siginfos(void **state)
{
	struct fake *f = *state;
	siginfo_t child = { .si_signo = SIGCHLD, .si_code = CLD_KILLED };
	siginfo_t none = { 0 };
	uint32_t segv[32] = { SIGSEGV, 0, SEGV_MAPERR, 0x1234 };

	child.si_pid = 42;
	child.si_status = SIGKILL;
	child.si_utime = 150;
	check_exit(f, "waitid", ARGS(1, 42, fake_put(f, &child, sizeof(child)),
	                             4, 0), 0,
	           "P_PID, 42, {si_signo=SIGCHLD, si_code=CLD_KILLED, "
	           "si_pid=42, si_uid=0, si_status=SIGKILL, "
	           "si_utime=150 /* 1.50 s */, si_stime=0}, WEXITED, NULL");
	check_exit(f, "waitid", ARGS(0, 0, fake_put(f, &none, sizeof(none)),
	                             5, 0), 0,
	           "P_ALL, 0, {}, WNOHANG|WEXITED, NULL");
	check_i386(f, "rt_sigqueueinfo",
	           ARGS(1, 11, fake_put(f, segv, sizeof(segv))), 0,
	           "1, SIGSEGV, {si_signo=SIGSEGV, si_code=SEGV_MAPERR, "
	           "si_addr=0x1234}");
}

static void sockets(void **state)
{
	struct fake *f = *state;
	struct sockaddr_in in = { AF_INET, htons(80),
	                          { htonl(INADDR_LOOPBACK) }, { 0 } };
	struct sockaddr_in6 in6 = { AF_INET6, htons(8080), htonl(5),
	                            IN6ADDR_LOOPBACK_INIT, 0 };
	struct sockaddr_un un = { AF_UNIX, "/tmp/x" };
	struct sockaddr_un hidden = { AF_UNIX, "\0abs\1" };
	taddr at = fake_put(f, &in, sizeof(in));
	int len = 16;

	check_call(f, "connect", ARGS(3, at, 16),
	           "3, {sa_family=AF_INET, sin_port=htons(80), "
	           "sin_addr=inet_addr(\"127.0.0.1\")}, 16");
	check_call(f, "connect", ARGS(3, at, 4),
	           "3, {sa_family=AF_INET, sa_data=\"\\0P\"}, 4");
	check_call(f, "connect", ARGS(3, at, 1), "3, 0x10000, 1");
	check_call(f, "connect", ARGS(3, at, 0x7fffffff),
	           "3, {sa_family=AF_INET, sin_port=htons(80), "
	           "sin_addr=inet_addr(\"127.0.0.1\")}, 2147483647");
	check_call(f, "bind", ARGS(3, fake_put(f, &in6, sizeof(in6)), 28),
	           "3, {sa_family=AF_INET6, sin6_port=htons(8080), "
	           "sin6_flowinfo=htonl(5), inet_pton(AF_INET6, \"::1\", "
	           "&sin6_addr), sin6_scope_id=0}, 28");
	check_call(f, "bind", ARGS(3, fake_put(f, &un, sizeof(un)), 110),
	           "3, {sa_family=AF_UNIX, sun_path=\"/tmp/x\"}, 110");
	check_call(f, "bind", ARGS(3, fake_put(f, &hidden, sizeof(hidden)), 7),
	           "3, {sa_family=AF_UNIX, sun_path=@\"abs\\1\"}, 7");
	check_exit(f, "accept", ARGS(3, at, fake_put(f, &len, 4)), 5,
	           "3, {sa_family=AF_INET, sin_port=htons(80), "
	           "sin_addr=inet_addr(\"127.0.0.1\")}, [16]");
	check_call(f, "socket", ARGS(2, 1 | SOCK_NONBLOCK, 6),
	           "AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_TCP");
	check_call(f, "socket", ARGS(16, 3, 0),
	           "AF_NETLINK, SOCK_RAW, NETLINK_ROUTE");
	check_call(f, "socket", ARGS(17, 3, htons(3)),
	           "AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)");
	check_call(f, "setsockopt", ARGS(3, 1, 2, fake_put(f, &len, 4), 4),
	           "3, SOL_SOCKET, SO_REUSEADDR, [16], 4");
	check_call(f, "setsockopt", ARGS(3, 6, 1, fake_put(f, &len, 4), 3),
	           "3, SOL_TCP, TCP_NODELAY, \"\\20\\0\\0\", 3");
}

static void messages(void **state)
{
	struct fake *f = *state;
	taddr text = fake_put(f, "abcdefgh", 8);
	struct iovec iov[2] = { { (void *)text, 3 },
	                        { (void *)(text + 3), 5 } };
	taddr pieces = fake_put(f, iov, sizeof(iov));
	uint8_t control[CMSG_SPACE(8)] = { 0 };
	struct msghdr msg = { .msg_iov = (void *)pieces, .msg_iovlen = 2,
	                      .msg_controllen = sizeof(control) };
	struct cmsghdr head = { CMSG_LEN(8), SOL_SOCKET, SCM_RIGHTS };
	int fds[2] = { 6, 7 };

	memcpy(control, &head, sizeof(head));
	memcpy(control + sizeof(head), fds, sizeof(fds));
	msg.msg_control = (void *)fake_put(f, control, sizeof(control));
	check_call(f, "writev", ARGS(1, pieces, 2),
	           "1, [{iov_base=\"abc\", iov_len=3}, "
	           "{iov_base=\"defgh\", iov_len=5}], 2");
	check_exit(f, "readv", ARGS(1, pieces, 2), 5,
	           "1, [{iov_base=\"abc\", iov_len=3}, "
	           "{iov_base=\"de\", iov_len=5}], 2");
	check_call(f, "readv", ARGS(1, pieces, 2),
	           "1, [{iov_base=0x10000, iov_len=3}, "
	           "{iov_base=0x10003, iov_len=5}], 2");
	check_call(f, "writev", ARGS(1, 0xdead0000, 2), "1, 0xdead0000, 2");
	check_call(f, "sendmsg", ARGS(1, fake_put(f, &msg, sizeof(msg)), 0x40),
	           "1, {msg_name=NULL, msg_namelen=0, msg_iov=["
	           "{iov_base=\"abc\", iov_len=3}, "
	           "{iov_base=\"defgh\", iov_len=5}], msg_iovlen=2, "
	           "msg_control=[{cmsg_len=24, cmsg_level=SOL_SOCKET, "
	           "cmsg_type=SCM_RIGHTS, cmsg_data=[6, 7]}], "
	           "msg_controllen=24, msg_flags=0}, MSG_DONTWAIT");
}

static void waiting(void **state)
{
	struct fake *f = *state;
	struct pollfd fds[2] = { { 3, POLLIN, POLLIN }, { -1, POLLOUT, 0 } };
	uint64_t set[2] = { 1 << 3 | 1 << 5, 0 };
	struct epoll_event ev = { EPOLLIN | EPOLLET,
	                          { .u64 = 0x200000001ull } };
	taddr at = fake_put(f, fds, sizeof(fds));
	taddr in = fake_put(f, set, sizeof(set));

	check_call(f, "poll", ARGS(at, 2, 0xffffffff),
	           "[{fd=3, events=POLLIN}, {fd=-1}], 2, -1");
	check_exit(f, "poll", ARGS(at, 2, 0), 1,
	           "[{fd=3, events=POLLIN, revents=POLLIN}, {fd=-1}], 2, 0");
	check_call(f, "select", ARGS(6, in, 0, 0, 0),
	           "6, [3 5], NULL, NULL, NULL");
	check_call(f, "select", ARGS(5, in, 0, 0, 0),
	           "5, [3], NULL, NULL, NULL");
	check_call(f, "select", ARGS(0xffffffff, in, 0, 0, 0),
	           "-1, 0x10010, NULL, NULL, NULL");
	check_exit(f, "epoll_wait", ARGS(4, fake_put(f, &ev, sizeof(ev)), 8,
	                                 0), 1,
	           "4, [{events=EPOLLIN|EPOLLET, data={u32=1, "
	           "u64=8589934593}}], 8, 0");
}

static void processes(void **state)
{
	struct fake *f = *state;
	uint64_t argv[3] = { fake_string(f, "ls"), fake_string(f, "-\n"), 0 };
	taddr argv_at = fake_put(f, argv, sizeof(argv));
	uint32_t argv32[3] = { (uint32_t)argv[0], (uint32_t)argv[1], 0 };
	taddr argv32_at = fake_put(f, argv32, sizeof(argv32));
	int killed = SIGKILL | 0x80, left = 3 << 8;
	uint64_t args3[11] = { 0x100, 0, 0, 0, SIGCHLD, 0x1000, 0x2000 };

	check_call(f, "execve", ARGS(argv[0], argv_at, argv_at),
	           "\"ls\", [\"ls\", \"-\\n\"], 0x10020 /* 2 vars */");
	check_i386(f, "execve", ARGS(argv[0], argv32_at, 0), -2,
	           "\"ls\", [\"ls\", \"-\\n\"], NULL");
	check_exit(f, "wait4", ARGS(0xffffffff, fake_put(f, &left, 4), 1, 0),
	           12, "-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 3}], WNOHANG, "
	           "NULL");
	check_exit(f, "wait4", ARGS(0xffffffff, fake_put(f, &killed, 4), 0, 0),
	           12, "-1, [{WIFSIGNALED(s) && WTERMSIG(s) == SIGKILL && "
	           "WCOREDUMP(s)}], 0, NULL");
	check_exit(f, "wait4", ARGS(0xffffffff, 0x10060, 1, 0x10060), 0,
	           "-1, 0x10060, WNOHANG, 0x10060");
	check_call(f, "clone", ARGS(0x1200011, 0, 1, 0x7f00, 2),
	           "CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, NULL, "
	           "0x7f00");
	check_call(f, "clone3", ARGS(fake_put(f, args3, 88), 88),
	           "{flags=CLONE_VM, exit_signal=SIGCHLD, stack=0x1000, "
	           "stack_size=0x2000}, 88");
	check_call(f, "futex", ARGS(0x1000, 128, 2, 0, 5, 6),
	           "0x1000, FUTEX_WAIT_PRIVATE, 2, NULL");
	check_call(f, "futex", ARGS(0x1000, 0x109, 2, 0, 5, 0xffffffff),
	           "0x1000, FUTEX_WAIT_BITSET|FUTEX_CLOCK_REALTIME, 2, NULL, "
	           "FUTEX_BITSET_MATCH_ANY");
	check_call(f, "futex", ARGS(0x1000, 5, 1, 1, 0x2000, 0x04000001),
	           "0x1000, FUTEX_WAKE_OP, 1, 1, 0x2000, "
	           "FUTEX_OP_SET<<28|0<<12|FUTEX_OP_CMP_GT<<24|0x1");
	check_call(f, "prctl", ARGS(15, argv[0]), "PR_SET_NAME, \"ls\"");
	check_call(f, "prctl", ARGS(4, 1),
	           "PR_SET_DUMPABLE, SUID_DUMP_USER");
	check_call(f, "ptrace", ARGS(0x4206, 5, 0, 3),
	           "PTRACE_SEIZE, 5, NULL, "
	           "PTRACE_O_TRACESYSGOOD|PTRACE_O_TRACEFORK");
	check_call(f, "ptrace", ARGS(0x4207, 5, 1, 3),
	           "PTRACE_INTERRUPT, 5");
}

static void devices(void **state)
{
	struct fake *f = *state;
	uint16_t size[4] = { 24, 80, 0, 0 };
	int count = -3;

	check_exit(f, "ioctl", ARGS(0, 0x5413, fake_put(f, size, 8)), 0,
	           "0, TIOCGWINSZ, {ws_row=24, ws_col=80, ws_xpixel=0, "
	           "ws_ypixel=0}");
	check_exit(f, "ioctl", ARGS(0, 0x541b, fake_put(f, &count, 4)), 0,
	           "0, FIONREAD, [-3]");
	check_call(f, "ioctl", ARGS(0, 0x541b, 0x10010),
	           "0, FIONREAD, 0x10010");
	check_call(f, "ioctl", ARGS(0, 0xdead1234, 5),
	           "0, _IOC(_IOC_READ|_IOC_WRITE, 0x12, 0x34, 0x1ead), 0x5");
	check_call(f, "ioctl", ARGS(0, 0x5451, 5), "0, FIOCLEX");
}

static void halves_and_others(void **state)
{
	struct fake *f = *state;
	taddr buf = fake_put(f, "ab", 2);

	check_i386(f, "pread64", ARGS(3, buf, 2, 5, 1), 2,
	           "3, \"ab\", 2, 4294967301");
	check_i386(f, "chown", ARGS(0, 0xffff, 5), 0, "NULL, -1, 5");
	check_i386(f, "_llseek", ARGS(3, 1, 2, 0, 0), -1,
	           "3, 4294967298, NULL, SEEK_SET");
	check_call(f, "shmget", ARGS(0, 4096, 01600),
	           "IPC_PRIVATE, 4096, IPC_CREAT|0600");
	check_call(f, "personality", ARGS(0xffffffff), "0xffffffff");
	check_call(f, "personality", ARGS(0x40000),
	           "PER_LINUX|ADDR_NO_RANDOMIZE");
}

static void structs_that_grow(void **state)
{
	struct fake *f = *state;
	uint64_t rules[1] = { 3 };
	taddr last = BASE + FAKE_SIZE - 8;

	memcpy(f->data + FAKE_SIZE - 8, rules, 8);
	check_call(f, "landlock_create_ruleset", ARGS(last, 8, 0),
	           "{handled_access_fs=LANDLOCK_ACCESS_FS_EXECUTE|"
	           "LANDLOCK_ACCESS_FS_WRITE_FILE}, 8, 0");
	check_call(f, "landlock_create_ruleset", ARGS(last, 16, 0),
	           "0x13ff8, 16, 0");
	check_call(f, "landlock_create_ruleset", ARGS(last, 0, 1),
	           "0x13ff8, 0, LANDLOCK_CREATE_RULESET_VERSION");
}

static void shapes(void **state)
{
	struct fake *f = *state;

	fake_call(f, ABI_X86_64, "read", ARGS(0xffffffff, 1, 2));
	assert_int_equal(decode_arg_shape(&f->call.desc->args[0]),
	                 SHAPE_NUMBER);
	assert_int_equal(decode_arg_shape(&f->call.desc->args[1]),
	                 SHAPE_BUFFER);
	assert_true(decode_arg_is_signed(&f->call.desc->args[0]));
	assert_false(decode_arg_is_signed(&f->call.desc->args[2]));
	assert_int_equal(decode_arg_value(&f->call, 0), -1);
	assert_int_equal(decode_arg_room(&f->call, 1), 2);
	fake_call(f, ABI_I386, "lseek", ARGS(1, 0xfffffffe, 0));
	assert_int_equal(decode_arg_value(&f->call, 1), -2);
	fake_call(f, ABI_X86_64, "openat", ARGS(1));
	assert_int_equal(decode_arg_shape(&f->call.desc->args[1]),
	                 SHAPE_STRING);
	fake_call(f, ABI_X86_64, "pipe", ARGS(1));
	assert_int_equal(decode_arg_room(&f->call, 0), 8);
	fake_call(f, ABI_X86_64, "stat", ARGS(1));
	assert_int_equal(decode_arg_room(&f->call, 1), 144);
	fake_call(f, ABI_I386, "stat64", ARGS(1));
	assert_int_equal(decode_arg_room(&f->call, 1), 96);
	fake_call(f, ABI_I386, "oldstat", ARGS(1));
	assert_int_equal(decode_arg_room(&f->call, 1), 32);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(files, fake_setup),
		cmocka_unit_test_setup(strings, fake_setup),
		cmocka_unit_test_setup(descriptors, fake_setup),
		cmocka_unit_test_setup(results, fake_setup),
		cmocka_unit_test_setup(names, fake_setup),
		cmocka_unit_test_setup(stats, fake_setup),
		cmocka_unit_test_setup(times, fake_setup),
		cmocka_unit_test_setup(signals, fake_setup),
		cmocka_unit_test_setup(siginfos, fake_setup),
		cmocka_unit_test_setup(sockets, fake_setup),
		cmocka_unit_test_setup(messages, fake_setup),
		cmocka_unit_test_setup(waiting, fake_setup),
		cmocka_unit_test_setup(processes, fake_setup),
		cmocka_unit_test_setup(devices, fake_setup),
		cmocka_unit_test_setup(halves_and_others, fake_setup),
		cmocka_unit_test_setup(structs_that_grow, fake_setup),
		cmocka_unit_test_setup(shapes, fake_setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
