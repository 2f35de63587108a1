/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * hostile [DIR]
 *
 * Text that would do harm on a terminal or in a log, wherever a debugger may
 * show some: the thread's name, file names, data, a working directory, the
 * arguments of an exec; and every pointer argument that can't be read. What
 * the program itself prints is plain. Files are made in DIR (or TMPDIR) and
 * removed again.
 */
#include "tracee.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

static const char *const names[] = {
	"\033]0;owned\007",		/* sets a terminal's title */
	"\033[2J\033[1;1H",		/* clears it */
	"line\nbreak\r",
	"\xff\xfe\x80 not utf-8",
	"\xe2\x80\xae right to left",
	("\xc2\x9b" "2J"),		/* CSI as one character */
	"tab\tbell\abackspace\b\bquote\"back\\slash",
	"%s%n%x$(reboot)`id`;&|",
	" ",
	"\xf0\x9f\x92\xa3",
};

#define NAMES (sizeof(names) / sizeof(*names))

static void say(const char *what, long r)
{
	SAY("%s: %s\n", what, r >= 0 ? "ok" : strerrorname_np(errno));
}

static void text_everywhere(void)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int s = socket(AF_UNIX, SOCK_STREAM, 0);
	int null = open("/dev/null", O_WRONLY);
	size_t i;

	for (i = 0; i < NAMES; i++) {
		int fd = open(names[i], O_CREAT | O_RDWR, 0600);
		char back[256];
		ssize_t n;

		MUST(prctl(PR_SET_NAME, names[i]) == 0);
		say("open", fd);
		n = write(null, names[i], strlen(names[i]));
		MUST(n == (ssize_t)strlen(names[i]));
		close(fd);
		say("unlink", unlink(names[i]));
		say("symlink", symlink(names[i], "link"));
		say("readlink", readlink("link", back, sizeof(back)));
		unlink("link");
		memset(a.sun_path, 0, sizeof(a.sun_path));
		strcpy(a.sun_path + 1, names[i]);
		say("connect", connect(s, (struct sockaddr *)&a, sizeof(a)));
		say("mkdir", mkdir(names[i], 0700));
		say("chdir", chdir(names[i]));
		say("access", access("x", F_OK));
		MUST(chdir("..") == 0);
		say("rmdir", rmdir(names[i]));
	}
	close(s);
	close(null);
}

static void long_text(void)
{
	static char path[5000];
	static char data[100000];
	char *argv[4] = { path, data, path, NULL };
	int fd[2];

	memset(path, 'p', sizeof(path) - 1);
	path[0] = '/';
	say("open 4999", open(path, O_RDONLY));
	path[4096] = '\0';
	say("open 4096", open(path, O_RDONLY));
	path[4095] = '\0';
	say("open 4095", open(path, O_RDONLY));
	memset(path, '/', 4094);
	say("open slashes", open(path, O_RDONLY));
	memset(data, '\033', sizeof(data) - 1);
	MUST(pipe2(fd, O_NONBLOCK) == 0);
	SAY("write 100000: %ld\n", (long)write(fd[1], data, sizeof(data)));
	SAY("read: %ld\n", (long)read(fd[0], data, sizeof(data)));
	data[sizeof(data) - 1] = '\0';
	say("exec", execve("/nonexistent", argv, argv));
}

/* Each argument in turn is a bad pointer, in calls that take up to six. */
static void bad_pointers(void)
{
	static const struct {
		const char *name;
		long nr;
	} calls[] = {
		{ "openat", SYS_openat }, { "execve", SYS_execve },
		{ "execveat", SYS_execveat }, { "writev", SYS_writev },
		{ "sendmsg", SYS_sendmsg }, { "recvmsg", SYS_recvmsg },
		{ "connect", SYS_connect }, { "poll", SYS_poll },
		{ "rt_sigaction", SYS_rt_sigaction },
		{ "rt_sigprocmask", SYS_rt_sigprocmask },
		{ "rt_sigtimedwait", SYS_rt_sigtimedwait },
		{ "nanosleep", SYS_nanosleep }, { "mount", SYS_mount },
		{ "readlinkat", SYS_readlinkat }, { "statx", SYS_statx },
		{ "getdents64", SYS_getdents64 }, { "pipe2", SYS_pipe2 },
		{ "epoll_ctl", SYS_epoll_ctl }, { "uname", SYS_uname },
		{ "setxattr", SYS_setxattr }, { "renameat2", SYS_renameat2 },
		{ "clone3", SYS_clone3 }, { "prlimit64", SYS_prlimit64 },
		{ "process_vm_readv", SYS_process_vm_readv },
	};
	static const unsigned long bad[] = {
		1, (unsigned long)-1, (unsigned long)-4096, 0x7ffff000,
#ifdef __x86_64__
		0x7ffffffff000, 0x800000000000, 0xffff800000000000,
		0xdeadbeefdeadbeef,
#endif
	};
	size_t i, k, succeeded = 0;

	for (i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		for (k = 0; k < sizeof(bad) / sizeof(*bad); k++)
			succeeded += syscall(calls[i].nr, bad[k], bad[k],
					     bad[k], bad[k], bad[k],
					     bad[k]) >= 0;
	SAY("bad pointers: %zu calls, %zu succeeded\n", i * k, succeeded);
}

static void hostile_exec(void)
{
	char *argv[] = { (char *)(uintptr_t)"\033[31mexec\n", NULL };
	char *envp[] = { (char *)(uintptr_t)"\033=\n\xff", NULL };
	int status;
	pid_t pid = fork();

	MUST(pid >= 0);
	if (pid == 0) {
		execve("/bin/true", argv, envp);
		_exit(9);
	}
	MUST(waitpid(pid, &status, 0) == pid);
	SAY("exec with hostile arguments: %d\n", WEXITSTATUS(status));
}

int main(int argc, char **argv)
{
	const char *tmp = argc > 1 ? argv[1] : getenv("TMPDIR");
	char dir[256];

	snprintf(dir, sizeof(dir), "%s/hostile.XXXXXX", tmp ? tmp : "/tmp");
	MUST(mkdtemp(dir) != NULL);
	MUST(chdir(dir) == 0);
	text_everywhere();
	long_text();
	bad_pointers();
	hostile_exec();
	MUST(chdir("/") == 0);
	say("clean", rmdir(dir));
	return 0;
}
