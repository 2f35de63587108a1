/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The selected line of a pane: it is seen, and stays when the page is read anew. */
#include "base/out.h"
#include "ui/tui/out_page.h"
#include "ui/tui/view.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void put(struct page *p, enum out_role role, const char *text)
{
	page_put(p, (uint8_t)role, text, strlen(text));
}

static void put_lines(struct page *p, unsigned from, unsigned to)
{
	char line[32];

	for (; from < to; from++) {
		snprintf(line, sizeof(line), "line %u\n", from);
		put(p, ROLE_PLAIN, line);
	}
}

/* Instructions at FROM, FROM + 1, and so on. */
static void put_code(struct page *p, uint64_t from, uint64_t to)
{
	struct out_page out;

	out_page_init(&out, p);
	for (; from < to; from++) {
		out_word(&out.out, "address", ROLE_ADDRESS, from, "%llx",
		         (unsigned long long)from);
		out_text(&out.out, ROLE_PLAIN, "\n");
	}
	out_page_deinit(&out);
}

static size_t selected(const struct view *v, const struct page *p)
{
	size_t line = 0;

	assert_true(view_selected(v, p, &line));
	return line;
}

static void is_always_seen(void **state)
{
	struct view v = { .width = 20, .height = 3, .selects = true };
	struct page p;
	size_t line;

	(void)state;
	page_init(&p, 0);
	assert_false(view_selected(&v, &p, &line));
	view_begin(&v, &p);
	assert_false(view_selected(&v, &p, &line));
	put_lines(&p, 0, 10);
	view_begin(&v, &p);
	assert_int_equal(selected(&v, &p), 0);
	view_select(&v, &p, 2);
	assert_int_equal(v.top, 0);
	view_select(&v, &p, 3);
	assert_int_equal(v.top, 1);
	view_select(&v, &p, 1);
	assert_int_equal(v.top, 1);
	view_select(&v, &p, 0);
	assert_int_equal(v.top, 0);
	/* Scrolling takes it along; at the ends it goes on alone. */
	view_select(&v, &p, 1);
	view_scroll(&v, &p, 4);
	assert_int_equal(v.top, 4);
	assert_int_equal(selected(&v, &p), 5);
	view_scroll(&v, &p, 4);
	assert_int_equal(v.top, 7);
	assert_int_equal(selected(&v, &p), 8);
	view_scroll(&v, &p, 4);
	assert_int_equal(selected(&v, &p), 9);
	view_scroll(&v, &p, -100);
	view_scroll(&v, &p, -100);
	assert_int_equal(selected(&v, &p), 0);
	page_deinit(&p);
}

static void follows_the_last(void **state)
{
	struct view v = { .width = 20, .height = 3, .follow = true,
	                  .selects = true };
	struct page p;

	(void)state;
	page_init(&p, 0);
	put_lines(&p, 0, 5);
	view_begin(&v, &p);
	assert_int_equal(selected(&v, &p), 4);
	put_lines(&p, 5, 8);
	assert_int_equal(selected(&v, &p), 7);
	view_select(&v, &p, 6);
	put_lines(&p, 8, 10);
	assert_int_equal(selected(&v, &p), 6);
	view_select(&v, &p, 9);
	put_lines(&p, 10, 12);
	assert_int_equal(selected(&v, &p), 11);
	page_deinit(&p);
}

static void wraps(void **state)
{
	struct view v = { .width = 4, .height = 3, .wrap = true,
	                  .selects = true };
	struct page p;
	size_t line = 9;

	(void)state;
	page_init(&p, 0);
	put(&p, ROLE_PLAIN, "abcdefgh\nx\nijklmn\nabcdefghijklmnop\n");
	view_begin(&v, &p);
	assert_true(view_line_at(&v, &p, 1, &line));
	assert_int_equal(line, 0);
	assert_true(view_line_at(&v, &p, 2, &line));
	assert_int_equal(line, 1);
	assert_false(view_line_at(&v, &p, 3, &line));
	/* Both rows of it are to be seen. */
	view_select(&v, &p, 2);
	assert_int_equal(v.top, 1);
	assert_int_equal(v.row, 0);
	/* One that is longer than the view begins at its top. */
	put(&p, ROLE_PLAIN, "end\n");
	view_select(&v, &p, 3);
	assert_int_equal(v.top, 3);
	assert_int_equal(v.row, 0);
	page_deinit(&p);
}

static void begins_where_it_matters(void **state)
{
	struct view v = { .width = 20, .height = 3, .selects = true };
	struct page p;

	(void)state;
	page_init(&p, 0);
	put(&p, ROLE_HEADING, "Num Type\n");
	put_lines(&p, 0, 5);
	view_begin(&v, &p);
	assert_int_equal(selected(&v, &p), 1);
	v.selected = 0;
	p.lines.items[4].current = true;
	view_begin(&v, &p);
	assert_int_equal(selected(&v, &p), 4);
	/* A search goes on from there. */
	assert_true(view_search(&v, &p, "line", false));
	assert_int_equal(selected(&v, &p), 5);
	assert_true(view_search(&v, &p, "line", false));
	assert_int_equal(selected(&v, &p), 1);
	assert_true(view_search(&v, &p, "line", true));
	assert_int_equal(selected(&v, &p), 5);
	page_deinit(&p);
}

static void stays_with_its_line(void **state)
{
	struct view v = { .width = 20, .height = 4, .selects = true };
	struct page before, after;

	(void)state;
	page_init(&before, 0);
	page_init(&after, 0);
	put_code(&before, 0x100, 0x110);
	view_select(&v, &before, 8);
	assert_int_equal(v.top, 5);
	/* More stands before it: it is in the same row. */
	put_code(&after, 0xf8, 0x110);
	view_carry(&v, &before, &after);
	assert_int_equal(selected(&v, &after), 16);
	assert_int_equal(v.top, 13);
	/* Less. */
	view_carry(&v, &after, &before);
	assert_int_equal(selected(&v, &before), 8);
	assert_int_equal(v.top, 5);
	page_reset(&after);
	put_code(&after, 0x107, 0x110);
	view_carry(&v, &before, &after);
	assert_int_equal(selected(&v, &after), 1);
	assert_int_equal(v.top, 0);
	/* Another function: its place is what stays. */
	page_reset(&before);
	put_code(&before, 0x200, 0x210);
	view_carry(&v, &after, &before);
	assert_int_equal(selected(&v, &before), 1);
	/* What is gone for a moment. */
	page_reset(&after);
	view_carry(&v, &before, &after);
	view_carry(&v, &after, &before);
	assert_int_equal(selected(&v, &before), 1);
	page_deinit(&before);
	page_deinit(&after);
}

/* Nothing is selected, but what is seen stays. */
static void carries_what_is_seen(void **state)
{
	struct view v = { .width = 20, .height = 4, .selects = true, .top = 2 };
	struct page before, after;

	(void)state;
	page_init(&before, 0);
	page_init(&after, 0);
	put_code(&before, 0x100, 0x108);
	put_code(&after, 0x80, 0x108);
	view_carry(&v, &before, &after);
	assert_int_equal(v.top, 0x82);
	page_deinit(&before);
	page_deinit(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_always_seen),
		cmocka_unit_test(follows_the_last),
		cmocka_unit_test(wraps),
		cmocka_unit_test(begins_where_it_matters),
		cmocka_unit_test(stays_with_its_line),
		cmocka_unit_test(carries_what_is_seen),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
