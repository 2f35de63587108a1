/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbered row of what the user set up. */
#include "session/internal.h"

#include "base/alloc.h"
#include "expr/expr.h"

struct breakpoint *catch_syscall_add(struct session *s,
                                     struct syscall_set *calls,
                                     enum catch_phases phases,
                                     struct expr *condition, bool temporary)
{
	struct breakpoint *b = xcalloc(1, sizeof(*b));

	b->number = ++s->last_breakpoint;
	b->kind = BREAKPOINT_CATCH_SYSCALL;
	b->enabled = true;
	b->temporary = temporary;
	b->calls = calls;
	b->phases = phases;
	b->condition = condition;
	vec_push(&s->breakpoints, b);
	session_calls_changed(s);
	return b;
}

struct breakpoint *breakpoint_find(const struct session *s, unsigned number)
{
	for (size_t i = 0; i < s->breakpoints.len; i++)
		if (s->breakpoints.items[i]->number == number)
			return s->breakpoints.items[i];
	return NULL;
}

static void drop_commands(struct breakpoint *b)
{
	for (size_t i = 0; i < b->commands.len; i++)
		free(b->commands.items[i]);
	vec_deinit(&b->commands);
}

void breakpoint_delete(struct session *s, struct breakpoint *b)
{
	for (size_t i = 0; i < s->breakpoints.len; i++) {
		if (s->breakpoints.items[i] == b) {
			vec_remove(&s->breakpoints, i);
			break;
		}
	}
	syscall_set_destroy(b->calls);
	expr_destroy(b->condition);
	drop_commands(b);
	free(b);
	session_calls_changed(s);
}

void breakpoint_enable(struct session *s, struct breakpoint *b, bool on)
{
	b->enabled = on;
	session_calls_changed(s);
}

struct error *breakpoint_set_condition(struct session *s, struct breakpoint *b,
                                       const char *condition)
{
	struct expr *expr = NULL;

	if (condition)
		TRY(session_compile_condition(s, condition, b->calls,
		                              &expr));
	expr_destroy(b->condition);
	b->condition = expr;
	b->complained = false;
	return NULL;
}

void breakpoint_set_commands(struct breakpoint *b, char **lines, size_t count)
{
	drop_commands(b);
	for (size_t i = 0; i < count; i++)
		vec_push(&b->commands, lines[i]);
}

static const char *phase_text(enum catch_phases phases)
{
	return phases == CATCH_ENTRY ? " entry"
	       : phases == CATCH_EXIT ? " exit" : "";
}

static void list_details(struct session *s, const struct breakpoint *b)
{
	if (b->condition) {
		out_text(s->out, ROLE_PLAIN, "\tstop only if ");
		out_str(s->out, "condition", ROLE_PLAIN,
		        expr_text(b->condition));
		out_text(s->out, ROLE_PLAIN, "\n");
	}
	if (b->hits)
		out_text(s->out, ROLE_PLAIN,
		         "\tcatchpoint already hit %llu time%s\n",
		         (unsigned long long)b->hits, b->hits == 1 ? "" : "s");
	if (b->ignore)
		out_text(s->out, ROLE_PLAIN, "\tignore next %llu hit%s\n",
		         (unsigned long long)b->ignore,
		         b->ignore == 1 ? "" : "s");
	out_list_begin(s->out, "commands");
	for (size_t i = 0; i < b->commands.len; i++) {
		out_text(s->out, ROLE_PLAIN, "        ");
		out_str(s->out, "command", ROLE_PLAIN, b->commands.items[i]);
		out_text(s->out, ROLE_PLAIN, "\n");
	}
	out_list_end(s->out);
}

static void list_one(struct session *s, const struct breakpoint *b)
{
	struct out *o = s->out;

	out_begin(o, "breakpoint");
	out_uint(o, "number", ROLE_NUMBER, b->number, "%-7u ", b->number);
	out_str_shown(o, "kind", ROLE_PLAIN, "catch syscall",
	              "catchpoint     ");
	out_str_shown(o, "disposition", ROLE_PLAIN,
	              b->temporary ? "del" : "keep",
	              b->temporary ? "del  " : "keep ");
	out_bool(o, "enabled", b->enabled, b->enabled ? "y   " : "n   ");
	out_text(o, ROLE_PLAIN, "syscall ");
	out_str(o, "calls", ROLE_NAME, syscall_set_text(b->calls));
	out_str_shown(o, "phases", ROLE_PLAIN,
	              b->phases == CATCH_BOTH ? "both" :
	              phase_text(b->phases) + 1, phase_text(b->phases));
	out_hidden_uint(o, "hits", b->hits);
	out_hidden_uint(o, "ignore", b->ignore);
	out_text(o, ROLE_PLAIN, "\n");
	list_details(s, b);
	out_end(o);
}

static bool chosen(unsigned number, const unsigned *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (numbers[i] == number)
			return true;
	return count == 0;
}

void breakpoint_list(struct session *s, const unsigned *numbers, size_t count)
{
	bool any = false;

	for (size_t i = 0; i < s->breakpoints.len; i++) {
		const struct breakpoint *b = s->breakpoints.items[i];

		if (!chosen(b->number, numbers, count))
			continue;
		if (!any)
			out_text(s->out, ROLE_HEADING,
			         "Num     Type           Disp Enb What\n");
		any = true;
		list_one(s, b);
	}
	if (!any)
		out_message(s->out, "note", ROLE_PLAIN,
		            count ? "no such breakpoint or catchpoint"
		                  : "No breakpoints or catchpoints.");
}
