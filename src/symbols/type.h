/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * symbols/type.h: types of the program's language, as values need them.
 *
 * Types are immutable once made and live as long as their owner: those that
 * come from DWARF as long as `struct symbols`, those that scdb makes itself
 * (pointers to, arrays of, the built-in ones) as long as their `struct
 * type_pool`.  Compare them with type_same.  Members and enumerators of a type
 * from DWARF are read when first asked for (type_members), since a type may
 * contain pointers to itself and to half of the program.
 */
#ifndef SCDB_SYMBOLS_TYPE_H
#define SCDB_SYMBOLS_TYPE_H

#include "base/buf.h"
#include "base/error.h"
#include "base/types.h"

#include <stdbool.h>

enum type_kind {
	TYPE_VOID,
	TYPE_BOOL,
	TYPE_CHAR,        /* shown as a character too: char, signed char, ... */
	TYPE_INT,
	TYPE_FLOAT,       /* IEEE 754 of 4 or 8 bytes, x87 of 12 or 16 */
	TYPE_COMPLEX,     /* two floats of half its size */
	TYPE_ENUM,
	TYPE_POINTER,
	TYPE_REFERENCE,   /* C++ & */
	TYPE_RVALUE_REFERENCE,
	TYPE_MEMBER_POINTER,
	TYPE_ARRAY,
	TYPE_VECTOR,      /* __attribute__((vector_size)) */
	TYPE_STRUCT,
	TYPE_CLASS,
	TYPE_UNION,
	TYPE_VARIANT,     /* Rust's enums: a struct with a discriminant */
	TYPE_FUNCTION,
	TYPE_TYPEDEF,
	TYPE_CONST,
	TYPE_VOLATILE,
	TYPE_RESTRICT,
	TYPE_ATOMIC,
	TYPE_UNKNOWN,     /* what DWARF says and scdb does not know */
};

struct type;

/* A member of a struct, class, union; a parameter of a function. */
struct type_member {
	const char *name;      /* NULL: anonymous, or a base class */
	const struct type *type;
	uint64_t offset;       /* bytes from the start */
	uint32_t bit_offset;   /* of a bit-field: from OFFSET's lowest bit */
	uint32_t bit_size;     /* 0: not a bit-field */
	bool is_base;          /* a C++ base class */
	bool is_static;        /* no storage in the object */
	bool is_virtual;       /* a virtual base class: OFFSET is not known */
	/* ... which stands so many bytes in front of the place that the
	 * object's first word points at; 0: it is not known where. */
	uint64_t table_offset;
	bool artificial;       /* made by the compiler: this, _vptr.X */
	uint8_t access;        /* 0 as the kind has it; DW_ACCESS_* */
	/* Of a TYPE_VARIANT: chosen by this value of the discriminant; one
	 * without is chosen by all values that no other has. */
	bool has_choice;
	uint64_t choice;
};

struct type_enumerator {
	const char *name;
	int64_t value;
};

/* A function of a class. */
struct type_method {
	const char *name;
	const char *linkage_name;  /* NULL: not said */
	const struct type *type;   /* FUNCTION, `this` among the parameters */
	uint8_t access;
	bool is_virtual, is_static, is_const, is_volatile, artificial;
	bool is_defaulted;         /* `= default` in the class */
	bool has_slot;             /* SLOT of the table of virtual ones */
	uint64_t slot;
};

struct type {
	enum type_kind kind;
	const char *name;      /* NULL: none. Qualified for C++ ("a::b<int>") */
	uint64_t size;         /* bytes; 0 for void, functions, incomplete ones */
	bool is_signed;        /* CHAR, INT, ENUM */
	bool incomplete;       /* declared, and found nowhere */
	bool prototyped, varargs;   /* FUNCTION */
	bool no_tag;           /* named without `struct`, `enum`: C++, Rust */
	bool is_rust;          /* written as Rust does */
	uint8_t convention;    /* STRUCT: 0 not said, else DW_CC_pass_by_* */
	bool is_class;         /* ENUM: C++'s enum class */
	bool is_flags;         /* ENUM: its values are bits to be combined */
	bool has_count;        /* ARRAY, VECTOR: COUNT is known */
	bool has_variable;     /* ARRAY: of such, or one itself */
	bool is_variable;      /* ARRAY: COUNT is the program's to say: see
	                        * debug_resolve_type */
	uint64_t count;        /* elements */
	uint64_t stride;       /* bytes from one element to the next */
	/* Of POINTER, REFERENCE, ARRAY, FUNCTION (its result), TYPEDEF and the
	 * qualifiers; of MEMBER_POINTER what it points at.  Set for all but
	 * those and, where it is said, of
	 * ENUM (the integers below it); void where there is none.  NULL until type_target asked. */
	const struct type *target;
	/* Of MEMBER_POINTER: the class; NULL: not said. */
	const struct type *container;
	/* Whoever made it; opaque. */
	struct type_source *source;
};

/* What a type is built on, one step; never NULL for the kinds above. */
const struct type *type_target(const struct type *t);
/* Without typedefs and qualifiers on the outside. A declaration becomes the
 * definition where one is to be found. */
const struct type *type_strip(const struct type *t);
/* Members (parameters of a function) in order; *COUNT of them.  NULL and 0
 * where there are none.  T is stripped first. */
const struct type_member *type_members(const struct type *t, size_t *count);
const struct type_enumerator *type_enumerators(const struct type *t,
                                               size_t *count);
/* The methods that a C++ class declares itself. */
/* Whether T, a class of C++, is passed and returned by the address of a copy:
 * copying or destroying it is the program's own affair. */
bool type_is_by_reference(const struct type *t);
/* Whether M of CLASS is its destructor; its copy constructor. */
bool type_method_destroys(const struct type_method *m);
bool type_method_copies(const struct type *class, const struct type_method *m);
const struct type_method *type_methods(const struct type *t, size_t *count);
/* Of a TYPE_VARIANT: what chooses among its members, which are the variants,
 * each with a struct as its type; NULL: there is but one. */
const struct type_member *type_discriminant(const struct type *t);
/* Bounded, loops or not: 0 where it is unknown. */
uint64_t type_size(const struct type *t);
bool type_same(const struct type *a, const struct type *b);
bool type_is_integral(const struct type *t);  /* bool, char, int, enum */
bool type_is_scalar(const struct type *t);    /* those, float, pointers */
bool type_is_aggregate(const struct type *t); /* struct, class, union */

/* Of a vector register of 16, 32 or 64 bytes: a union of all that it may be. */
const struct type *type_vector_register(unsigned size);

/*
 * The types that scdb makes.  A pool knows the size of a pointer and of long.
 */
struct type_pool;
struct type_pool *type_pool_create(uint8_t word);
void type_pool_destroy(struct type_pool *pool);
/* By C's names in any order ("unsigned long", "long unsigned int",
 * "int8_t", "__int128"); NULL: not one. */
const struct type *type_builtin(struct type_pool *pool, const char *name);
const struct type *type_void(struct type_pool *pool);
const struct type *type_pointer_to(struct type_pool *pool,
                                   const struct type *t);
const struct type *type_array_of(struct type_pool *pool, const struct type *t,
                                 uint64_t count);
const struct type *type_function_to(struct type_pool *pool,
                                    const struct type *result);
/* One that takes PARAMS, which are copied; VARARGS: and more. */
const struct type *type_function_of(struct type_pool *pool,
                                    const struct type *result,
                                    const struct type *const *params,
                                    size_t count, bool varargs);
const struct type *type_reference_to(struct type_pool *pool,
                                     const struct type *t, bool rvalue);
const struct type *type_member_pointer(struct type_pool *pool,
                                       const struct type *container,
                                       const struct type *t);
const struct type *type_qualified(struct type_pool *pool,
                                  const struct type *t, enum type_kind how);
/* SIZE bytes of integer or (FLOAT) of floating point. */
const struct type *type_integer(struct type_pool *pool, unsigned size,
                                bool is_signed);
const struct type *type_float(struct type_pool *pool, unsigned size);

/*
 * A structure or union that scdb makes.  MEMBERS are copied; their names and
 * types, and NAME, must outlive it.  The caller's to unmake; NULL is fine.
 */
struct type *type_make(enum type_kind kind, const char *name, uint64_t size,
                       const struct type_member *members, size_t count);
void type_unmake(struct type *t);

/*
 * The type as C writes it around NAME ("" for none): `int (*name)[3]`.  As
 * gdb's whatis has it: structs by their names.
 */
void type_name(const struct type *t, const char *name, struct buf *text);
/*
 * As gdb's ptype: one level of typedefs followed, members of a struct written
 * out, each on its line with four blanks.  OFFSETS: ptype/o; its heading
 * (" offset      |    size   ") is the command's matter.
 */
void type_describe(const struct type *t, bool offsets, struct buf *text);

#endif
