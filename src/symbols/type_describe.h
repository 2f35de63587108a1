/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * symbols/type_describe.h: types as `ptype` shows them.
 *
 *	type_describe.c   bodies: members, enumerators, with or without offsets
 *	type_class.c      what classes have besides: access, methods, typedefs
 */
#ifndef SCDB_SYMBOLS_TYPE_DESCRIBE_H
#define SCDB_SYMBOLS_TYPE_DESCRIBE_H

#include "symbols/internal.h"

enum {
	OFFSETS_WIDTH = 27,        /* of the column before a line */
	DESCRIBE_MAX_LEN = 1 << 20,
	DESCRIBE_MAX_DEPTH = 40,
};

/* DW_ACCESS_*, and that none was said yet. */
enum { ACCESS_NONE, ACCESS_PUBLIC, ACCESS_PROTECTED, ACCESS_PRIVATE };

struct description {
	struct buf *text;
	bool offsets;
	const struct type_names *names;
	unsigned depth;
};

/* Where a struct stands in the outermost one, and its last member ended. */
struct offsets {
	uint64_t base, end;        /* bits */
};

void describe_spaces(struct description *d, unsigned count);
/* SHOW as gdb counts: 1 writes bodies, 0 those without names, less none. */
void describe_type(struct description *d, const struct type *t,
                   const char *name, int show, unsigned level,
                   struct offsets *offsets);

const struct type_extra *class_extra(const struct type *t);
/* " : public A, private B". */
void class_bases(struct description *d, const struct type *t);
/* What access member M of T has. */
uint8_t class_access(const struct type *t, uint8_t said);
/* Whether all members need to be told apart by access. */
bool class_needs_labels(const struct type *t);
/* Writes "private:" where ACCESS is not *LAST. */
void class_label(struct description *d, uint8_t *last, uint8_t access,
                 unsigned level);
void class_methods(struct description *d, const struct type *t,
                   uint8_t *last, unsigned level);
void class_typedefs(struct description *d, const struct type *t,
                    bool labels, uint8_t *last, unsigned level);

#endif
