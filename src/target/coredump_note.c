/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target/coredump_note.h"

#include <elf.h>
#include <string.h>

enum { USEC = 1000000 };

bool coredump_is_32(enum abi abi)
{
	return abi != ABI_X86_64;
}

static size_t word_of(enum abi abi)
{
	return coredump_is_32(abi) ? 4 : 8;
}

/* The low SIZE bytes of VALUE. */
static void put(struct buf *b, uint64_t value, size_t size)
{
	buf_add(b, &value, size);
}

/* Zeros up to a multiple of ALIGN behind START. */
static void pad(struct buf *b, size_t start, size_t align)
{
	static const char zeros[8];
	size_t over = (b->len - start) % align;

	if (over)
		buf_add(b, zeros, align - over);
}

void coredump_note(struct buf *b, const char *name, uint32_t type,
                   const void *desc, size_t len)
{
	size_t start = b->len;
	size_t name_len = strlen(name) + 1;

	put(b, name_len, 4);
	put(b, len, 4);
	put(b, type, 4);
	buf_add(b, name, name_len);
	pad(b, start, 4);
	buf_add(b, desc, len);
	pad(b, start, 4);
}

/* struct user_regs_struct32 of arch/x86/include/asm/user_32.h. */
static void put_regs_i386(struct buf *b, const struct user_regs_struct *r)
{
	const uint64_t regs[] = {
		r->rbx, r->rcx, r->rdx, r->rsi, r->rdi, r->rbp, r->rax,
		r->ds, r->es, r->fs, r->gs, r->orig_rax, r->rip, r->cs,
		r->eflags, r->rsp, r->ss,
	};

	for (size_t i = 0; i < ARRAY_LEN(regs); i++)
		put(b, regs[i], 4);
}

void coredump_prstatus(struct buf *b, enum abi abi,
                       const struct coredump_thread *t)
{
	const size_t start = b->len, word = word_of(abi);

	put(b, (uint64_t)t->signal, 4);
	put(b, 0, 4);                   /* si_code */
	put(b, 0, 4);                   /* si_errno */
	put(b, (uint64_t)t->signal, 2); /* pr_cursig */
	pad(b, start, word);
	put(b, t->pending, word);
	put(b, t->blocked, word);
	put(b, (uint64_t)t->tid, 4);
	put(b, (uint64_t)t->parent, 4);
	put(b, (uint64_t)t->group, 4);
	put(b, (uint64_t)t->session, 4);
	for (size_t i = 0; i < ARRAY_LEN(t->times_us); i++) {
		put(b, t->times_us[i] / USEC, word);
		put(b, t->times_us[i] % USEC, word);
	}
	if (abi == ABI_I386)
		put_regs_i386(b, &t->regs->user);
	else
		buf_add(b, &t->regs->user, sizeof(t->regs->user));
	put(b, 1, 4);                   /* pr_fpvalid */
	pad(b, start, abi == ABI_I386 ? 4 : 8);
}

/* kernel/fork.c's overflowuid, for ids that 16 bits do not hold. */
static uint64_t short_id(unsigned id)
{
	return id > 0xffff ? 65534 : id;
}

/*
 * The order of the kernel's states is that of "RSDTZW"; a thread that a tracer
 * stopped was running, or stopped, for all that a core's reader cares.
 */
static void put_state(struct buf *b, char state)
{
	static const char states[] = "RSDTZW";
	const char *at;

	if (state == 't')
		state = 'T';
	at = state ? strchr(states, state) : NULL;
	put(b, at ? (uint64_t)(at - states) : 0, 1);
	put(b, (unsigned char)(at ? state : '.'), 1);
	put(b, state == 'Z', 1);
}

void coredump_prpsinfo(struct buf *b, enum abi abi,
                       const struct coredump_process *p)
{
	const size_t start = b->len, word = word_of(abi);

	put_state(b, p->state);
	put(b, (uint64_t)p->nice, 1);
	pad(b, start, word);
	put(b, p->flags, word);
	put(b, word == 4 ? short_id(p->uid) : p->uid, word / 2);
	put(b, word == 4 ? short_id(p->gid) : p->gid, word / 2);
	put(b, (uint64_t)p->pid, 4);
	put(b, (uint64_t)p->parent, 4);
	put(b, (uint64_t)p->group, 4);
	put(b, (uint64_t)p->session, 4);
	buf_add(b, p->comm, sizeof(p->comm));
	buf_add(b, p->args, sizeof(p->args));
}

/* siginfo. */

/* What of siginfo's union is meant: kernel/signal.c, siginfo_layout. */
enum layout {
	LAYOUT_KILL, LAYOUT_TIMER, LAYOUT_RT, LAYOUT_CHILD, LAYOUT_FAULT,
	LAYOUT_POLL, LAYOUT_SYS,
};

/* The highest si_code that has a meaning for SIGNUM; 0: none has. */
static int last_code(int signum)
{
	switch (signum) {
	case SIGILL:
		return 11;
	case SIGFPE:
		return 15;
	case SIGSEGV:
		return 10;
	case SIGBUS:
		return 5;
	case SIGTRAP:
		return 6;
	case SIGCHLD:
	case SIGPOLL:
		return 6;
	case SIGSYS:
		return 2;
	default:
		return 0;
	}
}

static enum layout layout_of(const siginfo_t *info)
{
	int code = info->si_code;

	if (code == SI_TIMER)
		return LAYOUT_TIMER;
	if (code == SI_SIGIO)
		return LAYOUT_POLL;
	if (code < 0)
		return LAYOUT_RT;
	if (code <= SI_USER || code >= SI_KERNEL ||
	    code > last_code(info->si_signo))
		return LAYOUT_KILL;
	switch (info->si_signo) {
	case SIGCHLD:
		return LAYOUT_CHILD;
	case SIGPOLL:
		return LAYOUT_POLL;
	case SIGSYS:
		return LAYOUT_SYS;
	default:
		return LAYOUT_FAULT;
	}
}

static void put_child(struct buf *b, enum abi abi, const siginfo_t *info)
{
	/* An x32 program's clock_t has 64 bits. */
	size_t size = abi == ABI_X32 ? 8 : 4;

	put(b, (uint64_t)info->si_pid, 4);
	put(b, info->si_uid, 4);
	put(b, (uint64_t)info->si_status, 4);
	put(b, (uint64_t)info->si_utime, size);
	put(b, (uint64_t)info->si_stime, size);
}

static void put_fault(struct buf *b, const siginfo_t *info)
{
	put(b, (uintptr_t)info->si_addr, 4);
	put(b, (uint64_t)info->si_addr_lsb, 4);
	put(b, 0, 4);
	/* SEGV_PKUERR has its key where the bounds are. */
	put(b, (uintptr_t)info->si_lower, 4);
	put(b, (uintptr_t)info->si_upper, 4);
}

static void put_union(struct buf *b, enum abi abi, const siginfo_t *info)
{
	switch (layout_of(info)) {
	case LAYOUT_KILL:
	case LAYOUT_RT:
		put(b, (uint64_t)info->si_pid, 4);
		put(b, info->si_uid, 4);
		put(b, (uintptr_t)info->si_ptr, 4);
		break;
	case LAYOUT_TIMER:
		put(b, (uint64_t)info->si_timerid, 4);
		put(b, (uint64_t)info->si_overrun, 4);
		put(b, (uintptr_t)info->si_ptr, 4);
		break;
	case LAYOUT_CHILD:
		put_child(b, abi, info);
		break;
	case LAYOUT_FAULT:
		put_fault(b, info);
		break;
	case LAYOUT_POLL:
		put(b, (uint64_t)info->si_band, 4);
		put(b, (uint64_t)info->si_fd, 4);
		break;
	case LAYOUT_SYS:
		put(b, (uintptr_t)info->si_call_addr, 4);
		put(b, (uint64_t)info->si_syscall, 4);
		put(b, info->si_arch, 4);
		break;
	}
}

/* include/uapi/asm-generic/siginfo.h, include/linux/compat.h. */
void coredump_siginfo(struct buf *b, enum abi abi, const siginfo_t *info)
{
	static const char zeros[sizeof(*info)];
	const size_t start = b->len;

	if (!coredump_is_32(abi)) {
		buf_add(b, info, sizeof(*info));
		return;
	}
	put(b, (uint64_t)info->si_signo, 4);
	put(b, (uint64_t)info->si_errno, 4);
	put(b, (uint64_t)info->si_code, 4);
	put_union(b, abi, info);
	buf_add(b, zeros, sizeof(zeros) - (b->len - start));
}

/* NT_FILE. */

enum { FILE_PAGE = 4096 };

bool coredump_is_file(const struct proc_map *map)
{
	return map->inode != 0 || map->name[0] == '/';
}

void coredump_files(struct buf *b, enum abi abi, const proc_map_vec *maps,
                    size_t limit)
{
	const size_t word = word_of(abi);
	size_t room = limit < 2 * word ? 0 : limit - 2 * word;
	size_t count = 0, seen = 0;

	for (; seen < maps->len; seen++) {
		const struct proc_map *m = &maps->items[seen];
		size_t size = 3 * word + strlen(m->name) + 1;

		if (!coredump_is_file(m))
			continue;
		if (size > room)
			break;
		room -= size;
		count++;
	}
	put(b, count, word);
	put(b, FILE_PAGE, word);
	for (size_t i = 0; i < seen; i++) {
		const struct proc_map *m = &maps->items[i];

		if (!coredump_is_file(m))
			continue;
		put(b, m->start, word);
		put(b, m->end, word);
		put(b, m->offset / FILE_PAGE, word);
	}
	for (size_t i = 0; i < seen; i++)
		if (coredump_is_file(&maps->items[i]))
			buf_add(b, maps->items[i].name,
			        strlen(maps->items[i].name) + 1);
}

/* Headers. */

size_t coredump_head_size(enum abi abi, size_t count)
{
	return coredump_is_32(abi)
	       ? sizeof(Elf32_Ehdr) + count * sizeof(Elf32_Phdr)
	       : sizeof(Elf64_Ehdr) + count * sizeof(Elf64_Phdr);
}

void coredump_header(struct buf *b, enum abi abi, size_t count,
                     uint64_t section)
{
	const size_t word = word_of(abi);
	const bool many = count >= PN_XNUM;
	const unsigned char ident[EI_NIDENT] = {
		ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3,
		[EI_CLASS] = word == 4 ? ELFCLASS32 : ELFCLASS64,
		[EI_DATA] = ELFDATA2LSB,
		[EI_VERSION] = EV_CURRENT,
	};

	buf_add(b, ident, sizeof(ident));
	put(b, ET_CORE, 2);
	put(b, abi == ABI_I386 ? EM_386 : EM_X86_64, 2);
	put(b, EV_CURRENT, 4);
	put(b, 0, word);                            /* e_entry */
	put(b, coredump_head_size(abi, 0), word);   /* e_phoff */
	put(b, many ? section : 0, word);           /* e_shoff */
	put(b, 0, 4);                               /* e_flags */
	put(b, coredump_head_size(abi, 0), 2);
	put(b, coredump_head_size(abi, 1) - coredump_head_size(abi, 0), 2);
	put(b, many ? PN_XNUM : count, 2);
	put(b, !many ? 0 : word == 4 ? sizeof(Elf32_Shdr) : sizeof(Elf64_Shdr),
	    2);
	put(b, many, 2);                            /* e_shnum */
	put(b, 0, 2);                               /* e_shstrndx */
}

void coredump_segment(struct buf *b, enum abi abi,
                      const struct coredump_segment *s)
{
	const size_t word = word_of(abi);

	put(b, s->note ? PT_NOTE : PT_LOAD, 4);
	if (word == 8)
		put(b, s->flags, 4);
	put(b, s->offset, word);
	put(b, s->addr, word);
	put(b, 0, word);
	put(b, s->file_size, word);
	put(b, s->memory_size, word);
	if (word == 4)
		put(b, s->flags, 4);
	put(b, s->align, word);
}

void coredump_section(struct buf *b, enum abi abi, size_t count)
{
	const size_t word = word_of(abi);

	if (count < PN_XNUM)
		return;
	put(b, 0, 4);
	put(b, SHT_NULL, 4);
	for (int i = 0; i < 3; i++)     /* flags, address, offset */
		put(b, 0, word);
	put(b, 1, word);                /* sh_size: as many sections */
	put(b, SHN_UNDEF, 4);
	put(b, count, 4);               /* sh_info */
	put(b, 0, word);
	put(b, 0, word);
}
