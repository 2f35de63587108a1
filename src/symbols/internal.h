/* SPDX-License-Identifier: GPL-3.0-or-later */
/* symbols/internal.h: what the files of this room share. */
#ifndef SCDB_SYMBOLS_INTERNAL_H
#define SCDB_SYMBOLS_INTERNAL_H

#include "base/map.h"
#include "base/vec.h"
#include "symbols/debug.h"
#include "symbols/image.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <gelf.h>
#include <time.h>

struct file_symbols;  /* symtab.c: a file's symbols */
struct file_plt;      /* plt.c: the entries of its procedure linkage table */
struct file_cfi;      /* unwind_cfi.c: its call frame information */

/*
 * A file is mapped whole; where it can't be had, BYTES is a copy of what the
 * process has of it.  A page of zeros follows, and pages that vanish from
 * under a mapping become zeros (guard.c): a string always ends somewhere.
 */
struct symbol_file {
	struct symbols *symbols;
	uint64_t device, inode;   /* inode 0: no file (the vDSO) */
	struct timespec changed;  /* of that inode, when it was opened */
	char *path;               /* as first mapped */
	const uint8_t *bytes;
	size_t len;
	size_t mapped;            /* bytes to unmap; 0: BYTES is our copy */
	Elf *elf;                 /* NULL: not an ELF file, or not to be read */
	bool is64;
	bool loaded;              /* a copy of what a process has loaded: there
	                           * are no section headers */
	taddr loaded_bias;        /* where: the linker put it into pointers */
	bool separate_looked_for; /* on this machine */
	bool download_tried;
	struct symbol_file *separate; /* the debug file; NULL: none */
	bool debug_looked_for;
	struct debug_info *debug; /* NULL: none (or not looked for yet) */
	struct file_symbols *all; /* with what its debug file has */
	struct file_symbols *older; /* ... as they were without it */
	struct file_plt *plt;
	struct file_cfi *cfi;     /* NULL: not looked for yet */
};

/*
 * Who knows more of the types that it made than their members say; the
 * functions get such a type, never another.
 */
struct type_source {
	const struct type *(*target)(const struct type *t);
	const struct type_member *(*members)(const struct type *t,
	                                     size_t *count);
	const struct type_enumerator *(*enumerators)(const struct type *t,
	                                             size_t *count);
	const struct type_member *(*discriminant)(const struct type *t);
	/* Of an incomplete one; NULL: found nowhere. */
	const struct type *(*definition)(const struct type *t);
	/* Methods, and types that are defined in it, for ptype; may be NULL. */
	const struct type_extra *(*extra)(const struct type *t);
};

/* What only C++ has in its classes. */
struct type_argument {
	const char *name;
	const struct type *type;
	uint8_t access;            /* of a typedef; 0 as the kind has it */
};

struct type_extra {
	const struct type_method *methods;
	size_t method_count;
	const struct type_argument *typedefs;
	size_t typedef_count;
	const struct type_argument *templates;  /* type parameters */
	size_t template_count;
};

/* section.c */
struct file_section {
	const uint8_t *data;      /* NULL: has no bytes in the file */
	size_t size;              /* of DATA */
	GElf_Shdr header;
	unsigned index;
};
/* False: there is none of that name. */
bool file_section(const struct symbol_file *f, const char *name,
                  struct file_section *section);
/* The first of a type (SHT_*). */
bool file_section_of(const struct symbol_file *f, uint32_t type,
                     struct file_section *section);
bool file_section_number(const struct symbol_file *f, size_t index,
                         struct file_section *section);
/* The allocated section that ADDR, of the file, is in. */
bool file_section_at(const struct symbol_file *f, taddr addr,
                     struct file_section *section);
/* "" where it has none. */
const char *file_section_name(const struct symbol_file *f,
                              const struct file_section *section);
/* Calls FN for each program header of TYPE, until it returns false. */
void file_each_segment(const struct symbol_file *f, uint32_t type,
                       bool (*fn)(void *ctx, const GElf_Phdr *ph), void *ctx);
/* Bytes at ADDR, of the file, as far as its segment has some: NULL: none. */
const uint8_t *file_at(const struct symbol_file *f, taddr addr, size_t *len);
/* At most 64 bytes; 0: none. */
size_t file_build_id(const struct symbol_file *f, uint8_t id[64]);

/* plt.c.  NULL is fine. */
void plt_destroy(struct file_plt *plt);
/* symtab.c.  NULL is fine. */
void file_symbols_destroy(struct file_symbols *s);
/* They are made anew at the next question: there is a debug file now. */
void file_symbols_renew(struct symbol_file *f);

/* separate.c: F's debug file; NULL: none.  DOWNLOAD: debuginfod is asked. */
struct symbol_file *file_separate(struct symbol_file *f, struct image *image,
                                  bool download);
/* What is added to an address of the debug file. */
int64_t file_separate_bias(const struct symbol_file *f);
/* The file that dwz put what several share into; DEBUG is its user. */
struct symbol_file *file_alternate(struct symbol_file *debug,
                                   struct image *image);
/* Small debug information: a file of its own inside .gnu_debugdata. */
struct symbol_file *file_mini(struct symbol_file *f);
/* download.c: a descriptor, or -1. */
int debuginfod_download(const struct symbol_file *f, const uint8_t *id,
                        size_t len);

/* guard.c: see there.  Once a process. */
void guard_install(void);

/* Names that types have inside a class; the innermost first. */
struct type_names {
	const struct type_names *outer;
	bool are_typedefs;         /* else parameters of a template */
	const struct type_argument *list;
	size_t count;
};

/* type_name.c: parts of types as C writes them. */
struct type_writer {
	struct buf *text;
	const struct type_names *names;
	bool resolve;              /* typedefs are followed */
};
void type_write(const struct type *t, const char *name,
                struct type_writer *w);
/* The name alone, without `struct`. */
void type_write_name(const struct type *t, struct type_writer *w);
/* As type_name, but what has no name is written out. */
void type_declare(const struct type *t, const char *name, struct buf *text);
/* What all pointers, arrays, functions of T are made of; *Q its qualifiers. */
const struct type *type_base(const struct type *t, unsigned *q,
                             struct type_writer *w);
/* ... and those, around NAME. */
void type_declarator(const struct type *t, const char *name, unsigned depth,
                     struct type_writer *w);
void type_qualifiers(unsigned q, bool before, bool behind, bool cplus,
                     struct type_writer *w);
/* "long unsigned int" as gdb has it, "unsigned long"; others as they are. */
const char *type_normal_name(const char *name);
/* "struct", "enum"; NULL: T has no such word. */
const char *type_tag(const struct type *t);

/* Of one file: dwarf.c and its neighbours. */
struct debug_info {
	struct symbol_file *file;
	Dwarf *dwarf;
	Dwarf *alt;               /* what dwz took out of it; or NULL */
	/* Address in FILE - address in the debug file: 0 but where a prelinker
	 * moved one of them. */
	int64_t bias;
	struct unit_index *units;     /* by address and by name; NULL: not yet */
	struct type_source *types;    /* NULL: not yet */
	struct line_index *lines;     /* NULL: not yet */
	/* Further DWARF that this one leads to (.dwo files, what dwz made
	 * common): each with its own handles, found by part_of. */
	struct debug_info *root;      /* NULL: this is no part */
	VEC(struct debug_info *) parts;
};

/* What this room's files keep there, but for DWARF itself. */
void debug_info_deinit(struct debug_info *info);

/* NULL: none.  Looks for a separate debug file at the first call. */
struct debug_info *file_debug(struct symbol_file *f, struct image *image);
/* Address in the process, and in the debug information of M's file. */
static inline taddr module_to_debug(const struct module *m, taddr addr)
{
	return addr - m->bias - (uint64_t)(m->file->debug
	                                   ? m->file->debug->bias : 0);
}
static inline taddr module_from_debug(const struct module *m, taddr addr)
{
	return addr + m->bias + (uint64_t)(m->file->debug
	                                   ? m->file->debug->bias : 0);
}
/*
 * DWARF expressions: dwarf_expr.c.  What they need of a frame comes from
 * CONTEXT, a location_context whose `reg`, `cfa`, `image` (for its memory) and
 * `pc` are asked.  For call frame information CONTEXT and WORD are enough: the
 * rest is zero.
 */
struct expr_machine {
	const struct location_context *context; /* NULL: nothing but constants */
	const struct module *module;  /* adds its bias to DW_OP_addr; or NULL */
	unsigned word;                /* bytes of an address: 8 or 4 */
	struct debug_info *info;      /* of the expression's entry; or NULL */
	Dwarf_Attribute *attr;        /* where it stands; NULL: in CFI */
	unsigned depth;               /* of expressions run by expressions */
	unsigned steps;               /* done so far: bounded */
};
/*
 * Runs OPS, with INITIAL (may be NULL) on the stack, to the value on top:
 * DW_CFA_def_cfa_expression, DW_CFA_expression (an address),
 * DW_CFA_val_expression (a value).  ERROR_NOT_FOUND: a register that it needs
 * is not known.
 */
struct error *expr_value(struct expr_machine *m, const Dwarf_Op *ops,
                         size_t count, const uint64_t *initial,
                         uint64_t *value) MUST_CHECK;
/* The same to a location. */
struct error *expr_location(struct expr_machine *m, const Dwarf_Op *ops,
                            size_t count,
                            struct location *location) MUST_CHECK;

/* The DIE of a handle; false: there is none at that offset. */
bool debug_die_get(const struct debug_die *handle, Dwarf_Die *die);
struct debug_die debug_die_of(struct debug_info *info, Dwarf_Die *die);

/* line_index.c; NULL is fine. */
void line_index_destroy(struct line_index *index);
/* unwind_cfi.c; before the ELF and DWARF handles go. */
void file_cfi_destroy(struct symbol_file *f);

struct symbols {
	VEC(struct symbol_file *) files;
	char *debug_directories;          /* colons between */
	struct symbols_hooks hooks;
	VEC(char *) strings;              /* made for symbols: names without
	                                   * their versions, and such */
};
/* S, which it takes, lives as long as SYMBOLS. */
const char *symbols_keep(struct symbols *symbols, char *s);

struct module_list {
	struct module **items;
	size_t len, cap;
};

struct symbol_list {
	struct symbol *items;
	size_t len, cap;
};

struct image {
	struct symbols *symbols;
	struct image_source source;
	VEC(struct module *) modules;     /* ascending; gone ones at the end */
	size_t live;                      /* of them */
	VEC(struct module *) order;       /* the live ones, for names */
	struct module_list walked;        /* room for a walk, ... */
	struct symbol_list namesakes;     /* ... for names: not in use now */
	bool stale;                       /* the process ran */
	bool replaced;                    /* ... another program */
	bool fresh;                       /* the mappings were read since */
	taddr r_debug;                    /* of the dynamic linker; 0: none */
	uint64_t link_mark;               /* of its list; 0: none */
	struct perf_map *perf;            /* NULL: there was none yet */
	bool perf_known;                  /* since the process stands, ... */
	bool perf_there;                  /* ... and whether there is one */
};

/* linkmap.c */
/* False: there is a list, and it is as it was when the mappings were read. */
bool linkmap_changed(struct image *image);
/* Finds the list, and puts the modules into its order. */
void linkmap_read(struct image *image);
/* Where the linker's entry of M is; 0: it has none. */
taddr linkmap_of(struct image *image, const struct module *m);

/* loaded.c: what the process has of a file that can't be opened; NULL. */
struct symbol_file *file_from_memory(struct image *image,
                                     const struct image_mapping *m);
struct symbol_file *file_of_vdso(struct image *image,
                                 const struct image_mapping *m);

/* perf.c: what a JIT compiler wrote of its code. */
bool perf_symbol_at(struct image *image, taddr addr, struct symbol *symbol);
void perf_destroy(struct perf_map *perf);

/* Reads the mappings again where that is due. */
void image_refresh(struct image *image);

#endif
