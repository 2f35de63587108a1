/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sets of calls: one bit a number and ABI, and one a subcall of socketcall and
 * ipc.
 */
#include "syscalls/set.h"

#include "base/alloc.h"
#include "base/pattern.h"

#include <stdlib.h>
#include <string.h>

static bool bit_get(const uint64_t *bits, uint64_t at)
{
	return bits[at / 64] >> (at % 64) & 1;
}

static void bit_put(uint64_t *bits, uint64_t at, bool in)
{
	uint64_t bit = UINT64_C(1) << (at % 64);

	if (in)
		bits[at / 64] |= bit;
	else
		bits[at / 64] &= ~bit;
}

static size_t subcall_count(void)
{
	size_t count = 0;

	while (subcall_at(count))
		count++;
	return count;
}

struct syscall_set *set_create(void)
{
	return xcalloc(1, sizeof(struct syscall_set));
}

struct syscall_set *syscall_set_copy(const struct syscall_set *set)
{
	struct syscall_set *copy;

	if (!set)
		return NULL;
	copy = set_create();
	*copy = *set;
	copy->text = xstrdup(set->text);
	copy->extra.items = NULL;
	copy->extra.len = copy->extra.cap = 0;
	for (size_t i = 0; i < set->extra.len; i++)
		vec_push(&copy->extra, set->extra.items[i]);
	return copy;
}

void syscall_set_destroy(struct syscall_set *set)
{
	if (!set)
		return;
	vec_deinit(&set->extra);
	free(set->text);
	free(set);
}

static void fill_abi(struct syscall_set *set, enum abi abi, bool in)
{
	for (size_t i = 0; i < ARRAY_LEN(set->bits[abi]); i++)
		set->bits[abi][i] = in ? UINT64_MAX : 0;
	set->rest[abi] = in;
	for (size_t i = set->extra.len; i > 0; i--)
		if (set->extra.items[i - 1].abi == abi)
			vec_remove(&set->extra, i - 1);
	if (abi == ABI_I386)
		set->subcalls = in ? UINT64_MAX : 0;
}

void set_fill(struct syscall_set *set, bool in)
{
	for (unsigned abi = 0; abi < ABI_COUNT; abi++)
		fill_abi(set, (enum abi)abi, in);
}

static void put_subcalls_of(struct syscall_set *set, const char *multiplexer,
                            bool in)
{
	const struct subcall *sub;

	for (size_t i = 0; (sub = subcall_at(i)); i++)
		if (!strcmp(sub->multiplexer, multiplexer))
			bit_put(&set->subcalls, i, in);
}

static void put_number(struct syscall_set *set, enum abi abi, uint64_t nr,
                       bool in)
{
	const char *name;

	if (nr >= CALL_NUMBERS) {
		struct set_extra extra = { abi, nr, in };

		vec_push(&set->extra, extra);
		return;
	}
	bit_put(set->bits[abi], nr, in);
	name = call_name_at(abi, (unsigned)nr);
	if (name && abi == ABI_I386)
		put_subcalls_of(set, name, in);
}

static bool matches(const struct set_element *element, const char *name,
                    enum call_form form)
{
	switch (element->kind) {
	case SET_NAME:
		return !strcmp(name, element->name);
	case SET_CLASS: {
		const struct call_row *row = call_row_find(name, form);

		return row && row->classes & element->classes;
	}
	case SET_REGEX:
		return pattern_match(element->regex, name, strlen(name)) ==
		       PATTERN_YES;
	default:
		return false;
	}
}

static size_t apply_to_abi(struct syscall_set *set,
                           const struct set_element *element, enum abi abi)
{
	size_t found = 0;

	for (unsigned nr = 0; nr < CALL_NUMBERS; nr++) {
		const char *name = call_name_at(abi, nr);

		if (!name || !matches(element, name, (enum call_form)abi))
			continue;
		found++;
		/* A class of socketcall's own says nothing of subcalls. */
		if (element->kind == SET_CLASS)
			bit_put(set->bits[abi], nr, element->in);
		else
			put_number(set, abi, nr, element->in);
	}
	for (size_t i = 0; abi == ABI_I386 && subcall_at(i); i++)
		if (matches(element, subcall_at(i)->name, FORM_SUB)) {
			found++;
			bit_put(&set->subcalls, i, element->in);
		}
	return found;
}

size_t set_apply(struct syscall_set *set, const struct set_element *element)
{
	size_t found = 0;

	for (unsigned i = 0; i < ABI_COUNT; i++) {
		enum abi abi = (enum abi)i;

		if (!(element->abis >> i & 1))
			continue;
		if (element->kind == SET_ALL) {
			fill_abi(set, abi, element->in);
			found++;
		} else if (element->kind == SET_NUMBER) {
			put_number(set, abi, element->number, element->in);
			found++;
		} else {
			found += apply_to_abi(set, element, abi);
		}
	}
	return found;
}

/* Without looking at subcalls. */
static bool has_plain(const struct syscall_set *set, enum abi abi, uint64_t nr)
{
	nr = call_plain_number(abi, nr);
	if (nr < CALL_NUMBERS)
		return bit_get(set->bits[abi], nr);
	for (size_t i = set->extra.len; i > 0; i--) {
		const struct set_extra *extra = &set->extra.items[i - 1];

		if (extra->abi == abi && extra->nr == nr)
			return extra->in;
	}
	return set->rest[abi];
}

void set_seal(struct syscall_set *set)
{
	uint64_t subcalls = (UINT64_C(1) << subcall_count()) - 1;

	set->all = (set->subcalls & subcalls) == subcalls;
	for (unsigned abi = 0; abi < ABI_COUNT; abi++) {
		for (size_t i = 0; i < ARRAY_LEN(set->bits[abi]); i++)
			if (set->bits[abi][i] != UINT64_MAX)
				set->all = false;
		if (!set->rest[abi])
			set->all = false;
	}
	for (size_t i = 0; i < set->extra.len && set->all; i++)
		if (!has_plain(set, set->extra.items[i].abi,
			       set->extra.items[i].nr))
			set->all = false;
}

static bool has_subcall(const struct syscall_set *set, const char *multiplexer,
                        const char *name)
{
	const struct subcall *sub;

	for (size_t i = 0; (sub = subcall_at(i)); i++)
		if (bit_get(&set->subcalls, i) &&
		    !strcmp(sub->multiplexer, multiplexer) &&
		    (!name || !strcmp(sub->name, name)))
			return true;
	return false;
}

bool syscall_set_has_number(const struct syscall_set *set, enum abi abi,
                            uint64_t nr)
{
	const char *name;

	if (!set || set->all || has_plain(set, abi, nr))
		return true;
	if (abi != ABI_I386 || !set->subcalls || nr >= CALL_NUMBERS)
		return false;
	name = call_name_at(abi, (unsigned)nr);
	return name && has_subcall(set, name, NULL);
}

static void add_multiplexers(const struct syscall_set *set,
                             struct call_bits *bits)
{
	const struct subcall *sub;

	for (size_t i = 0; (sub = subcall_at(i)); i++)
		if (bit_get(&set->subcalls, i))
			call_bits_set(bits, ABI_I386, (uint64_t)
			              syscall_number(ABI_I386,
			                             sub->multiplexer));
}

void syscall_set_numbers(const struct syscall_set *set, struct call_bits *bits)
{
	for (unsigned abi = 0; abi < ABI_COUNT; abi++) {
		bool all = !set || set->all;

		for (size_t i = 0; i < CALL_BITS / 64; i++)
			bits->words[abi][i] |= all ? UINT64_MAX
			                           : set->bits[abi][i];
		bits->rest[abi] |= all || set->rest[abi];
	}
	if (!set)
		return;
	for (size_t i = 0; i < set->extra.len; i++)
		bits->rest[set->extra.items[i].abi] |= set->extra.items[i].in;
	add_multiplexers(set, bits);
}

bool syscall_set_has(const struct syscall_set *set,
                     const struct syscall_view *view)
{
	const char *multiplexer;

	if (!set || set->all)
		return true;
	if (!view->multiplexed)
		return has_plain(set, view->abi, view->nr);
	multiplexer = view->nr < CALL_NUMBERS
		? call_name_at(view->abi, (unsigned)view->nr) : NULL;
	return multiplexer && has_subcall(set, multiplexer, view->name);
}

bool syscall_set_is_all(const struct syscall_set *set)
{
	return !set || set->all;
}

const char *syscall_set_text(const struct syscall_set *set)
{
	return syscall_set_is_all(set) ? "all" : set->text;
}

/* Puts DESC where the name has its place among all, if nothing is there. */
static void note(const struct syscall_desc **found, const char *name,
                 const struct syscall_desc *desc)
{
	size_t at = (size_t)(call_row_find(name, FORM_ANY) - call_row_at(0));

	if (!found[at])
		found[at] = desc;
}

static void note_all(const struct syscall_set *set,
                     const struct syscall_desc **found)
{
	const struct subcall *sub;

	for (unsigned abi = 0; abi < ABI_COUNT; abi++)
		for (unsigned nr = 0; nr < CALL_NUMBERS; nr++) {
			const char *name = call_name_at((enum abi)abi, nr);

			if (name && (!set || bit_get(set->bits[abi], nr)))
				note(found, name,
				     syscall_by_number((enum abi)abi, nr));
		}
	for (size_t i = 0; (sub = subcall_at(i)); i++)
		if (!set || bit_get(&set->subcalls, i))
			note(found, sub->name, call_row_desc(
				call_row_find(sub->name, FORM_SUB)));
}

void syscall_set_each(const struct syscall_set *set,
                      void (*fn)(void *ctx, const struct syscall_desc *desc),
                      void *ctx)
{
	const struct syscall_desc **found;
	size_t count = 0;

	while (call_row_at(count))
		count++;
	found = xcalloc(count, sizeof(*found));
	note_all(set, found);
	for (size_t i = 0; i < count; i++)
		if (found[i])
			fn(ctx, found[i]);
	free(found);
}
