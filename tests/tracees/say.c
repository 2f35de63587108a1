/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * say ACTION [ARG...] ACTION [ARG...] ...
 *
 * Makes the calls it is told to and says what each returned to it, byte for
 * byte: what skip, emulate, fake, arg and nr did is what this program saw,
 * not what the debugger believes. Each call goes through raw_call_via(), so
 * registers that a debugger failed to put back are reported too (a changed
 * argument register stays changed after the call unless it is put back).
 *
 * A line is "NAME = RESULT [ERRNO] [details]". Reports leave by writev, so
 * that a catchpoint on write meets only the writes that were asked for.
 * Data is shown up to the length that the call claims, bounded by the buffer.
 * Exit status: 99 if registers changed, 2 for an unknown action, else 0.
 *
 * Actions that are calls (FD may be "-", the last one opened):
 *   open PATH | openat PATH | creat PATH
 *   read FD N | pread FD N OFF | write TEXT | writefd FD TEXT
 *   close FD | dup FD | lseek FD OFF WHENCE | ftruncate FD N
 *   stat PATH | access PATH | readlink PATH | getcwd
 *   mkdir PATH | rmdir PATH | unlink PATH | rename OLD NEW | chdir PATH
 *   getpid | getppid | gettid | getuid | geteuid | getgid | getegid
 *   getresuid | uname | pipe | socketpair | muxpair
 *   poll FD MS | select FD MS | nanosleep MS | clock_gettime
 *   kill SIG | tgkill SIG | alarm N | sigmask SIG | sigpending
 *   fork (the child ends with 7) | wait | exec PATH | exit N | exit_group N
 *   mmap N | mprotect PROT | munmap (the last one mapped)
 *   nr NR A1 A2 A3 A4 A5 A6 (any call by number)
 * muxpair is socketpair through i386's socketcall, in 32-bit builds.
 * Actions that are not:
 *   handle SIG | handle_restart SIG | ignore SIG | handled (count so far)
 *   via default|int80|vdso (the last two in 32-bit builds)
 *   pid | ready | line (reads stdin up to a newline, by readv)
 *   repeat N (the next action N times)
 */
#include "raw.h"
#include "report.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>

#ifdef __i386__
#define NR(plain, i386) i386
#else
#define NR(plain, i386) plain
#endif

#define BUF_SIZE 65536
#define U(x) ((unsigned long)(x))
#define CALL(nr, ...) \
	raw_call_via(via, U(nr), (const unsigned long[6]){ __VA_ARGS__ })

struct action {
	const char *name;
	int nargs;
	void (*run)(char **arg);
};

/* What the kernel's old calls take, with fields of its word size. */
struct word_time {
	long sec;
	long frac;
};

static enum raw_via via;
static long last_fd = -1;
static long mapped, mapped_len;
static volatile sig_atomic_t handled;
static unsigned char data[BUF_SIZE];

/* The buffer as the call claims to have filled it. */
static void say_data(const char *name, long r)
{
	say_value(name, r);
	if (r < 0)
		printf("\n");
	else
		say_bytes(data, r < BUF_SIZE ? U(r) : BUF_SIZE);
}

static long number(const char *s)
{
	return (long)strtoull(s, NULL, 0);
}

static long fd_of(const char *s)
{
	return strcmp(s, "-") == 0 ? last_fd : number(s);
}

static unsigned long size_of(const char *s)
{
	unsigned long n = U(number(s));

	return n < BUF_SIZE ? n : BUF_SIZE;
}

/* A signal handler's own calls come between a call and its restart. */
static void on_signal(int sig)
{
	(void)sig;
	syscall(SYS_getppid);
	handled++;
}

static void set_handler(const char *sig, void (*fn)(int), int flags)
{
	struct sigaction a = { .sa_handler = fn, .sa_flags = flags };

	sigaction((int)number(sig), &a, NULL);
}

static void opened(const char *name, long r)
{
	say(name, r);
	if (r >= 0)
		last_fd = r;
}

static void do_open(char **a)
{
	opened("open", CALL(SYS_open, U(a[0]), O_RDONLY));
}

static void do_openat(char **a)
{
	opened("openat", CALL(SYS_openat, U(AT_FDCWD), U(a[0]), O_RDONLY));
}

static void do_creat(char **a)
{
	opened("creat", CALL(SYS_creat, U(a[0]), 0644));
}

static void do_read(char **a)
{
	memset(data, '.', sizeof(data));
	say_data("read", CALL(SYS_read, U(fd_of(a[0])), U(data),
			      size_of(a[1])));
}

static void do_pread(char **a)
{
	memset(data, '.', sizeof(data));
	say_data("pread", CALL(SYS_pread64, U(fd_of(a[0])), U(data),
			       size_of(a[1]), U(number(a[2]))));
}

static void do_write(char **a)
{
	say("write", CALL(SYS_write, 1, U(a[0]), strlen(a[0])));
}

static void do_writefd(char **a)
{
	say("writefd", CALL(SYS_write, U(fd_of(a[0])), U(a[1]), strlen(a[1])));
}

static void do_close(char **a)
{
	say("close", CALL(SYS_close, U(fd_of(a[0]))));
}

static void do_dup(char **a)
{
	opened("dup", CALL(SYS_dup, U(fd_of(a[0]))));
}

static void do_lseek(char **a)
{
	say("lseek", CALL(SYS_lseek, U(fd_of(a[0])), U(number(a[1])),
			  U(number(a[2]))));
}

static void do_ftruncate(char **a)
{
	say("ftruncate", CALL(SYS_ftruncate, U(fd_of(a[0])),
			      U(number(a[1]))));
}

static void do_stat(char **a)
{
	struct NR(stat, stat64) st;
	long r;

	memset(&st, 0, sizeof(st));
	r = CALL(NR(SYS_stat, SYS_stat64), U(a[0]), U(&st));
	say_value("stat", r);
	if (r == 0)
		printf(" size %lld mode %o", (long long)st.st_size, st.st_mode);
	printf("\n");
}

static void do_getcwd(char **a)
{
	(void)a;
	say_data("getcwd", CALL(SYS_getcwd, U(data), 4096));
}

static void do_rename(char **a)
{
	say("rename", CALL(SYS_rename, U(a[0]), U(a[1])));
}

static void do_readlink(char **a)
{
	say_data("readlink", CALL(SYS_readlink, U(a[0]), U(data), 4096));
}

/* The second argument serves those that have one. */
#define DO_PATH(name, second)						\
	static void do_##name(char **a)					\
	{								\
		say(#name, CALL(SYS_##name, U(a[0]), second));		\
	}
DO_PATH(access, R_OK)
DO_PATH(mkdir, 0755)
DO_PATH(rmdir, 0)
DO_PATH(unlink, 0)
DO_PATH(chdir, 0)

#define DO_PLAIN(name, nr)				\
	static void do_##name(char **a)			\
	{						\
		(void)a;				\
		say(#name, CALL(nr, 0));		\
	}
DO_PLAIN(getpid, SYS_getpid)
DO_PLAIN(getppid, SYS_getppid)
DO_PLAIN(gettid, SYS_gettid)
DO_PLAIN(getuid, NR(SYS_getuid, SYS_getuid32))
DO_PLAIN(geteuid, NR(SYS_geteuid, SYS_geteuid32))
DO_PLAIN(getgid, NR(SYS_getgid, SYS_getgid32))
DO_PLAIN(getegid, NR(SYS_getegid, SYS_getegid32))

static void do_getresuid(char **a)
{
	unsigned int id[3] = { 1, 2, 3 };
	long r;

	(void)a;
	r = CALL(NR(SYS_getresuid, SYS_getresuid32), U(&id[0]), U(&id[1]),
		 U(&id[2]));
	say_value("getresuid", r);
	printf(" %u %u %u\n", id[0], id[1], id[2]);
}

static void do_uname(char **a)
{
	struct utsname u;
	long r;

	(void)a;
	memset(&u, 0, sizeof(u));
	r = CALL(SYS_uname, U(&u));
	say_value("uname", r);
	say_bytes((unsigned char *)u.sysname, strnlen(u.sysname, 64));
}

static void say_pair(const char *name, long r, const int fd[2])
{
	say_value(name, r);
	printf(" %d %d\n", fd[0], fd[1]);
}

static void do_pipe(char **a)
{
	int fd[2] = { -1, -1 };
	long r = CALL(SYS_pipe, U(fd));

	(void)a;
	say_pair("pipe", r, fd);
}

static void do_socketpair(char **a)
{
	int fd[2] = { -1, -1 };
	long r = CALL(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, U(fd));

	(void)a;
	say_pair("socketpair", r, fd);
}

static void do_muxpair(char **a)
{
	(void)a;
#ifdef __i386__
	int fd[2] = { -1, -1 };
	unsigned long sub[4] = { AF_UNIX, SOCK_STREAM, 0, U(fd) };
	long r = CALL(SYS_socketcall, 8, U(sub));

	say_pair("muxpair", r, fd);
#else
	printf("muxpair: only in 32-bit builds\n");
#endif
}

static void do_poll(char **a)
{
	struct pollfd p = { .fd = (int)fd_of(a[0]), .events = POLLIN };
	long r = CALL(SYS_poll, U(&p), 1, U(number(a[1])));

	say_value("poll", r);
	printf(" revents %#x\n", (unsigned int)p.revents);
}

static void do_select(char **a)
{
	long fd = fd_of(a[0]), ms = number(a[1]), r;
	struct word_time t = { ms / 1000, ms % 1000 * 1000 };
	fd_set set;

	FD_ZERO(&set);
	if (fd >= 0 && fd < FD_SETSIZE)
		FD_SET((int)fd, &set);
	r = CALL(NR(SYS_select, SYS__newselect), U(fd + 1), U(&set), 0, 0,
		 U(&t));
	say_value("select", r);
	printf(" %s\n", r > 0 && fd >= 0 && fd < FD_SETSIZE &&
	       FD_ISSET((int)fd, &set) ? "readable" : "not readable");
}

static void do_nanosleep(char **a)
{
	long ms = number(a[0]), r;
	struct word_time t = { ms / 1000, ms % 1000 * 1000000 };
	struct word_time left = { -1, -1 };

	r = CALL(SYS_nanosleep, U(&t), U(&left));
	say_value("nanosleep", r);
	if (left.sec == -1 && left.frac == -1)
		printf(" nothing left\n");
	else
		printf(" left %ld.%09ld\n", left.sec, left.frac);
}

static void do_clock_gettime(char **a)
{
	struct word_time t = { -1, -1 };
	long r = CALL(SYS_clock_gettime, 0, U(&t));

	(void)a;
	say_value("clock_gettime", r);
	printf(" %s\n", t.sec == -1 ? "nothing stored" :
	       t.sec > 1000000000 ? "a time of this century" : "an old time");
}

static void do_kill(char **a)
{
	say("kill", CALL(SYS_kill, U(getpid()), U(number(a[0]))));
}

static void do_tgkill(char **a)
{
	say("tgkill", CALL(SYS_tgkill, U(getpid()), U(gettid()),
			   U(number(a[0]))));
}

static void do_alarm(char **a)
{
	say("alarm", CALL(SYS_alarm, U(number(a[0]))));
}

static void do_sigmask(char **a)
{
	uint64_t set = (uint64_t)1 << ((number(a[0]) - 1) & 63);

	say("sigmask", CALL(SYS_rt_sigprocmask, SIG_SETMASK, U(&set), 0, 8));
}

static void do_sigpending(char **a)
{
	uint64_t set = 0;
	long r = CALL(SYS_rt_sigpending, U(&set), 8);

	(void)a;
	say_value("sigpending", r);
	printf(" %#llx\n", (unsigned long long)set);
}

static void do_fork(char **a)
{
	long r;

	(void)a;
	fflush(stdout);
	r = CALL(SYS_fork, 0);
	if (r == 0)
		_exit(raw_status(7));
	if (r > 0)
		printf("fork = a child\n");
	else
		say("fork", r);
}

static void do_wait(char **a)
{
	int status = -1;
	long r = CALL(SYS_wait4, U(-1), U(&status), 0, 0);

	(void)a;
	if (r > 0)
		printf("wait = a child");
	else
		say_value("wait", r);
	printf(" status %#x\n", (unsigned int)status);
}

static void do_exec(char **a)
{
	char *argv[] = { a[0], NULL };

	fflush(stdout);
	say("exec", CALL(SYS_execve, U(a[0]), U(argv), U(environ)));
}

static void do_exit(char **a)
{
	fflush(stdout);
	say("exit", CALL(SYS_exit, U(number(a[0]))));
}

static void do_exit_group(char **a)
{
	fflush(stdout);
	say("exit_group", CALL(SYS_exit_group, U(number(a[0]))));
}

static void do_mmap(char **a)
{
	long r;

	mapped_len = number(a[0]);
	r = CALL(NR(SYS_mmap, SYS_mmap2), 0, U(mapped_len),
		 PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, U(-1), 0);
	if (failed(r)) {
		say("mmap", r);
		return;
	}
	mapped = r;
	printf("mmap = a mapping\n");
}

static void do_mprotect(char **a)
{
	say("mprotect", CALL(SYS_mprotect, U(mapped), U(mapped_len),
			     U(number(a[0]))));
}

static void do_munmap(char **a)
{
	(void)a;
	say("munmap", CALL(SYS_munmap, U(mapped), U(mapped_len)));
}

static void do_nr(char **a)
{
	unsigned long arg[6];
	int i;

	for (i = 0; i < 6; i++)
		arg[i] = U(number(a[i + 1]));
	say("nr", raw_call_via(via, U(number(a[0])), arg));
}

static void do_handle(char **a)
{
	set_handler(a[0], on_signal, 0);
}

static void do_handle_restart(char **a)
{
	set_handler(a[0], on_signal, SA_RESTART);
}

static void do_ignore(char **a)
{
	set_handler(a[0], SIG_IGN, 0);
}

static void do_handled(char **a)
{
	(void)a;
	printf("handled %d\n", (int)handled);
}

static void do_via(char **a)
{
	via = strcmp(a[0], "int80") == 0 ? VIA_INT80 :
	      strcmp(a[0], "vdso") == 0 ? VIA_VDSO : VIA_DEFAULT;
#ifdef __x86_64__
	via = VIA_DEFAULT;
#endif
}

static void do_pid(char **a)
{
	(void)a;
	printf("pid %d\n", (int)getpid());
}

static void do_ready(char **a)
{
	(void)a;
	printf("ready\n");
}

static void do_line(char **a)
{
	char c;
	struct iovec v = { &c, 1 };

	(void)a;
	while (readv(STDIN_FILENO, &v, 1) == 1 && c != '\n')
		;
}

static const struct action actions[] = {
	{ "open", 1, do_open }, { "openat", 1, do_openat },
	{ "creat", 1, do_creat }, { "read", 2, do_read },
	{ "pread", 3, do_pread }, { "write", 1, do_write },
	{ "writefd", 2, do_writefd }, { "close", 1, do_close },
	{ "dup", 1, do_dup }, { "lseek", 3, do_lseek },
	{ "ftruncate", 2, do_ftruncate }, { "stat", 1, do_stat },
	{ "access", 1, do_access }, { "readlink", 1, do_readlink },
	{ "getcwd", 0, do_getcwd }, { "mkdir", 1, do_mkdir },
	{ "rmdir", 1, do_rmdir }, { "unlink", 1, do_unlink },
	{ "rename", 2, do_rename }, { "chdir", 1, do_chdir },
	{ "getpid", 0, do_getpid },
	{ "getppid", 0, do_getppid }, { "gettid", 0, do_gettid },
	{ "getuid", 0, do_getuid }, { "geteuid", 0, do_geteuid },
	{ "getgid", 0, do_getgid }, { "getegid", 0, do_getegid },
	{ "getresuid", 0, do_getresuid }, { "uname", 0, do_uname },
	{ "pipe", 0, do_pipe }, { "socketpair", 0, do_socketpair },
	{ "muxpair", 0, do_muxpair }, { "poll", 2, do_poll },
	{ "select", 2, do_select }, { "nanosleep", 1, do_nanosleep },
	{ "clock_gettime", 0, do_clock_gettime }, { "kill", 1, do_kill },
	{ "tgkill", 1, do_tgkill }, { "alarm", 1, do_alarm },
	{ "sigmask", 1, do_sigmask }, { "sigpending", 0, do_sigpending },
	{ "fork", 0, do_fork }, { "wait", 0, do_wait },
	{ "exec", 1, do_exec }, { "exit", 1, do_exit },
	{ "exit_group", 1, do_exit_group }, { "mmap", 1, do_mmap },
	{ "mprotect", 1, do_mprotect }, { "munmap", 0, do_munmap },
	{ "nr", 7, do_nr }, { "handle", 1, do_handle },
	{ "handle_restart", 1, do_handle_restart }, { "ignore", 1, do_ignore },
	{ "handled", 0, do_handled }, { "via", 1, do_via },
	{ "pid", 0, do_pid }, { "ready", 0, do_ready }, { "line", 0, do_line },
};

static const struct action *find_action(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(actions) / sizeof(*actions); i++)
		if (strcmp(actions[i].name, name) == 0)
			return &actions[i];
	return NULL;
}

int main(int argc, char **argv)
{
	long times = 1;
	int i = 1;

	report_init();
	while (i < argc) {
		const struct action *a;

		if (strcmp(argv[i], "repeat") == 0 && i + 1 < argc) {
			times = number(argv[i + 1]);
			i += 2;
			continue;
		}
		a = find_action(argv[i]);
		if (!a || i + a->nargs >= argc) {
			printf("bad action: %s\n", argv[i]);
			fflush(stdout);
			return 2;
		}
		for (; times > 0; times--) {
			a->run(argv + i + 1);
			fflush(stdout);
		}
		times = 1;
		i += 1 + a->nargs;
	}
	return raw_status(0);
}
