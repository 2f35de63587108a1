/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The vDSO, hidden from a program that begins: its C library learns of it from
 * the auxiliary vector on the stack, and makes real calls where there is none.
 */
#include "target/internal.h"

#include <elf.h>
#include <string.h>

/* Pointers to arguments and variables, and pairs: execve(2) allows no more. */
enum { WORDS_MOST = 1 << 20, WORDS_READ = 512 };

/* The words of a stack, read in blocks. */
struct words {
	struct thread *t;
	unsigned size;
	taddr block;
	size_t count;
	uint8_t data[WORDS_READ * 8];
};

static struct error *get_word(struct words *w, taddr addr, uint64_t *word)
{
	if (addr < w->block || addr >= w->block + w->count * w->size) {
		size_t len = WORDS_READ * w->size;
		size_t page = 4096 - addr % 4096;

		len = len < page ? len : page;
		TRY(target_read(w->t->process, addr, w->data, len));
		w->block = addr;
		w->count = len / w->size;
	}
	*word = 0;
	memcpy(word, w->data + (addr - w->block), w->size);
	return NULL;
}

/* Behind argc, the arguments and the environment: System V ABI, 3.4.1. */
static struct error *find_vector(struct words *w, taddr *at)
{
	taddr end = *at + (taddr)WORDS_MOST * w->size;
	uint64_t word;

	TRY(get_word(w, *at, &word));
	if (word >= WORDS_MOST)
		return error_new(ERROR_UNSUPPORTED, "the stack does not look "
		                 "like a new program's");
	*at += (word + 2) * w->size;
	do {
		TRY(get_word(w, *at, &word));
		*at += w->size;
	} while (word && *at < end);
	return NULL;
}

struct error *target_hide_vdso(struct thread *t, unsigned word_size)
{
	struct words w = { .t = t, .size = word_size };
	const struct arch_regs *regs;
	const uint64_t ignore = AT_IGNORE;
	uint64_t type = AT_IGNORE;
	taddr at;

	TRY(target_regs(t, &regs));
	at = regs->user.rsp;
	TRY(find_vector(&w, &at));
	for (unsigned i = 0; i < 64 && type != AT_NULL; i++) {
		TRY(get_word(&w, at, &type));
		if (type == AT_SYSINFO_EHDR || type == AT_SYSINFO)
			TRY(target_write(t->process, at, &ignore, word_size));
		at += 2 * word_size;
	}
	return NULL;
}
