/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a function's prologue ends: gdb's choice, since people compare.  LLVM
 * marks the place with the second line of a function; in optimised code of gcc
 * variables can be told everywhere, and nothing is skipped; else what sets up
 * the frame pointer is, and the rest of the line that it belongs to.
 */
#include "symbols/line_table.h"

#include "base/memory.h"

#include <string.h>

/* `lea 4(%esp),%ecx; and $-16,%esp; push -4(%ecx)`, and the like with r10: how
 * many bytes it takes where the stack is aligned first; 0: it is not. */
static size_t alignment_len(const uint8_t *code, size_t len)
{
	size_t at = 0;

	if (len < 16)
		return 0;
	if (code[0] == 0x8d && code[2] == 0x24 && code[3] == 0x04)
		at = 4;
	else if (code[0] == 0x4c && code[1] == 0x8d && code[3] == 0x24 &&
	         code[4] == 0x08)
		at = 5;
	else
		return 0;
	at += code[at] == 0x48;
	if (code[at + 1] != 0xe4 || (code[at] != 0x83 && code[at] != 0x81))
		return 0;
	at += code[at] == 0x83 ? 3 : 6;
	at += code[at] == 0x41;
	return code[at] == 0xff ? at + 3 : 0;
}

/* Behind `push %rbp; mov %rsp,%rbp`, with or without endbr; ENTRY where that
 * is not how it begins. */
static taddr behind_frame_setup(struct image *image, taddr entry)
{
	static const struct { uint8_t len, bytes[3]; } moves[] = {
		{ 3, { 0x48, 0x89, 0xe5 } }, { 3, { 0x48, 0x8b, 0xec } },
		{ 2, { 0x89, 0xe5 } }, { 2, { 0x8b, 0xec } },
	};
	uint8_t code[32];
	size_t len = memory_read(image_memory(image), entry, code,
	                         sizeof(code));
	size_t at = 0;

	if (len >= 4 && (memcmp(code, "\xf3\x0f\x1e\xfa", 4) == 0 ||
	                 memcmp(code, "\xf3\x0f\x1e\xfb", 4) == 0))
		at = 4;
	if (at < len)
		at += alignment_len(code + at, len - at);
	if (at >= len || code[at] != 0x55)
		return entry;
	at++;
	for (size_t i = 0; i < ARRAY_LEN(moves); i++)
		if (at + moves[i].len <= len &&
		    memcmp(code + at, moves[i].bytes, moves[i].len) == 0)
			return entry + at + moves[i].len;
	return entry;
}

static bool by_llvm(const struct line_unit *unit)
{
	return unit->producer && (strstr(unit->producer, "clang") ||
	                          strstr(unit->producer, "LLVM") ||
	                          strstr(unit->producer, "flang"));
}

static bool by_gcc(const struct line_unit *unit)
{
	return unit->producer && strncmp(unit->producer, "GNU ", 4) == 0;
}

/* Where a second line begins in [ENTRY, HIGH); 0: nowhere. */
static taddr second_line(const struct line_unit *unit, taddr entry, taddr high)
{
	long first = line_row_at(unit, entry);
	const struct line_row *rows = unit->rows.items;

	if (first < 0)
		return 0;
	for (size_t i = (size_t)first + 1; i < unit->rows.len; i++) {
		if (rows[i].addr >= high || rows[i].end)
			return 0;
		if (rows[i].line != rows[first].line ||
		    rows[i].addr > rows[first].addr)
			return rows[i].addr;
	}
	return 0;
}

/* Where the part of FUNCTION that ADDR is in ends; 0: it is in none. */
static taddr part_end(Dwarf_Die *function, taddr addr)
{
	Dwarf_Addr base, low, high;
	ptrdiff_t at = 0;

	for (unsigned i = 0; i < 10000; i++) {
		at = dwarf_ranges(function, at, &base, &low, &high);
		if (at <= 0)
			break;
		if (addr >= low && addr < high)
			return high;
	}
	return 0;
}

taddr debug_skip_prologue(struct image *image, taddr entry)
{
	const struct module *m;
	struct line_index *index;
	taddr addr, high, pc;
	Dwarf_Die function = { 0 };
	struct line_unit *unit = line_unit_of_pc(image, entry, &m, &index,
	                                         &addr);
	long row;

	if (!unit || !line_block_at(m->file->debug, unit, addr, &function) ||
	    !function.addr || !(high = part_end(&function, addr)))
		return behind_frame_setup(image, entry);
	if (by_gcc(unit) && line_unit_has_loclists(m->file->debug, unit))
		return entry;
	if (by_llvm(unit)) {
		pc = second_line(unit, addr, high);
		return pc > addr ? module_from_debug(m, pc) : entry;
	}
	pc = module_to_debug(m, behind_frame_setup(image, entry));
	row = line_row_at(unit, pc);
	if (row >= 0 && unit->rows.items[row].addr != pc) {
		taddr end = line_row_end(unit, (size_t)row);

		if (end > addr && end < high)
			pc = end;
	}
	return module_from_debug(m, pc);
}
