/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stepping by lines: what is stepped through, and where that ends.  The rules
 * are gdb's, since people compare: a step ends at the first instruction of a
 * statement of another line; in the middle of one the range becomes that line's.
 */
#include "session/step_internal.h"

#include "base/alloc.h"

#include <string.h>

/* The line that PC belongs to; false: to none. */
static bool line_at(struct session *s, struct thread *t, taddr pc,
                    struct source_line *line)
{
	return debug_line_at(session_image(s, t->process), pc, line) &&
	       line->line;
}

static void take_frame(struct session *s, struct thread *t)
{
	struct step *step = step_of(t);
	const struct frame *f = step_frame_at(s, t, 0);

	step->frame = step_frame_key(s, t, f);
	step->outer = step_frame_key(s, t, step_frame_real(s, t, f));
}

static void take_line(struct step *step, const char *file, unsigned line)
{
	step->file = file;
	step->line = line;
	step->any_line = !file;
}

static bool is_line(const struct step *step, const char *file, unsigned line)
{
	return !step->any_line && step->file && file && step->line == line &&
	       strcmp(step->file, file) == 0;
}

/* Where the code of SYMBOL, whose size is not said, gives way to another's. */
static taddr end_of(struct image *image, const struct symbol *symbol)
{
	enum { GRAIN = 4, MOST = 1 << 16 };
	struct symbol other;
	taddr at = symbol->addr;

	do
		at += GRAIN;
	while (at < symbol->addr + MOST &&
	       image_symbol_at(image, at, &other) &&
	       other.addr == symbol->addr);
	return at;
}

/* "Single stepping until exit from function ...": all of it is one line. */
static struct error *whole_function(struct session *s, struct thread *t,
                                    taddr pc)
{
	struct image *image = session_image(s, t->process);
	struct step *step = step_of(t);
	struct symbol symbol;
	AUTO_FREE char *readable = NULL;

	if (!image_symbol_at(image, pc, &symbol))
		return error_new(ERROR_NOT_FOUND, "cannot find bounds of "
		                 "current function");
	step->low = symbol.addr;
	step->high = symbol.size ? symbol.addr + symbol.size
	                         : end_of(image, &symbol);
	readable = symbol_demangle(symbol.name);
	output_begin(s);
	out_message(s->out, "note", ROLE_PLAIN, "Single stepping until exit "
	            "from function %s, which has no line number "
	            "information.", readable ? readable : symbol.name);
	output_end(s);
	return NULL;
}

static struct error *set_range(struct session *s, struct thread *t, taddr pc)
{
	struct step *step = step_of(t);
	struct source_line line;
	struct symbol symbol;

	if (line_at(s, t, pc, &line)) {
		step->low = step->kind == STEP_UNTIL && step->outer.known
		            ? step->outer.function : line.start;
		step->high = line.end;
		return NULL;
	}
	if (step->kind == STEP_UNTIL) {
		if (!image_symbol_at(session_image(s, t->process), pc,
		                     &symbol))
			return error_new(ERROR_REFUSED, "execution is not "
			                 "within a known function");
		step->low = symbol.addr;
		step->high = pc + 1;
		return NULL;
	}
	if (!s->settings.step_mode || step->over)
		return whole_function(s, t, pc);
	/* As stepi. */
	step->low = step->high = 0;
	return NULL;
}

struct error *step_prepare(struct session *s, struct thread *t, bool *done)
{
	struct step *step = step_of(t);
	const struct frame *f;
	taddr pc, sp;

	*done = false;
	if (!step_get_pc(t, &pc, &sp))
		return error_new(ERROR_GONE, "the thread is gone");
	take_frame(s, t);
	step->started_in = step->outer.function;
	step->from_linker = step_in_linker(s, t, pc);
	f = step_frame_at(s, t, 0);
	take_line(step, f ? f->file : NULL, f ? f->line : 0);
	if (step->kind == STEP_LINE && !step->over && step_not_entered(s, t)) {
		step_go_in(s, t, 1);
		*done = true;
		return NULL;
	}
	return set_range(s, t, pc);
}

/* T is at the first instruction of a function that was called. */
static enum verdict at_function(struct session *s, struct thread *t, taddr pc)
{
	struct step *step = step_of(t);
	struct image *image = session_image(s, t->process);
	struct debug_function functions[16];
	struct source_line line;
	taddr start = pc, body;
	size_t count;

	count = debug_functions_at(image, pc, functions, ARRAY_LEN(functions));
	if (count)
		start = functions[count - 1].entry;
	if (!line_at(s, t, start, &line)) {
		if (s->settings.step_mode)
			return SHOW;
		step_run_to(s, t, AIM_RETURN, step->return_to,
		            step->return_sp);
		step_jumps_plant(s, t);
		return GO_ON;
	}
	body = debug_skip_prologue(image, start);
	if (line_at(s, t, body, &line) && line.start != body && count &&
	    line.end < functions[count - 1].high)
		body = line.end;
	if (body == pc)
		return SHOW;
	step_run_to(s, t, AIM_BODY, body, 0);
	step_jumps_plant(s, t);
	return GO_ON;
}

/* A function without any name or line: out of it. */
static bool run_out(struct session *s, struct thread *t)
{
	const struct frame *f = step_frame_at(s, t, 0);
	const struct frame *caller = step_frame_caller(s, t, f);

	if (!caller || !f || !f->cfa)
		return false;
	step_run_to(s, t, AIM_RETURN, caller->pc, f->cfa);
	step_jumps_plant(s, t);
	return true;
}

static bool has_name(struct session *s, struct thread *t, taddr pc)
{
	struct symbol symbol;

	return image_symbol_at(session_image(s, t->process), pc, &symbol);
}

/* At the first instruction of inlined copies, in the frame as before. */
static enum verdict at_inlined(struct session *s, struct thread *t,
                               const struct frame *f)
{
	struct step *step = step_of(t);
	bool same = is_line(step, f->file, f->line);

	if (step->over)
		return same ? GO_ON : SHOW;
	if (same)
		step_go_in(s, t, 1);
	return SHOW;
}

/* Whether F, an inlined copy, is within the frame that is stepped. */
static bool is_within(struct session *s, struct thread *t,
                      const struct frame *f)
{
	while (f && f->kind == FRAME_INLINE) {
		struct step_frame key;

		f = step_frame_at(s, t, f->level + 1);
		key = step_frame_key(s, t, f);
		if (step_frame_equal(&key, &step_of(t)->frame))
			return true;
	}
	return false;
}

static enum verdict at_line(struct session *s, struct thread *t,
                            const struct source_line *line, taddr pc)
{
	struct step *step = step_of(t);
	struct step_frame now = step_frame_key(s, t, step_frame_at(s, t, 0));
	bool same = step_frame_equal(&now, &step->frame);
	bool other = !is_line(step, line->file, line->line);

	if (other && pc == line->start && line->is_statement)
		return SHOW;
	/* No place to stop at: a better one will come. */
	if (other && same)
		return GO_ON;
	if (other && pc == line->start)
		take_line(step, NULL, 0);
	else
		take_line(step, line->file, line->line);
	/* `until` never goes back. */
	if (step->kind != STEP_UNTIL || !same)
		step->low = line->start;
	step->high = line->end;
	take_frame(s, t);
	return GO_ON;
}

enum verdict step_line_at(struct session *s, struct thread *t, taddr pc,
                          taddr sp)
{
	struct step *step = step_of(t);
	const struct frame *f;
	struct step_frame key;
	struct source_line line;
	bool known;

	if (pc >= step->low && pc < step->high && !step->called)
		return GO_ON;
	if (step->called && pc == step->return_to && sp >= step->return_sp)
		step->called = false;
	if (!step->over && !step->from_linker && step_in_linker(s, t, pc))
		return GO_ON;
	f = step_frame_at(s, t, 0);
	if (!f || (f->kind == FRAME_SIGNAL && step->high))
		return f ? GO_ON : SHOW;
	if (step->called) {
		step->called = false;
		return at_function(s, t, pc);
	}
	known = line_at(s, t, pc, &line);
	if (!step->over && !known && !has_name(s, t, pc) &&
	    !s->settings.step_mode && run_out(s, t))
		return GO_ON;
	if (!step->high || !known)
		return SHOW;
	key = step_frame_key(s, t, f);
	if (step_frame_equal(&key, &step->frame) && step_not_entered(s, t))
		return at_inlined(s, t, f);
	if (f->kind == FRAME_INLINE && !step_frame_equal(&key, &step->frame) &&
	    is_within(s, t, f))
		return step->over ? GO_ON : SHOW;
	return at_line(s, t, &line, pc);
}
