/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * expr/expr.h: C expressions, compiled once and evaluated at every stop.
 *
 * Values are 64-bit integers, signed or unsigned, and strings.  Operators and
 * their precedence are C's:
 *
 *	?:  ||  &&  |  ^  &  == != ~ =~  < <= > >=  << >>  + -  * / %
 *	and before a value: - + ! ~
 *
 * Binary `~` matches the string on its left against a glob (fnmatch(3), `*`
 * matches slashes too, a NUL in the string counts as byte 1), `=~` searches it
 * for a POSIX extended regular expression without back-references.  The
 * pattern is a string literal.
 *
 * Values: 10 0x1f 017 0b11 with C's suffixes u and l; 'c'; "text" with C's
 * escapes (a NUL in it counts); $register; NAME or NAME.FIELD, which a scope
 * resolves.  Integers have C's conversions with one width, 64 bits: where one
 * side is unsigned both are.  What C leaves undefined is defined here: signed
 * arithmetic wraps around, >> of a negative number keeps the sign.  Division
 * by zero and shifts by less than 0 or more than 63 are errors.
 *
 * Strings compare as bytes, the shorter one first where it is the start of the
 * other.  A name with a string behind a pointer (a path argument) is that
 * string beside a string and for ~ and =~; everywhere else it is its pointer,
 * unsigned: `pathname == 0` asks for NULL.  A string literal is never a number.
 *
 * Errors are one line and say where: `unknown name "pathnam" at column 4; did
 * you mean pathname?`.  Columns count characters from 1.  Kinds: USAGE for
 * what is wrong with the text and for arithmetic that can't be done, NOT_FOUND
 * for unknown names and registers, and whatever a scope or an environment
 * returns.
 */
#ifndef SCDB_EXPR_EXPR_H
#define SCDB_EXPR_EXPR_H

#include "base/error.h"
#include "base/types.h"

#include <stdbool.h>

enum {
	EXPR_MAX_TEXT = 64 * 1024, /* bytes of an expression */
	EXPR_MAX_NESTING = 1200,   /* parentheses, unary operators, ?: */
	EXPR_MAX_NAME = 255,       /* bytes of a name */
};

struct type;
struct value;
struct value_world;

enum expr_type { EXPR_INT, EXPR_UINT, EXPR_STRING };

struct expr_value {
	enum expr_type type;
	union {
		int64_t i;
		uint64_t u;
		struct {
			const char *data; /* not NUL-terminated */
			size_t len;
		} s;
	};
};

/* What a name stands for; a scope fills it in when the text is compiled. */
enum expr_ref_kind {
	EXPR_REF_NONE,     /* there is no such name */
	EXPR_REF_SLOT,     /* asked of the environment at every evaluation */
	EXPR_REF_CONSTANT, /* VALUE, for ever; a string's bytes are copied */
};

/* What asking for a slot's number costs: conditions ask for what is dear late. */
enum expr_cost {
	EXPR_AT_HAND,
	EXPR_DEAR,         /* memory of the tracee is read, as for strings */
	EXPR_DEAREST,      /* its stack is unwound */
};

struct expr_ref {
	enum expr_ref_kind kind;
	/*
	 * Of a slot: INT or UINT, or STRING for a pointer to a string.  Of a
	 * constant: unused, VALUE has its own.
	 */
	enum expr_type type;
	enum expr_cost cost;
	/* Of type STRING: that alone, no pointer. */
	bool is_text;
	/* What the scope tells the environment; nobody else looks at these.
	 * DATA is borrowed and must outlive the expression. */
	unsigned slot;
	const void *data;
	struct expr_value value;
	/*
	 * Of a variable of the program: its bits, at most 64 (0: it is none),
	 * and of what type it is.  One of less than 64 bits is an INT.
	 */
	uint8_t bits;
	bool zero_extended;  /* it is unsigned in the program */
	bool is_pointer;
};

/*
 * What a name of the program stands for: not KNOWN: nothing.  DATA is the
 * scope's, for the environment's `symbol`; the expression lets go of it by
 * DESTROY (which may be NULL).
 */
struct expr_symbol {
	bool known;
	void *data;
	void (*destroy)(void *data);
};

/* What names mean.  Any function may be NULL: no such names, then. */
struct expr_scope {
	void *ctx;
	/*
	 * There are typed expressions: variables of the program, pointers,
	 * members, casts, floating point, assignments.  The environment then
	 * has what they need.
	 */
	bool typed;
	/* An expression that the machine can't do just as C would is refused,
	 * ERROR_UNSUPPORTED: there is another way to evaluate it. */
	bool exact;
	/*
	 * NAME is an identifier, or identifiers joined by dots (fd.path).  REF
	 * comes with kind NONE: left so, the parser reports an unknown name.
	 * An error is for what is more to say; its message gets the column.
	 */
	struct error *(*name)(void *ctx, const char *name,
	                      struct expr_ref *ref);
	/* The same for a register; NAME comes without the `$`. */
	struct error *(*reg)(void *ctx, const char *name,
	                     struct expr_ref *ref);
	/* The same as `name`, for what is asked only where there is no
	 * `symbol`. */
	struct error *(*late)(void *ctx, const char *name,
	                      struct expr_ref *ref);
	/*
	 * A variable, constant, function or other symbol of the program, for
	 * names that `name` does not know: `x`, `ns::x`, `FILE::x` (FILE
	 * perhaps with dots), `FUNCTION::x`.
	 */
	struct error *(*symbol)(void *ctx, const char *name,
	                        struct expr_symbol *symbol);
	/* Whether the environment has something for a `$NAME` that `reg` does
	 * not know; a register among them, for what is typed. */
	bool (*dollar)(void *ctx, const char *name);
	/* Of what the environment's `function` knows: how many arguments NAME
	 * takes; or false. */
	bool (*function)(void *ctx, const char *name, size_t *least,
	                 size_t *most);
	/* A type of the program or C's own.  TAG: 0, or the first letter of
	 * struct, union, enum, class. NULL: there is none. */
	const struct type *(*type)(void *ctx, char tag, const char *name);
	/* Whether the code where the names are looked up is C++: true and
	 * false are there, and comparisons have the type bool. */
	bool (*is_cplus)(void *ctx);
	const struct value_world *world;
	/*
	 * Calls FN with every name, registers with their `$`: what "did you
	 * mean" chooses from.
	 */
	void (*each)(void *ctx, void (*fn)(void *arg, const char *name),
	             void *arg);
};

/* Where values come from at an evaluation. */
struct expr_env {
	void *ctx;
	struct error_room *room;       /* for errors of values; or NULL */
	/*
	 * The value of REF: the string itself where AS_STRING (only for refs
	 * of type STRING), else a number, which is the pointer for a ref of
	 * type STRING.  A string's bytes must stay until the evaluation is
	 * over, and where its result may be a string, until the caller has
	 * used that.  An error ends the evaluation.
	 */
	struct error *(*get)(void *ctx, const struct expr_ref *ref,
	                     bool as_string, struct expr_value *value);
	/* For typed expressions; results are new. */
	const struct value_world *world;
	struct error *(*symbol)(void *ctx, const struct expr_symbol *symbol,
	                        struct value **value);
	/*
	 * Calls FN for each function that SYMBOL may mean.  *OBJECT: it is a
	 * method of that, which is new, instead.  May be NULL.
	 */
	struct error *(*functions)(void *ctx, const struct expr_symbol *symbol,
	                           void (*fn)(void *arg, const struct type *t,
	                                      taddr addr),
	                           void *arg, struct value **object);
	/* What `this` points at; stays NULL where there is none. */
	struct error *(*object)(void *ctx, struct value **object);
	/* `$NAME`: registers, variables, what was printed; void where it was
	 * never set. */
	struct error *(*dollar)(void *ctx, const char *name,
	                        struct value **value);
	/* Functions that the environment knows and expr does not: *VALUE stays
	 * NULL where it is none. */
	struct error *(*function)(void *ctx, const char *name,
	                          struct value *const *args, size_t count,
	                          struct value **value);
};

struct expr;

/*
 * Compiles the whole of TEXT.  *EXPR is the caller's to destroy; untouched on
 * error.  SCOPE is not needed afterwards; NULL: no names at all.
 */
struct error *expr_compile(const char *text, const struct expr_scope *scope,
                           struct expr **expr) MUST_CHECK;
/*
 * The same for what is to be true or false: refuses a string literal, which is
 * neither, so that expr_eval_bool can fail no more for that.
 */
struct error *expr_compile_bool(const char *text,
                                const struct expr_scope *scope,
                                struct expr **expr) MUST_CHECK;
/*
 * Compiles the longest expression that TEXT begins with.  It ends before the
 * first word or sign that can't go on with it: `5 buf="x"` ends before buf,
 * `fd == 3 when 2` before when.  *END is the offset of that word (the blanks
 * before it are skipped), or of the end; the caller decides whether what is
 * there may follow.  Both are untouched on error.
 */
struct error *expr_compile_prefix(const char *text,
                                  const struct expr_scope *scope,
                                  struct expr **expr, size_t *end) MUST_CHECK;
/*
 * For expr_eval_value: with C's types, and `$NAME` that was never set is void.
 * TYPES: it may be a type (ptype, whatis); expr_named_type is that one then.
 * *END as with expr_compile_prefix where it is not NULL: a comma ends it too.
 */
struct error *expr_compile_value(const char *text,
                                 const struct expr_scope *scope, bool types,
                                 size_t *end, struct expr **expr) MUST_CHECK;
const struct type *expr_named_type(const struct expr *e);
/* Whether it is one name alone (of a variable, an argument); else NULL. */
const char *expr_single_name(const struct expr *e);
/* NULL is fine. */
void expr_destroy(struct expr *e);

/* The text it was compiled from, without blanks around it. */
const char *expr_text(const struct expr *e);
/* The type that expr_eval's value will have. */
enum expr_type expr_type(const struct expr *e);
/* Whether it is the same always, so that its evaluation asks nobody. */
bool expr_is_constant(const struct expr *e);

/* Whether it has typed values in it, so that ENV needs more than `get`. */
bool expr_is_typed(const struct expr *e);

/*
 * Evaluates.  ENV may be NULL for a constant.  Integer expressions allocate
 * nothing (a glob may, in proportion to its string).  Errors: the
 * environment's; division by zero, shifts.  *VALUE is untouched then.  A
 * string belongs to E or to ENV.
 */
struct error *expr_eval(const struct expr *e, const struct expr_env *env,
                        struct expr_value *value) MUST_CHECK;
/*
 * The same as a number, INT or UINT: a name with a string gives its pointer.
 * ERROR_USAGE for other strings.
 */
struct error *expr_eval_number(const struct expr *e,
                               const struct expr_env *env,
                               struct expr_value *value) MUST_CHECK;
/* Whether the number is not 0. */
struct error *expr_eval_bool(const struct expr *e, const struct expr_env *env,
                             bool *truth) MUST_CHECK;

/*
 * The typed value of what expr_compile_value made.  QUIET: only its type is
 * wanted, so that nothing is assigned and nothing called.
 */
struct error *expr_eval_value(const struct expr *e, const struct expr_env *env,
                              bool quiet, struct value **value) MUST_CHECK;

/*
 * TEXT as one integer in C's syntax, with any sign before it and blanks around
 * it: INT from INT64_MIN to INT64_MAX, UINT above and with the suffix u.
 */
struct error *expr_parse_integer(const char *text,
                                 struct expr_value *value) MUST_CHECK;

#endif
