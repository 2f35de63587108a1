/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table layout of text backends: columns as wide as their widest cell. */
#include "base/out.h"

#include "base/alloc.h"
#include "base/vec.h"

#include <string.h>
#include <wchar.h>

/* A column that is narrower is not worth the breaking of its cells. */
enum { MIN_LAST = 20 };

struct cell {
	enum out_role role;
	char *text;    /* already printable */
	size_t width;  /* in columns of a terminal */
};

struct out_grid {
	const struct out_column *columns;
	size_t count;
	size_t fit;             /* columns of the screen; 0: any */
	VEC(struct cell) cells; /* row by row, COUNT a row */
};

struct out_grid *out_grid_create(const struct out_column *columns,
                                 size_t count)
{
	struct out_grid *g = xcalloc(1, sizeof(*g));

	g->columns = columns;
	g->count = count;
	return g;
}

void out_grid_destroy(struct out_grid *g)
{
	if (!g)
		return;
	for (size_t i = 0; i < g->cells.len; i++)
		free(g->cells.items[i].text);
	vec_deinit(&g->cells);
	free(g);
}

/* Columns that TEXT takes; bytes where the locale can't tell. */
static size_t text_width(const char *text)
{
	mbstate_t state = { 0 };
	size_t width = 0;

	for (const char *at = text; *at;) {
		wchar_t wide;
		size_t n = mbrtowc(&wide, at, strlen(at), &state);
		int columns;

		if (n == 0 || n > strlen(at))
			return strlen(text);
		columns = wcwidth(wide);
		width += columns > 0 ? (size_t)columns : 0;
		at += n;
	}
	return width;
}

/* Fills a row that was left short, so that cells stay in their columns. */
void out_grid_row(struct out_grid *g)
{
	while (g->cells.len % g->count)
		out_grid_cell(g, ROLE_PLAIN, "");
}

void out_grid_cell(struct out_grid *g, enum out_role role, const char *text)
{
	struct buf safe;

	buf_init(&safe);
	buf_put_printable(&safe, text, strlen(text), false);
	vec_push(&g->cells, (struct cell){ .role = role,
	                                   .width = text_width(safe.data),
	                                   .text = safe.data });
}

struct emitter {
	void (*emit)(void *ctx, enum out_role role, const char *s, size_t len);
	void *ctx;
	size_t gap; /* blanks between columns */
};

static void emit_pad(const struct emitter *e, size_t n)
{
	static const char blanks[] = "                                ";

	while (n) {
		size_t piece = n < sizeof(blanks) - 1 ? n : sizeof(blanks) - 1;

		e->emit(e->ctx, ROLE_PLAIN, blanks, piece);
		n -= piece;
	}
}

/*
 * How many bytes of TEXT go on a line of WIDTH columns: up to the last blank or
 * comma that fits, or else up to the first one: no word is ever broken.
 */
static size_t line_length(const char *text, size_t width)
{
	mbstate_t state = { 0 };
	size_t columns = 0, best = 0, at = 0;

	while (text[at]) {
		wchar_t wide;
		size_t n = mbrtowc(&wide, text + at, strlen(text + at), &state);
		int more = 1;

		if (n == 0 || n > strlen(text + at)) {
			state = (mbstate_t){ 0 };
			n = 1;
		} else {
			more = wcwidth(wide);
		}
		columns += more > 0 ? (size_t)more : 0;
		if (columns > width && best && text[at] != ' ')
			return best;
		if (text[at] == ' ' || text[at] == ',')
			best = at + n;
		at += n;
	}
	return at;
}

/* The last cell of a row, which may go on below itself. */
static void emit_last(const struct emitter *e, const struct cell *cell,
                      size_t start, size_t width)
{
	const char *text = cell->text;

	while (text[0]) {
		size_t len = line_length(text, width);
		size_t shown = len;

		while (text[len] && shown && text[shown - 1] == ' ')
			shown--;
		if (shown)
			e->emit(e->ctx, cell->role, text, shown);
		text += len;
		if (text[0]) {
			e->emit(e->ctx, ROLE_PLAIN, "\n", 1);
			emit_pad(e, start);
		}
	}
	e->emit(e->ctx, ROLE_PLAIN, "\n", 1);
}

static void emit_cell(const struct emitter *e, const struct cell *cell,
                      size_t width, bool right, bool last)
{
	size_t pad = width - cell->width;

	if (right)
		emit_pad(e, pad);
	if (cell->text[0])
		e->emit(e->ctx, cell->role, cell->text, strlen(cell->text));
	if (last)
		e->emit(e->ctx, ROLE_PLAIN, "\n", 1);
	else
		emit_pad(e, (right ? 0 : pad) + e->gap);
}

void out_grid_fit(struct out_grid *g, size_t width)
{
	g->fit = width;
}

static void measure(const struct out_grid *g, size_t *widths)
{
	for (size_t c = 0; c < g->count; c++)
		widths[c] = text_width(g->columns[c].title);
	for (size_t i = 0; i < g->cells.len; i++)
		if (g->cells.items[i].width > widths[i % g->count])
			widths[i % g->count] = g->cells.items[i].width;
}

/* Two blanks between columns; one where all rows fit on the screen only so. */
static size_t choose_gap(const struct out_grid *g, const size_t *widths)
{
	size_t whole = 0, gaps = g->count - 1;

	for (size_t c = 0; c < g->count; c++)
		whole += widths[c];
	return whole + gaps <= g->fit && whole + 2 * gaps > g->fit ? 1 : 2;
}

static void emit_heads(const struct emitter *e, const struct out_grid *g,
                       const size_t *widths)
{
	for (size_t c = 0; c < g->count; c++) {
		struct cell head = {
			.role = ROLE_HEADING,
			.text = (char *)(uintptr_t)g->columns[c].title,
			.width = text_width(g->columns[c].title),
		};

		emit_cell(e, &head, widths[c], g->columns[c].right,
		          c + 1 == g->count);
	}
}

void out_grid_render(struct out_grid *g,
                     void (*emit)(void *ctx, enum out_role role,
                                  const char *s, size_t len),
                     void *ctx)
{
	struct emitter e = { emit, ctx, 2 };
	AUTO_FREE size_t *widths = xcalloc(g->count, sizeof(*widths));
	size_t start = 0; /* of the last column */

	out_grid_row(g); /* the last row too is whole */
	measure(g, widths);
	e.gap = choose_gap(g, widths);
	emit_heads(&e, g, widths);
	for (size_t c = 0; c + 1 < g->count; c++)
		start += widths[c] + e.gap;
	for (size_t i = 0; i < g->cells.len; i++) {
		size_t c = i % g->count;

		if (c + 1 == g->count && !g->columns[c].right &&
		    g->fit >= start + MIN_LAST &&
		    g->cells.items[i].width > g->fit - start) {
			emit_last(&e, &g->cells.items[i], start,
			          g->fit - start);
			continue;
		}
		emit_cell(&e, &g->cells.items[i], widths[c],
		          g->columns[c].right, c + 1 == g->count);
	}
}
