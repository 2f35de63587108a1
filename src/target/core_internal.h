/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target/core_internal.h: what the files about cores share. */
#ifndef SCDB_TARGET_CORE_INTERNAL_H
#define SCDB_TARGET_CORE_INTERNAL_H

#include "target/core.h"
#include "target/coredump_note.h"

#include <time.h>

enum {
	CORE_MAX_SEGMENTS = 1 << 19, /* as many program headers are looked at */
	CORE_MAX_THREADS = 1 << 16,
	CORE_MAX_NOTES = 1 << 20,
	CORE_AUXV_MAX = 4096,        /* bytes that are kept */
	CORE_FILES_MAX = 32 << 20,   /* of NT_FILE */
	CORE_OPEN_FILES = 16,        /* mapped files held open at once */
	CORE_PAGE = 4096,
};

/* A PT_LOAD.  They are ascending and do not overlap. */
struct core_segment {
	taddr addr;
	uint64_t size;
	uint64_t offset;     /* in the core */
	uint64_t dumped;     /* bytes that it is said to have there ... */
	uint64_t present;    /* ... and that are there */
	unsigned flags;      /* PF_* */
	enum coredump_reason reason; /* why nothing was dumped */
};

/* An entry of NT_FILE.  The same holds. */
struct core_mapping {
	taddr start, end;
	uint64_t offset;     /* in the file, bytes */
	unsigned file;       /* index */
};

enum file_state { FILE_UNKNOWN, FILE_SAME, FILE_CHANGED, FILE_GONE };

/* A file that was mapped. */
struct core_file {
	const char *name;    /* in core.names */
	char *instead;       /* where it is now; NULL: at its name */
	enum file_state state;
	taddr header;        /* where its first byte was mapped */
	bool has_header, has_code;
	int fd;              /* -1: not open */
};

struct core_thread {
	pid_t tid;
	int signal;
	char name[16];       /* "": not told */
	struct arch_regs regs;
	uint64_t xstate_at;
	unsigned xstate_len; /* 0: none */
	bool has_siginfo;
	siginfo_t siginfo;
};

struct core {
	char *path;
	int fd;
	uint64_t file_size;
	struct timespec changed;
	unsigned machine;    /* EM_* */
	bool wide;           /* ELFCLASS64 */
	uint64_t missing;
	VEC(struct core_segment) segments;
	VEC(struct core_mapping) mappings;
	VEC(struct core_file) files;
	char *names;         /* NT_FILE's content */
	VEC(struct core_thread) threads;
	VEC(struct coredump_name) thread_names;
	uint8_t auxv[CORE_AUXV_MAX];
	size_t auxv_len;
	struct arch_xstate_part layout[ARCH_XSTATE_PARTS];
	size_t layout_count; /* 0: the core does not say */
	struct proc_status status;
	bool has_status;
	char name[17];
	char command[81];
	unsigned notes;      /* that were looked at */
	unsigned open_files; /* the next of which to be closed */
	unsigned opened[CORE_OPEN_FILES]; /* index + 1; 0: none */
	int program;         /* index of its file; -1: not known */
};

/* As much as there is, from 0 to LEN. */
size_t core_pread(int fd, void *data, size_t len, uint64_t offset);

/* core_notes.c: one PT_NOTE. */
void core_take_notes(struct core *core, uint64_t offset, uint64_t size);
/* Puts in order what the notes said. */
void core_end_notes(struct core *core);

/* core_regs.c */
/* NT_PRSTATUS; false: it is no such thing. */
bool core_take_status(const struct core *core, const uint8_t *desc, size_t len,
                      struct core_thread *t);
void core_take_psinfo(struct core *core, const uint8_t *desc, size_t len);
/* NT_SIGINFO; that of 32-bit programs as 64-bit ones have it. */
void core_take_siginfo(const struct core *core, const uint8_t *desc,
                       size_t len, struct core_thread *t);
/* NT_386_TLS */
void core_take_tls(const uint8_t *desc, size_t len, struct core_thread *t);

/* core_memory.c */
/* What was dumped, alone. */
size_t core_read_dumped(const struct core *core, taddr addr, void *data,
                        size_t len);
/* The index of what holds ADDR, or -1. */
int core_segment_at(const struct core *core, taddr addr);
int core_mapping_at(const struct core *core, taddr addr);

/* core_files.c */
/* A descriptor that stays the core's; -1: it is not what was mapped. */
int core_file_fd(struct core *core, unsigned file);
void core_close_files(struct core *core);

/* core_build_id.c */
enum { BUILD_ID_MAX = 64 };
struct build_id {
	size_t len;
	uint8_t data[BUILD_ID_MAX];
};
/* READ gives bytes by their offset in an ELF file. */
typedef size_t (*build_id_reader)(void *ctx, uint64_t offset, void *data,
                                  size_t len);
bool build_id_find(build_id_reader read, void *ctx, struct build_id *id);

#endif
