/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Core files' notes and headers, as bytes; and which memory they have. */
#include "session/coredump.h"
#include "target/coredump_note.h"
#include "target/procfs_parse.h"

#include "base/alloc.h"

#include <elf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/procfs.h>
#include <unistd.h>

#include <cmocka.h>

static uint64_t word_at(const struct buf *b, size_t at, size_t size)
{
	uint64_t value = 0;

	assert_true(at + size <= b->len);
	memcpy(&value, b->data + at, size);
	return value;
}

static const struct arch_regs regs = { .user = {
	.r15 = 15, .rbx = 0x1111111100000002, .rip = 0x40001000, .rsp = 0x7000,
	.orig_rax = (unsigned long long)-1, .ss = 0x2b, .gs = 0x63,
} };

static const struct coredump_thread thread = {
	.tid = 4711, .parent = 5, .group = 6, .session = 7, .signal = 11,
	.pending = 0x8000000000000001, .blocked = 0x10000,
	.times_us = { 1000001, 2, 3000000, 4 },
	.regs = &regs,
};

/* The compiler's own struct of the same name is the oracle. */
static void makes_prstatus(void **state)
{
	AUTO_BUF struct buf b = { 0 };
	struct elf_prstatus s;

	(void)state;
	buf_init(&b);
	coredump_prstatus(&b, ABI_X86_64, &thread);
	assert_int_equal(b.len, sizeof(s));
	memcpy(&s, b.data, sizeof(s));
	assert_int_equal(s.pr_info.si_signo, 11);
	assert_int_equal(s.pr_cursig, 11);
	assert_true(s.pr_sigpend == 0x8000000000000001);
	assert_true(s.pr_sighold == 0x10000);
	assert_int_equal(s.pr_pid, 4711);
	assert_int_equal(s.pr_ppid, 5);
	assert_int_equal(s.pr_pgrp, 6);
	assert_int_equal(s.pr_sid, 7);
	assert_int_equal(s.pr_utime.tv_sec, 1);
	assert_int_equal(s.pr_utime.tv_usec, 1);
	assert_int_equal(s.pr_stime.tv_usec, 2);
	assert_int_equal(s.pr_cutime.tv_sec, 3);
	assert_int_equal(s.pr_cstime.tv_usec, 4);
	assert_memory_equal(&s.pr_reg, &regs.user, sizeof(regs.user));
	assert_int_equal(s.pr_fpvalid, 1);
}

/* bfd/elf32-i386.c and elf64-x86-64.c know them by these sizes and places. */
static void makes_compat_prstatus(void **state)
{
	AUTO_BUF struct buf b = { 0 };

	(void)state;
	buf_init(&b);
	coredump_prstatus(&b, ABI_I386, &thread);
	assert_int_equal(b.len, 144);
	assert_int_equal(word_at(&b, 12, 2), 11);
	assert_int_equal(word_at(&b, 16, 4), 1);
	assert_int_equal(word_at(&b, 24, 4), 4711);
	assert_int_equal(word_at(&b, 40, 4), 1);
	assert_int_equal(word_at(&b, 72, 4), 2);           /* ebx */
	assert_int_equal(word_at(&b, 72 + 10 * 4, 4), 0x63);
	assert_int_equal(word_at(&b, 72 + 11 * 4, 4), 0xffffffff);
	assert_int_equal(word_at(&b, 72 + 12 * 4, 4), 0x40001000);
	assert_int_equal(word_at(&b, 72 + 15 * 4, 4), 0x7000);
	assert_int_equal(word_at(&b, 72 + 16 * 4, 4), 0x2b);
	assert_int_equal(word_at(&b, 140, 4), 1);
	buf_reset(&b);
	coredump_prstatus(&b, ABI_X32, &thread);
	assert_int_equal(b.len, 296);
	assert_int_equal(word_at(&b, 24, 4), 4711);
	assert_memory_equal(b.data + 72, &regs.user, sizeof(regs.user));
	assert_int_equal(word_at(&b, 288, 4), 1);
}

static void makes_prpsinfo(void **state)
{
	const struct coredump_process p = {
		.pid = 1, .parent = 2, .group = 3, .session = 4, .state = 't',
		.nice = -5, .flags = 0x400040, .uid = 100000, .gid = 7,
		.comm = "fifteen letters", .args = "prog a b ",
	};
	AUTO_BUF struct buf b = { 0 };
	struct elf_prpsinfo s;

	(void)state;
	buf_init(&b);
	coredump_prpsinfo(&b, ABI_X86_64, &p);
	assert_int_equal(b.len, sizeof(s));
	memcpy(&s, b.data, sizeof(s));
	assert_int_equal(s.pr_state, 3);
	assert_int_equal(s.pr_sname, 'T');
	assert_int_equal(s.pr_zomb, 0);
	assert_int_equal(s.pr_nice, -5);
	assert_true(s.pr_flag == 0x400040);
	assert_int_equal(s.pr_uid, 100000);
	assert_int_equal(s.pr_gid, 7);
	assert_int_equal(s.pr_pid, 1);
	assert_int_equal(s.pr_sid, 4);
	assert_string_equal(s.pr_fname, "fifteen letters");
	assert_string_equal(s.pr_psargs, "prog a b ");
	for (enum abi abi = ABI_X32; abi <= ABI_I386; abi++) {
		buf_reset(&b);
		coredump_prpsinfo(&b, abi, &p);
		assert_int_equal(b.len, 124);
		/* 16 bits have no room for 100000: overflowuid. */
		assert_int_equal(word_at(&b, 8, 2), 65534);
		assert_int_equal(word_at(&b, 10, 2), 7);
		assert_int_equal(word_at(&b, 12, 4), 1);
		assert_string_equal(b.data + 28, "fifteen letters");
		assert_string_equal(b.data + 44, "prog a b ");
	}
}

struct siginfo_case {
	siginfo_t info;
	uint32_t words[6];     /* of the union, from offset 12 */
};

static void check_siginfo(enum abi abi, const struct siginfo_case *c)
{
	AUTO_BUF struct buf b = { 0 };

	buf_init(&b);
	coredump_siginfo(&b, abi, &c->info);
	assert_int_equal(b.len, 128);
	assert_int_equal(word_at(&b, 0, 4), c->info.si_signo);
	assert_int_equal(word_at(&b, 4, 4), (uint32_t)c->info.si_errno);
	assert_int_equal(word_at(&b, 8, 4), (uint32_t)c->info.si_code);
	for (size_t i = 0; i < ARRAY_LEN(c->words); i++)
		assert_int_equal(word_at(&b, 12 + 4 * i, 4), c->words[i]);
}

static void makes_siginfo(void **state)
{
	struct siginfo_case kill = { .info = { .si_signo = SIGTERM },
	                             .words = { 12, 1000 } };
	struct siginfo_case queued = { .info = { .si_signo = SIGUSR1,
	                                         .si_code = SI_QUEUE },
	                               .words = { 12, 1000, 0x89abcdef } };
	struct siginfo_case timer = { .info = { .si_signo = SIGALRM,
	                                        .si_code = SI_TIMER },
	                              .words = { 3, 4, 5 } };
	struct siginfo_case fault = { .info = { .si_signo = SIGSEGV,
	                                        .si_code = SEGV_BNDERR },
	                              .words = { 0x1000, 3, 0, 0x2000,
	                                         0x3000 } };
	struct siginfo_case poll = { .info = { .si_signo = SIGIO,
	                                       .si_code = POLL_IN },
	                             .words = { 0x41, 9 } };
	struct siginfo_case call = { .info = { .si_signo = SIGSYS,
	                                       .si_code = 1 },
	                             .words = { 0x8048000, 20, 0x40000003 } };
	/* A stop of ptrace's own has nobody's address. */
	struct siginfo_case event = { .info = { .si_signo = SIGTRAP,
	                                        .si_code = SIGTRAP | 0x8000 },
	                              .words = { 12, 0 } };
	struct siginfo_case child = { .info = { .si_signo = SIGCHLD,
	                                        .si_code = CLD_KILLED },
	                              .words = { 12, 1000, 9, 7, 8 } };
	struct siginfo_case child_x32 = child;
	AUTO_BUF struct buf b = { 0 };

	(void)state;
	kill.info.si_pid = queued.info.si_pid = child.info.si_pid = 12;
	kill.info.si_uid = queued.info.si_uid = child.info.si_uid = 1000;
	event.info.si_pid = 12;
	queued.info.si_value.sival_ptr = (void *)0x123456789abcdef;
	timer.info.si_timerid = 3;
	timer.info.si_overrun = 4;
	timer.info.si_value.sival_int = 5;
	fault.info.si_addr = (void *)0x1000;
	fault.info.si_addr_lsb = 3;
	fault.info.si_lower = (void *)0x2000;
	fault.info.si_upper = (void *)0x3000;
	poll.info.si_band = 0x41;
	poll.info.si_fd = 9;
	call.info.si_call_addr = (void *)0x8048000;
	call.info.si_syscall = 20;
	call.info.si_arch = 0x40000003;
	child.info.si_status = 9;
	child.info.si_utime = 7;
	child.info.si_stime = 8;
	check_siginfo(ABI_I386, &kill);
	check_siginfo(ABI_I386, &queued);
	check_siginfo(ABI_I386, &timer);
	check_siginfo(ABI_I386, &fault);
	check_siginfo(ABI_I386, &poll);
	check_siginfo(ABI_I386, &call);
	check_siginfo(ABI_I386, &event);
	check_siginfo(ABI_I386, &child);
	child_x32.info = child.info;
	child_x32.words[4] = 0;
	child_x32.words[5] = 8;
	check_siginfo(ABI_X32, &child_x32);
	buf_init(&b);
	coredump_siginfo(&b, ABI_X86_64, &child.info);
	assert_int_equal(b.len, sizeof(siginfo_t));
	assert_memory_equal(b.data, &child.info, sizeof(siginfo_t));
}

static void pads_notes(void **state)
{
	AUTO_BUF struct buf b = { 0 };

	(void)state;
	buf_init(&b);
	coredump_note(&b, "CORE", 6, "abcde", 5);
	assert_int_equal(b.len, 12 + 8 + 8);
	assert_memory_equal(b.data, "\5\0\0\0\5\0\0\0\6\0\0\0CORE\0\0\0\0"
	                    "abcde\0\0\0", b.len);
	/* Behind what is there already. */
	coredump_note(&b, "LINUX", 0x202, "", 0);
	assert_int_equal(b.len, 28 + 12 + 8);
}

static const char strange[] = "/a\nb \377\033[31m (deleted)";

static void push_map(proc_map_vec *maps, taddr start, const char *name,
                     uint64_t inode)
{
	vec_push(maps, (struct proc_map){
		.start = start, .end = start + 0x2000, .offset = 0x3000,
		.inode = inode, .name = xstrdup(name),
	});
}

static void makes_files(void **state)
{
	AUTO_BUF struct buf b = { 0 };
	AUTO_FREE char *name = xmalloc(4097);
	proc_map_vec maps = { 0 };
	size_t whole;

	(void)state;
	memset(name, 'x', 4096);
	name[0] = '/';
	name[4096] = '\0';
	push_map(&maps, 0x10000, strange, 5);
	push_map(&maps, 0x20000, "[heap]", 0);
	push_map(&maps, 0x30000, name, 6);
	push_map(&maps, 0x40000, "", 0);
	buf_init(&b);
	coredump_files(&b, ABI_X86_64, &maps, 1 << 20);
	assert_int_equal(word_at(&b, 0, 8), 2);
	assert_int_equal(word_at(&b, 8, 8), 4096);
	assert_int_equal(word_at(&b, 16, 8), 0x10000);
	assert_int_equal(word_at(&b, 24, 8), 0x12000);
	assert_int_equal(word_at(&b, 32, 8), 3);
	assert_int_equal(word_at(&b, 40, 8), 0x30000);
	assert_string_equal(b.data + 64, strange);
	assert_string_equal(b.data + 64 + sizeof(strange), name);
	whole = b.len;
	assert_int_equal(whole, 64 + sizeof(strange) + 4097);
	/* Whole entries only, and their number is true. */
	buf_reset(&b);
	coredump_files(&b, ABI_X86_64, &maps, whole - 1);
	assert_int_equal(word_at(&b, 0, 8), 1);
	assert_int_equal(b.len, 40 + sizeof(strange));
	buf_reset(&b);
	coredump_files(&b, ABI_I386, &maps, 1 << 20);
	assert_int_equal(word_at(&b, 0, 4), 2);
	assert_int_equal(word_at(&b, 8, 4), 0x10000);
	assert_int_equal(b.len, 32 + sizeof(strange) + 4097);
	proc_maps_deinit(&maps);
}

static void makes_headers(void **state)
{
	const struct coredump_segment segment = {
		.flags = PF_R | PF_W, .offset = 0x1000, .addr = 0x400000,
		.file_size = 0x2000, .memory_size = 0x3000, .align = 4096,
	};
	AUTO_BUF struct buf b = { 0 };
	Elf64_Ehdr head;
	Elf64_Phdr phdr;
	Elf64_Shdr section;

	(void)state;
	buf_init(&b);
	coredump_header(&b, ABI_X86_64, PN_XNUM - 1, 77);
	assert_int_equal(b.len, sizeof(head));
	memcpy(&head, b.data, sizeof(head));
	assert_memory_equal(head.e_ident, ELFMAG, SELFMAG);
	assert_int_equal(head.e_ident[EI_CLASS], ELFCLASS64);
	assert_int_equal(head.e_type, ET_CORE);
	assert_int_equal(head.e_machine, EM_X86_64);
	assert_int_equal(head.e_phnum, PN_XNUM - 1);
	assert_int_equal(head.e_shoff, 0);
	assert_int_equal(head.e_shnum, 0);
	coredump_segment(&b, ABI_X86_64, &segment);
	assert_int_equal(b.len, coredump_head_size(ABI_X86_64, 1));
	memcpy(&phdr, b.data + sizeof(head), sizeof(phdr));
	assert_int_equal(phdr.p_type, PT_LOAD);
	assert_int_equal(phdr.p_flags, PF_R | PF_W);
	assert_int_equal(phdr.p_offset, 0x1000);
	assert_int_equal(phdr.p_vaddr, 0x400000);
	assert_int_equal(phdr.p_filesz, 0x2000);
	assert_int_equal(phdr.p_memsz, 0x3000);
	buf_reset(&b);
	coredump_section(&b, ABI_X86_64, PN_XNUM - 1);
	assert_int_equal(b.len, 0);

	coredump_header(&b, ABI_X86_64, 70000, 77);
	memcpy(&head, b.data, sizeof(head));
	assert_int_equal(head.e_phnum, PN_XNUM);
	assert_int_equal(head.e_shoff, 77);
	assert_int_equal(head.e_shnum, 1);
	assert_int_equal(head.e_shentsize, sizeof(section));
	buf_reset(&b);
	coredump_section(&b, ABI_X86_64, 70000);
	assert_int_equal(b.len, sizeof(section));
	memcpy(&section, b.data, sizeof(section));
	assert_int_equal(section.sh_info, 70000);
	assert_int_equal(section.sh_size, 1);
}

static void makes_compat_headers(void **state)
{
	const struct coredump_segment segment = {
		.note = true, .offset = 52, .file_size = 9, .align = 4,
	};
	AUTO_BUF struct buf b = { 0 };
	Elf32_Ehdr head;
	Elf32_Phdr phdr;
	Elf32_Shdr section;

	(void)state;
	buf_init(&b);
	coredump_header(&b, ABI_X32, 2, 0);
	memcpy(&head, b.data, sizeof(head));
	assert_int_equal(head.e_ident[EI_CLASS], ELFCLASS32);
	assert_int_equal(head.e_machine, EM_X86_64);
	buf_reset(&b);
	coredump_header(&b, ABI_I386, 70000, 78);
	coredump_segment(&b, ABI_I386, &segment);
	coredump_section(&b, ABI_I386, 70000);
	assert_int_equal(b.len, sizeof(head) + sizeof(phdr) + sizeof(section));
	memcpy(&head, b.data, sizeof(head));
	memcpy(&phdr, b.data + sizeof(head), sizeof(phdr));
	memcpy(&section, b.data + sizeof(head) + sizeof(phdr),
	       sizeof(section));
	assert_int_equal(head.e_machine, EM_386);
	assert_int_equal(head.e_phentsize, sizeof(phdr));
	assert_int_equal(head.e_shoff, 78);
	assert_int_equal(phdr.p_type, PT_NOTE);
	assert_int_equal(phdr.p_filesz, 9);
	assert_int_equal(phdr.p_align, 4);
	assert_int_equal(section.sh_info, 70000);
}

/* Which memory. */

static bool read_magic(void *ctx, taddr addr, void *data, size_t len)
{
	(void)ctx;
	memcpy(data, ELFMAG, len);
	return addr != 0x13000;
}

static const struct mapping {
	taddr start;
	const char *perms, *name;
	uint64_t inode, offset, anonymous;
	unsigned flags;
	unsigned filter;          /* with these bits alone it is whole */
} mappings[] = {
	{ 0x10000, "rw-p", "", 0, 0, 0, 0, 1 << 0 },
	{ 0x11000, "rw-p", "/a", 5, 0x1000, 4096, 0, 1 << 0 | 1 << 2 },
	{ 0x12000, "r--p", "/a", 5, 0, 0, 0, 1 << 2 | 1 << 4 },
	{ 0x13000, "r--p", "/text", 6, 0, 0, 0, 1 << 2 },
	{ 0x14000, "rw-s", "/dev/zero (deleted)", 7, 0, 0, VM_SHARED, 1 << 1 },
	{ 0x15000, "rw-s", "/f", 8, 0, 0, VM_SHARED, 1 << 3 },
	{ 0x16000, "rw-p", "/anon_hugepage (deleted)", 9, 0, 0, VM_HUGETLB,
	  1 << 5 },
	{ 0x17000, "rw-s", "/h", 9, 0, 0, VM_HUGETLB | VM_SHARED, 1 << 6 },
	{ 0x18000, "rw-p", "", 0, 0, 4096, VM_DONT_DUMP, 0 },
	{ 0x19000, "rw-s", "/dev/fb", 9, 0, 0, VM_IO | VM_SHARED, 0 },
	{ 0x1a000, "---p", "", 0, 0, 0, 0, 0 },
	{ 0x1b000, "---p", "", 0, 0, 4096, 0, 1 << 0 },
	{ 0x1c000, "r-xp", "[vdso]", 0, 0, 0, VM_DONT_DUMP, 0x1ff },
};

static void fill_maps(proc_smap_vec *maps)
{
	for (size_t i = 0; i < ARRAY_LEN(mappings); i++) {
		const struct mapping *m = &mappings[i];
		struct proc_smap smap = {
			.map = {
				.start = m->start, .end = m->start + 0x1000,
				.offset = m->offset, .inode = m->inode,
				.name = xstrdup(m->name),
			},
			.anonymous = m->anonymous, .rss = m->anonymous,
			.flags = m->flags,
		};

		memcpy(smap.map.perms, m->perms, 5);
		vec_push(maps, smap);
	}
}

static void chooses_by_filter(void **state)
{
	proc_smap_vec maps = { 0 };
	struct coredump_choice choice = { .read = read_magic };

	(void)state;
	fill_maps(&maps);
	for (unsigned bit = 0; bit < 7; bit++) {
		coredump_part_vec parts = { 0 };
		coredump_range_vec own = { 0 };
		coredump_left_vec left = { 0 };

		choice.filter = 1u << bit;
		coredump_choose(&maps, &choice, &own, &parts, &left);
		for (size_t i = 0, k = 0; i < ARRAY_LEN(mappings); i++) {
			unsigned expected = mappings[i].filter >> bit & 1;

			/* What is nowhere is not mentioned. */
			if (!expected && !mappings[i].inode)
				continue;
			assert_true(k < parts.len);
			if (parts.items[k].file_size != expected * 0x1000 ||
			    parts.items[k].start != mappings[i].start)
				fail_msg("bit %u, mapping %zu: %llu", bit, i,
				         (unsigned long long)
				         parts.items[k].file_size);
			assert_int_equal(parts.items[k].end -
			                 parts.items[k].start, 0x1000);
			k++;
		}
		assert_int_equal(parts.len + left.len, ARRAY_LEN(mappings));
		for (size_t i = 0; i < left.len; i++)
			assert_true(left.items[i].reason != LEFT_UNTOLD);
		vec_deinit(&parts);
		vec_deinit(&left);
	}
	proc_smaps_deinit(&maps);
}

static void chooses_excluded(void **state)
{
	proc_smap_vec maps = { 0 };
	coredump_part_vec parts = { 0 };
	coredump_range_vec own = { 0 };
	coredump_left_vec left = { 0 };
	const struct coredump_choice choice = {
		.filter = 0x7f, .excluded = true, .read = read_magic,
	};

	(void)state;
	fill_maps(&maps);
	coredump_choose(&maps, &choice, &own, &parts, &left);
	assert_int_equal(parts.items[8].file_size, 0x1000);
	/* A device is never read. */
	assert_int_equal(parts.items[9].file_size, 0);
	assert_int_equal(parts.items[0].flags, PF_R | PF_W);
	assert_int_equal(parts.len, ARRAY_LEN(mappings) - 1);
	assert_int_equal(parts.items[10].flags, 0);
	assert_int_equal(parts.items[11].flags, PF_R | PF_X);
	assert_int_equal(left.len, 1);
	assert_int_equal(left.items[0].reason, LEFT_UNTOUCHED);
	vec_deinit(&parts);
	vec_deinit(&left);
	proc_smaps_deinit(&maps);
}

/* The page in the middle, and at both ends, is scdb's. */
static void leaves_own_pages_out(void **state)
{
	static const struct coredump_range ranges[] = {
		{ 0x105000, 0x106000 }, { 0x0ff000, 0x101000 },
		{ 0x103000, 0x104000 }, { 0x109000, 0x10a000 },
		{ 0x200000, 0x201000 },
	};
	static const struct coredump_range left[] = {
		{ 0x101000, 0x103000 }, { 0x104000, 0x105000 },
		{ 0x106000, 0x109000 },
	};
	struct proc_smap smap = { .map = { .start = 0x100000, .end = 0x10a000,
	                                   .perms = "rwxp" } };
	proc_smap_vec maps = { 0 };
	coredump_part_vec parts = { 0 };
	coredump_range_vec own = { 0 };
	coredump_left_vec left_out = { 0 };
	const struct coredump_choice choice = { .filter = 1,
	                                        .read = read_magic };

	(void)state;
	smap.map.name = xstrdup("");
	vec_push(&maps, smap);
	for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
		vec_push(&own, ranges[i]);
	coredump_choose(&maps, &choice, &own, &parts, &left_out);
	assert_int_equal(parts.len, ARRAY_LEN(left));
	for (size_t i = 0; i < parts.len; i++) {
		assert_int_equal(parts.items[i].start, left[i].start);
		assert_int_equal(parts.items[i].end, left[i].end);
		assert_int_equal(parts.items[i].file_size,
		                 left[i].end - left[i].start);
	}
	vec_deinit(&parts);
	vec_deinit(&left_out);
	vec_deinit(&own);
	proc_smaps_deinit(&maps);
}

/* /proc/PID/stat. */

static void takes_stat(void **state)
{
	static const char line[] =
		"4711 (a) R 1 (b) S 10 11 12 0 -1 4194304 99 0 0 0 250 125 "
		"100 1 20 -7 3 0 1000";
	struct proc_stat s = { 0 };

	(void)state;
	assert_true(proc_take_stat(line, strlen(line), 100, &s));
	assert_int_equal(s.state, 'S');
	assert_int_equal(s.parent, 10);
	assert_int_equal(s.group, 11);
	assert_int_equal(s.session, 12);
	assert_int_equal(s.flags, 4194304);
	assert_int_equal(s.times_us[0], 2500000);
	assert_int_equal(s.times_us[1], 1250000);
	assert_int_equal(s.times_us[2], 1000000);
	assert_int_equal(s.times_us[3], 10000);
	assert_int_equal(s.nice, -7);
	/* Up to the last number it is no such line. */
	for (size_t len = 0; len < strlen(line) - 10; len++)
		assert_false(proc_take_stat(line, len, 100, &s));
	assert_false(proc_take_stat(line, strlen(line), 0, &s));
}

static void reads_own_stat(void **state)
{
	struct proc_stat s = { 0 };
	struct error *err;

	(void)state;
	assert_null(proc_stat(getpid(), getpid(), &s));
	assert_int_equal(s.parent, getppid());
	assert_int_equal(s.group, getpgrp());
	assert_int_equal(s.session, getsid(0));
	assert_int_equal(s.state, 'R');
	err = proc_stat(getpid(), 1, &s);
	assert_non_null(err);
	error_destroy(err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(makes_prstatus),
		cmocka_unit_test(makes_compat_prstatus),
		cmocka_unit_test(makes_prpsinfo),
		cmocka_unit_test(makes_siginfo),
		cmocka_unit_test(pads_notes),
		cmocka_unit_test(makes_files),
		cmocka_unit_test(makes_headers),
		cmocka_unit_test(makes_compat_headers),
		cmocka_unit_test(chooses_by_filter),
		cmocka_unit_test(chooses_excluded),
		cmocka_unit_test(leaves_own_pages_out),
		cmocka_unit_test(takes_stat),
		cmocka_unit_test(reads_own_stat),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
