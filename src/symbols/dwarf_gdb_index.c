/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * .gdb_index (gdb's manual, "Index Section Format"): a table of units, a hash
 * table of names, and for each name the units that have it.
 */
#include "symbols/dwarf_listed.h"

#include <string.h>

enum { KIND_VARIABLE = 2, KIND_FUNCTION = 3 };

static struct line_cursor cut(const struct line_cursor *c, uint64_t from,
                              uint64_t to)
{
	return (struct line_cursor){ c->at + from, c->at + to, false };
}

bool gdb_index_read(struct line_cursor section, struct gdb_index *index)
{
	uint64_t version, at[7] = { 0 }, slots;
	unsigned count;

	if (!section.at || !listed_item(&section, 0, 4, &version) ||
	    version < 7 || version > 9)
		return false;
	/* Units, types' units, addresses, symbols, from version 9 on a table
	 * about `main`, constants. */
	count = version < 9 ? 5 : 6;
	for (unsigned i = 0; i < count; i++)
		if (!listed_item(&section, i + 1, 4, &at[i]) ||
		    (i && at[i] < at[i - 1]))
			return false;
	at[count] = (uint64_t)(section.end - section.at);
	if (at[0] < 4 * (count + 1) || at[count - 1] > at[count])
		return false;
	slots = (at[4] - at[3]) / 8;
	if (!slots || (slots & (slots - 1)))
		return false;
	*index = (struct gdb_index){
		.units = cut(&section, at[0], at[1]),
		.slots = cut(&section, at[3], at[4]),
		.pool = cut(&section, at[count - 1], at[count]),
	};
	return true;
}

/* Names that differ in case alone have the same one. */
static uint32_t hash_of(const struct listed_question *q)
{
	uint32_t hash = 0;

	for (size_t i = 0; i < q->len; i++) {
		uint8_t byte = (uint8_t)q->name[i];

		if (byte >= 'A' && byte <= 'Z')
			byte = (uint8_t)(byte - 'A' + 'a');
		hash = hash * 67 + byte - 113;
	}
	return hash;
}

/* The units of the vector at OFFSET, those of static names left out. */
static void take_units(const struct gdb_index *index, uint64_t offset,
                       struct listed_question *q)
{
	struct line_cursor vector = index->pool;
	uint64_t count, item, unit;

	if (offset > (uint64_t)(vector.end - vector.at)) {
		q->failed = true;
		return;
	}
	vector.at += offset;
	if (!listed_item(&vector, 0, 4, &count))
		return;
	for (uint64_t i = 0; i < count && listed_step(q); i++) {
		unsigned kind;

		if (!listed_item(&vector, i + 1, 4, &item))
			return;
		kind = item >> 28 & 7;
		if (item >> 31 ||
		    (kind != KIND_VARIABLE && kind != KIND_FUNCTION))
			continue;
		/* Behind the units there are those of types. */
		if (listed_item(&index->units, 2 * (item & 0xffffff), 8, &unit))
			vec_push(&q->units, unit);
	}
}

void gdb_index_find(const struct gdb_index *index, struct listed_question *q)
{
	uint32_t hash = hash_of(q);
	uint64_t size = (uint64_t)(index->slots.end - index->slots.at) / 8;
	uint64_t slot = hash & (size - 1);
	uint64_t step = (((uint64_t)hash * 17) & (size - 1)) | 1;

	for (uint64_t i = 0; i < size && listed_step(q); i++) {
		uint64_t name, vector;

		if (!listed_item(&index->slots, 2 * slot, 4, &name) ||
		    !listed_item(&index->slots, 2 * slot + 1, 4, &vector) ||
		    (!name && !vector))
			return;
		if (listed_is_name(&index->pool, name, q)) {
			take_units(index, vector, q);
			return;
		}
		slot = (slot + step) & (size - 1);
	}
}
