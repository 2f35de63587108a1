/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers of a stopped thread. */
#include "cmds/format.h"
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "expr/value.h"
#include "session/frames.h"
#include "syscalls/decode.h"

#include <ctype.h>
#include <string.h>

/* Registers. */

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
	if (reg->code || is_data_pointer(reg)) {
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

/* Floating point and vectors: `float`, `vector`, `all`, or by name. */
static bool chooses_x(const char *word, const struct arch_xreg *reg)
{
	bool is_mxcsr = strcmp(reg->name, "mxcsr") == 0;

	if (*word == '$')
		word++;
	if (strcmp(word, "float") == 0)
		return reg->kind == XREG_X87 ||
		       (reg->kind == XREG_CONTROL && !is_mxcsr);
	if (strcmp(word, "vector") == 0)
		return reg->kind == XREG_VECTOR || reg->kind == XREG_MASK ||
		       is_mxcsr;
	return strcmp(word, "all") == 0 || strcmp(word, reg->name) == 0;
}

/* Its bits by name, lowest first. */
static void mxcsr_text(uint64_t n, struct buf *text)
{
	static const char names[][4] = { "IE", "DE", "ZE", "OE", "UE", "PE",
	                                 "DAZ", "IM", "DM", "ZM", "OM", "UM",
	                                 "PM", "", "", "FZ" };

	buf_puts(text, "[ ");
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (n >> i & 1 && names[i][0])
			buf_printf(text, "%s ", names[i]);
	buf_puts(text, "]");
}

/* As gdb has them: vectors in hexadecimal, st0 and its bytes. */
static struct error *x_text(struct session *s, const struct arch_xreg *reg,
                            struct buf *text)
{
	const char format = reg->kind == XREG_VECTOR ? 'x' : 0;
	AUTO_FREE char *name = xasprintf("$%s", reg->name);
	AUTO_VALUE struct value *v = NULL;
	struct value_style style;
	const uint8_t *data;
	uint64_t n;

	TRY(session_value(s, name, &v));
	session_value_style(s, format, &style);
	if (reg->kind == XREG_CONTROL || reg->kind == XREG_MASK) {
		TRY(value_as_integer(v, &n));
		buf_printf(text, "0x%-18llx", (unsigned long long)n);
		if (strcmp(reg->name, "mxcsr") == 0)
			mxcsr_text(n, text);
		else
			buf_printf(text, "%llu", (unsigned long long)n);
		return NULL;
	}
	TRY(value_print(v, &style, text));
	if (reg->kind != XREG_X87)
		return NULL;
	TRY(value_bytes(v, &data));
	while (text->len < 20)
		buf_putc(text, ' ');
	buf_puts(text, "(raw 0x");
	for (int i = 9; i >= 0; i--)
		buf_printf(text, "%02x", data[i]);
	buf_puts(text, ")");
	return NULL;
}

static struct error *show_x(struct session *s, const char *word,
                            const struct arch *arch, bool *any)
{
	struct out *o = s->out;
	struct arch_xreg reg;

	for (size_t i = 0; arch_xreg_at(arch, i, &reg); i++) {
		AUTO_BUF struct buf text = { 0 };

		if (!chooses_x(word, &reg))
			continue;
		buf_init(&text);
		TRY(x_text(s, &reg, &text));
		out_begin(o, "register");
		out_str(o, "name", ROLE_NAME, reg.name);
		out_text(o, ROLE_PLAIN, "%*s",
		         (int)(15 - strlen(reg.name)), "");
		out_str(o, "natural", ROLE_PLAIN, text.data);
		out_text(o, ROLE_PLAIN, "\n");
		out_end(o);
		*any = true;
	}
	return NULL;
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
	TRY(show_x(s, word, arch, &any));
	if (any)
		return NULL;
	return error_new(ERROR_NOT_FOUND, "%s has no register or group \"%s\" "
	                 "(groups: general, segment, system, float, "
	                 "vector, all)",
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

static struct error *run_info_all_registers(struct session *s,
                                            struct command_args *args)
{
	const struct arch_regs *regs;

	if (args->arg[0].given)
		return run_info_registers(s, args);
	TRY(target_regs(s->current, &regs));
	return show_chosen(s, "all", regs);
}

static const struct command table[] = {
	{
		.name = "info all-registers",
		.group = GROUP_LOOKING, .args = "[group|name:registers]",
		.flags = CMD_NEEDS_STOPPED,
		.summary = "show all registers, those of floating point and "
			"vectors too",
		.help = "With an argument it is `info registers`.",
		.example = "info all-registers",
		.example_at = EXAMPLE_AT_START,
		.run = run_info_all_registers,
	}, {
		.name = "info registers", .aliases = "r",
		.group = GROUP_LOOKING, .args = "[group|name:registers]",
		.flags = CMD_NEEDS_STOPPED,
		.summary = "show registers, as they were in the selected frame",
		.help = "Groups are general, segment, system (what the kernel "
			"keeps: orig_rax, the bases), float (x87), vector "
			"and all.",
		.example = "info registers rip",
		.example_at = EXAMPLE_AT_START,
		.run = run_info_registers,
	},
};

const struct command_table commands_look = { table, ARRAY_LEN(table) };
