/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/coredump_parts.c: which mappings, and how much of them, a core file
 * has: the kernel's rules (fs/coredump.c, vma_dump_size), but that memory which
 * nobody touched yet is a hole that reads as zeros, not missing, and that what is
 * missing is not mentioned.
 */
#include "session/coredump.h"

#include <elf.h>
#include <string.h>

enum {
	PAGE = 4096,
	/* Bits of coredump_filter. */
	ANON_PRIVATE = 1 << 0, ANON_SHARED = 1 << 1,
	FILE_PRIVATE = 1 << 2, FILE_SHARED = 1 << 3,
	ELF_HEADERS = 1 << 4,
	HUGE_PRIVATE = 1 << 5, HUGE_SHARED = 1 << 6,
};

/* Untouched mappings from here on are no holes: not every file system has
 * files so large. */
static const uint64_t HOLE_MAX = (uint64_t)1 << 40;

static bool is_named(const struct proc_smap *m, const char *name)
{
	return strcmp(m->map.name, name) == 0;
}

static bool is_shared(const struct proc_smap *m)
{
	return m->flags ? m->flags & VM_SHARED : m->map.perms[3] == 's';
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), n = strlen(end);

	return len >= n && strcmp(text + len - n, end) == 0;
}

/* Shared memory without a name in the file system counts as anonymous. */
static bool is_anonymous(const struct proc_smap *m)
{
	return !m->map.inode || m->map.name[0] == '[' ||
	       ends_with(m->map.name, " (deleted)");
}

static bool is_touched(const struct proc_smap *m)
{
	return m->anonymous || m->swap || m->hugetlb || m->rss;
}

/* A private mapping of a file in which the program wrote has pages of its own. */
static bool has_own_pages(const struct proc_smap *m)
{
	return m->anonymous || m->swap || !m->map.inode;
}

static bool starts_as_elf(const struct proc_smap *m,
                          const struct coredump_choice *choice)
{
	char magic[SELFMAG];

	return m->map.offset == 0 && m->map.perms[0] == 'r' &&
	       choice->read(choice->ctx, m->map.start, magic, sizeof(magic)) &&
	       memcmp(magic, ELFMAG, SELFMAG) == 0;
}

static uint64_t private_size(const struct proc_smap *m,
                             const struct coredump_choice *choice,
                             uint64_t whole)
{
	bool huge = m->flags & VM_HUGETLB;

	if (huge)
		return choice->filter & HUGE_PRIVATE ? whole : 0;
	if (has_own_pages(m) && choice->filter & ANON_PRIVATE) {
		/* Nobody could read these, or a file hold them. */
		if (!is_touched(m) && (!memcmp(m->map.perms, "---", 3) ||
		                       whole >= HOLE_MAX))
			return 0;
		return whole;
	}
	if (!m->map.inode)
		return 0;
	if (choice->filter & FILE_PRIVATE)
		return whole;
	return choice->filter & ELF_HEADERS && starts_as_elf(m, choice)
	       ? PAGE : 0;
}

/* How many bytes of M, from its start, are in the file. */
static uint64_t size_of(const struct proc_smap *m,
                        const struct coredump_choice *choice)
{
	const uint64_t whole = m->map.end - m->map.start;
	unsigned bit;

	/* The code that the kernel gives programs is nowhere else to be had. */
	if (is_named(m, "[vdso]"))
		return whole;
	/* It is the same in all processes, and not their memory. */
	if (is_named(m, "[vsyscall]"))
		return 0;
	if (m->flags & VM_IO || (m->flags & VM_DONT_DUMP && !choice->excluded))
		return 0;
	if (!is_shared(m))
		return private_size(m, choice, whole);
	bit = m->flags & VM_HUGETLB ? HUGE_SHARED
	      : is_anonymous(m) ? ANON_SHARED : FILE_SHARED;
	return choice->filter & bit ? whole : 0;
}

/* ... where that is none. */
static enum coredump_reason reason_of(const struct proc_smap *m,
                                      const struct coredump_choice *choice)
{
	if (is_named(m, "[vsyscall]"))
		return LEFT_KERNEL;
	if (m->flags & VM_IO)
		return LEFT_DEVICE;
	if (m->flags & VM_DONT_DUMP && !choice->excluded)
		return LEFT_MARKED;
	if (choice->filter & ANON_PRIVATE && !is_shared(m) &&
	    !(m->flags & VM_HUGETLB))
		return LEFT_UNTOUCHED;
	return LEFT_FILTER;
}

static unsigned flags_of(const char *perms)
{
	return (perms[0] == 'r' ? PF_R : 0u) | (perms[1] == 'w' ? PF_W : 0u) |
	       (perms[2] == 'x' ? PF_X : 0u);
}

/* PART without what of it is scdb's own: anonymous memory, all or nothing of
 * which is in the file. */
static void add_around(struct coredump_part part,
                       const coredump_range_vec *own, coredump_part_vec *parts)
{
	const bool whole = part.file_size >= part.end - part.start;
	const taddr end = part.end;
	taddr at = part.start;

	while (at < end) {
		taddr next = end, behind = end;

		for (size_t i = 0; i < own->len; i++) {
			const struct coredump_range *r = &own->items[i];

			if (r->end > at && r->start < next) {
				next = r->start > at ? r->start : at;
				behind = r->end < end ? r->end : end;
			}
		}
		if (next > at) {
			part.start = at;
			part.end = next;
			if (whole)
				part.file_size = next - at;
			vec_push(parts, part);
		}
		at = behind;
	}
}

void coredump_choose(const proc_smap_vec *maps,
                     const struct coredump_choice *choice,
                     const coredump_range_vec *own, coredump_part_vec *parts,
                     coredump_left_vec *left)
{
	for (size_t i = 0; i < maps->len; i++) {
		const struct proc_smap *m = &maps->items[i];

		uint64_t size = size_of(m, choice);

		/*
		 * What is not in the core, nor in a file that NT_FILE names, is
		 * nowhere to be had: gdb would read zeros there.
		 */
		if (!size && !m->map.inode) {
			vec_push(left, (struct coredump_left){
				.start = m->map.start,
				.end = m->map.end,
				.flags = flags_of(m->map.perms),
				.reason = reason_of(m, choice),
			});
			continue;
		}
		add_around((struct coredump_part){
			.start = m->map.start,
			.end = m->map.end,
			.file_size = size,
			.flags = flags_of(m->map.perms),
		}, own, parts);
	}
}
