/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * expr/value.h: typed values: what an expression comes to, and how it looks.
 *
 * A value has a type and its bytes, which are read when first wanted
 * (value_bytes), so that `&huge` and `huge.member` read no more than they
 * need.  One that stands somewhere (an lvalue) can be assigned to and has an
 * address or a register.  Values are counted: value_ref, value_unref.
 */
#ifndef SCDB_EXPR_VALUE_H
#define SCDB_EXPR_VALUE_H

#include "base/buf.h"
#include "base/error.h"
#include "base/memory.h"
#include "symbols/location.h"
#include "symbols/type.h"

#include <stdbool.h>

enum value_place {
	VALUE_NOWHERE,        /* computed */
	VALUE_IN_MEMORY,
	VALUE_IN_REGISTER,    /* of a frame */
	VALUE_IN_PIECES,
	VALUE_IN_VARIABLE,    /* a convenience variable, or part of one */
	VALUE_OPTIMIZED_OUT,
};

/* What values ask of the world.  The session fills it in, tests a fake. */
struct value_world {
	void *ctx;
	struct type_pool *pool;
	struct memory memory;
	struct error *(*write)(void *ctx, taddr addr, const void *data,
	                       size_t len);
	/* A register of the selected frame, by name without `$`: bytes, and the
	 * type that it has. */
	struct error *(*write_reg)(void *ctx, const struct frame *frame,
	                           unsigned reg, const void *data,
	                           size_t len);
	/* Appends "<main+4>" for an address, as gdb does; may add nothing. */
	void (*describe)(void *ctx, taddr addr, struct buf *text);
	/* True: the user wants to break off. */
	bool (*interrupted)(void *ctx);
};

struct value;

struct value *value_ref(struct value *v);
void value_unref(struct value *v);    /* NULL is fine */
void value_unref_ptr(struct value **v);
#define AUTO_VALUE CLEANUP(value_unref_ptr)

/* New ones.  WORLD and types are borrowed. */
struct value *value_of_integer(const struct value_world *w,
                               const struct type *t, uint64_t n);
struct value *value_of_float(const struct value_world *w,
                             const struct type *t, long double f);
struct value *value_of_bytes(const struct value_world *w,
                             const struct type *t, const void *data);
struct value *value_of_string(const struct value_world *w, const char *data,
                              size_t len);
struct value *value_in_memory(const struct value_world *w,
                              const struct type *t, taddr addr);
/* A variable at LOCATION in FRAME (NULL: none is needed). */
struct value *value_at_location(const struct value_world *w,
                                const struct type *t,
                                const struct location *location,
                                const struct location_context *context,
                                const struct frame *frame);

const struct type *value_type(const struct value *v);
enum value_place value_place(const struct value *v);
/* False: it has no address. */
bool value_address(const struct value *v, taddr *addr);
/* The bytes, type_size of them; the value's.  Errors: memory that can't be
 * read, optimised out, larger than `max-value-size`. */
struct error *value_bytes(struct value *v, const uint8_t **data) MUST_CHECK;
/* Integers, pointers, enums, bools, floats (cut). */
struct error *value_as_integer(struct value *v, uint64_t *n) MUST_CHECK;
struct error *value_as_float(struct value *v, long double *f) MUST_CHECK;
struct error *value_as_bool(struct value *v, bool *truth) MUST_CHECK;

/* How values are shown: `set print ...` and /FMT. */
struct value_style {
	char format;             /* 0: as the type has it; x d u o t a c f s z */
	bool pretty;             /* set print pretty */
	bool addresses;          /* set print address */
	bool symbols;            /* set print symbol */
	bool unions;             /* set print union */
	bool array_indexes;      /* set print array-indexes */
	bool null_stop;          /* set print null-stop */
	unsigned elements;       /* set print elements: 200; 0: no limit */
	unsigned repeats;        /* set print repeats: 10 */
	unsigned depth;          /* set print max-depth: 20 */
	bool summary;            /* as in backtraces: scalars only */
};
extern const struct value_style value_style_default;

/*
 * Appends V as gdb's `print` shows it behind "$1 = ".  Strings of the tracee
 * are escaped.  Where a part can't be read the text has "<error: ...>" in its
 * place, as gdb has it, and it is no error; where the whole can't, it is one.
 */
struct error *value_print(struct value *v, const struct value_style *style,
                          struct buf *text) MUST_CHECK;

#endif
