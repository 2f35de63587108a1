/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Line programs: DWARF 5, section 6.2, and its forerunners from version 2 on.
 * All of it is hostile: each step takes at least a byte of the section, and
 * what does not fit ends the reading.
 */
#include "symbols/line_table.h"

#include <string.h>

enum { MAX_FILES = 1 << 20, MAX_FORMATS = 64 };

static uint64_t get_uint(struct line_cursor *c, size_t size)
{
	uint64_t value = 0;

	if ((size_t)(c->end - c->at) < size) {
		c->bad = true;
		c->at = c->end;
		return 0;
	}
	memcpy(&value, c->at, size); /* little-endian on both sides */
	c->at += size;
	return value;
}

/* The bits of a LEB128 number; what stands above them in SIGN. */
static uint64_t get_leb(struct line_cursor *c, uint64_t *sign)
{
	uint64_t value = 0;
	unsigned shift = 0;
	uint8_t byte;

	do {
		byte = (uint8_t)get_uint(c, 1);
		if (shift < 64)
			value |= (uint64_t)(byte & 0x7f) << shift;
		shift += 7;
	} while (byte & 0x80);
	*sign = shift < 64 && byte & 0x40 ? ~(uint64_t)0 << shift : 0;
	return value;
}

static uint64_t get_uleb(struct line_cursor *c)
{
	uint64_t sign;

	return get_leb(c, &sign);
}

static int64_t get_sleb(struct line_cursor *c)
{
	uint64_t sign, value = get_leb(c, &sign);

	return (int64_t)(value | sign);
}

static const char *get_string(struct line_cursor *c)
{
	const uint8_t *start = c->at;
	const uint8_t *nul = memchr(start, 0, (size_t)(c->end - start));

	if (!nul) {
		c->bad = true;
		c->at = c->end;
		return "";
	}
	c->at = nul + 1;
	return (const char *)start;
}

static void skip(struct line_cursor *c, uint64_t size)
{
	if ((uint64_t)(c->end - c->at) < size) {
		c->bad = true;
		c->at = c->end;
	} else {
		c->at += size;
	}
}

static const char *string_at(const struct line_cursor *section,
                             uint64_t offset)
{
	struct line_cursor c = *section;

	skip(&c, offset);
	return c.bad ? "" : get_string(&c);
}

/* One entry of a file or directory, as the formats of version 5 say. */
struct line_format { uint64_t content, form; };

static void read_form(const struct line_sections *s, struct line_cursor *c,
                      uint64_t form, unsigned offset_size,
                      const char **string, uint64_t *number)
{
	switch (form) {
	case DW_FORM_string:
		*string = get_string(c);
		break;
	case DW_FORM_line_strp:
		*string = string_at(&s->line_str, get_uint(c, offset_size));
		break;
	case DW_FORM_strp:
		*string = string_at(&s->str, get_uint(c, offset_size));
		break;
	case DW_FORM_udata:
		*number = get_uleb(c);
		break;
	case DW_FORM_data1:
		*number = get_uint(c, 1);
		break;
	case DW_FORM_data2:
		*number = get_uint(c, 2);
		break;
	case DW_FORM_data4:
		*number = get_uint(c, 4);
		break;
	case DW_FORM_data8:
		*number = get_uint(c, 8);
		break;
	case DW_FORM_data16:
		skip(c, 16);
		break;
	case DW_FORM_block:
		skip(c, get_uleb(c));
		break;
	default:
		c->bad = true;
	}
}

static void add_file(struct line_header *h, const char *name, uint64_t dir)
{
	struct line_file file = {
		.name = name,
		.directory = dir > MAX_FILES ? 0 : (uint32_t)dir,
		.same = (uint32_t)h->files.len,
	};

	vec_push(&h->files, file);
}

static void read_entries(const struct line_sections *s, struct line_cursor *c,
                         unsigned offset_size, bool files,
                         struct line_header *h)
{
	struct line_format formats[MAX_FORMATS];
	size_t count = (size_t)get_uint(c, 1);
	uint64_t entries;

	if (count > MAX_FORMATS) {
		c->bad = true;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		formats[i].content = get_uleb(c);
		formats[i].form = get_uleb(c);
	}
	entries = get_uleb(c);
	if (entries > MAX_FILES || (entries && !count))
		c->bad = true;
	for (uint64_t i = 0; i < entries && !c->bad; i++) {
		const char *name = "";
		uint64_t dir = 0;

		for (size_t j = 0; j < count && !c->bad; j++) {
			const char *string = NULL;
			uint64_t number = 0;

			read_form(s, c, formats[j].form, offset_size, &string,
			          &number);
			if (formats[j].content == DW_LNCT_path && string)
				name = string;
			else if (formats[j].content == DW_LNCT_directory_index)
				dir = number;
		}
		if (files)
			add_file(h, name, dir);
		else
			vec_push(&h->directories, name);
	}
}

/* Up to version 4: strings; directory 0 and file 0 are the unit's own. */
static void read_old_entries(struct line_cursor *c, struct line_header *h)
{
	vec_push(&h->directories, NULL);
	add_file(h, NULL, 0);
	while (!c->bad && h->directories.len < MAX_FILES) {
		const char *dir = get_string(c);

		if (!*dir)
			break;
		vec_push(&h->directories, dir);
	}
	while (!c->bad && h->files.len < MAX_FILES) {
		const char *name = get_string(c);
		uint64_t dir;

		if (!*name)
			break;
		dir = get_uleb(c);
		get_uleb(c);
		get_uleb(c);
		add_file(h, name, dir);
	}
}

/* What stands before the tables of directories and files. */
static void read_fixed(struct line_cursor *c, struct line_header *h)
{
	h->min_insn = (unsigned)get_uint(c, 1);
	if (h->version >= 4)
		get_uint(c, 1); /* operations in an instruction: VLIW */
	h->is_statement = get_uint(c, 1) != 0;
	h->line_base = (int8_t)get_uint(c, 1);
	h->line_range = (unsigned)get_uint(c, 1);
	h->opcode_base = (unsigned)get_uint(c, 1);
	h->opcode_lengths = c->at;
	skip(c, h->opcode_base ? h->opcode_base - 1 : 0);
}

bool line_header_read(const struct line_sections *s, uint64_t offset,
                      struct line_header *h)
{
	struct line_cursor c = s->line;
	unsigned offset_size = 4;
	uint64_t length;

	skip(&c, offset);
	length = get_uint(&c, 4);
	if (length == 0xffffffff) {
		offset_size = 8;
		length = get_uint(&c, 8);
	}
	if (c.bad || length > (uint64_t)(c.end - c.at))
		return false;
	c.end = c.at + length;
	h->version = (unsigned)get_uint(&c, 2);
	if (h->version < 2 || h->version > 5)
		return false;
	h->address_size = 8;
	if (h->version == 5) {
		h->address_size = (unsigned)get_uint(&c, 1);
		get_uint(&c, 1);
	}
	length = get_uint(&c, offset_size);
	if (c.bad || length > (uint64_t)(c.end - c.at))
		return false;
	h->program = (struct line_cursor){ c.at + length, c.end, false };
	c.end = c.at + length;
	read_fixed(&c, h);
	if (h->version == 5) {
		read_entries(s, &c, offset_size, false, h);
		read_entries(s, &c, offset_size, true, h);
	} else {
		read_old_entries(&c, h);
	}
	return !c.bad && h->line_range && h->opcode_base;
}

void line_header_deinit(struct line_header *h)
{
	vec_deinit(&h->directories);
	vec_deinit(&h->files);
}

/* The machine's registers, and what was told of before. */
struct machine {
	struct line_unit *unit;
	size_t max;
	size_t first;             /* row of this sequence */
	taddr addr;
	uint64_t file;
	int64_t line;
	uint64_t column, discriminator;
	bool is_statement;
	bool divided;             /* the line has a discriminator */
	bool dead;                /* what the linker threw away */
	bool told;                /* rows were */
	uint32_t last_file;
	int64_t last_line;
	taddr last_addr;
	bool statement_there;     /* a row at last_addr is one */
};

static void begin_sequence(struct machine *m)
{
	const struct line_header *h = &m->unit->header;

	m->first = m->unit->rows.len;
	m->addr = m->last_addr = 0;
	m->file = m->line = 1;
	m->column = m->discriminator = 0;
	m->is_statement = h->is_statement;
	m->divided = m->told = m->statement_there = false;
	m->dead = false;
	m->last_line = 0;
}

/*
 * The last row of the table has no code where another follows at its place: of
 * another file, or the end.
 */
static void drop_empty(struct machine *m)
{
	while (m->unit->rows.len > m->first &&
	       m->unit->rows.items[m->unit->rows.len - 1].addr == m->addr)
		m->unit->rows.len--;
}

static void put_row(struct machine *m, uint32_t file, bool end)
{
	const struct line_row row = {
		.addr = m->addr,
		.line = end ? 0 : (uint32_t)m->line,
		.file = file,
		.column = m->column > 65535 ? 0 : (uint16_t)m->column,
		.is_statement = m->is_statement && !end,
		.end = end,
	};

	if (m->unit->rows.len < m->max)
		vec_push(&m->unit->rows, row);
}

/*
 * Which rows count is gdb's choice: those of no line don't; nor do those that
 * only part a line by discriminators; nor one that is no statement where
 * another file's statement begins.
 */
static void take_row(struct machine *m)
{
	uint32_t file = m->unit->header.files.items[m->file].same;
	bool changed = !m->told || m->last_file != file;

	if (m->line <= 0 || m->line > UINT32_MAX ||
	    (changed && m->last_addr == m->addr && !m->is_statement &&
	     m->statement_there))
		return;
	if (changed && m->told)
		drop_empty(m);
	if (changed || m->line != m->last_line || !m->divided)
		put_row(m, file, false);
	m->told = true;
	m->last_file = file;
	m->last_line = m->line;
}

static void add_row(struct machine *m)
{
	if (m->file < m->unit->header.files.len && !m->dead)
		take_row(m);
	if (m->last_addr != m->addr) {
		m->statement_there = false;
		m->last_addr = m->addr;
	}
	m->statement_there |= m->is_statement;
	m->discriminator = 0;
}

static void end_sequence(struct machine *m)
{
	const struct line_row *rows;

	drop_empty(m);
	if (m->unit->rows.len > m->first) {
		put_row(m, 0, true);
		rows = m->unit->rows.items;
		/* Addresses that go back, or no room for the end. */
		for (size_t i = m->first + 1; i < m->unit->rows.len; i++)
			if (rows[i].addr < rows[i - 1].addr)
				m->dead = true;
		if (m->dead || !rows[m->unit->rows.len - 1].end)
			m->unit->rows.len = m->first;
	}
	begin_sequence(m);
}

static void advance_line(struct machine *m, int64_t delta)
{
	m->line = (int64_t)((uint64_t)m->line + (uint64_t)delta);
	if (delta)
		m->divided = m->discriminator != 0;
}

static void run_extended(struct machine *m, struct line_cursor *c)
{
	uint64_t len = get_uleb(c);
	struct line_cursor in = *c;

	skip(c, len);
	if (!len || c->bad)
		return;
	in.end = c->at;
	switch (get_uint(&in, 1)) {
	case DW_LNE_end_sequence:
		end_sequence(m);
		break;
	case DW_LNE_set_address:
		m->addr = get_uint(&in, len - 1 > 8 ? 8 : len - 1);
		/* Linkers leave 0, or the greatest, where code went away. */
		m->dead = !m->addr || m->addr >= (len - 1 == 4
		                                  ? 0xfffffffe
		                                  : (taddr)-2);
		break;
	case DW_LNE_set_discriminator:
		m->discriminator = get_uleb(&in);
		m->divided |= m->discriminator != 0;
		break;
	case DW_LNE_define_file:
		break; /* gone from version 5 on, and nobody's before */
	}
}

static void run_standard(struct machine *m, struct line_cursor *c,
                         unsigned opcode)
{
	const struct line_header *h = &m->unit->header;

	switch (opcode) {
	case DW_LNS_copy:
		add_row(m);
		break;
	case DW_LNS_advance_pc:
		m->addr += get_uleb(c) * h->min_insn;
		break;
	case DW_LNS_advance_line:
		advance_line(m, get_sleb(c));
		break;
	case DW_LNS_set_file:
		m->file = get_uleb(c);
		break;
	case DW_LNS_set_column:
		m->column = get_uleb(c);
		break;
	case DW_LNS_negate_stmt:
		m->is_statement = !m->is_statement;
		break;
	case DW_LNS_set_basic_block:
	case DW_LNS_set_prologue_end:
	case DW_LNS_set_epilogue_begin:
		break;
	case DW_LNS_const_add_pc:
		m->addr += (255 - h->opcode_base) / h->line_range *
		           h->min_insn;
		break;
	case DW_LNS_fixed_advance_pc:
		m->addr += get_uint(c, 2);
		break;
	default:
		for (unsigned i = 0; i < h->opcode_lengths[opcode - 1]; i++)
			get_uleb(c);
	}
}

struct sequence { size_t first, count; taddr start, end; };

static int compare_sequences(const void *a, const void *b)
{
	const struct sequence *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->first < y->first ? -1 : x->first > y->first;
}

/* Sequences by address; of those that overlap the first is kept. */
static void sort_rows(struct line_unit *unit)
{
	VEC(struct sequence) all = { 0 };
	VEC(struct line_row) sorted = { 0 };
	size_t first = 0;
	taddr end = 0;

	for (size_t i = 0; i < unit->rows.len; i++) {
		const struct line_row *rows = unit->rows.items;

		if (!rows[i].end)
			continue;
		vec_push(&all, (struct sequence){ first, i + 1 - first,
		                                  rows[first].addr,
		                                  rows[i].addr });
		first = i + 1;
	}
	if (all.len)
		qsort(all.items, all.len, sizeof(all.items[0]),
		      compare_sequences);
	for (size_t i = 0; i < all.len; i++) {
		const struct sequence *s = &all.items[i];

		if (s->start < end)
			continue;
		for (size_t j = 0; j < s->count; j++)
			vec_push(&sorted, unit->rows.items[s->first + j]);
		end = s->end;
	}
	vec_deinit(&all);
	free(unit->rows.items);
	unit->rows.items = sorted.items;
	unit->rows.len = sorted.len;
	unit->rows.cap = sorted.cap;
}

void line_program_run(struct line_unit *unit, size_t max)
{
	const struct line_header *h = &unit->header;
	struct line_cursor c = h->program;
	struct machine m = { .unit = unit, .max = max };

	begin_sequence(&m);
	while (c.at < c.end && !c.bad) {
		unsigned opcode = (unsigned)get_uint(&c, 1);

		if (opcode >= h->opcode_base) {
			opcode -= h->opcode_base;
			m.addr += opcode / h->line_range * h->min_insn;
			advance_line(&m, (int)(opcode % h->line_range) +
			                 h->line_base);
			add_row(&m);
		} else if (opcode == 0) {
			run_extended(&m, &c);
		} else {
			run_standard(&m, &c, opcode);
		}
	}
	unit->rows.len = m.first; /* without an end it is none */
	sort_rows(unit);
}
