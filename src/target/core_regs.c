/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a core says of threads and the process, as a live one has it: the
 * kernel's elf_prstatus, elf_prpsinfo and siginfo, of x86-64, x32 and i386
 * (include/linux/elfcore.h, elfcore-compat.h, asm-generic/compat.h).
 */
#include "target/core_internal.h"

#include "base/alloc.h"

#include <elf.h>
#include <stddef.h>

enum {
	STATUS_SIGNAL = 12,
	WIDE_PID = 32, WIDE_REGS = 112, WIDE_REGS_LEN = 27 * 8,
	NARROW_PID = 24, NARROW_REGS = 72, I386_REGS_LEN = 17 * 4,
	CODE_64 = 0x33, CODE_32 = 0x23,
};

static uint32_t get32(const uint8_t *data, size_t at)
{
	uint32_t value;

	memcpy(&value, data + at, sizeof(value));
	return value;
}

static uint16_t get16(const uint8_t *data, size_t at)
{
	uint16_t value;

	memcpy(&value, data + at, sizeof(value));
	return value;
}

/* In the order of i386's user_regs_struct. */
static void take_i386_regs(const uint8_t *data, struct arch_regs *regs)
{
	struct user_regs_struct *u = &regs->user;
	const uint8_t *next = data;
	unsigned long long *to[] = {
		&u->rbx, &u->rcx, &u->rdx, &u->rsi, &u->rdi, &u->rbp, &u->rax,
		&u->ds, &u->es, &u->fs, &u->gs, &u->orig_rax, &u->rip, &u->cs,
		&u->eflags, &u->rsp, &u->ss,
	};

	for (size_t i = 0; i < ARRAY_LEN(to); i++, next += 4)
		*to[i] = get32(next, 0);
	u->ds &= 0xffff;
	u->es &= 0xffff;
	u->fs &= 0xffff;
	u->gs &= 0xffff;
	u->ss &= 0xffff;
	/* A 32-bit kernel's own selector is another one. */
	u->cs = CODE_32;
}

bool core_take_status(const struct core *core, const uint8_t *desc, size_t len,
                      struct core_thread *t)
{
	size_t regs = core->wide ? WIDE_REGS : NARROW_REGS;
	bool i386 = core->machine == EM_386;

	if (len < regs + (i386 ? I386_REGS_LEN : WIDE_REGS_LEN))
		return false;
	t->signal = (int16_t)get16(desc, STATUS_SIGNAL);
	if (t->signal < 0 || t->signal > 64)
		t->signal = 0;
	t->tid = (pid_t)get32(desc, core->wide ? WIDE_PID : NARROW_PID);
	if (i386) {
		take_i386_regs(desc + regs, &t->regs);
		return true;
	}
	memcpy(&t->regs.user, desc + regs, WIDE_REGS_LEN);
	if (arch_of_regs(&t->regs) != arch_x86_64() &&
	    (t->regs.user.cs & 0xffff) != CODE_32)
		t->regs.user.cs = CODE_64;
	return true;
}

static void copy_text(char *to, size_t size, const uint8_t *from, size_t len)
{
	if (len > size - 1)
		len = size - 1;
	len = strnlen((const char *)from, len);
	memcpy(to, from, len);
	to[len] = '\0';
	/* The kernel leaves a blank behind the last argument. */
	while (len && to[len - 1] == ' ')
		to[--len] = '\0';
}

void core_take_psinfo(struct core *core, const uint8_t *desc, size_t len)
{
	/* 32-bit programs have 16-bit user ids, or (128 bytes) not. */
	bool short_ids = len < 128;
	size_t uid = core->wide ? 16 : 8;
	size_t pid = core->wide ? 24 : short_ids ? 12 : 16;
	size_t name = core->wide ? 40 : short_ids ? 28 : 32;
	struct proc_status *s = &core->status;

	if (core->has_status || len < name + 16 + 80)
		return;
	core->has_status = true;
	s->state = (char)desc[1];
	s->pid = s->tgid = (pid_t)get32(desc, pid);
	s->parent = (pid_t)get32(desc, pid + 4);
	s->uid[0] = core->wide || !short_ids ? get32(desc, uid)
	                                     : get16(desc, uid);
	s->gid[0] = core->wide || !short_ids ? get32(desc, uid + 4)
	                                     : get16(desc, uid + 2);
	copy_text(core->name, sizeof(core->name), desc + name, 16);
	copy_text(core->command, sizeof(core->command), desc + name + 16, 80);
}

/* struct compat_siginfo: what follows si_code begins at 12, not at 16. */
static void widen_siginfo(const uint8_t *d, bool x32, siginfo_t *info)
{
	uint8_t *fields = (uint8_t *)info + 16;

	info->si_signo = (int)get32(d, 0);
	info->si_errno = (int)get32(d, 4);
	info->si_code = (int)get32(d, 8);
	if (info->si_code <= 0) {
		/* kill, timers, queued ones: two numbers and a value. */
		memcpy(fields, d + 12, 12);
		return;
	}
	switch (info->si_signo) {
	case SIGSEGV:
	case SIGBUS:
	case SIGILL:
	case SIGFPE:
	case SIGTRAP:
		memcpy(fields, d + 12, 4);
		memcpy(fields + 8, d + 16, 2);
		memcpy(fields + 16, d + 20, 4);
		memcpy(fields + 24, d + 24, 4);
		break;
	case SIGCHLD:
		memcpy(fields, d + 12, 12);
		memcpy(fields + 16, d + 24, x32 ? 8 : 4);
		memcpy(fields + 24, d + (x32 ? 32 : 28), x32 ? 8 : 4);
		break;
	case SIGPOLL:
		info->si_band = (int)get32(d, 12);
		info->si_fd = (int)get32(d, 16);
		break;
	case SIGSYS:
		memcpy(fields, d + 12, 4);
		memcpy(fields + 8, d + 16, 8);
		break;
	default:
		memcpy(fields, d + 12, 12);
		break;
	}
}

void core_take_siginfo(const struct core *core, const uint8_t *desc,
                       size_t len, struct core_thread *t)
{
	if (len < sizeof(t->siginfo))
		return;
	t->has_siginfo = true;
	if (core->wide)
		memcpy(&t->siginfo, desc, sizeof(t->siginfo));
	else
		widen_siginfo(desc, core->machine != EM_386, &t->siginfo);
}

void core_take_tls(const uint8_t *desc, size_t len, struct core_thread *t)
{
	enum { ENTRY = 16 };  /* struct user_desc: number, base, limit, flags */
	uint32_t wanted = (uint32_t)(t->regs.user.gs & 0xffff) >> 3;

	for (size_t at = 0; at + ENTRY <= len; at += ENTRY)
		if (get32(desc, at) == wanted)
			t->regs.user.gs_base = get32(desc, at + 4);
}
