/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who made a call: the innermost frame outside the C library and the dynamic
 * loader, in which the wrappers of calls are.
 */
#include "session/frames.h"

#include "session/internal.h"

#include <string.h>

/* Farther out nobody looks. */
enum { CALLER_MAX = 64 };

/* Code of a file; not the vDSO's, nor what the program wrote itself. */
static bool is_of_file(const struct frame *f)
{
	return f->kind != FRAME_SIGNAL && f->module && *f->module->name == '/';
}

/* Where the wrappers of calls are. */
static bool is_wrapper(const struct frame *f)
{
	static const char *const libraries[] = { "libc.so", "libc-",
	                                         "libpthread", "ld-linux",
	                                         "ld-musl", "ld.so" };
	const char *name = f->module ? module_short_name(f->module) : "";

	if (!is_of_file(f))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(libraries); i++)
		if (strncmp(name, libraries[i], strlen(libraries[i])) == 0)
			return true;
	return false;
}

const struct frame *caller_find(struct session *s, struct thread *t)
{
	const struct frame *own = NULL;
	struct backtrace *b;
	struct error *err = session_backtrace(s, t, &b);

	if (err) {
		error_destroy(err);
		return NULL;
	}
	for (unsigned level = 0; level < CALLER_MAX; level++) {
		const struct frame *f = backtrace_frame(b, level);

		if (!f)
			break;
		if (!is_wrapper(f))
			return f;
		if (!own && is_of_file(f))
			own = f;
	}
	return own;
}

void show_caller(struct session *s, struct thread *t)
{
	const struct frame *f = caller_find(s, t);
	struct out *o = s->out;
	struct symbol symbol;
	const char *name;

	/* That it stands there itself was said already. */
	if (!f || !f->level || is_wrapper(f))
		return;
	name = session_frame_name(s, t, f);
	out_text(o, ROLE_PLAIN, ", called from ");
	if (!name) {
		out_word(o, "caller_pc", ROLE_ADDRESS, f->pc, "0x%llx",
		         (unsigned long long)f->pc);
	} else {
		out_hidden_word(o, "caller_pc", f->pc);
		out_str(o, "caller", ROLE_NAME, name);
		if (image_symbol_at(session_image(s, t->process),
		                    f->lookup_pc, &symbol))
			out_text(o, ROLE_PLAIN, "+%llu", (unsigned long long)
			         (f->pc - symbol.addr));
	}
	out_text(o, ROLE_PLAIN, " (");
	out_str(o, "caller_module", ROLE_NAME, module_short_name(f->module));
	out_text(o, ROLE_PLAIN, ")");
}
