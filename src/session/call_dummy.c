/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/call_dummy.h"

#include "base/alloc.h"
#include "base/log.h"
#include "session/frames.h"

#include <string.h>

struct dummy {
	struct target_detour *detour;
	struct dummy_result *result;  /* of whoever waits; NULL: nobody */
	/* What else of the thread goes on where it was. */
	struct call calls[CALL_DEPTH], left;
	size_t depth;
	bool unoffered, end_deferred, shown;
	int signal;
	bool passes, in_rseq;         /* over a breakpoint: displaced.c */
	taddr pass_pc;
};

static struct dummy *newest(const struct thread_info *info)
{
	return info->dummies.len
	       ? info->dummies.items[info->dummies.len - 1] : NULL;
}

struct error *dummy_push(struct thread *t, const struct target_excursion *e)
{
	struct thread_info *info = thread_info(t);
	struct error *err;
	struct dummy *d;

	if (info->dummies.len >= DUMMY_DEPTH)
		return error_new(ERROR_REFUSED, "too many functions were "
		                 "called that have not returned");
	d = xcalloc(1, sizeof(*d));
	err = target_detour_begin(t, e, &d->detour);
	if (err) {
		free(d);
		return err;
	}
	memcpy(d->calls, info->calls, sizeof(d->calls));
	d->depth = info->depth;
	d->left = info->left;
	d->unoffered = info->unoffered;
	d->end_deferred = info->end_deferred;
	d->shown = info->shown;
	d->signal = info->signal;
	d->passes = info->passes;
	d->pass_pc = info->pass_pc;
	d->in_rseq = info->in_rseq;
	info->depth = 0;
	info->left.pc = 0;
	info->unoffered = info->end_deferred = false;
	info->signal = -1;
	vec_push(&info->dummies, d);
	return NULL;
}

static void take_back(struct thread_info *info, const struct dummy *d)
{
	memcpy(info->calls, d->calls, sizeof(d->calls));
	info->depth = d->depth;
	info->left = d->left;
	info->unoffered = d->unoffered;
	info->end_deferred = d->end_deferred;
	info->shown = d->shown;
	info->signal = d->signal;
	info->passes = d->passes;
	info->pass_pc = d->pass_pc;
	info->in_rseq = d->in_rseq;
}

void dummy_await(struct thread *t, struct dummy_result *result)
{
	struct dummy *d = newest(thread_info(t));

	if (d)
		d->result = result;
}

/* Those from INDEX on are over: the thread is as it was before that one. */
static struct error *put_back(struct thread *t, size_t index)
{
	struct thread_info *info = thread_info(t);
	struct dummy *d = info->dummies.items[index];
	struct error *err = target_detour_end(t, d->detour);

	take_back(info, d);
	/* The stop of then, which has been entered: its number is the one of
	 * then too. */
	info->entered = t->runs + 1;
	info->at_site = info->again = false;
	for (size_t i = index + 1; i < info->dummies.len; i++) {
		target_detour_drop(info->dummies.items[i]->detour);
		free(info->dummies.items[i]);
	}
	free(d);
	info->dummies.len = index;
	return err;
}

static void take_result(struct thread *t, struct dummy_result *result)
{
	const struct arch_xstate *state;
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);

	if (!err)
		err = target_xstate(t, &state);
	if (!err) {
		result->regs = *regs;
		result->state = *state;
		result->returned = true;
	}
	error_destroy(err);
}

bool dummy_at_stop(struct session *s, struct thread *t)
{
	struct thread_info *info = thread_info(t);
	struct dummy *d = newest(info);
	struct error *err;
	bool awaited;

	if (!d || !target_detour_is_back(t, d->detour))
		return false;
	awaited = d->result != NULL;
	if (d->result)
		take_result(t, d->result);
	err = put_back(t, info->dummies.len - 1);
	if (err)
		LOG(LOG_SESSION, "thread %d: %s", (int)t->tid, err->message);
	error_destroy(err);
	s->stop_breakpoint = 0;
	stop_all_and_show(s, t, awaited);
	return true;
}

struct error *dummy_pop(struct thread *t, taddr return_to)
{
	struct thread_info *info = thread_info(t);
	struct arch_regs regs;
	taddr place;

	for (size_t i = info->dummies.len; i-- > 0;) {
		target_detour_before(info->dummies.items[i]->detour, &regs,
		                     &place);
		if (place == return_to)
			return put_back(t, i);
	}
	return error_new(ERROR_NOT_FOUND, "the function that was called is "
	                 "no more");
}

/*
 * What longjmp left is in no frame any more; to go back there would undo what
 * the program did since.
 */
void dummy_pop_all(struct session *s, struct thread *t)
{
	struct thread_info *info = thread_info(t);
	const struct frame *f;
	taddr outermost = 0;

	if (!info->dummies.len)
		return;
	for (unsigned level = 0; level < UNWIND_MAX &&
	     (f = session_frame_at(s, t, level)); level++)
		if (f->kind == FRAME_DUMMY)
			outermost = f->pc;
	if (outermost)
		error_destroy(dummy_pop(t, outermost));
	dummy_forget(info);
}

void dummy_forget(struct thread_info *info)
{
	while (info->dummies.len) {
		struct dummy *d = info->dummies.items[--info->dummies.len];

		target_detour_drop(d->detour);
		free(d);
	}
}

bool dummy_frame(const struct thread *t, taddr pc, struct arch_regs *regs)
{
	const struct thread_info *info = thread_info(t);
	taddr place;

	for (size_t i = info->dummies.len; i-- > 0;) {
		target_detour_before(info->dummies.items[i]->detour, regs,
		                     &place);
		if (place == pc)
			return true;
	}
	return false;
}
