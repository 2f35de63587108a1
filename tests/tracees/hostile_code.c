/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 */
/*
 * hostile_code MODE: code that makes stepping over breakpoints in `victim` and
 * its siblings hard. Ends with a status that is the same without any breakpoint,
 * or with 99 where something was not as it should be.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#ifdef __x86_64__
#define PC(uc) ((uintptr_t)(uc)->uc_mcontext.gregs[REG_RIP])
#define SET_PC(uc, v) ((uc)->uc_mcontext.gregs[REG_RIP] = (greg_t)(v))
#else
#define PC(uc) ((uintptr_t)(uc)->uc_mcontext.gregs[REG_EIP])
#define SET_PC(uc, v) ((uc)->uc_mcontext.gregs[REG_EIP] = (greg_t)(v))
#endif
#define FLAGS(uc) ((uc)->uc_mcontext.gregs[REG_EFL])

static void *const volatile nowhere = (void *)16;
static volatile int steps, faults;
static sigjmp_buf back;

/* Adds 3 to what it is given, by instructions of several kinds. */
int victim(int x);
int faulty(const int *p);
int undefined(void);
int own_int3(void);
int middle(void);
__asm__(".text\n.globl victim\n.type victim,@function\nvictim:\n"
#ifdef __x86_64__
        "lea 1(%rdi), %eax\n\tpush %rax\n\tadd $1, %eax\n\tpop %rcx\n\t"
        "call 1f\n\tret\n1:\tinc %eax\n\tret\n"
#else
        "mov 4(%esp), %eax\n\tadd $1, %eax\n\tpush %eax\n\tadd $1, %eax\n\t"
        "pop %ecx\n\tcall 1f\n\tret\n1:\tinc %eax\n\tret\n"
#endif
        ".size victim,.-victim\n"
        ".globl faulty\n.type faulty,@function\nfaulty:\n"
#ifdef __x86_64__
        "mov (%rdi), %eax\n\tret\n"
#else
        "mov 4(%esp), %eax\n\tmov (%eax), %eax\n\tret\n"
#endif
        ".size faulty,.-faulty\n"
        ".globl undefined\n.type undefined,@function\nundefined:\n"
        "ud2\n\tmov $5, %eax\n\tret\n.size undefined,.-undefined\n"
        ".globl own_int3\n.type own_int3,@function\nown_int3:\n"
        "int3\n\tmov $6, %eax\n\tret\n.size own_int3,.-own_int3\n"
        /* A jump to behind the first byte of `mov $0xc3c031,%eax`:
         * xor %eax,%eax; ret. */
        ".globl middle\n.type middle,@function\nmiddle:\n"
        "jmp 1f+1\n1:\tmov $0xc3c031, %eax\n\tret\n"
        ".size middle,.-middle\n");

static void on_trap(int signal, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)signal;
	(void)info;
	(void)uc;
	steps++;
}

static void on_fault(int signal, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;
	uintptr_t pc = PC(uc);

	faults++;
	if (signal == SIGILL) {
		if (pc != (uintptr_t)undefined ||
		    (uintptr_t)info->si_addr != pc)
			_exit(99);
		SET_PC(uc, pc + 2);
		return;
	}
	if (pc < (uintptr_t)faulty || pc > (uintptr_t)faulty + 6 ||
	    info->si_addr != nowhere)
		_exit(99);
	siglongjmp(back, 1);
}

static void handle(int signal, void (*handler)(int, siginfo_t *, void *))
{
	struct sigaction action = { .sa_flags = SA_SIGINFO };

	action.sa_sigaction = handler;
	sigaction(signal, &action, NULL);
}

static int many(int n)
{
	int sum = 0;

	for (int i = 0; i < n; i++)
		sum += victim(i);
	return sum & 63;
}

static int run_faults(void)
{
	handle(SIGSEGV, on_fault);
	handle(SIGILL, on_fault);
	for (volatile int i = 0; i < 20; i++)
		if (sigsetjmp(back, 1) == 0)
			faulty(nowhere);
	return faults + undefined();
}

static int run_trap(void)
{
	handle(SIGTRAP, on_trap);
	for (int i = 0; i < 5; i++) {
		own_int3();
		raise(SIGTRAP);
		victim(1);
	}
	return steps + many(10);
}

/* With the trap flag: one SIGTRAP an instruction. */
static int run_step(void)
{
	int sum;

	handle(SIGTRAP, on_trap);
#ifdef __x86_64__
	__asm__ volatile("sub $128, %%rsp\n\tpushf\n\torl $0x100, (%%rsp)\n\t"
	                 "popf\n\tmov $4, %%edi\n\tcall victim\n\tpushf\n\t"
	                 "andl $~0x100, (%%rsp)\n\tpopf\n\tadd $128, %%rsp"
	                 : "=a"(sum) : : "rdi", "rcx", "memory", "cc");
#else
	__asm__ volatile("push $4\n\tpushf\n\torl $0x100, (%%esp)\n\tpopf\n\t"
	                 "call victim\n\tpushf\n\tandl $~0x100, (%%esp)\n\t"
	                 "popf\n\tadd $4, %%esp"
	                 : "=a"(sum) : : "ecx", "memory", "cc");
#endif
	return steps + sum;
}

/* A restartable sequence (rseq(2)), given up after three aborts. */
#if defined(__x86_64__) && __has_include(<sys/rseq.h>)
#include <sys/rseq.h>

int rseq_try(uint64_t *cs);
__asm__(".data\n.balign 32\n"
        "1:\t.long 0, 0\n\t.quad 2f, 3f - 2f, 4f\n"
        ".text\n.globl rseq_try\n.type rseq_try,@function\nrseq_try:\n"
        "lea 1b(%rip), %rax\n\tmov %rax, (%rdi)\n2:\tnop\n"
        ".globl rseq_inside\n.type rseq_inside,@function\nrseq_inside:\n"
        /* Not one that is emulated: that would stay inside. */
        "add $1, %eax\n\tnop\n.size rseq_inside,.-rseq_inside\n"
        "3:\txor %eax, %eax\n\tmovq $0, (%rdi)\n\tret\n"
        ".long 0x53053053\n4:\tmov $1, %eax\n\tret\n"
        ".size rseq_try,.-rseq_try\n");

static int run_rseq(void)
{
	struct rseq *r = (struct rseq *)((char *)__builtin_thread_pointer() +
	                                 __rseq_offset);
	int aborts = 0;

	if (!__rseq_size)
		return 98;
	while (aborts < 3 && rseq_try((uint64_t *)&r->rseq_cs))
		aborts++;
	return 40 + aborts;
}
#else
int rseq_inside(void);
int rseq_inside(void)
{
	return 0;
}

static int run_rseq(void)
{
	return 98;
}
#endif

static void *page_of(void *p)
{
	return (void *)((uintptr_t)p & ~(uintptr_t)4095);
}

/* Writes another function over the first one. */
static int run_overwrite(void)
{
	static const unsigned char other[] = { 0xb8, 7, 0, 0, 0, 0xc3 };
	unsigned char *code = (unsigned char *)(uintptr_t)victim;
	int before = many(5), after;

	if (mprotect(page_of(code), 8192,
	             PROT_READ | PROT_WRITE | PROT_EXEC) != 0)
		return 98;
	memcpy(code, other, sizeof(other));
	after = victim(1) + victim(2);
	return (before + after) & 127;
}

/* Behind the first byte of what a breakpoint may stand on. */
static int run_overwrite_behind(void)
{
	unsigned char *code = (unsigned char *)(uintptr_t)middle;
	int before = middle(), after;

	if (mprotect(page_of(code), 8192,
	             PROT_READ | PROT_WRITE | PROT_EXEC) != 0)
		return 98;
	/* The jump goes to the mov itself. */
	code[1]--;
	after = middle();
	return before == 0 && after == 0xc3c031 ? 17 : 99;
}

/* Unmaps what is executable, anonymous and new. */
static int run_unmap(void)
{
	FILE *f;
	char line[512];
	int unmapped = 0, sum = many(3);

	f = fopen("/proc/self/maps", "r");
	while (f && fgets(line, sizeof(line), f)) {
		unsigned long from, to, inode;
		char perms[5];

		if (sscanf(line, "%lx-%lx %4s %*s %*s %lu", &from, &to, perms,
		           &inode) == 4 && !inode && perms[2] == 'x' &&
		    !strchr(line, '['))
			unmapped += munmap((void *)from, to - from) == 0;
	}
	if (f)
		fclose(f);
	fprintf(stderr, "unmapped %d\n", unmapped);
	return (sum + many(3)) & 127;
}

static int run_family(void)
{
	int sum = 0, status;

	for (int i = 0; i < 4; i++) {
		pid_t child = i & 1 ? fork() : vfork();

		if (child == 0)
			_exit(victim(i) + 1);
		waitpid(child, &status, 0);
		sum += WIFEXITED(status) ? WEXITSTATUS(status) : 90;
	}
	return sum + many(2);
}

int main(int argc, char **argv)
{
	static const struct { const char *name; int (*run)(void); } modes[] = {
		{ "faults", run_faults }, { "trap", run_trap },
		{ "step", run_step }, { "overwrite", run_overwrite },
		{ "behind", run_overwrite_behind }, { "unmap", run_unmap },
		{ "middle", middle }, { "family", run_family },
		{ "rseq", run_rseq },
	};

	for (size_t i = 0; argc > 1 && i < sizeof(modes) / sizeof(*modes); i++)
		if (strcmp(argv[1], modes[i].name) == 0)
			return modes[i].run();
	return 2;
}
