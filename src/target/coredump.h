/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/coredump.h: what a core file says of a process, asked of the kernel.
 * Notes are put behind what a buffer holds, in the order of the kernel's own
 * core files; target/coredump_note.h makes their bytes.
 */
#ifndef SCDB_TARGET_COREDUMP_H
#define SCDB_TARGET_COREDUMP_H

#include "base/buf.h"
#include "target/procfs.h"
#include "target/target.h"

/*
 * Those of THREAD, which is stopped: general registers, then SHARED (the
 * process's notes; NULL: this is not the first thread), floating point, extended
 * state, and whatever else the machine has.  ABI is the process's.  SIGNAL: what
 * the process is said to stand at.
 */
struct error *coredump_thread_notes(struct thread *thread, enum abi abi,
                                    int signal, const struct buf *shared,
                                    struct buf *notes) MUST_CHECK;
/*
 * Those of the process: NT_PRPSINFO, the siginfo of its first THREAD, NT_AUXV,
 * and NT_FILE by MAPS.
 */
struct error *coredump_process_notes(struct thread *thread, enum abi abi,
                                     const proc_map_vec *maps,
                                     struct buf *notes) MUST_CHECK;
/* What stands behind those of all threads: how extended state is laid out. */
void coredump_last_notes(struct buf *notes);
/* A struct coredump_name of T. */
void coredump_name_add(const struct thread *t, struct buf *names);

#endif
