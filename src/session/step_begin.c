/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps as commands begin them. */
#include "session/step_internal.h"

#include "base/alloc.h"
#include "session/location.h"

#include <string.h>

/* A plan for T, which stands. */
static struct step *begin(struct session *s, struct thread *t,
                          enum step_kind kind)
{
	struct step *step = xcalloc(1, sizeof(*step));

	map_init(&step->sites);
	map_init(&step->blocks);
	step->kind = kind;
	step->count = 1;
	*plan_begin(s, t) = (struct plan){ .kind = PLAN_STEP, .step = step };
	return step;
}

/* The end, before anything ran. */
static struct error *show_at_once(struct session *s, struct thread *t)
{
	free(s->step_end);
	s->step_end = xcalloc(1, sizeof(*s->step_end));
	s->step_end->tid = t->tid;
	plan_drop(s, t);
	session_drop_actions(s);
	s->stop_breakpoint = 0;
	s->stop_tid = t->tid;
	stop_all_and_show(s, t, false);
	return NULL;
}

struct error *session_step(struct session *s, enum step_kind kind, bool over,
                           uint64_t count, bool background)
{
	struct error *err = NULL;
	struct thread *t;
	struct step *step;
	bool done = false;

	TRY(session_need_stopped(s, &t));
	if (!count)
		return NULL;
	frames_unselect(t);
	step = begin(s, t, kind);
	step->over = over;
	step->count = count;
	step->hardware = kind == STEP_BLOCK && step_by_hardware(s);
	if (kind == STEP_LINE || kind == STEP_UNTIL)
		do
			err = step_prepare(s, t, &done);
		while (!err && done && --step->count);
	else
		step->outer = step_frame_key(s, t, step_frame_real(s, t,
		                             step_frame_at(s, t, 0)));
	if (err) {
		plan_drop(s, t);
		return err;
	}
	if (!step->count)
		return show_at_once(s, t);
	if (kind == STEP_INSN || kind == STEP_BLOCK) {
		step->frame = step_frame_key(s, t, step_frame_at(s, t, 0));
		step->started_in = step->outer.function;
	}
	return session_go(s, background);
}

static void add_end(struct session *s, struct thread *t,
                    struct step_place place)
{
	place.site = step_site(s, t, place.addr);
	vec_push(&step_of(t)->ends, place);
}

/* Where F's real function returns to, unless it is the outermost one. */
static void add_return(struct session *s, struct thread *t,
                       const struct frame *f)
{
	const struct frame *caller = step_frame_caller(s, t, f);
	struct step_place place = { .returns = true };

	f = step_frame_real(s, t, f);
	if (!caller || !f)
		return;
	place.addr = caller->pc;
	place.least_sp = f->cfa;
	/* What the start of a program seems to return to is nothing. */
	if (step_of(t)->kind == STEP_ADVANCE && !step_site(s, t, place.addr))
		return;
	step_of(t)->outer = step_frame_key(s, t, caller);
	add_end(s, t, place);
}

static void say_run_till_exit(struct session *s, struct thread *t,
                              const struct frame *f)
{
	out_begin(s->out, "finishing");
	out_text(s->out, ROLE_PLAIN, "Run till exit from ");
	show_frame(s, t, f, false);
	out_end(s->out);
}

/* Out of an inlined copy: as `next` through all of it. */
static struct error *finish_inlined(struct session *s, struct thread *t,
                                    const struct frame *f, bool background)
{
	const struct frame *outer = step_frame_at(s, t, f->level + 1);
	struct step *step = begin(s, t, STEP_LINE);

	step->over = true;
	step->frame = step_frame_key(s, t, outer);
	step->outer = step_frame_key(s, t, step_frame_real(s, t, outer));
	step->low = step->high = f->pc;
	step->any_line = true;
	say_run_till_exit(s, t, f);
	frames_unselect(t);
	return session_go(s, background);
}

/* What F's function gives back; NULL: nothing, or nobody knows. */
static const struct type *result_type(const struct frame *f)
{
	const struct type *type;

	if (!f || !f->function.die.info)
		return NULL;
	type = type_target(debug_function_type(&f->function));
	return type && type_strip(type)->kind != TYPE_VOID ? type : NULL;
}

struct error *session_finish(struct session *s, bool background)
{
	struct thread *t;
	const struct frame *f;
	const struct type *result;
	unsigned level;

	TRY(session_need_stopped(s, &t));
	f = session_frame(s);
	if (!f || !session_frame_at(s, t, f->level + 1))
		return error_new(ERROR_REFUSED, "\"finish\" not meaningful in "
		                 "the outermost frame.");
	if (f->kind == FRAME_INLINE)
		return finish_inlined(s, t, f, background);
	if (f->kind == FRAME_DUMMY ||
	    !step_frame_caller(s, t, f))
		return error_new(ERROR_REFUSED, "\"finish\" not meaningful in "
		                 "this frame: use `continue`");
	level = f->level;
	result = result_type(f);
	begin(s, t, STEP_FINISH)->result = result;
	say_run_till_exit(s, t, f);
	add_return(s, t, session_frame_at(s, t, level));
	step_jumps_plant(s, t);
	frames_unselect(t);
	return session_go(s, background);
}

struct error *session_advance(struct session *s, const char *text, bool same,
                              bool background)
{
	place_list places = { 0 };
	struct error *err;
	struct thread *t;
	const struct frame *f;
	taddr cfa = 0;

	TRY(session_need_stopped(s, &t));
	err = location_resolve(s, text, LOCATION_BREAK, &places);
	if (err) {
		vec_deinit(&places);
		return err;
	}
	begin(s, t, STEP_ADVANCE);
	f = session_frame(s);
	if (f) {
		f = step_frame_real(s, t, f);
		cfa = f ? f->cfa : 0;
		add_return(s, t, f);
	}
	for (size_t i = 0; i < places.len; i++)
		if (places.items[i].has_addr)
			add_end(s, t, (struct step_place){
				.addr = places.items[i].addr,
				.cfa = same ? cfa : 0 });
	vec_deinit(&places);
	step_jumps_plant(s, t);
	frames_unselect(t);
	return session_go(s, background);
}
