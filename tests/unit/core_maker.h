/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Core files made piece by piece, in memory, and opened: what the tests of cores
 * share.
 */
#ifndef SCDB_TESTS_CORE_MAKER_H
#define SCDB_TESTS_CORE_MAKER_H

#include "target/core.h"
#include "target/coredump_note.h"
#include "target/internal.h"
#include "target/target.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum {
	PAGE = 4096, ROOM = 4 << 20,
	TID = 4711, OTHER = 4712,
	TEXT = 0x10000, DATA = 0x20000, LOST = 0x30000, GAP = 0x28000,
	MARKED = 0x40000, UNTOUCHED = 0x50000,
};

/* A core being made, in memory. */
struct maker {
	bool wide;
	unsigned machine;
	uint8_t *data;
	size_t len;
	size_t phdr_at, phdrs;      /* of so many, filled in one by one */
	size_t notes_at, notes_end;
	char path[64];
	int fd;
};

static inline void put(struct maker *m, const void *data, size_t len)
{
	assert_true(m->len + len <= ROOM);
	memcpy(m->data + m->len, data, len);
	m->len += len;
}

static inline void align(struct maker *m, size_t to)
{
	m->len = (m->len + to - 1) / to * to;
	assert_true(m->len <= ROOM);
}

static inline void begin(struct maker *m, unsigned class, unsigned machine,
                         unsigned phnum)
{
	Elf64_Ehdr e = {
		.e_ident = { 0x7f, 'E', 'L', 'F', (unsigned char)class,
		             ELFDATA2LSB, EV_CURRENT },
		.e_type = ET_CORE, .e_machine = (Elf64_Half)machine,
		.e_version = EV_CURRENT,
		.e_phoff = sizeof(e), .e_ehsize = sizeof(e),
		.e_phentsize = sizeof(Elf64_Phdr),
		.e_phnum = (Elf64_Half)phnum,
	};
	Elf32_Ehdr n = {
		.e_type = ET_CORE, .e_machine = (Elf32_Half)machine,
		.e_version = EV_CURRENT,
		.e_phoff = sizeof(n), .e_ehsize = sizeof(n),
		.e_phentsize = sizeof(Elf32_Phdr),
		.e_phnum = (Elf32_Half)phnum,
	};

	*m = (struct maker){ .wide = class == ELFCLASS64, .machine = machine };
	m->data = calloc(1, ROOM);
	assert_non_null(m->data);
	memcpy(n.e_ident, e.e_ident, EI_NIDENT);
	if (m->wide)
		put(m, &e, sizeof(e));
	else
		put(m, &n, sizeof(n));
	m->phdr_at = m->len;
	m->len += phnum * (m->wide ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr));
}

static inline void segment(struct maker *m, Elf64_Phdr p)
{
	Elf32_Phdr n = {
		.p_type = p.p_type, .p_flags = p.p_flags,
		.p_offset = (Elf32_Off)p.p_offset,
		.p_vaddr = (Elf32_Addr)p.p_vaddr,
		.p_filesz = (Elf32_Word)p.p_filesz,
		.p_memsz = (Elf32_Word)p.p_memsz,
	};
	size_t size = m->wide ? sizeof(p) : sizeof(n);

	memcpy(m->data + m->phdr_at + m->phdrs++ * size,
	       m->wide ? (void *)&p : (void *)&n, size);
}

static inline void note(struct maker *m, const char *name, uint32_t type,
                        const void *desc, size_t len)
{
	Elf64_Nhdr h = { (Elf64_Word)strlen(name) + 1, (Elf64_Word)len, type };

	put(m, &h, sizeof(h));
	put(m, name, h.n_namesz);
	align(m, 4);
	put(m, desc, len);
	align(m, 4);
}

static inline void put_word(uint8_t *at, uint64_t value, size_t size)
{
	memcpy(at, &value, size);
}

/* Registers are 0x1000 + their place, but for the code segment. */
static inline void status_note(struct maker *m, int tid, int signal)
{
	uint8_t d[336] = { 0 };
	bool i386 = m->machine == EM_386;
	size_t regs = m->wide ? 112 : 72, size = i386 ? 4 : 8;

	put_word(d + 12, (uint64_t)signal, 2);
	put_word(d + (m->wide ? 32 : 24), (uint64_t)tid, 4);
	for (size_t i = 0; i < (i386 ? 17 : 27); i++)
		put_word(d + regs + i * size, 0x1000 + i, size);
	put_word(d + regs + (i386 ? 13 : 17) * size, i386 ? 0x23 : 0x33, size);
	if (i386)
		put_word(d + regs + 10 * size, 0x63, size);
	note(m, "CORE", NT_PRSTATUS, d,
	     m->wide ? 336 : i386 ? 144 : 296);
}

static inline void siginfo_note(struct maker *m, uint64_t addr)
{
	uint8_t d[128] = { 0 };

	put_word(d, SIGSEGV, 4);
	put_word(d + 8, SEGV_MAPERR, 4);
	put_word(d + (m->wide ? 16 : 12), addr, m->wide ? 8 : 4);
	note(m, "CORE", NT_SIGINFO, d, sizeof(d));
}

static inline void psinfo_note(struct maker *m)
{
	uint8_t d[136] = { 0 };
	size_t pid = m->wide ? 24 : 12, name = m->wide ? 40 : 28;

	d[1] = 'S';
	put_word(d + pid, TID, 4);
	put_word(d + pid + 4, 1, 4);
	memcpy(d + name, "made", 5);
	memcpy(d + name + 16, "./made up ", 11);
	note(m, "CORE", NT_PRPSINFO, d, m->wide ? 136 : 124);
}

/* FILE is mapped at TEXT, a page with its header and one behind. */
static inline void file_note(struct maker *m, const char *file)
{
	uint8_t d[256] = { 0 };
	size_t w = m->wide ? 8 : 4, at = 0;
	const uint64_t numbers[] = { 2, 1, TEXT, TEXT + PAGE, 0,
	                             TEXT + PAGE, TEXT + 2 * PAGE, PAGE };

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++, at += w)
		put_word(d + at, numbers[i], w);
	for (int i = 0; i < 2; i++, at += strlen(file) + 1)
		memcpy(d + at, file, strlen(file) + 1);
	note(m, "CORE", NT_FILE, d, at);
}

static inline void auxv_note(struct maker *m)
{
	uint8_t d[32] = { 0 };
	size_t w = m->wide ? 8 : 4;

	put_word(d, AT_ENTRY, w);
	put_word(d + w, TEXT + 8, w);
	note(m, "CORE", NT_AUXV, d, 4 * w);
}

static inline void xstate_note(struct maker *m)
{
	uint8_t d[832] = { 0 };

	memset(d + 160, 0x5a, 16);
	note(m, "LINUX", NT_X86_XSTATE, d, sizeof(d));
}

static inline void tls_note(struct maker *m)
{
	uint32_t d[8] = { 7, 0x11111111, 0, 0, 12, 0x22222222, 0, 0 };

	note(m, "LINUX", NT_386_TLS, d, sizeof(d));
}

/* Where components stand on a machine that nobody has built. */
static inline void layout_note(struct maker *m)
{
	const struct arch_xstate_part parts[] = {
		{ .type = 2, .size = 256, .offset = 4096 },
		{ .type = 7, .size = 1024, .offset = 8192 },
		{ .type = 200, .size = 64, .offset = 64 },
		{ .type = 3, .size = 64, .offset = UINT32_MAX },
	};

	note(m, "LINUX", NT_X86_XSAVE_LAYOUT, parts, sizeof(parts));
}

/* Of memory that is not in the core, and threads' names. */
static inline void own_notes(struct maker *m)
{
	const struct coredump_left left[] = {
		{ MARKED, MARKED + PAGE, PF_R, LEFT_MARKED },
		{ UNTOUCHED, UNTOUCHED + 2 * PAGE, 0, LEFT_UNTOUCHED },
		{ GAP, GAP, PF_R, LEFT_FILTER },
		{ GAP, GAP + PAGE, PF_R, 77 },
	};
	const struct coredump_name names[] = {
		{ OTHER, "fifteen letters" }, { 1, "nobody" },
	};

	note(m, "SCDB", COREDUMP_LEFT_OUT, left, sizeof(left));
	note(m, "SCDB", COREDUMP_NAMES, names, sizeof(names));
}

static inline void end_notes(struct maker *m)
{
	segment(m, (Elf64_Phdr){ .p_type = PT_NOTE, .p_offset = m->notes_at,
	                         .p_filesz = m->len - m->notes_at });
	m->notes_end = m->len;
	align(m, PAGE);
}

/* Two threads, a page of DATA (of two), memory that was not dumped, FILE. */
static inline void make_core(struct maker *m, unsigned class, unsigned machine,
                             const char *file)
{
	begin(m, class, machine, 4);
	m->notes_at = m->len;
	status_note(m, TID, SIGSEGV);
	psinfo_note(m);
	siginfo_note(m, 0xbad0);
	auxv_note(m);
	file_note(m, file);
	xstate_note(m);
	if (machine == EM_386)
		tls_note(m);
	status_note(m, OTHER, SIGSEGV);
	layout_note(m);
	own_notes(m);
	end_notes(m);
	segment(m, (Elf64_Phdr){ .p_type = PT_LOAD, .p_flags = PF_R | PF_W,
	                         .p_vaddr = DATA, .p_offset = m->len,
	                         .p_filesz = PAGE, .p_memsz = 2 * PAGE });
	for (size_t i = 0; i < PAGE; i++)
		m->data[m->len + i] = (uint8_t)(i % 251);
	m->len += PAGE;
	segment(m, (Elf64_Phdr){ .p_type = PT_LOAD, .p_flags = PF_R | PF_X,
	                         .p_vaddr = TEXT, .p_offset = m->len,
	                         .p_memsz = 2 * PAGE });
	segment(m, (Elf64_Phdr){ .p_type = PT_LOAD, .p_flags = PF_R,
	                         .p_vaddr = LOST, .p_offset = m->len,
	                         .p_memsz = PAGE });
}

static inline void write_to(const char *path, const void *data, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static inline void save(struct maker *m)
{
	/* In memory: thousands are written. */
	if (!m->path[0]) {
		m->fd = memfd_create("core", MFD_CLOEXEC);
		assert_true(m->fd >= 0);
		snprintf(m->path, sizeof(m->path), "/proc/self/fd/%d", m->fd);
	}
	write_to(m->path, m->data, m->len);
}

static inline void end(struct maker *m)
{
	close(m->fd);
	free(m->data);
}

static inline void expect_refused(struct maker *m, const char *why)
{
	struct core *core = NULL;
	struct error *err;

	save(m);
	err = core_open(m->path, &core);
	assert_non_null(err);
	if (!strstr(err->message, why))
		fail_msg("\"%s\" does not say \"%s\"", err->message, why);
	assert_null(core);
	error_destroy(err);
	end(m);
}

static inline struct target *new_target(void)
{
	struct target *t = NULL;
	struct error *err = target_create(&t);

	assert_null(err);
	return t;
}

static inline struct process *opened(struct maker *m, struct target *target)
{
	struct core *core = NULL;
	struct error *err;

	save(m);
	err = core_open(m->path, &core);
	if (err)
		fail_msg("%s", err->message);
	return target_add_core(target, core);
}

static inline void expect_unread(struct process *p, taddr addr, const char *why)
{
	uint8_t byte;
	struct error *err = target_read(p, addr, &byte, 1);

	assert_non_null(err);
	if (!strstr(err->message, why))
		fail_msg("\"%s\" does not say \"%s\"", err->message, why);
	error_destroy(err);
}

#endif
