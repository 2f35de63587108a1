/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text window of a pane: lines, wrapping, scrolling, searching, marks. */
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

static void put(struct page *p, const char *text)
{
	page_put(p, ROLE_PLAIN, text, strlen(text));
}

static void put_numbers(struct page *p, unsigned from, unsigned to)
{
	char line[32];

	for (; from < to; from++) {
		snprintf(line, sizeof(line), "line %u\n", from);
		put(p, line);
	}
}

/* What is seen, a line feed behind each row. */
static void assert_seen(const struct view *v, const struct page *p,
                        const char *expected)
{
	AUTO_BUF struct buf text = { 0 };
	struct view settled = *v;
	struct view_row rows[16];
	size_t count;

	buf_init(&text);
	view_settle(&settled, p);
	count = view_rows(&settled, p, rows, v->height);
	for (size_t i = 0; i < count; i++) {
		buf_add(&text, rows[i].line->text + rows[i].start,
		        rows[i].end - rows[i].start);
		buf_putc(&text, '\n');
	}
	assert_string_equal(text.data, expected);
}

static void lines_and_tabs(void **state)
{
	AUTO_BUF struct buf text = { 0 };
	struct page p;

	(void)state;
	buf_init(&text);
	page_init(&p, 0);
	put(&p, "a\tb");
	put(&p, "c\n\n漢\td\nno end");
	assert_int_equal(p.lines.len, 3);
	page_end(&p);
	page_end(&p);
	page_text(&p, &text);
	assert_string_equal(text.data,
	                    "a       bc\n\n漢      d\nno end\n");
	page_deinit(&p);
}

/* Characters are whole, with what stands on them. */
static void fits_columns(void **state)
{
	const char *text = "a漢e\u0301z";
	const size_t bytes[] = { 0, 1, 1, 4, 7, 8, 8 };
	const unsigned columns[] = { 0, 1, 1, 3, 4, 5, 5 };
	unsigned used;

	(void)state;
	for (unsigned width = 0; width < ARRAY_LEN(bytes); width++) {
		assert_int_equal(page_fit(text, strlen(text), width, &used),
		                 bytes[width]);
		assert_int_equal(used, columns[width]);
	}
}

static void keeps_so_many(void **state)
{
	struct page p;

	(void)state;
	page_init(&p, 80);
	put_numbers(&p, 0, 1000);
	assert_true(p.lines.len >= 80 && p.lines.len <= 90);
	assert_int_equal(p.dropped + p.lines.len, 1000);
	assert_string_equal(p.lines.items[p.lines.len - 1].text, "line 999");
	page_deinit(&p);
}

static void scrolls(void **state)
{
	struct view v = { .width = 20, .height = 3 };
	struct page p;

	(void)state;
	page_init(&p, 0);
	put_numbers(&p, 0, 6);
	assert_seen(&v, &p, "line 0\nline 1\nline 2\n");
	view_scroll(&v, &p, 2);
	assert_seen(&v, &p, "line 2\nline 3\nline 4\n");
	assert_false(v.follow);
	view_scroll(&v, &p, 5);
	assert_seen(&v, &p, "line 3\nline 4\nline 5\n");
	/* At the end it follows. */
	put_numbers(&p, 6, 8);
	assert_seen(&v, &p, "line 5\nline 6\nline 7\n");
	view_scroll(&v, &p, -1);
	put_numbers(&p, 8, 10);
	assert_seen(&v, &p, "line 4\nline 5\nline 6\n");
	view_scroll(&v, &p, -100);
	assert_seen(&v, &p, "line 0\nline 1\nline 2\n");
	view_end(&v, &p);
	assert_seen(&v, &p, "line 7\nline 8\nline 9\n");
	page_reset(&p);
	put_numbers(&p, 0, 2);
	assert_seen(&v, &p, "line 0\nline 1\n");
	page_deinit(&p);
}

/* A view that stands stays where it is while the page loses lines. */
static void stands_while_lines_go(void **state)
{
	struct view v = { .width = 20, .height = 2 };
	struct page p;

	(void)state;
	page_init(&p, 16);
	put_numbers(&p, 0, 16);
	view_scroll(&v, &p, 12);
	assert_seen(&v, &p, "line 12\nline 13\n");
	put_numbers(&p, 16, 26);
	assert_true(p.dropped > 0);
	assert_seen(&v, &p, "line 12\nline 13\n");
	put_numbers(&p, 26, 100);
	view_settle(&v, &p);
	assert_int_equal(v.top, p.dropped);
	page_deinit(&p);
}

static void wraps(void **state)
{
	struct view v = { .width = 4, .height = 3, .wrap = true };
	struct page p;

	(void)state;
	page_init(&p, 0);
	put(&p, "abcdefghij\n漢字漢字\nx\n");
	assert_seen(&v, &p, "abcd\nefgh\nij\n");
	view_scroll(&v, &p, 1);
	assert_seen(&v, &p, "efgh\nij\n漢字\n");
	v.follow = true;
	assert_seen(&v, &p, "漢字\n漢字\nx\n");
	/* A wide character is never cut. */
	v.width = 3;
	v.height = 5;
	assert_seen(&v, &p, "漢\n字\n漢\n字\nx\n");
	v.width = 80;
	assert_seen(&v, &p, "abcdefghij\n漢字漢字\nx\n");
	page_deinit(&p);
}

static void goes_sideways(void **state)
{
	struct view v = { .width = 4, .height = 2 };
	struct page p;

	(void)state;
	page_init(&p, 0);
	put(&p, "abcdefghij\nxy\n");
	assert_seen(&v, &p, "abcd\nxy\n");
	view_sideways(&v, 8);
	assert_seen(&v, &p, "ij\n\n");
	view_sideways(&v, -3);
	assert_seen(&v, &p, "fghi\n\n");
	view_sideways(&v, -100);
	assert_seen(&v, &p, "abcd\nxy\n");
	page_deinit(&p);
}

static void searches(void **state)
{
	struct view v = { .width = 20, .height = 3 };
	struct page p;

	(void)state;
	page_init(&p, 0);
	put_numbers(&p, 0, 20);
	put(&p, "Line 20\n");
	assert_true(view_search(&v, &p, "line 1", false));
	assert_int_equal(v.found, 2);
	assert_true(view_search(&v, &p, "line 1", false));
	assert_int_equal(v.found, 11);
	assert_seen(&v, &p, "line 9\nline 10\nline 11\n");
	assert_true(view_search(&v, &p, "line 1", true));
	assert_int_equal(v.found, 2);
	/* Round the end. */
	assert_true(view_search(&v, &p, "line 20", true));
	assert_int_equal(v.found, 21);
	assert_true(view_search(&v, &p, "Line", false));
	assert_int_equal(v.found, 21);
	assert_true(view_search(&v, &p, "line 0", false));
	assert_int_equal(v.found, 1);
	assert_false(view_search(&v, &p, "lines", false));
	assert_int_equal(v.found, 0);
	page_reset(&p);
	assert_false(view_search(&v, &p, "line", false));
	page_deinit(&p);
}

static void marks_changes(void **state)
{
	struct page before, now;
	const uint8_t *roles;

	(void)state;
	page_init(&before, 0);
	page_init(&now, 0);
	put(&before, "rax 0x1  1\nrbx 0x2\n");
	put(&now, "rax 0x10 16\nrbx 0x2\nnew\n");
	page_mark_changes(&now, &before);
	roles = now.lines.items[0].roles;
	assert_false(roles[0] & PAGE_CHANGED);
	assert_true(roles[4] & PAGE_CHANGED);
	assert_true(roles[7] & PAGE_CHANGED);
	assert_false(roles[8] & PAGE_CHANGED);
	assert_true(roles[9] & PAGE_CHANGED);
	assert_false(now.lines.items[1].roles[4] & PAGE_CHANGED);
	assert_false(now.lines.items[2].roles[0] & PAGE_CHANGED);
	/* What is the same again is no longer marked. */
	page_mark_changes(&now, &now);
	assert_false(roles[4] & PAGE_CHANGED);
	page_deinit(&before);
	page_deinit(&now);
}

static void from_output(void **state)
{
	static const struct out_column columns[] = {
		{ "name", "Name", false }, { "value", "Value", true },
	};
	AUTO_BUF struct buf text = { 0 };
	struct out_page out;
	struct page p;

	(void)state;
	buf_init(&text);
	page_init(&p, 0);
	out_page_init(&out, &p);
	out_begin(&out.out, "instruction");
	out_hidden_bool(&out.out, "current", true);
	out_word(&out.out, "address", ROLE_ADDRESS, 0x1234, "0x1234");
	out_str(&out.out, "text", ROLE_NAME, " \033[31mred\nline\302\233");
	out_text(&out.out, ROLE_PLAIN, "\n");
	out_aside(&out.out, "note", ROLE_DIM, "a\033b");
	out_end(&out.out);
	out_table_begin(&out.out, "t", columns, 2);
	out_row(&out.out);
	out_str(&out.out, "name", ROLE_NAME, "\033]0;evil\007");
	out_str(&out.out, "value", ROLE_PLAIN, "1");
	out_table_end(&out.out);
	page_text(&p, &text);
	assert_string_equal(text.data,
		"0x1234 \\033[31mred\\012line\\302\\233\n"
		"a\\033b\n"
		"Name             Value\n"
		"\\033]0;evil\\007      1\n");
	assert_int_equal(p.lines.items[0].addr, 0x1234);
	assert_true(p.lines.items[0].current);
	assert_int_equal(p.lines.items[0].roles[0], ROLE_ADDRESS);
	assert_int_equal(p.lines.items[0].roles[7], ROLE_NAME);
	assert_false(p.lines.items[1].current);
	out_page_deinit(&out);
	page_deinit(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_and_tabs),
		cmocka_unit_test(fits_columns),
		cmocka_unit_test(keeps_so_many),
		cmocka_unit_test(scrolls),
		cmocka_unit_test(stands_while_lines_go),
		cmocka_unit_test(wraps),
		cmocka_unit_test(goes_sideways),
		cmocka_unit_test(searches),
		cmocka_unit_test(marks_changes),
		cmocka_unit_test(from_output),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
