/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the panes of the screen stand. */
#include "ui/tui/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct layout place(const char *text, unsigned rows, unsigned columns)
{
	struct layout l = { .count = 0 };
	struct error *err = tui_layout_place(
		text, (struct layout_rect){ 0, 0, rows, columns }, &l);

	assert_null(err);
	return l;
}

static void assert_rect(const struct layout *l, const char *name, unsigned row,
                        unsigned column, unsigned rows, unsigned columns)
{
	const struct layout_pane *p = tui_layout_find(l, name);

	assert_non_null(p);
	assert_int_equal(p->rect.row, row);
	assert_int_equal(p->rect.column, column);
	assert_int_equal(p->rect.rows, rows);
	assert_int_equal(p->rect.columns, columns);
}

static const char three[] = "rows(columns(calls:3 call:2):2 prompt)";

static void by_weight(void **state)
{
	struct layout l = place(three, 30, 101);

	(void)state;
	assert_int_equal(l.count, 3);
	/* One column is for the line between. */
	assert_rect(&l, "calls", 0, 0, 20, 60);
	assert_rect(&l, "call", 0, 61, 20, 40);
	assert_rect(&l, "prompt", 20, 0, 10, 101);
}

/* Every row is somebody's, whatever the size, and nobody is too small. */
static void fills_all(void **state)
{
	static const char text[] =
		"rows(columns(a:7 rows(b c):3 d) columns(e prompt f:9):4 g)";

	(void)state;
	for (unsigned rows = 3; rows < 90; rows++) {
		for (unsigned columns = 20; columns < 200; columns++) {
			struct layout l = place(text, rows, columns);
			unsigned cells = 0;

			assert_non_null(tui_layout_find(&l, "prompt"));
			for (size_t i = 0; i < l.count; i++) {
				const struct layout_rect *r = &l.panes[i].rect;

				assert_true(r->rows >= LAYOUT_MIN_ROWS);
				assert_true(r->columns >= LAYOUT_MIN_COLUMNS);
				assert_true(r->row + r->rows <= rows);
				assert_true(r->column + r->columns <= columns);
				cells += r->rows *
				         (r->columns + (r->column > 0));
			}
			assert_int_equal(cells, rows * columns);
		}
	}
}

static void drops_the_last(void **state)
{
	struct layout l = place(three, 30, 40);

	(void)state;
	assert_null(tui_layout_find(&l, "call"));
	assert_rect(&l, "calls", 0, 0, 20, 40);
	l = place(three, 5, 101);
	assert_int_equal(l.count, 1);
	assert_rect(&l, "prompt", 0, 0, 5, 101);
}

static void assert_wrong(const char *text, const char *message)
{
	struct layout l = { .count = 0 };
	struct error *err = tui_layout_place(
		text, (struct layout_rect){ 0, 0, 24, 80 }, &l);

	assert_non_null(err);
	assert_string_equal(err->message, message);
	error_destroy(err);
}

static void refuses(void **state)
{
	(void)state;
	assert_wrong("", "layout: no pane's name at column 1");
	assert_wrong("rows(calls)", "layout: it has no prompt");
	assert_wrong("rows()", "layout: empty brackets at column 7");
	assert_wrong("rows(prompt", "layout: no pane's name at column 12");
	assert_wrong("lines(prompt)",
	             "layout: not rows( or columns( at column 6");
	assert_wrong("prompt:0", "layout: a weight is from 1 to 1000 at "
	             "column 7");
	assert_wrong("prompt prompt", "layout: more than a layout at column 8");
	assert_wrong("rows(rows(rows(rows(rows(prompt)))))",
	             "layout: too many brackets at column 25");
	assert_wrong("rows(a a a a a a a a a a a a a a a a a a a a a a a a a "
	             "a a a a a a a a prompt)",
	             "layout: too many panes at column 68");
}

static struct layout resized(const char *text, const char *pane, bool rows,
                             long by)
{
	const struct layout_rect area = { 0, 0, 30, 101 };
	struct buf made;
	struct layout l;

	buf_init(&made);
	assert_null(tui_layout_resize(text, area, pane, rows, by, &made));
	l = place(made.data, area.rows, area.columns);
	buf_deinit(&made);
	return l;
}

/* What one pane gets another one gives, and no third one changes. */
static void resizes(void **state)
{
	struct layout l = resized(three, "calls", true, 4);

	(void)state;
	assert_rect(&l, "calls", 0, 0, 24, 60);
	assert_rect(&l, "call", 0, 61, 24, 40);
	assert_rect(&l, "prompt", 24, 0, 6, 101);
	l = resized(three, "prompt", true, 5);
	assert_rect(&l, "calls", 0, 0, 15, 60);
	assert_rect(&l, "prompt", 15, 0, 15, 101);
	l = resized(three, "calls", false, -7);
	assert_rect(&l, "calls", 0, 0, 20, 53);
	assert_rect(&l, "call", 0, 54, 20, 47);
	assert_rect(&l, "prompt", 20, 0, 10, 101);
	/* The last one has only the one before. */
	l = resized("rows(a b prompt)", "prompt", true, 1);
	assert_rect(&l, "a", 0, 0, 10, 101);
	assert_rect(&l, "b", 10, 0, 9, 101);
	assert_rect(&l, "prompt", 19, 0, 11, 101);
}

/* Nobody gets smaller than can be used. */
static void resizes_within_bounds(void **state)
{
	struct layout l = resized(three, "calls", true, 1000);

	(void)state;
	assert_rect(&l, "prompt", 27, 0, LAYOUT_MIN_ROWS, 101);
	l = resized(three, "call", false, 1000);
	assert_rect(&l, "calls", 0, 0, 20, LAYOUT_MIN_COLUMNS);
	l = resized(three, "call", false, -1000);
	assert_rect(&l, "call", 0, 81, 20, LAYOUT_MIN_COLUMNS);
}

static void refuses_to_resize(void **state)
{
	const struct layout_rect area = { 0, 0, 30, 101 };
	struct error *err;
	struct buf made;

	(void)state;
	buf_init(&made);
	err = tui_layout_resize(three, area, "code", true, 1, &made);
	assert_string_equal(err->message, "the pane code is not shown");
	error_destroy(err);
	err = tui_layout_resize(three, area, "prompt", false, 1, &made);
	assert_string_equal(err->message, "no pane stands beside prompt");
	error_destroy(err);
	assert_int_equal(made.len, 0);
	buf_deinit(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_weight),
		cmocka_unit_test(fills_all),
		cmocka_unit_test(drops_the_last),
		cmocka_unit_test(refuses),
		cmocka_unit_test(resizes),
		cmocka_unit_test(resizes_within_bounds),
		cmocka_unit_test(refuses_to_resize),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
