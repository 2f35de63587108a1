/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * symbols/image.h: the files that a process has mapped, and their symbols.
 *
 *	struct symbols       all files that were opened, by identity; one for
 *	                     the whole session, shared by its processes
 *	struct symbol_file   one ELF file, with what its debug file adds
 *	struct image         what one process has mapped: modules in ascending
 *	                     order, and where from to read its memory
 *	struct module        a symbol_file at a place in an image
 *
 * Everything is read when it is first asked for, and no sooner: an image that
 * nobody asks costs a flag at each stop (image_changed).  Pointers to modules
 * and files live as long as the image, and strings that came from a file as
 * long as `struct symbols`: a file that is unmapped leaves its module marked
 * as gone, and it is not found by address any more.
 *
 * Files, names and tables are hostile: whatever they say is bounded and
 * checked, and names are escaped by whoever shows them.
 */
#ifndef SCDB_SYMBOLS_IMAGE_H
#define SCDB_SYMBOLS_IMAGE_H

#include "base/error.h"
#include "base/memory.h"
#include "base/types.h"

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

struct symbols;
struct symbol_file;
struct image;

/* A mapping of a process; NAME is "" where it has none, and borrowed. */
struct image_mapping {
	taddr start, end;
	uint64_t offset;
	uint64_t device, inode; /* inode 0: no file */
	bool executable;
	bool deleted;
	const char *name;       /* a path, "[vdso]", ... */
};

/* Where an image learns of its process; the session fills it in. */
struct image_source {
	void *ctx;
	struct memory memory;
	uint8_t word;           /* bytes of a pointer: 8 or 4 */
	/* Calls FN for every mapping, ascending. */
	struct error *(*mappings)(void *ctx,
	                          void (*fn)(void *arg,
	                                     const struct image_mapping *m),
	                          void *arg);
	/* A descriptor (the caller closes it) of the very file that is mapped
	 * there, whatever its name now stands for; -1 where there is none. */
	int (*open)(void *ctx, const struct image_mapping *m);
	/* The same for a file beside it: a path as the process sees it. */
	int (*open_path)(void *ctx, const char *path);
	/* A value of the auxiliary vector (AT_*); false: there is none. */
	bool (*auxv)(void *ctx, uint64_t type, uint64_t *value);
	/* The process's id in its own namespace, for perf-PID.map. */
	int pid;
};

struct module {
	struct symbol_file *file;
	const char *name;       /* the path, or "[vdso]" */
	taddr low, high;        /* from the first mapping to the last one's end */
	taddr bias;             /* address in the process - address in the file */
	bool gone;              /* not mapped any more */
	struct image *image;
};

struct symbols *symbols_create(void);
void symbols_destroy(struct symbols *s);

/* What a download of debug information asks and tells.  Any may be NULL. */
struct symbols_hooks {
	void *ctx;
	/* Whether debuginfod may be asked at all. */
	bool (*may_download)(void *ctx);
	/* PATH's debug information comes; TOTAL 0: not known; at the end DONE
	 * is SIZE_MAX: it is over, as it may be. */
	void (*progress)(void *ctx, const char *path, uint64_t done,
	                 uint64_t total);
	/* True breaks it off. */
	bool (*interrupted)(void *ctx);
};
void symbols_set_hooks(struct symbols *s, const struct symbols_hooks *hooks);
#define SYMBOLS_DEBUG_DIRECTORY "/usr/lib/debug"
/* Where debug files are, with colons between; it is copied. */
void symbols_set_debug_directory(struct symbols *s, const char *directories);
/* What was not found is looked for again: other places may be allowed now. */
void symbols_look_again(struct symbols *s);

/* SOURCE is copied; what its ctx points at must outlive the image. */
struct image *image_create(struct symbols *s,
                           const struct image_source *source);
/*
 * What FD, which it takes, would be if it ran: a program or library where it
 * was linked, its memory what the file has.  NULL: it is no such file.
 */
struct image *image_of_file(struct symbols *s, int fd, const char *path);
bool image_is_of_file(const struct image *image, dev_t device, ino_t inode,
                      struct timespec changed);
void image_destroy(struct image *image);
/* The process ran: its mappings and what hangs on them are looked at anew at
 * the next question.  REPLACED: it runs another program (exec). */
void image_changed(struct image *image, bool replaced);
/* Another program may have another: bytes of a pointer. */
void image_set_word(struct image *image, uint8_t word);
const struct memory *image_memory(const struct image *image);
uint8_t image_word(const struct image *image);
struct symbols *image_symbols(const struct image *image);

/* The module that ADDR is in; NULL: none. */
const struct module *image_module_at(struct image *image, taddr addr);
/* In the order in which names are looked for (the program first, then the
 * order of loading); until FN returns false. */
void image_each_module(struct image *image,
                       bool (*fn)(void *ctx, const struct module *m),
                       void *ctx);
/*
 * Where the dynamic linker passes each time that its list of modules is about
 * to change, or has changed; false: there is no linker, or it does not say.
 */
bool image_linker_break(struct image *image, taddr *addr);
/* Whether that list is whole now. */
bool image_linker_is_done(struct image *image);
/* NULL: none is mapped.  The program itself, not the dynamic linker. */
const struct module *image_main_module(struct image *image);
/* Where in the file's own bytes ADDR is; false: in none of them. */
bool module_file_offset(const struct module *m, taddr addr, uint64_t *offset);
/*
 * Where OFFSET of M's thread-local block is for the thread whose thread pointer
 * (fs_base, on i386 gs_base) is TP.  ERROR_REFUSED: the thread has none (yet).
 */
struct error *module_tls_address(const struct module *m, taddr tp,
                                 uint64_t offset, taddr *addr) MUST_CHECK;
/* A section of M's file as it is loaded. */
struct module_section {
	const char *name;
	taddr low, high;
	bool code;
};
void module_each_section(const struct module *m,
                         bool (*fn)(void *ctx, const struct module_section *s),
                         void *ctx);
/* The one that ADDR is in; false: none. */
bool module_section_at(const struct module *m, taddr addr,
                       struct module_section *section);
/* Where it begins to run; "elf64-x86-64". */
taddr module_entry(const struct module *m);
const char *module_file_type(const struct module *m);
/* Whether there is debug information, in a file of its own or not. */
bool module_has_debug(const struct module *m);
/* Whether that costs little to ask: it is in the module's own file, or has been
 * read already. */
bool module_debug_is_near(const struct module *m);
/* Whether it is on this machine: nothing is downloaded to learn that. */
bool module_debug_is_here(const struct module *m);
/* Whether there are names for more than what others link to. */
bool module_has_symbols(const struct module *m);
/* The last part of the path. */
const char *module_short_name(const struct module *m);

enum symbol_kind {
	SYMBOL_FUNCTION,
	SYMBOL_OBJECT,
	SYMBOL_TLS,         /* addr is an offset into the thread's block */
	SYMBOL_IFUNC,       /* addr is the resolver's */
	SYMBOL_OTHER,
};

struct symbol {
	const char *name;       /* as in the file (mangled), without @VERSION */
	const char *version;    /* "GLIBC_2.34"; NULL: none */
	bool default_version;   /* name@@VERSION */
	taddr addr;             /* in the process */
	uint64_t size;          /* 0: not said */
	enum symbol_kind kind;
	bool global, weak;
	bool in_code;           /* its section is one of code */
	const struct module *module;
};

/*
 * The symbol that ADDR is in: the one whose range holds it; else the nearest
 * below it in the same section if its size is not said (what lies between two
 * ranges belongs to none).  Of several at one place functions before others,
 * with a size before without, global before local, few underscores in front
 * before many.  False: none.
 */
bool image_symbol_at(struct image *image, taddr addr, struct symbol *symbol);
/*
 * Calls FN for each symbol called NAME, best first, until it returns false.
 * MODULE NULL: of all modules in order.  NAME may be followed by @VERSION, and
 * NAME@plt is a PLT entry.  Where no file has such a name it is one of C++ or
 * Rust as people write it: "ns::f", "f(int)", "f" for all of the overloaded.
 */
void image_symbols_named(struct image *image, const struct module *module,
                         const char *name,
                         bool (*fn)(void *ctx, const struct symbol *s),
                         void *ctx);
/* Every symbol of a module, by address. */
void image_each_symbol(struct image *image, const struct module *module,
                       bool (*fn)(void *ctx, const struct symbol *s),
                       void *ctx);
/* Its PLT entries, as NAME@plt. */
void image_each_plt(const struct module *module,
                    bool (*fn)(void *ctx, const struct symbol *s), void *ctx);
/*
 * Calls FN for at most MOST names that begin with PREFIX (not "") as they are
 * in the files, or, where it has :: in it, as people read them.  A name may come
 * more than once.
 */
void image_names_beginning(struct image *image, const char *prefix,
                           size_t most,
                           void (*fn)(void *ctx, const char *name), void *ctx);
/* No language has such names; a hostile file may. */
bool name_has_control(const char *name);
/* NAME as people read it (C++, Rust); new, or NULL where it is not mangled. */
char *symbol_demangle(const char *name);
/* The same without the type of the result that a template's name begins with. */
char *symbol_demangle_function(const char *name);

/*
 * Appends "<main+4>", "<puts@got>" or what else is known of ADDR; nothing
 * where nothing is.  In gdb's form.  FUNCTIONS_ONLY: as before code.
 */
struct buf;
void image_describe(struct image *image, taddr addr, struct buf *text);

#endif
