/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code of an ELF file as loaded: for tests/tools/displaced.c. */
#ifndef SCDB_TESTS_DISPLACED_IMAGE_H
#define SCDB_TESTS_DISPLACED_IMAGE_H

#include "tests/tools/displaced_random.h"

/* For each byte: whether unwind tables say that it is code (data may stand
 * between functions), and whether a function begins there. */
enum { IN_FUNCTION = 1, BEGINS = 2 };

static int32_t word_at(const uint8_t *image, size_t at)
{
	int32_t word;

	memcpy(&word, image + at, sizeof(word));
	return word;
}

/* By .eh_frame_hdr's table at HDR: pairs of a function and its description, whose
 * addresses are relative (the forms that ld writes, and no others). */
static void mark_functions(const uint8_t *image, size_t size, size_t hdr,
                           uint8_t *marks)
{
	uint32_t count = (uint32_t)word_at(image, hdr + 8);

	if (memcmp(image + hdr, "\1\x1b\3\x3b", 4))
		errx(2, "another .eh_frame_hdr");
	for (uint32_t i = 0; i < count; i++) {
		size_t entry = hdr + 12 + 8 * (size_t)i;
		size_t start = hdr + (size_t)word_at(image, entry);
		size_t fde = hdr + (size_t)word_at(image, entry + 4);
		size_t len = (uint32_t)word_at(image, fde + 12);

		if (start >= size || len > size - start)
			continue;
		memset(marks + start, IN_FUNCTION, len);
		marks[start] |= BEGINS;
	}
}

static uint8_t *image_marks(const uint8_t *image, size_t size)
{
	const Elf64_Ehdr *e = (const Elf64_Ehdr *)image;
	const Elf64_Phdr *p = (const Elf64_Phdr *)(image + e->e_phoff);
	uint8_t *marks = calloc(size, 1);

	if (!marks)
		err(1, "calloc");
	for (unsigned i = 0; i < e->e_phnum; i++)
		if (p[i].p_type == PT_GNU_EH_FRAME)
			mark_functions(image, size, p[i].p_vaddr, marks);
	return marks;
}

/* Where the next instruction begins: no function begins inside one. */
static size_t image_next(const uint8_t *marks, size_t at, size_t len)
{
	for (size_t i = 1; i < len; i++)
		if (marks[at + i] & BEGINS)
			return at + i;
	return at + len;
}

/* Whether HASH is new: a set of 2^22 places. */
static bool is_new(uint64_t *set, uint64_t hash)
{
	size_t at = hash >> 42;

	while (set[at] && set[at] != hash)
		at = (at + 1) & ((1 << 22) - 1);
	if (set[at])
		return false;
	set[at] = hash;
	return true;
}

static uint64_t hash_of(const struct insn *in)
{
	uint64_t hash = 14695981039346656037u;

	for (unsigned i = 0; i < in->z.length; i++)
		hash = (hash ^ in->bytes[i]) * 1099511628211u;
	return (hash ^ in->z.length) * UINT64_C(0x9e3779b97f4a7c15) | 1;
}

#endif
