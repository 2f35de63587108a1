/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Local variables that stand in threads' stacks, by their addresses. */
#include "cmds/diff.h"

#include "session/frames.h"
#include "symbols/debug.h"
#include "symbols/image.h"

enum { MOST_FRAMES = 1000 };

/* From the stack pointer up to each frame's CFA; inlined frames share one. */
static void add_thread(struct session *s, struct thread *t,
                       diff_frame_vec *frames)
{
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);
	taddr start = err ? 0 : arch_sp(regs), next = start;
	const struct frame *f;

	error_destroy(err);
	for (unsigned level = 0; start && level < MOST_FRAMES; level++) {
		f = session_frame_at(s, t, level);
		if (!f || !f->cfa || f->cfa < start)
			return;
		if (f->cfa > next) {
			start = next;
			next = f->cfa;
		}
		vec_push(frames, (struct diff_frame){
			.start = start, .end = f->cfa, .thread = t,
			.level = level,
		});
	}
}

void diff_find_frames(struct session *s, diff_frame_vec *frames)
{
	struct process *p = s->current->process;

	for (size_t i = 0; i < p->threads.len; i++)
		if (p->threads.items[i]->state == THREAD_STOPPED)
			add_thread(s, p->threads.items[i], frames);
}

struct looking {
	const struct frame *frame;
	taddr addr;
	struct diff_object *object;
	bool found;
};

static bool take_variable(void *ctx, const struct debug_variable *v)
{
	struct looking *l = ctx;
	uint64_t size = type_size(v->type);
	struct location location;
	struct error *err = debug_locate(v, &l->frame->function,
	                                 frame_context(l->frame), &location);
	const struct location_piece *piece = &location.pieces[0];

	if (err || location.count != 1 || piece->kind != LOCATION_MEMORY ||
	    piece->bits || l->addr < piece->addr ||
	    l->addr - piece->addr >= size) {
		error_destroy(err);
		return true;
	}
	l->found = true;
	l->object->type = v->type;
	l->object->addr = piece->addr;
	l->object->size = size;
	buf_puts(&l->object->path, v->name);
	return false;
}

static bool look_in(struct session *s, const struct diff_frame *r,
                    struct looking *l)
{
	struct image *image = session_image(s, r->thread->process);

	l->frame = session_frame_at(s, r->thread, r->level);
	if (!l->frame || !l->frame->function.die.info)
		return false;
	for (int arguments = 0; arguments < 2 && !l->found; arguments++)
		debug_variables_of(image, &l->frame->function,
		                   l->frame->lookup_pc, arguments,
		                   take_variable, l);
	if (!l->found)
		return false;
	l->object->function = session_frame_name(s, r->thread, l->frame);
	l->object->thread = r->thread->number;
	l->object->level = r->level;
	return true;
}

bool diff_find_local(struct session *s, const diff_frame_vec *frames,
                     taddr addr, struct diff_object *o)
{
	struct looking l = { .addr = addr, .object = o };

	buf_reset(&o->path);
	for (size_t i = 0; i < frames->len; i++) {
		const struct diff_frame *r = &frames->items[i];

		if (addr >= r->start && addr < r->end && look_in(s, r, &l))
			return true;
	}
	return false;
}
