/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where variables are, in gdb's words. */
#include "symbols/dwarf_expr.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { RANGES_MAX = 10000 };

static const char *op_name(unsigned atom)
{
	static const char *const names[256] = {
#define OP(name) [DW_OP_##name] = "DW_OP_" #name,
#include "symbols/dwarf_ops.inc"
#undef OP
	};

	return atom < ARRAY_LEN(names) ? names[atom] : NULL;
}

static void put_register(unsigned reg, unsigned word, struct buf *text)
{
	static const char *const wide[] = {
		"rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp", "r8",
		"r9", "r10", "r11", "r12", "r13", "r14", "r15", "rip",
	};
	static const char *const narrow[] = {
		"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi", "eip",
	};
	unsigned xmm = word == 8 ? 17 : 21, st = word == 8 ? 33 : 11;

	if (word == 8 && reg < ARRAY_LEN(wide))
		buf_printf(text, "$%s", wide[reg]);
	else if (word == 4 && reg < ARRAY_LEN(narrow))
		buf_printf(text, "$%s", narrow[reg]);
	else if (reg >= xmm && reg < xmm + (word == 8 ? 16 : 8))
		buf_printf(text, "$xmm%u", reg - xmm);
	else if (reg >= st && reg < st + 8)
		buf_printf(text, "$st%u", reg - st);
	else
		buf_printf(text, "register %u", reg);
}

/* The name of a numbered operation and what it is about. */
static bool put_numbered(const Dwarf_Op *op, unsigned word, struct buf *text)
{
	unsigned atom = op->atom;

	if (atom >= DW_OP_lit0 && atom <= DW_OP_lit31) {
		buf_printf(text, "DW_OP_lit%u", atom - DW_OP_lit0);
		return true;
	}
	if (atom >= DW_OP_reg0 && atom <= DW_OP_reg31) {
		buf_printf(text, "DW_OP_reg%u [", atom - DW_OP_reg0);
		put_register(atom - DW_OP_reg0, word, text);
	} else if (atom >= DW_OP_breg0 && atom <= DW_OP_breg31) {
		buf_printf(text, "DW_OP_breg%u %" PRId64 " [",
		           atom - DW_OP_breg0, (int64_t)op->number);
		put_register(atom - DW_OP_breg0, word, text);
	} else {
		return false;
	}
	buf_putc(text, ']');
	return true;
}

static bool takes_number(unsigned atom)
{
	return (atom >= DW_OP_const1u && atom <= DW_OP_consts) ||
	       atom == DW_OP_pick || atom == DW_OP_plus_uconst ||
	       atom == DW_OP_fbreg || atom == DW_OP_deref_size ||
	       atom == DW_OP_regx || atom == DW_OP_piece;
}

static void put_ops(Dwarf_Attribute *attr, const Dwarf_Op *ops, size_t count,
                    unsigned word, unsigned indent, uint64_t base,
                    struct buf *text)
{
	for (size_t i = 0; i < count && i < EXPR_STACK; i++) {
		const Dwarf_Op *op = &ops[i];
		const char *name = op_name(op->atom);
		Dwarf_Attribute inner;
		Dwarf_Op *inner_ops;
		size_t inner_count;

		buf_printf(text, "%*s%4" PRIu64 ": ", (int)indent, "",
		           base + (uint64_t)op->offset);
		if (!put_numbered(op, word, text))
			buf_puts(text, name ? name : "DW_OP_?");
		if (op->atom == DW_OP_addr)
			buf_printf(text, " 0x%" PRIx64, (uint64_t)op->number);
		else if (takes_number(op->atom))
			buf_printf(text, " %" PRId64, (int64_t)op->number);
		buf_putc(text, '\n');
		if (indent < 8 && (op->atom == DW_OP_entry_value ||
		                   op->atom == DW_OP_GNU_entry_value) &&
		    dwarf_getlocation_attr(attr, op, &inner) == 0 &&
		    dwarf_getlocation(&inner, &inner_ops, &inner_count) == 0)
			put_ops(&inner, inner_ops, inner_count, word,
			        indent + 2, base + op->offset + 2, text);
	}
}

/* A small number that is nowhere, which alone has words of its own. */
static bool is_literal(const Dwarf_Op *ops, size_t count)
{
	return count == 2 && ops[0].atom >= DW_OP_lit0 &&
	       ops[0].atom <= DW_OP_lit31 && ops[1].atom == DW_OP_stack_value;
}

static bool is_thread_local(const Dwarf_Op *ops, size_t count)
{
	return count == 2 && (ops[1].atom == DW_OP_form_tls_address ||
	                      ops[1].atom == DW_OP_GNU_push_tls_address);
}

/* What needs no words but a register's name or an address. */
static bool put_simple(const struct debug_variable *v, Dwarf_Attribute *attr,
                       const Dwarf_Op *op, unsigned word, struct buf *text)
{
	struct expr_machine m = { .module = v->module, .word = word,
	                          .info = v->die.info, .attr = attr };
	struct location where;
	struct error *err = expr_location(&m, op, 1, &where);
	bool simple = !err && where.count == 1;

	if (simple && where.pieces[0].kind == LOCATION_REGISTER) {
		buf_puts(text, "a variable in ");
		put_register(where.pieces[0].reg, word, text);
	} else if (simple && where.pieces[0].kind == LOCATION_MEMORY) {
		buf_printf(text, "static storage at address 0x%" PRIx64,
		           where.pieces[0].addr);
	} else {
		simple = false;
	}
	error_destroy(err);
	return simple;
}

/* Several pieces; false: they are none. */
static bool put_pieces(const struct debug_variable *v, Dwarf_Attribute *attr,
                       const Dwarf_Op *ops, size_t count, unsigned word,
                       struct buf *text)
{
	if (ops[count - 1].atom != DW_OP_piece)
		return false;
	for (size_t i = 0, end; i < count; i = end + 1) {
		for (end = i; ops[end].atom != DW_OP_piece;)
			end++;
		if (i)
			buf_puts(text, ", and ");
		if (end == i) {
			buf_puts(text, "an empty");
		} else if (end - i > 1 || ops[i].atom < DW_OP_reg0 ||
		           ops[i].atom > DW_OP_reg31 ||
		           !put_simple(v, attr, &ops[i], word, text)) {
			buf_puts(text, "a complex DWARF expression:\n");
			put_ops(attr, ops + i, end - i, word, 2, 0, text);
			buf_puts(text, "   ");
		}
		buf_printf(text, end == i ? " %" PRIu64 "-byte piece"
		                          : " [%" PRIu64 "-byte piece]",
		           (uint64_t)ops[end].number);
	}
	return true;
}

/* One expression. */
static void put_expression(const struct debug_variable *v,
                           Dwarf_Attribute *attr, const Dwarf_Op *ops,
                           size_t count, unsigned word, struct buf *text)
{
	if (!count) {
		buf_puts(text, "optimized out");
	} else if (is_literal(ops, count)) {
		buf_printf(text, "the constant %d", ops[0].atom - DW_OP_lit0);
	} else if (is_thread_local(ops, count)) {
		buf_printf(text, "a thread-local variable at offset 0x%"
		           PRIx64 " in the thread-local storage for `%s'",
		           (uint64_t)ops[0].number,
		           v->module ? v->module->name : "");
	} else if ((count != 1 ||
	            !put_simple(v, attr, ops, word, text)) &&
	           !put_pieces(v, attr, ops, count, word, text)) {
		buf_puts(text, "a complex DWARF expression:\n");
		put_ops(attr, ops, count, word, 2, 0, text);
	}
}

static void put_list(const struct debug_variable *v, Dwarf_Attribute *attr,
                     unsigned word, struct buf *text)
{
	Dwarf_Addr base, start, end;
	ptrdiff_t at = 0;
	Dwarf_Op *ops;
	size_t count;

	buf_puts(text, "multi-location:\n");
	for (unsigned i = 0; i < RANGES_MAX && text->len < 1 << 20; i++) {
		at = dwarf_getlocations(attr, at, &base, &start, &end, &ops,
		                        &count);
		if (at < 0)
			buf_puts(text, "  the rest can't be read");
		if (at <= 0)
			return;
		if (v->module) {
			start = module_from_debug(v->module, start);
			end = module_from_debug(v->module, end);
		}
		buf_printf(text, "  Range 0x%" PRIx64 "-0x%" PRIx64 ": ",
		           (uint64_t)start, (uint64_t)end);
		put_expression(v, attr, ops, count, word, text);
		buf_putc(text, '\n');
	}
}

static void put_constant(const struct debug_variable *v, struct buf *text)
{
	struct location where;
	struct error *err = debug_locate(v, NULL, NULL, &where);

	if (!err && where.count == 1 && where.pieces[0].kind == LOCATION_VALUE)
		buf_printf(text, "constant %" PRId64,
		           (int64_t)where.pieces[0].value);
	else if (!err && where.count == 1 &&
	         where.pieces[0].kind == LOCATION_BYTES)
		buf_puts(text, "constant bytes");
	else
		buf_puts(text, "optimized out");
	error_destroy(err);
}

void debug_describe_location(const struct debug_variable *v, struct buf *text)
{
	Dwarf_Attribute attr;
	unsigned word;
	Dwarf_Die die;
	Dwarf_Op *ops;
	size_t count;

	if (!debug_die_get(&v->die, &die)) {
		buf_puts(text, "optimized out");
		return;
	}
	word = die_address_size(&die);
	if (!die_attr_any(&die, DW_AT_location, &attr))
		put_constant(v, text);
	else if (dwarf_getlocation(&attr, &ops, &count) == 0)
		put_expression(v, &attr, ops, count, word, text);
	else if (attr_list_is_sound(&attr))
		put_list(v, &attr, word, text);
}
