/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `syscall NAME(ARG, ...)`: a call that the stopped program makes for us. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "syscalls/decode.h"

#include <stdio.h>
#include <string.h>

enum { MAX_DATA = 4096 }; /* target_scratch has a page */

/* Why a call can't be made in the program's stead, or NULL. */
static const char *refusal(const struct syscall_desc *desc)
{
	uint32_t traits = desc ? desc->traits : 0;

	if (traits & CALL_NO_RETURN)
		return "it would end the program: use `kill`";
	if (traits & CALL_FORKS)
		return "its child would run on from a place that is not the "
		       "program's";
	if (traits & CALL_EXECS)
		return "it would replace the program";
	if (traits & (CALL_NO_RESULT | CALL_RESTART))
		return "only the kernel's own return paths may make it";
	return NULL;
}

/* Up to a comma or the end outside brackets and quotes. */
static size_t arg_len(const char *text)
{
	size_t len = 0;
	unsigned depth = 0;
	char quote = 0;

	for (; text[len]; len++) {
		char c = text[len];

		if (quote && c == '\\' && text[len + 1])
			len++;
		else if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (strchr("([{", c))
			depth++;
		else if (strchr(")]}", c) && depth)
			depth--;
		else if (c == ',' && !depth)
			break;
	}
	return len;
}

/* Stores what DATA stands for, and a NUL behind it. */
static struct error *store(struct session *s, const struct syscall_view *view,
                           unsigned index, const char *data, taddr *addr)
{
	AUTO_FREE uint8_t *bytes = NULL;
	size_t len;

	TRY(decode_data_parse(view, index, data, MAX_DATA - 1, &bytes, &len));
	bytes = xrealloc(bytes, len + 1);
	bytes[len] = 0;
	TRY(target_scratch(s->current, len + 1, addr));
	return target_write(s->current->process, *addr, bytes, len + 1);
}

static bool is_data(const char *text)
{
	return strchr("\"{@", *text) || (text[0] == 'x' && text[1] == '"');
}

static struct error *parse_arg(struct session *s,
                               const struct syscall_view *view,
                               unsigned index, const char *text,
                               uint64_t *value)
{
	int64_t number;

	if (is_data(text))
		return store(s, view, index, text, value);
	TRY(evaluate_number(s, text, &number));
	*value = view->abi == ABI_I386 ? (uint32_t)number : (uint64_t)number;
	return NULL;
}

/* "ARG, ARG)": a call that lacks some gets 0 there. */
static struct error *parse_args(struct session *s, const char *text,
                                const struct syscall_view *view,
                                uint64_t args[SYSCALL_ARGS])
{
	size_t len = trimmed_len(text, strlen(text));
	AUTO_FREE char *list = NULL;
	unsigned index = 0;

	if (!len || text[len - 1] != ')')
		return error_new(ERROR_USAGE, "the `)` is missing");
	list = xstrndup(text, len - 1);
	for (const char *at = skip_blanks(list); *at;) {
		size_t n = arg_len(at);
		AUTO_FREE char *word = xstrndup(at, trimmed_len(at, n));
		unsigned most = view->desc ? view->desc->nargs : SYSCALL_ARGS;
		struct error *err;

		if (index >= most)
			return error_new(ERROR_USAGE, "%s takes %u argument%s",
			                 view->name, most,
			                 most == 1 ? "" : "s");
		if (!*word)
			return error_new(ERROR_USAGE, "argument %u is empty",
			                 index);
		err = parse_arg(s, view, index, word, &args[index]);
		if (err)
			return error_prefix(err, "argument %u", index);
		index++;
		at = at[n] ? skip_blanks(at + n + 1) : at + n;
	}
	return NULL;
}

static void show(struct session *s, const struct syscall_made *made,
                 int64_t result)
{
	struct thread *t = s->current;
	AUTO_BUF struct buf args = { 0 }, value = { 0 };
	struct decode_context c;
	struct syscall_view view;

	buf_init(&args);
	buf_init(&value);
	syscall_resolve(made, &t->process->memory, &view);
	call_decode_context(s, t, &view, &c);
	c.phase = DECODE_EXIT;
	c.result = result;
	decode_args(&c, &args);
	decode_result(&c, &value);
	out_begin(s->out, "remote-call");
	out_str(s->out, "call", ROLE_NAME, view.name);
	out_text(s->out, ROLE_PLAIN, "(");
	out_str(s->out, "args", ROLE_PLAIN, args.data);
	out_text(s->out, ROLE_PLAIN, ") = ");
	out_str(s->out, "result", arch_is_error(result) ? ROLE_ERROR
	                                                : ROLE_GOOD,
	        value.data);
	out_hidden_int(s->out, "value", result);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}

static struct error *make(struct session *s, struct syscall_made *made,
                          const char *args)
{
	struct remote_call call = { .abi = made->abi, .nr = made->nr,
	                            .stop_waiting = s->hooks.interrupted,
	                            .ctx = s->hooks.ctx };
	struct syscall_view view = { .abi = made->abi, .nr = made->nr };
	char data[SYSCALL_NAME_MAX];
	const char *reason;
	int64_t result;

	view.desc = syscall_by_number(made->abi, made->nr);
	snprintf(view.name, sizeof(view.name), "%s",
	         syscall_name(made->abi, made->nr, data));
	reason = refusal(view.desc);
	if (reason)
		return error_new(ERROR_REFUSED, "%s can't be made here: %s",
		                 view.name, reason);
	TRY(parse_args(s, args, &view, made->args));
	memcpy(call.args, made->args, sizeof(call.args));
	TRY(target_remote_call(s->current, &call, &result));
	show(s, made, result);
	return NULL;
}

static struct error *run_syscall(struct session *s, struct command_args *args)
{
	char *text = args->arg[0].text;
	char *open = strchr(text, '(');
	struct syscall_made made = { 0 };

	if (!open)
		return error_new(ERROR_USAGE, "say a call and its arguments, "
		                 "as in `syscall getpid()`");
	*open = '\0';
	text[trimmed_len(text, strlen(text))] = '\0';
	TRY(target_abi(s->current, &made.abi));
	TRY(command_call_number(text, made.abi, &made.nr));
	return make(s, &made, open + 1);
}

static const struct command table[] = {
	{
		.name = "syscall", .group = GROUP_SYSCALLS,
		.args = "name(arg,...):call", .flags = CMD_NEEDS_STOPPED | CMD_NEEDS_LIVE,
		.summary = "have the program make a call now, and show the "
			"result",
		.help = "Arguments are numbers, constants, $registers and "
			"expressions of these, or data: \"text\", x\"BYTES\", "
			"{NUMBERS}, @FILE. The call in progress is as before.",
		.example = "syscall openat(AT_FDCWD, \"/etc/hosts\", O_RDONLY)",
		.example_at = EXAMPLE_AT_START,
		.run = run_syscall,
	},
};

const struct command_table commands_remote = { table, ARRAY_LEN(table) };
