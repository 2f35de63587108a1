/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * counts FILE LIBRARY STATE PROGRAM [ARG...]: runs PROGRAM, and all that it
 * starts, by PTRACE_SINGLESTEP alone, and writes to FILE how often each
 * instruction of LIBRARY (the end of its path) was carried out: lines "OFFSET
 * COUNT", OFFSET hexadecimal, in the file. STATE is the offset of _dl_debug_state
 * in the dynamic linker: in other programs than the first there is no
 * counting before that runs for the second time, and all libraries are there.
 * Addresses are not randomised. Ends as PROGRAM does.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 1024, SIZE = 1 << 23 };

struct range { unsigned long low, high, offset; };

struct tracee {
	pid_t tid;               /* 0: free */
	bool begun;              /* its first stop was seen */
	bool delivered;          /* a signal was, when it went on */
	unsigned long at;        /* the instruction that it does; 0: none */
	int waits;               /* for the linker: so many times more */
	struct range inside;     /* the library's code */
	struct range linker;     /* ... the dynamic linker's */
	struct range outside;    /* other memory that it was in last */
};

static const char *library;
static unsigned long state;      /* the offset of _dl_debug_state */
static pid_t first;
static bool started;             /* the first program was */
static unsigned counts[SIZE];
static struct tracee tracees[MOST];

static struct tracee *find(pid_t tid)
{
	struct tracee *spare = NULL;

	for (int i = 0; i < MOST; i++) {
		if (tracees[i].tid == tid)
			return &tracees[i];
		if (!spare && !tracees[i].tid)
			spare = &tracees[i];
	}
	if (!spare)
		exit(3);
	*spare = (struct tracee){ .tid = tid };
	return spare;
}

static bool holds(const struct range *r, unsigned long at)
{
	return at - r->low < r->high - r->low;
}

static bool is_of(const char *line, const char *path)
{
	size_t len = strcspn(line, "\n"), wanted = strlen(path);

	return len >= wanted &&
	       strncmp(line + len - wanted, path, wanted) == 0;
}

/* Which memory T is in. */
static void look(struct tracee *t, unsigned long at)
{
	char path[64], line[4096];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)t->tid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f)) {
		struct range r;

		if (sscanf(line, "%lx-%lx %*s %lx", &r.low, &r.high,
		           &r.offset) != 3 || !holds(&r, at))
			continue;
		if (is_of(line, library))
			t->inside = r;
		else if (is_of(line, "/ld-linux-x86-64.so.2"))
			t->linker = r;
		else
			t->outside = r;
	}
	if (f)
		fclose(f);
}

static void count(struct tracee *t)
{
	size_t i;

	if (!t->at)
		return;
	if (!holds(&t->inside, t->at) && !holds(&t->outside, t->at) &&
	    !holds(&t->linker, t->at))
		look(t, t->at);
	if (holds(&t->linker, t->at))
		t->waits -= t->waits && t->at - t->linker.low +
		            t->linker.offset == state;
	i = t->at - t->inside.low + t->inside.offset;
	if (holds(&t->inside, t->at) && !t->waits && i < SIZE)
		counts[i]++;
}

static unsigned long pc_of(pid_t tid)
{
	return (unsigned long)ptrace(PTRACE_PEEKUSER, tid,
	                             offsetof(struct user_regs_struct, rip), 0);
}

/* Whether the instruction at t->at was carried out. */
static bool is_step(struct tracee *t)
{
	siginfo_t info;

	if (!t->delivered)
		return true;
	t->delivered = false;
	/* A handler begins: that is SI_CODE SIGTRAP. */
	return ptrace(PTRACE_GETSIGINFO, t->tid, 0, &info) == 0 &&
	       info.si_code != SIGTRAP;
}

/* The signal that T goes on with. */
static int stopped(struct tracee *t, int status)
{
	int signal = WSTOPSIG(status), event = status >> 16;
	unsigned long pc;

	if (event == PTRACE_EVENT_EXEC) {
		t->inside = t->outside = t->linker = (struct range){ 0 };
		t->at = 0;
		t->waits = started ? 2 : 0;
		started = true;
	}
	if (event)
		return 0;
	if (!t->begun && signal == SIGSTOP) {
		t->begun = true;
		t->at = pc_of(t->tid);
		return 0;
	}
	if (signal != SIGTRAP) {
		t->delivered = true;
		return signal;
	}
	pc = pc_of(t->tid);
	/* All turns of a `rep` are one instruction. */
	if (is_step(t) && pc != t->at)
		count(t);
	t->at = pc;
	return 0;
}

static int follow(void)
{
	int status, end = 0;
	pid_t tid;

	while ((tid = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
		struct tracee *t = find(tid);

		if (WIFSTOPPED(status)) {
			int signal = stopped(t, status);

			ptrace(PTRACE_SINGLESTEP, tid, 0, signal);
			continue;
		}
		t->tid = 0;
		if (tid == first)
			end = status;
	}
	return WIFEXITED(end) ? WEXITSTATUS(end) : 128 + WTERMSIG(end);
}

int main(int argc, char **argv)
{
	const long options = PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
	                     PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC |
	                     PTRACE_O_EXITKILL;
	int status, end;
	FILE *file;
	pid_t pid;

	if (argc < 5 || !(file = fopen(argv[1], "we")))
		return 2;
	library = argv[2];
	state = strtoul(argv[3], NULL, 16);
	first = pid = fork();
	if (!pid) {
		personality(ADDR_NO_RANDOMIZE);
		ptrace(PTRACE_TRACEME, 0, 0, 0);
		raise(SIGSTOP);
		execvp(argv[4], argv + 4);
		_exit(127);
	}
	if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status) ||
	    ptrace(PTRACE_SETOPTIONS, pid, 0, options))
		return 3;
	find(pid)->begun = true;
	ptrace(PTRACE_CONT, pid, 0, 0);
	end = follow();
	for (int i = 0; i < SIZE; i++)
		if (counts[i])
			fprintf(file, "%x %u\n", i, counts[i]);
	return fclose(file) ? 3 : end;
}
