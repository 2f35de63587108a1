/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Types of expressions, and types by themselves. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "expr/value.h"

#include <string.h>

static void destroy_expr(struct expr **expr)
{
	expr_destroy(*expr);
}

/* The type of TEXT; *NAMED: it is one itself.  Nothing is changed by it. */
static struct error *type_of(struct session *s, const char *text,
                             const struct type **type, bool *named)
{
	CLEANUP(destroy_expr) struct expr *expr = NULL;
	AUTO_VALUE struct value *v = NULL;

	TRY(session_compile_value(s, text, true, NULL, &expr));
	*type = expr_named_type(expr);
	*named = *type != NULL;
	if (*named)
		return NULL;
	TRY(session_evaluate_value(s, s->current, expr, true, &v));
	*type = value_type(v);
	return NULL;
}

static void show_type(struct session *s, const char *head, const char *text)
{
	out_begin(s->out, "type");
	out_text(s->out, ROLE_PLAIN, "%stype = ", head);
	out_bytes(s->out, "text", ROLE_PLAIN, text, strlen(text));
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}

static struct error *run_whatis(struct session *s, struct command_args *args)
{
	AUTO_BUF struct buf text = { 0 };
	const struct type *t;
	bool named;

	buf_init(&text);
	TRY(type_of(s, args->arg[0].text, &t, &named));
	/* As in gdb: a typedef is what it stands for, one step. */
	if (named && t->kind == TYPE_TYPEDEF)
		t = type_target(t);
	type_name(t, "", &text);
	show_type(s, "", text.data);
	return NULL;
}

/* Whether gdb writes the heading of the offsets: not for a typedef's name. */
static bool has_heading(const struct type *t)
{
	enum type_kind kind;

	for (unsigned i = 0; i < 10 && (t->kind == TYPE_CONST ||
	                                t->kind == TYPE_VOLATILE); i++)
		t = type_target(t);
	kind = t->kind;
	return kind == TYPE_STRUCT || kind == TYPE_CLASS ||
	       kind == TYPE_UNION;
}

static struct error *run_ptype(struct session *s, struct command_args *args)
{
	AUTO_BUF struct buf text = { 0 };
	const struct type *t;
	bool offsets = false, named;

	buf_init(&text);
	if (args->arg[0].given) {
		if (strcmp(args->arg[0].text, "o") != 0)
			return error_new(ERROR_USAGE,
			                 "`ptype` knows one format: /o");
		offsets = true;
	}
	TRY(type_of(s, args->arg[1].text, &t, &named));
	type_describe(t, offsets, &text);
	show_type(s, offsets && has_heading(t) ? "/* offset      |    size */  " : "",
	          text.data);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "whatis", .group = GROUP_LOOKING,
		.args = "expression:expression",
		.summary = "show the type of an expression",
		.help = "Of a typedef's name: what it stands for. Nothing is "
			"assigned or called.",
		.example = "whatis 1 + 1.5",
		.run = run_whatis,
	}, {
		.name = "ptype", .group = GROUP_LOOKING,
		.args = "[fmt:format] expression:expression",
		.summary = "show a type, or that of an expression, written out",
		.help = "Typedefs are followed, and structures shown with "
			"their members; /o with the offset and size of each.",
		.example = "ptype unsigned long *",
		.run = run_ptype,
	},
};

const struct command_table commands_types = { table, ARRAY_LEN(table) };
