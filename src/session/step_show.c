/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stop at the end of a step: the line, behind the frame where that is new. */
#include "session/step_internal.h"

#include "base/alloc.h"
#include "session/call_layout.h"
#include "session/source.h"
#include "session/world.h"

#include <string.h>

static void show_head(struct session *s, struct thread *t)
{
	struct out *o = s->out;
	char label[24];

	session_thread_label(s, t, label);
	thread_name_refresh(t);
	out_hidden_str(o, "reason", "step");
	out_hidden_str(o, "thread", label);
	out_hidden_int(o, "tid", t->tid);
	out_hidden_int(o, "pid", t->process->pid);
	out_hidden_str(o, "comm", thread_info(t)->comm);
}

/* RAX has its address where a result is in memory. */
static struct error *read_result(struct session *s, struct thread *t,
                                 const struct type *type, struct value **v)
{
	enum { MAX_RESULT = 1 << 16 };
	const struct arch_regs *regs;
	const struct arch_xstate *state;
	const struct arch *arch;
	uint64_t size = type_size(type);
	uint8_t data[16];
	AUTO_FREE uint8_t *whole = NULL;

	TRY(target_regs(t, &regs));
	TRY(target_xstate(t, &state));
	arch = arch_of_regs(regs);
	if (call_result_in_memory(arch, type)) {
		if (!size || size > MAX_RESULT)
			return error_new(ERROR_UNSUPPORTED, "the size of the "
			                 "result is not known, or too large");
		whole = xcalloc(1, size);
		TRY(target_read(t->process, regs->user.rax, whole, size));
		*v = value_of_bytes(s->world, type, whole);
		return NULL;
	}
	call_result(arch, type, regs, state, data);
	*v = value_of_bytes(s->world, type, data);
	return NULL;
}

/* "Value returned is $1 = 42" */
static void show_result(struct session *s, struct thread *t,
                        const struct type *type)
{
	AUTO_VALUE struct value *v = NULL;
	AUTO_BUF struct buf text = { 0 }, name = { 0 };
	struct value_style style;
	struct out *o = s->out;
	unsigned long long number;
	struct error *err = read_result(s, t, type, &v);

	buf_init(&text);
	buf_init(&name);
	session_value_style(s, 0, &style);
	if (!err)
		err = value_print(v, &style, &text);
	if (err) {
		out_message(o, "warning", ROLE_WARNING,
		            "warning: the value returned can't be shown: %s",
		            err->message);
		error_destroy(err);
		return;
	}
	type_name(value_type(v), "", &name);
	number = session_value_keep(s, v);
	out_begin(o, "returned");
	out_text(o, ROLE_PLAIN, "Value returned is $");
	out_uint(o, "number", ROLE_PLAIN, number, "%llu", number);
	out_text(o, ROLE_PLAIN, " = ");
	out_bytes(o, "value", ROLE_PLAIN, text.data, text.len);
	out_hidden_str(o, "ctype", name.data);
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

static void show_place(struct session *s, struct thread *t,
                       const struct frame *f, bool only_line)
{
	struct out *o = s->out;
	bool line = only_line && f->file;

	out_begin(o, "stop");
	show_head(s, t);
	if (f->kind != FRAME_SIGNAL && (!f->file || f->mid_line))
		out_word(o, "pc", ROLE_ADDRESS, f->pc, "0x%0*llx",
		         step_arch(t)->word * 2, (unsigned long long)f->pc);
	else
		out_hidden_word(o, "pc", f->pc);
	if (line) {
		out_text(o, ROLE_PLAIN, "%s", f->mid_line ? "\t" : "");
	} else {
		if (f->kind != FRAME_SIGNAL && (!f->file || f->mid_line))
			out_text(o, ROLE_PLAIN, " in ");
		show_frame_place(s, t, f);
		out_text(o, ROLE_PLAIN, "\n");
	}
	out_end(o);
}

bool step_show(struct session *s, struct thread *t)
{
	const struct step_end *end = s->step_end;
	const struct frame *f;

	if (!end || end->tid != t->tid)
		return false;
	f = session_frame_at(s, t, 0);
	if (!f)
		return false;
	show_place(s, t, f, end->same_frame);
	/* What was written to show it may have made the frame another. */
	f = session_frame_at(s, t, 0);
	if (f && f->file)
		source_show_frame(s, t, f);
	if (end->result)
		show_result(s, t, end->result);
	out_flush(s->out);
	return true;
}

void step_shown(struct session *s)
{
	free(s->step_end);
	s->step_end = NULL;
}
