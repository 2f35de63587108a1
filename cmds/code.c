/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `disassemble`, and instructions for `x/i`. */
#include "cmds/code.h"
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "arch/disasm.h"
#include "base/alloc.h"
#include "session/frames.h"
#include "session/location.h"

#include <ctype.h>
#include <string.h>

enum { RAW_WIDTH = 19 }; /* columns that bytes take at least, as in gdb */

static bool interrupted(const struct session *s)
{
	return s->hooks.interrupted && s->hooks.interrupted(s->hooks.ctx);
}

static struct error *code_init(struct session *s, struct code *c)
{
	const struct arch_regs *regs;
	const struct frame *f;
	struct thread *t;

	*c = (struct code){ .s = s };
	TRY(location_image(s, &c->image));
	c->memory = image_memory(c->image);
	c->arch = image_word(c->image) == 8 ? arch_x86_64() : arch_i386();
	/* The file of a program that does not run yet. */
	if (!s->current)
		return NULL;
	TRY(session_need_stopped(s, &t));
	TRY(target_regs(t, &regs));
	c->memory = &t->process->memory;
	c->arch = arch_of_regs(regs);
	f = session_frame(s);
	c->has_pc = f != NULL;
	c->pc = f ? f->pc : 0;
	return NULL;
}

static void put_symbol(struct code *c, taddr addr)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	image_describe(c->image, addr, &text);
	if (text.len)
		out_text(c->s->out, ROLE_NAME, " %s", text.data);
}

/* At a symbol's beginning too: "<main+0>". */
static void put_symbol_and_offset(struct code *c, taddr addr)
{
	AUTO_BUF struct buf text = { 0 };
	const char *plus;

	buf_init(&text);
	image_describe(c->image, addr, &text);
	plus = strrchr(text.data, '+');
	if (!text.len)
		return;
	if (!plus || strspn(plus + 1, "0123456789") != strlen(plus + 1) - 1) {
		buf_truncate(&text, text.len - 1);
		buf_puts(&text, "+0>");
	}
	out_text(c->s->out, ROLE_NAME, " %s", text.data);
}

static void put_bytes(struct code *c, const uint8_t *bytes, size_t len)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	for (size_t i = 0; i < len; i++)
		buf_printf(&text, "%s%02x", i ? " " : "", bytes[i]);
	if (c->options & CODE_RAW) {
		out_str(c->s->out, "bytes", ROLE_DIM, text.data);
		out_text(c->s->out, ROLE_PLAIN, "%*s\t",
		         text.len < RAW_WIDTH ? (int)(RAW_WIDTH - text.len) : 0,
		         "");
	} else {
		out_hidden_str(c->s->out, "bytes", text.data);
	}
}

static void put_insn(struct code *c, const struct insn_text *text)
{
	struct out *o = c->s->out;
	bool more = *text->operands || text->has_target;

	out_str(o, "mnemonic", text->bad ? ROLE_ERROR : ROLE_CONSTANT,
	        text->mnemonic);
	if (more)
		out_text(o, ROLE_PLAIN, "%*s",
		         (int)(strlen(text->mnemonic) < 6
		               ? 7 - strlen(text->mnemonic) : 1), "");
	if (*text->operands)
		out_str(o, "operands", ROLE_PLAIN, text->operands);
	if (text->has_target) {
		out_word(o, "target", ROLE_ADDRESS, text->target, "0x%llx",
		         (unsigned long long)text->target);
		put_symbol(c, text->target);
	}
	if (text->has_address) {
		out_text(o, ROLE_DIM, "        # ");
		out_word(o, "refers", ROLE_ADDRESS, text->address, "0x%llx",
		         (unsigned long long)text->address);
		put_symbol(c, text->address);
	}
}

static struct error *read_insn(struct code *c, taddr addr,
                               uint8_t bytes[DISASM_MAX_BYTES],
                               struct insn_text *text)
{
	size_t got = memory_read(c->memory, addr, bytes, DISASM_MAX_BYTES);

	if (!got)
		return error_fault(addr, "Cannot access memory at address "
		                   "0x%llx", (unsigned long long)addr);
	disasm_insn(c->arch, addr, bytes, got,
	            (enum disasm_syntax)c->s->settings.disassembly_flavor,
	            text);
	return NULL;
}

static void put_place(struct code *c, taddr addr)
{
	struct out *o = c->s->out;

	if (!c->is_function) {
		put_symbol_and_offset(c, addr);
		return;
	}
	out_text(o, ROLE_PLAIN, " <");
	if (addr >= c->function)
		out_text(o, ROLE_NUMBER, "+%llu",
		         (unsigned long long)(addr - c->function));
	else
		out_text(o, ROLE_NUMBER, "-%llu",
		         (unsigned long long)(c->function - addr));
	out_text(o, ROLE_PLAIN, ">");
}

/* One line of `disassemble`; *ADDR is behind it then. */
static struct error *show_insn(struct code *c, taddr *addr)
{
	struct out *o = c->s->out;
	uint8_t bytes[DISASM_MAX_BYTES];
	struct insn_text text;
	bool here = c->has_pc && *addr == c->pc;

	TRY(read_insn(c, *addr, bytes, &text));
	out_begin(o, "instruction");
	out_text(o, here ? ROLE_ARROW : ROLE_PLAIN, here ? "=> " : "   ");
	out_hidden_bool(o, "current", here);
	out_word(o, "address", ROLE_ADDRESS, *addr, "0x%0*llx",
	         c->arch->word * 2, (unsigned long long)*addr);
	put_place(c, *addr);
	out_text(o, ROLE_PLAIN, ":\t");
	put_bytes(c, bytes, text.len);
	put_insn(c, &text);
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
	*addr += text.len;
	return NULL;
}

/* For x/i. */
struct error *code_show_insn(struct session *s, taddr addr, taddr *next)
{
	struct out *o = s->out;
	uint8_t bytes[DISASM_MAX_BYTES];
	struct insn_text text;
	struct code c;
	bool here;

	TRY(code_init(s, &c));
	TRY(read_insn(&c, addr, bytes, &text));
	here = c.has_pc && addr == c.pc;
	out_begin(o, "instruction");
	out_text(o, here ? ROLE_ARROW : ROLE_PLAIN, here ? "=> " : "   ");
	out_hidden_bool(o, "current", here);
	out_word(o, "address", ROLE_ADDRESS, addr, "0x%llx",
	         (unsigned long long)addr);
	put_symbol(&c, addr);
	out_text(o, ROLE_PLAIN, ":\t");
	put_bytes(&c, bytes, text.len);
	put_insn(&c, &text);
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
	*next = addr + text.len;
	return NULL;
}

struct error *code_insn_len(struct session *s, taddr addr, unsigned *len)
{
	uint8_t bytes[DISASM_MAX_BYTES];
	struct insn_text text;
	struct code c;

	TRY(code_init(s, &c));
	TRY(read_insn(&c, addr, bytes, &text));
	*len = text.len ? text.len : 1;
	return NULL;
}

struct error *code_show_plain(struct code *c, taddr *at, taddr end)
{
	while (*at < end) {
		if (interrupted(c->s))
			return error_new(ERROR_INTERRUPTED, "interrupted");
		TRY(show_insn(c, at));
	}
	return NULL;
}

/* What is to be disassembled. */

static void begin_dump(struct code *c, const char *name)
{
	out_begin(c->s->out, "code");
	out_text(c->s->out, ROLE_PLAIN, "Dump of assembler code ");
	if (name) {
		out_text(c->s->out, ROLE_PLAIN, "for function ");
		out_str(c->s->out, "function", ROLE_NAME, name);
		out_text(c->s->out, ROLE_PLAIN, ":\n");
	}
}

static void end_dump(struct code *c, struct error *err)
{
	out_list_end(c->s->out);
	if (!err)
		out_text(c->s->out, ROLE_PLAIN, "End of assembler dump.\n");
	out_end(c->s->out);
}

static struct error *show_bounds(struct code *c, taddr low, taddr high)
{
	struct error *err;

	if (low > high)
		return error_new(ERROR_USAGE, "the end, 0x%llx, is before the "
		                 "start, 0x%llx", (unsigned long long)high,
		                 (unsigned long long)low);
	begin_dump(c, NULL);
	out_text(c->s->out, ROLE_PLAIN, "from ");
	out_word(c->s->out, "low", ROLE_ADDRESS, low, "0x%llx",
	         (unsigned long long)low);
	out_text(c->s->out, ROLE_PLAIN, " to ");
	out_word(c->s->out, "high", ROLE_ADDRESS, high, "0x%llx",
	         (unsigned long long)high);
	out_text(c->s->out, ROLE_PLAIN, ":\n");
	out_list_begin(c->s->out, "instructions");
	err = code_show_range(c, low, high);
	end_dump(c, err);
	return err;
}

static void put_range(struct code *c, const struct debug_range *range)
{
	out_text(c->s->out, ROLE_PLAIN, "Address range ");
	out_text(c->s->out, ROLE_ADDRESS, "0x%llx",
	         (unsigned long long)range->low);
	out_text(c->s->out, ROLE_PLAIN, " to ");
	out_text(c->s->out, ROLE_ADDRESS, "0x%llx",
	         (unsigned long long)range->high);
	out_text(c->s->out, ROLE_PLAIN, ":\n");
}

static struct error *show_function(struct code *c, const char *name,
                                   const struct debug_range *ranges,
                                   size_t count)
{
	struct error *err = NULL;

	begin_dump(c, name);
	out_list_begin(c->s->out, "instructions");
	for (size_t i = 0; i < count && !err; i++) {
		if (count > 1)
			put_range(c, &ranges[i]);
		err = code_show_range(c, ranges[i].low, ranges[i].high);
	}
	end_dump(c, err);
	return err;
}

/* A symbol without a size ends where the next one begins. */
static taddr symbol_end(struct code *c, const struct symbol *symbol)
{
	taddr end = symbol->addr + symbol->size;
	struct symbol next;

	if (symbol->size)
		return end;
	for (end = symbol->addr; end - symbol->addr < 65536; end++)
		if (!image_symbol_at(c->image, end, &next) ||
		    next.addr != symbol->addr)
			break;
	return end;
}

/* The function that ADDR is in; *FOUND false: none. */
static struct error *show_function_at(struct code *c, taddr addr, bool *found)
{
	enum { MAX_INLINED = 64, MAX_RANGES = 256 };
	struct debug_function functions[MAX_INLINED];
	struct debug_range ranges[MAX_RANGES];
	struct symbol symbol;
	size_t count = debug_functions_at(c->image, addr, functions,
	                                  MAX_INLINED);

	*found = true;
	c->is_function = true;
	if (count && !functions[count - 1].inlined) {
		const struct debug_function *f = &functions[count - 1];
		const char *name = debug_function_plain_name(f);

		count = debug_ranges_of(c->image, f, ranges, MAX_RANGES);
		c->function = f->entry;
		if (count)
			return show_function(c, name ? name : "??", ranges,
			                     count);
	}
	if (image_symbol_at(c->image, addr, &symbol)) {
		AUTO_FREE char *readable = symbol_demangle(symbol.name);

		ranges[0].low = c->function = symbol.addr;
		ranges[0].high = symbol_end(c, &symbol);
		if (addr < ranges[0].high)
			return show_function(c, readable ? readable
			                     : symbol.name, ranges, 1);
	}
	*found = false;
	c->is_function = false;
	return NULL;
}

static struct error *take_options(const char **text, unsigned *options)
{
	const char *at = *text;

	*options = 0;
	while (*at == '/') {
		for (at++; isalpha((unsigned char)*at); at++) {
			if (*at == 'r')
				*options |= CODE_RAW;
			else if (*at == 'm')
				*options |= CODE_MIXED;
			else if (*at == 's')
				*options |= CODE_SOURCE;
			else
				return error_new(ERROR_USAGE, "Invalid "
				                 "disassembly modifier.");
		}
		at = skip_blanks(at);
	}
	if (*options & CODE_MIXED && *options & CODE_SOURCE)
		return error_new(ERROR_USAGE, "Cannot specify both /m and /s.");
	*text = at;
	return NULL;
}

/* An address, or a function by its name. */
static struct error *take_address(struct session *s, const char *text,
                                  taddr *addr)
{
	int64_t number;
	struct error *err = evaluate_number(s, text, &number), *other;
	place_list places = { 0 };

	if (!err) {
		*addr = (taddr)number;
		return NULL;
	}
	other = location_resolve(s, text, 0, &places);
	if (other) {
		error_destroy(other);
		return err;
	}
	error_destroy(err);
	if (places.items[0].has_addr)
		*addr = places.items[0].addr;
	vec_deinit(&places);
	return NULL;
}

static struct error *run_disassemble(struct session *s,
                                     struct command_args *args)
{
	const char *text = args->arg[0].given ? args->arg[0].text : "";
	struct code c;
	unsigned options;
	size_t len;
	taddr low = 0, high = 0;
	bool found;

	TRY(take_options(&text, &options));
	TRY(code_init(s, &c));
	c.options = options;
	if (!*text) {
		if (!c.has_pc)
			return error_new(ERROR_GONE, "No frame selected.");
		TRY(show_function_at(&c, c.pc, &found));
		return found ? NULL
		     : error_new(ERROR_NOT_FOUND, "No function contains "
		                 "program counter for selected frame.");
	}
	len = location_extent(text);
	AUTO_FREE char *first = xstrndup(text, len);

	TRY(take_address(s, first, &low));
	text = skip_blanks(text + len);
	if (!*text) {
		TRY(show_function_at(&c, low, &found));
		return found ? NULL
		     : error_new(ERROR_NOT_FOUND, "No function contains "
		                 "specified address.");
	}
	text = skip_blanks(text + (*text == ','));
	if (*text == '+') {
		TRY(take_address(s, text + 1, &high));
		high += low;
	} else {
		TRY(take_address(s, text, &high));
	}
	return show_bounds(&c, low, high);
}

static const struct command table[] = {
	{
		.name = "disassemble", .group = GROUP_LOOKING,
		.args = "[range:location]",
		.summary = "show the instructions of a function or a range",
		.help = "Without an argument the function of the selected "
			"frame; with ADDRESS the one that is there; or "
			"START,END or START,+LENGTH. /r shows the bytes, /s "
			"the source before its code, /m the code in the "
			"source's order. `set disassembly-flavor` chooses the "
			"syntax.",
		.example = "disassemble $pc,+16",
		.example_at = EXAMPLE_AT_START,
		.run = run_disassemble,
	},
};

const struct command_table commands_code = { table, ARRAY_LEN(table) };
