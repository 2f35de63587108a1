/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 */
/*
 * everycall ABI SEED ROUNDS [NAME...]
 *
 * Makes ROUNDS calls of every number that ABI (64, x32, 32) has a name for, and
 * of some that it has none for: arguments that fit the signature, odd ones, and
 * hostile ones, by SEED.  With NAMEs, only those.
 *
 * Nothing of it really happens: a seccomp filter gives each of them to a second
 * process, which answers with the result that is wanted. Who traces the program
 * sees a call's entry and exit all the same, and has to make sense of memory
 * that no kernel has written.
 */
#include "everycall.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What the other process answers. */
static volatile int64_t *wanted;

/* enter_64(NR, ARGS), enter_32(NR, ARGS): the only places that are filtered. */
long enter_64(unsigned long nr, const uint64_t *args);
long enter_32(unsigned long nr, const uint64_t *args);
extern const char after_64[], after_32[];

__asm__(".text\n.globl enter_64, after_64\nenter_64:\n"
	"mov %rdi,%rax\nmov %rsi,%r11\n"
	"mov (%r11),%rdi\nmov 8(%r11),%rsi\nmov 16(%r11),%rdx\n"
	"mov 24(%r11),%r10\nmov 32(%r11),%r8\nmov 40(%r11),%r9\n"
	"syscall\nafter_64:\nret\n"
	".globl enter_32, after_32\nenter_32:\n"
	"push %rbx\npush %rbp\nmov %rdi,%rax\nmov %rsi,%r11\n"
	"mov (%r11),%rbx\nmov 8(%r11),%rcx\nmov 16(%r11),%rdx\n"
	"mov 24(%r11),%rsi\nmov 32(%r11),%rdi\nmov 40(%r11),%rbp\n"
	"int $0x80\nafter_32:\npop %rbp\npop %rbx\nret\n");

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int install_filter(void)
{
	uint64_t wide = (uintptr_t)after_64, narrow = (uintptr_t)after_32;
	uint32_t at = offsetof(struct seccomp_data, instruction_pointer);
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at + 4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, wide >> 32, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)wide, 1, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)narrow, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(code) / sizeof(*code), code };
	int fd;

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	fd = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
			  SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
	if (fd < 0)
		fail("seccomp");
	return fd;
}

/* Answers until there is nobody left to ask. */
static int answer(void *arg)
{
	int fd = *(int *)arg;
	struct seccomp_notif asked;
	struct seccomp_notif_resp said;

	for (;;) {
		memset(&asked, 0, sizeof(asked));
		if (ioctl(fd, SECCOMP_IOCTL_NOTIF_RECV, &asked) < 0) {
			if (errno == EINTR)
				continue;
			_exit(0);
		}
		memset(&said, 0, sizeof(said));
		said.id = asked.id;
		if (*wanted < 0)
			said.error = (int)*wanted;
		else
			said.val = *wanted;
		ioctl(fd, SECCOMP_IOCTL_NOTIF_SEND, &said);
	}
}

/* A process of its own that no tracer follows. */
static int start_answering(int *fd)
{
	static char stack[65536] __attribute__((aligned(16)));
	int pid = clone(answer, stack + sizeof(stack),
			CLONE_UNTRACED | SIGCHLD, fd);

	if (pid < 0)
		fail("clone");
	return pid;
}

/* A result; more than a few bytes only where nothing is counted by it. */
static int64_t some_result(const char *text)
{
	static const int64_t some[] = {
		0, 0, 0, 0, 1, 2, 3, -ENOENT, -EINTR, -EFAULT, -ENOSYS, -512,
		-514, -516, -4000, 24, 4096, 0x12345678,
	};
	size_t count = sizeof(some) / sizeof(*some);

	if (!text || strstr(text, "ret"))
		count -= 3;
	return some[some_number(count)];
}

static void make_call(const char *abi, const struct numbered *call)
{
	unsigned long nr = call->nr;
	uint64_t args[6];

	fill_memory();
	some_arguments(abi, call, args);
	*wanted = some_result(signature_of(abi, call->name));
	if (!strcmp(abi, "32")) {
		for (int i = 0; i < 6; i++)
			args[i] = (uint32_t)args[i];
		enter_32(nr, args);
	} else {
		enter_64(nr | (*abi == 'x' ? 0x40000000 : 0), args);
	}
}

static int is_wanted(const struct numbered *call, int argc, char **argv)
{
	/*
	 * exit ends the program, as far as who traces it can know; no filter
	 * sees the other two, which kill it.
	 */
	if (!strncmp(call->name, "exit", 4) ||
	    !strcmp(call->name, "uprobe") || !strcmp(call->name, "uretprobe"))
		return 0;
	for (int i = 4; i < argc; i++)
		if (!strcmp(call->name, argv[i]))
			return 1;
	return argc <= 4;
}

int main(int argc, char **argv)
{
	const struct numbered *calls;
	int fd, pid;

	if (argc < 4 || !(calls = calls_of(argv[1])))
		return 2;
	seed_numbers(strtoull(argv[2], NULL, 0));
	map_memory();
	wanted = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (wanted == MAP_FAILED)
		fail("mmap");
	fd = install_filter();
	pid = start_answering(&fd);
	write(-1, "begin", 5);
	for (int i = 0; i < atoi(argv[3]); i++)
		for (const struct numbered *c = calls; c->name; c++)
			if (is_wanted(c, argc, argv))
				make_call(argv[1], c);
	write(-1, "end", 3);
	kill(pid, SIGKILL);
	return 0;
}
