/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/target.h: the processes and threads that scdb traces.
 *
 * The only room that knows ptrace.  It turns wait statuses into `struct stop`s,
 * resumes threads, and reads and writes their registers and memory.  It decides
 * nothing: what becomes of a stop is the session's matter.
 *
 * Ownership: `struct target` owns its processes, a process its threads.  A
 * thread that died stays valid (state THREAD_GONE) until the stop that says so
 * was taken by target_next and target_forget was called on it.
 *
 * States of a thread:
 *
 *	STARTING --first stop--> STOPPED <--stop-- RUNNING
 *	                           |  ^              ^
 *	                   resume  |  | stop         |
 *	                           +--+--------------+
 *	                           |
 *	                           +--listen--> LISTENING (left in group stop)
 *	any --death--> GONE;  a leader whose threads live on: ZOMBIE
 *
 * Everything is PTRACE_SEIZEd, launched and attached alike.
 */
#ifndef SCDB_TARGET_TARGET_H
#define SCDB_TARGET_TARGET_H

#include "arch/arch.h"
#include "arch/call_bits.h"
#include "arch/debug.h"
#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/types.h"
#include "base/vec.h"
#include "target/near.h"
#include "target/spinning.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

enum thread_state {
	THREAD_STARTING, /* traced, its first stop not yet seen */
	THREAD_RUNNING,
	THREAD_STOPPED,
	THREAD_LISTENING, /* in a group stop that goes on by itself */
	THREAD_ZOMBIE,    /* a leader that exited before its threads */
	THREAD_GONE,
};

/* All that holds at one stop: several may at once. */
enum stop_reason {
	STOP_ENTRY = 1 << 0,      /* of a system call */
	STOP_EXIT = 1 << 1,       /* of a system call */
	STOP_SIGNAL = 1 << 2,     /* a signal is about to be delivered */
	STOP_GROUP = 1 << 3,      /* job control stopped the process */
	STOP_INTERRUPT = 1 << 4,  /* PTRACE_INTERRUPT, SIGCONT, a stale one */
	STOP_NEW = 1 << 5,        /* a thread's first stop */
	STOP_CLONE = 1 << 6,      /* it made a thread, or a process by clone */
	STOP_FORK = 1 << 7,
	STOP_VFORK = 1 << 8,
	STOP_VFORK_DONE = 1 << 9,
	STOP_EXEC = 1 << 10,
	STOP_TRAP = 1 << 11,      /* SIGTRAP of a step or breakpoint */
	STOP_EXITED = 1 << 12,    /* the thread is gone: exit */
	STOP_KILLED = 1 << 13,    /* the thread is gone: a signal */
	STOP_LAST = 1 << 14,      /* with the two above: so is its process */
	STOP_FILTER = 1 << 15,    /* with STOP_ENTRY: a filter of scdb's told */
	STOP_STEPPED = 1 << 17,   /* a trap that was the session's own */
	STOP_DYING = 1 << 18,     /* a thread is about to end: `trace_exit` */
	STOP_DEBUG = 1 << 16,     /* a debug register: `debug_hits` says which;
	                           * with STOP_TRAP also a step's end */
};

/* A system call at its entry: PTRACE_GET_SYSCALL_INFO. */
struct target_call {
	enum abi abi;
	bool known_abi;
	uint64_t nr;
	uint64_t args[6];
};

/* What a resumed thread runs to. */
enum resume_mode {
	RESUME_CONT,    /* the next stop that comes by itself */
	RESUME_SYSCALL, /* also the next entry or exit of a call */
	RESUME_STEP,    /* one instruction */
	RESUME_BLOCK,   /* the next branch that is taken, where the processor
	                 * and the kernel can (probe_block_step): the trap of a
	                 * single step comes behind it, or behind a call */
	RESUME_SYSEMU,
};

struct core;
struct thread;
struct process;
struct target;

struct stop {
	struct thread *thread;
	unsigned reasons;           /* enum stop_reason */
	int signal;                 /* STOP_SIGNAL, STOP_GROUP, STOP_KILLED */
	int exit_status;            /* STOP_EXITED: 0 to 255; STOP_DYING: as
	                             * wait(2) will tell it */
	bool core_dumped;
	pid_t child;                /* STOP_CLONE, _FORK, _VFORK */
	pid_t former_tid;           /* STOP_EXEC: who called it */
	taddr pc, sp;               /* STOP_ENTRY, STOP_EXIT */
	struct target_call call;    /* STOP_ENTRY */
	bool unmade;                /* STOP_ENTRY: the kernel will not make the
	                             * call, whatever the registers say */
	enum abi abi;               /* STOP_EXIT: as the kernel sees it then */
	int64_t result;             /* STOP_EXIT */
	bool mended;                /* tracing broke a call off, and it was set
	                             * to be made again (target/mend.h) */
	siginfo_t siginfo;          /* STOP_SIGNAL, STOP_TRAP */
	unsigned debug_hits;        /* STOP_DEBUG: a bit for each register */
};

/* A call was set to be made again, and the thread has not gone on since. */
struct thread_mended {
	bool set;
	taddr pc;                   /* of the instruction */
	uint64_t nr;
	enum abi abi;
};

struct thread {
	struct target *target;
	struct process *process;
	pid_t tid;
	unsigned number;            /* in its process, from 1 */
	unsigned serial;            /* among all that there were, from 1 */
	enum thread_state state;
	bool interrupted;           /* PTRACE_INTERRUPT sent, nothing seen */
	bool stepped;               /* it went on by a single step */
	bool stale_interrupt;       /* another stop came first: it may still
	                             * break off the next call */
	bool in_vfork;              /* waits in the kernel for its child */
	bool was_listening;         /* in the group stop that it is in now */
	bool left_group_stop;       /* that was over at its last stop */
	bool untraced;              /* a leader that was dead at the attach */
	bool roams;                 /* it runs, and may need a processor */
	bool lost;                  /* ended without a notice: an exec by a
	                             * thread that was not seized yet */
	struct thread_mended mended;
	struct stop stop;           /* the last one; valid while STOPPED */
	bool queued;                /* that stop waits in the queue */
	bool regs_valid;
	bool pc_dirty;              /* regs has a pc that the kernel is told of
	                             * when the thread goes on */
	struct arch_regs regs;
	struct arch_xstate *xstate; /* NULL: not read at this stop */
	/*
	 * The last stop was an entry that PTRACE_SYSCALL told, of the call NR: a
	 * filter's stop that comes next is the same entry.
	 */
	bool entry_told;
	uint64_t entry_nr;
	enum resume_mode last_mode; /* how it last went on */
	unsigned unfiltered;        /* it had no filter of the program's while
	                             * process.unwatched was one less */
	unsigned runs;              /* how often it went on ... */
	unsigned writes;            /* ... and its registers were written ... */
	unsigned writes_before;     /* ... when it stopped */
	struct arch_debug debug;    /* what its debug registers hold */
	unsigned debug_serial;      /* of its process, when they were set */
	bool is_new;                /* its options are its maker's */
	bool exit_traced;           /* its end is a stop: STOP_DYING */
	void *user;                 /* the session's own */
	struct thread *next_queued;
};

/*
 * What of a process's memory is scdb's own and nobody is to see: the bytes of
 * planted breakpoints.  All that reads and writes memory below goes through
 * it, but the _raw functions; `cover` NULL: there is nothing.
 */
struct memory_mask {
	/* DATA was read at ADDR: puts in what the program has there. */
	void (*hide)(void *ctx, taddr addr, uint8_t *data, size_t len);
	/*
	 * DATA is to be written at ADDR.  NULL: as it is.  Else a copy in which
	 * what is planted stays so, for the caller to free.
	 */
	uint8_t *(*cover)(void *ctx, taddr addr, const uint8_t *data,
	                  size_t len);
	/* The first LEN bytes of DATA were. */
	void (*written)(void *ctx, taddr addr, const uint8_t *data, size_t len);
	void *ctx;
};

/* Filters of scdb's that are in a process: target/filter.h. */
struct process_filter {
	unsigned count;
	struct call_bits calls;     /* these stop */
	bool no_gains;              /* no_new_privs was set for it */
	bool own;                   /* the program has put one in */
	char *refusal;              /* why none can be added; NULL: it can */
};

struct process {
	struct target *target;
	pid_t pid;
	unsigned number;            /* of the inferior, from 1 */
	bool launching;             /* not yet at its first instruction */
	bool launched;              /* or a descendant of one that was */
	pid_t parent;               /* 0 where it was launched or attached */
	bool born;                  /* ... and it is who made this one */
	struct core *core;          /* it is none: target/core.h; or NULL */
	bool passing;               /* nobody follows it, but it can be let go
	                             * only at its exec */
	struct process *vfork_parent; /* shares its memory until exec */
	VEC(struct thread *) threads;
	unsigned last_thread_number;
	size_t alive;               /* of the threads: not GONE */
	int mem_fd;                 /* /proc/PID/mem, or -1 */
	struct memory_waits *waits; /* target/memory_wait.c's; or NULL */
	uint64_t unserved_at;       /* target->unseen + 1 when it was known not
	                             * to serve pages of its own; 0: never */
	int64_t served_next;        /* when that may be looked for again, ms */
	unsigned writes;            /* how often its memory was written */
	taddr syscall_insn;         /* a `syscall` in its text, or 0 */
	taddr int80_insn;
	struct memory memory;       /* this process's, to read */
	struct memory_mask mask;    /* what of it is not the program's */
	taddr plain_page;           /* target/memory_move.c's; 0: none */
	unsigned singles;           /* the same's: reads of one place */
	struct process_filter filter;
	unsigned unwatched;         /* how often something went on that may have
	                             * made a filter without a stop */
	taddr scratch;              /* a page of scdb's own in it, or 0 */
	size_t scratch_used;
	struct arch_debug debug;    /* what its threads are to have: each gets
	                             * it before it goes on */
	unsigned debug_serial;      /* counts its changes */
	void *user;
};

struct target_cache;

/* File systems that a process, or the network, serves: memory_wait.c's. */
struct memory_devices {
	int64_t looked;             /* when, in ms; 0: never */
	size_t count;
	char names[64][16];         /* "00:2f", as maps has them */
};

/* A child of scdb's own that is no tracee: a shell that the user asked for. */
struct own_child {
	pid_t pid;                  /* 0: none */
	bool ended;
	int status;                 /* as wait(2) has it */
};

struct target {
	struct map threads;         /* by tid */
	uint64_t changes;           /* how often scdb wrote to any memory, or let
	                             * any thread go on */
	struct target_cache *cache; /* target/cache.h; or NULL */
	struct memory_devices devices;
	bool served;                /* a tracee has asked for a userfaultfd */
	uint64_t unseen;            /* how often one went on so that nobody
	                             * would see that: target/served.h */
	VEC(struct process *) processes;
	struct thread *queue_head, *queue_tail;
	size_t running;             /* threads that a wait may report */
	uint64_t stops;             /* that waits have reported */
	unsigned own_filters;       /* seccomp filters that scdb lives under */
	bool follow_children;
	bool trace_exit;            /* threads stop when they end: each gets
	                             * it before it goes on */
	bool exit_was_traced;       /* ... at some time: new threads may have
	                             * it from who made them */
	bool no_shadow;             /* nobody here can have a shadow stack */
	bool poll;                  /* spin on wait4 before sleeping ... */
	struct spinning spinning;   /* ... where that pays */
	struct near near;
	unsigned processors;        /* of the machine */
	bool streaming;             /* stops come one after the other: the
	                             * session sets it after a hidden one */
	bool attached_any;          /* not all that is traced was launched */
	bool ticking;               /* a timer breaks blocking waits off */
	struct sigaction alarm_before; /* SIGALRM's, while ticking */
	struct map leaving;         /* tids let go that could not be detached
	                             * yet: at their next stop */
	int child_fd;               /* signalfd of SIGCHLD */
	struct own_child own_child; /* whose end a wait for all may take */
	unsigned last_process_number;
	unsigned last_thread_serial;
	/* Told before a thread is freed: its `user` goes with it. */
	void (*thread_dies)(struct thread *t, void *ctx);
	void *thread_dies_ctx;
	/* The same for a process. */
	void (*process_dies)(struct process *p);
	/*
	 * A child that nobody follows is about to be let go.  False: it can't
	 * be yet, and is `passing`.
	 */
	bool (*child_leaves)(struct process *p, void *ctx);
	/* Its memory is another's now: before anything reads that. */
	void (*process_execs)(struct process *p);
};

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
/* Gives the stopped thread what its process is to have, now. */
/* Whether THREAD, which stands, is at a breakpoint of its debug registers: then
 * it goes over it when it goes on. */
bool target_debug_pass(struct thread *thread);
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
 * Room for LEN bytes (at most a page) in memory of the tracee that scdb owns;
 * made on first need by a remote mmap.  Reused in a ring.
 */
struct error *target_scratch(struct thread *thread, size_t len,
                             taddr *addr) MUST_CHECK;

/*
 * THREAD is where its program begins, after an exec: the program shall not find
 * the vDSO.  WORD: bytes of its addresses.  src/target/vdso.c.
 */
struct error *target_hide_vdso(struct thread *thread,
                               unsigned word) MUST_CHECK;

/*
 * Runs the stopped THREAD, alone, from REGS and STATE (NULL: as it is) until it
 * faults at RETURN_TO with its stack above SP: there a function that was called
 * has come back.  AFTER and AFTER_STATE are what it had then; all of the thread
 * is put back as it was, the call in progress included.  Errors say what
 * happened instead: a signal that PASSES says false of, the thread's end, or
 * STOP_WAITING, which is asked every 10 ms.
 */
struct target_excursion {
	struct arch_regs regs;
	const struct arch_xstate *state;
	taddr return_to;
	taddr sp;
	bool (*passes)(void *ctx, int signal);
	bool (*stop_waiting)(void *ctx);
	void *ctx;
};
struct error *target_excurse(struct thread *thread,
                             const struct target_excursion *e,
                             struct arch_regs *after,
                             struct arch_xstate *after_state) MUST_CHECK;

/*
 * An excursion that the caller carries out: after its begin the stopped THREAD
 * goes on from E->regs as any other does, until it is back.  The end, from
 * anywhere else too, puts the thread back as it was; it and the drop destroy
 * DETOUR (and the drop alone takes NULL).  PASSES and STOP_WAITING of E are
 * not looked at.
 */
struct target_detour;
struct error *target_detour_begin(struct thread *thread,
                                  const struct target_excursion *e,
                                  struct target_detour **detour) MUST_CHECK;
/* Whether THREAD's stop is the function's return. */
bool target_detour_is_back(struct thread *thread,
                           const struct target_detour *detour);
struct error *target_detour_end(struct thread *thread,
                                struct target_detour *detour) MUST_CHECK;
void target_detour_drop(struct target_detour *detour);
/* What the thread had before, and where the function returns to. */
void target_detour_before(const struct target_detour *detour,
                          struct arch_regs *regs, taddr *return_to);

/* Which ABI the thread's own code uses: by its code segment. */
struct error *target_abi(struct thread *thread, enum abi *abi) MUST_CHECK;
/* Word size in bytes of the program: 8 or 4. */
struct thread *target_thread(const struct target *target, pid_t tid);
struct process *target_process(const struct target *target, pid_t pid);
struct thread *process_leader(const struct process *process);
/* Any thread that can be examined now, or NULL. */
struct thread *process_stopped_thread(const struct process *process);
size_t target_thread_count(const struct target *target);

#endif
