/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses to lines. */
#include "symbols/line_table.h"

struct line_unit *line_unit_of_pc(struct image *image, taddr pc,
                                  const struct module **m,
                                  struct line_index **index, taddr *addr)
{
	struct debug_info *info;
	struct line_unit *unit;

	*m = image_module_at(image, pc);
	info = *m ? file_debug((*m)->file, image) : NULL;
	if (!info)
		return NULL;
	*index = line_index_of(info);
	*addr = module_to_debug(*m, pc);
	unit = line_unit_at(*index, *addr);
	if (unit)
		line_unit_need_rows(*index, unit);
	return unit;
}

/* How many rows begin at ADDR or before. */
static size_t rows_up_to(const struct line_unit *unit, taddr addr)
{
	size_t low = 0, high = unit->rows.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (unit->rows.items[middle].addr <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Of several rows at one place the last counts, but a statement before it
 * more than one that is none. */
long line_row_at(const struct line_unit *unit, taddr addr)
{
	const struct line_row *rows = unit->rows.items;
	size_t at = rows_up_to(unit, addr), back;

	if (!at || rows[at - 1].end)
		return -1;
	at--;
	for (back = at; back && !rows[back].is_statement &&
	     rows[back - 1].addr == rows[at].addr &&
	     rows[back - 1].file == rows[at].file &&
	     !rows[back - 1].end; back--)
		;
	return (long)(rows[back].is_statement ? back : at);
}

taddr line_row_end(const struct line_unit *unit, size_t row)
{
	size_t next = rows_up_to(unit, unit->rows.items[row].addr);

	return next < unit->rows.len ? unit->rows.items[next].addr
	                             : unit->rows.items[row].addr;
}

void line_fill(const struct module *m, struct line_index *index,
               struct line_unit *unit, size_t row, struct source_line *line)
{
	const struct line_row *r = &unit->rows.items[row];

	*line = (struct source_line){
		.file = line_file_shown(index, unit, r->file),
		.directory = unit->directory,
		.path = line_file_path(index, unit, r->file),
		.line = r->line, .column = r->column,
		.start = module_from_debug(m, r->addr),
		.end = module_from_debug(m, line_row_end(unit, row)),
		.is_statement = r->is_statement,
		.module = m,
	};
}

bool debug_line_at(struct image *image, taddr pc, struct source_line *line)
{
	const struct module *m;
	struct line_index *index;
	taddr addr;
	struct line_unit *unit = line_unit_of_pc(image, pc, &m, &index, &addr);
	long row = unit ? line_row_at(unit, addr) : -1;

	if (row < 0)
		return false;
	line_fill(m, index, unit, (size_t)row, line);
	return true;
}

/* The first range that ends behind ADDR; as far as one can tell where they
 * overlap. */
static size_t first_range(const struct line_index *index, taddr addr)
{
	size_t low = 0, high = index->ranges.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (index->ranges.items[middle].high <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool each_row(const struct module *m, struct line_index *index,
                     struct line_unit *unit, taddr low, taddr high,
                     bool (*fn)(void *ctx, const struct source_line *l),
                     void *ctx)
{
	long first = line_row_at(unit, low);
	size_t at = first >= 0 ? (size_t)first : rows_up_to(unit, low);
	const struct line_row *rows = unit->rows.items;

	/* Those too that the first one hides. */
	while (first >= 0 && at && rows[at].addr == low &&
	       rows[at - 1].addr == low && !rows[at - 1].end)
		at--;
	for (; at < unit->rows.len && rows[at].addr < high; at++) {
		struct source_line line;

		if (rows[at].end)
			continue;
		line_fill(m, index, unit, at, &line);
		if (!fn(ctx, &line))
			return false;
	}
	return true;
}

void debug_each_line(struct image *image, taddr low, taddr high,
                     bool (*fn)(void *ctx, const struct source_line *l),
                     void *ctx)
{
	const struct module *m = image_module_at(image, low);
	struct debug_info *info = m ? file_debug(m->file, image) : NULL;
	struct line_index *index;

	if (!info || high <= low)
		return;
	index = line_index_of(info);
	low = module_to_debug(m, low);
	high = module_to_debug(m, high);
	for (size_t i = first_range(index, low); i < index->ranges.len &&
	     index->ranges.items[i].low < high; i++) {
		const struct line_range *r = &index->ranges.items[i];
		struct line_unit *unit = &index->units.items[r->unit];

		line_unit_need_rows(index, unit);
		if (!each_row(m, index, unit, r->low > low ? r->low : low,
		              r->high < high ? r->high : high, fn, ctx))
			return;
	}
}

