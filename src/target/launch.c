/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Launching.  The child waits on a pipe until it is seized, so that even its
 * execve is traced and PTRACE_TRACEME is never needed.
 */
#include "target/internal.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	       access(path, X_OK) == 0;
}

/* DIR/NAME where that is a program; the caller frees it. */
static char *program_in(const char *dir, size_t len, const char *name)
{
	char *path = len ? xasprintf("%.*s/%s", (int)len, dir, name)
	                 : xasprintf("./%s", name);

	if (is_program(path))
		return path;
	free(path);
	return NULL;
}

struct error *target_find_program(const char *name, const char *cwd,
                                  char **path)
{
	const char *dirs = getenv("PATH");
	char *found = NULL;

	if (!name[0])
		return error_new(ERROR_USAGE, "the program's name is empty");
	if (strlen(name) >= PATH_MAX)
		return error_new(ERROR_USAGE,
		                 "the program's name is too long (%zu bytes)",
		                 strlen(name));
	if (strchr(name, '/')) {
		*path = xstrdup(name);
		return NULL;
	}
	if (!dirs)
		dirs = "/usr/local/bin:/usr/bin:/bin";
	for (const char *at = dirs; !found; at++) {
		size_t len = strcspn(at, ":");

		found = program_in(at, len, name);
		at += len;
		if (!*at)
			break;
	}
	if (!found)
		found = program_in(cwd ? cwd : ".", strlen(cwd ? cwd : "."),
		                   name);
	if (!found)
		return error_new(ERROR_NOT_FOUND,
		                 "no program \"%s\" in PATH or here", name);
	*path = found;
	return NULL;
}

/* What the child tells before it execs or dies. */
struct report {
	/* The first is no failure: more may follow. */
	enum { REPORT_TTY, REPORT_CWD, REPORT_USER, REPORT_EXEC } step;
	int errnum;
};

static void child_report(int fd, int step)
{
	struct report report = { .step = step, .errnum = errno };

	if (write(fd, &report, sizeof(report)) < 0)
		_exit(126);
}

/*
 * Whether the child stops when all but its execve is done, since somebody wants
 * to see that.
 */
static bool shows_exec(const struct launch *l)
{
	return l->at_entry && l->execs <= 1;
}

static NORETURN void child_fail(int fd, int step)
{
	child_report(fd, step);
	_exit(127);
}

/* FD is for reports.  A terminal of another session remains that one's. */
static void child_terminal(int tty, int fd)
{
	setsid();
	if (ioctl(tty, TIOCSCTTY, 0) != 0)
		child_report(fd, REPORT_TTY);
	for (int i = 0; i <= STDERR_FILENO; i++)
		dup2(tty, i);
	if (tty > STDERR_FILENO)
		close(tty);
}

static void child_become(const char *user, int fd)
{
	const struct passwd *pw = getpwnam(user);

	if (!pw)
		errno = EINVAL;
	if (!pw || initgroups(user, pw->pw_gid) != 0 ||
	    setgid(pw->pw_gid) != 0 || setuid(pw->pw_uid) != 0)
		child_fail(fd, REPORT_USER);
}

/* Signals as a shell would have left them: scdb's handling is not theirs. */
static void child_signals(const struct launch *l)
{
	sigset_t empty;

	for (int i = 1; i < NSIG; i++) {
		struct sigaction action;

		if (sigaction(i, NULL, &action) == 0 &&
		    action.sa_handler != SIG_IGN)
			signal(i, SIG_DFL);
	}
	sigemptyset(&empty);
	sigprocmask(SIG_SETMASK, l->mask ? l->mask : &empty, NULL);
}

static NORETURN void child_run(const struct launch *l, int go_fd, int fd)
{
	char byte;

	if (l->tty_fd >= 0)
		child_terminal(l->tty_fd, fd);
	else if (l->own_group)
		setpgid(0, 0);
	/* Until it is seized and has the terminal. */
	while (read(go_fd, &byte, 1) < 0 && errno == EINTR)
		;
	close(go_fd);
	if (l->stdout_fd >= 0 && l->tty_fd < 0)
		dup2(l->stdout_fd, STDOUT_FILENO);
	if (l->user)
		child_become(l->user, fd);
	if (l->cwd && chdir(l->cwd) != 0)
		child_fail(fd, REPORT_CWD);
	if (l->no_randomization) {
		int now = personality(0xffffffff);

		personality((unsigned long)now | ADDR_NO_RANDOMIZE);
	}
	child_signals(l);
	if (shows_exec(l))
		raise(SIGSTOP);
	execve(l->path, l->argv, l->envp);
	child_fail(fd, REPORT_EXEC);
}

static struct error *report_error(const struct launch *l,
                                  const struct report *report)
{
	switch (report->step) {
	case REPORT_CWD:
		return error_errno(report->errnum,
		                   "can't change to directory %s", l->cwd);
	case REPORT_USER:
		if (report->errnum == EINVAL)
			return error_new(ERROR_NOT_FOUND, "no user \"%s\"",
			                 l->user);
		return error_errno(report->errnum, "can't become user %s",
		                   l->user);
	default:
		break;
	}
	if (report->errnum == ENOEXEC)
		return error_new(ERROR_REFUSED,
		                 "%s is not a program: it has no format that "
		                 "the kernel can execute", l->path);
	if (report->errnum == ENOENT && access(l->path, F_OK) == 0)
		return error_new(ERROR_NOT_FOUND, "can't run %s: what is to "
		                 "interpret it (its #! line, or its dynamic "
		                 "loader) is not there", l->path);
	return error_errno(report->errnum, "can't run %s", l->path);
}

static struct error *shell_error(const struct launch *l)
{
	return error_new(ERROR_REFUSED, "%s ended without running the program: "
	                 "it must be the shell's last command, and no part of "
	                 "a pipe", l->path);
}

/* From the seize to the end of the exec: nothing of the user's runs. */
static bool run_to_program(struct thread *t, const struct launch *l)
{
	unsigned execs = l->execs;
	bool execed = false, shown = l->execs > 1 && l->at_entry;

	for (;;) {
		int signal = 0;

		if (!wait_for(t, 60000))
			return false;
		if (t->state == THREAD_GONE)
			return false;
		if (t->stop.reasons & STOP_EXEC)
			execed = execs-- <= 1;
		else if (execed && t->stop.reasons & STOP_EXIT)
			return true;
		else if (l->at_entry && t->stop.reasons & STOP_ENTRY)
			l->at_entry(l->ctx, t);
		if (t->stop.reasons & STOP_SIGNAL)
			signal = t->stop.signal;
		/* What is left before the program is its execve. */
		if (signal == SIGSTOP && !execed && shows_exec(l)) {
			shown = true;
			signal = 0;
		}
		target_resume(t, execed || (shown && execs <= 1)
		                 ? RESUME_SYSCALL : RESUME_CONT, signal);
	}
}

struct launch_pipes {
	int go[2];      /* scdb says: you are seized */
	int report[2];  /* the child says: could not; closed by the exec */
};

static void pipes_close(struct launch_pipes *p)
{
	for (int i = 0; i < 2; i++) {
		if (p->go[i] >= 0)
			close(p->go[i]);
		if (p->report[i] >= 0)
			close(p->report[i]);
	}
}

static struct error *pipes_open(struct launch_pipes *p)
{
	*p = (struct launch_pipes){ { -1, -1 }, { -1, -1 } };
	if (pipe2(p->go, O_CLOEXEC) != 0 || pipe2(p->report, O_CLOEXEC) != 0)
		return error_errno(errno, "can't make a pipe");
	return NULL;
}

/* What the child said; false: nothing (more).  Its end must be closed. */
static bool next_report(const struct launch *l, int fd, struct report *report)
{
	while (read(fd, report, sizeof(*report)) == sizeof(*report)) {
		if (report->step != REPORT_TTY)
			return true;
		if (l->tty_refused)
			*l->tty_refused = true;
	}
	return false;
}

/*
 * A shell may make processes on its way to the program (`$(...)`, pipes): they
 * are not the user's, and nobody would resume them.
 */
static unsigned long early_options(void)
{
	return PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
}

static struct error *seize_child(struct target *target, pid_t pid,
                                 struct process **process)
{
	if (ptrace(PTRACE_SEIZE, pid, 0, (void *)early_options()) != 0) {
		struct error *err = target_diagnose(pid, errno);

		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		return error_prefix(err, "can't trace the new process");
	}
	*process = process_create(target, pid, true);
	(*process)->launching = true;
	thread_create(*process, pid);
	return NULL;
}

struct error *target_launch(struct target *target, const struct launch *l,
                            struct process **process)
{
	CLEANUP(pipes_close) struct launch_pipes pipes;
	struct process *p = NULL;
	struct report report;
	bool in_shell;
	pid_t pid;

	TRY(pipes_open(&pipes));
	pid = fork();
	if (pid < 0)
		return error_errno(errno, "can't fork");
	if (pid == 0) {
		close(pipes.go[1]);
		child_run(l, pipes.go[0], pipes.report[1]);
	}
	if (l->own_group && l->tty_fd < 0)
		setpgid(pid, pid);
	TRY(seize_child(target, pid, &p));
	if (l->before_exec)
		l->before_exec(l->ctx, pid);
	thread_set_state(p->threads.items[0], THREAD_RUNNING);
	close(pipes.go[0]);
	close(pipes.go[1]);
	close(pipes.report[1]);
	pipes.go[0] = pipes.go[1] = pipes.report[1] = -1;
	if (run_to_program(p->threads.items[0], l)) {
		ptrace(PTRACE_SETOPTIONS, pid, 0,
		       (void *)target_options(true));
		next_report(l, pipes.report[0], &report);
		p->launching = false;
		*process = p;
		return NULL;
	}
	if (!next_report(l, pipes.report[0], &report))
		report = (struct report){ .step = REPORT_EXEC,
		                          .errnum = ENOEXEC };
	/* The first exec closed the pipe: what ended is the shell. */
	in_shell = l->execs > 1 && report.errnum == ENOEXEC;
	target_kill(p);
	return in_shell ? shell_error(l) : report_error(l, &report);
}
