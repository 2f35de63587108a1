/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A core's headers: whether it is one, and which memory it has. */
#include "target/core_internal.h"

#include "base/alloc.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

size_t core_pread(int fd, void *data, size_t len, uint64_t offset)
{
	size_t done = 0;

	while (done < len && offset + done <= INT64_MAX) {
		ssize_t got = pread(fd, (uint8_t *)data + done, len - done,
		                    (off_t)(offset + done));

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		done += (size_t)got;
	}
	return done;
}

/* Both classes' headers as the wide one. */
static Elf64_Phdr widen_segment(const Elf32_Phdr *p)
{
	return (Elf64_Phdr){
		.p_type = p->p_type, .p_flags = p->p_flags,
		.p_offset = p->p_offset, .p_vaddr = p->p_vaddr,
		.p_filesz = p->p_filesz, .p_memsz = p->p_memsz,
	};
}

static Elf64_Ehdr widen_header(const Elf32_Ehdr *e)
{
	Elf64_Ehdr wide = {
		.e_type = e->e_type, .e_machine = e->e_machine,
		.e_phoff = e->e_phoff, .e_shoff = e->e_shoff,
		.e_phentsize = e->e_phentsize, .e_phnum = e->e_phnum,
	};

	return wide;
}

static const char *kind_of_file(unsigned type)
{
	switch (type) {
	case ET_EXEC:
	case ET_DYN:
		return "a program or a library";
	case ET_REL:
		return "an object file";
	default:
		return "an ELF file of another kind";
	}
}

static const char *machine_name(unsigned machine)
{
	static const struct { unsigned machine; const char *name; } names[] = {
		{ EM_AARCH64, "aarch64" }, { EM_ARM, "arm" },
		{ EM_RISCV, "riscv" },     { EM_PPC64, "ppc64" },
		{ EM_PPC, "ppc" },         { EM_S390, "s390" },
		{ EM_MIPS, "mips" },       { EM_SPARCV9, "sparc" },
		{ EM_LOONGARCH, "loongarch" }, { EM_IA_64, "ia64" },
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (names[i].machine == machine)
			return names[i].name;
	return NULL;
}

static struct error *check_kind(const struct core *core, const Elf64_Ehdr *e)
{
	const char *name = machine_name(e->e_machine);

	if (e->e_type != ET_CORE)
		return error_new(ERROR_USAGE, "%s is %s, not a core",
		                 core->path, kind_of_file(e->e_type));
	if (e->e_machine == EM_X86_64 ||
	    (e->e_machine == EM_386 && !core->wide))
		return NULL;
	if (name)
		return error_new(ERROR_UNSUPPORTED, "%s is a core of %s: only "
		                 "those of x86 can be looked at", core->path,
		                 name);
	return error_new(ERROR_UNSUPPORTED, "%s is a core of another machine "
	                 "(number %u): only those of x86 can be looked at",
	                 core->path, e->e_machine);
}

static struct error *read_header(struct core *core, Elf64_Ehdr *e)
{
	uint8_t ident[EI_NIDENT];
	Elf32_Ehdr narrow;
	bool whole;

	if (core_pread(core->fd, ident, sizeof(ident), 0) != sizeof(ident) ||
	    memcmp(ident, ELFMAG, SELFMAG) != 0)
		return error_new(ERROR_USAGE, "%s is not a core: it is no ELF "
		                 "file", core->path);
	if (ident[EI_DATA] != ELFDATA2LSB ||
	    (ident[EI_CLASS] != ELFCLASS64 && ident[EI_CLASS] != ELFCLASS32))
		return error_new(ERROR_UNSUPPORTED, "%s is of another machine: "
		                 "only cores of x86 can be looked at",
		                 core->path);
	core->wide = ident[EI_CLASS] == ELFCLASS64;
	if (core->wide) {
		whole = core_pread(core->fd, e, sizeof(*e), 0) == sizeof(*e);
	} else {
		whole = core_pread(core->fd, &narrow, sizeof(narrow), 0) ==
		        sizeof(narrow);
		if (whole)
			*e = widen_header(&narrow);
	}
	if (!whole)
		return error_new(ERROR_USAGE, "%s is cut off in its header",
		                 core->path);
	core->machine = e->e_machine;
	return check_kind(core, e);
}

/* With 65,535 and more the number stands in the first section header. */
static uint64_t count_segments(const struct core *core, const Elf64_Ehdr *e)
{
	Elf64_Shdr wide;
	Elf32_Shdr narrow;

	if (e->e_phnum != PN_XNUM || !e->e_shoff)
		return e->e_phnum;
	if (core->wide)
		return core_pread(core->fd, &wide, sizeof(wide), e->e_shoff) ==
		       sizeof(wide) ? wide.sh_info : e->e_phnum;
	return core_pread(core->fd, &narrow, sizeof(narrow), e->e_shoff) ==
	       sizeof(narrow) ? narrow.sh_info : e->e_phnum;
}

static void take_segment(struct core *core, const Elf64_Phdr *p)
{
	struct core_segment s = {
		.addr = p->p_vaddr, .size = p->p_memsz,
		.offset = p->p_offset, .flags = p->p_flags,
	};

	if (p->p_type == PT_NOTE) {
		core_take_notes(core, p->p_offset, p->p_filesz);
		return;
	}
	if (p->p_type != PT_LOAD || !s.size)
		return;
	/* Not beyond the end of the address space. */
	if (s.addr + s.size < s.addr)
		s.size = UINT64_MAX - s.addr;
	s.dumped = p->p_filesz < s.size ? p->p_filesz : s.size;
	if (s.offset < core->file_size)
		s.present = s.dumped < core->file_size - s.offset
		            ? s.dumped : core->file_size - s.offset;
	core->missing += s.dumped - s.present;
	vec_push(&core->segments, s);
}

enum { AT_ONCE = 64 };

/* COUNT headers, of which each has SIZE bytes, from AT. */
static size_t read_segments(struct core *core, uint64_t at, uint64_t count,
                            size_t size)
{
	Elf64_Phdr wide[AT_ONCE];
	Elf32_Phdr narrow[AT_ONCE];
	uint64_t done = 0;

	while (done < count) {
		size_t want = count - done < AT_ONCE ? (size_t)(count - done)
		                                     : AT_ONCE;
		size_t got = core_pread(core->fd, core->wide ? (void *)wide
		                                             : narrow,
		                        want * size, at + done * size) / size;

		for (size_t i = 0; i < got; i++) {
			if (!core->wide)
				wide[i] = widen_segment(&narrow[i]);
			take_segment(core, &wide[i]);
		}
		done += got;
		if (got < want)
			break;
	}
	return done;
}

static int by_address(const void *a, const void *b)
{
	const struct core_segment *x = a, *y = b;

	return x->addr != y->addr ? x->addr < y->addr ? -1 : 1
	       : x->offset < y->offset ? -1 : x->offset > y->offset;
}

static void cut(struct core_segment *s, uint64_t size)
{
	s->size = size;
	if (s->dumped > size)
		s->dumped = size;
	if (s->present > size)
		s->present = size;
}

/* Ascending; one that lies over the next is cut. */
static void order_segments(struct core *core)
{
	struct core_segment *s = core->segments.items;
	size_t kept = 0;

	if (core->segments.len)
		qsort(s, core->segments.len, sizeof(*s), by_address);
	for (size_t i = 0; i < core->segments.len; i++) {
		if (kept && s[kept - 1].addr == s[i].addr)
			continue;
		if (kept && s[i].addr - s[kept - 1].addr < s[kept - 1].size)
			cut(&s[kept - 1], s[i].addr - s[kept - 1].addr);
		s[kept++] = s[i];
	}
	core->segments.len = kept;
}

static struct error *read_core(struct core *core)
{
	Elf64_Ehdr e;
	uint64_t count;
	size_t size, done;

	TRY(read_header(core, &e));
	size = core->wide ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr);
	if (e.e_phnum && e.e_phentsize != size)
		return error_new(ERROR_USAGE, "%s is damaged: its program "
		                 "headers have %u bytes", core->path,
		                 e.e_phentsize);
	count = count_segments(core, &e);
	if (count > CORE_MAX_SEGMENTS)
		return error_new(ERROR_UNSUPPORTED, "%s has %llu program "
		                 "headers: at most %d are looked at",
		                 core->path, (unsigned long long)count,
		                 (int)CORE_MAX_SEGMENTS);
	done = read_segments(core, e.e_phoff, count, size);
	if (done < count)
		core->missing += (count - done) * size;
	order_segments(core);
	core_end_notes(core);
	if (!core->threads.len)
		return error_new(ERROR_USAGE, "%s has no threads in it%s",
		                 core->path, done < count || core->missing
		                 ? ": it is cut off" : "");
	return NULL;
}

static struct error *open_file(struct core *core)
{
	struct stat st;

	/* A FIFO or a device is not to be waited for. */
	if (stat(core->path, &st) != 0)
		return error_errno(errno, "%s", core->path);
	if (!S_ISREG(st.st_mode))
		return error_new(ERROR_USAGE, "%s is no regular file",
		                 core->path);
	core->fd = open(core->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK |
	                O_NOCTTY);
	if (core->fd < 0 || fstat(core->fd, &st) != 0)
		return error_errno(errno, "%s", core->path);
	core->file_size = (uint64_t)st.st_size;
	core->changed = st.st_mtim;
	return NULL;
}

struct error *core_open(const char *path, struct core **result)
{
	struct core *core = xcalloc(1, sizeof(*core));
	struct error *err;

	core->path = xstrdup(path);
	core->fd = -1;
	core->program = -1;
	err = open_file(core);
	if (!err)
		err = read_core(core);
	if (err)
		core_destroy(core);
	else
		*result = core;
	return err;
}

void core_destroy(struct core *core)
{
	if (!core)
		return;
	core_close_files(core);
	for (size_t i = 0; i < core->files.len; i++)
		free(core->files.items[i].instead);
	vec_deinit(&core->segments);
	vec_deinit(&core->mappings);
	vec_deinit(&core->files);
	vec_deinit(&core->threads);
	vec_deinit(&core->thread_names);
	free(core->names);
	if (core->fd >= 0)
		close(core->fd);
	free(core->path);
	free(core);
}
