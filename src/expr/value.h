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

struct value;
struct location_context;

enum value_place {
	VALUE_NOWHERE,        /* computed */
	VALUE_IN_MEMORY,
	VALUE_IN_REGISTER,    /* of a frame */
	VALUE_IN_PIECES,
	VALUE_IN_VARIABLE,    /* a convenience variable, or part of one */
	VALUE_OPTIMIZED_OUT,
};

/*
 * What values ask of the world.  The session fills it in, tests a fake; there
 * is one for all values, so it must outlive them.  All but POOL may be NULL.
 */
struct value_world {
	void *ctx;
	struct type_pool *pool;
	struct memory memory;
	struct error *(*write)(void *ctx, taddr addr, const void *data,
	                       size_t len);
	/* Register REG (DWARF's number) of a frame. */
	struct error *(*write_reg)(void *ctx, const struct frame *frame,
	                           unsigned reg, const void *data,
	                           size_t len);
	/* The register called NAME (without its `$`) of the selected frame. */
	struct error *(*write_named)(void *ctx, const char *name,
	                             const void *data, size_t len);
	/* `$NAME = V`. */
	struct error *(*write_variable)(void *ctx, const char *name,
	                                struct value *v);
	/* Appends "<main+4>" for an address, as gdb does; may add nothing. */
	void (*describe)(void *ctx, taddr addr, struct buf *text);
	/*
	 * Calls the function at ADDR of type FUNCTION in the tracee; *RESULT
	 * is new.  NULL: nothing can be called.
	 */
	struct error *(*call_function)(void *ctx, taddr addr,
	                               const struct type *function,
	                               struct value *const *args, size_t count,
	                               struct value **result);
	/* The static member NAME of the type called CLASS, new; NULL: it
	 * is nowhere. */
	struct value *(*static_member)(void *ctx, const char *class_name,
	                               const char *name);
	/* What the synthetic pointer PIECE of FRAME points at, new. */
	struct error *(*follow_synthetic)(void *ctx, const struct frame *frame,
	                                  const struct location_piece *piece,
	                                  struct value **target);
	/* T with the length that it has now: see debug_resolve_type. */
	const struct type *(*resolve_type)(void *ctx, const struct type *t);
	/* Where the symbol of that (mangled) name is; false: nowhere. */
	bool (*symbol_address)(void *ctx, const char *name, taddr *addr);
	/* The C++ class called NAME; NULL: there is none. */
	const struct type *(*find_class)(void *ctx, const char *name);
	/* Memory of the tracee for LEN bytes that scdb puts there (strings
	 * that need an address). */
	struct error *(*allocate)(void *ctx, size_t len, taddr *addr);
	/* Bytes that are read for one value; NULL or 0: VALUE_MAX_BYTES of
	 * value_impl.h. */
	uint64_t (*max_size)(void *ctx);
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
/* LEN bytes of text in elements of type T (NULL: char), which gets a NUL. */
struct value *value_of_text(const struct value_world *w, const struct type *t,
                            const char *data, size_t len);
struct value *value_in_memory(const struct value_world *w,
                              const struct type *t, taddr addr);
/* A variable at LOCATION in FRAME (NULL: none is needed). */
struct value *value_at_location(const struct value_world *w,
                                const struct type *t,
                                const struct location *location,
                                const struct location_context *context,
                                const struct frame *frame);

/* What there is of nothing: `$never_set`, the result of a void function. */
struct value *value_void(const struct value_world *w);
/* A register by its name, that can be assigned to; NAME is copied. */
struct value *value_in_register(const struct value_world *w,
                                const struct type *t, const char *name,
                                const void *data);
/* What `$NAME` holds, so that it can be assigned to. */
struct value *value_of_variable(struct value *v, const char *name);
/*
 * V for keeping: read whole, and bound to no frame.  Where it can't be read
 * it stays as it is.
 */
struct value *value_keep(struct value *v);

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
bool value_is_void(const struct value *v);
/* A pointer to what has no storage, though its value may be known. */
bool value_is_synthetic(const struct value *v);
/* The address that V stands for beside numbers: of an array or a function
 * where it stands, of all else its value. */
struct error *value_as_address(struct value *v, taddr *addr) MUST_CHECK;
const struct value_world *value_world(const struct value *v);

/* Parts; each gives a new value. */
struct error *value_member(struct value *v, const struct type_member *m,
                           struct value **part) MUST_CHECK;
/* The member called NAME, in anonymous members and bases too. */
struct error *value_find_member(struct value *v, const char *name,
                                struct value **part) MUST_CHECK;
/* Element INDEX (gdb does not look whether it is one) of an array. */
struct error *value_element(struct value *v, int64_t index,
                            struct value **part) MUST_CHECK;
/* What a pointer, a reference, or (an address) an integer points at. */
struct error *value_deref(struct value *v, struct value **target) MUST_CHECK;
struct error *value_address_of(struct value *v,
                               struct value **pointer) MUST_CHECK;
/* COUNT values like V, one behind the other: V@COUNT. */
struct error *value_repeat(struct value *v, int64_t count,
                           struct value **array) MUST_CHECK;

/* Classes of C++: value_class.c. */
/* A T that stands OFFSET bytes behind where V, in memory, does. */
struct value *value_at_offset(struct value *v, const struct type *t,
                              int64_t offset);
/* V as its base class called NAME (perhaps without its namespaces). */
struct error *value_as_base(struct value *v, const char *name,
                            struct value **part) MUST_CHECK;
/* The pointer to the member or method NAME of CLASS; *MADE stays NULL where
 * there is none. */
struct error *value_member_pointer(const struct value_world *w,
                                   const struct type *class, const char *name,
                                   struct value **made) MUST_CHECK;
/* V.*POINTER; of a method *OBJECT is what it is called for. */
struct error *value_by_member_pointer(struct value *v, struct value *pointer,
                                      struct value **object,
                                      struct value **part) MUST_CHECK;
/* Where the method M of V, an object, begins; VIRTUAL: the one that V has of
 * its own in the place of M. */
struct error *value_method_address(struct value *v, const struct type_method *m,
                                   bool is_virtual, taddr *addr) MUST_CHECK;
enum value_cast_kind { CAST_C, CAST_STATIC, CAST_REINTERPRET, CAST_CONST,
	CAST_DYNAMIC };
struct error *value_cast_cplus(struct value *v, const struct type *to,
                               enum value_cast_kind kind,
                               struct value **result) MUST_CHECK;

/* Conversions and operators, as C and gdb have them; results are new. */
struct error *value_cast(struct value *v, const struct type *to,
                         struct value **result) MUST_CHECK;
/* Stores FROM, converted, where TO stands; *RESULT is TO as it is then. */
struct error *value_assign(struct value *to, struct value *from,
                           struct value **result) MUST_CHECK;
enum value_op {
	VALUE_ADD, VALUE_SUBTRACT, VALUE_MULTIPLY, VALUE_DIVIDE, VALUE_REST,
	VALUE_SHL, VALUE_SHR, VALUE_AND, VALUE_OR, VALUE_XOR,
	VALUE_EQ, VALUE_NE, VALUE_LT, VALUE_LE, VALUE_GT, VALUE_GE,
	/* with one operand */
	VALUE_NEGATE, VALUE_PLUS, VALUE_NOT, VALUE_COMPLEMENT,
};
struct error *value_unary(enum value_op op, struct value *v,
                          struct value **result) MUST_CHECK;
struct error *value_binary(enum value_op op, struct value *a, struct value *b,
                           struct value **result) MUST_CHECK;
/* The text that a char array or char pointer holds, up to its NUL; at most
 * MAX bytes. */
struct error *value_text(struct value *v, size_t max,
                         struct buf *text) MUST_CHECK;

/* How values are shown: `set print ...` and /FMT. */
/* Whose way it is shown in. */
enum value_language { VALUE_AS_ITS_TYPE, VALUE_AS_C, VALUE_AS_RUST };
struct value_style {
	enum value_language language;
	char format;             /* 0: as the type has it; x d u o t a c
	                          * f s z */
	bool pretty;             /* set print pretty */
	bool arrays;             /* set print array */
	bool static_members;     /* set print static-members */
	bool addresses;          /* set print address */
	bool symbols;            /* set print symbol */
	bool unions;             /* set print union */
	bool array_indexes;      /* set print array-indexes */
	bool null_stop;          /* set print null-stop */
	bool utf8;               /* the terminal shows more than ASCII */
	unsigned elements;       /* set print elements: 200; 0: no limit */
	unsigned repeats;        /* set print repeats: 10; 0: no limit */
	int depth;               /* set print max-depth: 20; -1: no limit */
	bool summary;            /* as in backtraces: scalars only */
};
extern const struct value_style value_style_default;

/* An element, of a Rust slice too; *PART NULL: V has none. */
struct error *value_indexed(struct value *v, int64_t index,
                            struct value **part) MUST_CHECK;

/*
 * Appends V as gdb's `print` shows it behind "$1 = ".  Strings of the tracee
 * are escaped.  Where a part can't be read the text has "<error: ...>" in its
 * place, as gdb has it, and it is no error; where the whole can't, it is one.
 */
struct error *value_print(struct value *v, const struct value_style *style,
                          struct buf *text) MUST_CHECK;
/* The same without the type in front of a pointer: as a member is shown. */
struct error *value_print_bare(struct value *v,
                               const struct value_style *style,
                               struct buf *text) MUST_CHECK;

#endif
