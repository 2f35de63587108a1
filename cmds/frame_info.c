/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of the selected frame: its variables, its registers. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "session/frames.h"

#include <string.h>

static struct error *show_variables(struct session *s, bool arguments)
{
	const struct frame *f = session_frame(s);

	if (!f)
		return error_new(ERROR_GONE, "no frame selected");
	out_begin(s->out, "variables");
	if (!f->function.die.info)
		out_text(s->out, ROLE_DIM,
		         "No symbol table info available.\n");
	else if (!show_locals(s, s->current, f, arguments, 0))
		out_text(s->out, ROLE_DIM, arguments ? "No arguments.\n"
		                                     : "No locals.\n");
	out_end(s->out);
	return NULL;
}

static struct error *run_info_locals(struct session *s,
                                     struct command_args *args)
{
	(void)args;
	return show_variables(s, false);
}

static struct error *run_info_args(struct session *s,
                                   struct command_args *args)
{
	(void)args;
	return show_variables(s, true);
}

/* info frame */

/* What F was called by, past main too; an inlined one: what is around it. */
static const struct frame *outer_of(struct session *s, const struct frame *f)
{
	struct backtrace *b;
	struct error *err = session_backtrace(s, s->current, &b);

	if (err) {
		error_destroy(err);
		return NULL;
	}
	return backtrace_frame(b, f->level + 1);
}

static const struct frame *caller_of(struct session *s, const struct frame *f)
{
	while (f && (f->kind == FRAME_INLINE || f->kind == FRAME_TAIL))
		f = outer_of(s, f);
	return f ? outer_of(s, f) : NULL;
}

static void show_pc(struct session *s, const struct arch *arch,
                    const struct frame *f, const struct frame *caller)
{
	const char *pc = arch->word == 8 ? "rip" : "eip";
	const char *name = session_frame_name(s, s->current, f);
	struct out *o = s->out;

	out_text(o, ROLE_PLAIN, " %s = ", pc);
	out_word(o, "pc", ROLE_ADDRESS, f->pc, "0x%llx",
	         (unsigned long long)f->pc);
	if (name) {
		out_text(o, ROLE_PLAIN, " in ");
		out_str(o, "function", ROLE_NAME, name);
	}
	if (f->file) {
		out_text(o, ROLE_PLAIN, " (");
		out_str(o, "file", ROLE_STRING, f->file);
		out_text(o, ROLE_PLAIN, ":");
		out_uint(o, "line", ROLE_NUMBER, f->line, "%u", f->line);
		out_text(o, ROLE_PLAIN, ")");
	}
	out_text(o, ROLE_PLAIN, "; saved %s = ", pc);
	if (caller)
		out_word(o, "saved_pc", ROLE_ADDRESS, caller->pc, "0x%llx",
		         (unsigned long long)caller->pc);
	else
		out_text(o, ROLE_PLAIN, "<not saved>");
	out_text(o, ROLE_PLAIN, "\n");
}

static void show_relatives(struct session *s, const struct frame *f)
{
	const struct frame *outer = session_frame_at(s, s->current,
	                                             f->level + 1);
	const struct frame *inner = f->level ? session_frame_at(
		s, s->current, f->level - 1) : NULL;
	struct out *o = s->out;

	if (f->kind == FRAME_TAIL)
		outer = NULL;
	if (!outer && !inner)
		return;
	if (f->kind == FRAME_TAIL)
		out_text(o, ROLE_PLAIN, " tail call frame");
	else if (outer && f->kind == FRAME_INLINE)
		out_text(o, ROLE_PLAIN, " inlined into frame %u",
		         outer->level);
	else if (outer)
		out_text(o, ROLE_PLAIN, " called by frame at 0x%llx",
		         (unsigned long long)outer->cfa);
	if (inner)
		out_text(o, ROLE_PLAIN, "%s caller of frame at 0x%llx",
		         outer || f->kind == FRAME_TAIL ? "," : "", (unsigned long long)inner->cfa);
	out_text(o, ROLE_PLAIN, "\n");
}

/* Which registers F's function saved, and where. */
static void show_saved(struct session *s, const struct arch *arch,
                       const struct frame *f, const struct frame *caller)
{
	struct out *o = s->out;
	bool any = false;

	for (size_t i = 0; caller && i < arch->reg_count; i++) {
		const struct arch_reg *reg = &arch->regs[i];
		unsigned n = 0;

		while (n < arch->dwarf_count &&
		       arch->dwarf_regs[n] != reg->offset)
			n++;
		if (reg->alias || n == arch->dwarf_count ||
		    !(caller->regs.saved >> n & 1) ||
		    ((f->regs.saved >> n & 1) &&
		     f->regs.saved_at[n] == caller->regs.saved_at[n]))
			continue;
		if (!any)
			out_list_begin(o, "saved");
		out_text(o, ROLE_PLAIN, any ? ", " : " Saved registers:\n  ");
		any = true;
		out_begin(o, "saved");
		out_str(o, "name", ROLE_NAME, reg->name);
		out_text(o, ROLE_PLAIN, " at ");
		out_word(o, "address", ROLE_ADDRESS, caller->regs.saved_at[n],
		         "0x%llx",
		         (unsigned long long)caller->regs.saved_at[n]);
		out_end(o);
	}
	if (any) {
		out_list_end(o);
		out_text(o, ROLE_PLAIN, "\n");
	}
}

static bool stands_behind(const uint8_t *code, const char *insn, size_t len)
{
	return memcmp(code, insn, len) == 0;
}

/*
 * Where gdb says that arguments and locals are: at the frame pointer once the
 * prologue has set one up, else where it would point.
 */
static bool frame_base(struct session *s, const struct arch *arch,
                       const struct frame *f, unsigned long long *base)
{
	uint8_t code[8] = { 0 };
	struct symbol symbol;
	taddr start = f->function.entry;
	uint64_t sp, bp;
	size_t at = 0;

	if (!frame_reg(f, arch->dwarf_sp, &sp) ||
	    !frame_reg(f, arch->word == 8 ? 6 : 5, &bp))
		return false;
	if (!f->function.die.info)
		start = image_symbol_at(session_image(s, s->current->process),
		                        f->lookup_pc, &symbol) ? symbol.addr
		                                               : f->pc;
	memory_read(&s->current->process->memory, start, code, sizeof(code));
	/* endbr64, endbr32 */
	if (stands_behind(code, "\xf3\x0f\x1e\xfa", 4) ||
	    stands_behind(code, "\xf3\x0f\x1e\xfb", 4))
		at = 4;
	*base = sp - arch->word;
	if (code[at] != 0x55 || f->pc <= start + at)
		return true;
	*base = sp;
	if (arch->word == 8 && code[at + 1] == 0x48)
		at++;
	if (f->pc > start + at + 1 &&
	    (stands_behind(code + at + 1, "\x89\xe5", 2) ||
	     stands_behind(code + at + 1, "\x8b\xec", 2)))
		*base = bp;
	return true;
}

static void show_stack_places(struct session *s, const struct arch *arch,
                              const struct frame *f)
{
	struct image *image = session_image(s, s->current->process);
	struct debug_unit_info unit;
	unsigned long long base;
	struct out *o = s->out;

	if (f->kind != FRAME_SIGNAL &&
	    debug_unit_at(image, f->lookup_pc, &unit)) {
		out_text(o, ROLE_PLAIN, " source language ");
		out_str(o, "language", ROLE_PLAIN,
		        command_language(unit.language));
		out_text(o, ROLE_PLAIN, ".\n");
	}
	if (f->kind == FRAME_TAIL)
		out_text(o, ROLE_PLAIN, " Arglist at unknown address.\n Locals "
		         "at unknown address, Previous frame's sp in %s\n",
		         arch->word == 8 ? "rsp" : "esp");
	if (f->kind == FRAME_TAIL || !f->cfa || !frame_base(s, arch, f, &base))
		return;
	out_text(o, ROLE_PLAIN, " Arglist at 0x%llx, args: ", base);
	if (f->function.die.info && f->kind != FRAME_SIGNAL)
		show_arguments(s, s->current, f);
	out_text(o, ROLE_PLAIN, "\n Locals at 0x%llx, Previous frame's sp is "
	         "0x%llx\n", base, (unsigned long long)f->cfa);
}

static struct error *run_info_frame(struct session *s,
                                    struct command_args *args)
{
	const struct frame *f, *caller;
	const struct arch_regs *regs;
	const struct arch *arch;
	struct out *o = s->out;

	TRY(frame_find(s, args->arg[0].given ? args->arg[0].text : "", &f));
	TRY(target_regs(s->current, &regs));
	arch = arch_of_regs(regs);
	caller = caller_of(s, f);
	out_begin(o, "frame-info");
	if (f == session_frame(s)) {
		out_text(o, ROLE_PLAIN, "Stack level ");
		out_uint(o, "level", ROLE_NUMBER, f->level, "%u", f->level);
		out_text(o, ROLE_PLAIN, ", frame at ");
	} else {
		out_hidden_uint(o, "level", f->level);
		out_text(o, ROLE_PLAIN, "Stack frame at ");
	}
	out_word(o, "cfa", ROLE_ADDRESS, f->cfa, "0x%llx",
	         (unsigned long long)f->cfa);
	out_text(o, ROLE_PLAIN, ":\n");
	show_pc(s, arch, f, caller);
	if (!caller)
		out_text(o, ROLE_PLAIN, " Outermost frame: %s\n",
		         session_frames_end(s, s->current)
		         ? session_frames_end(s, s->current) : "outermost");
	show_relatives(s, f);
	show_stack_places(s, arch, f);
	if (f->kind != FRAME_TAIL)
		show_saved(s, arch, f, caller);
	out_end(o);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "info locals",
		.group = GROUP_LOOKING, .args = "",
		.flags = CMD_NEEDS_STOPPED,
		.summary = "show the local variables of the selected frame",
		.help = "Of the innermost block first. What the compiler did "
			"not keep is <optimized out>.",
		.example = "up\n"
			"info locals",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_info_locals,
	}, {
		.name = "info args",
		.group = GROUP_LOOKING, .args = "",
		.flags = CMD_NEEDS_STOPPED,
		.summary = "show the arguments of the selected frame's "
			"function",
		.example = "up\n"
			"info args",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_info_args,
	}, {
		.name = "info frame", .aliases = "f",
		.group = GROUP_LOOKING, .args = "[which:frame]",
		.flags = CMD_NEEDS_STOPPED,
		.summary = "show what is known of the selected frame",
		.help = "Its canonical address (where the stack was before "
			"the call), its function, who called it, and where "
			"the caller's registers were saved. Another frame is "
			"named as for `frame`, and not selected.",
		.example = "info frame\n"
			"info frame 1",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_info_frame,
	},
};

const struct command_table commands_frame_info = { table, ARRAY_LEN(table) };
