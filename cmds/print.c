/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What expressions come to: print, output, call, set variable. */
#include "cmds/print.h"
#include "cmds/format.h"
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "session/frames.h"
#include "syscalls/decode.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void destroy_expr(struct expr **expr)
{
	expr_destroy(*expr);
}

struct error *evaluate_number(struct session *s, const char *text,
                              int64_t *value)
{
	AUTO_VALUE struct value *v = NULL;
	taddr addr;

	TRY(session_value(s, text, &v));
	TRY(value_as_address(v, &addr));
	*value = (int64_t)addr;
	return NULL;
}

/* -pretty, -elements 5: what `set print` has, for one command. */
static const struct print_option {
	const char *name;
	size_t offset;         /* of a bool, or an unsigned */
	bool number;
} options[] = {
	{ "-address", offsetof(struct value_style, addresses), false },
	{ "-array", offsetof(struct value_style, arrays), false },
	{ "-array-indexes", offsetof(struct value_style, array_indexes),
	  false },
	{ "-elements", offsetof(struct value_style, elements), true },
	{ "-max-depth", offsetof(struct value_style, depth), true },
	{ "-null-stop", offsetof(struct value_style, null_stop), false },
	{ "-pretty", offsetof(struct value_style, pretty), false },
	{ "-repeats", offsetof(struct value_style, repeats), true },
	{ "-static-members", offsetof(struct value_style, static_members),
	  false },
	{ "-symbol", offsetof(struct value_style, symbols), false },
	{ "-union", offsetof(struct value_style, unions), false },
};

static size_t word_len(const char *text)
{
	return strcspn(text, " \t");
}

/* The exact one, or the only one that WORD begins. */
static const struct print_option *find_option(const char *word, size_t len)
{
	const struct print_option *found = NULL;

	for (size_t i = 0; i < ARRAY_LEN(options); i++) {
		if (strncmp(options[i].name, word, len) != 0)
			continue;
		if (strlen(options[i].name) == len)
			return &options[i];
		if (found)
			return NULL;
		found = &options[i];
	}
	return found;
}

/* What stands behind an option, where there is something. */
static struct error *option_value(const struct print_option *option,
                                  const char **at, struct value_style *style)
{
	char *member = (char *)style + option->offset;
	size_t len = word_len(*at);
	AUTO_FREE char *word = xstrndup(*at, len);
	uint64_t number = 0;

	if (!option->number) {
		bool off = strcmp(word, "off") == 0;

		*(bool *)(void *)member = !off;
		if (off || strcmp(word, "on") == 0)
			*at = skip_blanks(*at + len);
		return NULL;
	}
	if (strcmp(word, "unlimited") != 0)
		TRY(parse_number(word, "number", 0, 1000000, &number));
	else if (option->offset == offsetof(struct value_style, depth))
		number = UINT32_MAX; /* -1 */
	*(unsigned *)(void *)member = (unsigned)number;
	*at = skip_blanks(*at + len);
	return NULL;
}

/* Options are options only where `--` ends them: else -x is an expression. */
static bool has_options(const char *text)
{
	const char *end = strstr(text, "--");

	if (*text != '-' || !isalpha((unsigned char)text[1]))
		return false;
	for (; end; end = strstr(end + 1, "--"))
		if ((end[-1] == ' ' || end[-1] == '\t') &&
		    (!end[2] || end[2] == ' ' || end[2] == '\t'))
			return true;
	return false;
}

struct error *print_options(const char **text, struct value_style *style)
{
	const char *at = skip_blanks(*text);

	if (!has_options(at)) {
		*text = at;
		return NULL;
	}
	while (*at == '-' && strncmp(at, "--", 2) != 0) {
		size_t len = word_len(at);
		const struct print_option *option = find_option(at, len);
		AUTO_FREE char *shown = command_quoted(at, len);

		if (!option)
			return error_new(ERROR_USAGE, "no option is called "
			                 "\"%s\", or several are", shown);
		at = skip_blanks(at + len);
		TRY(option_value(option, &at, style));
	}
	if (strncmp(at, "--", 2) != 0)
		return error_new(ERROR_USAGE, "options end with --");
	*text = skip_blanks(at + 2);
	return NULL;
}

/* The name of an argument alone is shown as in the call's own line. */
static bool argument_text(struct session *s, const char *name,
                          const struct value_style *style, struct buf *text)
{
	struct call *call = s->current ? call_current(s->current) : NULL;
	struct decode_context c;
	int index;

	if (!name || !call || !call->view.desc ||
	    !session_is_stopped(s, s->current))
		return false;
	index = syscall_arg_index(call->view.desc, name);
	if (index < 0)
		return false;
	call_decode_context(s, s->current, &call->view, &c);
	c.max_string = style->elements ? style->elements : 200;
	if (decode_arg_shape(&call->view.desc->args[index]) != SHAPE_NUMBER)
		buf_printf(text, "(void *) 0x%llx ",
		           (unsigned long long)call->view.args[index]);
	decode_arg(&c, (unsigned)index, text);
	return true;
}

struct error *print_evaluate(struct session *s, const char *expression,
                             const struct value_style *style,
                             struct value **value, struct buf *text)
{
	CLEANUP(destroy_expr) struct expr *expr = NULL;
	AUTO_VALUE struct value *v = NULL;

	if (!*expression && !session_value_last(s))
		return error_new(ERROR_USAGE, "EXPRESSION is missing: nothing "
		                 "was printed yet");
	TRY(session_compile_value(s, *expression ? expression : "$", false,
	                          NULL, &expr));
	TRY(session_evaluate_value(s, s->current, expr, false, &v));
	if (style->format ||
	    !argument_text(s, expr_single_name(expr), style, text))
		TRY(value_print(v, style, text));
	*value = value_ref(v);
	return NULL;
}

struct error *print_format(const struct format *f)
{
	if (f->count || (f->unit && f->letter != 'i'))
		return error_new(ERROR_USAGE, "counts and units mean nothing "
		                 "to `print`: use `x`");
	if (f->letter == 'i')
		return error_new(ERROR_USAGE, "instructions mean nothing to "
		                 "`print`: use `x/i`");
	return NULL;
}

/* The style of /FMT and the options at *EXPRESSION, which it moves behind
 * them. */
static struct error *style_of(struct session *s, struct command_args *args,
                              struct value_style *style,
                              const char **expression)
{
	struct format f = { 0 };

	if (args->arg[0].given)
		TRY(format_parse(args->arg[0].text, &f));
	TRY(print_format(&f));
	session_value_style(s, f.letter, style);
	*expression = args->arg[1].given ? args->arg[1].text : "";
	return print_options(expression, style);
}

static void show_value(struct session *s, struct value *v, const char *text)
{
	unsigned long long number = session_value_keep(s, v);
	AUTO_BUF struct buf type = { 0 };

	buf_init(&type);
	type_name(value_type(v), "", &type);
	out_begin(s->out, "value");
	out_text(s->out, ROLE_PLAIN, "$");
	out_uint(s->out, "number", ROLE_PLAIN, number, "%llu", number);
	out_text(s->out, ROLE_PLAIN, " = ");
	out_bytes(s->out, "value", ROLE_PLAIN, text, strlen(text));
	out_hidden_str(s->out, "ctype", type.data);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}

static struct error *print(struct session *s, struct command_args *args,
                           bool voids)
{
	AUTO_VALUE struct value *v = NULL;
	AUTO_BUF struct buf text = { 0 };
	struct value_style style;
	const char *expression;

	buf_init(&text);
	TRY(style_of(s, args, &style, &expression));
	TRY(print_evaluate(s, expression, &style, &v, &text));
	if (voids || !value_is_void(v))
		show_value(s, v, text.data);
	return NULL;
}

static struct error *run_print(struct session *s, struct command_args *args)
{
	return print(s, args, true);
}

static struct error *run_call(struct session *s, struct command_args *args)
{
	return print(s, args, false);
}

static struct error *run_output(struct session *s, struct command_args *args)
{
	AUTO_VALUE struct value *v = NULL;
	AUTO_BUF struct buf text = { 0 };
	struct value_style style;
	const char *expression;

	buf_init(&text);
	TRY(style_of(s, args, &style, &expression));
	TRY(print_evaluate(s, expression, &style, &v, &text));
	out_begin(s->out, "output-value");
	out_bytes(s->out, "value", ROLE_PLAIN, text.data, text.len);
	out_end(s->out);
	return NULL;
}

/* set variable */

static struct error *set_register(struct session *s, const char *name,
                                  const char *text)
{
	const struct arch_regs *old;
	const struct arch_reg *reg;
	const struct frame *f;
	struct thread *t;
	int64_t value;

	TRY(session_need_stopped(s, &t));
	TRY(evaluate_number(s, text, &value));
	TRY(target_regs(t, &old));
	reg = arch_reg_find(arch_of_regs(old), name);
	if (!reg)
		return error_new(ERROR_NOT_FOUND, "%s has no register $%s",
		                 arch_of_regs(old)->name, name);
	if (!arch_reg_fits(reg, value, true))
		return error_new(ERROR_USAGE, "%s does not fit the %u bits "
		                 "of $%s", skip_blanks(text), reg->size * 8U,
		                 name);
	f = session_frame_of(s, t);
	if (!f)
		return error_new(ERROR_GONE, "the thread has no frame");
	return session_frame_set_reg(t, f, reg, (uint64_t)value);
}

/* The register that TEXT, up to an `=`, is; NULL: something else. */
static char *assigned_register(const char *text, const char **behind)
{
	const char *equals = strchr(text, '=');
	AUTO_FREE char *name = NULL;

	if (*text != '$' || !equals || equals[1] == '=')
		return NULL;
	name = xstrndup(text + 1, trimmed_len(text + 1, (size_t)(equals - text)
	                                      - 1));
	*behind = equals + 1;
	if (!arch_reg_find(arch_x86_64(), name) &&
	    !arch_reg_find(arch_i386(), name))
		return NULL;
	return xstrdup(name);
}

static struct error *run_set_variable(struct session *s,
                                      struct command_args *args)
{
	AUTO_VALUE struct value *v = NULL;
	AUTO_FREE char *name = NULL;
	const char *value;

	name = assigned_register(args->arg[0].text, &value);
	if (name)
		return set_register(s, name, value);
	if (!strchr(args->arg[0].text, '=') &&
	    !strstr(args->arg[0].text, "++") &&
	    !strstr(args->arg[0].text, "--"))
		return error_new(ERROR_USAGE, "say $NAME = VALUE, as in "
		                 "$rax = 1 or $count = 0");
	return session_value(s, args->arg[0].text, &v);
}

/* show values, show convenience */

static void value_line(struct session *s, const char *record, const char *name,
                       struct value *v)
{
	AUTO_BUF struct buf text = { 0 }, type = { 0 };
	struct value_style style;
	struct error *err;

	buf_init(&text);
	buf_init(&type);
	session_value_style(s, 0, &style);
	err = value_print(v, &style, &text);
	if (err)
		buf_printf(&text, "<error: %s>", err->message);
	error_destroy(err);
	type_name(value_type(v), "", &type);
	out_begin(s->out, record);
	out_text(s->out, ROLE_PLAIN, "$");
	out_str(s->out, "name", ROLE_NAME, name);
	out_text(s->out, ROLE_PLAIN, " = ");
	out_bytes(s->out, "value", ROLE_PLAIN, text.data, text.len);
	out_hidden_str(s->out, "ctype", type.data);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}

static void show_variable(void *ctx, const char *name, struct value *v)
{
	value_line(ctx, "variable", name, v);
}

static struct error *run_show_convenience(struct session *s,
                                          struct command_args *args)
{
	(void)args;
	session_variables_each(s, show_variable, s);
	return NULL;
}

/* Ten, as gdb shows them: the last, or around N. */
static struct error *run_show_values(struct session *s,
                                     struct command_args *args)
{
	uint64_t last = session_value_last(s), from;

	from = last > 9 ? last - 9 : 1;
	if (args->arg[0].given)
		from = args->arg[0].number > 5 ? args->arg[0].number - 5 : 1;
	for (uint64_t i = from; i < from + 10 && i <= last; i++) {
		struct value *v = session_value_at(s, i);
		AUTO_FREE char *name = xasprintf("%llu",
		                                 (unsigned long long)i);

		if (v)
			value_line(s, "kept", name, v);
	}
	return NULL;
}

#define PRINT_ARGS "[fmt:format] [expression:expression]"

static const struct command table[] = {
	{
		.name = "print", .aliases = "p inspect",
		.group = GROUP_LOOKING, .args = PRINT_ARGS,
		.summary = "show what an expression comes to",
		.help = "Expressions are C's: variables, functions and types "
			"of the program, $registers of the selected frame, "
			"the arguments of the present call by name, constants "
			"of the kernel (O_RDONLY), and gdb's VALUE@COUNT, "
			"{TYPE} ADDRESS, FILE::NAME, FUNCTION::NAME. FMT is x "
			"d u o t c a f s or z, as in gdb. Options, which end "
			"with --, are those of `set print`: -pretty, "
			"-elements 5. The result gets a number: $1, and $ is "
			"the last; without an expression that is shown again.",
		.example = "print/x $rsp + 8",
		.example_at = EXAMPLE_AT_START,
		.run = run_print,
	}, {
		.name = "call", .group = GROUP_LOOKING,
		.args = "[fmt:format] expression:expression",
		.summary = "evaluate, and show the result unless it is void",
		.example = "call $rsp",
		.example_at = EXAMPLE_AT_START,
		.run = run_call,
	}, {
		.name = "output", .group = GROUP_LOOKING,
		.args = "[fmt:format] expression:expression",
		.summary = "show a value alone: no number, no new line",
		.example = "output/x 255",
		.run = run_output,
	}, {
		.name = "set variable", .aliases = "var",
		.group = GROUP_LOOKING, .args = "assignment:expression",
		.summary = "assign to a variable of the program, or to a $NAME",
		.help = "`set $NAME = VALUE` is the same. A $NAME "
			"that is no register is a variable of scdb's, "
			"there once it is set, with the type of its value. "
			"`show convenience` lists them.",
		.example = "set variable $count = 1\n"
			"set $count = $count + 1",
		.run = run_set_variable,
	}, {
		.name = "show convenience", .aliases = "conv",
		.group = GROUP_LOOKING, .args = "",
		.summary = "show the variables that were set",
		.example = "set $count = 1\n"
			"show convenience",
		.run = run_show_convenience,
	}, {
		.name = "show values", .group = GROUP_LOOKING,
		.args = "[number:count]",
		.summary = "show the last ten values that were printed, or ten "
			"around one",
		.example = "print 6 * 7\n"
			"show values",
		.run = run_show_values,
	},
};

const struct command_table commands_values = { table, ARRAY_LEN(table) };
