/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * symbols/symtab.h: the symbols of one file, straight from its tables.
 *
 * A symbol is a number in its file: that of its entry, counted on over the
 * tables where there are two (.dynsym, and what mini debug information adds).
 * Nothing is copied; two indices are made when they are needed, by address
 * (table.c) and by name (names.c).
 */
#ifndef SCDB_SYMBOLS_SYMTAB_H
#define SCDB_SYMBOLS_SYMTAB_H

#include "base/map.h"
#include "symbols/internal.h"

/* One .symtab or .dynsym.  All bytes are the file's. */
struct symbol_table {
	struct symbol_file *file;
	const uint8_t *entries;
	uint32_t count;
	bool is64;
	bool dynamic;             /* versions stand in VERSIONS; else in names */
	const char *names;
	size_t names_len;         /* the last of them is NUL; or 0 */
	const uint8_t *versions;  /* 16 bits an entry; NULL: none */
	const uint8_t *definitions; /* of versions; NULL: none */
	size_t definitions_len;
	const uint8_t *needs;     /* versions of other files; NULL: none */
	size_t needs_len;
	const char **version_names; /* by number; NULL: not made yet */
	unsigned version_count;
	int64_t shift;            /* to be added to values: a debug file's */
};

struct raw_symbol {
	const char *name;
	uint64_t value, size;
	uint8_t type, bind;       /* STT_*, STB_* */
	uint16_t section;         /* SHN_* or a number */
};

/* By address: table.c. */
struct placed_symbol {
	uint64_t addr;
	uint32_t size;            /* at most; UINT32_MAX: that or more */
	uint32_t number;
};

enum { SYMBOL_TABLES = 2 };

struct file_symbols {
	struct symbol_file *file; /* whose addresses they have */
	struct symbol_table tables[SYMBOL_TABLES];
	unsigned table_count;
	uint32_t count;           /* of all tables */
	struct placed_symbol *placed;
	size_t placed_count;
	bool is_placed;
	/* By name: chains of numbers (+ 1) below heads. */
	uint32_t *heads, *next, *hashes;
	uint32_t mask;            /* of heads: their number - 1 */
	unsigned asked;           /* for names, so far */
	struct map cut;           /* names without their versions, by number */
	struct file_symbols *older; /* of the same file; NULL: none */
};

/* symtab.c */
/* F's, with what its debug file has; never NULL. */
struct file_symbols *file_symbols(struct symbol_file *f, struct image *image);
/* False: no such number, or an entry that stands for nothing here. */
bool symbol_raw(const struct file_symbols *s, uint32_t number,
                struct raw_symbol *raw);
/* Whether it is defined in this file, and no section's or source's name. */
bool symbol_is_defined(const struct raw_symbol *raw);
/* ... and at an address. */
bool symbol_has_place(const struct raw_symbol *raw);
/* Everything of symbol NUMBER as a part of MODULE. */
bool symbol_fill(struct file_symbols *s, uint32_t number,
                 const struct module *module, struct symbol *symbol);

/* dynamic.c: the table that the dynamic linker uses, by PT_DYNAMIC. */
bool dynamic_table(struct symbol_file *f, struct symbol_table *t);

/* version.c: the version of entry INDEX of T, a dynamic table. */
void version_fill(struct symbol_table *t, uint32_t index,
                  struct symbol *symbol);

/* The table of a section; false: it does not hold what it says. */
bool table_of_section(struct symbol_file *f,
                      const struct file_section *section,
                      struct symbol_table *t);
/* INDEX is below T's count. */
void table_raw(const struct symbol_table *t, uint32_t index,
               struct raw_symbol *raw);

/* plt.c */
bool plt_symbol_at(const struct module *m, uint64_t addr,
                   struct symbol *symbol);
/* NAME NULL: all.  False: FN has had enough. */
bool plt_each_named(const struct module *m, const char *name,
                    bool (*fn)(void *ctx, const struct symbol *s), void *ctx);

/* table.c */
/* ADDR of the file; false: none. */
bool table_find(struct file_symbols *s, uint64_t addr, uint32_t *number);
void table_need(struct file_symbols *s);

/* qualified.c: a name as people write it. */
struct qualified_name {
	const char *name;
	size_t len;
	bool qualified;           /* there is :: in it */
	bool has_params;
	char part[512];           /* what a mangled one must have in it */
};
/* False: NAME, which is borrowed, can be none. */
bool qualified_init(struct qualified_name *q, const char *name);
bool qualified_matches(const struct qualified_name *q, const char *mangled);

/* names.c */
/* Calls FN for those whose name, without a version, is the LEN bytes at NAME,
 * in the tables' order. */
void names_find(struct file_symbols *s, const char *name, size_t len,
                bool (*fn)(void *ctx, uint32_t number), void *ctx);
/* How long NAME is without its @VERSION. */
size_t name_bare_len(const char *name);

#endif
