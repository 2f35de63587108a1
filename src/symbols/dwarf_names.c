/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * .debug_names (DWARF 5, section 6.1.1), as gdb and the compilers write it: hash
 * tables of names, each with entries that say which unit they are of.
 */
#include "symbols/dwarf_listed.h"

#include <string.h>

enum {
	IDX_COMPILE_UNIT = 1, IDX_TYPE_UNIT = 2,
	IDX_GNU_INTERNAL = 0x2000, /* gdb's own: not visible elsewhere */
};

static uint64_t take(struct line_cursor *c, unsigned size)
{
	uint64_t value;

	if (!listed_item(c, 0, size, &value)) {
		c->bad = true;
		c->at = c->end;
		return 0;
	}
	c->at += size;
	return value;
}

static uint64_t take_uleb(struct line_cursor *c)
{
	uint64_t value = 0;

	for (unsigned shift = 0;; shift += 7) {
		uint64_t byte = take(c, 1);

		if (shift < 64)
			value |= (byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return value;
	}
}

/* The next COUNT items of WIDTH bytes. */
static struct line_cursor cut(struct line_cursor *c, uint64_t count,
                              unsigned width)
{
	struct line_cursor part = { .at = c->at };

	if (count > (uint64_t)(c->end - c->at) / width) {
		c->bad = true;
		c->at = c->end;
		count = 0;
	} else {
		c->at += count * width;
	}
	part.end = part.at + count * width;
	return part;
}

bool names_part_read(struct line_cursor *section, struct names_part *part)
{
	uint64_t length, local, foreign, table, augmentation;
	struct line_cursor c;

	*part = (struct names_part){ .offset_size = 4 };
	if (section->at == section->end)
		return false;
	length = take(section, 4);
	if (length == 0xffffffff) {
		part->offset_size = 8;
		length = take(section, 8);
	}
	c = cut(section, length, 1);
	if (take(&c, 2) != 5)
		c.bad = true;
	take(&c, 2);
	part->unit_count = take(&c, 4);
	local = take(&c, 4);
	foreign = take(&c, 4);
	part->bucket_count = take(&c, 4);
	part->name_count = take(&c, 4);
	table = take(&c, 4);
	augmentation = take(&c, 4);
	cut(&c, (augmentation + 3) / 4 * 4, 1);
	part->units = cut(&c, part->unit_count, part->offset_size);
	cut(&c, local, part->offset_size);
	cut(&c, foreign, 8);
	part->buckets = cut(&c, part->bucket_count, 4);
	part->hashes = cut(&c, part->bucket_count ? part->name_count : 0, 4);
	part->names = cut(&c, part->name_count, part->offset_size);
	part->entries = cut(&c, part->name_count, part->offset_size);
	part->abbreviations = cut(&c, table, 1);
	part->pool = c;
	section->bad |= c.bad;
	return !section->bad;
}

/* What one entry says. */
struct entry {
	uint64_t tag, unit;
	bool has_unit, of_type, internal;
};

static uint64_t take_form(struct line_cursor *c, uint64_t form)
{
	switch (form) {
	case DW_FORM_flag_present:
		return 1;
	case DW_FORM_data1:
	case DW_FORM_ref1:
	case DW_FORM_flag:
		return take(c, 1);
	case DW_FORM_data2:
	case DW_FORM_ref2:
		return take(c, 2);
	case DW_FORM_data4:
	case DW_FORM_ref4:
		return take(c, 4);
	case DW_FORM_data8:
	case DW_FORM_ref8:
	case DW_FORM_ref_sig8:
		return take(c, 8);
	case DW_FORM_udata:
	case DW_FORM_ref_udata:
	case DW_FORM_sdata:
		return take_uleb(c);
	default:
		c->bad = true;
		return 0;
	}
}

/* By the abbreviation that A stands in; POOL is where the entry's values are,
 * or NULL to skip it. */
static void take_entry(struct line_cursor *a, struct line_cursor *pool,
                       struct entry *e)
{
	uint64_t index, form;

	for (;;) {
		uint64_t value;

		index = take_uleb(a);
		form = take_uleb(a);
		if (a->bad || (!index && !form))
			return;
		if (!pool)
			continue;
		value = take_form(pool, form);
		if (index == IDX_COMPILE_UNIT) {
			e->unit = value;
			e->has_unit = true;
		}
		e->of_type |= index == IDX_TYPE_UNIT;
		e->internal |= index == IDX_GNU_INTERNAL;
	}
}

/* False: there is no such abbreviation. */
static bool read_entry(const struct names_part *part, uint64_t code,
                       struct line_cursor *pool, struct listed_question *q,
                       struct entry *e)
{
	struct line_cursor a = part->abbreviations;

	*e = (struct entry){ 0 };
	while (listed_step(q)) {
		uint64_t found = take_uleb(&a);

		e->tag = take_uleb(&a);
		if (!found || a.bad)
			return false;
		take_entry(&a, found == code ? pool : NULL, e);
		if (found == code)
			return !a.bad && !pool->bad;
	}
	return false;
}

static void take_entries(const struct names_part *part, uint64_t offset,
                         struct listed_question *q)
{
	struct line_cursor pool = part->pool;
	uint64_t code, unit;
	struct entry e;

	if (offset > (uint64_t)(pool.end - pool.at)) {
		q->failed = true;
		return;
	}
	pool.at += offset;
	while ((code = take_uleb(&pool)) != 0) {
		if (!read_entry(part, code, &pool, q, &e)) {
			q->failed = true;
			return;
		}
		if (e.of_type || e.internal ||
		    (!e.has_unit && part->unit_count != 1) ||
		    (e.tag != DW_TAG_variable && e.tag != DW_TAG_subprogram &&
		     e.tag != DW_TAG_member && e.tag != DW_TAG_constant))
			continue;
		if (listed_item(&part->units, e.unit, part->offset_size, &unit))
			vec_push(&q->units, unit);
	}
}

/* Case does not count.  That of letters beyond ASCII would not either. */
static uint32_t hash_of(struct listed_question *q)
{
	uint32_t hash = 5381;

	for (size_t i = 0; i < q->len; i++) {
		uint8_t byte = (uint8_t)q->name[i];

		if (byte >= 0x80)
			q->failed = true;
		if (byte >= 'A' && byte <= 'Z')
			byte = (uint8_t)(byte - 'A' + 'a');
		hash = hash * 33 + byte;
	}
	return hash;
}

void names_part_find(const struct names_part *part,
                     const struct line_cursor *strings,
                     struct listed_question *q)
{
	uint64_t hash = hash_of(q), bucket, at, other, name, entry;

	/* Without a hash table all names would have to be looked at. */
	if (!part->bucket_count)
		q->failed = true;
	if (q->failed)
		return;
	bucket = hash % part->bucket_count;
	listed_item(&part->buckets, bucket, 4, &at);
	for (; at && listed_step(q); at++) {
		if (!listed_item(&part->hashes, at - 1, 4, &other) ||
		    other % part->bucket_count != bucket)
			return;
		if (other == hash &&
		    listed_item(&part->names, at - 1, part->offset_size,
		                &name) &&
		    listed_is_name(strings, name, q) &&
		    listed_item(&part->entries, at - 1, part->offset_size,
		                &entry))
			take_entries(part, entry, q);
	}
}
