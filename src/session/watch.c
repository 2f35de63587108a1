/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watchpoints: made, listed, saved; and what becomes of their processes. */
#include "session/watch.h"

#include "base/alloc.h"
#include "session/catch_event.h"
#include "expr/expr.h"
#include "expr/value.h"
#include "session/frames.h"
#include "session/internal.h"
#include "session/sites.h"

#include <string.h>

static const struct breakpoint_kind hard_kinds[3], soft_kind;

struct watch_part *watch_part_of(const struct breakpoint *b)
{
	bool mine = b->kind == &soft_kind ||
	            (b->kind >= hard_kinds && b->kind < hard_kinds + 3);

	return mine ? b->part : NULL;
}

unsigned watch_word(const struct breakpoint *b)
{
	const struct watch_part *w = watch_part_of(b);
	unsigned word = 0;

	for (size_t i = 0; w && word < 8 && i < w->places.len; i++)
		if (w->places.items[i].process && w->places.items[i].planned)
			word = process_word(w->places.items[i].process);
	return word;
}

bool watch_is(const struct breakpoint *b)
{
	return watch_part_of(b) != NULL;
}

const char *watch_title(const struct watch_part *w)
{
	static const char *const titles[] = {
		[WATCH_WRITE] = "Hardware watchpoint",
		[WATCH_READ] = "Hardware read watchpoint",
		[WATCH_ACCESS] = "Hardware access (read/write) watchpoint",
	};

	return w->software ? "Watchpoint" : titles[w->kind];
}

struct watch_place *watch_place_in(struct watch_part *w,
                                   const struct process *p)
{
	for (size_t i = 0; i < w->places.len; i++)
		if (w->places.items[i].process == p)
			return &w->places.items[i];
	return NULL;
}

void watch_place_deinit(struct watch_place *place)
{
	value_unref(place->old);
}

static void drop_place(struct watch_part *w, const struct process *p)
{
	for (size_t i = w->places.len; i-- > 0;) {
		if (w->places.items[i].process != p)
			continue;
		watch_place_deinit(&w->places.items[i]);
		vec_remove(&w->places, i);
	}
}

/* As users see and save them. */

static void list(struct session *s, const struct breakpoint *b)
{
	const struct watch_part *w = b->part;
	AUTO_FREE char *what = xasprintf("%s%s", w->location ? "-location "
	                                 : "", w->text);

	breakpoint_list_address(s, 0, 0, "");
	out_str(s->out, "what", ROLE_NAME, what);
}

static void save(const struct breakpoint *b, struct buf *text)
{
	static const char *const names[] = {
		[WATCH_WRITE] = "watch", [WATCH_READ] = "rwatch",
		[WATCH_ACCESS] = "awatch",
	};
	const struct watch_part *w = b->part;

	buf_printf(text, "%s %s%s", names[w->kind],
	           w->location ? "-location " : "", w->text);
	if (b->thread)
		buf_printf(text, " thread %s", b->thread);
}

static struct error *compile(struct session *s, struct breakpoint *b,
                             const char *text, bool force, struct expr **expr)
{
	struct code_scope scope = { 0 };
	const struct frame *f = session_frame(s);

	(void)b;
	(void)force;
	scope.image = session_current_image(s);
	if (!scope.image)
		return session_compile_condition(s, text, NULL, expr);
	scope.pc = f ? f->lookup_pc : 0;
	return session_compile_at(s, text, &scope, expr);
}

static void changed(struct session *s, struct breakpoint *b)
{
	struct watch_part *w = b->part;
	struct thread *t;

	b->complained = false;
	/* What it was before is forgotten. */
	for (size_t i = 0; i < w->places.len && b->enabled; i++) {
		struct watch_place *place = &w->places.items[i];

		t = place->process ? process_stopped_thread(place->process)
		                   : NULL;
		if (!t)
			continue;
		value_unref(place->old);
		place->old = watch_value(s, t, w, place);
	}
	watch_plan_all(s);
}

static void destroy(struct session *s, struct breakpoint *b)
{
	struct watch_part *w = b->part;

	b->enabled = false;
	watch_plan_all(s);
	site_drop(s, w->scope);
	for (size_t i = 0; i < w->places.len; i++)
		watch_place_deinit(&w->places.items[i]);
	vec_deinit(&w->places);
	expr_destroy(w->expr);
	free(w->text);
	free(w);
}

static void modules_changed(struct session *s, struct thread *t,
                            struct breakpoint *b,
                            struct catch_verdict *verdict);

#define KIND(text) \
	{ \
		.noun = "breakpoint", .type = text, .has_address = true, \
		.stops_at_calls = true, .failure_stops = true, \
		.never_temporary = true, \
		.list = list, .save = save, .compile = compile, \
		.modules_changed = modules_changed, .changed = changed, \
		.destroy = destroy, \
	}
static const struct breakpoint_kind hard_kinds[3] = {
	[WATCH_WRITE] = KIND("hw watchpoint"),
	[WATCH_READ] = KIND("read watchpoint"),
	[WATCH_ACCESS] = KIND("acc watchpoint"),
};
static const struct breakpoint_kind soft_kind = KIND("watchpoint");

void watch_announce(struct session *s, const struct breakpoint *b)
{
	const struct watch_part *w = b->part;
	AUTO_FREE char *what = xasprintf("%s%s", w->location ? "-location "
	                                 : "", w->text);

	out_begin(s->out, "watchpoint");
	out_text(s->out, ROLE_PLAIN, "%s ", watch_title(w));
	out_hidden_str(s->out, "kind", b->kind->type);
	out_uint(s->out, "number", ROLE_NUMBER, b->number, "%u", b->number);
	out_text(s->out, ROLE_PLAIN, ": ");
	out_str(s->out, "expression", ROLE_NAME, what);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}

void watch_promote(struct session *s)
{
	for (size_t i = 0; i < s->breakpoints.len; i++) {
		struct breakpoint *b = s->breakpoints.items[i];
		struct watch_part *w = watch_part_of(b);
		bool planned = w && w->software && w->places.len && b->enabled;

		for (size_t k = 0; planned && k < w->places.len; k++)
			planned = w->places.items[k].planned;
		if (!planned)
			continue;
		w->software = false;
		b->kind = &hard_kinds[w->kind];
		output_begin(s);
		out_message(s->out, "note", ROLE_PLAIN, "Watchpoint %u is a "
		            "hardware watchpoint now: there are debug "
		            "registers for it.", b->number);
		output_end(s);
	}
}

/* Made. */

/* The frame that returns, and where it returns to: its scope's end. */
static void bind_to_frame(struct session *s, struct thread *t,
                          struct watch_part *w)
{
	const struct frame *f = session_frame_of(s, t), *outer = NULL;
	struct backtrace *backtrace;
	struct error *err;

	if (!f || !f->cfa)
		return;
	w->local = true;
	w->tid = t->tid;
	w->cfa = f->cfa;
	err = session_backtrace(s, t, &backtrace);
	for (unsigned i = f->level + 1; !err && !w->scope; i++) {
		outer = backtrace_frame(backtrace, i);
		if (!outer || outer->cfa != w->cfa)
			break;
	}
	if (!err && outer)
		err = site_add(s, t->process, outer->pc, &w->scope);
	error_destroy(err);
}

static struct error *constant(const struct watch_part *w)
{
	return error_new(ERROR_USAGE, "Cannot watch constant value `%s'.",
	                 w->text);
}

/* Whether the registers can have it now. */
static struct error *choose_means(struct session *s, struct watch_part *w,
                                  const struct watch_place *place,
                                  bool registers)
{
	bool fits = !registers && place->count <= ARCH_DEBUG_SLOTS;

	if (fits && watch_would_fit(s, place->process, place->slots,
	                            place->count))
		return NULL;
	if (w->kind == WATCH_WRITE) {
		w->software = true;
		return NULL;
	}
	if (!fits)
		return error_new(ERROR_UNSUPPORTED, "Expression cannot be "
		                 "implemented with read/access watchpoint.");
	return error_new(ERROR_REFUSED, "There are not enough available "
	                 "hardware resources for this watchpoint.");
}

/* For the current process, or for the program's file. */
static struct error *first_look(struct session *s, struct watch_part *w)
{
	struct thread *t = s->current;
	struct watch_place place = { 0 };
	bool registers = false, local = false;
	struct error *err;

	if (t)
		TRY(session_need_stopped(s, &t));
	place.process = t ? t->process : NULL;
	TRY(session_compile_value(s, w->text, false, NULL, &w->expr));
	err = watch_look(s, t, w, &place, &registers, &local);
	/* Where it stands was looked up once and for all. */
	registers = registers && !w->location;
	if (!err && !place.count && !registers)
		err = constant(w);
	if (!err)
		err = choose_means(s, w, &place, registers);
	w->registers = registers;
	if (err) {
		watch_place_deinit(&place);
		return err;
	}
	vec_push(&w->places, place);
	if (t && (local || registers) && !w->location)
		bind_to_frame(s, t, w);
	if (!local)
		w->local = false;
	return NULL;
}

/* All followed processes that run the same have it at the same place. */
static void look_elsewhere(struct session *s, struct watch_part *w)
{
	const struct process *own = w->places.items[0].process;

	for (size_t i = 0; i < s->target->processes.len && !w->local; i++) {
		struct process *p = s->target->processes.items[i];
		struct thread *t = process_stopped_thread(p);
		struct watch_place place = { .process = p };
		bool registers, local;
		struct error *err;

		if (p == own || !t)
			continue;
		err = watch_look(s, t, w, &place, &registers, &local);
		if (err)
			watch_place_deinit(&place);
		else
			vec_push(&w->places, place);
		error_destroy(err);
	}
}

static void part_destroy(struct session *s, struct watch_part *w)
{
	site_drop(s, w->scope);
	for (size_t i = 0; i < w->places.len; i++)
		watch_place_deinit(&w->places.items[i]);
	vec_deinit(&w->places);
	expr_destroy(w->expr);
	free(w->text);
	free(w);
}

struct error *watch_add(struct session *s, const struct watch_request *r,
                        struct breakpoint **made)
{
	struct watch_part *w = xcalloc(1, sizeof(*w));
	struct thread *only = NULL;
	struct breakpoint *b;
	struct error *err = NULL;

	w->kind = r->kind;
	w->location = r->location;
	w->text = xstrdup(r->text);
	if (r->thread)
		err = session_thread_find(s, r->thread, &only);
	if (!err)
		err = first_look(s, w);
	if (err) {
		part_destroy(s, w);
		return err;
	}
	look_elsewhere(s, w);
	b = breakpoint_add(s, w->software ? &soft_kind : &hard_kinds[w->kind],
	                   w);
	b->tid = only ? only->tid : 0;
	b->thread = only ? xstrdup(r->thread) : NULL;
	if (r->condition)
		err = breakpoint_set_condition(s, b, r->condition, false);
	if (err) {
		breakpoint_delete(s, b);
		s->last_breakpoint--;
		return err;
	}
	watch_plan_all(s);
	*made = b;
	return NULL;
}

/* Processes. */

/* A place of W in T's process, where there is none yet. */
static void look_again(struct session *s, struct thread *t,
                       struct breakpoint *b)
{
	struct watch_part *w = watch_part_of(b);
	struct watch_place place = { .process = t->process };
	struct thread *before = s->current;
	struct expr *expr = NULL;
	bool registers, local;
	struct error *err;

	if (w->local || watch_place_in(w, t->process))
		return;
	s->current = t;
	err = session_compile_value(s, w->text, false, NULL, &expr);
	if (!err) {
		expr_destroy(w->expr);
		w->expr = expr;
		err = watch_look(s, t, w, &place, &registers, &local);
	}
	s->current = before;
	if (err)
		watch_place_deinit(&place);
	else
		vec_push(&w->places, place);
	error_destroy(err);
}

static void modules_changed(struct session *s, struct thread *t,
                            struct breakpoint *b,
                            struct catch_verdict *verdict)
{
	(void)verdict;
	look_again(s, t, b);
	watch_plan(s, t->process);
}

/* What is of a frame that is no more goes without a word, as in gdb. */
static void drop_process(struct session *s, struct process *p)
{
	for (size_t i = s->breakpoints.len; i-- > 0;) {
		struct breakpoint *b = s->breakpoints.items[i];
		struct watch_part *w = watch_part_of(b);
		bool mine = w && watch_place_in(w, p);

		if (!mine)
			continue;
		drop_place(w, p);
		if (w->local && !b->doomed) {
			b->doomed = s->any_doomed = true;
			b->enabled = false;
		}
	}
}

void watch_process_new(struct session *s, struct process *p)
{
	struct thread *t = process_stopped_thread(p);

	catch_process_new(s, p);
	drop_process(s, p);
	for (size_t i = 0; i < s->breakpoints.len && t; i++) {
		struct breakpoint *b = s->breakpoints.items[i];

		if (!watch_is(b))
			continue;
		drop_place(watch_part_of(b), NULL);
		look_again(s, t, b);
	}
	watch_plan(s, p);
}

void watch_process_forked(struct session *s, struct process *p)
{
	const struct process *parent = target_process(s->target, p->parent);

	for (size_t i = 0; i < s->breakpoints.len && parent; i++) {
		struct watch_part *w = watch_part_of(s->breakpoints.items[i]);
		struct watch_place *from = w ? watch_place_in(w, parent) : NULL;
		struct watch_place place;

		if (!from || w->local || watch_place_in(w, p))
			continue;
		place = *from;
		place.process = p;
		place.old = from->old ? value_ref(from->old) : NULL;
		vec_push(&w->places, place);
	}
	catch_process_new(s, p);
	watch_plan(s, p);
}

void watch_process_dies(struct session *s, struct process *p)
{
	catch_process_dies(s, p);
	drop_process(s, p);
}
