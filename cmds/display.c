/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions that are shown at every stop. */
#include "cmds/print.h"
#include "cmds/examine.h"
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "target/cache.h"

#include <stdlib.h>
#include <string.h>

enum { DISPLAY_MOST = 1000 };

static void destroy_display(struct display *d)
{
	free(d->format);
	free(d->text);
	free(d);
}

void displays_deinit(struct command_state *state)
{
	for (size_t i = 0; i < state->displays.len; i++)
		destroy_display(state->displays.items[i]);
	vec_deinit(&state->displays);
}

/* Formats of memory: shown as by `x`. */
static bool is_memory(const struct format *f)
{
	return f->count || f->unit || f->letter == 's' || f->letter == 'i';
}

static void head(struct session *s, const struct display *d, bool memory)
{
	out_begin(s->out, "display");
	out_uint(s->out, "number", ROLE_NUMBER, d->number, "%u", d->number);
	out_text(s->out, ROLE_PLAIN, ": ");
	if (*d->format)
		out_text(s->out, ROLE_PLAIN, "%s/%s ", memory ? "x" : "",
		         d->format);
	out_str(s->out, "expression", ROLE_NAME, d->text);
	out_text(s->out, ROLE_PLAIN, memory ? "\n" : " = ");
}

static void put_error(struct session *s, struct error *err)
{
	AUTO_FREE char *text = xasprintf("<error: %s>", err->message);

	out_str(s->out, "value", ROLE_ERROR, text);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
	error_destroy(err);
}

static void show_error(struct session *s, const struct display *d,
                       struct error *err)
{
	struct format f = { 0 };
	bool memory = false;

	if (*d->format) {
		struct error *wrong = format_parse(d->format, &f);

		memory = !wrong && is_memory(&f);
		error_destroy(wrong);
	}
	head(s, d, memory);
	put_error(s, err);
}

static struct error *show_memory(struct session *s, const struct display *d,
                                 const struct format *f)
{
	struct error *err;
	struct thread *t;
	int64_t addr;

	TRY(session_need_stopped(s, &t));
	TRY(evaluate_number(s, d->text, &addr));
	head(s, d, true);
	out_end(s->out);
	err = examine_at(s, f, (taddr)addr);
	if (!err || err->kind != ERROR_FAULT)
		return err;
	/* Its expression has been told. */
	out_begin(s->out, "display");
	out_hidden_uint(s->out, "number", d->number);
	out_hidden_str(s->out, "expression", d->text);
	put_error(s, err);
	return NULL;
}

static struct error *show_value(struct session *s, const struct display *d,
                                const struct format *f)
{
	AUTO_VALUE struct value *v = NULL;
	AUTO_BUF struct buf text = { 0 };
	struct value_style style;

	buf_init(&text);
	session_value_style(s, f->letter, &style);
	TRY(print_evaluate(s, d->text, &style, &v, &text));
	head(s, d, false);
	out_bytes(s->out, "value", ROLE_PLAIN, text.data, text.len);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
	return NULL;
}

static struct error *show(struct session *s, const struct display *d)
{
	struct format f = { 0 };

	if (*d->format)
		TRY(format_parse(d->format, &f));
	return is_memory(&f) ? show_memory(s, d, &f) : show_value(s, d, &f);
}

static void show_all(struct session *s)
{
	for (size_t i = 0; i < s->commands->displays.len; i++) {
		const struct display *d = s->commands->displays.items[i];
		struct error *err;

		if (!d->enabled)
			continue;
		err = show(s, d);
		if (err)
			show_error(s, d, err);
	}
}

void display_after_stop(struct session *s)
{
	if (!s->current || !session_is_stopped(s, s->current))
		return;
	target_cache_open(s->target);
	show_all(s);
	target_cache_close(s->target);
}

static struct error *run_display(struct session *s, struct command_args *args)
{
	struct command_state *state = s->commands;
	struct display *d;
	struct error *err;

	if (!args->arg[1].given) {
		show_all(s);
		return NULL;
	}
	if (state->displays.len >= DISPLAY_MOST)
		return error_new(ERROR_REFUSED, "there are %d displays already",
		                 (int)DISPLAY_MOST);
	d = xcalloc(1, sizeof(*d));
	d->format = xstrdup(args->arg[0].given ? args->arg[0].text : "");
	d->text = xstrdup(args->arg[1].text);
	d->enabled = true;
	d->number = state->last_display + 1;
	/* What can't be shown now is the expression's fault, but memory that
	 * can't be read may be there at another stop: as in gdb. */
	err = show(s, d);
	if (err && err->kind == ERROR_FAULT) {
		show_error(s, d, err);
	} else if (err) {
		destroy_display(d);
		return err;
	}
	state->last_display++;
	vec_push(&state->displays, d);
	return NULL;
}

static struct display *find(struct session *s, uint64_t number)
{
	for (size_t i = 0; i < s->commands->displays.len; i++)
		if (s->commands->displays.items[i]->number == number)
			return s->commands->displays.items[i];
	return NULL;
}

static void remove_display(struct session *s, const struct display *d)
{
	struct command_state *state = s->commands;

	for (size_t i = 0; i < state->displays.len; i++)
		if (state->displays.items[i] == d) {
			destroy_display(state->displays.items[i]);
			vec_remove(&state->displays, i);
			return;
		}
}

/* Those of ARG, or all; each must be there before any is touched. */
static struct error *remove_all(struct session *s,
                                const struct command_arg *arg)
{
	struct command_state *state = s->commands;

	for (size_t i = 0; arg->given && i < arg->number_count; i++)
		if (!find(s, arg->numbers[i]))
			return error_new(ERROR_NOT_FOUND, "there is no "
			                 "display %llu", (unsigned long long)
			                 arg->numbers[i]);
	for (size_t i = 0; arg->given && i < arg->number_count; i++)
		remove_display(s, find(s, arg->numbers[i]));
	while (!arg->given && state->displays.len)
		remove_display(s, state->displays.items[0]);
	return NULL;
}

static struct error *run_undisplay(struct session *s,
                                   struct command_args *args)
{
	if (!args->arg[0].given && s->commands->displays.len &&
	    !command_confirm(s, "Delete all displays?"))
		return NULL;
	return remove_all(s, &args->arg[0]);
}

static struct error *run_info_display(struct session *s,
                                      struct command_args *args)
{
	(void)args;
	if (!s->commands->displays.len) {
		out_message(s->out, "note", ROLE_PLAIN,
		            "There are no auto-display expressions now.");
		return NULL;
	}
	out_text(s->out, ROLE_HEADING, "Auto-display expressions now in "
	         "effect:\nNum Enb Expression\n");
	for (size_t i = 0; i < s->commands->displays.len; i++) {
		const struct display *d = s->commands->displays.items[i];

		out_begin(s->out, "display");
		out_uint(s->out, "number", ROLE_NUMBER, d->number, "%u",
		         d->number);
		out_text(s->out, ROLE_PLAIN, ":   ");
		out_bool(s->out, "enabled", d->enabled,
		         d->enabled ? "y" : "n");
		out_text(s->out, ROLE_PLAIN, "  %s%s%s", *d->format ? "/" : "",
		         d->format, *d->format ? " " : "");
		out_str(s->out, "expression", ROLE_NAME, d->text);
		out_text(s->out, ROLE_PLAIN, "\n");
		out_end(s->out);
	}
	return NULL;
}

static const struct command table[] = {
	{
		.name = "display", .group = GROUP_LOOKING,
		.args = "[fmt:format] [expression:expression]",
		.summary = "show an expression at every stop",
		.help = "Without one: show all now. With the formats i and s, "
			"a count or a unit, it is an address, as for `x`. One "
			"that can't be shown says why in its place.",
		.example = "display/x $rsp\n"
			"display",
		.example_at = EXAMPLE_AT_START,
		.run = run_display,
	}, {
		.name = "undisplay", .group = GROUP_LOOKING,
		.args = "[number:numbers]",
		.summary = "show expressions no more at every stop",
		.example = "display 6 * 7\n"
			"undisplay 1",
		.run = run_undisplay,
	}, {
		.name = "info display", .group = GROUP_LOOKING, .args = "",
		.summary = "list what is shown at every stop",
		.example = "display 6 * 7\n"
			"info display",
		.run = run_info_display,
	},
};

const struct command_table commands_display = { table, ARRAY_LEN(table) };
