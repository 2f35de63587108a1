/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `disassemble` with source: /s and /m. */
#include "cmds/code.h"

#include <stdlib.h>

typedef VEC(struct source_line) row_list;

static bool take_row(void *ctx, const struct source_line *line)
{
	row_list *rows = ctx;

	vec_push(rows, *line);
	return rows->len < 1000000;
}

static void show_source_lines(struct code *c, const struct source_line *line,
                              unsigned first, unsigned last)
{
	error_destroy(source_show(c->s, line, first, last));
}

static int by_line(const void *a, const void *b)
{
	const struct source_line *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->start < y->start ? -1 : x->start > y->start;
}

/* Only rows of the file that the function begins in, by line, up to where the
 * next one, of any file, begins; also those without code. */
static void keep_own_rows(row_list *rows, taddr high)
{
	const char *path = rows->len ? rows->items[0].path : NULL;
	size_t kept = 0;

	for (size_t i = 0; i < rows->len; i++) {
		struct source_line row = rows->items[i];
		const struct source_line *next = &rows->items[i + 1];

		if (i + 1 == rows->len)
			row.end = row.end < high ? row.end : high;
		else
			row.end = row.end < next->start ? row.end
			                                : next->start;
		if (row.path != path ||
		    (i + 1 < rows->len && next->path == path &&
		     next->line == row.line && next->start == row.start))
			continue;
		rows->items[kept++] = row;
	}
	rows->len = kept;
	if (kept)
		qsort(rows->items, kept, sizeof(rows->items[0]), by_line);
}

/* /m: the source's order; code that was inlined from elsewhere is left out. */
static struct error *show_by_line(struct code *c, row_list *rows, taddr high)
{
	unsigned next = 0;

	keep_own_rows(rows, high);
	for (size_t i = 0; i < rows->len; i++) {
		const struct source_line *row = &rows->items[i];
		taddr at;

		if (row->line >= next) {
			show_source_lines(c, row, next ? next : row->line,
			                  row->line);
			next = row->line + 1;
		}
		at = row->start;
		TRY(code_show_plain(c, &at, row->end));
		if (i + 1 == rows->len || rows->items[i + 1].line > row->line)
			out_text(c->s->out, ROLE_PLAIN, "\n");
	}
	return NULL;
}

static int by_path_and_line(const void *a, const void *b)
{
	const struct source_line *x = a, *y = b;

	if (x->path != y->path)
		return (uintptr_t)x->path < (uintptr_t)y->path ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

/* The lines that instructions belong to; rows that others hide have none. */
static void find_coded(struct code *c, const row_list *rows, row_list *coded)
{
	for (size_t i = 0; i < rows->len; i++) {
		struct source_line line;

		if ((!i || rows->items[i].start > rows->items[i - 1].start) &&
		    debug_line_at(c->image, rows->items[i].start, &line))
			vec_push(coded, line);
	}
	if (coded->len)
		qsort(coded->items, coded->len, sizeof(coded->items[0]),
		      by_path_and_line);
}

static bool has_code(const row_list *coded, const char *path, unsigned line)
{
	const struct source_line key = { .path = path, .line = line };

	return coded->len &&
	       bsearch(&key, coded->items, coded->len,
	               sizeof(coded->items[0]), by_path_and_line);
}

struct mixed {
	struct code *c;
	const row_list *rows, *coded;
	taddr low;                /* of this range */
	const char *path;         /* of what was shown last; NULL: nothing */
	unsigned line;
	bool any;
};

/* The first line of source that belongs before LINE. */
static unsigned lines_before(const struct mixed *m,
                             const struct source_line *line)
{
	unsigned first = line->line;

	if (!m->path || m->path != line->path) {
		/* The brace that opens a function whose prologue is empty. */
		if (!m->any && m->rows->len &&
		    m->rows->items[0].path == line->path &&
		    m->rows->items[0].line < line->line)
			first = m->rows->items[0].line;
		return first;
	}
	if (m->line && line->line > m->line + 1)
		while (first - 1 > m->line &&
		       !has_code(m->coded, line->path, first - 1))
			first--;
	return first;
}

static void show_mixed_head(struct mixed *m, taddr addr,
                            const struct source_line *line)
{
	struct out *o = m->c->s->out;
	bool new_file = !m->any || m->path != line->path;

	if (!new_file && m->line == line->line)
		return;
	if (addr > m->low)
		out_text(o, ROLE_PLAIN, "\n");
	if (new_file)
		out_name(o, ROLE_HEADING, line->path ? line->file : "unknown");
	if (new_file)
		out_text(o, ROLE_HEADING, ":\n");
	if (line->path)
		show_source_lines(m->c, line, lines_before(m, line),
		                  line->line);
	else
		out_text(o, ROLE_PLAIN, "--- no source info for this pc ---\n");
}

/* /s: the code's order, each piece with its source before it. */
static struct error *show_by_address(struct mixed *m, taddr low, taddr high)
{
	taddr at = low;

	m->low = low;
	while (at < high) {
		struct source_line line = { 0 };
		taddr end = at + 1;

		if (debug_line_at(m->c->image, at, &line))
			end = line.end < high ? line.end : high;
		show_mixed_head(m, at, &line);
		TRY(code_show_plain(m->c, &at, end));
		m->any = true;
		m->path = line.path;
		m->line = line.line;
	}
	return NULL;
}

static void rows_deinit(row_list *rows)
{
	vec_deinit(rows);
}

struct error *code_show_range(struct code *c, taddr low, taddr high)
{
	CLEANUP(rows_deinit) row_list rows = { 0 }, coded = { 0 };
	struct mixed mixed = { .c = c, .rows = &rows, .coded = &coded };
	struct source_position was = c->s->sources->position;
	struct error *err;

	if (c->options & (CODE_MIXED | CODE_SOURCE))
		debug_each_line(c->image, low, high, take_row, &rows);
	if (!rows.len)
		return code_show_plain(c, &low, high);
	if (c->options & CODE_MIXED) {
		err = show_by_line(c, &rows, high);
	} else {
		find_coded(c, &rows, &coded);
		err = show_by_address(&mixed, low, high);
	}
	/* `list` goes on where it was. */
	c->s->sources->position = was;
	return err;
}

