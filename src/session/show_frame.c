/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame's line: where it stands and in what, as gdb has it. */
#include "session/frames.h"

#include "session/internal.h"

#include <string.h>

/* gdb shows a library where it knows no source; of the program, and of what
 * the kernel brought, there is nothing to say. */
static bool first_module(void *ctx, const struct module *m)
{
	*(const struct module **)ctx = m;
	return false;
}

static const char *library_of(struct session *s, struct thread *t,
                              const struct frame *f)
{
	const struct module *program = NULL;

	if (!f->module || f->module->name[0] != '/')
		return NULL;
	image_each_module(session_image(s, t->process), first_module,
	                  &program);
	return f->module == program ? NULL : f->module->name;
}

static void show_function(struct session *s, struct thread *t,
                          const struct frame *f)
{
	struct out *o = s->out;
	const char *name = session_frame_name(s, t, f);

	if (f->kind == FRAME_SIGNAL) {
		out_text(o, ROLE_DIM, "<signal handler called>");
		return;
	}
	if (f->kind == FRAME_DUMMY) {
		out_text(o, ROLE_DIM, "<function called from scdb>");
		return;
	}
	if (name)
		out_str(o, "function", ROLE_NAME, name);
	else
		out_text(o, ROLE_NAME, "??");
	out_text(o, ROLE_PLAIN, " (");
	if (f->function.die.info)
		show_arguments(s, t, f);
	out_text(o, ROLE_PLAIN, ")");
}

/* The kernel's, and scdb's own. */
static bool is_nobodys(const struct frame *f)
{
	return f->kind == FRAME_SIGNAL || f->kind == FRAME_DUMMY;
}

static void show_place(struct session *s, struct thread *t,
                       const struct frame *f)
{
	struct out *o = s->out;
	const char *library;

	if (f->file) {
		out_text(o, ROLE_PLAIN, " at ");
		out_str(o, "file", ROLE_STRING, f->file);
		out_text(o, ROLE_PLAIN, ":");
		out_uint(o, "line", ROLE_NUMBER, f->line, "%u", f->line);
		return;
	}
	library = library_of(s, t, f);
	if (!library)
		return;
	out_text(o, ROLE_PLAIN, " from ");
	out_str(o, "library", ROLE_STRING, library);
}

void show_frame_place(struct session *s, struct thread *t,
                      const struct frame *f)
{
	show_function(s, t, f);
	if (!is_nobodys(f))
		show_place(s, t, f);
}

static void show_all_locals(struct session *s, struct thread *t,
                            const struct frame *f)
{
	if (!is_nobodys(f) && !f->function.die.info)
		out_text(s->out, ROLE_DIM,
		         "No symbol table info available.\n");
	else if (is_nobodys(f) || !show_locals(s, t, f, false, 8))
		out_text(s->out, ROLE_DIM, "No locals.\n");
}

static const char *const kinds[] = {
	[FRAME_NORMAL] = "normal", [FRAME_INLINE] = "inline",
	[FRAME_SIGNAL] = "signal", [FRAME_TAIL] = "tail",
	[FRAME_DUMMY] = "dummy",
};

static void show_pc(struct session *s, struct thread *t, const struct frame *f)
{
	struct out *o = s->out;
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);
	unsigned digits = 16;

	if (!err)
		digits = arch_of_regs(regs)->word * 2u;
	error_destroy(err);
	if (is_nobodys(f) || (f->file && !f->mid_line)) {
		out_hidden_word(o, "pc", f->pc);
		return;
	}
	out_word(o, "pc", ROLE_ADDRESS, f->pc, "0x%0*llx", (int)digits,
	         (unsigned long long)f->pc);
	out_text(o, ROLE_PLAIN, " in ");
}

void show_frame(struct session *s, struct thread *t, const struct frame *f,
                bool full)
{
	struct out *o = s->out;

	out_begin(o, "frame");
	out_text(o, ROLE_PLAIN, "#");
	out_uint(o, "level", ROLE_NUMBER, f->level, "%-2u ", f->level);
	out_hidden_str(o, "kind", kinds[f->kind]);
	show_pc(s, t, f);
	show_frame_place(s, t, f);
	out_text(o, ROLE_PLAIN, "\n");
	if (full)
		show_all_locals(s, t, f);
	out_end(o);
}
