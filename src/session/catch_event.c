/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/catch_event.h"

#include "base/alloc.h"
#include "base/pattern.h"
#include "expr/expr.h"
#include "session/internal.h"
#include "session/loaded_files.h"
#include "session/note.h"
#include "target/procfs.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

struct catch_part {
	enum catch_event event;
	struct catch_filter filter;
	struct pattern *regex;   /* NULL: any library */
	pid_t last;              /* what it caught: a process, or ... */
	bool last_is_thread;
	char *program;           /* ... that runs this one now; or NULL */
	struct loaded_files files; /* LOAD, UNLOAD */
};

/* What stop each event is; signals and libraries have none of their own. */
static const unsigned reasons_of[CATCH_EVENTS] = {
	[CATCH_EXEC] = STOP_EXEC, [CATCH_FORK] = STOP_FORK,
	[CATCH_VFORK] = STOP_VFORK, [CATCH_CLONE] = STOP_CLONE,
	[CATCH_END] = STOP_DYING,
};
static const char *const names[CATCH_EVENTS] = {
	[CATCH_EXEC] = "exec", [CATCH_FORK] = "fork", [CATCH_VFORK] = "vfork",
	[CATCH_CLONE] = "clone", [CATCH_END] = "exit",
	[CATCH_SIGNAL] = "signal", [CATCH_LOAD] = "load",
	[CATCH_UNLOAD] = "unload",
};

static const struct breakpoint_kind kinds[CATCH_EVENTS];

static struct catch_part *part_of(const struct breakpoint *b)
{
	bool mine = b->kind >= kinds && b->kind < kinds + CATCH_EVENTS;

	return mine ? b->part : NULL;
}

/* Words. */

static void put_signals(const struct catch_filter *f, struct buf *text)
{
	const char *blank = "";

	for (int i = 1; i <= 64; i++) {
		char name[16];

		if (!(f->signals >> (i - 1) & 1))
			continue;
		buf_printf(text, "%s%s", blank, signal_name(i, name));
		blank = " ";
	}
}

static bool several(uint64_t bits)
{
	return bits & (bits - 1);
}

void catch_event_text(const struct breakpoint *b, struct buf *text)
{
	const struct catch_part *c = part_of(b);
	const struct catch_filter *f = &c->filter;

	if (c->event != CATCH_SIGNAL) {
		buf_puts(text, names[c->event]);
	} else if (f->signals) {
		buf_puts(text, several(f->signals) ? "signals " : "signal ");
		put_signals(f, text);
	} else {
		buf_puts(text, f->all_signals ? "any signal"
		                              : "standard signals");
	}
}

/* What the column What has: "fork, process 12", `signal "SIGUSR1"`. */
static void put_what(const struct catch_part *c, struct buf *text)
{
	const struct catch_filter *f = &c->filter;

	switch (c->event) {
	case CATCH_SIGNAL:
		buf_puts(text, several(f->signals) ? "signals \""
		                                   : "signal \"");
		if (f->signals)
			put_signals(f, text);
		else
			buf_puts(text, f->all_signals ? "<any signal>"
			                              : "<standard signals>");
		buf_puts(text, "\"");
		break;
	case CATCH_LOAD:
	case CATCH_UNLOAD:
		buf_printf(text, "%s of library", names[c->event]);
		if (f->pattern)
			buf_printf(text, " matching %s", f->pattern);
		break;
	default:
		buf_puts(text, names[c->event]);
		if (c->program)
			buf_printf(text, ", program \"%s\"", c->program);
		else if (c->last)
			buf_printf(text, ", %s %d", c->last_is_thread
			           ? "thread" : "process", (int)c->last);
	}
}

static void list(struct session *s, const struct breakpoint *b)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	put_what(part_of(b), &text);
	out_str(s->out, "what", ROLE_PLAIN, text.data);
}

static void save(const struct breakpoint *b, struct buf *text)
{
	const struct catch_part *c = part_of(b);

	buf_printf(text, "%s %s", b->disposition == DISPOSITION_DELETE
	           ? "tcatch" : "catch", names[c->event]);
	if (c->filter.signals) {
		buf_puts(text, " ");
		put_signals(&c->filter, text);
	} else if (c->filter.all_signals) {
		buf_puts(text, " all");
	}
	if (c->filter.pattern)
		buf_printf(text, " %s", c->filter.pattern);
}

/* Its life. */

static struct error *compile(struct session *s, struct breakpoint *b,
                             const char *text, bool force, struct expr **expr)
{
	(void)b;
	(void)force;
	return session_compile_condition(s, text, NULL, expr);
}

static bool any_enabled(const struct session *s, enum catch_event event)
{
	for (size_t i = 0; i < s->breakpoints.len; i++)
		if (s->breakpoints.items[i]->kind == &kinds[event] &&
		    s->breakpoints.items[i]->enabled)
			return true;
	return false;
}

/* Ends are stops only while somebody wants them. */
static void changed(struct session *s, struct breakpoint *b)
{
	bool wanted = any_enabled(s, CATCH_END);

	if (part_of(b)->event != CATCH_END || wanted == s->target->trace_exit)
		return;
	target_trace_exit(s->target, wanted);
	session_calls_changed(s);
}

static void destroy(struct session *s, struct breakpoint *b)
{
	struct catch_part *c = part_of(b);

	b->enabled = false;
	changed(s, b);
	pattern_destroy(c->regex);
	free(c->filter.pattern);
	free(c->program);
	loaded_files_forget(&c->files, NULL);
	free(c);
}

static void modules_changed(struct session *s, struct thread *t,
                            struct breakpoint *b,
                            struct catch_verdict *verdict);

#define KIND(event) \
	{ \
		.noun = "catchpoint", .type = "catchpoint", \
		.name = "catch " event, .list = list, .save = save, \
		.compile = compile, .changed = changed, .destroy = destroy, \
	}
#define MODULES(event) \
	{ \
		.noun = "catchpoint", .type = "catchpoint", \
		.name = "catch " event, .list = list, .save = save, \
		.compile = compile, .changed = changed, .destroy = destroy, \
		.modules_changed = modules_changed, \
	}
static const struct breakpoint_kind kinds[CATCH_EVENTS] = {
	[CATCH_EXEC] = KIND("exec"), [CATCH_FORK] = KIND("fork"),
	[CATCH_VFORK] = KIND("vfork"), [CATCH_CLONE] = KIND("clone"),
	[CATCH_END] = KIND("exit"), [CATCH_SIGNAL] = KIND("signal"),
	[CATCH_LOAD] = MODULES("load"), [CATCH_UNLOAD] = MODULES("unload"),
};

static struct error *compile_pattern(struct catch_part *c)
{
	const char *text = c->filter.pattern;

	return text ? pattern_make(text, strlen(text),
		                           PATTERN_EXTENDED, &c->regex) : NULL;
}

static bool is_about_modules(const struct breakpoint *b);

struct error *catch_event_add(struct session *s, enum catch_event event,
                              const struct catch_filter *filter,
                              struct expr *condition, bool temporary,
                              struct breakpoint **b)
{
	struct catch_part *c = xcalloc(1, sizeof(*c));
	struct error *err;

	c->event = event;
	c->filter = *filter;
	err = compile_pattern(c);
	if (err) {
		free(c->filter.pattern);
		free(c);
		expr_destroy(condition);
		return err;
	}
	*b = breakpoint_add(s, &kinds[event], c);
	(*b)->condition = condition;
	if (temporary)
		(*b)->disposition = DISPOSITION_DELETE;
	changed(s, *b);
	for (size_t i = 0; i < s->target->processes.len; i++)
		if (is_about_modules(*b))
			loaded_files_know(s, &c->files,
			                  s->target->processes.items[i]);
	breakpoints_watch_linkers(s);
	return NULL;
}

/* Events. */

static void tell(struct thread *t, const struct breakpoint *b, char *event,
                 char *below)
{
	const struct stop_note note = {
		.number = b->number,
		.title = b->disposition == DISPOSITION_DELETE
		         ? "Temporary catchpoint" : "Catchpoint",
		.kind = b->kind->name, .event = event, .below = below,
	};

	note_add(t, &note);
}

static char *program_of(const struct thread *t)
{
	char data[4096];

	proc_exe(t->process->pid, data, sizeof(data));
	return xstrdup(data);
}

static char *end_text(const struct stop *stop)
{
	int status = stop->exit_status;
	char name[16];

	if (WIFSIGNALED(status))
		return xasprintf("killed by %s",
		                 signal_name(WTERMSIG(status), name));
	return xasprintf("exiting with status %d", WEXITSTATUS(status));
}

static char *event_text(const struct thread *t, struct catch_part *c)
{
	const struct thread *made = target_thread(t->target, t->stop.child);
	bool thread = made && made->process == t->process;

	switch (c->event) {
	case CATCH_EXEC:
		free(c->program);
		c->program = program_of(t);
		return xasprintf("exec'd %s", c->program);
	case CATCH_FORK:
	case CATCH_VFORK:
	case CATCH_CLONE:
		c->last = t->stop.child;
		c->last_is_thread = thread;
		return xasprintf("%sed %s %d", c->event == CATCH_CLONE
		                 ? "clon" : names[c->event],
		                 thread ? "thread" : "process",
		                 (int)t->stop.child);
	default:
		c->last = t->tid;
		c->last_is_thread = true;
		return end_text(&t->stop);
	}
}

bool catch_event_wanted(const struct session *s, const struct thread *t)
{
	const unsigned events = STOP_EXEC | STOP_FORK | STOP_VFORK |
	                        STOP_CLONE | STOP_DYING;

	/* Nearly every stop: whatever number of breakpoints there are. */
	if (!(t->stop.reasons & events))
		return false;
	for (size_t i = 0; i < s->breakpoints.len; i++) {
		const struct breakpoint *b = s->breakpoints.items[i];
		const struct catch_part *c = part_of(b);

		if (c && b->enabled && t->stop.reasons & reasons_of[c->event])
			return true;
	}
	return false;
}

void catch_at_event(struct session *s, struct thread *t,
                    struct catch_verdict *verdict)
{
	for (size_t i = 0; i < s->breakpoints.len; i++) {
		struct breakpoint *b = s->breakpoints.items[i];
		struct catch_part *c = part_of(b);

		if (c && b->enabled &&
		    t->stop.reasons & reasons_of[c->event] &&
		    breakpoint_hit(s, t, b, verdict))
			tell(t, b, event_text(t, c), NULL);
	}
}

static bool wants_signal(const struct catch_filter *f, int signal)
{
	if (f->signals)
		return f->signals >> (signal - 1) & 1;
	return f->all_signals || (signal != SIGTRAP && signal != SIGINT);
}

void catch_at_signal(struct session *s, struct thread *t,
                     struct catch_verdict *verdict)
{
	int signal = t->stop.signal;
	char name[16];

	for (size_t i = 0; i < s->breakpoints.len && signal > 0; i++) {
		struct breakpoint *b = s->breakpoints.items[i];
		const struct catch_part *c = part_of(b);

		if (c && c->event == CATCH_SIGNAL && b->enabled &&
		    wants_signal(&c->filter, signal) &&
		    breakpoint_hit(s, t, b, verdict))
			tell(t, b, xasprintf("signal %s",
			                     signal_name(signal, name)), NULL);
	}
}

/* Libraries. */

/* Whether one of the files is wanted; all are named then, as in gdb. */
static bool wants_modules(const struct catch_part *c,
                          const struct loaded_change *change)
{
	const file_names *files = c->event == CATCH_LOAD ? &change->loaded
	                                                 : &change->unloaded;

	for (size_t i = 0; i < files->len; i++)
		if (!c->regex ||
		    pattern_match(c->regex, files->items[i],
		                  strlen(files->items[i])) == PATTERN_YES)
			return true;
	return false;
}

static void modules_changed(struct session *s, struct thread *t,
                            struct breakpoint *b,
                            struct catch_verdict *verdict)
{
	struct catch_part *c = part_of(b);
	struct loaded_change change = { 0 };

	loaded_files_compare(s, &c->files, t->process, &change);
	if (b->enabled && wants_modules(c, &change) &&
	    breakpoint_hit(s, t, b, verdict))
		tell(t, b, NULL, loaded_change_text(&change));
	loaded_change_deinit(&change);
}

static bool is_about_modules(const struct breakpoint *b)
{
	return b->kind == &kinds[CATCH_LOAD] ||
	       b->kind == &kinds[CATCH_UNLOAD];
}

void catch_process_new(struct session *s, struct process *p)
{
	solib_process_new(s, p);
	for (size_t i = 0; i < s->breakpoints.len; i++)
		if (is_about_modules(s->breakpoints.items[i]))
			loaded_files_know(s, &part_of(s->breakpoints.items[i])
			                  ->files, p);
}

void catch_process_dies(struct session *s, const struct process *p)
{
	for (size_t i = 0; i < s->breakpoints.len; i++)
		if (is_about_modules(s->breakpoints.items[i]))
			loaded_files_forget(
				&part_of(s->breakpoints.items[i])->files, p);
	loaded_files_forget(s->solibs, p);
}
