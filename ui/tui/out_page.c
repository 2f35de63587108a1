/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/out_page.h"

#include "base/alloc.h"
#include "ui/printable.h"

#include <string.h>

static struct out_page *page_of(struct out *o)
{
	return (struct out_page *)((char *)o - offsetof(struct out_page, out));
}

static void put(void *ctx, enum out_role role, const char *s, size_t len)
{
	page_put(((struct out_page *)ctx)->page, (uint8_t)role, s, len);
}

static void put_safe(struct out_page *p, enum out_role role, const char *s,
                     size_t len, bool keep_lines)
{
	AUTO_BUF struct buf safe = { 0 };

	buf_init(&safe);
	put_printable(&safe, p->out.utf8, s, len, keep_lines);
	put(p, role, safe.data, safe.len);
}

static void page_text_op(struct out *o, enum out_role role, const char *s,
                         size_t len)
{
	put_safe(page_of(o), role, s, len, true);
}

/* The first address, and numbers, say what the line is about. */
static void take_meaning(struct page *page, const char *name,
                         const struct out_value *value)
{
	if (value->kind == OUT_WORD && !page->addr &&
	    strcmp(name, "address") == 0)
		page->addr = value->u;
	else if (value->kind == OUT_UINT && !page->number &&
	         strcmp(name, "line") == 0)
		page->number = (unsigned)value->u;
	else if (value->kind == OUT_UINT && !page->id &&
	         (strcmp(name, "index") == 0 || strcmp(name, "level") == 0))
		page->id = value->u + 1;
	else if (value->kind == OUT_BOOL && strcmp(name, "current") == 0)
		page->current = value->b;
	else if (value->kind == OUT_STRING && !page->file &&
	         strcmp(name, "file") == 0)
		page->file = xstrndup(value->s.data, value->s.len);
}

static void page_field(struct out *o, const char *name, enum out_role role,
                       const struct out_value *value, const char *shown)
{
	struct out_page *p = page_of(o);
	AUTO_BUF struct buf safe = { 0 };

	if (!p->grid) {
		size_t before = p->page->text.len;

		take_meaning(p->page, name, value);
		if (shown)
			put_safe(p, role, shown, strlen(shown), false);
		/* Of memory: units, not strings. */
		if (role == ROLE_NUMBER && strcmp(name, "value") == 0)
			page_cell(p->page, before);
		return;
	}
	if (!shown)
		return;
	buf_init(&safe);
	put_printable(&safe, o->utf8, shown, strlen(shown), false);
	out_grid_cell(p->grid, role, safe.data);
}

static void page_table_begin(struct out *o, const char *name,
                             const struct out_column *columns, size_t count)
{
	(void)name;
	page_of(o)->grid = out_grid_create(columns, count);
}

static void page_row(struct out *o)
{
	out_grid_row(page_of(o)->grid);
}

static void page_table_end(struct out *o)
{
	struct out_page *p = page_of(o);
	struct out_grid *grid = p->grid;

	p->grid = NULL;
	out_grid_fit(grid, o->width);
	out_grid_render(grid, put, p);
	out_grid_destroy(grid);
}

static void page_aside(struct out *o, const char *record, enum out_role role,
                       const char *text)
{
	struct out_page *p = page_of(o);

	(void)record;
	page_end(p->page);
	put_safe(p, role, text, strlen(text), false);
	page_end(p->page);
}

static const struct out_ops page_ops = {
	.text = page_text_op,
	.field = page_field,
	.table_begin = page_table_begin,
	.row = page_row,
	.table_end = page_table_end,
	.aside = page_aside,
};

void out_page_init(struct out_page *o, struct page *page)
{
	*o = (struct out_page){
		.out = { .ops = &page_ops, .utf8 = printable_utf8() },
		.page = page,
	};
}

void out_page_deinit(struct out_page *o)
{
	out_grid_destroy(o->grid);
	o->grid = NULL;
}
