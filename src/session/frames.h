/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/frames.h: the frames of stopped threads.
 *
 * A thread's backtrace is made at the first question after a stop.  It lives
 * until the thread goes on, or its registers or its memory are written; then
 * all pointers into it are bad, and the next question makes a new one.  So ask
 * again after anything that may write.
 *
 * Each thread has a selected frame, 0 until another was chosen at this stop.
 */
#ifndef SCDB_SESSION_FRAMES_H
#define SCDB_SESSION_FRAMES_H

#include "session/session.h"
#include "symbols/unwind.h"

/* All that T has, settings aside. */
struct error *session_backtrace(struct session *s, struct thread *t,
                                struct backtrace **backtrace) MUST_CHECK;
/* Where OFFSET of MODULE's thread-local block is for T. */
struct error *session_tls_address(struct thread *t,
                                  const struct module *module,
                                  uint64_t offset, taddr *addr) MUST_CHECK;
/*
 * As far as `set backtrace` lets one see; NULL: there is none so far out, or
 * the thread is not stopped.
 */
const struct frame *session_frame_at(struct session *s, struct thread *t,
                                     unsigned level);
/* Why no frame follows the last one, or NULL. */
const char *session_frames_end(struct session *s, struct thread *t);
/* The selected one of the current thread; NULL: it is not stopped. */
const struct frame *session_frame(struct session *s);
/* ... of T. */
const struct frame *session_frame_of(struct session *s, struct thread *t);
/* False: there is no such frame. */
bool session_frame_select(struct session *s, unsigned level);
/* T stopped where an inlined function begins, since that was asked for. */
void frames_enter_inlined(struct thread *t, bool entered);
/* Frame 0 is the selected one again. */
void frames_unselect(struct thread *t);

/* The name of F's function as gdb shows it, or NULL; good until the next one
 * is asked for.  T is F's thread. */
const char *session_frame_name(struct session *s, struct thread *t,
                               const struct frame *f);

/*
 * F's one line, as gdb has it, in a record "frame": session/show_frame.c.
 * FULL: with its local variables below.
 */
void show_frame(struct session *s, struct thread *t, const struct frame *f,
                bool full);

/* The same without number and pc: "main (argc=1) at a.c:3". */
void show_frame_place(struct session *s, struct thread *t,
                      const struct frame *f);

/*
 * Who made the call that T is in, session/caller.c: the innermost frame outside
 * the C library and the dynamic loader, or else in these; NULL: that can't be
 * told.  It is in a file.
 */
const struct frame *caller_find(struct session *s, struct thread *t);
/* ", called from main+27 (prog)": that outside; nothing where there is none. */
void show_caller(struct session *s, struct thread *t);

/*
 * F's arguments, or its local variables: session/show_vars.c.  Arguments as
 * "x=1, p=0x0" in a list "arguments"; locals a line each, in a list "locals".
 * False: it has none.  F must have debug information.
 */
bool show_arguments(struct session *s, struct thread *t,
                    const struct frame *f);
bool show_locals(struct session *s, struct thread *t, const struct frame *f,
                 bool arguments, unsigned indent);

/* F is a FRAME_DUMMY of T: T is put back as it was before the call. */
struct error *session_leave_call(struct thread *t,
                                 const struct frame *f) MUST_CHECK;

/* A register of F; *KNOWN false: it was not saved.  T is F's thread. */
struct error *session_frame_reg(struct thread *t, const struct frame *f,
                                const struct arch_reg *reg, uint64_t *value,
                                bool *known) MUST_CHECK;
/* Writes it: to the thread, or to where the function that F called keeps it. */
struct error *session_frame_set_reg(struct thread *t, const struct frame *f,
                                    const struct arch_reg *reg,
                                    uint64_t value) MUST_CHECK;

#endif
