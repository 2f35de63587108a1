/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "syscalls/table.h"

#include "base/alloc.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define CALL(name, classes, traits, result, signature) \
	{ name, classes, traits, result, FORM_ANY, signature },
#define CALL_FOR(abi, name, classes, traits, result, signature) \
	{ name, classes, traits, result, (enum call_form)(abi), signature },
#define CALL_SUB(name, classes, traits, result, signature) \
	{ name, classes, traits, result, FORM_SUB, signature },
static const struct call_row rows[] = {
#include "syscalls/signatures.inc"
};
#undef CALL
#undef CALL_FOR
#undef CALL_SUB

#define CALL_NUMBER(nr, name) [nr] = name,
static const char *const numbers_x86_64[CALL_NUMBERS] = {
#include "syscalls/numbers_x86_64.inc"
};
static const char *const numbers_x32[CALL_NUMBERS] = {
#include "syscalls/numbers_x32.inc"
};
static const char *const numbers_i386[CALL_NUMBERS] = {
#include "syscalls/numbers_i386.inc"
};
#undef CALL_NUMBER

static const char *const *const numbers[ABI_COUNT] = {
	[ABI_X86_64] = numbers_x86_64,
	[ABI_X32] = numbers_x32,
	[ABI_I386] = numbers_i386,
};

#define SUBCALL(multiplexer, number, name, map) \
	{ multiplexer, number, name, map },
static const struct subcall subcalls[] = {
#include "syscalls/subcalls.inc"
};
#undef SUBCALL

_Static_assert(ARRAY_LEN(subcalls) <= SUBCALLS_MAX, "raise SUBCALLS_MAX");

const struct call_row *call_row_at(size_t index)
{
	return index < ARRAY_LEN(rows) ? &rows[index] : NULL;
}

const struct subcall *subcall_at(size_t index)
{
	return index < ARRAY_LEN(subcalls) ? &subcalls[index] : NULL;
}

/* Index of the first row called NAME, or the number of rows. */
static size_t row_first(const char *name)
{
	size_t low = 0;
	size_t high = ARRAY_LEN(rows);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(rows[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < ARRAY_LEN(rows) && !strcmp(rows[low].name, name))
		return low;
	return ARRAY_LEN(rows);
}

const struct call_row *call_row_find(const char *name, enum call_form form)
{
	size_t first = row_first(name);

	if (first == ARRAY_LEN(rows))
		return NULL;
	/* A subcall is made the i386 way where it has no way of its own. */
	for (enum call_form wanted = form;; wanted = FORM_I386) {
		for (size_t i = first; i < ARRAY_LEN(rows) &&
				       !strcmp(rows[i].name, name); i++)
			if (rows[i].form == wanted)
				return &rows[i];
		if (wanted != FORM_SUB)
			return &rows[first];
	}
}

const struct syscall_desc *call_row_desc(const struct call_row *row)
{
	/* Parsed once, on demand: most sessions meet a few dozen calls. */
	static struct syscall_desc *parsed[ARRAY_LEN(rows)];
	struct syscall_desc **slot = &parsed[row - rows];

	if (!*slot) {
		struct syscall_desc *desc = xcalloc(1, sizeof(*desc));
		bool ok;

		desc->name = row->name;
		desc->classes = row->classes;
		desc->traits = row->traits;
		desc->result = row->result;
		ok = signature_parse(row->signature, desc);
		assert(ok && "malformed row in syscalls/signatures.inc");
		(void)ok;
		*slot = desc;
	}
	return *slot;
}

uint64_t call_plain_number(enum abi abi, uint64_t nr)
{
	return nr & ~(uint64_t)arch_abi(abi)->nr_bit;
}

const char *call_name_at(enum abi abi, unsigned nr)
{
	return nr < CALL_NUMBERS ? numbers[abi][nr] : NULL;
}

const struct syscall_desc *syscall_by_number(enum abi abi, uint64_t nr)
{
	/* What is found stays: this is asked at every stop. */
	static const struct syscall_desc *known[ABI_COUNT][CALL_NUMBERS];
	const char *name;

	nr = call_plain_number(abi, nr);
	if (nr >= CALL_NUMBERS)
		return NULL;
	if (known[abi][nr])
		return known[abi][nr];
	name = numbers[abi][nr];
	if (name) {
		const struct call_row *row =
			call_row_find(name, (enum call_form)abi);

		if (row)
			known[abi][nr] = call_row_desc(row);
	}
	return known[abi][nr];
}

const char *syscall_name(enum abi abi, uint64_t nr,
                         char data[SYSCALL_NAME_MAX])
{
	uint64_t plain = call_plain_number(abi, nr);

	if (plain < CALL_NUMBERS && numbers[abi][plain])
		return numbers[abi][plain];
	snprintf(data, SYSCALL_NAME_MAX, "syscall_0x%llx",
		 (unsigned long long)nr);
	return data;
}

int64_t syscall_number(enum abi abi, const char *name)
{
	for (unsigned nr = 0; nr < CALL_NUMBERS; nr++)
		if (numbers[abi][nr] && !strcmp(numbers[abi][nr], name))
			return (int64_t)(nr | arch_abi(abi)->nr_bit);
	return -1;
}

bool syscall_exists(const char *name)
{
	return row_first(name) < ARRAY_LEN(rows);
}

const char *const *syscall_names(size_t *count)
{
	static const char *names[ARRAY_LEN(rows)];
	static size_t names_count;

	if (!names_count)
		for (size_t i = 0; i < ARRAY_LEN(rows); i++)
			if (rows[i].form == FORM_ANY)
				names[names_count++] = rows[i].name;
	*count = names_count;
	return names;
}
