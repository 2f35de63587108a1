/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catchpoints on system calls: who wants this stop of this call. */
#include "session/internal.h"

#include "base/alloc.h"
#include "expr/expr.h"

struct catch_syscall {
	struct syscall_set *calls;
	enum catch_phases phases;
};

static const char *phase_text(enum catch_phases phases)
{
	return phases == CATCH_ENTRY ? " entry"
	       : phases == CATCH_EXIT ? " exit" : "";
}

static void list(struct session *s, const struct breakpoint *b)
{
	const struct catch_syscall *c = b->part;
	struct out *o = s->out;

	out_text(o, ROLE_PLAIN, "syscall ");
	out_str(o, "calls", ROLE_NAME, syscall_set_text(c->calls));
	out_str_shown(o, "phases", ROLE_PLAIN,
	              c->phases == CATCH_BOTH ? "both" :
	              phase_text(c->phases) + 1, phase_text(c->phases));
}

static void save(const struct breakpoint *b, struct buf *text)
{
	const struct catch_syscall *c = b->part;

	buf_printf(text, "%s syscall %s%s",
	           b->disposition == DISPOSITION_DELETE ? "tcatch" : "catch",
	           syscall_set_text(c->calls),
	           c->phases == CATCH_BOTH ? " both" : phase_text(c->phases));
}

static struct error *compile(struct session *s, struct breakpoint *b,
                             const char *text, bool force, struct expr **expr)
{
	const struct catch_syscall *c = b->part;

	(void)force;
	return session_compile_condition(s, text, c->calls, expr);
}

static void destroy(struct session *s, struct breakpoint *b)
{
	struct catch_syscall *c = b->part;

	(void)s;
	syscall_set_destroy(c->calls);
	free(c);
}

static const struct breakpoint_kind kind = {
	.noun = "catchpoint", .type = "catchpoint", .name = "catch syscall",
	.stops_at_calls = true, .list = list, .save = save, .compile = compile,
	.destroy = destroy,
};

struct breakpoint *catch_syscall_add(struct session *s,
                                     struct syscall_set *calls,
                                     enum catch_phases phases,
                                     struct expr *condition, bool temporary)
{
	struct catch_syscall *c = xcalloc(1, sizeof(*c));
	struct breakpoint *b;

	c->calls = calls;
	c->phases = phases;
	b = breakpoint_add(s, &kind, c);
	b->condition = condition;
	if (temporary)
		b->disposition = DISPOSITION_DELETE;
	return b;
}

const struct syscall_set *catch_syscall_set(const struct breakpoint *b)
{
	const struct catch_syscall *c = b->part;

	return b->kind == &kind ? c->calls : NULL;
}

enum catch_phases catch_syscall_phases(const struct breakpoint *b)
{
	const struct catch_syscall *c = b->part;

	return c->phases;
}

bool catch_any(const struct session *s)
{
	for (size_t i = 0; i < s->call_breakpoints.len; i++)
		if (s->call_breakpoints.items[i]->enabled)
			return true;
	return false;
}

void catch_at_call(struct session *s, struct thread *t, struct call *call,
                   struct catch_verdict *verdict)
{
	enum catch_phases phase = call->phase == CALL_AT_ENTRY ? CATCH_ENTRY
	                                                       : CATCH_EXIT;

	for (size_t i = 0; i < s->call_breakpoints.len; i++) {
		struct breakpoint *b = s->call_breakpoints.items[i];
		const struct catch_syscall *c = b->part;

		if (b->kind == &kind && b->enabled && c->phases & phase &&
		    syscall_set_has(c->calls, &call->view))
			breakpoint_hit(s, t, b, verdict);
	}
}
