/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * System calls whose every register is looked at afterwards.
 *
 * A debugger that changes arguments, skips calls or performs calls of its own
 * must leave all registers but the result as the program had them. A call made
 * with raw_call() loads all general registers with known values, enters the
 * kernel, and compares them on return; a difference is printed on stdout as
 * "REGISTERS CHANGED: ..." and makes the program's exit status 99 where it
 * asks raw_status().
 *
 * Included by one C file of each program. Everything here is static.
 */
#ifndef TRACEES_RAW_H
#define TRACEES_RAW_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Ways into the kernel. VIA_VDSO is the 32-bit vDSO's __kernel_vsyscall. */
enum raw_via { VIA_DEFAULT, VIA_INT80, VIA_VDSO };

/* Offsets of struct raw are known to the assembly below. */
struct raw {
	unsigned long nr;	/* 0 */
	unsigned long arg[6];	/* 1 to 6 */
	unsigned long kept[6];	/* 7 to 12: what other registers hold */
	unsigned long result;	/* 13 */
	unsigned long after[12];	/* 14 to 25: arg, kept afterwards */
	unsigned long rcx;	/* 26: 64-bit syscall only */
	unsigned long r11;	/* 27 */
	unsigned long flags;	/* 28: flags afterwards */
	unsigned long next;	/* 29: address after the instruction */
	unsigned long rsp[2];	/* 30, 31: before and after */
};

#define RAW_STR2(x) #x
#define RAW_STR(x) RAW_STR2(x)

#ifdef __x86_64__
#define RAW_AT(n) "8*" RAW_STR(n) "(%rax)"
void raw_enter_syscall(struct raw *r);
void raw_enter_int80(struct raw *r);

#define RAW_HEAD(name)							\
	".globl " name "\n.type " name ",@function\n" name ":\n"	\
	"push %rbx\npush %rbp\npush %r12\npush %r13\n"			\
	"push %r14\npush %r15\npush %rdi\nmov %rdi,%rax\n"		\
	"lea 1f(%rip),%rcx\nmov %rcx," RAW_AT(29) "\n"			\
	"mov %rsp," RAW_AT(30) "\n"
#define RAW_TAIL							\
	"pushf\npop " RAW_AT(28) "\npop " RAW_AT(13) "\n"		\
	"mov %rsp,%rcx\nsub $8,%rcx\nmov %rcx," RAW_AT(31) "\n"		\
	"pop %r15\npop %r14\npop %r13\npop %r12\npop %rbp\npop %rbx\n"	\
	"ret\n"

__asm__(".text\n"
	RAW_HEAD("raw_enter_syscall")
	"mov " RAW_AT(1) ",%rdi\nmov " RAW_AT(2) ",%rsi\n"
	"mov " RAW_AT(3) ",%rdx\nmov " RAW_AT(4) ",%r10\n"
	"mov " RAW_AT(5) ",%r8\nmov " RAW_AT(6) ",%r9\n"
	"mov " RAW_AT(7) ",%rbx\nmov " RAW_AT(8) ",%rbp\n"
	"mov " RAW_AT(9) ",%r12\nmov " RAW_AT(10) ",%r13\n"
	"mov " RAW_AT(11) ",%r14\nmov " RAW_AT(12) ",%r15\n"
	"mov " RAW_AT(0) ",%rax\n"
	"syscall\n1:\n"
	"xchg %rax,(%rsp)\n"
	"mov %rdi," RAW_AT(14) "\nmov %rsi," RAW_AT(15) "\n"
	"mov %rdx," RAW_AT(16) "\nmov %r10," RAW_AT(17) "\n"
	"mov %r8," RAW_AT(18) "\nmov %r9," RAW_AT(19) "\n"
	"mov %rbx," RAW_AT(20) "\nmov %rbp," RAW_AT(21) "\n"
	"mov %r12," RAW_AT(22) "\nmov %r13," RAW_AT(23) "\n"
	"mov %r14," RAW_AT(24) "\nmov %r15," RAW_AT(25) "\n"
	"mov %rcx," RAW_AT(26) "\nmov %r11," RAW_AT(27) "\n"
	RAW_TAIL);

/* From 64-bit code: arguments in ebx ecx edx esi edi ebp. */
__asm__(".text\n"
	RAW_HEAD("raw_enter_int80")
	"mov " RAW_AT(1) ",%rbx\nmov " RAW_AT(2) ",%rcx\n"
	"mov " RAW_AT(3) ",%rdx\nmov " RAW_AT(4) ",%rsi\n"
	"mov " RAW_AT(5) ",%rdi\nmov " RAW_AT(6) ",%rbp\n"
	"mov " RAW_AT(7) ",%r8\nmov " RAW_AT(8) ",%r9\n"
	"mov " RAW_AT(9) ",%r12\nmov " RAW_AT(10) ",%r13\n"
	"mov " RAW_AT(11) ",%r14\nmov " RAW_AT(12) ",%r15\n"
	"mov " RAW_AT(0) ",%rax\n"
	"int $0x80\n1:\n"
	"xchg %rax,(%rsp)\n"
	"mov %rbx," RAW_AT(14) "\nmov %rcx," RAW_AT(15) "\n"
	"mov %rdx," RAW_AT(16) "\nmov %rsi," RAW_AT(17) "\n"
	"mov %rdi," RAW_AT(18) "\nmov %rbp," RAW_AT(19) "\n"
	"mov %r8," RAW_AT(20) "\nmov %r9," RAW_AT(21) "\n"
	"mov %r12," RAW_AT(22) "\nmov %r13," RAW_AT(23) "\n"
	"mov %r14," RAW_AT(24) "\nmov %r15," RAW_AT(25) "\n"
	RAW_TAIL);
#else
#define RAW_AT(n) "4*" RAW_STR(n) "(%eax)"
void raw_enter_int80(struct raw *r);
void raw_enter_vdso(struct raw *r);

#define RAW_ENTER(name, instruction)					\
	".globl " name "\n.type " name ",@function\n" name ":\n"	\
	"push %ebx\npush %ebp\npush %esi\npush %edi\n"			\
	"mov 20(%esp),%eax\npush %eax\n"				\
	"mov %esp," RAW_AT(30) "\n"					\
	"mov " RAW_AT(1) ",%ebx\nmov " RAW_AT(2) ",%ecx\n"		\
	"mov " RAW_AT(3) ",%edx\nmov " RAW_AT(4) ",%esi\n"		\
	"mov " RAW_AT(5) ",%edi\nmov " RAW_AT(6) ",%ebp\n"		\
	"mov " RAW_AT(0) ",%eax\n"					\
	instruction "\n"						\
	"xchg %eax,(%esp)\n"						\
	"mov %ebx," RAW_AT(14) "\nmov %ecx," RAW_AT(15) "\n"		\
	"mov %edx," RAW_AT(16) "\nmov %esi," RAW_AT(17) "\n"		\
	"mov %edi," RAW_AT(18) "\nmov %ebp," RAW_AT(19) "\n"		\
	"pushf\npop " RAW_AT(28) "\npop " RAW_AT(13) "\n"		\
	"mov %esp,%ecx\nsub $4,%ecx\nmov %ecx," RAW_AT(31) "\n"		\
	"pop %edi\npop %esi\npop %ebp\npop %ebx\nret\n"

__asm__(".text\n" RAW_ENTER("raw_enter_int80", "int $0x80")
	RAW_ENTER("raw_enter_vdso", "call *%gs:0x10"));
#endif

static bool raw_changed;

static void raw_differs(const char *name, unsigned long was, unsigned long is)
{
	printf("REGISTERS CHANGED: %s was %#lx is %#lx\n", name, was, is);
	fflush(stdout);
	raw_changed = true;
}

static void raw_check(const struct raw *r, enum raw_via via)
{
#ifdef __x86_64__
	static const char *const names[2][12] = {
		{ "rdi", "rsi", "rdx", "r10", "r8", "r9",
		  "rbx", "rbp", "r12", "r13", "r14", "r15" },
		{ "rbx", "rcx", "rdx", "rsi", "rdi", "rbp",
		  "r8", "r9", "r12", "r13", "r14", "r15" },
	};
	const char *const *name = names[via == VIA_INT80];
	size_t n = 12;
#else
	static const char *const name[] = {
		"ebx", "ecx", "edx", "esi", "edi", "ebp",
	};
	size_t n = 6;
#endif
	size_t i;

	for (i = 0; i < n; i++) {
		unsigned long was = i < 6 ? r->arg[i] : r->kept[i - 6];

		if (was != r->after[i])
			raw_differs(name[i], was, r->after[i]);
	}
	if (r->rsp[0] != r->rsp[1])
		raw_differs("sp", r->rsp[0], r->rsp[1]);
	if (r->flags & 0x100)
		raw_differs("flags (trap flag)", r->flags & ~0x100UL, r->flags);
#ifdef __x86_64__
	/* The instruction itself sets rcx; a slot's address must not show. */
	if (via == VIA_DEFAULT && r->rcx != r->next)
		raw_differs("rcx", r->next, r->rcx);
#endif
	(void)via;
}

/* Returns the kernel's own result: an error is a negative errno. */
static long raw_call_via(enum raw_via via, unsigned long nr,
			 const unsigned long arg[6])
{
	struct raw r = { .nr = nr };
	size_t i;

	memcpy(r.arg, arg, sizeof(r.arg));
	for (i = 0; i < 6; i++)
		r.kept[i] = (unsigned long)(0x5ca1ab1e0badc0deULL * (i + 3));
#ifdef __x86_64__
	if (via == VIA_INT80)
		raw_enter_int80(&r);
	else
		raw_enter_syscall(&r);
#else
	if (via == VIA_VDSO)
		raw_enter_vdso(&r);
	else
		raw_enter_int80(&r);
#endif
	raw_check(&r, via);
	return (long)r.result;
}

/* What a program that found changed registers ends with. */
static inline int raw_status(int status)
{
	return raw_changed ? 99 : status;
}

#endif
