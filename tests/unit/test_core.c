/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Core files: what is seen in those that are right, and what is said of files
 * that are none.
 */
#include "core_maker.h"

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
	expect_unread(p, LOST, "is not in the core: it was left out (core");
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
	assert_int_equal(maps.len, 6);
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
	assert_int_equal(maps.items[4].start, MARKED);
	assert_string_equal(maps.items[4].perms, "r--p");
	assert_int_equal(maps.items[5].end, UNTOUCHED + 2 * PAGE);
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
	expect_unread(p, TEXT, "is not in the core: /nowhere/made can't be "
	              "read now");
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
	expect_unread(p, TEXT, "is not the file that was mapped");
	assert_int_equal(core_match_program(p->core, path), CORE_OTHER);
	end(&m);
	unlink(path);
	target_destroy(target);
}

/* Why memory is not there, and what is known of it all the same. */
static void test_left_out(void **state)
{
	struct target *target = new_target();
	uint8_t data[2 * PAGE];
	struct process *p;
	struct maker m;
	uint64_t len = UINT64_MAX;

	(void)state;
	make_core(&m, ELFCLASS64, EM_X86_64, "/nowhere/made");
	p = opened(&m, target);
	expect_unread(p, MARKED, "is not in the core: the program has it left "
	              "out (MADV_DONTDUMP)");
	expect_unread(p, GAP, "can't read memory");
	memset(data, 1, sizeof(data));
	assert_null(target_read(p, UNTOUCHED, data, sizeof(data)));
	assert_int_equal(data[0] | data[2 * PAGE - 1], 0);
	assert_int_equal(core_extent(p->core, UNTOUCHED + PAGE, &len),
	                 CORE_ZEROED);
	assert_int_equal(len, PAGE);
	expect_unread(p, UNTOUCHED + 2 * PAGE, "can't read memory");
	assert_string_equal(core_thread_name(p->core, p->threads.items[0]),
	                    "made");
	assert_string_equal(core_thread_name(p->core, p->threads.items[1]),
	                    "fifteen letters");
	target_detach(p);

	m.len -= PAGE / 2;
	p = opened(&m, target);
	assert_int_equal(core_missing(p->core), PAGE / 2);
	expect_unread(p, DATA + PAGE - 1, "is not in the core: the file is "
	              "cut off");
	end(&m);
	target_destroy(target);
}

/* An XSAVE area in which each byte of a component is its number. */
static void fill_xstate(uint8_t *d, size_t len, const uint16_t *at)
{
	static const uint16_t sizes[] = { 0, 0, 256, 0, 0, 64, 512, 1024 };
	const uint64_t has = 0xe7;

	memset(d, 0, len);
	memcpy(d + 464, &has, sizeof(has));
	memcpy(d + 512, &has, sizeof(has));
	for (size_t i = 2; i < ARRAY_LEN(sizes); i++)
		if (at[i] && at[i] + sizes[i] <= len)
			memset(d + at[i], (int)i, sizes[i]);
}

static void check_layout(const uint8_t *d, size_t len, bool told)
{
	static const struct { struct arch_xreg reg; uint8_t at, holds; } all[] = {
		{ { .kind = XREG_VECTOR, .size = 32, .number = 3 }, 16, 2 },
		{ { .kind = XREG_MASK, .size = 8, .number = 7 }, 0, 5 },
		{ { .kind = XREG_VECTOR, .size = 64, .number = 15 }, 63, 6 },
		{ { .kind = XREG_VECTOR, .size = 64, .number = 31 }, 63, 7 },
	};
	struct target *target = new_target();
	const struct arch_xstate *state = NULL;
	uint8_t data[ARCH_XREG_MAX_BYTES];
	struct process *p;
	struct maker m;

	begin(&m, ELFCLASS64, EM_X86_64, 1);
	m.notes_at = m.len;
	status_note(&m, TID, 0);
	note(&m, "LINUX", NT_X86_XSTATE, d, len);
	if (told)
		layout_note(&m);
	end_notes(&m);
	p = opened(&m, target);
	assert_null(target_xstate(p->threads.items[0], &state));
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		/* Only these two are in the note. */
		if (told && i != 0 && i != 3)
			continue;
		arch_xreg_get(&all[i].reg, state, data);
		assert_int_equal(data[all[i].at], all[i].holds);
	}
	end(&m);
	target_destroy(target);
}

/* Of Intel's and AMD's processors, packed, and told by a note. */
static void test_layouts(void **state)
{
	static const uint16_t intel[] = { 0, 0, 576, 0, 0, 1088, 1152, 1664 };
	static const uint16_t amd[] = { 0, 0, 576, 0, 0, 832, 896, 1408 };
	static const uint16_t told[] = { 0, 0, 4096, 0, 0, 0, 0, 8192 };
	const uint64_t packed = 1ull << 63 | 0xe7;
	uint8_t d[12000];

	(void)state;
	fill_xstate(d, 2696, intel);
	check_layout(d, 2696, false);
	fill_xstate(d, 2440, amd);
	check_layout(d, 2440, false);
	check_layout(d, 2432, false);
	fill_xstate(d, 2700, amd);
	memcpy(d + 520, &packed, sizeof(packed));
	check_layout(d, 2700, false);
	fill_xstate(d, sizeof(d), told);
	check_layout(d, sizeof(d), true);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_unchangeable),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_not_cores),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_layouts),
	};
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
