/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/target.h: the processes and threads that scdb traces.
 *
 * The only room that knows ptrace.  It turns wait statuses into `struct stop`s,
 * resumes threads, and reads and writes their registers and memory.  It decides
 * nothing: what becomes of a stop is the session's matter.
 *
 * Everything is PTRACE_SEIZEd, launched and attached alike.  What threads,
 * processes and stops are, and who owns them: target/types.h.
 */
#ifndef SCDB_TARGET_TARGET_H
#define SCDB_TARGET_TARGET_H

#include "base/error.h"
#include "target/types.h"

/* Whether anybody can run while scdb spins: else that only steals time. */
bool target_has_processors(void);
/*
 * SIGCHLD must be blocked by the caller (main does it before anything else),
 * since a wait can't be polled on.
 */
struct error *target_create(struct target **target) MUST_CHECK;
/* Kills what was launched, lets go what was attached.  NULL is fine. */
void target_destroy(struct target *target);

/* Launching: all strings are borrowed. */
struct launch {
	const char *path;           /* as found: target_find_program */
	char *const *argv;
	char *const *envp;
	const char *cwd;            /* NULL: ours */
	const char *user;           /* NULL: ours; else root only */
	unsigned execs;             /* through a shell: 2; else 1 (0 is 1) */
	bool own_group;             /* setpgid(0, 0) */
	int stdout_fd;              /* -1: ours */
	/*
	 * The terminal that it gets as stdin, stdout and stderr, in a session
	 * of its own; -1: ours.
	 */
	int tty_fd;
	/* Set where that can't be its controlling terminal; or NULL. */
	bool *tty_refused;
	bool no_randomization;      /* of addresses: personality(2) */
	const sigset_t *mask;       /* its signal mask; NULL: empty */
	/* Called between fork and exec, in scdb, with the child's pid. */
	void (*before_exec)(void *ctx, pid_t pid);
	/*
	 * At the entry of each call that comes before the program, but for
	 * those before the exec of a shell.  NULL: nobody wants to see them.
	 */
	void (*at_entry)(void *ctx, struct thread *t);
	void *ctx;
};
/*
 * The path that execve will get: NAME with a slash as it is; else looked up in
 * PATH, then in the working directory.  The caller frees *PATH.
 */
struct error *target_find_program(const char *name, const char *cwd,
                                  char **path) MUST_CHECK;
/*
 * On success the process is stopped before its first instruction, its execve
 * finished.  Every exec failure is reported as that (errno in the error).
 */
struct error *target_launch(struct target *target, const struct launch *launch,
                            struct process **process) MUST_CHECK;
/*
 * All threads of PID.  On success all are stopped (a vfork parent and a dead
 * leader excepted) and their stops are queued.  On failure nothing of PID is
 * traced and the message says why and what would help.
 */
struct error *target_attach(struct target *target, pid_t pid,
                            struct process **process) MUST_CHECK;
/* Why PTRACE_SEIZE of PID gave ERRNUM: target/diagnose.c. */
struct error *target_diagnose(pid_t pid, int errnum) MUST_CHECK;
/*
 * All threads of the process must be stopped (or can't answer).  Each goes on
 * with the signal of its stop; one that is not to be passed on has been set to
 * 0 there.  The process is forgotten.
 */
void target_detach(struct process *process);
/* SIGKILL and reap; the process is forgotten, no stop is queued. */
void target_kill(struct process *process);

/*
 * Takes what the kernel has to say, without blocking, and queues it: all that
 * is pending, so that no thread starves.
 */
void target_collect(struct target *target);
/* The oldest queued stop, or NULL.  Its thread is no longer queued. */
struct stop *target_next(struct target *target);
bool target_has_queued(const struct target *target);
/* Puts a stop that was taken back to the end (front: the beginning). */
void target_requeue(struct thread *thread);
void target_unqueue(struct thread *thread);
/*
 * Waits until a stop may be had, FD can be read (where it is not -1), or
 * TIMEOUT_MS is over (-1: none).  In a stream of stops it polls briefly, then
 * sleeps.  Returns which of the two fds is readable as bits: 1 stops, 2 FDS.
 */
struct pollfd;
int target_sleep(struct target *target, struct pollfd *fds, size_t count,
                 int timeout_ms);
/*
 * The timer that ends a sleep in a stream runs no more: before anything else that
 * may block, since SIGALRM would break that off.
 */
void target_stop_ticking(struct target *target);

/*
 * SIGNAL is delivered (0: none); only where the thread is in a STOP_SIGNAL is
 * that PTRACE's own passing-on, with its siginfo; elsewhere by tgkill.
 * A thread that died meanwhile is no error: its death will be queued.
 */
void target_resume(struct thread *thread, enum resume_mode mode, int signal);
/*
 * The stopped thread's instruction was carried out for it: its stop is over, and
 * another one, with REASONS, is queued as if it had run.
 */
void target_moved(struct thread *thread, unsigned reasons);
/*
 * As target_resume, and waits for its next stop, at most LIMIT_MS, which is
 * queued.
 */
void target_resume_alone(struct thread *thread, enum resume_mode mode,
                         int limit_ms);
/* Leaves a group-stopped thread stopped, but lets SIGCONT wake it. */
void target_listen(struct thread *thread);
/* Asks a running thread to stop; its answer comes as some stop. */
void target_interrupt(struct thread *thread);
/*
 * Interrupts all running threads and waits until each has answered, is dead,
 * or can't answer (vfork parents), at most LIMIT_MS.  Their stops are queued.
 */
void target_stop_all(struct target *target, int limit_ms);
/* Frees a GONE thread, and its process with the last one. */
void target_forget(struct thread *thread);

/* Registers.  The thread must be stopped.  They are cached until it goes on. */
struct error *target_regs(struct thread *thread,
                          const struct arch_regs **regs) MUST_CHECK;
struct error *target_set_regs(struct thread *thread,
                              const struct arch_regs *regs) MUST_CHECK;
/*
 * One word by its offset in user_regs_struct: cheaper than the whole, but as
 * cheap as nothing once that was read.
 */
struct error *target_word(struct thread *thread, unsigned offset,
                          uint64_t *value) MUST_CHECK;
struct error *target_set_word(struct thread *thread, unsigned offset,
                              uint64_t value) MUST_CHECK;
/* Floating point and vectors: as XSAVE writes them; cached likewise. */
struct error *target_xstate(struct thread *thread,
                            const struct arch_xstate **state) MUST_CHECK;
struct error *target_set_xstate(struct thread *thread,
                                const struct arch_xstate *state) MUST_CHECK;
void target_xstate_forget(struct thread *thread);
struct error *target_siginfo(struct thread *thread, siginfo_t *info) MUST_CHECK;
struct error *target_set_siginfo(struct thread *thread,
                                 const siginfo_t *info) MUST_CHECK;
/* Where the thread has registered its struct rseq (Linux 5.13 tells). */
bool target_rseq(struct thread *thread, taddr *addr);

/*
 * Shadow stacks: target/shadow.c.  The stopped THREAD's own pointer; false: it
 * has none.  Push and pop as a call and a return do it: pop only if RET is on
 * top; false: not done.  Unwind takes off all up to RET and that one; false: RET
 * is not there; true where there is no such stack.
 */
bool target_shadow_stack(struct thread *thread, taddr *ssp);
bool target_set_shadow_stack(struct thread *thread, taddr ssp);
bool target_shadow_push(struct thread *thread, taddr ret);
bool target_shadow_pop(struct thread *thread, taddr ret);
bool target_shadow_unwind(struct thread *thread, taddr ret);

/* Whether threads stop at their ends; those that run, after their next stop. */
void target_trace_exit(struct target *target, bool on);

/*
 * Debug registers: target/debugreg.c.  All threads of P that are stopped get D,
 * the others and new ones before they go on (target_resume).  An exec empties
 * them.  On an error all is as it was.
 */
struct error *target_debug_set(struct process *p,
                               const struct arch_debug *d) MUST_CHECK;
/*
 * Whether THREAD, which stands, is at a breakpoint of its debug registers: then
 * it goes over it when it goes on.
 */
bool target_debug_pass(struct thread *thread);
/* Gives the stopped thread what its process is to have, now. */
struct error *target_debug_apply(struct thread *thread) MUST_CHECK;
/* How many registers of the stopped THREAD can be had: found by trying. */
unsigned target_debug_count(struct thread *thread);

/*
 * A call that was broken off by our own interrupt, and that would return EINTR
 * or restart: makes it restart, where no signal is on its way.  Returns
 * whether the thread's call will be made again.  See traps: "A call in
 * progress is state".
 */
bool target_mend_interrupted(struct thread *thread, enum abi abi, uint64_t nr);
/* Whether a signal that the thread does not block is pending for it. */
bool target_signal_pending(const struct thread *thread);
/* Sends SIGNAL to this thread alone. */
struct error *target_send(struct thread *thread, int signal) MUST_CHECK;

/* Memory: many pieces in one request. */
struct memory_piece {
	taddr addr;
	void *data;      /* into, or (writing) from */
	size_t len;
	size_t done;     /* filled in: bytes carried out, from the front */
	int errnum;      /* filled in: why not all; 0 where all was */
};
/* Goes on behind a piece that fails.  Returns the pieces done whole. */
size_t target_read_pieces(struct process *process, struct memory_piece *pieces,
                          size_t count);
size_t target_write_pieces(struct process *process,
                           struct memory_piece *pieces, size_t count);
/* All or an error that names the first address that failed. */
struct error *target_read(struct process *process, taddr addr, void *data,
                          size_t len) MUST_CHECK;
struct error *target_write(struct process *process, taddr addr,
                           const void *data, size_t len) MUST_CHECK;

/* The same of what is really there: process.mask is not asked. */
struct error *target_read_raw(struct process *process, taddr addr, void *data,
                              size_t len) MUST_CHECK;
struct error *target_write_raw(struct process *process, taddr addr,
                               const void *data, size_t len) MUST_CHECK;
/*
 * The same of pieces in pages that the stopped THREAD has just used, in one
 * call: only such, since for a page that the tracee itself serves this waits.
 * False: not all could be read.
 */
bool target_glance(struct thread *thread, const struct memory_piece *pieces,
                   size_t count);

/*
 * As the program itself could, never by force, and never so that it may wait
 * for a page that the tracee has to serve: all of it, or false.
 */
bool target_read_plain(struct process *process, taddr addr, void *data,
                       size_t len);
bool target_write_plain(struct process *process, taddr addr, const void *data,
                        size_t len);

/*
 * Has the stopped THREAD perform a call and puts all back as it was, the call
 * in progress included.  Blocks until the call returns; STOP_WAITING is asked
 * every 10 ms and may break it off (the call then returns what an interrupted
 * one returns).  Refused at stops where the kernel does not allow it.
 */
struct remote_call {
	enum abi abi;
	uint64_t nr;
	uint64_t args[6];
	bool (*stop_waiting)(void *ctx);
	void *ctx;
};
struct error *target_remote_call(struct thread *thread,
                                 const struct remote_call *call,
                                 int64_t *result) MUST_CHECK;
/*
 * THREAD is where its program begins, after an exec: the program shall not find
 * the vDSO.  WORD: bytes of its addresses.  src/target/vdso.c.
 */
struct error *target_hide_vdso(struct thread *thread,
                               unsigned word) MUST_CHECK;

/* Which ABI the thread's own code uses: by its code segment. */
struct error *target_abi(struct thread *thread, enum abi *abi) MUST_CHECK;
/* By their ids; NULL: there is none. */
struct thread *target_thread(const struct target *target, pid_t tid);
struct process *target_process(const struct target *target, pid_t pid);
struct thread *process_leader(const struct process *process);
/* Any thread that can be examined now, or NULL. */
struct thread *process_stopped_thread(const struct process *process);
size_t target_thread_count(const struct target *target);

#endif
