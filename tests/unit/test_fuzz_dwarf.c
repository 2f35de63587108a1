/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Debug information that lies: tests/tracees/types.c and
 * tests/tracees/types-cc.cc are compiled in several ways, some with an index of
 * gdb's (where gdb is there), bytes of the .debug sections and the index are
 * changed, and everything that symbols/debug.h and symbols/type.h offer is asked
 * of them.  Never a crash, never a hang.
 *
 * SCDB_TEST_LONG goes on for a minute; SCDB_FUZZ_SECONDS for as long as one
 * likes; SCDB_TEST_SEED begins elsewhere.  A crash or a hang says which seed it
 * was.
 */
#include "symbols/debug.h"

#include "base/alloc.h"

#include <elf.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { HANG_SECONDS = 20, MAX_SECTIONS = 40, MOST_TEXT = 1 << 22 };

static const struct build {
	const char *source, *options, *index;
} builds[] = {
	{ "types.c", "-O2 -gdwarf-5", "gdb-add-index" },
	{ "types.c", "-O1 -gdwarf-5", "gdb-add-index -dwarf-5" },
	{ "types.c", "-O2 -gdwarf-4 -fdebug-types-section", NULL },
	{ "types.c", "-O0 -gdwarf-5 -fdebug-types-section", NULL },
	{ "types.c", "-O1 -gdwarf-3", NULL },
	{ "types-cc.cc", "-fpermissive -O1 -gdwarf-5", NULL },
};

struct section {
	uint64_t offset, size;
	bool is_info;              /* what is worth changing most */
};

struct victim {
	uint8_t *bytes;
	size_t size;
	struct section sections[MAX_SECTIONS];
	size_t section_count;
	uint64_t low, high, file_offset, text, text_size;
};

static volatile unsigned long current_seed;

static void tell_seed(int signum)
{
	char line[80];
	int len = snprintf(line, sizeof(line), "\nsignal %d with seed %lu\n",
	                   signum, current_seed);

	if (write(STDERR_FILENO, line, (size_t)len) < 0)
		_exit(3);
	_exit(2);
}

static void find_sections(struct victim *v)
{
	const Elf64_Ehdr *eh = (const void *)v->bytes;
	const Elf64_Shdr *sh = (const void *)(v->bytes + eh->e_shoff);
	const char *names = (const char *)v->bytes +
	                    sh[eh->e_shstrndx].sh_offset;

	for (unsigned i = 0; i < eh->e_shnum; i++) {
		const char *name = names + sh[i].sh_name;

		if (strcmp(name, ".text") == 0) {
			v->text = sh[i].sh_addr;
			v->text_size = sh[i].sh_size;
		}
		if ((strncmp(name, ".debug_", 7) != 0 &&
		     strcmp(name, ".gdb_index") != 0) || !sh[i].sh_size ||
		    v->section_count == MAX_SECTIONS)
			continue;
		v->sections[v->section_count++] = (struct section){
			sh[i].sh_offset, sh[i].sh_size,
			strncmp(name, ".debug_str", 10) != 0 &&
			strcmp(name, ".debug_line_str") != 0 };
	}
}

static void find_segments(struct victim *v)
{
	const Elf64_Ehdr *eh = (const void *)v->bytes;
	const Elf64_Phdr *ph = (const void *)(v->bytes + eh->e_phoff);

	v->low = UINT64_MAX;
	for (unsigned i = 0; i < eh->e_phnum; i++) {
		if (ph[i].p_type != PT_LOAD)
			continue;
		if (ph[i].p_vaddr < v->low) {
			v->low = ph[i].p_vaddr & ~0xfffull;
			v->file_offset = ph[i].p_offset & ~0xfffull;
		}
		if (ph[i].p_vaddr + ph[i].p_memsz > v->high)
			v->high = ph[i].p_vaddr + ph[i].p_memsz;
	}
}

static void load(struct victim *v, const struct build *build)
{
	const char *cc = getenv("CC"), *top = getenv("SCDB_TOP");
	bool is_cc = strstr(build->source, ".cc") != NULL;
	char path[] = "/tmp/scdb-fuzz-XXXXXX", command[1000];
	int fd = mkstemp(path);
	struct stat st;

	assert_true(fd >= 0);
	snprintf(command, sizeof(command), "%s -w %s -o %s "
	         "%s/tests/tracees/%s", is_cc ? "g++" : cc ? cc : "cc",
	         build->options, path, top ? top : ".", build->source);
	assert_int_equal(system(command), 0);
	if (build->index && system("command -v gdb >/dev/null") == 0) {
		snprintf(command, sizeof(command), "%s %s", build->index,
		         path);
		assert_int_equal(system(command), 0);
	}
	close(fd);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_int_equal(fstat(fd, &st), 0);
	*v = (struct victim){ .size = (size_t)st.st_size };
	v->bytes = xmalloc(v->size);
	assert_int_equal(read(fd, v->bytes, v->size), v->size);
	close(fd);
	unlink(path);
	find_sections(v);
	find_segments(v);
	assert_true(v->section_count > 3 && v->text_size);
}

/* The process that has mapped the file. */

struct fake {
	const struct victim *v;
	int fd;
	size_t text;               /* written so far */
	struct image *image;
	struct location_context context;
};

static struct error *mappings(void *ctx,
                              void (*fn)(void *arg,
                                         const struct image_mapping *m),
                              void *arg)
{
	const struct fake *f = ctx;

	fn(arg, &(struct image_mapping){
			.start = f->v->low, .end = f->v->high,
			.offset = f->v->file_offset, .device = 1, .inode = 1,
			.executable = true, .name = "/fuzzed" });
	return NULL;
}

static int open_it(void *ctx, const struct image_mapping *m)
{
	const struct fake *f = ctx;

	(void)m;
	return fcntl(f->fd, F_DUPFD_CLOEXEC, 3);
}

static int open_other(void *ctx, const char *path)
{
	(void)ctx;
	(void)path;
	return -1;
}

static bool no_auxv(void *ctx, uint64_t type, uint64_t *value)
{
	(void)ctx;
	(void)type;
	(void)value;
	return false;
}

static size_t read_some(void *ctx, taddr addr, void *data, size_t len)
{
	(void)ctx;
	memset(data, (int)(addr % 251), len);
	return addr % 16 == 15 ? 0 : len;
}

static bool some_reg(void *ctx, unsigned reg, uint8_t data[REG_MAX_BYTES],
                     size_t *len)
{
	(void)ctx;
	memset(data, (int)reg, REG_MAX_BYTES);
	*len = reg < 17 ? 8 : 16;
	return reg < 40 && reg != 11;
}

static bool some_cfa(void *ctx, taddr *cfa)
{
	(void)ctx;
	*cfa = 0x7fff0000;
	return true;
}

static const struct location_context *itself(void *ctx)
{
	return &((struct fake *)ctx)->context;
}

static struct error *some_tls(void *ctx, const struct module *module,
                              uint64_t offset, taddr *addr)
{
	(void)ctx;
	(void)module;
	*addr = offset;
	return NULL;
}

/* All that can be asked. */

static void look_at_type(struct fake *f, const struct type *t, unsigned depth)
{
	const struct type_member *members;
	struct buf text;
	size_t count;

	if (depth > 3 || f->text > MOST_TEXT)
		return;
	buf_init(&text);
	type_name(t, "x", &text);
	if (f->text < MOST_TEXT / 2)
		type_describe(t, depth % 2, &text);
	f->text += text.len + 1;
	buf_deinit(&text);
	type_size(t);
	type_is_scalar(t);
	type_same(t, type_target(t));
	type_discriminant(t);
	type_enumerators(t, &count);
	members = type_members(t, &count);
	for (size_t i = 0; i < count && i < 20; i++)
		look_at_type(f, members[i].type, depth + 1);
	look_at_type(f, type_target(t), depth + 1);
}

static bool look_at_variable(void *ctx, const struct debug_variable *v)
{
	struct fake *f = ctx;
	struct debug_variable target;
	struct location location;
	struct error *err;
	struct buf text;

	look_at_type(f, v->type, 2);
	buf_init(&text);
	debug_describe_location(v, &text);
	f->text += text.len;
	buf_deinit(&text);
	error_destroy(debug_locate(v, NULL, NULL, &location));
	err = debug_locate(v, NULL, &f->context, &location);
	for (size_t i = 0; !err && i < location.count; i++) {
		const struct location_piece *p = &location.pieces[i];
		volatile uint8_t sum = 0;

		for (size_t k = 0; p->kind == LOCATION_BYTES && k < p->len;
		     k++)
			sum = (uint8_t)(sum + p->data[k]);
		if (p->kind == LOCATION_POINTER)
			debug_variable_of(&p->target, v->module, &target);
	}
	error_destroy(err);
	return f->text < MOST_TEXT;
}

static bool look_at_function(void *ctx, const struct debug_function *function)
{
	struct fake *f = ctx;
	const struct type *t = debug_function_type(function);

	if (t)
		look_at_type(f, t, 2);
	debug_variables_of(f->image, function, f->context.pc, true,
	                   look_at_variable, f);
	debug_variables_of(f->image, function, f->context.pc, false,
	                   look_at_variable, f);
	return f->text < MOST_TEXT;
}

static bool look_at_each(void *ctx, const struct type *t, const char *file,
                         unsigned line)
{
	struct fake *f = ctx;

	(void)file;
	(void)line;
	look_at_type(f, t, 0);
	return f->text < MOST_TEXT;
}

static bool is_wanted(void *ctx, const char *name)
{
	(void)ctx;
	return *name != 'z';
}

static bool look_at_declaration(void *ctx, const struct debug_declaration *d)
{
	struct fake *f = ctx;

	f->text += strlen(d->name) + strlen(d->text);
	return f->text < MOST_TEXT;
}

static void look_at_names(struct fake *f)
{
	static const char *const names[] = { "main", "twice", "point", "RED",
	                                     "node", "counter", "a::b<c>",
	                                     "ns::hidden", "vec" };
	struct debug_variable v;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct type *t;

		debug_functions_named(f->image, names[i], true,
		                      look_at_function, f);
		if (debug_variable_find(f->image, NULL, f->v->text, NULL,
		                        names[i], &v))
			look_at_variable(f, &v);
		if (debug_variable_find(f->image, NULL, 0, "types.c",
		                        names[i], &v))
			look_at_variable(f, &v);
		if (debug_static_find(f->image, names[i], "counter", &v))
			look_at_variable(f, &v);
		t = debug_type_find(f->image, NULL, i % 2 ? 's' : 0,
		                    names[i]);
		if (t)
			look_at_type(f, t, 1);
	}
}

static void look_at_all(struct fake *f)
{
	struct debug_function functions[20];
	struct debug_unit_info unit;

	for (uint64_t at = 0; at < f->v->text_size;
	     at += f->v->text_size / 40 + 1) {
		taddr pc = f->v->text + at;
		size_t count;

		f->context.pc = pc;
		debug_unit_at(f->image, pc, &unit);
		count = debug_functions_at(f->image, pc, functions,
		                           ARRAY_LEN(functions));
		for (size_t i = 0; i < count; i++)
			look_at_function(f, &functions[i]);
	}
	look_at_names(f);
	debug_each_type(f->image, look_at_each, f);
	for (int what = DEBUG_TYPES; what <= DEBUG_VARIABLES; what++)
		debug_each_declaration(f->image, (enum debug_what)what,
		                       is_wanted, look_at_declaration, f);
	debug_knows(f->image, f->v->text, true);
	debug_knows(f->image, f->v->text, false);
}

/* Returns how much text came of it. */
static size_t ask(const struct victim *v, const uint8_t *bytes)
{
	struct fake f = { .v = v, .fd = memfd_create("fuzzed", MFD_CLOEXEC) };
	struct image_source source = {
		.ctx = &f, .memory = { .read = read_some }, .word = 8,
		.mappings = mappings, .open = open_it,
		.open_path = open_other, .auxv = no_auxv,
	};
	struct symbols *symbols = symbols_create();

	assert_true(f.fd >= 0);
	assert_int_equal(write(f.fd, bytes, v->size), v->size);
	f.image = image_create(symbols, &source);
	f.context = (struct location_context){
		.ctx = &f, .image = f.image, .reg = some_reg,
		.cfa = some_cfa, .caller = itself, .tls = some_tls,
	};
	alarm(HANG_SECONDS);
	look_at_all(&f);
	alarm(0);
	image_destroy(f.image);
	symbols_destroy(symbols);
	close(f.fd);
	return f.text;
}

/* Changes. */

static void change(const struct victim *v, uint8_t *bytes, unsigned *seed)
{
	unsigned times = 1 + (unsigned)rand_r(seed) % 12;

	memcpy(bytes, v->bytes, v->size);
	while (times--) {
		const struct section *s = &v->sections[
			(unsigned)rand_r(seed) % v->section_count];
		uint8_t *at = bytes + s->offset +
		              (unsigned)rand_r(seed) % s->size;
		uint64_t left = s->size - (uint64_t)(at - bytes - s->offset);

		if (!s->is_info && rand_r(seed) % 8)
			continue;
		switch (rand_r(seed) % 6) {
		case 0:
			*at ^= (uint8_t)(1 << rand_r(seed) % 8);
			break;
		case 1:
			*at = 0xff;
			break;
		case 2:
			*at = 0;
			break;
		case 3:
			memset(at, rand_r(seed) & 0xff, left < 8 ? left : 8);
			break;
		case 4:
			memmove(at, bytes + s->offset,
			        left < s->size / 4 ? left : s->size / 4);
			break;
		default:
			*at = (uint8_t)rand_r(seed);
		}
	}
}

static void fuzz(unsigned seconds)
{
	const char *first = getenv("SCDB_TEST_SEED");
	unsigned long seed = first ? strtoul(first, NULL, 0) : 1, count = 0;
	time_t end = time(NULL) + seconds;
	struct victim victims[ARRAY_LEN(builds)];
	size_t most = 0;
	uint8_t *bytes;

	for (size_t i = 0; i < ARRAY_LEN(builds); i++) {
		load(&victims[i], &builds[i]);
		/* Unchanged it says a lot. */
		assert_true(ask(&victims[i], victims[i].bytes) > 20000);
		if (victims[i].size > most)
			most = victims[i].size;
	}
	bytes = xmalloc(most);
	for (; time(NULL) < end || (first && !count); seed++, count++) {
		const struct victim *v = &victims[seed % ARRAY_LEN(builds)];
		unsigned random = (unsigned)seed;

		current_seed = seed;
		change(v, bytes, &random);
		ask(v, bytes);
	}
	print_message("%lu files\n", count);
	free(bytes);
	for (size_t i = 0; i < ARRAY_LEN(builds); i++)
		free(victims[i].bytes);
}

static void test_fuzzed(void **state)
{
	const char *seconds = getenv("SCDB_FUZZ_SECONDS");

	(void)state;
	signal(SIGALRM, tell_seed);
	if (!getenv("SCDB_FUZZ_CORE"))
		signal(SIGSEGV, tell_seed);
	fuzz(seconds ? (unsigned)atoi(seconds)
	     : getenv("SCDB_TEST_LONG") ? 50 : 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fuzzed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
