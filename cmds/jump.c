/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going on somewhere else: `jump`, and leaving a function by `return`. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "expr/value.h"
#include "session/call_layout.h"
#include "session/frames.h"
#include "session/world.h"

#include <ctype.h>
#include <string.h>

/*
 * Within a call its registers are the kernel's: the call would be made from
 * somewhere else, with whatever stands there.
 */
static struct error *need_movable(const struct thread *t)
{
	if (t->stop.reasons & STOP_ENTRY)
		return error_new(ERROR_REFUSED, "the thread is at the entry of "
		                 "a call: step to its exit (sysfinish), or "
		                 "skip it, first");
	return NULL;
}

/* REGS become T's; no call that was broken off is made again there. */
static struct error *move_to(struct thread *t, struct arch_regs *regs)
{
	regs->user.orig_rax = (unsigned long long)-1;
	TRY(target_set_regs(t, regs));
	t->mended.set = false;
	return NULL;
}

struct place {
	taddr addr;
	bool found;
};

static bool take_place(void *ctx, const struct source_line *l)
{
	struct place *place = ctx;

	place->addr = l->start;
	place->found = true;
	return false;
}

/* LINE, FILE:LINE; false: TEXT has not that form. */
static struct error *line_place(struct session *s, const char *text,
                                bool *is_line, taddr *addr)
{
	struct image *image = session_image(s, s->current->process);
	const char *colon = strrchr(text, ':');
	const char *digits = colon ? colon + 1 : text;
	size_t len = strspn(digits, "0123456789");
	const struct frame *f = session_frame(s);
	AUTO_FREE char *file = NULL;
	struct place place = { 0 };

	*is_line = len && len < 9 && !*skip_blanks(digits + len);
	if (!*is_line)
		return NULL;
	if (colon)
		file = xstrndup(text, (size_t)(colon - text));
	else if (f && f->file)
		file = xstrdup(f->file);
	else
		return error_new(ERROR_USAGE, "no file is known here: say "
		                 "FILE:LINE");
	debug_places_of_line(image, file, (unsigned)strtoul(digits, NULL, 10),
	                     take_place, &place);
	if (!place.found)
		return error_new(ERROR_NOT_FOUND,
		                 "there is no code for that line");
	*addr = place.addr;
	return NULL;
}

/* *EXPRESSION, FILE:LINE, LINE, or a function. */
static struct error *find_place(struct session *s, const char *text,
                                taddr *addr)
{
	AUTO_FREE char *address = NULL;
	bool is_line;
	int64_t n;

	if (*text == '*') {
		TRY(evaluate_number(s, text + 1, &n));
		*addr = (taddr)n;
		return NULL;
	}
	TRY(line_place(s, text, &is_line, addr));
	if (is_line)
		return NULL;
	address = xasprintf("(long)&(%s)", text);
	TRY(evaluate_number(s, address, &n));
	*addr = debug_skip_prologue(session_image(s, s->current->process),
	                            (taddr)n);
	return NULL;
}

static struct error *run_jump(struct session *s, struct command_args *args)
{
	struct thread *t = s->current;
	const struct arch_regs *own;
	struct arch_regs regs;
	taddr addr = 0;

	TRY(need_movable(t));
	TRY(find_place(s, args->arg[0].text, &addr));
	TRY(target_regs(t, &own));
	regs = *own;
	regs.user.rip = addr;
	TRY(move_to(t, &regs));
	out_message(s->out, "note", ROLE_PLAIN, "Continuing at 0x%llx.",
	            (unsigned long long)addr);
	return session_continue(s, -1, false, args->background);
}

/* return */

static const struct frame *caller_of(struct session *s, const struct frame *f)
{
	const struct frame *outer;

	do {
		outer = session_frame_at(s, s->current, f->level + 1);
		/* What jumped on was left already. */
		while (outer && outer->kind == FRAME_TAIL)
			outer = session_frame_at(s, s->current,
			                         outer->level + 1);
		if (f->kind != FRAME_INLINE)
			return outer;
		f = outer;
	} while (f);
	return NULL;
}

static struct error *put_vector(struct session *s, unsigned number,
                                const uint8_t *data, size_t len)
{
	struct arch_xreg reg = { .kind = XREG_VECTOR, .size = 16,
	                         .number = (uint8_t)number };
	uint8_t bytes[16] = { 0 };

	memcpy(bytes, data, len);
	return xreg_write(s->current, &reg, bytes, sizeof(bytes));
}

/* The value of TEXT as a T, by what the ABI says of each eight bytes. */
static struct error *put_typed(struct session *s, const struct type *t,
                               const char *text, struct arch_regs *regs)
{
	unsigned long long *words[2] = { &regs->user.rax, &regs->user.rdx };
	AUTO_VALUE struct value *v = NULL, *made = NULL;
	struct passing p = call_classify(t);
	unsigned integers = 0, vectors = 0;
	size_t size = type_size(t);
	const uint8_t *data;

	if (!size || size > 16 || p.pass[0] == PASS_MEMORY ||
	    p.pass[0] == PASS_X87 || arch_of_regs(regs)->word != 8)
		return error_new(ERROR_UNSUPPORTED, "only values that are "
		                 "given back in integer and vector registers "
		                 "can be given");
	TRY(session_value(s, text, &v));
	TRY(value_cast(v, t, &made));
	TRY(value_bytes(made, &data));
	for (unsigned i = 0; i < p.eights; i++) {
		size_t len = size - i * 8 < 8 ? size - i * 8 : 8;

		if (p.pass[i] == PASS_SSE) {
			TRY(put_vector(s, vectors++, data + i * 8, len));
		} else {
			*words[integers] = 0;
			memcpy(words[integers++], data + i * 8, len);
		}
	}
	return NULL;
}

/* What the function of F gives back, in its registers. */
static struct error *put_result(struct session *s, const struct frame *f,
                                const char *text, struct arch_regs *regs)
{
	const struct type *type = NULL;
	int64_t value;

	if (f->function.die.info)
		type = type_target(debug_function_type(&f->function));
	if (type && !type_is_integral(type) &&
	    type_strip(type)->kind != TYPE_POINTER)
		return put_typed(s, type, text, regs);
	TRY(evaluate_number(s, text, &value));
	regs->user.rax = (unsigned long long)value;
	return NULL;
}

static struct error *run_return(struct session *s, struct command_args *args)
{
	const struct frame *f = session_frame(s), *caller;
	const char *name;
	struct arch_regs regs;

	if (!f)
		return error_new(ERROR_GONE, "the thread has no frame");
	caller = caller_of(s, f);
	if (f->kind != FRAME_DUMMY && !(caller && caller->kind == FRAME_DUMMY))
		TRY(need_movable(s->current));
	if (f->kind == FRAME_INLINE)
		return error_new(ERROR_REFUSED, "the selected frame is of an "
		                 "inlined function: it was never called");
	if (!caller)
		return error_new(ERROR_REFUSED, "\"return\" is not meaningful "
		                 "in the outermost frame");
	if (f->kind == FRAME_DUMMY)
		caller = f;
	frame_arch_regs(caller, &regs);
	if (args->arg[0].given)
		TRY(put_result(s, f, args->arg[0].text, &regs));
	name = session_frame_name(s, s->current, f);
	if (!command_confirm(s, "Make %.100s return now?",
	                     name ? name : "the selected frame"))
		return error_new(ERROR_INTERRUPTED, "not confirmed");
	/* A called function's caller is scdb: all is as it was before. */
	if (caller->kind == FRAME_DUMMY)
		TRY(session_leave_call(s->current, caller));
	else
		TRY(move_to(s->current, &regs));
	if (caller->kind != FRAME_DUMMY &&
	    !target_shadow_unwind(s->current, arch_pc(&regs)))
		out_message(s->out, "warning", ROLE_WARNING, "warning: the "
		            "shadow stack does not have this return: the "
		            "processor will refuse the next one");
	frames_unselect(s->current);
	f = session_frame(s);
	if (f)
		show_frame(s, s->current, f, false);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "jump", .aliases = "j",
		.group = GROUP_RUNNING, .args = "where:location",
		.flags = CMD_NEEDS_STOPPED | CMD_RUNS | CMD_BACKGROUND,
		.summary = "go on at another place",
		.help = "WHERE is *ADDRESS, a LINE of the present file, "
			"FILE:LINE, or a function (behind its prologue). The "
			"stack and all other registers stay as they are. Not "
			"at a call's entry.",
		.example = "jump *$pc",
		.example_at = EXAMPLE_AT_START,
		.run = run_jump,
	}, {
		.name = "return",
		.group = GROUP_RUNNING, .args = "[value:expression]",
		.flags = CMD_NEEDS_STOPPED | CMD_NEEDS_LIVE,
		.summary = "leave the selected frame's function at once",
		.help = "Its caller goes on behind the call, with the "
			"registers that were saved, and with VALUE (of what "
			"goes into integer or vector registers: not of a long "
			"double or a large structure) as the result. Nothing of the rest of "
			"the function is done. Not at a call's entry.",
		.example = "up\n"
			"return 0",
		.example_at = EXAMPLE_AT_EXIT,
		.run = run_return,
	},
};

const struct command_table commands_jump = { table, ARRAY_LEN(table) };
