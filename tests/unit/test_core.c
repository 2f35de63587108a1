/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Core files: made here piece by piece, right, wrong and mutated.
 * SCDB_TEST_SEED begins the mutations elsewhere, SCDB_TEST_LONG makes more.
 */
#include "target/core.h"

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
};

/* A core being made, in memory. */
struct maker {
	bool wide;
	unsigned machine;
	uint8_t *data;
	size_t len;
	size_t phdr_at, phdrs;      /* of so many, filled in one by one */
	size_t notes_at;
	char path[64];
	int fd;
};

static void put(struct maker *m, const void *data, size_t len)
{
	assert_true(m->len + len <= ROOM);
	memcpy(m->data + m->len, data, len);
	m->len += len;
}

static void align(struct maker *m, size_t to)
{
	m->len = (m->len + to - 1) / to * to;
	assert_true(m->len <= ROOM);
}

static void begin(struct maker *m, unsigned class, unsigned machine,
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

static void segment(struct maker *m, Elf64_Phdr p)
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

static void note(struct maker *m, const char *name, uint32_t type,
                 const void *desc, size_t len)
{
	Elf64_Nhdr h = { (Elf64_Word)strlen(name) + 1, (Elf64_Word)len, type };

	put(m, &h, sizeof(h));
	put(m, name, h.n_namesz);
	align(m, 4);
	put(m, desc, len);
	align(m, 4);
}

static void put_word(uint8_t *at, uint64_t value, size_t size)
{
	memcpy(at, &value, size);
}

/* Registers are 0x1000 + their place, but for the code segment. */
static void status_note(struct maker *m, int tid, int signal)
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

static void siginfo_note(struct maker *m, uint64_t addr)
{
	uint8_t d[128] = { 0 };

	put_word(d, SIGSEGV, 4);
	put_word(d + 8, SEGV_MAPERR, 4);
	put_word(d + (m->wide ? 16 : 12), addr, m->wide ? 8 : 4);
	note(m, "CORE", NT_SIGINFO, d, sizeof(d));
}

static void psinfo_note(struct maker *m)
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
static void file_note(struct maker *m, const char *file)
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

static void auxv_note(struct maker *m)
{
	uint8_t d[32] = { 0 };
	size_t w = m->wide ? 8 : 4;

	put_word(d, AT_ENTRY, w);
	put_word(d + w, TEXT + 8, w);
	note(m, "CORE", NT_AUXV, d, 4 * w);
}

static void xstate_note(struct maker *m)
{
	uint8_t d[832] = { 0 };

	memset(d + 160, 0x5a, 16);
	note(m, "LINUX", NT_X86_XSTATE, d, sizeof(d));
}

static void tls_note(struct maker *m)
{
	uint32_t d[8] = { 7, 0x11111111, 0, 0, 12, 0x22222222, 0, 0 };

	note(m, "LINUX", NT_386_TLS, d, sizeof(d));
}

static void end_notes(struct maker *m)
{
	segment(m, (Elf64_Phdr){ .p_type = PT_NOTE, .p_offset = m->notes_at,
	                         .p_filesz = m->len - m->notes_at });
	align(m, PAGE);
}

/* Two threads, a page of DATA (of two), memory that was not dumped, FILE. */
static void make_core(struct maker *m, unsigned class, unsigned machine,
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

static void write_to(const char *path, const void *data, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void save(struct maker *m)
{
	/* In memory: thousands are written. */
	if (!m->path[0]) {
		m->fd = memfd_create("core", MFD_CLOEXEC);
		assert_true(m->fd >= 0);
		snprintf(m->path, sizeof(m->path), "/proc/self/fd/%d", m->fd);
	}
	write_to(m->path, m->data, m->len);
}

static void end(struct maker *m)
{
	close(m->fd);
	free(m->data);
}

static void expect_refused(struct maker *m, const char *why)
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

static struct target *new_target(void)
{
	struct target *t = NULL;
	struct error *err = target_create(&t);

	assert_null(err);
	return t;
}

static struct process *opened(struct maker *m, struct target *target)
{
	struct core *core = NULL;
	struct error *err;

	save(m);
	err = core_open(m->path, &core);
	if (err)
		fail_msg("%s", err->message);
	return target_add_core(target, core);
}

static uint64_t word_at(const struct thread *t, const char *name)
{
	const struct arch *arch = arch_of_regs(&t->regs);

	return arch_reg_get(arch_reg_find(arch, name), &t->regs);
}

static void check_threads(struct process *p, bool i386)
{
	struct thread *t = p->threads.items[0];
	const struct arch_xstate *state;
	siginfo_t info;
	struct error *err;

	assert_int_equal(p->threads.len, 2);
	assert_int_equal(p->pid, TID);
	assert_int_equal(t->tid, TID);
	assert_int_equal(p->threads.items[1]->tid, OTHER);
	assert_int_equal(t->state, THREAD_STOPPED);
	assert_int_equal(t->stop.reasons, STOP_SIGNAL);
	assert_int_equal(t->stop.signal, SIGSEGV);
	assert_int_equal(p->threads.items[1]->stop.reasons, 0);
	assert_null(target_siginfo(t, &info));
	assert_int_equal(info.si_signo, SIGSEGV);
	assert_int_equal((uintptr_t)info.si_addr, 0xbad0);
	err = target_siginfo(p->threads.items[1], &info);
	assert_non_null(err);
	error_destroy(err);
	if (i386) {
		assert_int_equal(word_at(t, "ebx"), 0x1000);
		assert_int_equal(word_at(t, "eip"), 0x100c);
		assert_int_equal(word_at(t, "esp"), 0x100f);
		assert_int_equal(t->regs.user.gs_base, 0x22222222);
	} else {
		assert_int_equal(word_at(t, "r15"), 0x1000);
		assert_int_equal(word_at(t, "rip"), 0x1010);
		assert_int_equal(word_at(t, "fs_base"), 0x1015);
	}
	assert_null(target_xstate(t, &state));
	assert_int_equal(state->data[160], 0x5a);
	err = target_xstate(p->threads.items[1], &state);
	assert_non_null(err);
	error_destroy(err);
}

static void expect_unread(struct process *p, taddr addr, const char *why)
{
	uint8_t byte;
	struct error *err = target_read(p, addr, &byte, 1);

	assert_non_null(err);
	if (!strstr(err->message, why))
		fail_msg("\"%s\" does not say \"%s\"", err->message, why);
	error_destroy(err);
}

static void check_memory(struct process *p)
{
	uint8_t data[2 * PAGE];
	struct error *err;

	assert_null(target_read(p, DATA, data, sizeof(data)));
	for (size_t i = 0; i < PAGE; i++) {
		assert_int_equal(data[i], i % 251);
		assert_int_equal(data[PAGE + i], 0);
	}
	assert_int_equal(core_origin(p->core, DATA), CORE_DUMPED);
	assert_int_equal(core_origin(p->core, DATA + PAGE), CORE_ZEROED);
	assert_int_equal(core_origin(p->core, LOST), CORE_LACKING);
	assert_int_equal(memory_read(&p->memory, DATA + PAGE, data, PAGE),
	                 PAGE);
	/* The front of what goes beyond. */
	assert_int_equal(memory_read(&p->memory, DATA + PAGE, data, 2 * PAGE),
	                 PAGE);
	expect_unread(p, LOST, "is not in the core");
	expect_unread(p, GAP, "can't read memory");
	expect_unread(p, UINT64_MAX, "can't read memory");
	err = target_write(p, DATA, data, 1);
	assert_non_null(err);
	error_destroy(err);
}

static void check_maps(struct process *p, const char *file)
{
	proc_map_vec maps = { 0 };

	assert_null(process_maps(p, &maps));
	assert_int_equal(maps.len, 4);
	assert_int_equal(maps.items[0].start, TEXT);
	assert_int_equal(maps.items[0].end, TEXT + PAGE);
	assert_string_equal(maps.items[0].name, file);
	assert_string_equal(maps.items[0].perms, "r-xp");
	assert_int_equal(maps.items[1].offset, PAGE);
	assert_int_equal(maps.items[0].inode, maps.items[1].inode);
	assert_int_equal(maps.items[2].start, DATA);
	assert_int_equal(maps.items[2].inode, 0);
	assert_string_equal(maps.items[2].perms, "rw-p");
	assert_int_equal(maps.items[3].start, LOST);
	proc_maps_deinit(&maps);
}

static void check_kind(unsigned class, unsigned machine, enum abi abi)
{
	struct target *target = new_target();
	struct process *p;
	struct maker m;

	make_core(&m, class, machine, "/nowhere/made");
	p = opened(&m, target);
	check_threads(p, machine == EM_386);
	check_memory(p);
	check_maps(p, "/nowhere/made");
	assert_int_equal(core_abi(p->core), abi);
	assert_string_equal(core_command(p->core), "./made up");
	assert_string_equal(core_name(p->core), "made");
	assert_string_equal(core_program(p->core), "/nowhere/made");
	assert_int_equal(core_missing(p->core), 0);
	expect_unread(p, TEXT, "is not in the core");
	end(&m);
	target_destroy(target);
}

static void test_kinds(void **state)
{
	(void)state;
	check_kind(ELFCLASS64, EM_X86_64, ABI_X86_64);
	check_kind(ELFCLASS32, EM_X86_64, ABI_X32);
	check_kind(ELFCLASS32, EM_386, ABI_I386);
}

/* Nothing of a core can be changed or run. */
static void test_unchangeable(void **state)
{
	struct target *target = new_target();
	struct arch_debug debug = { .slots = { { .kind = DEBUG_WRITE, .len = 1,
	                                         .addr = DATA } } };
	struct remote_call call = { .nr = 39 };
	struct error *errors[5];
	struct process *p;
	struct thread *t;
	struct maker m;
	int64_t result;

	(void)state;
	make_core(&m, ELFCLASS64, EM_X86_64, "/nowhere/made");
	p = opened(&m, target);
	t = p->threads.items[0];
	errors[0] = target_set_regs(t, &t->regs);
	errors[1] = target_set_word(t, 0, 1);
	errors[2] = target_send(t, 0);
	errors[3] = target_debug_set(p, &debug);
	errors[4] = target_remote_call(t, &call, &result);
	for (size_t i = 0; i < ARRAY_LEN(errors); i++) {
		assert_non_null(errors[i]);
		error_destroy(errors[i]);
	}
	assert_int_equal(word_at(t, "r15"), 0x1000);
	end(&m);
	target_kill(p);
	assert_int_equal(target->processes.len, 0);
	target_destroy(target);
}

/* What was not dumped comes from its file, as long as that is older. */
static void test_files(void **state)
{
	struct target *target = new_target();
	char path[128];
	uint8_t content[PAGE + 100], data[2 * PAGE];
	struct timespec times[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
	struct process *p;
	struct maker m;

	(void)state;
	snprintf(path, sizeof(path), "%.80s/scdb-mapped.%d",
	         getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp", (int)getpid());
	memset(content, 'c', sizeof(content));
	write_to(path, content, sizeof(content));
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	make_core(&m, ELFCLASS64, EM_X86_64, path);
	p = opened(&m, target);
	assert_null(target_read(p, TEXT, data, sizeof(data)));
	assert_memory_equal(data, content, sizeof(content));
	for (size_t i = sizeof(content); i < sizeof(data); i++)
		assert_int_equal(data[i], 0);
	assert_int_equal(core_origin(p->core, TEXT), CORE_MAPPED);
	target_detach(p);

	times[1].tv_sec = 1ll << 32;
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	p = opened(&m, target);
	expect_unread(p, TEXT, "is not in the core");
	assert_int_equal(core_match_program(p->core, path), CORE_OTHER);
	end(&m);
	unlink(path);
	target_destroy(target);
}

static void test_not_cores(void **state)
{
	struct core *core = NULL;
	struct error *err;
	struct maker m;

	(void)state;
	begin(&m, ELFCLASS64, EM_AARCH64, 0);
	expect_refused(&m, "is a core of aarch64");
	begin(&m, ELFCLASS64, 0x1234, 0);
	expect_refused(&m, "is a core of another machine (number 4660)");
	begin(&m, ELFCLASS64, EM_386, 0);
	expect_refused(&m, "is a core of another machine");
	begin(&m, ELFCLASS64, EM_X86_64, 0);
	((Elf64_Ehdr *)m.data)->e_type = ET_DYN;
	expect_refused(&m, "is a program or a library, not a core");
	begin(&m, ELFCLASS64, EM_X86_64, 0);
	m.data[EI_DATA] = ELFDATA2MSB;
	expect_refused(&m, "only cores of x86");
	begin(&m, ELFCLASS64, EM_X86_64, 0);
	expect_refused(&m, "has no threads in it");
	begin(&m, ELFCLASS64, EM_X86_64, 0);
	m.len = 40;
	expect_refused(&m, "is cut off in its header");
	begin(&m, ELFCLASS64, EM_X86_64, 1);
	((Elf64_Ehdr *)m.data)->e_phentsize = 8;
	expect_refused(&m, "is damaged");
	begin(&m, ELFCLASS64, EM_X86_64, 0);
	memcpy(m.data, "hello", 5);
	expect_refused(&m, "it is no ELF file");
	begin(&m, ELFCLASS64, EM_X86_64, 0);
	m.len = 0;
	expect_refused(&m, "it is no ELF file");
	err = core_open("/dev/null", &core);
	assert_non_null(err);
	assert_non_null(strstr(err->message, "is no regular file"));
	error_destroy(err);
	err = core_open("/nowhere/at/all", &core);
	assert_non_null(err);
	assert_int_equal(err->errnum, ENOENT);
	error_destroy(err);
}

/* The number of program headers stands elsewhere, and is believed so far. */
static void test_many_segments(void **state)
{
	enum { MANY = 70000 };
	struct target *target = new_target();
	Elf64_Shdr section = { .sh_info = MANY };
	Elf64_Ehdr *e;
	struct process *p;
	struct maker m;
	uint8_t byte = 0;

	(void)state;
	begin(&m, ELFCLASS64, EM_X86_64, MANY);
	e = (Elf64_Ehdr *)m.data;
	e->e_phnum = PN_XNUM;
	/* 70,000 headers are more than ROOM takes with 56 bytes each. */
	assert_true(m.len < ROOM);
	e->e_shoff = m.len;
	put(&m, &section, sizeof(section));
	m.notes_at = m.len;
	status_note(&m, TID, 0);
	end_notes(&m);
	for (size_t i = 1; i < MANY; i++)
		segment(&m, (Elf64_Phdr){ .p_type = PT_LOAD,
		        .p_vaddr = DATA + (MANY - i) * PAGE, .p_offset = 0,
		        .p_filesz = 1, .p_memsz = PAGE });
	p = opened(&m, target);
	assert_null(target_read(p, DATA + PAGE, &byte, 1));
	assert_int_equal(byte, 0x7f);
	assert_null(target_read(p, DATA + (MANY - 1) * (taddr)PAGE, &byte, 1));
	expect_unread(p, DATA + MANY * (taddr)PAGE, "can't read");
	target_destroy(target);

	((Elf64_Shdr *)(m.data + e->e_shoff))->sh_info = UINT32_MAX;
	expect_refused(&m, "has 4294967295 program headers");
}

/* 6 GB, of which 12 kB are there; and one that says so and has nothing. */
static void test_sparse(void **state)
{
	const uint64_t size = 6ull << 30;
	struct target *target = new_target();
	uint8_t data[16];
	struct process *p;
	struct maker m;
	uint64_t len;

	(void)state;
	begin(&m, ELFCLASS64, EM_X86_64, 2);
	m.notes_at = m.len;
	status_note(&m, TID, 0);
	end_notes(&m);
	segment(&m, (Elf64_Phdr){ .p_type = PT_LOAD, .p_vaddr = 1ull << 32,
	        .p_offset = m.len, .p_filesz = size, .p_memsz = size });
	save(&m);
	assert_int_equal(truncate(m.path, (off_t)(m.len + size)), 0);
	{
		struct core *core = NULL;

		assert_null(core_open(m.path, &core));
		p = target_add_core(target, core);
	}
	assert_null(target_read(p, (1ull << 32) + size - 16, data, 16));
	assert_int_equal(data[15], 0);
	expect_unread(p, (1ull << 32) + size, "can't read");
	assert_int_equal(core_missing(p->core), 0);
	len = UINT64_MAX;
	assert_int_equal(core_extent(p->core, 1ull << 32, &len), CORE_ZEROED);
	assert_int_equal(len, size);
	target_detach(p);

	p = opened(&m, target);
	assert_int_equal(core_missing(p->core), size);
	expect_unread(p, 1ull << 32, "is not in the core");
	end(&m);
	target_destroy(target);
}

/* Whatever a file says, it is looked at within bounds. */
static void look_at_all(struct target *target, struct core *core)
{
	struct process *p = target_add_core(target, core);
	proc_map_vec maps = { 0 };
	uint8_t data[64];

	for (size_t i = 0; i < p->threads.len; i++) {
		struct thread *t = p->threads.items[i];
		const struct arch_xstate *state;
		const struct arch_regs *regs;
		siginfo_t info;

		error_destroy(target_regs(t, &regs));
		error_destroy(target_xstate(t, &state));
		error_destroy(target_siginfo(t, &info));
	}
	assert_null(process_maps(p, &maps));
	for (size_t i = 0; i < maps.len; i++) {
		assert_true(maps.items[i].end > maps.items[i].start);
		assert_true(!i || maps.items[i].start >=
		            maps.items[i - 1].end);
		error_destroy(target_read(p, maps.items[i].start, data, 64));
		error_destroy(target_read(p, maps.items[i].end - 32, data,
		                          64));
		core_origin(core, maps.items[i].end - 1);
	}
	proc_maps_deinit(&maps);
	core_match_program(core, "/proc/self/exe");
	target_detach(p);
}

static uint32_t random_below(uint64_t *state, uint32_t most)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33) % most;
}

static void mutate(uint8_t *data, size_t len, uint64_t *state)
{
	static const uint8_t odd[] = { 0, 1, 0x7f, 0x80, 0xff, 0xfe, 4, 8 };
	unsigned count = 1 + random_below(state, 6);

	while (count--) {
		/* Headers and notes, not what is only content. */
		size_t at = random_below(state, (uint32_t)len);

		if (random_below(state, 4))
			data[at] = odd[random_below(state, ARRAY_LEN(odd))];
		else
			for (size_t i = 0; i < 8 && at + i < len; i++)
				data[at + i] = (uint8_t)random_below(state, 2)
				               ? 0xff : odd[i];
	}
}

static void fuzz(unsigned class, unsigned machine, uint64_t seed)
{
	unsigned rounds = getenv("SCDB_TEST_LONG") ? 100000 : 3000, good = 0;
	struct target *target = new_target();
	uint64_t state = seed;
	struct maker m;
	uint8_t *mutated;
	size_t front;

	make_core(&m, class, machine, "/bin/sh");
	save(&m);
	front = m.len - PAGE;
	mutated = malloc(m.len);
	assert_non_null(mutated);
	for (unsigned i = 0; i < rounds; i++) {
		size_t len = random_below(&state, 8) ? m.len
		             : random_below(&state, (uint32_t)m.len);
		struct core *core = NULL;
		struct error *err;

		memcpy(mutated, m.data, m.len);
		mutate(mutated, front < 2300 ? front : 2300, &state);
		write_to(m.path, mutated, len);
		err = core_open(m.path, &core);
		good += !err;
		if (!err)
			look_at_all(target, core);
		error_destroy(err);
	}
	/* Else it would be the header alone that is tested. */
	assert_true(good > rounds / 4);
	free(mutated);
	end(&m);
	target_destroy(target);
}

static void test_fuzz(void **state)
{
	const char *seed = getenv("SCDB_TEST_SEED");
	uint64_t from = seed ? strtoull(seed, NULL, 0) : 1;

	(void)state;
	fuzz(ELFCLASS64, EM_X86_64, from);
	fuzz(ELFCLASS32, EM_X86_64, from + 1);
	fuzz(ELFCLASS32, EM_386, from + 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_unchangeable),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_not_cores),
		cmocka_unit_test(test_many_segments),
		cmocka_unit_test(test_sparse),
		cmocka_unit_test(test_fuzz),
	};
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
