/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `x/i`: instructions of a stopped thread. */
#include "cmds/examine.h"
#include "cmds/internal.h"

#include "arch/disasm.h"
#include "expr/value.h"

static void put_address(struct session *s, taddr addr, struct buf *text)
{
	size_t len;

	buf_printf(text, "0x%llx", (unsigned long long)addr);
	len = text->len;
	buf_putc(text, ' ');
	s->world->describe(s->world->ctx, addr, text);
	if (text->len == len + 1)
		buf_truncate(text, len);
}

static void one(struct session *s, taddr at, taddr pc,
                const struct insn_text *in)
{
	AUTO_BUF struct buf where = { 0 }, text = { 0 };

	buf_init(&where);
	buf_init(&text);
	put_address(s, at, &where);
	if (in->operands[0] || in->has_target)
		buf_printf(&text, "%-6s %s", in->mnemonic, in->operands);
	else
		buf_puts(&text, in->mnemonic);
	if (in->has_target)
		put_address(s, in->target, &text);
	if (in->has_address) {
		buf_puts(&text, "        # ");
		put_address(s, in->address, &text);
	}
	out_begin(s->out, "instruction");
	out_text(s->out, ROLE_ARROW, "%s", at == pc ? "=> " : "   ");
	out_hidden_word(s->out, "address", at);
	out_hidden_bool(s->out, "current", at == pc);
	out_text(s->out, ROLE_ADDRESS, "%s", where.data);
	out_text(s->out, ROLE_PLAIN, ":\t");
	out_str(s->out, "text", ROLE_PLAIN, text.data);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}

struct error *examine_code(struct session *s, struct examine_state *x,
                           uint64_t count)
{
	const struct arch_regs *regs;
	uint8_t bytes[DISASM_MAX_BYTES];
	struct insn_text in;

	TRY(target_regs(s->current, &regs));
	for (; count; count--) {
		size_t got = memory_read(&s->current->process->memory, x->next,
		                         bytes, sizeof(bytes));

		if (s->hooks.interrupted &&
		    s->hooks.interrupted(s->hooks.ctx))
			return error_new(ERROR_INTERRUPTED, "interrupted");
		if (!got)
			return error_fault(x->next, "can't read memory at "
			                   "0x%llx",
			                   (unsigned long long)x->next);
		disasm_insn(arch_of_regs(regs), x->next, bytes, got,
		            DISASM_ATT, &in);
		one(s, x->next, arch_pc(regs), &in);
		x->last = x->next;
		x->next += in.len;
	}
	return NULL;
}
