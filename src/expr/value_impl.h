/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * expr/value_impl.h: what a value is made of, for the files that make values.
 *
 *	value.c          making, counting, reading
 *	value_parts.c    members, elements, what pointers point at
 *	value_assign.c   storing; value_pieces.c: what is in pieces
 *	value_convert.c  numbers, casts
 *	value_arith.c    operators
 *	value_class.c    classes of C++; value_bases.c: where base classes are;
 *	                 value_cast.c: casts
 *	value_print.c    structures and arrays; value_scalar.c, value_text.c:
 *	                 what they are made of
 */
#ifndef SCDB_EXPR_VALUE_IMPL_H
#define SCDB_EXPR_VALUE_IMPL_H

#include "expr/value.h"

/* Of what is not in memory, and where nobody says more. */
enum { VALUE_MAX_BYTES = 1024 * 1024 };

__extension__ typedef unsigned __int128 wide;
__extension__ typedef __int128 swide;

struct value {
	unsigned refs;
	const struct value_world *world;
	const struct type *type;
	enum value_place place;
	taddr addr;             /* IN_MEMORY */
	unsigned reg;           /* IN_REGISTER, where there is no NAME */
	const struct frame *frame;
	char *name;             /* of the register or variable; or NULL */
	uint32_t bit_offset;    /* of a bit-field, from ADDR or OFFSET on */
	uint32_t bit_size;      /* 0: none */
	/* A register, variable, or value in pieces that this is a part of. */
	struct value *whole;
	uint64_t offset;        /* ... and where in it */
	struct location *location; /* IN_PIECES; of a synthetic pointer */
	const struct location_context *context; /* ... as long as FRAME */
	uint8_t *bytes;         /* NULL: not read yet */
	uint8_t *missing;       /* a byte for each: optimised out; NULL: none */
	bool synthetic;         /* a pointer to what has no storage */
	bool is_string;         /* made of a literal: may be given an address */
};

struct value *value_new(const struct value_world *w, const struct type *t,
                        enum value_place place);
/* Copies COUNT bits of FROM, from bit SKIP on, to bit AT of TO. */
void value_put_bits(uint8_t *to, uint64_t at, const uint8_t *from,
                    uint64_t skip, uint64_t count);
/* LEN bytes of the place where V stands, in memory. */
struct error *value_write_memory(const struct value *v, taddr addr,
                                 const void *data, size_t len) MUST_CHECK;
/* value_pieces.c: BYTES, all of V's, to its pieces; COUNT bits of them from bit
 * AT on are new. */
struct error *value_store_pieces(struct value *v, const uint8_t *bytes,
                                 uint64_t at, uint64_t count) MUST_CHECK;
/* SIZE bytes at OFFSET of V as a T. */
struct value *value_part(struct value *v, const struct type *t,
                         uint64_t offset);
/* "int" and the like; never NULL. */
const struct type *value_builtin(const struct value_world *w,
                                 const char *name);
/* SIZE bytes at DATA, a part of V or V itself, little-endian. */
wide value_load(const uint8_t *data, size_t size, bool is_signed);
void value_store(uint8_t *data, size_t size, wide n);
/* An integer of any kind, a pointer, a float cut. */
struct error *value_wide(struct value *v, wide *n) MUST_CHECK;
/* A float of SIZE bytes at DATA. */
long double float_load(const struct type *t, const uint8_t *data);
void float_store(const struct type *t, uint8_t *data, long double f);
/* Whether any byte of SIZE at OFFSET of V is optimised out. */
bool value_is_missing(const struct value *v, uint64_t offset, uint64_t size);
/* V as C uses it: references followed, arrays and functions as pointers. */
struct error *value_decay(struct value *v, struct value **decayed) MUST_CHECK;
/* References followed; else V itself, counted once more. */
struct error *value_unreferenced(struct value *v,
                                 struct value **result) MUST_CHECK;
/* value_bases.c: the word of memory at ADDR. */
struct error *value_word_at(const struct value_world *w, taddr addr,
                            uint64_t *n) MUST_CHECK;
/* The virtual base class M of V. */
struct error *value_virtual_base(struct value *v, const struct type_member *m,
                                 struct value **part) MUST_CHECK;
/* The class BASE that is in V, an object (or that it is); *PART stays NULL
 * where it is none. */
struct error *value_base_of(struct value *v, const struct type *base,
                            struct value **part) MUST_CHECK;
/* ADDR, of an object of class FROM, as one of class TO where one of the two is
 * a base of the other; else as it is. */
struct error *value_adjust(const struct value_world *w,
                           const struct type *from, const struct type *to,
                           taddr addr, taddr *result) MUST_CHECK;
/* V, an object, as one of class TO, copied; *RESULT stays NULL where neither
 * is a base of the other. */
struct error *value_sliced(struct value *v, const struct type *to,
                           struct value **result) MUST_CHECK;
/* value_cast.c: the whole object that the one at ADDR is a part of, by its
 * table of virtual functions. */
struct error *value_whole_object(const struct value_world *w, taddr addr,
                                 struct value **whole) MUST_CHECK;
bool type_is_kind(const struct type *t, enum type_kind kind);
bool type_is_reference(const struct type *t);
/* A string, or array, of these is shown as text; *PREFIX is "", L, u, U. */
bool type_is_text(const struct type *t, const char **prefix);

/* Printing. */
enum { VIRTUAL_BASES = 32 };
struct printer {
	const struct value_style *style;
	const struct value_world *world;
	struct buf *text;
	unsigned indent;   /* of structures around */
	int depth;         /* the same without anonymous ones */
	unsigned nested;   /* calls of print_value: a bound */
	size_t most;       /* bytes of text: a bound */
	bool in_base;      /* what comes next is a base class */
	/* Virtual bases of the whole object that were shown. */
	const struct type *seen[VIRTUAL_BASES];
	size_t seen_count;
};
struct error *print_value(struct printer *p, struct value *v) MUST_CHECK;
/* A part that can't be read (ERR) says so in its place. */
void print_part(struct printer *p, struct value *part, struct error *err);
/* value_rust.c: structures, enums and slices; characters. */
struct error *print_rust_struct(struct printer *p,
                                struct value *v) MUST_CHECK;
void print_rust_char(struct buf *text, uint32_t c);
/* The variant that a Rust enum V is; NULL: V is none, or of no variants. */
struct error *value_variant(struct value *v,
                            struct value **variant) MUST_CHECK;
/* What a slice V points at, as an array; NULL: V is none. */
struct error *value_slice(struct value *v, struct value **array) MUST_CHECK;
/* Whether values of T, stripped, are shown as Rust's. */
bool print_as_rust(const struct printer *p, const struct type *t);
/* One byte within "...", escaped where it must be. */
void print_text_char(struct buf *text, uint8_t c);
/* An integer, bool, enum, pointer, float at DATA of type T (stripped). */
void print_scalar(struct printer *p, const struct type *t,
                  const uint8_t *data);
/* ... in the style's format. */
void print_formatted(struct printer *p, const struct type *t,
                     const uint8_t *data);
void print_float(const struct type *t, const uint8_t *data, struct buf *text);
void print_wide(struct buf *text, wide n, bool is_signed);
/* COUNT elements of SIZE bytes, as a string in quotes. */
void print_string(struct printer *p, const char *prefix, const uint8_t *data,
                  size_t size, size_t count, bool cut);
/* A pointer to a member, of type T, at DATA. */
void print_member_pointer(struct printer *p, const struct type *t,
                          const uint8_t *data);
/* "'a'" */
void print_char(struct buf *text, const char *prefix, uint32_t c);
/* What a text pointer points at, behind a blank where BLANK. */
void print_string_at(struct printer *p, const struct type *element, taddr at,
                     bool blank);
/* "0x401136 <main+4>"; FUNCTION: with the name whatever the style says. */
void print_address(struct printer *p, taddr addr, bool function);

#endif
