/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers, expressions and memory of a stopped thread. */
#include "cmds/format.h"
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/frames.h"
#include "syscalls/decode.h"

#include <ctype.h>
#include <string.h>

/* Expressions. */

static void destroy_expr(struct expr **expr)
{
	expr_destroy(*expr);
}

/* A string in VALUE is good as long as EXPR, until the next evaluation. */
static struct error *evaluate(struct session *s, const char *text,
                              struct expr **expr, struct expr_value *value)
{
	TRY(session_compile(s, text, expr));
	return session_evaluate(s, s->current, *expr, value);
}

struct error *evaluate_number(struct session *s, const char *text,
                              int64_t *value)
{
	CLEANUP(destroy_expr) struct expr *expr = NULL, *address = NULL;
	struct expr_value result;

	TRY(evaluate(s, text, &expr, &result));
	if (result.type == EXPR_STRING) {
		/* Beside a number the name of a string is its address. */
		AUTO_FREE char *sum = xasprintf("0+(%s)", text);

		TRY(evaluate(s, sum, &address, &result));
	}
	*value = result.i;
	return NULL;
}

/* Registers. */

/* The register that TEXT is, blanks and `$` aside; NULL: something else. */
static const struct arch_reg *whole_register(const struct arch *arch,
                                             const char *text)
{
	AUTO_FREE char *name = NULL;

	text = skip_blanks(text);
	if (*text++ != '$')
		return NULL;
	name = xstrndup(text, trimmed_len(text, strlen(text)));
	return arch_reg_find(arch, name);
}

static bool is_data_pointer(const struct arch_reg *reg)
{
	static const char *const names[] = { "rsp", "rbp", "esp", "ebp",
	                                     "sp", "fp" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(reg->name, names[i]) == 0)
			return true;
	return false;
}

/* As gdb says it by itself: flags by name, addresses in hexadecimal. */
static void natural(const struct arch_reg *reg, uint64_t value,
                    struct buf *text)
{
	char flags[80];

	if (reg->flags) {
		arch_flags_text(value, flags, sizeof(flags));
		buf_puts(text, flags);
	} else if (reg->code || is_data_pointer(reg)) {
		format_integer(text, value, reg->size, 'a', false);
	} else {
		format_integer(text, value, reg->size, 'd', false);
	}
}

/* As it was in the selected frame, where that is known. */
static struct error *frame_register(struct session *s,
                                    const struct arch_reg *reg,
                                    uint64_t *value, bool *known)
{
	const struct frame *f = session_frame(s);
	const struct arch_regs *regs;

	if (f)
		return session_frame_reg(s->current, f, reg, value, known);
	TRY(target_regs(s->current, &regs));
	*value = arch_reg_get(reg, regs);
	*known = true;
	return NULL;
}

static void show_unknown(struct session *s, const struct arch_reg *reg)
{
	struct out *o = s->out;

	out_begin(o, "register");
	out_str(o, "name", ROLE_NAME, reg->name);
	out_text(o, ROLE_PLAIN, "%*s<not saved>\n",
	         (int)(15 - strlen(reg->name)), "");
	out_end(o);
}

static struct error *show_register(struct session *s,
                                   const struct arch_reg *reg)
{
	struct out *o = s->out;
	AUTO_BUF struct buf text = { 0 };
	uint64_t value;
	bool known;

	buf_init(&text);
	TRY(frame_register(s, reg, &value, &known));
	if (!known) {
		show_unknown(s, reg);
		return NULL;
	}
	natural(reg, value, &text);
	if (reg->code) {
		buf_putc(&text, ' ');
		image_describe(session_image(s, s->current->process), value,
		               &text);
		buf_truncate(&text, trimmed_len(text.data, text.len));
	}
	out_begin(o, "register");
	out_str(o, "name", ROLE_NAME, reg->name);
	out_text(o, ROLE_PLAIN, "%*s", (int)(15 - strlen(reg->name)), "");
	out_word(o, "value", ROLE_NUMBER, value, "0x%-18llx",
	         (unsigned long long)value);
	out_str(o, "natural", ROLE_PLAIN, text.data);
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
	return NULL;
}

/* Whether WORD chooses REG: by group, or by itself. */
static bool chooses(const char *word, const struct arch_reg *reg)
{
	if (*word == '$')
		word++;
	if (strcmp(word, "general") == 0)
		return !reg->alias && reg->group == REG_GENERAL;
	if (strcmp(word, "segment") == 0)
		return !reg->alias && reg->group == REG_SEGMENT;
	if (strcmp(word, "system") == 0)
		return !reg->alias && reg->group == REG_SYSTEM;
	if (strcmp(word, "all") == 0)
		return !reg->alias;
	return strcmp(word, reg->name) == 0;
}

/* gdb's choice; what the kernel keeps of a call is `system`. */
static bool is_usual(const struct arch_reg *reg)
{
	return !reg->alias && (reg->group != REG_SYSTEM ||
	                       strcmp(reg->name, "fs_base") == 0 ||
	                       strcmp(reg->name, "gs_base") == 0);
}

static struct error *show_chosen(struct session *s, const char *word,
                                 const struct arch_regs *regs)
{
	const struct arch *arch = arch_of_regs(regs);
	AUTO_FREE char *shown = command_quoted(word, strlen(word));
	bool any = false;

	for (size_t i = 0; i < arch->reg_count; i++)
		if (chooses(word, &arch->regs[i])) {
			TRY(show_register(s, &arch->regs[i]));
			any = true;
		}
	if (any)
		return NULL;
	return error_new(ERROR_NOT_FOUND, "%s has no register or group \"%s\" "
	                 "(groups: general, segment, system, all)",
	                 arch->name, shown);
}

static struct error *run_info_registers(struct session *s,
                                        struct command_args *args)
{
	const struct arch_regs *regs;
	const struct arch *arch;

	TRY(target_regs(s->current, &regs));
	arch = arch_of_regs(regs);
	for (size_t i = 0; !args->arg[0].given && i < arch->reg_count; i++)
		if (is_usual(&arch->regs[i]))
			TRY(show_register(s, &arch->regs[i]));
	for (const char *at = args->arg[0].text; at && *at;) {
		size_t len = strcspn(at, " \t,");
		AUTO_FREE char *word = xstrndup(at, len);

		if (len)
			TRY(show_chosen(s, word, regs));
		at += len + strspn(at + len, " \t,");
	}
	return NULL;
}

static struct error *set_register(struct session *s, const char *name,
                                  const char *text)
{
	const struct arch_regs *old;
	const struct arch_reg *reg;
	struct arch_regs regs;
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
	regs = *old;
	arch_reg_set(reg, &regs, (uint64_t)value);
	return target_set_regs(t, &regs);
}

/* Letters, digits and _, and no digit first: those are values of `print`. */
static bool is_variable_name(const char *name)
{
	size_t len = strlen(name);

	if (!len || len > EXPR_MAX_NAME || isdigit((unsigned char)*name))
		return false;
	for (; *name; name++)
		if (!isalnum((unsigned char)*name) && *name != '_')
			return false;
	return true;
}

static struct error *run_set_variable(struct session *s,
                                      struct command_args *args)
{
	static const char *const kept[] = { "_exitcode", "bpnum", "argc" };
	CLEANUP(destroy_expr) struct expr *expr = NULL;
	char *text = args->arg[0].text, *equals = strchr(text, '=');
	AUTO_FREE char *name = NULL, *shown = NULL;
	struct expr_value value;

	if (!equals)
		return error_new(ERROR_USAGE, "say $NAME = VALUE, as in "
		                 "$rax = 1 or $count = 0");
	*equals = '\0';
	shown = command_quoted(text, trimmed_len(text, strlen(text)));
	name = xstrndup(text + (*text == '$'), trimmed_len(
		text + (*text == '$'), strlen(text + (*text == '$'))));
	if (*text != '$' || !is_variable_name(name))
		return error_new(ERROR_USAGE, "\"%s\" is neither a register "
		                 "nor a variable: say $NAME = VALUE", shown);
	if (arch_reg_find(arch_x86_64(), name) ||
	    arch_reg_find(arch_i386(), name))
		return set_register(s, name, equals + 1);
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (strcmp(name, kept[i]) == 0)
			return error_new(ERROR_REFUSED,
			                 "$%s is scdb's own", name);
	TRY(evaluate(s, equals + 1, &expr, &value));
	session_variable_set(s, name, &value);
	return NULL;
}

/* print */

enum { MAX_SHOWN = 200 }; /* characters of a string, as gdb */

static struct error *value_text(const struct expr_value *value, char letter,
                                struct buf *text)
{
	size_t len = value->s.len;

	if (value->type != EXPR_STRING) {
		if (!letter)
			letter = value->type == EXPR_UINT ? 'u' : 'd';
		format_integer(text, value->u, 8, letter == 's' ? 'd' : letter,
		               false);
		return NULL;
	}
	if (letter && letter != 's')
		return error_new(ERROR_USAGE, "a string has no format %c",
		                 letter);
	format_string(text, value->s.data, len > MAX_SHOWN ? MAX_SHOWN : len,
	              len > MAX_SHOWN);
	return NULL;
}

/* `p $reg` alone has the register's own form and size. */
static struct error *register_text(struct session *s, const char *expression,
                                   char letter, struct buf *text)
{
	const struct arch_regs *regs;
	const struct arch_reg *reg;
	uint64_t value;

	if (!s->current || !session_is_stopped(s, s->current))
		return NULL;
	TRY(target_regs(s->current, &regs));
	reg = whole_register(arch_of_regs(regs), expression);
	if (!reg)
		return NULL;
	value = arch_reg_get(reg, regs);
	if (letter && letter != 's') {
		format_integer(text, value, reg->size, letter, false);
		return NULL;
	}
	if (reg->code)
		buf_puts(text, "(void (*)()) ");
	else if (is_data_pointer(reg))
		buf_puts(text, "(void *) ");
	natural(reg, value, text);
	return NULL;
}

/* The name of an argument alone is shown as in the call's own line. */
static void argument_text(struct session *s, const char *expression,
                          struct buf *text)
{
	AUTO_FREE char *name = xstrndup(expression, trimmed_len(
		expression, strlen(expression)));
	struct call *call = call_current(s->current);
	struct decode_context c;
	int index;

	if (!call || !call->view.desc ||
	    !session_is_stopped(s, s->current))
		return;
	index = syscall_arg_index(call->view.desc, name);
	if (index < 0)
		return;
	call_decode_context(s, s->current, &call->view, &c);
	c.max_string = MAX_SHOWN;
	if (decode_arg_shape(&call->view.desc->args[index]) != SHAPE_NUMBER)
		buf_printf(text, "(void *) 0x%llx ",
		           (unsigned long long)call->view.args[index]);
	decode_arg(&c, (unsigned)index, text);
}

static struct error *run_print(struct session *s, struct command_args *args)
{
	CLEANUP(destroy_expr) struct expr *expr = NULL;
	struct format format = { 0 };
	struct expr_value value = { .type = EXPR_INT };
	AUTO_BUF struct buf text = { 0 };
	unsigned long long number;

	buf_init(&text);
	if (args->arg[0].given)
		TRY(format_parse(args->arg[0].text, &format));
	if (format.count || format.unit)
		return error_new(ERROR_USAGE, "counts and units mean nothing "
		                 "to `print`: use `x`");
	TRY(register_text(s, args->arg[1].text, format.letter, &text));
	if (!text.len && !format.letter)
		argument_text(s, args->arg[1].text, &text);
	if (text.len || format.letter == 'a') {
		TRY(evaluate_number(s, args->arg[1].text, &value.i));
		if (!text.len)
			format_integer(&text, value.u, 8, 'a', false);
	} else {
		TRY(evaluate(s, args->arg[1].text, &expr, &value));
		TRY(value_text(&value, format.letter, &text));
	}
	number = session_value_keep(s, &value);
	out_begin(s->out, "value");
	out_text(s->out, ROLE_PLAIN, "$");
	out_uint(s->out, "number", ROLE_PLAIN, number, "%llu", number);
	out_text(s->out, ROLE_PLAIN, " = ");
	out_str(s->out, "value", ROLE_PLAIN, text.data);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
	return NULL;
}

static void show_variable(void *ctx, const char *name,
                          const struct expr_value *value)
{
	struct session *s = ctx;
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	error_destroy(value_text(value, 0, &text));
	out_begin(s->out, "variable");
	out_text(s->out, ROLE_PLAIN, "$");
	out_str(s->out, "name", ROLE_NAME, name);
	out_text(s->out, ROLE_PLAIN, " = ");
	out_str(s->out, "value", ROLE_PLAIN, text.data);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}

static struct error *run_show_convenience(struct session *s,
                                          struct command_args *args)
{
	(void)args;
	session_variables_each(s, show_variable, s);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "info registers", .aliases = "r",
		.group = GROUP_LOOKING, .args = "[group|name:registers]",
		.flags = CMD_NEEDS_STOPPED,
		.summary = "show registers, as they were in the selected frame",
		.help = "Groups are general, segment, system (what the kernel "
			"keeps: orig_rax, the bases) and all.",
		.example = "info registers rip",
		.example_at = EXAMPLE_AT_START,
		.run = run_info_registers,
	}, {
		.name = "print", .aliases = "p inspect",
		.group = GROUP_LOOKING,
		.args = "[fmt:format] expression:expression",
		.summary = "show what an expression comes to",
		.help = "Expressions are of numbers, $registers, constants of "
			"the kernel (O_RDONLY) and the arguments of the "
			"present call by name, with C's operators. FMT is x d "
			"u o t c a s or z, as in gdb.",
		.example = "print/x $rsp + 8",
		.example_at = EXAMPLE_AT_START,
		.run = run_print,
	}, {
		.name = "set variable", .aliases = "var",
		.group = GROUP_LOOKING, .args = "$name=value:expression",
		.summary = "change a register or a variable (also `set $NAME = "
			"VALUE`)",
		.help = "A name that is no register is a variable of scdb's: "
			"a number or a string, there once it is set. `show "
			"convenience` lists them.",
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
	},
};

const struct command_table commands_look = { table, ARRAY_LEN(table) };
