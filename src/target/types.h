/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/types.h: what a thread, a process, a stop and the target are.
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
 */
#ifndef SCDB_TARGET_TYPES_H
#define SCDB_TARGET_TYPES_H

#include "arch/arch.h"
#include "arch/call_bits.h"
#include "arch/debug.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/types.h"
#include "base/vec.h"
#include "target/near.h"
#include "target/scratch.h"
#include "target/spinning.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

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
	bool shared_signals;        /* one that any thread may take has come */
	unsigned unwatched;         /* how often something went on that may have
	                             * made a filter without a stop */
	struct scratch scratch;     /* memory of scdb's own in it */
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

#endif
