/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/memory.h: what the rest of the room needs of target/memory.c.
 *
 * A process's memory is reached through any live thread of it (a leader that
 * exited has none): a short range by /proc/TID/mem; many pieces, or a long
 * range, by process_vm_readv/writev, as far as their pages are there, and what
 * those refuse (no access, or a write to a private read-only page) by
 * /proc/TID/mem again; PTRACE_PEEKDATA/POKEDATA of a stopped thread where the
 * kernel forbids that too.
 *
 * Writes are forced, as a debugger's are: they reach read-only private pages,
 * and break their sharing with the file.  Shared read-only mappings and the
 * vsyscall page stay as they are (EFAULT).
 *
 * A page of a userfaultfd range (`um` in VmFlags of /proc/PID/smaps) that was
 * not served yet is reported as unreadable: process_vm_readv would wait, killable
 * only, for a thread that scdb itself has stopped.
 */
#ifndef SCDB_TARGET_MEMORY_H
#define SCDB_TARGET_MEMORY_H

#include "target/target.h"

/* Fills in PROCESS->memory and says that nothing is open. */
void process_memory_init(struct process *process);
/*
 * Forgets what is open: at an exec (a descriptor of /proc/PID/mem belongs to
 * the memory that was) and at the end.
 */
void process_memory_reset(struct process *process);

#endif
