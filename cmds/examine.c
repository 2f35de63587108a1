/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `x`: memory of a stopped thread. */
#include "cmds/format.h"
#include "cmds/internal.h"
#include "cmds/tables.h"

#include <string.h>

enum { MAX_STRING = 200 }; /* characters on a line, as gdb */

static unsigned per_line(unsigned size)
{
	return size == 8 ? 2 : size == 4 ? 4 : 8;
}

static void begin_line(struct out *o, taddr addr)
{
	out_begin(o, "memory");
	out_word(o, "address", ROLE_ADDRESS, addr, "0x%llx",
	         (unsigned long long)addr);
	out_text(o, ROLE_PLAIN, ":");
	out_list_begin(o, "values");
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

/* Up to COUNT integers on a line; what can be read is shown. */
static struct error *integers(struct session *s, struct examine_state *x,
                              uint64_t count, uint64_t *done)
{
	unsigned size = format_unit_size(x->unit);
	unsigned most = per_line(size);
	struct process *process = s->current->process;
	uint8_t bytes[64];
	size_t got;

	if (count < most)
		most = (unsigned)count;
	got = memory_read(&process->memory, x->next, bytes, most * size);
	*done = got / size;
	if (!*done)
		return error_fault(x->next, "can't read memory at 0x%llx",
		                   (unsigned long long)x->next);
	begin_line(s->out, x->next);
	for (unsigned i = 0; i < *done; i++) {
		AUTO_BUF struct buf text = { 0 };

		buf_init(&text);
		format_integer(&text, take_integer(bytes + i * size, size),
		               size, x->format, true);
		out_text(s->out, ROLE_PLAIN, "\t");
		out_str(s->out, "value", ROLE_PLAIN, text.data);
	}
	end_line(s->out);
	x->next += *done * size;
	return NULL;
}

static struct error *string(struct session *s, struct examine_state *x)
{
	char data[MAX_STRING + 1];
	AUTO_BUF struct buf text = { 0 };
	_Bool cut;
	ssize_t len = memory_read_string(&s->current->process->memory,
	                                 x->next, data, sizeof(data), &cut);

	if (len < 0)
		return error_fault(x->next, "can't read memory at 0x%llx",
		                   (unsigned long long)x->next);
	buf_init(&text);
	format_string(&text, data, (size_t)len, cut);
	begin_line(s->out, x->next);
	out_text(s->out, ROLE_PLAIN, "\t");
	out_str(s->out, "value", ROLE_STRING, text.data);
	end_line(s->out);
	x->next += (uint64_t)len + !cut;
	return NULL;
}

static struct error *examine(struct session *s, uint64_t count)
{
	struct examine_state *x = &s->commands->examine;

	while (count) {
		uint64_t done = 1;

		if (s->hooks.interrupted &&
		    s->hooks.interrupted(s->hooks.ctx))
			return error_new(ERROR_INTERRUPTED, "interrupted");
		if (x->format == 's')
			TRY(string(s, x));
		else
			TRY(integers(s, x, count, &done));
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
	else if (!x->unit)
		x->unit = 'w';
}

static struct error *run_x(struct session *s, struct command_args *args)
{
	struct examine_state *x = &s->commands->examine;
	const struct arch_regs *regs;
	struct format f = { 0 };
	int64_t addr = 0;

	if (args->arg[0].given)
		TRY(format_parse(args->arg[0].text, &f));
	if (args->arg[1].given)
		TRY(evaluate_number(s, args->arg[1].text, &addr));
	else if (!x->valid)
		return error_new(ERROR_USAGE, "an address is missing (usage: "
		                 "x/NFU ADDRESS)");
	TRY(target_regs(s->current, &regs));
	choose(x, &f, arch_of_regs(regs)->word);
	if (args->arg[1].given)
		x->next = (taddr)addr;
	if (f.count || args->arg[1].given || args->arg[0].given)
		x->count = f.count ? f.count : 1;
	x->valid = true;
	return examine(s, x->count);
}

static const struct command table[] = {
	{
		.name = "x", .group = GROUP_LOOKING,
		.args = "[nfu:format] [address:expression]",
		.flags = CMD_NEEDS_STOPPED | CMD_REPEATS_BARE,
		.summary = "show memory",
		.help = "N is how many, F the format: x d u o t a c, or s for "
			"strings; U the unit: b, h, w or g for 1, 2, 4 or 8 "
			"bytes. Without ADDRESS it goes on behind the last.",
		.example = "x/8xg $rsp",
		.example_at = EXAMPLE_AT_START,
		.run = run_x,
	},
};

const struct command_table commands_examine = { table, ARRAY_LEN(table) };
