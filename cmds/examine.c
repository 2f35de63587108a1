/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `x`: memory of a stopped thread. */
#include "cmds/examine.h"
#include "cmds/format.h"
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "expr/value.h"
#include "target/cache.h"

#include <string.h>

/* Columns up to the next stop of a tabulator behind a word of LEN. */
static size_t tabbed(size_t len)
{
	return (len / 8 + 1) * 8;
}

/*
 * With text behind it a line is no wider than the terminal or the pane, where
 * a power of two of integers fits.
 */
static unsigned per_line(const struct session *s, unsigned size)
{
	enum { ADDRESS = 16 };
	unsigned most = size == 8 ? 2 : size == 4 ? 4 : 8;
	size_t width = s->out->width;

	if (s->settings.examine_text && width)
		while (most > 1 && ADDRESS + (most - 1) * tabbed(2 + 2 * size) +
		       2 + 2 * size + 2 + most * size > width)
			most /= 2;
	return most;
}

/* "0x404010 <array+4>:" */
static void begin_line(struct session *s, taddr addr)
{
	const struct value_world *w = s->world;
	AUTO_BUF struct buf name = { 0 };

	buf_init(&name);
	w->describe(w->ctx, addr, &name);
	out_begin(s->out, "memory");
	out_word(s->out, "address", ROLE_ADDRESS, addr, "0x%llx",
	         (unsigned long long)addr);
	if (name.len) {
		out_text(s->out, ROLE_PLAIN, " ");
		out_str(s->out, "symbol", ROLE_NAME, name.data);
	}
	out_text(s->out, ROLE_PLAIN, ":");
	out_list_begin(s->out, "values");
}

static void end_line(struct out *o)
{
	out_list_end(o);
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

static uint64_t take_integer(const uint8_t *bytes, unsigned size)
{
	uint64_t value = 0;

	memcpy(&value, bytes, size); /* little-endian on both sides */
	return value;
}

/* What is at BYTES as `f` or `a` has it. */
static struct error *typed_text(struct session *s, const uint8_t *bytes,
                                unsigned size, char format, struct buf *text)
{
	struct type_pool *pool = s->world->pool;
	const struct type *t = format == 'f' && size >= 4
		? type_float(pool, size) : type_integer(pool, size, true);
	AUTO_VALUE struct value *v = value_of_bytes(s->world, t, bytes);
	struct value_style style;

	session_value_style(s, format == 'f' && size < 4 ? 'd' : format,
	                    &style);
	return value_print_bare(v, &style, text);
}

/* A core says more: that it was not dumped. */
static struct error *unreadable(const struct session *s, taddr addr)
{
	struct error *err = NULL;
	uint8_t byte;

	if (s->current && s->current->process->core)
		err = target_read(s->current->process, addr, &byte, 1);
	return err ? err : error_fault(addr, "can't read memory at 0x%llx",
	                               (unsigned long long)addr);
}

/* BYTES behind numbers, of which the last is WIDE and MISSING more have room. */
static void text_column(struct session *s, const uint8_t *bytes, size_t len,
                        size_t wide, unsigned missing)
{
	char text[65];

	out_list_end(s->out);
	for (size_t i = 0; i < len; i++)
		text[i] = bytes[i] >= ' ' && bytes[i] < 0x7f ? (char)bytes[i]
		                                             : '.';
	text[len] = '\0';
	out_text(s->out, ROLE_PLAIN, "%*s",
	         (int)(2 + (missing ? missing * tabbed(wide) : 0)), "");
	out_str(s->out, "text", ROLE_STRING, text);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}

/* Up to COUNT numbers on a line; what can be read is shown. */
static struct error *numbers(struct session *s, struct examine_state *x,
                             uint64_t count, uint64_t *done)
{
	unsigned size = format_unit_size(x->unit);
	unsigned row = per_line(s, size);
	unsigned most = count < row ? (unsigned)count : row;
	uint8_t bytes[64];
	size_t got, wide = 0;

	got = memory_read(&s->world->memory, x->next, bytes, most * size);
	*done = got / size;
	if (!*done)
		return unreadable(s, x->next);
	begin_line(s, x->next);
	for (unsigned i = 0; i < *done; i++) {
		AUTO_BUF struct buf text = { 0 };

		buf_init(&text);
		if (x->format == 'f' || x->format == 'a')
			error_destroy(typed_text(s, bytes + i * size, size,
			                         x->format, &text));
		else
			format_integer(&text, take_integer(bytes + i * size,
			                                   size),
			               size, x->format, true);
		out_text(s->out, ROLE_PLAIN, "\t");
		out_str(s->out, "value", ROLE_NUMBER, text.data);
		wide = text.len;
	}
	if (s->settings.examine_text)
		text_column(s, bytes, *done * size, wide,
		            row - (unsigned)*done);
	else
		end_line(s->out);
	x->last = x->next + (*done - 1) * size;
	x->next += *done * size;
	return NULL;
}

static struct error *string(struct session *s, struct examine_state *x)
{
	struct type_pool *pool = s->world->pool;
	const struct type *t = type_pointer_to(pool,
	                                       type_builtin(pool, "char"));
	AUTO_VALUE struct value *v = value_of_integer(s->world, t, x->next);
	AUTO_BUF struct buf text = { 0 };
	struct value_style style;
	char data[1001];
	_Bool cut;
	ssize_t len;

	session_value_style(s, 0, &style);
	if (!style.elements || style.elements > sizeof(data) - 1)
		style.elements = sizeof(data) - 1;
	len = memory_read_string(&s->world->memory, x->next, data,
	                         style.elements + 1, &cut);
	if (len < 0)
		return unreadable(s, x->next);
	buf_init(&text);
	/* The string alone, without its address. */
	style.addresses = style.symbols = false;
	TRY(value_print_bare(v, &style, &text));
	begin_line(s, x->next);
	out_text(s->out, ROLE_PLAIN, "\t");
	out_str(s->out, "value", ROLE_STRING, text.data);
	end_line(s->out);
	x->last = x->next;
	x->next += (uint64_t)len + !cut;
	return NULL;
}

/* $_ is the last address, with the type of a unit, and $__ what is there. */
static void set_last(struct session *s, const struct examine_state *x)
{
	struct type_pool *pool = s->world->pool;
	unsigned size = x->format == 's' || x->format == 'i' ? 1
		: format_unit_size(x->unit);
	AUTO_FREE char *name = xasprintf("int%u_t", size * 8);
	const struct type *t = type_builtin(pool, name);
	AUTO_VALUE struct value *at = value_of_integer(s->world,
		type_pointer_to(pool, t), x->last);
	AUTO_VALUE struct value *there = value_in_memory(s->world, t, x->last);

	if (s->commands->peeking)
		return;
	session_variable_set(s, "_", at);
	session_variable_set(s, "__", there);
}

void examine_stand_at(struct session *s, taddr addr)
{
	struct examine_state *x = &s->commands->examine;
	const struct type *t = type_pointer_to(s->world->pool,
	                                       type_void(s->world->pool));
	AUTO_VALUE struct value *at = value_of_integer(s->world, t, addr);

	x->next = x->last = addr;
	x->valid = true;
	x->count = 1;
	session_variable_set(s, "_", at);
}

static struct error *examine(struct session *s, struct examine_state *x,
                             uint64_t count)
{
	if (x->format == 'i')
		return examine_code(s, x, count);
	for (unsigned rows = 0; count; rows++) {
		uint64_t done = 1;

		if (rows % 16 == 15 && s->hooks.interrupted &&
		    s->hooks.interrupted(s->hooks.ctx))
			return error_new(ERROR_INTERRUPTED, "interrupted");
		if (x->format == 's')
			TRY(string(s, x));
		else
			TRY(numbers(s, x, count, &done));
		count -= done;
	}
	return NULL;
}

static void choose(struct examine_state *x, const struct format *f,
                   unsigned word)
{
	if (f->letter)
		x->format = f->letter;
	else if (!x->format)
		x->format = 'x';
	if (f->unit)
		x->unit = f->unit;
	else if (x->format == 'a')
		x->unit = word == 8 ? 'g' : 'w';
	else if (f->letter == 'c')
		x->unit = 'b';
	else if (f->letter == 'f' && x->unit != 'w')
		x->unit = 'g';
	else if (!x->unit)
		x->unit = 'w';
}

/* Bytes of a pointer, where X may be asked for at all. */
static struct error *need_memory(struct session *s, unsigned *word)
{
	struct image *image = s->current ? NULL : session_current_image(s);
	const struct arch_regs *regs;
	struct thread *t;

	if (image) {
		*word = image_word(image);
		return NULL;
	}
	TRY(session_need_stopped(s, &t));
	TRY(target_regs(t, &regs));
	*word = arch_of_regs(regs)->word;
	return NULL;
}

/* X/-N: to COUNT units before where it stands, and stays there. */
static struct error *examine_back(struct session *s, struct examine_state *x,
                                  uint64_t count)
{
	taddr start;

	if (x->format == 's' || x->format == 'i')
		TRY(examine_rewind(s, x->format, &x->next, &count));
	else
		x->next -= count * format_unit_size(x->unit);
	/* The 0 before it ends the string that the next `x/-N` comes to. */
	start = x->next - (x->format == 's');
	TRY(examine(s, x, count));
	x->next = start;
	return NULL;
}

struct error *examine_at(struct session *s, const struct format *f, taddr addr)
{
	struct examine_state x = { .next = addr };
	unsigned word;

	TRY(need_memory(s, &word));
	choose(&x, f, word);
	return f->back ? examine_back(s, &x, f->count)
	               : examine(s, &x, f->count ? f->count : 1);
}

size_t examine_wants(struct session *s, const struct command_args *args,
                     struct examine_state *x)
{
	struct format f = { 0 };
	int64_t addr = 0;
	unsigned word;
	struct error *err = need_memory(s, &word);

	if (!err && args->arg[0].given)
		err = format_parse(args->arg[0].text, &f);
	if (!err && args->arg[1].given)
		err = evaluate_number(s, args->arg[1].text, &addr);
	if (err || f.back) {
		error_destroy(err);
		return 0;
	}
	choose(x, &f, word);
	if (args->arg[1].given)
		x->next = (taddr)addr;
	if (!f.count)
		f.count = 1;
	if (f.count > CACHE_GATHER_MAX)
		return 0;
	return (size_t)f.count * (x->format == 's' ? 64
	                          : x->format == 'i' ? 15
	                          : format_unit_size(x->unit));
}

static struct error *run_x(struct session *s, struct command_args *args)
{
	struct examine_state *x = &s->commands->examine;
	struct format f = { 0 };
	int64_t addr = 0;
	unsigned word;

	TRY(need_memory(s, &word));
	if (args->arg[0].given)
		TRY(format_parse(args->arg[0].text, &f));
	if (args->arg[1].given)
		TRY(evaluate_number(s, args->arg[1].text, &addr));
	else if (!x->valid)
		return error_new(ERROR_USAGE, "an address is missing (usage: "
		                 "x/NFU ADDRESS)");
	choose(x, &f, word);
	if (args->arg[1].given)
		x->next = (taddr)addr;
	if (f.count || args->arg[1].given || args->arg[0].given)
		x->count = f.count ? f.count : 1;
	x->valid = true;
	x->last = x->next;
	TRY(f.back ? examine_back(s, x, f.count)
	           : examine(s, x, x->count));
	set_last(s, x);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "x", .group = GROUP_LOOKING,
		.args = "[nfu:format] [address:expression]",
		.flags = CMD_REPEATS_BARE,
		.summary = "show memory",
		.help = "N is how many, F the format: x d u o t a c f z, s for "
			"strings or i for instructions; U the unit: b, h, w or "
			"g for 1, 2, 4 or 8 bytes. With -N it shows what is "
			"before, instructions where lines of the source are "
			"known. ADDRESS is an expression; "
			"an array or a function is where it stands. Without it "
			"it goes on behind the last. $_ is the last address "
			"then, and $__ what is there.",
		.example = "x/8xg $rsp",
		.example_at = EXAMPLE_AT_START,
		.run = run_x,
	},
};

const struct command_table commands_examine = { table, ARRAY_LEN(table) };
