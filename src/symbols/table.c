/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file's symbols by address. */
#include "symbols/symtab.h"

#include <stdlib.h>
#include <string.h>

/* How far below an address a symbol is looked for whose range holds it: those
 * in between lie inside it. */
enum { LOOK_BACK = 1000 };

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

/* One pass: by DIGIT_BITS bits above SHIFT, stable.  False: all are alike. */
static bool sort_pass(const struct placed_symbol *from,
                      struct placed_symbol *to, size_t count, unsigned shift)
{
	size_t at[DIGITS] = { 0 }, sum = 0;

	for (size_t i = 0; i < count; i++)
		at[(from[i].addr >> shift) & (DIGITS - 1)]++;
	if (at[(from[0].addr >> shift) & (DIGITS - 1)] == count)
		return false;
	for (size_t i = 0; i < DIGITS; i++) {
		size_t here = at[i];

		at[i] = sum;
		sum += here;
	}
	for (size_t i = 0; i < count; i++)
		to[at[(from[i].addr >> shift) & (DIGITS - 1)]++] = from[i];
	return true;
}

/* Takes ITEMS; what it returns is sorted, and may be another array. */
static struct placed_symbol *sort(struct placed_symbol *items, size_t count)
{
	struct placed_symbol *other = malloc(count * sizeof(*other));

	if (!other) {
		free(items);
		return NULL;
	}
	for (unsigned shift = 0; shift < 64; shift += DIGIT_BITS) {
		if (sort_pass(items, other, count, shift)) {
			struct placed_symbol *was = items;

			items = other;
			other = was;
		}
	}
	free(other);
	return items;
}

/* Without memory there are none: a file decides how many they are. */
void table_need(struct file_symbols *s)
{
	struct placed_symbol *items;
	struct raw_symbol raw;
	size_t count = 0;

	if (s->is_placed)
		return;
	s->is_placed = true;
	items = s->count ? malloc(s->count * sizeof(*items)) : NULL;
	if (!items)
		return;
	for (uint32_t i = 0; i < s->count; i++) {
		if (!symbol_raw(s, i, &raw) || !symbol_has_place(&raw))
			continue;
		items[count++] = (struct placed_symbol){
			.addr = raw.value, .number = i,
			.size = raw.size < UINT32_MAX ? (uint32_t)raw.size
			                              : UINT32_MAX,
		};
	}
	if (count)
		items = sort(items, count);
	else
		free(items), items = NULL;
	s->placed = items;
	s->placed_count = items ? count : 0;
}

/* How much a person would rather see this name than another of the place. */
static unsigned rank(const struct file_symbols *s,
                     const struct placed_symbol *p)
{
	struct raw_symbol raw;
	unsigned rank = 0, low = 0;

	if (!symbol_raw(s, p->number, &raw))
		return 0;
	if (raw.type == STT_FUNC || raw.type == STT_GNU_IFUNC)
		rank += 64;
	else if (raw.type != STT_NOTYPE)
		rank += 32;
	if (raw.size)
		rank += 16;
	if (raw.bind != STB_LOCAL)
		rank += 8;
	/* write and __write: the first is what the source says. */
	while (low < 2 && raw.name[low] == '_')
		low++;
	if (low < 2 || strncmp(raw.name, "_Z", 2) == 0)
		rank += 4;
	if (raw.bind != STB_WEAK)
		rank += 2;
	/* open before open64 */
	return rank * 256 + 255 - (unsigned)strnlen(raw.name, 255);
}

static bool contains(const struct file_symbols *s,
                     const struct placed_symbol *p, uint64_t addr)
{
	struct raw_symbol raw;

	if (p->size != UINT32_MAX)
		return addr - p->addr < p->size;
	return symbol_raw(s, p->number, &raw) && addr - p->addr < raw.size;
}

/* The best of those that stand where FOUND does and hold ADDR as it does. */
static uint32_t best_at(const struct file_symbols *s, size_t found,
                        uint64_t addr)
{
	const struct placed_symbol *items = s->placed;
	bool held = contains(s, &items[found], addr);
	unsigned best = 0;
	uint32_t number = items[found].number;

	for (size_t i = found, n = 0; n < LOOK_BACK; i--, n++) {
		if (items[i].addr != items[found].addr)
			break;
		if (contains(s, &items[i], addr) == held &&
		    rank(s, &items[i]) >= best) {
			best = rank(s, &items[i]);
			number = items[i].number;
		}
		if (!i)
			break;
	}
	return number;
}

static bool same_section(const struct symbol_file *f, uint64_t a, uint64_t b)
{
	struct file_section section;

	if (f->loaded || !file_section_at(f, a, &section))
		return f->loaded;
	return b >= section.header.sh_addr &&
	       b - section.header.sh_addr < section.header.sh_size;
}

bool table_find(struct file_symbols *s, uint64_t addr, uint32_t *number)
{
	size_t low = 0, high, bare = SIZE_MAX;

	table_need(s);
	high = s->placed_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->placed[middle].addr <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t i = low, n = 0; i-- > 0 && n < LOOK_BACK; n++) {
		if (contains(s, &s->placed[i], addr)) {
			*number = best_at(s, i, addr);
			return true;
		}
		/* One without a size reaches as far as no other begins. */
		if (bare == SIZE_MAX)
			bare = i;
	}
	if (bare == SIZE_MAX || s->placed[bare].size ||
	    !same_section(s->file, addr, s->placed[bare].addr))
		return false;
	*number = best_at(s, bare, addr);
	return true;
}
