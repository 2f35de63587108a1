/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/core.h: core files, as processes that stand for ever.
 *
 *	core_open       looks a file through: headers, notes, what is mapped
 *	target_add_core makes a process of it, whose threads are STOPPED, their
 *	                registers read; process.core says that it is one
 *
 * Memory is the file's, read when it is asked for, and where a page was not
 * dumped that of the file that was mapped there, if it still is the same: by
 * its build-id, else by its time.  Nothing can be written, and nothing runs.
 *
 * A core is hostile: every place and size in it is checked against the file.
 */
#ifndef SCDB_TARGET_CORE_H
#define SCDB_TARGET_CORE_H

#include "target/procfs.h"
#include "target/target.h"

struct core;

/* Says what is wrong with a file that is no core that can be looked at. */
struct error *core_open(const char *path, struct core **core) MUST_CHECK;
/* NULL is fine. */
void core_destroy(struct core *core);
/* Takes CORE; the process is its owner. */
struct process *target_add_core(struct target *target, struct core *core);
/*
 * TARGET does not know P, a core, until it is put back: another process may have
 * the ids of its threads meanwhile.  Or it is detached.
 */
void target_set_aside(struct process *p);
void target_put_back(struct process *p);

/* What a live process can do and a core can't: the refusal. */
struct error *core_refusal(void) MUST_CHECK;
/* ... of a change. */
struct error *core_refusal_to_change(void) MUST_CHECK;

const char *core_path(const struct core *core);
/* Of the program's own code. */
enum abi core_abi(const struct core *core);
/* The arguments as the kernel kept them (80 bytes), or the name; "": none. */
const char *core_command(const struct core *core);
/* comm of the process, and of its thread T; "" where it is not said. */
const char *core_name(const struct core *core);
const char *core_thread_name(const struct core *core, const struct thread *t);
/* Of /proc/PID/status, what is known: state, ids. */
void core_status(const struct core *core, struct proc_status *status);
/* Why it was made: 0 where no signal did it. */
int core_signal(const struct core *core);
/* What of the file is not there, in bytes: it was cut off. */
uint64_t core_missing(const struct core *core);
/* The auxiliary vector, its end too, until FN returns false. */
void core_each_auxv(const struct core *core,
                    bool (*fn)(void *ctx, uint64_t type, uint64_t value),
                    void *ctx);

/* Mappings as /proc/PID/maps has them; inode is of core_open_file, permissions
 * that are not known are "????". */
struct error *core_maps(const struct core *core, proc_map_vec *maps) MUST_CHECK;
/* Those of P, which may be a core or not. */
struct error *process_maps(const struct process *p,
                           proc_map_vec *maps) MUST_CHECK;
/* Puts into TEXT why the memory at ADDR is CORE_LACKING; nothing where that is
 * not known. */
void core_lacking(struct core *core, taddr addr, struct buf *text);
/* Where the bytes at ADDR come from. */
enum core_origin {
	CORE_DUMPED,  /* the core */
	CORE_MAPPED,  /* the file that was mapped there */
	CORE_ZEROED,  /* memory that was never written */
	CORE_LACKING, /* not dumped, and no such file any more */
};
enum core_origin core_origin(struct core *core, taddr addr);
/* The same, and how many bytes from there on, at most *LEN; what the core has as
 * a hole of its file is CORE_ZEROED. */
enum core_origin core_extent(struct core *core, taddr addr, uint64_t *len);

/*
 * The file with number INODE of core_maps, if it still is what was mapped: a
 * descriptor, which the caller closes; or -1.
 */
int core_open_file(struct core *core, uint64_t inode);
/* The program's name as it was mapped; NULL: not known. */
const char *core_program(const struct core *core);
/* What is known of the file at PATH as the program of CORE. */
enum core_match { CORE_SAME, CORE_OTHER, CORE_UNKNOWN, CORE_UNREADABLE };
enum core_match core_match_program(struct core *core, const char *path);
/* PATH, wherever it was before, is the program's file. */
void core_set_program(struct core *core, const char *path);
/* Calls FN for each file with code in it that is not what was mapped. */
void core_each_changed(struct core *core,
                       void (*fn)(void *ctx, const char *name, bool gone),
                       void *ctx);

/* Reads the front of LEN bytes; *ERRNUM says why it was not all. */
size_t core_read(struct core *core, taddr addr, void *data, size_t len,
                 int *errnum);
/* T's vector registers: new.  NULL: the core has none. */
struct arch_xstate *core_xstate(const struct core *core,
                                const struct thread *t);
/* What its stop was about; false: the core does not say. */
bool core_siginfo(const struct core *core, const struct thread *t,
                  siginfo_t *info);

#endif
