/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmds/thread_tree.h: threads as a tree: a process stands as its first thread,
 * below which are its other ones and the processes that it made.
 */
#ifndef SCDB_CMDS_THREAD_TREE_H
#define SCDB_CMDS_THREAD_TREE_H

#include "session/session.h"

/* The process that P stands below, if scdb has it; else NULL. */
const struct process *thread_tree_parent(const struct target *target,
                                         const struct process *p);
/* FN gets each thread, and the lines that are drawn before its name. */
void thread_tree_each(struct session *s,
                      void (*fn)(struct session *s, const struct thread *t,
                                 const char *lines));

#endif
