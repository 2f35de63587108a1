/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What everycall.c calls: the calls, lists and signatures are scdb's own tables,
 * so that a new row there is tried without a line here.  The numbers that
 * are drawn depend on the seed alone, and memory lies at fixed addresses: each
 * run makes the same calls to the letter.
 */
#ifndef TRACEES_EVERYCALL_H
#define TRACEES_EVERYCALL_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

struct numbered {
	unsigned nr;
	const char *name;
};

#define CALL_NUMBER(n, id) { n, id },
#define UNKNOWN_CALLS							\
	{ 480, "unknown" }, { 511, "unknown" }, { 600, "unknown" },	\
	{ 0x3fffffff, "unknown" }, { 0, NULL }
static const struct numbered calls_64[] = {
#include "../../src/syscalls/numbers_x86_64.inc"
	UNKNOWN_CALLS
};
static const struct numbered calls_x32[] = {
#include "../../src/syscalls/numbers_x32.inc"
	UNKNOWN_CALLS
};
static const struct numbered calls_32[] = {
#include "../../src/syscalls/numbers_i386.inc"
	UNKNOWN_CALLS
};

static const struct numbered *calls_of(const char *abi)
{
	return !strcmp(abi, "64") ? calls_64 : !strcmp(abi, "x32") ? calls_x32
	       : !strcmp(abi, "32") ? calls_32 : NULL;
}

struct signed_call {
	const char *name;
	const char *text;
	int narrow;       /* i386's own */
};

#define CALL(id, classes, traits, result, text) { id, text, 0 },
#define CALL_FOR(abi, id, classes, traits, result, text) { id, text, 1 },
#define CALL_SUB(id, classes, traits, result, text)
static const struct signed_call signatures[] = {
#include "../../src/syscalls/signatures.inc"
};

/* Lists of constants: a name and no value begins each. */
struct listed {
	const char *name;
	uint64_t value;
	int begins;
};

#define LIST(id, unknown) { #id, 0, 1 },
#define CONSTANT(id, number, mask) { #id, number, 0 },
#define LIST_END
static const struct listed constants[] = {
#include "../../src/syscalls/constants.inc"
	{ "", 0, 1 },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* ---- numbers by the seed ---- */

static uint64_t random_state;

static void seed_numbers(uint64_t seed)
{
	random_state = seed * 0x9e3779b97f4a7c15 + 0x1234567;
}

static uint64_t random_number(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return random_state * 0x2545f4914f6cdd1d;
}

static uint64_t some_number(uint64_t below)
{
	return (random_number() >> 16) % below;
}

static int one_in(unsigned n)
{
	return some_number(n) == 0;
}

static const struct listed *list_find(const char *name, size_t len)
{
	for (size_t i = 0; i < COUNT(constants); i++)
		if (constants[i].begins && strlen(constants[i].name) == len &&
		    !memcmp(constants[i].name, name, len))
			return &constants[i];
	return NULL;
}

static uint64_t some_of(const struct listed *list)
{
	unsigned n = 0;

	while (list && !list[n + 1].begins)
		n++;
	return n ? list[1 + some_number(n)].value : some_number(8);
}

static uint64_t of_list(const char *name)
{
	return some_of(list_find(name, strlen(name)));
}

static uint64_t odd_number(void)
{
	static const uint64_t odd[] = {
		0, 1, 2, 3, 4, 5, 7, 8, 16, 31, 63, 64, 100, 128, 1000, 4096,
		0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, -1, -2, -100,
		1ULL << 63,
	};

	return one_in(6) ? random_number() >> some_number(60)
			 : odd[some_number(COUNT(odd))];
}

static uint64_t some_flags(const struct listed *list)
{
	uint64_t value = 0;

	if (one_in(12))
		return one_in(2) ? UINT64_MAX : UINT32_MAX;
	for (int i = (int)some_number(4); i >= 0; i--)
		value |= some_of(list);
	if (one_in(4))
		value |= 1ULL << some_number(one_in(2) ? 32 : 64);
	return value;
}

static uint64_t some_enum(const struct listed *list)
{
	return one_in(10) ? odd_number() : some_of(list);
}

/* ---- memory ---- */

/*
 * Pieces of ROOM bytes, each with a page behind it where nothing is.  They
 * are filled anew for each call.
 */
enum { PIECES = 8, ROOM = 8192, STRIDE = ROOM + 4096 };
#define ARENA 0x10000000ul
#define BAD_PLACE 0x0badc0deul

static uint8_t *piece(unsigned i)
{
	return (uint8_t *)(ARENA + (uintptr_t)i * STRIDE);
}

static void map_memory(void)
{
	for (unsigned i = 0; i < PIECES; i++)
		if (mmap(piece(i), ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE |
			 MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) !=
		    (void *)piece(i))
			exit(1);
}

static void put_number(uint8_t *at, uint64_t value, unsigned size)
{
	memcpy(at, &value, size);
}

/* Where a pointer may lead: into a piece, to one's end, or to nothing. */
static uint64_t some_place(void)
{
	unsigned i = (unsigned)some_number(PIECES);

	switch (some_number(16)) {
	case 0:
		return 0;
	case 1:
		return BAD_PLACE;
	case 2:
		return (uint64_t)(uintptr_t)piece(i) + ROOM - some_number(200);
	case 3:
		return UINT64_MAX - some_number(4096);
	default:
		return (uint64_t)(uintptr_t)piece(i) + 8 * some_number(64);
	}
}

/* Strings with all that a terminal would act on. */
static void fill_text(uint8_t *at, size_t len)
{
	static const char *const some[] = {
		"/tmp/a", "x", "\33[31mred\33[0m", "\n\r\t\b\a", "user.name",
		"\303\251\342\202\254", "\200\377\302", "\"quoted\\", "none/b",
		"a string that is longer than what is shown of one",
	};
	size_t put = 0;

	while (put + 64 < len) {
		const char *text = some[some_number(COUNT(some))];

		strcpy((char *)at + put, text);
		/* The next begins where a pointer may lead. */
		put += (strlen(text) / 8 + 1) * 8;
	}
	/* No end: what follows can't be read. */
	memset(at + put, 'u', len - put);
}

static void fill_words(uint8_t *at, size_t len, unsigned size)
{
	for (size_t i = 0; i + size <= len; i += size)
		put_number(at + i, some_number(40), size);
}

static void fill_pointers(uint8_t *at, size_t len, unsigned size)
{
	for (size_t i = 0; i + size <= len; i += size)
		put_number(at + i, one_in(3) ? odd_number() : some_place(),
			   size);
}

static void fill_random(uint8_t *at, size_t len)
{
	for (size_t i = 0; i + 8 <= len; i += 8)
		put_number(at + i, random_number(), 8);
}

/* Only so much of each piece can be reached by some_place(). */
static void fill_memory(void)
{
	enum { USED = 2048 };

	for (unsigned i = 0; i < PIECES; i++) {
		unsigned word = one_in(2) ? 8 : 4;

		for (size_t from = 0; from < ROOM; from += ROOM - USED) {
			uint8_t *at = piece(i) + from;

			switch (i) {
			case 0:
				memset(at, 0, USED);
				break;
			case 1:
				memset(at, 0xff, USED);
				break;
			case 2:
			case 3:
				fill_text(at, USED);
				break;
			case 4:
				fill_pointers(at, USED, word);
				break;
			case 5:
				fill_words(at, USED, word);
				break;
			case 6:
				fill_words(at, USED, 2);
				break;
			default:
				fill_random(at, USED);
			}
		}
	}
}

#include "everycall-args.h"

#endif
