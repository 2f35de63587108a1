/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the log of calls looks like: a line a call. */
#include "session/log_internal.h"

#include "base/vec.h"

#include <stdio.h>
#include <string.h>

/* How many columns each part of a line has; CALL 0: as many as it needs. */
struct columns {
	bool tid, time;
	size_t call, result;
};

/* Where the line is to fit into WIDTH, what one can do without goes first. */
static struct columns choose_columns(unsigned width)
{
	enum { INDEX = 7, TID = 8, EQUALS = 3, TIME = 13, LEAST = 40 };
	struct columns c = { .tid = true, .time = true };
	size_t rest;

	if (width < LEAST)
		return c;
	c.tid = width >= 72;
	c.time = width >= 56;
	c.result = width / 5 < 12 ? 12 : width / 5 > 32 ? 32 : width / 5;
	rest = INDEX + EQUALS + c.result + (c.tid ? TID : 0) +
	       (c.time ? TIME : 0);
	c.call = width - rest;
	return c;
}

static size_t count_characters(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

/* TEXT, or its beginning and three dots. */
static void put_cut(struct buf *out, const char *text, size_t columns)
{
	size_t at = 0, left = columns > 3 ? columns - 3 : 0;

	if (count_characters(text) <= columns) {
		buf_puts(out, text);
		return;
	}
	for (; left || ((unsigned char)text[at] & 0xc0) == 0x80; at++)
		left -= ((unsigned char)text[at + 1] & 0xc0) != 0x80;
	buf_add(out, text, at);
	buf_puts(out, "...");
}

/* Fills up to COLUMNS what has USED of them. */
static void pad(struct out *o, size_t columns, size_t used)
{
	if (used < columns)
		out_text(o, ROLE_PLAIN, "%*s", (int)(columns - used), "");
}

/* Without memory: what was not kept is numbers. */
static void put_args(const struct log_entry *e, const struct decode_context *c,
                     bool names, struct buf *args)
{
	const struct syscall_desc *desc = c->call->desc;
	bool first = true;

	if (!e->has_values || !desc) {
		decode_args(c, args);
		return;
	}
	for (unsigned i = 0; i < desc->nargs; i++) {
		if (e->hidden & (1u << i) || !e->values[i])
			continue;
		if (!first)
			buf_puts(args, ", ");
		if (names)
			buf_printf(args, "%s=", desc->args[i].name);
		buf_puts(args, e->values[i]);
		first = false;
	}
}

void log_entry_decode(const struct session *s, const struct log_entry *e,
                      const struct syscall_view *view, struct buf *args,
                      struct buf *result)
{
	struct decode_context c = {
		.call = view,
		.phase = DECODE_ENTRY,
		.result = e->result,
		.strace = s->settings.style == STYLE_STRACE,
	};

	put_args(e, &c, !c.strace, args);
	if (e->result_text)
		buf_puts(result, e->result_text);
	else if (e->finished)
		decode_result(&c, result);
}

const char *log_entry_flags(const struct log_entry *e)
{
	if (e->skipped)
		return e->changed ? " (skipped) (changed)" : " (skipped)";
	if (e->faked)
		return e->changed ? " (faked) (changed)" : " (faked)";
	return e->changed ? " (changed)" : "";
}

void log_entry_hidden(struct out *o, const struct log_entry *e)
{
	char label[24];

	snprintf(label, sizeof(label), "%u.%u", e->process, e->thread);
	out_hidden_str(o, "thread", label);
	out_hidden_str(o, "abi", arch_abi(e->made.abi)->name);
	out_hidden_bool(o, "finished", e->finished);
	out_hidden_bool(o, "skipped", e->skipped);
	out_hidden_bool(o, "faked", e->faked);
	out_hidden_bool(o, "changed", e->changed);
	if (e->finished) {
		out_hidden_int(o, "value", e->result);
		out_hidden_uint(o, "nanoseconds",
		                (uint64_t)(e->seconds * 1e9));
	}
}

/* Where there is no room for the names of arguments, without them. */
static void put_fitting(const struct log_entry *e,
                        const struct syscall_view *view, const char *args,
                        size_t columns, struct buf *cut)
{
	struct decode_context c = { .call = view, .phase = DECODE_ENTRY,
	                            .strace = true };
	AUTO_BUF struct buf brief = { 0 };

	buf_init(&brief);
	if (count_characters(args) > columns && view->desc) {
		put_args(e, &c, false, &brief);
		args = brief.data;
	}
	put_cut(cut, args, columns);
}

static void show_call(struct out *o, const struct log_entry *e,
                      const struct syscall_view *view, const struct buf *args,
                      size_t columns)
{
	size_t around = strlen(view->name) + 2;
	AUTO_BUF struct buf cut = { 0 };

	buf_init(&cut);
	if (columns)
		put_fitting(e, view, args->data,
		            columns > around ? columns - around : 0, &cut);
	out_str(o, "name", ROLE_NAME, view->name);
	out_text(o, ROLE_PLAIN, "(");
	out_str_shown(o, "args", ROLE_PLAIN, args->data,
	              columns ? cut.data : args->data);
	out_text(o, ROLE_PLAIN, ")");
	if (columns)
		pad(o, columns, around + count_characters(cut.data));
}

static void show_end(struct out *o, const struct log_entry *e,
                     const struct buf *result, const struct columns *columns)
{
	AUTO_BUF struct buf cut = { 0 };

	buf_init(&cut);
	put_cut(&cut, result->data,
	        columns->call ? columns->result : result->len);
	out_text(o, ROLE_PLAIN, " = ");
	out_str_shown(o, "result",
	              arch_is_error(e->result) ? ROLE_ERROR : ROLE_GOOD,
	              result->data, cut.data);
	out_text(o, ROLE_WARNING, "%s", log_entry_flags(e));
	if (columns->call && columns->time)
		pad(o, columns->result, count_characters(cut.data));
	if (columns->time)
		out_text(o, ROLE_DIM, columns->call ? " %10.6f s"
		                                    : "  %.6f s", e->seconds);
}

static void show_entry(struct session *s, const struct log_entry *e,
                       const struct columns *columns)
{
	AUTO_BUF struct buf args = { 0 }, result = { 0 };
	size_t flags = strlen(log_entry_flags(e));
	struct syscall_view view;
	struct out *o = s->out;

	buf_init(&args);
	buf_init(&result);
	syscall_resolve(&e->made, NULL, &view);
	log_entry_decode(s, e, &view, &args, &result);
	out_begin(o, "call");
	log_entry_hidden(o, e);
	out_hidden_uint(o, "nr", view.nr);
	out_uint(o, "index", ROLE_DIM, e->index, "%6llu ",
	         (unsigned long long)e->index);
	if (columns->tid)
		out_int(o, "tid", ROLE_NUMBER, e->tid, "%-7d ", (int)e->tid);
	else
		out_hidden_int(o, "tid", e->tid);
	show_call(o, e, &view, &args,
	          columns->call > flags ? columns->call - flags
	                                : columns->call);
	if (e->finished)
		show_end(o, e, &result, columns);
	else
		out_text(o, ROLE_DIM, " ...");
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

struct error *call_log_show(struct session *s, size_t count,
                            const struct log_filter *filter)
{
	const struct columns columns = choose_columns(s->out->width);
	VEC(const struct log_entry *) found = { 0 };
	struct call_log *log = s->log;
	struct error *err = NULL;

	for (uint64_t i = log->last_index; i && found.len < count; i--) {
		const struct log_entry *e = log_entry_at(log, i);
		bool fits;

		if (!e)
			break;
		err = log_matches(s, e, filter, &fits);
		if (err)
			break;
		if (fits)
			vec_push(&found, e);
	}
	if (!found.len && !err)
		out_message(s->out, "note", ROLE_PLAIN,
		            log->last_index ? "no such calls in the log"
		                            : "no calls have been seen");
	for (size_t i = found.len; !err && i-- > 0;)
		show_entry(s, found.items[i], &columns);
	vec_deinit(&found);
	return err;
}
