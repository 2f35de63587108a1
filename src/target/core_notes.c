/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A core's notes: threads, files, and what the process was. */
#include "target/core_internal.h"

#include "base/alloc.h"
#include "base/map.h"

#include <elf.h>

enum {
	/* What is read of a note at once: all of it but for the long ones. */
	FRONT = 512,
	MAX_NAME = 16,
	XSTATE_LEAST = 512,
};

struct note {
	uint32_t type;
	enum note_name { NAME_OTHER, NAME_CORE, NAME_LINUX, NAME_SCDB } name;
	uint64_t at;         /* of what it says, in the core */
	size_t len;          /* as far as it is there */
	const uint8_t *front;
	size_t front_len;
};

static struct core_thread *last_thread(struct core *core)
{
	return core->threads.len ? &core->threads.items[core->threads.len - 1]
	                         : NULL;
}

static void take_thread(struct core *core, const struct note *n)
{
	struct core_thread t = { .xstate_len = 0 };

	if (core->threads.len < CORE_MAX_THREADS &&
	    core_take_status(core, n->front, n->front_len, &t))
		vec_push(&core->threads, t);
}

static void take_xstate(struct core *core, const struct note *n, bool better)
{
	struct core_thread *t = last_thread(core);
	size_t len = n->len < ARCH_XSTATE_MAX ? n->len : ARCH_XSTATE_MAX;

	/* i386's NT_FPREGSET is FSAVE's: no part of an XSAVE area. */
	if (!t || n->len < XSTATE_LEAST || (t->xstate_len && !better))
		return;
	t->xstate_at = n->at;
	t->xstate_len = (unsigned)len;
}

static void take_layout(struct core *core, const struct note *n)
{
	size_t len = n->len < sizeof(core->layout) ? n->len
	                                           : sizeof(core->layout);

	core->layout_count = core_pread(core->fd, core->layout, len, n->at) /
	                     sizeof(core->layout[0]);
}

static void take_auxv(struct core *core, const struct note *n)
{
	size_t len = n->len < CORE_AUXV_MAX ? n->len : CORE_AUXV_MAX;

	if (!core->auxv_len)
		core->auxv_len = core_pread(core->fd, core->auxv, len, n->at);
}

/* NT_FILE: counts, then three numbers a mapping, then the names. */

struct file_note {
	struct core *core;
	const char *data;
	size_t len, word;
	struct map known;    /* hash of a name -> index of a file + 1 */
};

static uint64_t number(const struct file_note *f, size_t index)
{
	uint64_t value = 0;

	memcpy(&value, f->data + index * f->word, f->word);
	return value;
}

/* FNV-1a */
static uint64_t hash(const char *text)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (; *text; text++)
		h = (h ^ (uint8_t)*text) * 0x100000001b3u;
	return h ? h : 1;
}

static unsigned file_index(struct file_note *f, const char *name)
{
	struct core *core = f->core;
	uint64_t key = hash(name);
	uintptr_t known = (uintptr_t)map_get(&f->known, key);

	if (known && strcmp(core->files.items[known - 1].name, name) == 0)
		return (unsigned)known - 1;
	vec_push(&core->files, (struct core_file){ .name = name, .fd = -1 });
	map_put(&f->known, key, (void *)(uintptr_t)core->files.len);
	return (unsigned)core->files.len - 1;
}

static void take_mappings(struct file_note *f)
{
	uint64_t count, page;
	size_t at;

	if (f->len < 2 * f->word)
		return;
	count = number(f, 0);
	page = number(f, 1);
	if (count > (f->len - 2 * f->word) / (3 * f->word))
		count = (f->len - 2 * f->word) / (3 * f->word);
	at = (2 + 3 * (size_t)count) * f->word;
	for (size_t i = 0; i < count && at < f->len; i++) {
		struct core_mapping m = {
			.start = number(f, 2 + 3 * i),
			.end = number(f, 3 + 3 * i),
		};

		if (!__builtin_mul_overflow(number(f, 4 + 3 * i), page,
		                            &m.offset) && m.end > m.start) {
			m.file = file_index(f, f->data + at);
			vec_push(&f->core->mappings, m);
		}
		at += strlen(f->data + at) + 1;
	}
}

static void take_files(struct core *core, const struct note *n)
{
	size_t len = n->len < CORE_FILES_MAX ? n->len : CORE_FILES_MAX;
	struct file_note f = { .core = core, .word = core->wide ? 8 : 4 };
	char *data;

	if (core->names)
		return;
	data = malloc(len + 1);
	if (!data)
		return;
	f.len = core_pread(core->fd, data, len, n->at);
	data[f.len] = '\0';
	f.data = core->names = data;
	map_init(&f.known);
	take_mappings(&f);
	map_deinit(&f.known);
}

static void take_linux_note(struct core *core, const struct note *n)
{
	struct core_thread *t = last_thread(core);

	if (n->type == NT_X86_XSTATE)
		take_xstate(core, n, true);
	else if (n->type == NT_PRXFPREG)
		take_xstate(core, n, false);
	else if (n->type == NT_386_TLS && t)
		core_take_tls(n->front, n->front_len, t);
	else if (n->type == NT_X86_XSAVE_LAYOUT)
		take_layout(core, n);
}

/* They look like segments of which nothing was dumped. */
static void take_left_out(struct core *core, const struct note *n)
{
	struct coredump_left left;

	for (size_t at = 0; at + sizeof(left) <= n->len &&
	     core->segments.len < CORE_MAX_SEGMENTS; at += sizeof(left)) {
		if (core_pread(core->fd, &left, sizeof(left), n->at + at) !=
		    sizeof(left))
			return;
		if (left.end <= left.start || left.reason > LEFT_UNTOUCHED)
			continue;
		vec_push(&core->segments, (struct core_segment){
			.addr = left.start, .size = left.end - left.start,
			.flags = left.flags,
			.reason = (enum coredump_reason)left.reason,
		});
	}
}

static void take_names(struct core *core, const struct note *n)
{
	struct coredump_name name;

	for (size_t at = 0; at + sizeof(name) <= n->len &&
	     core->thread_names.len < CORE_MAX_THREADS; at += sizeof(name)) {
		if (core_pread(core->fd, &name, sizeof(name), n->at + at) !=
		    sizeof(name))
			return;
		vec_push(&core->thread_names, name);
	}
}

static void take_own_note(struct core *core, const struct note *n)
{
	if (n->type == COREDUMP_LEFT_OUT)
		take_left_out(core, n);
	else if (n->type == COREDUMP_NAMES)
		take_names(core, n);
}

static void take_note(struct core *core, const struct note *n)
{
	struct core_thread *t = last_thread(core);

	if (n->name == NAME_LINUX)
		take_linux_note(core, n);
	else if (n->name == NAME_SCDB)
		take_own_note(core, n);
	if (n->name != NAME_CORE)
		return;
	switch (n->type) {
	case NT_PRSTATUS:
		take_thread(core, n);
		break;
	case NT_PRFPREG:
		take_xstate(core, n, false);
		break;
	case NT_PRPSINFO:
		core_take_psinfo(core, n->front, n->front_len);
		break;
	case NT_SIGINFO:
		if (t)
			core_take_siginfo(core, n->front, n->front_len, t);
		break;
	case NT_AUXV:
		take_auxv(core, n);
		break;
	case NT_FILE:
		take_files(core, n);
		break;
	default:
		break;
	}
}

static enum note_name name_of(const char *name, size_t len)
{
	static const char names[][6] = {
		[NAME_CORE] = "CORE", [NAME_LINUX] = "LINUX",
		[NAME_SCDB] = "SCDB",
	};

	for (size_t i = NAME_CORE; i < ARRAY_LEN(names); i++)
		if (len >= strlen(names[i]) &&
		    memcmp(name, names[i], strlen(names[i])) == 0)
			return (enum note_name)i;
	return NAME_OTHER;
}

/* Fills in N from its FRONT; false: it is damaged, and where the next is. */
static bool look_at(struct note *n, const uint8_t *front, size_t len,
                    uint64_t rest, uint64_t *next)
{
	Elf64_Nhdr h;
	uint64_t desc;
	const char *name = (const char *)front + sizeof(h);

	if (len < sizeof(h))
		return false;
	memcpy(&h, front, sizeof(h));
	desc = sizeof(h) + (((uint64_t)h.n_namesz + 3) & ~3ull);
	*next = desc + (((uint64_t)h.n_descsz + 3) & ~3ull);
	if (h.n_namesz > MAX_NAME || desc > len || desc > rest)
		return *next <= rest;
	n->type = h.n_type;
	n->name = name_of(name, h.n_namesz);
	n->at += desc;
	n->len = (size_t)(h.n_descsz < rest - desc ? h.n_descsz : rest - desc);
	n->front = front + desc;
	n->front_len = n->len < len - desc ? n->len : (size_t)(len - desc);
	return true;
}

void core_take_notes(struct core *core, uint64_t offset, uint64_t size)
{
	uint8_t front[FRONT];
	uint64_t end, next;

	if (offset >= core->file_size) {
		core->missing += size;
		return;
	}
	end = size < core->file_size - offset ? offset + size
	                                      : core->file_size;
	core->missing += size - (end - offset);
	while (offset < end && core->notes++ < CORE_MAX_NOTES) {
		size_t len = end - offset < FRONT ? (size_t)(end - offset)
		                                  : FRONT;
		struct note n = { .at = offset };

		len = core_pread(core->fd, front, len, offset);
		if (!look_at(&n, front, len, end - offset, &next))
			return;
		if (n.name)
			take_note(core, &n);
		offset += next;
	}
}

static int by_address(const void *a, const void *b)
{
	const struct core_mapping *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

/* Where each file's first byte was. */
static void find_headers(struct core *core)
{
	for (size_t i = 0; i < core->mappings.len; i++) {
		const struct core_mapping *m = &core->mappings.items[i];
		struct core_file *f = &core->files.items[m->file];

		if (m->offset || f->has_header)
			continue;
		f->header = m->start;
		f->has_header = true;
	}
}

/* No two threads have one id, and none has no id; names are by it. */
static void number_threads(struct core *core)
{
	struct map seen;
	size_t kept = 0;

	map_init(&seen);
	for (size_t i = 0; i < core->threads.len; i++) {
		struct core_thread *t = &core->threads.items[i];

		if (t->tid <= 0 || map_get(&seen, (uint64_t)t->tid))
			continue;
		core->threads.items[kept++] = *t;
		map_put(&seen, (uint64_t)t->tid, (void *)(uintptr_t)kept);
	}
	core->threads.len = kept;
	for (size_t i = 0; i < core->thread_names.len; i++) {
		const struct coredump_name *n = &core->thread_names.items[i];
		uintptr_t at = n->tid > 0 ? (uintptr_t)map_get(
			&seen, (uint64_t)n->tid) : 0;

		if (at)
			memcpy(core->threads.items[at - 1].name, n->comm,
			       sizeof(n->comm) - 1);
	}
	map_deinit(&seen);
}

static bool find_entry(void *ctx, uint64_t type, uint64_t value)
{
	struct core *core = ctx;
	int at;

	if (type != AT_ENTRY && type != AT_PHDR)
		return true;
	at = core_mapping_at(core, value);
	if (at >= 0)
		core->program = (int)core->mappings.items[at].file;
	return core->program < 0;
}

static bool is_elf(const struct core *core, const struct core_file *f)
{
	uint8_t magic[SELFMAG];

	return f->has_header &&
	       core_read_dumped(core, f->header, magic, SELFMAG) == SELFMAG &&
	       memcmp(magic, ELFMAG, SELFMAG) == 0;
}

/*
 * What of a file was mapped to be run.  gdb gives what it does not dump no
 * segment, and so no permissions: then it is any mapping of an ELF file.
 */
static void find_code(struct core *core)
{
	for (size_t i = 0; i < core->mappings.len; i++) {
		const struct core_mapping *m = &core->mappings.items[i];
		struct core_file *f = &core->files.items[m->file];
		int at = core_segment_at(core, m->start);

		if (!f->has_code)
			f->has_code = at < 0 ? is_elf(core, f)
				: core->segments.items[at].flags & PF_X;
	}
}

void core_end_notes(struct core *core)
{
	struct core_mapping *m = core->mappings.items;
	size_t kept = 0;

	if (core->mappings.len)
		qsort(m, core->mappings.len, sizeof(*m), by_address);
	for (size_t i = 0; i < core->mappings.len; i++)
		if (!kept || m[i].start >= m[kept - 1].end)
			m[kept++] = m[i];
	core->mappings.len = kept;
	find_headers(core);
	find_code(core);
	number_threads(core);
	core_each_auxv(core, find_entry, core);
}
