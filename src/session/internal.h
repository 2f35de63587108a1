/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/internal.h: what the files of this room share. */
#ifndef SCDB_SESSION_INTERNAL_H
#define SCDB_SESSION_INTERNAL_H

#include "session/displaced.h"
#include "session/note.h"
#include "session/session.h"
#include "symbols/image.h"
#include "xol/xol.h"

/*
 * A call that is restarted stays on the stack while handlers make calls of
 * their own; deeper nesting than this forgets the oldest.
 */
enum { CALL_DEPTH = 8, DUMMY_DEPTH = 64 };
/* See thread_info.skips. */
enum { SKIPS_MOST = 16, SKIPS_MANY = 8, SKIPS_RUN = 4 };

struct dummy;

/* Settings of one subject, ascending by name (settings_*.c). */
#define AT(member) offsetof(struct settings, member)

struct setting_rows {
	const struct setting *row;
	size_t count;
};

extern const struct setting_rows settings_of_calls, settings_of_running,
	settings_of_tool, settings_of_values;

/* What a rule is to do at a call's exit: rules.h. */
struct rule_due {
	uint64_t call;              /* its index in the log */
	unsigned rule;
};

/* What a rule has decided about a call at its entry: rule_layer.c. */
struct rule_change {
	uint64_t call;              /* its index in the log */
	unsigned rule, layer;
	unsigned changed_args;      /* bit N: argument N is ARGS[N] since */
	uint64_t args[SYSCALL_ARGS];
};

/* How often a rule has matched, for this thread alone. */
struct rule_thread_count {
	unsigned rule;
	enum abi abi;
	uint64_t nr;
	uint64_t count;
};

/* Memory of the program that `emulate` wrote. */
struct stored {
	taddr addr;
	size_t len;
	uint8_t *old;               /* what was there */
};

/* The session's own of each thread: thread->user. */
struct thread_info {
	struct call calls[CALL_DEPTH];
	size_t depth;
	/*
	 * The present stop was entered in CALLS, and the owners have not seen
	 * it yet: it came while everything was being stopped.
	 */
	bool unoffered;
	/* The end of an older call came with this stop; offer it next. */
	bool end_deferred;
	/*
	 * One more for each call that was skipped, up to SKIPS_MOST, and
	 * SKIPS_RUN less for each that ran.
	 */
	unsigned skips;
	/* Left in the middle when calls were no longer followed; pc 0: none. */
	struct call left;
	/* The present stop was shown to the user. */
	bool shown;
	/* It stands until the user lets it go on, whatever else runs. */
	bool held;
	/* ... and its stop, that nobody was offered yet, waits for that. */
	bool parked;
	/* `interrupt` was said of it where others run on. */
	bool asked;
	/* `signal N` and what a stop by a signal passes on; -1: as handled. */
	int signal;
	uint64_t sent_signals;      /* by us, and not yet delivered: bits */
	uint64_t due_signals;       /* what rules send when it goes on */
	VEC(struct rule_due) dues;
	VEC(struct rule_change) changes;
	VEC(struct rule_thread_count) rule_counts;
	int64_t wakes;              /* it goes on no sooner: delay.h; 0 */
	char comm[64];
	struct decode_host host;    /* for decoding this thread's calls */
	struct {
		uint64_t log_index; /* of the close that was looked at */
		char text[256];     /* what it is to close */
	} closing;
	VEC(struct stored) stored;  /* while it stands at the entry */
	VEC(struct stop_note) notes; /* what is to be said of its stop */
	bool watch_step;            /* it goes on for one step, to be looked
	                             * at: watch.h */
	bool booked;                /* its present stop was taken account of,
	                             * but not yet offered to catchpoints */
	struct trace_call *trace;    /* trace.h; NULL: nothing was traced */
	struct thread_frames *frames; /* frames.c's; NULL: nobody asked */
	VEC(struct dummy *) dummies;  /* call_dummy.h */
	struct xol_step step;       /* over a breakpoint: displaced.c's, as all
	                             * of these */
	unsigned entered;           /* thread.runs + 1 of the stop that it saw */
	bool at_site;               /* the stop is a site's, and news */
	bool at_register;           /* the stop is a debug register's, at
	                             * REGISTER_PC, where a step ended */
	taddr register_pc;
	bool passes;                /* going on at PASS_PC, it goes over it */
	taddr pass_pc;
	bool again;                 /* coming there with these is no news */
	struct arch_regs again_regs;
	taddr rseq;                 /* where its struct rseq is; 0 not known */
	bool in_rseq;               /* in a restartable sequence, at PASS_PC */
	struct plan plan;           /* where it is to be shown next */
	bool single;                /* it goes by one instruction, or up to a
	                             * branch: step.c's */
	bool trapped;               /* ... and the kernel has told its end */
	bool pushes_flags;          /* ... which does that */
	bool flags_in_r11;          /* ... or leaves them there */
	bool steps_call;            /* ... or is a system call */
	unsigned entered_inlined;   /* of the inlined copies that begin at pc
	                             * it is said to have entered so many ... */
	unsigned entered_runs;      /* ... while thread.runs + 1 is this */
	bool has_birth;             /* until its first stop */
	struct call birth;          /* its maker's, whose plan it inherits */
};

struct thread_info *thread_info(const struct thread *t);
/* NULL is fine. */
void thread_info_destroy(struct thread_info *info);
/* session/store.c: what was stored stays. */
void store_forget(struct thread_info *info);

/* What one owner says of a stop. */
enum verdict { NOT_MINE, GO_ON, SHOW };

/* session/track.c: the stack of calls follows the kernel's stops. */
/*
 * Enters the stop; returns whether the owners have something to see: an entry
 * seen for the first time, or a final exit.
 */
bool track_stop(struct session *s, struct thread *t);
/* The call that T went on with is now in the kernel, or over. */
void track_resume(struct session *s, struct thread *t);
/* After an exit was offered: the end of an older call at the same place. */
bool track_deferred_end(struct session *s, struct thread *t);
/*
 * MADE starts behind the call that MAKER makes it with, with the argument
 * registers that a plan may have changed: they are put back at its first stop.
 * The maker's event may come before that stop (track_maker) or after it
 * (track_birth, at the stop, finds the maker still in its call).
 */
void track_maker(struct thread *maker, struct thread *made);
void track_birth(struct thread *maker, struct thread *made);
void track_born(struct thread *made);
/* T runs another program. */
void track_exec(struct thread *t);
/* A thread that was found in the middle of a call whose entry nobody saw. */
void track_found(struct session *s, struct thread *t);
/* FOUND, if it is restart_syscall, becomes the call that it continues. */
void track_name_restarted(const struct thread_info *info, struct call *found);
/* SIGNAL (0: none) is about to be passed on to it. */
void track_signal(struct thread *t, int signal);
/* T runs code of its own: a call whose exit nobody watched is over. */
void track_outside(struct thread *t);
/* It goes on without stops at calls: what is followed of them is over. */
void track_lose(struct thread *t);
/* Drops all that was decided and not carried out. */
void track_drop_plans(struct thread *t);

/* session/call_carry.c: plans become registers. */
void carry_out(struct thread *t, struct call *call);
bool carry_again(struct thread *t, struct call *call);
/* Puts back what a plan changed, at an exit; RESTART: it will be made again. */
void carry_undo(struct thread *t, struct call *call, bool restart);
/* VALUE as a register of an ABI's program holds it. */
uint64_t carry_register(enum abi abi, uint64_t value);
/* Replaces the result in the register. */
struct error *carry_result(struct thread *t, struct call *call,
                           int64_t result) MUST_CHECK;
/* Whether some call of T must be seen at its exit. */
bool carry_needs_exit(const struct thread *t);

/* session/stop.c */
/* Takes one queued stop all the way.  True: it was shown. */
bool stop_handle(struct session *s, struct stop *stop);
/*
 * Stops everything and shows T; or somebody else, or the end of all, where T
 * died meanwhile: T may be freed.
 */
void stop_all_and_show(struct session *s, struct thread *t, bool silent);
/*
 * Ctrl-C, `interrupt`: stops everything and shows somebody.  Where `non-stop`
 * is on it asks the current thread, or ALL, to stop; each is shown when it has.
 */
void stop_break_off(struct session *s, bool all);
/*
 * Of a stop that is not to be offered now: whether it has something to tell,
 * for when the user goes on.  What has not is dealt with.
 */
bool stop_has_news(struct session *s, struct thread *t);
/* scdb has its terminal again. */
void stop_take_terminal(struct session *s);
/* Stops everything; parks what has nothing to tell. */
void stop_all(struct session *s);
/* Stopped by its terminal, where scdb is what a shell is to a job. */
bool stop_is_job(const struct thread *t);
/* Whether anybody but a trace may show a call of T's. */
bool stop_may_show_calls(const struct session *s, const struct thread *t);
/* Lets T go on as the state of the session asks. */
void stop_resume(struct session *s, struct thread *t);
/* Which threads are to go on next; the others are held.  ALL: all. */
void stop_choose(struct session *s, bool all);
/* Lets all go on that are not held; true: a stop was shown instead. */
bool stop_resume_all(struct session *s);
/* Lets the processes go that are to be released. */
void stop_release(struct session *s);
/* After a death: where no thread runs any more, that is shown.  True: so. */
bool stop_when_idle(struct session *s);
/* While everything is stopped: processes that were killed from outside. */
bool stop_take_deaths(struct session *s);

/* session/follow.c */
/* CHILD is new. */
void follow_fork(struct session *s, struct process *child);
/*
 * Whether CALL, at its entry, asks for the tracing of a process that leaves
 * scdb for that: T waits until it has.
 */
bool follow_yield(struct session *s, struct thread *t,
                  const struct call *call);

/* session/plan.c: stepping by calls. */
enum verdict plan_at_call(struct session *s, struct thread *t,
                          struct call *call);
/* An empty plan for T, in place of those that there are: with non-stop T's
 * alone, else all. */
struct plan *plan_begin(struct session *s, struct thread *t);
/* T's ends. */
void plan_drop(struct session *s, struct thread *t);
/* Whether the current thread, or all, go by a plan. */
bool plan_any(const struct session *s);
bool plan_wants_calls(const struct session *s, const struct thread *t);
/* ... each of them, whichever call it is. */
bool plan_follows_calls(const struct session *s, const struct thread *t);
/* All end. */
void plan_clear(struct session *s);

/* session/run.c */
/* What was launched ends, what was attached goes on, a core is closed. */
void session_drop_processes(struct session *s);
/* Lets go what the settings say, for a plan that was made. */
struct error *session_go(struct session *s, bool background) MUST_CHECK;

/* T is at the beginning of a program, after an exec. */
void run_program_begins(struct session *s, struct thread *t);

/*
 * Everything stands; true: it ran in the background, and session_go_on_behind
 * lets it go on.
 */
bool session_stand(struct session *s);
void session_go_on_behind(struct session *s);

/* session/signals.c */
struct signal_table *signals_create(void);
void signals_destroy(struct signal_table *table);
enum verdict signals_at_stop(struct session *s, struct thread *t);

/* session/values.c */
struct variable;
struct value_store *values_create(void);
void values_destroy(struct value_store *v);
/* NULL: nobody set it.  It stays where it is as long as the session. */
const struct variable *variable_find(const struct session *s,
                                     const char *name);
struct value *variable_value(const struct variable *v);
const char *variable_name(const struct variable *v);
/*
 * `$`, `$$`, `$$N`, `$N`, NAME without the first `$`; *KNOWN: it is one of
 * these.  *VALUE is borrowed.
 */
struct error *value_by_name(const struct session *s, const char *name,
                            bool *known, struct value **value) MUST_CHECK;

/* session/log.c */
struct call_log *call_log_create(size_t size);
void call_log_destroy(struct call_log *log);
void call_log_enter(struct session *s, struct thread *t, struct call *call);
void call_log_leave(struct session *s, struct thread *t, struct call *call,
                    double seconds);
/* The call goes on as another one than the program's. */
void call_log_change(struct session *s, struct thread *t, struct call *call);
/* The call is being shown: its text is kept, as it is now. */
void call_log_shown(struct session *s, struct thread *t, struct call *call);

/* session/show_event.c */
void show_process_born(struct session *s, const struct process *p);
void show_death(struct session *s, const struct stop *stop);
void show_detached(struct session *s, pid_t pid, enum out_role role);
void show_killed(struct session *s, pid_t pid);
void show_exec(struct session *s, const struct thread *t);
void show_group_stop(struct session *s, const struct thread *t);

/* session/show.c */
void show_signal(struct session *s, const struct thread *t);
/* `[1] 4711 "cat" `, by the name known last: show_thread asks for it anew. */
void show_thread_known(struct session *s, const struct thread *t);
/* Keeps the name for when /proc can tell it no more. */
void thread_name_refresh(struct thread *t);
/* Seconds since the call went on from its entry. */
double call_seconds(const struct call *call);

/* session/session.c */
/*
 * Lets P go, which is stopped: what was decided and not carried out is dropped,
 * and signals that are not to be passed on are too.
 */
void session_release(struct session *s, struct process *p);
/*
 * What must stop at calls is another than before: threads that run in the
 * background are told.
 */
void session_calls_changed(struct session *s);
/* All threads that run are told. */
void session_ask_again(struct session *s);

/* session/tty.c: the terminal of a program to be run. */
struct program_tty {
	int fd;         /* -1: scdb's own */
	bool pty;       /* one that scdb made */
	bool refused;   /* it can't be the program's controlling terminal */
};
/* Close it in any case. */
struct error *tty_open(struct session *s, struct program_tty *tty) MUST_CHECK;
void tty_close(struct program_tty *tty);
/* Says what was refused. */
void tty_warn(struct session *s, const struct program_tty *tty);

/* session/image.c */
/* P's program's, by its file. */
enum abi process_abi(const struct process *p);
/* Bytes of an address of P's program: 4 or 8. */
uint8_t process_word(const struct process *p);
void image_process_dies(struct process *p);
/* REPLACED: by exec. */
void image_process_ran(struct process *p, bool replaced);

/* session/frames.c; NULL is fine. */
void frames_destroy(struct thread_frames *frames);

/* session/loop.c */
void output_begin(struct session *s);
void output_end(struct session *s);

#endif
