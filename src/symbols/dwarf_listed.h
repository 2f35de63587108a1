/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * symbols/dwarf_listed.h: the index of names that a file may bring along.
 *
 *	dwarf_listed.c      which units to look into first
 *	dwarf_gdb_index.c   .gdb_index, versions 7 to 9: gdb's and the linkers'
 *	dwarf_names.c       .debug_names of DWARF 5: gdb's and the compilers'
 *
 * All of it is a claim, and no more: of this file or of another one, out of
 * date, or made to mislead.  What is read here are numbers of units; what stands
 * in those is what counts.  Nothing is allocated by what the file says, and a
 * question has a budget of steps.
 */
#ifndef SCDB_SYMBOLS_DWARF_LISTED_H
#define SCDB_SYMBOLS_DWARF_LISTED_H

#include "symbols/dwarf.h"
#include "symbols/line_table.h"

#include "base/vec.h"

enum {
	LISTED_STEPS = 1 << 18,
	LISTED_MAX = 4096,        /* units of one name */
};

/* Where units are said to have a name. */
struct listed_question {
	const char *name;
	size_t len;
	unsigned steps;           /* that may still be made */
	bool failed;              /* it can't be told */
	VEC(uint64_t) units;      /* offsets in .debug_info, as they come */
};

/* Whether one more step may be made. */
static inline bool listed_step(struct listed_question *q)
{
	if (!q->steps || q->units.len >= LISTED_MAX)
		q->failed = true;
	else
		q->steps--;
	return !q->failed;
}

/* Item NUMBER of those of WIDTH bytes (8 at most); false: beyond the end. */
static inline bool listed_item(const struct line_cursor *c, uint64_t number,
                               unsigned width, uint64_t *value)
{
	uint64_t size = (uint64_t)(c->end - c->at);

	*value = 0;
	if (number >= size / width)
		return false;
	memcpy(value, c->at + number * width, width); /* little-endian */
	return true;
}

/* Whether the question's name stands at OFFSET. */
static inline bool listed_is_name(const struct line_cursor *c,
                                  uint64_t offset,
                                  const struct listed_question *q)
{
	uint64_t size = (uint64_t)(c->end - c->at);

	return offset < size && q->len < size - offset &&
	       memcmp(c->at + offset, q->name, q->len) == 0 &&
	       !c->at[offset + q->len];
}

struct gdb_index {
	struct line_cursor units; /* offset and length, 8 bytes each */
	struct line_cursor slots; /* two words each; a power of 2 of them */
	struct line_cursor pool;
};

/* False: none, or not to be understood. */
bool gdb_index_read(struct line_cursor section, struct gdb_index *index);
void gdb_index_find(const struct gdb_index *index, struct listed_question *q);

/* One contribution to .debug_names: linkers put them one behind the other. */
struct names_part {
	unsigned offset_size;
	uint64_t unit_count, bucket_count, name_count;
	struct line_cursor units, buckets, hashes, names, entries;
	struct line_cursor abbreviations, pool;
};

/* Takes the next one from SECTION; false: no more, or not to be understood, in
 * which case SECTION is bad. */
bool names_part_read(struct line_cursor *section, struct names_part *part);
void names_part_find(const struct names_part *part,
                     const struct line_cursor *strings,
                     struct listed_question *q);

#endif
