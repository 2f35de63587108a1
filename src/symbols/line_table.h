/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * symbols/line_table.h: line tables, for the files of this room.
 *
 *	struct line_index   of one file: its units with code, by address
 *	struct line_unit    a unit's name and directory, and its line table:
 *	                    header and rows are read when first asked for
 *	struct line_row     an address from which on a line holds
 *
 * libdw can decode line programs too, but sorts the rows so that what stood
 * behind the end of a sequence can't be told from what was before it, and must
 * read all rows of a unit to tell its files.
 */
#ifndef SCDB_SYMBOLS_LINE_TABLE_H
#define SCDB_SYMBOLS_LINE_TABLE_H

#include "symbols/internal.h"

/* Bytes of a section, read from the front; BAD: something was not there. */
struct line_cursor {
	const uint8_t *at, *end;
	bool bad;
};

/* The section's bytes, decompressed; all zero: none. */
struct line_cursor dwarf_section(Elf *elf, const char *wanted);

struct line_sections {
	struct line_cursor line, line_str, str;
};

struct line_file {
	const char *name;         /* the section's */
	uint32_t directory;
	uint32_t same;            /* the first file with this path */
	const char *path, *shown; /* the index's; NULL: not yet */
};

struct line_row {
	taddr addr;               /* of the debug information */
	uint32_t line;
	uint32_t file;            /* index into the unit's files */
	uint16_t column;
	bool is_statement;
	bool end;                 /* no line holds from here on */
};

struct line_header {
	struct line_cursor program;
	unsigned version;
	unsigned address_size;
	unsigned min_insn;
	bool is_statement;        /* at first */
	int line_base;
	unsigned line_range, opcode_base;
	const uint8_t *opcode_lengths;
	VEC(const char *) directories;
	VEC(struct line_file) files;
};

struct line_unit {
	uint64_t die;             /* offset of the unit's DIE */
	uint64_t program;         /* DW_AT_stmt_list */
	const char *name, *directory, *producer; /* or NULL */
	bool has_header, has_rows; /* were looked for */
	bool loclists_known, has_loclists;
	struct line_header header;
	VEC(struct line_row) rows; /* ascending */
};

struct line_range {
	taddr low, high;
	uint32_t unit;
};

struct line_index {
	struct line_sections sections;
	VEC(struct line_unit) units;
	VEC(struct line_range) ranges; /* ascending */
	struct line_string **strings;  /* a hash table */
	size_t string_count;
	size_t row_count;              /* of all units: bounded */
};

/* line_program.c */
/* False: not to be understood. */
bool line_header_read(const struct line_sections *s, uint64_t offset,
                      struct line_header *h);
void line_header_deinit(struct line_header *h);
/* Adds rows to UNIT; MAX of them at most. */
void line_program_run(struct line_unit *unit, size_t max);

/* line_index.c */
/* NULL: no line information. */
struct line_index *line_index_of(struct debug_info *info);
/* The unit whose code ADDR (of the debug information) is; NULL: none. */
struct line_unit *line_unit_at(struct line_index *index, taddr addr);
/* Reads what was not read yet. */
void line_unit_need_files(struct line_index *index, struct line_unit *unit);
void line_unit_need_rows(struct line_index *index, struct line_unit *unit);
/* The path of FILE, whole; and as the compiler named it. */
const char *line_file_path(struct line_index *index, struct line_unit *unit,
                           uint32_t file);
const char *line_file_shown(struct line_index *index, struct line_unit *unit,
                            uint32_t file);

/* line_block.c */
/*
 * The innermost block of UNIT that ADDR is in, as an offset; 0: none.  Blocks
 * are functions, inlined copies, and what has names of its own in them.
 * FUNCTION (may be NULL): the whole function's DIE.
 */
uint64_t line_block_at(struct debug_info *info, const struct line_unit *unit,
                       taddr addr, Dwarf_Die *function);
/* Whether a variable of UNIT has a location list: optimised code by gcc. */
bool line_unit_has_loclists(struct debug_info *info, struct line_unit *unit);

/* line.c */
/* The index of the row that ADDR belongs to; -1: none. */
long line_row_at(const struct line_unit *unit, taddr addr);
/* Where the row's addresses end. */
taddr line_row_end(const struct line_unit *unit, size_t row);
void line_fill(const struct module *m, struct line_index *index,
               struct line_unit *unit, size_t row, struct source_line *line);
/* The index and the unit of PC; NULL: none. */
struct line_unit *line_unit_of_pc(struct image *image, taddr pc,
                                  const struct module **m,
                                  struct line_index **index, taddr *addr);

#endif
