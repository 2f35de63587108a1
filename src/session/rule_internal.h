/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/rule_internal.h: what the files of rules share. */
#ifndef SCDB_SESSION_RULE_INTERNAL_H
#define SCDB_SESSION_RULE_INTERNAL_H

#include "session/internal.h"
#include "session/rules.h"

enum { RULES_MAX = 10000, RULE_ACTS_MAX = 64, RULE_LIST_MAX = 10000,
       RULE_DATA_MAX = 1 << 20 };

enum rule_act_kind {
	ACT_STOP, ACT_SKIP, ACT_EMULATE, ACT_FAKE, ACT_ARG, ACT_NR,
	ACT_SIGNAL, ACT_DELAY, ACT_POKE, ACT_SET, ACT_LOG, ACT_COUNT,
	ACT_COMMANDS,
};

/*
 * "N[..M][+[S]]": the FIRST to the LAST time (0: for ever), every STEPth from
 * the first on (0: that alone).
 */
struct rule_when {
	uint64_t first, last, step;
};

/* Whose times are counted. */
enum rule_per { PER_RULE, PER_PROCESS, PER_THREAD, PER_THREAD_CALL };

/* One VALUE: a number, or what is asked for at every hit. */
struct rule_value {
	struct expr *expr;           /* NULL: NUMBER */
	int64_t number;
	bool is_len;                 /* how much emulate stored */
};

/* "V", or "[V, V]", of which each hit takes the next; `*`: from the start. */
struct rule_values {
	VEC(struct rule_value) items;
	bool cycles;
	size_t next;
};

/* "ARG", or "ARG.PATH": what it points at, or a field of that. */
struct rule_field {
	char *arg;                   /* its name, or its number */
	char *path;                  /* NULL: the whole */
	bool is_text;                /* of a field */
	bool written;                /* ... which the kernel writes */
};

/* DATA: as decode_data_parse takes it, or what comes to that at every hit. */
struct rule_datum {
	char *text;                  /* NULL: by EXPRS */
	VEC(struct expr *) exprs;
	bool is_list;                /* {A, B}; else it is one */
};

/* DATA for an argument or a field, one or a list, as with values. */
struct rule_data {
	struct rule_field field;
	VEC(struct rule_datum) items;
	bool cycles;
	size_t next;
};

/* Of a log's format: text, and an expression behind it. */
struct rule_piece {
	char *text;
	struct expr *expr;           /* NULL: none */
	char *arg;                   /* it is this argument, to be decoded */
	bool result;                 /* ... or the result */
	char format;                 /* 'd' 'x' 's'; 0: as it comes */
};

/* P% of all times: a number below CHANCE of 2^32. */
struct rule_chance {
	bool given;
	uint64_t limit;
	uint64_t state;
};

struct rule_act {
	enum rule_act_kind kind;
	enum catch_phases phase;     /* one of the two */
	struct rule_chance chance;
	struct rule_values values;   /* skip, emulate, fake, arg, set; delay */
	VEC(struct rule_data) data;  /* emulate, poke, arg */
	bool shows_exit;             /* skip -s */
	char *name;                  /* arg: which one; nr: the call's; set: the
	                              * variable's */
	int signal;
	uint64_t nanoseconds;        /* delay; with VALUES, of their unit */
	bool formatted;              /* log: by PIECES, else the call */
	VEC(struct rule_piece) pieces;
	VEC(char *) lines;           /* commands */
};

/* One process's count. */
struct rule_process_count { unsigned process; uint64_t count; };

struct rule {
	unsigned number;
	bool enabled;
	bool strace;                 /* made by `inject` or `fault` */
	char *text;                  /* the command that makes it again */
	unsigned layer;              /* 0: it was made by hand */
	struct syscall_set *set;
	struct expr *condition;      /* NULL: none */
	bool at_exit;                /* it asks for what only the exit knows */
	bool decides;
	struct rule_when when;
	enum rule_per per;
	uint64_t count;              /* PER_RULE: times so far */
	VEC(struct rule_process_count) counts;
	VEC(struct rule_act) acts;
	uint64_t hits, ignore, failures;
	bool complained;
};

struct rule_list {
	struct rule **items;         /* in their order: a VEC */
	size_t len, cap;
};

struct rule_table {
	struct rule_list rules;
	struct rule_index *index;
	unsigned last;
	size_t enabled;
	VEC(char *) layers;          /* their names; the first is layer 1 */
};

/* rule.c */
struct rule *rule_new(void);
void rule_destroy(struct rule *r);
/* Takes R, which gets its number. */
void rule_put(struct session *s, struct rule *r);
struct error *rule_room(const struct session *s) MUST_CHECK;

/* rule_index.c */
struct rule_index *rule_index_create(void);
void rule_index_destroy(struct rule_index *index);
/* The rules, their order, or which are enabled has changed. */
void rule_index_forget(struct rule_index *index);
/*
 * Those that CALL may be of, and perhaps others: which are disabled, or whose
 * set has another subcall.
 */
const struct rule_list *rules_of_call(const struct rule_table *table,
                                      const struct syscall_view *call);

/* rule_when.c */
/*
 * MOST: as large as a number may be.  STRACE_MOST: as strace reads it, with
 * blanks and a plus before each.
 */
enum { STRACE_MOST = 0xffff };
struct error *rule_when_parse(const char *text, uint64_t most,
                              struct rule_when *when) MUST_CHECK;
/* It matches T's CALL once more; whether this time is one of those. */
bool rule_when_counts(struct session *s, struct rule *r, struct thread *t,
                      const struct call *call);
bool rule_chance_takes(struct rule_chance *chance);
/*
 * "10ms", "2s".  STRACE: "500" too, which are microseconds, and more than a year,
 * which is one.
 */
struct error *rule_time_parse(const char *text, bool strace,
                              uint64_t *nanoseconds) MUST_CHECK;

/* rule_value.c */
/*
 * "[a, b]", perhaps with `*` behind it, calls FN with each; anything else is one
 * alone.
 */
struct error *rule_each_item(const char *text, bool *cycles,
                             struct error *(*fn)(void *ctx, const char *item),
                             void *ctx) MUST_CHECK;
/* Which item it is this time: the last one stays, or it begins again. */
size_t rule_next_item(size_t *next, size_t count, bool cycles);
/* *LATE becomes true where one asks for what only the exit knows. */
struct error *rule_values_parse(struct session *s, const char *text,
                                const struct syscall_set *set,
                                struct rule_values *values,
                                bool *late) MUST_CHECK;
/* The next of VALUES; a string stays until the next evaluation. */
struct error *rule_value_any(struct session *s, struct thread *t,
                             struct rule_values *values, int64_t len,
                             struct expr_value *value) MUST_CHECK;
/* ... which is a number. */
struct error *rule_value_next(struct session *s, struct thread *t,
                              struct rule_values *values, int64_t len,
                              int64_t *value) MUST_CHECK;
void rule_values_deinit(struct rule_values *values);

/* rule_data.c */
/* NAME: "ARG" or "ARG.PATH"; FIELD is to be let go of, after an error too. */
struct error *rule_field_parse(const struct syscall_set *set,
                               const char *name,
                               struct rule_field *field) MUST_CHECK;
void rule_field_deinit(struct rule_field *field);
/* "DATA", or "[DATA, DATA]*", for DATA->field. */
struct error *rule_data_parse(struct session *s, const char *text,
                              const struct syscall_set *set,
                              struct rule_data *data, bool *late) MUST_CHECK;
struct rule_run;
/*
 * The next of D.  IN_PLACE: for where the argument points.  The caller frees its
 * bytes, after an error too.
 */
struct error *rule_data_make(const struct rule_run *run, struct rule_data *d,
                             bool in_place, struct call_data *data) MUST_CHECK;
void rule_data_deinit(struct rule_data *data);
/* Where no call of SET has an argument NAME; POINTER: one that can be stored
 * through. */
struct error *rule_arg_check(const struct syscall_set *set, const char *name,
                             bool pointer) MUST_CHECK;

/* rule_act.c */
struct error *rule_act_parse(struct session *s, struct rule *r, char *text,
                             struct rule_act *act) MUST_CHECK;
void rule_act_deinit(struct rule_act *act);
bool rule_act_decides(const struct rule_act *act);
/* Whether the last act of R fits those before it. */
struct error *rule_acts_check(const struct rule *r) MUST_CHECK;

/* rule_inject_set.c: TEXT, which is cut into pieces, as strace reads it. */
struct error *rule_inject_set(char *text,
                              struct syscall_set **set) MUST_CHECK;

/* rule_log.c */
void rule_piece_deinit(struct rule_piece *piece);
/* *AT_EXIT: it asks for what only the exit knows. */
struct error *rule_format_parse(struct session *s, const char *text,
                                const struct syscall_set *set,
                                struct rule_act *act,
                                bool *at_exit) MUST_CHECK;
void rule_log(struct session *s, const struct rule *r,
              const struct rule_act *act, struct thread *t,
              struct call *call);

/* rule_do.c: at a call. */
struct rule_run {
	struct session *s;
	struct thread *t;
	struct call *call;
	struct catch_verdict *verdict;
	enum catch_phases phase;
};
/* Those acts of R that are for the present phase; *DECIDED: one that decides. */
struct error *rule_do(const struct rule_run *run, struct rule *r,
                      bool *decided) MUST_CHECK;

/* rule_layer.c */
/* The layer called NAME, which is made if there is none; empty, NULL: 0. */
unsigned rule_layer_find(struct rule_table *table, const char *name);
const char *rule_layer_name(const struct rule_table *table,
                            const struct rule *r);
/* Whether another rule of R's layer has decided about the call. */
bool rule_layer_decided(const struct rule_run *run, const struct rule *r);
/* R has decided: the plan was as BEFORE. */
void rule_layer_keep(const struct rule_run *run, const struct rule *r,
                     const struct call_plan *before);
/*
 * The call as it comes to the rule at PLACE of RULES, where the layers before
 * have changed it; false: it is as the program made it.
 */
bool rule_layer_view(const struct rule_run *run,
                     const struct rule_list *rules, size_t place,
                     struct syscall_view *view);

#endif
