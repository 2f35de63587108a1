/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * symbols/debug.h: what DWARF knows of functions, variables, types and lines.
 *
 * A `struct debug_die` is a handle: an entry of one file's debug information.
 * It stays good as long as `struct symbols` lives.  Handles are values; one
 * whose INFO is NULL is none.
 *
 * DWARF is read by units: only those that a question is about, by address
 * (.debug_aranges, or each unit's ranges, once) and by name (an index that is
 * built once, over the units' top entries).
 */
#ifndef SCDB_SYMBOLS_DEBUG_H
#define SCDB_SYMBOLS_DEBUG_H

#include "symbols/image.h"
#include "symbols/location.h"
#include "symbols/type.h"

/* A function, or an inlined copy of one, that an address lies in. */
struct debug_function {
	struct debug_die die;     /* subprogram or inlined_subroutine */
	const char *name;         /* as people read it: "ns::f"; NULL: none */
	const char *linkage_name; /* NULL: none */
	bool inlined;
	taddr low, high;          /* the range that holds the address */
	taddr entry;              /* its first instruction */
	const char *call_file;    /* of an inlined one: called from there */
	unsigned call_line;
	const struct module *module;
};

/*
 * The functions that PC lies in: inlined ones first, innermost first, the real
 * one last.  At most MAX; returns how many; 0 without debug information.
 */
size_t debug_functions_at(struct image *image, taddr pc,
                          struct debug_function *functions, size_t max);
/* The name without arguments; C's own where the code has another in it
 * ("__GI_raise"). */
const char *debug_function_plain_name(const struct debug_function *f);
/*
 * Functions called NAME (C++: the last part, or qualified), with all places
 * that they have, inlined copies too where INLINED.
 */
void debug_functions_named(struct image *image, const char *name, bool inlined,
                           bool (*fn)(void *ctx,
                                      const struct debug_function *f),
                           void *ctx);
/*
 * Those called NAME that have code, what is most likely meant first: of the unit
 * that PC is in, with external linkage, as they come.  Some may come twice.
 */
void debug_functions_meant(struct image *image, taddr pc, const char *name,
                           bool (*fn)(void *ctx,
                                      const struct debug_function *f),
                           void *ctx);

struct debug_variable {
	struct debug_die die;
	const char *name;
	const struct type *type;
	bool is_argument;
	bool is_constant;         /* an enumerator, or DW_AT_const_value */
	bool is_local;            /* the function's own, which was asked about */
	bool is_distant;          /* static, and of another file than PC's */
	unsigned line;            /* declared there; 0: not known */
	unsigned depth;           /* of its block in the function; 0: outermost */
	const struct module *module;
};

/*
 * Arguments, or locals, of FUNCTION that are in scope at PC, innermost block
 * first and within it in the order of the source (gdb's `info locals`).
 */
void debug_variables_of(struct image *image,
                        const struct debug_function *function, taddr pc,
                        bool arguments,
                        bool (*fn)(void *ctx, const struct debug_variable *v),
                        void *ctx);
/*
 * The variable that NAME stands for at PC in FUNCTION (NULL: nowhere): a local
 * one, then of the file, then a global one of the module, then of any other
 * module.  FILE (NULL: any) is FILE::name.  An enumerator counts as a variable.
 */
bool debug_variable_find(struct image *image,
                         const struct debug_function *function, taddr pc,
                         const char *file, const char *name,
                         struct debug_variable *v);
/* A static variable of the function called FUNCTION: FUNCTION::name. */
bool debug_static_find(struct image *image, const char *function,
                       const char *name, struct debug_variable *v);
/* What DIE of MODULE is, as a variable: the target of a LOCATION_POINTER. */
bool debug_variable_of(const struct debug_die *die,
                       const struct module *module,
                       struct debug_variable *v);
/* The type of a function: `p main` shows it. */
const struct type *debug_function_type(const struct debug_function *f);

/* TAG: 0 any, else 's', 'u', 'e' for struct (and class), union, enum.  MODULE
 * NULL: none is preferred. */
const struct type *debug_type_find(struct image *image,
                                   const struct module *module, char tag,
                                   const char *name);
/*
 * What files declare, for `info types`, `info functions`, `info variables`:
 * TEXT is the declaration as gdb has it in such lists, made only for those whose
 * NAME passes WANTED.
 */
struct debug_declaration {
	const char *name;
	const char *text;         /* "static int f(int);" */
	const char *file;
	unsigned line;            /* 0: not said */
	bool is_static;           /* of its file; gdb lists them last */
};
enum debug_what { DEBUG_TYPES, DEBUG_FUNCTIONS, DEBUG_VARIABLES };
void debug_each_declaration(struct image *image, enum debug_what what,
                            bool (*wanted)(void *ctx, const char *name),
                            bool (*fn)(void *ctx,
                                       const struct debug_declaration *d),
                            void *ctx);
/* Whether debug information knows a function or variable that begins at ADDR,
 * so that its symbol is no news. */
bool debug_knows(struct image *image, taddr addr, bool code);
/* Types with a name, as they come. */
void debug_each_type(struct image *image,
                     bool (*fn)(void *ctx, const struct type *t,
                                const char *file, unsigned line),
                     void *ctx);

/*
 * What DWARF expressions ask of a frame.  All of the frame that the variable
 * belongs to; functions may fail where the frame can't say.
 */
struct location_context {
	void *ctx;
	struct image *image;
	taddr pc;                 /* for look-ups: of a caller one less */
	/* Bytes of register REG (DWARF number); false: not known. */
	bool (*reg)(void *ctx, unsigned reg, uint8_t data[REG_MAX_BYTES],
	            size_t *len);
	bool (*cfa)(void *ctx, taddr *cfa);
	/* The context of the caller's frame, for entry values; NULL: none. */
	const struct location_context *(*caller)(void *ctx);
	/* The address of OFFSET in MODULE's thread-local block. */
	struct error *(*tls)(void *ctx, const struct module *module,
	                     uint64_t offset, taddr *addr);
};

/*
 * Where V is.  CONTEXT is NULL for what needs no frame.  Not an error: that it
 * is optimised out.  ERROR_UNSUPPORTED, ERROR_FAULT and so on are why it can't
 * be said.
 */
struct error *debug_locate(const struct debug_variable *v,
                           const struct debug_function *function,
                           const struct location_context *context,
                           struct location *location) MUST_CHECK;

/*
 * What the parameter V was when the function of CONTEXT (around an inlined copy)
 * was called, by what the caller passed; false: not known.
 */
bool debug_locate_entry(const struct debug_variable *v,
                        const struct location_context *context,
                        struct location *location);

/*
 * T, where it is an array whose length only the program knows, with the length
 * that it has in CONTEXT, made of POOL's types; else, or where that can't be
 * told, T itself.
 */
const struct type *debug_resolve_type(const struct type *t,
                                      struct type_pool *pool,
                                      const struct module *module,
                                      const struct location_context *context);

/*
 * Appends in gdb's words where V is ("a variable in $rax", "static storage at
 * address 0x4010"), in all of its function: `info scope`, `info address`.
 */
void debug_describe_location(const struct debug_variable *v, struct buf *text);
/* All of F's code, in the order of the file; at most MAX; how many. */
struct debug_range { taddr low, high; };
size_t debug_ranges_of(struct image *image, const struct debug_function *f,
                       struct debug_range *ranges, size_t max);

/* A row of the line table. */
struct source_line {
	const char *file;         /* as the compiler named it */
	const char *directory;    /* of the compilation; NULL: not said */
	const char *path;         /* both joined */
	unsigned line, column;    /* line 0: of no line */
	taddr start, end;         /* addresses of this row */
	bool is_statement;
	const struct module *module;
};

/* The line that PC belongs to; false: not known. */
bool debug_line_at(struct image *image, taddr pc, struct source_line *line);
/*
 * The places that FILE:LINE stands for, one for each copy of the code: where
 * the line has none, the next that has.  FILE: any suffix of the path, on
 * whole names.  The line that was taken is in the row.
 */
void debug_places_of_line(struct image *image, const char *file, unsigned line,
                          bool (*fn)(void *ctx, const struct source_line *l),
                          void *ctx);
/*
 * For each file called FILE, in each unit that has code of it: where LINE, or
 * else the next line with code, begins first.  START is END where there is no
 * such line; LINE is 0 where none behind it has code.
 */
void debug_line_starts(struct image *image, const char *file, unsigned line,
                       bool (*fn)(void *ctx, const struct source_line *l),
                       void *ctx);
/*
 * Files called FILE, each path once, whether they have code or not: only FILE,
 * DIRECTORY, PATH and MODULE are filled in.
 */
void debug_files_named(struct image *image, const char *file,
                       bool (*fn)(void *ctx, const struct source_line *l),
                       void *ctx);
/* All rows that lie in [LOW, HIGH), ascending: disassemble/s, info line. */
void debug_each_line(struct image *image, taddr low, taddr high,
                     bool (*fn)(void *ctx, const struct source_line *l),
                     void *ctx);
/* The address behind the prologue of the function that begins at ENTRY. */
taddr debug_skip_prologue(struct image *image, taddr entry);
/* Every source file's path, once a module: completion, `info sources`. */
void debug_each_source(struct image *image,
                       bool (*fn)(void *ctx, const struct module *m,
                                  const char *path), void *ctx);

/* About the unit that PC is in: `info source`. */
struct debug_unit_info {
	const char *name, *directory, *producer;
	unsigned language;        /* DW_LANG_* */
	unsigned version;         /* of DWARF */
};
bool debug_unit_at(struct image *image, taddr pc,
                   struct debug_unit_info *unit);
bool debug_language_is_cplus(unsigned language);
bool debug_language_is_rust(unsigned language);

#endif
