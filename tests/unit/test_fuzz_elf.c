/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ELF files that lie: programs of tests/tracees and the dynamic linker are cut,
 * their headers, tables and other bytes are changed, and everything that
 * symbols/image.h offers is asked of them: as files, and as what a process has
 * in its memory.  Never a crash, never a hang.
 *
 * SCDB_TEST_LONG goes on for a minute; SCDB_FUZZ_SECONDS for as long as one
 * likes; SCDB_TEST_SEED begins elsewhere.  A crash or a hang says which round it
 * was.
 */
#include "symbols/image.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <elf.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { HANG_SECONDS = 20, MOST_BYTES = 1 << 20, MOST_SYMBOLS = 20000 };

static const char *const sources[] = {
	"say", "say-32", "getppid_loop", "whoami-static",
	"/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux.so.2",
	"/lib/x86_64-linux-gnu/libm.so.6",
};

struct victim {
	uint8_t *bytes;
	size_t len;
	uint8_t *good;            /* as it was */
	size_t good_len;
};

static volatile unsigned long current_round;

static void tell_round(int signum)
{
	char text[64];
	int len = snprintf(text, sizeof(text), "round %lu\n", current_round);

	if (write(2, text, (size_t)len) < 0 || signum != SIGUSR1)
		_exit(1);
}

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void load(struct victim *v, const char *name)
{
	const char *dir = getenv("SCDB_TRACEES");
	AUTO_FREE char *path = name[0] == '/' ? xstrdup(name)
		: xasprintf("%s/%s", dir ? dir : "build/tracees", name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	assert_true(fd >= 0);
	v->good = xmalloc(MOST_BYTES);
	got = read(fd, v->good, MOST_BYTES);
	assert_true(got > 1000);
	v->good_len = (size_t)got;
	v->bytes = xmalloc(v->good_len);
	close(fd);
}

/* Where a change matters: headers, and the tables that sections speak of. */
static size_t interesting(const struct victim *v, uint64_t *state)
{
	const Elf64_Ehdr *e = (const void *)v->good;
	const Elf32_Ehdr *n = (const void *)v->good;
	bool wide = v->good[EI_CLASS] == ELFCLASS64;
	uint64_t table = wide ? e->e_shoff : n->e_shoff;
	uint64_t width = wide ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr);
	uint64_t count = wide ? e->e_shnum : n->e_shnum;
	uint64_t r = next_random(state);

	switch (r % 5) {
	case 0: /* the header and the program headers */
		return (r >> 8) % (wide ? 64 + 56 * 13 : 52 + 32 * 12);
	case 1: /* the section headers */
		if (table < v->good_len && table + count * width <= v->good_len)
			return table + (r >> 8) % (count * width);
		return (r >> 8) % v->good_len;
	case 2: /* .dynsym and its neighbours, which come first */
		return (r >> 8) % (v->good_len < 8192 ? v->good_len : 8192);
	case 3: /* what stands before the section headers: .symtab */
		if (table > 8192 && table < v->good_len)
			return table - (r >> 8) % 8192;
		return (r >> 8) % v->good_len;
	default:
		return (r >> 8) % v->good_len;
	}
}

static void change(struct victim *v, uint64_t *state)
{
	static const uint64_t values[] = {
		0, 1, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff,
		0xfffffff0, 0x100000000, 0x7fffffffffffffff,
		0xffffffffffffffff, 0xfffffffffffff000,
	};
	size_t changes = 1 + next_random(state) % 12;

	memcpy(v->bytes, v->good, v->good_len);
	v->len = v->good_len;
	while (changes--) {
		size_t at = interesting(v, state), width;
		uint64_t r = next_random(state);
		uint64_t value = values[(r >> 8) % ARRAY_LEN(values)];

		width = (size_t)1 << (r >> 40) % 4;
		if (width > v->good_len - at)
			width = v->good_len - at;
		if (r & 1) {
			v->bytes[at] ^= (uint8_t)(1 << (r >> 16) % 8);
		} else if (r & 2) { /* one table is another */
			size_t from = interesting(v, state);

			if (from + 8 < v->good_len && at + 8 < v->good_len)
				memcpy(v->bytes + at, v->good + from, 8);
		} else {
			memcpy(v->bytes + at, &value, width);
		}
	}
	if (next_random(state) % 8 == 0)
		v->len = next_random(state) % v->good_len + 1;
}

struct asked {
	struct image *image;
	size_t left;
	size_t bytes;             /* of names: each must be readable */
};

static bool take_symbol(void *ctx, const struct symbol *s)
{
	struct asked *a = ctx;

	a->bytes += strnlen(s->name, 1000);
	if (s->version)
		a->bytes += strnlen(s->version, 1000);
	return --a->left != 0;
}

static bool take_section(void *ctx, const struct module_section *s)
{
	struct asked *a = ctx;

	a->bytes += strnlen(s->name, 1000);
	return true;
}

static void take_name(void *ctx, const char *name)
{
	*(size_t *)ctx += strlen(name);
}

static void ask_names(struct asked *a)
{
	static const char *const names[] = {
		"main", "_start", "no such", "_r_debug", "exit@plt",
		"sin@@GLIBC_2.2.5", "std::f", "f(int)", "ns::~x", "x::operator<",
		"@", "", "(", "::", "a@", "<>",
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		a->left = 100;
		image_symbols_named(a->image, NULL, names[i], take_symbol, a);
		image_names_beginning(a->image, names[i], 20, take_name,
		                      &a->bytes);
	}
}

static bool ask_module(void *ctx, const struct module *m)
{
	struct asked *a = ctx;
	struct module_section section;
	uint64_t offset;

	a->left = MOST_SYMBOLS;
	image_each_symbol(a->image, m, take_symbol, a);
	module_each_section(m, take_section, a);
	module_section_at(m, m->low + 0x1234, &section);
	module_file_offset(m, m->low + 0x1234, &offset);
	module_entry(m);
	module_file_type(m);
	module_has_symbols(m);
	module_has_debug(m);
	return true;
}

static void ask(struct image *image, taddr base, uint64_t *state)
{
	struct asked a = { .image = image };
	struct symbol symbol;
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	image_each_module(image, ask_module, &a);
	for (int i = 0; i < 40; i++) {
		taddr addr = base + next_random(state) % 0x20000;

		if (image_symbol_at(image, addr, &symbol))
			take_symbol(&a, &symbol);
		image_describe(image, addr, &text);
	}
	image_symbol_at(image, 0, &symbol);
	image_symbol_at(image, UINT64_MAX, &symbol);
	ask_names(&a);
}

static void as_file(struct victim *v, uint64_t *state)
{
	struct symbols *s = symbols_create();
	int fd = memfd_create("victim", MFD_CLOEXEC);
	struct image *image;

	assert_int_equal(write(fd, v->bytes, v->len), (ssize_t)v->len);
	symbols_set_debug_directory(s, "");
	image = image_of_file(s, fd, "/nowhere/victim");
	if (image) {
		ask(image, image_main_module(image)->low, state);
		image_destroy(image);
	}
	symbols_destroy(s);
}

/* A process: its memory is the file, twice as long as it is. */
enum { BASE = 0x400000 };

struct process {
	const struct victim *v;
	uint64_t state;
	bool vdso;
};

static size_t read_memory(void *ctx, taddr addr, void *data, size_t len)
{
	const struct process *p = ctx;
	size_t done = 0;

	while (done < len && addr >= BASE && addr - BASE < 2 * p->v->len) {
		((uint8_t *)data)[done++] =
			p->v->bytes[(addr - BASE) % p->v->len];
		addr++;
	}
	return done;
}

static struct error *read_mappings(void *ctx,
	void (*fn)(void *arg, const struct image_mapping *m), void *arg)
{
	const struct process *p = ctx;
	struct image_mapping m = {
		.start = BASE, .end = BASE + 2 * p->v->len, .executable = true,
		.inode = p->vdso ? 0 : 7, .name = p->vdso ? "[vdso]" : "/gone",
	};

	fn(arg, &m);
	return NULL;
}

static int open_nothing(void *ctx, const struct image_mapping *m)
{
	(void)ctx;
	(void)m;
	return -1;
}

static bool read_auxv(void *ctx, uint64_t type, uint64_t *value)
{
	struct process *p = ctx;

	*value = BASE + 64;
	return type == AT_PHDR && next_random(&p->state) % 8;
}

static void as_memory(struct victim *v, uint64_t *state)
{
	struct process p = { .v = v, .state = *state | 1,
	                     .vdso = next_random(state) % 2 };
	struct symbols *s = symbols_create();
	const struct image_source source = {
		.ctx = &p, .memory = { .read = read_memory, .ctx = &p },
		.word = next_random(state) % 2 ? 8 : 4,
		.mappings = read_mappings, .open = open_nothing,
		.auxv = read_auxv, .pid = 1,
	};
	struct image *image = image_create(s, &source);

	symbols_set_debug_directory(s, "");
	ask(image, BASE, state);
	image_changed(image, false);
	ask(image, BASE, state);
	image_changed(image, true);
	ask(image, BASE, state);
	image_destroy(image);
	symbols_destroy(s);
}

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void test_lies(void **unused)
{
	struct victim victims[ARRAY_LEN(sources)];
	const char *seed = getenv("SCDB_TEST_SEED");
	const char *said = getenv("SCDB_FUZZ_SECONDS");
	double limit = said ? atof(said)
		: getenv("SCDB_TEST_LONG") ? 60 : 3;
	double start = seconds_now();
	unsigned long round = seed ? strtoul(seed, NULL, 0) * 1000000 : 0;

	(void)unused;
	signal(SIGALRM, tell_round);
	signal(SIGABRT, tell_round);
	for (size_t i = 0; i < ARRAY_LEN(sources); i++)
		load(&victims[i], sources[i]);
	for (; seconds_now() - start < limit; round++) {
		uint64_t state = round * 0x9e3779b97f4a7c15u + 1;
		struct victim *v = &victims[round % ARRAY_LEN(sources)];

		current_round = round;
		alarm(HANG_SECONDS);
		change(v, &state);
		if (next_random(&state) % 3)
			as_file(v, &state);
		else
			as_memory(v, &state);
	}
	alarm(0);
	for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
		free(victims[i].bytes);
		free(victims[i].good);
	}
}

/* A file that is cut while it is looked at reads as zeros from there. */
static void test_cut_while_read(void **unused)
{
	struct symbols *s = symbols_create();
	int fd = memfd_create("victim", MFD_CLOEXEC), other;
	struct victim v = { 0 };
	struct image *image;
	uint64_t state = 1;

	(void)unused;
	load(&v, "say");
	assert_true(write(fd, v.good, v.good_len) > 0);
	other = dup(fd);
	symbols_set_debug_directory(s, "");
	image = image_of_file(s, fd, "/nowhere/victim");
	assert_non_null(image);
	assert_int_equal(ftruncate(other, 4096), 0);
	ask(image, image_main_module(image)->low, &state);
	assert_int_equal(ftruncate(other, 0), 0);
	ask(image, image_main_module(image)->low, &state);
	image_destroy(image);
	symbols_destroy(s);
	close(other);
	free(v.good);
	free(v.bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut_while_read),
		cmocka_unit_test(test_lies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
