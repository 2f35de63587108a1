/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Core files that are huge, sparse, or mutated.  SCDB_TEST_SEED begins the
 * mutations elsewhere, SCDB_TEST_LONG makes more.
 */
#include "core_maker.h"

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

static void look_at_registers(struct thread *t)
{
	const struct arch_xstate *state;
	struct error *err = target_xstate(t, &state);
	uint8_t data[ARCH_XREG_MAX_BYTES];
	struct arch_xreg reg;

	for (size_t i = 0; !err && arch_xreg_at(arch_x86_64(), i, &reg); i++)
		arch_xreg_get(&reg, state, data);
	error_destroy(err);
	assert_true(strlen(core_thread_name(t->process->core, t)) < 17);
}

static void look_at_end(struct core *core, taddr addr)
{
	AUTO_BUF struct buf why = { 0 };
	uint64_t len = UINT64_MAX;

	buf_init(&why);
	core_lacking(core, addr, &why);
	core_extent(core, addr, &len);
	assert_true(len > 0);
}

/* Whatever a file says, it is looked at within bounds. */
static void look_at_all(struct target *target, struct core *core)
{
	struct process *p = target_add_core(target, core);
	proc_map_vec maps = { 0 };
	uint8_t data[64];

	for (size_t i = 0; i < p->threads.len; i++) {
		struct thread *t = p->threads.items[i];
		const struct arch_regs *regs;
		siginfo_t info;

		error_destroy(target_regs(t, &regs));
		look_at_registers(t);
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
		look_at_end(core, maps.items[i].end - 1);
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

	make_core(&m, class, machine, "/bin/sh");
	save(&m);
	mutated = malloc(m.len);
	assert_non_null(mutated);
	for (unsigned i = 0; i < rounds; i++) {
		size_t len = random_below(&state, 8) ? m.len
		             : random_below(&state, (uint32_t)m.len);
		struct core *core = NULL;
		struct error *err;

		memcpy(mutated, m.data, m.len);
		mutate(mutated, m.notes_end, &state);
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
