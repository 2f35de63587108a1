/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records, fields and tables, as the capture backend shows them. */
#include "base/out.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void fields_show_their_text(void **state)
{
	struct out_capture c;
	struct out *o = &c.out;

	(void)state;
	out_capture_init(&c);
	out_begin(o, "thread");
	out_int(o, "number", ROLE_NUMBER, -3, "[%d]", -3);
	out_text(o, ROLE_PLAIN, " %s ", "is");
	out_uint(o, "address", ROLE_ADDRESS, 255, "0x%x", 255);
	out_text(o, ROLE_PLAIN, ", ");
	out_str(o, "name", ROLE_NAME, "cat");
	out_str(o, "nothing", ROLE_NAME, NULL);
	out_text(o, ROLE_PLAIN, ", ");
	out_str_shown(o, "path", ROLE_STRING, "/etc/hosts", "<hosts>");
	out_bool(o, "alive", true, " yes");
	out_bool(o, "dead", false, NULL);
	out_hidden_int(o, "pid", 4711);
	out_hidden_uint(o, "raw", 4711);
	out_hidden_str(o, "comm", "hidden");
	out_list_begin(o, "list");
	out_list_end(o);
	out_end(o);
	out_flush(o);
	out_text(o, ROLE_PLAIN, "\n");
	out_message(o, "note", ROLE_WARNING, "%d of %d", 1, 2);
	assert_string_equal(c.text.data, "[-3] is 0xff, cat, <hosts> yes\n"
	                                 "1 of 2\n");
	out_capture_deinit(&c);
}

static void nothing_drives_the_terminal(void **state)
{
	static const struct out_column columns[] = {
		{ "a", "\033A", false },
	};
	struct out_capture c;
	struct out *o = &c.out;

	(void)state;
	out_capture_init(&c);
	out_text(o, ROLE_PLAIN, "%s\n", "a\033[2Jb");
	out_str(o, "name", ROLE_NAME, "x\ny\t\r");
	out_message(o, "m", ROLE_ERROR, "%s", "\007");
	out_table_begin(o, "t", columns, 1);
	out_row(o);
	out_str(o, "a", ROLE_NAME, "\033]0;evil\007\n");
	out_table_end(o);
	for (size_t i = 0; i < c.text.len; i++)
		assert_true(c.text.data[i] >= 0x20 || c.text.data[i] == '\n');
	assert_non_null(strstr(c.text.data, "a\\033[2Jb\n"));
	assert_non_null(strstr(c.text.data, "x\\012y\\011\\015"));
	assert_non_null(strstr(c.text.data, "\\007\n"));
	assert_non_null(strstr(c.text.data, "\\033]0;evil\\007\\012\n"));
	out_capture_deinit(&c);
}

static const struct out_column columns[] = {
	{ "number", "Num", true },
	{ "name", "Name", false },
	{ "state", "State", false },
};

static void row(struct out *o, int number, const char *name,
                const char *what)
{
	out_row(o);
	out_int(o, "number", ROLE_NUMBER, number, "%d", number);
	out_str(o, "name", ROLE_NAME, name);
	out_str(o, "state", ROLE_PLAIN, what);
}

static void tables_align(void **state)
{
	struct out_capture c;

	(void)state;
	out_capture_init(&c);
	out_table_begin(&c.out, "threads", columns, ARRAY_LEN(columns));
	row(&c.out, 1, "sh", "stopped");
	row(&c.out, 12345, "a-long-name", "running");
	row(&c.out, 7, "", "gone");
	out_table_end(&c.out);
	out_text(&c.out, ROLE_PLAIN, "after\n");
	assert_string_equal(c.text.data,
	                    "  Num  Name         State\n"
	                    "    1  sh           stopped\n"
	                    "12345  a-long-name  running\n"
	                    "    7               gone\n"
	                    "after\n");
	out_capture_deinit(&c);
}

static void the_last_column_can_be_to_the_right(void **state)
{
	static const struct out_column two[] = {
		{ "name", "Name", false }, { "size", "Size", true },
	};
	struct out_capture c;

	(void)state;
	out_capture_init(&c);
	out_table_begin(&c.out, "files", two, 2);
	out_row(&c.out);
	out_str(&c.out, "name", ROLE_NAME, "a");
	out_uint(&c.out, "size", ROLE_NUMBER, 123456, "%d", 123456);
	out_row(&c.out);
	out_str(&c.out, "name", ROLE_NAME, "bcdefg");
	out_uint(&c.out, "size", ROLE_NUMBER, 1, "%d", 1);
	out_table_end(&c.out);
	assert_string_equal(c.text.data, "Name      Size\n"
	                                 "a       123456\n"
	                                 "bcdefg       1\n");
	out_capture_deinit(&c);
}

static void short_rows_and_empty_tables_are_fine(void **state)
{
	struct out_capture c;

	(void)state;
	out_capture_init(&c);
	out_table_begin(&c.out, "threads", columns, ARRAY_LEN(columns));
	out_table_end(&c.out);
	assert_string_equal(c.text.data, "Num  Name  State\n");
	buf_reset(&c.text);
	out_table_begin(&c.out, "threads", columns, ARRAY_LEN(columns));
	out_row(&c.out);
	out_str(&c.out, "number", ROLE_NUMBER, "1");
	row(&c.out, 2, "cat", "gone");
	out_row(&c.out);
	out_str(&c.out, "number", ROLE_NUMBER, "3");
	out_str(&c.out, "name", ROLE_NAME, "sh");
	out_table_end(&c.out);
	/* What is missing is empty, and nothing slips into another row. */
	assert_string_equal(c.text.data, "Num  Name  State\n"
	                                 "  1        \n"
	                                 "  2  cat   gone\n"
	                                 "  3  sh    \n");
	out_capture_deinit(&c);
}

static void wide_characters_count_as_they_show(void **state)
{
	struct out_capture c;

	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip();
	out_capture_init(&c);
	out_table_begin(&c.out, "threads", columns, ARRAY_LEN(columns));
	row(&c.out, 1, "caf\303\251", "one");
	row(&c.out, 2, "\346\227\245\346\234\254", "two");  /* 2 each */
	row(&c.out, 3, "\377", "three");                    /* \377 */
	out_table_end(&c.out);
	assert_string_equal(c.text.data,
	                    "Num  Name  State\n"
	                    "  1  caf\303\251  one\n"
	                    "  2  \346\227\245\346\234\254  two\n"
	                    "  3  \\377  three\n");
	out_capture_deinit(&c);
	setlocale(LC_CTYPE, "C");
}

/* A backend that only takes fields and text gets nothing it can't take. */
static void ignore_text(struct out *o, enum out_role role, const char *s,
                        size_t len)
{
	(void)role;
	assert_int_equal(strlen(s), len);
	o->width += (unsigned)len;
}

static void ignore_field(struct out *o, const char *name, enum out_role role,
                         const struct out_value *value, const char *shown)
{
	(void)name;
	(void)role;
	(void)shown;
	if (value->kind == OUT_STRING)
		assert_int_equal(strlen(value->s.data), value->s.len);
	o->width += value->kind == OUT_INT ? (unsigned)value->i : 100;
}

static void optional_operations_may_be_missing(void **state)
{
	static const struct out_ops ops = { .text = ignore_text,
	                                    .field = ignore_field };
	struct out o = { .ops = &ops };

	(void)state;
	out_begin(&o, "r");
	out_list_begin(&o, "l");
	out_list_end(&o);
	out_hidden_int(&o, "i", 5);
	out_str(&o, "s", ROLE_PLAIN, "text");
	out_text(&o, ROLE_PLAIN, "%s", "123");
	out_end(&o);
	out_flush(&o);
	assert_int_equal(o.width, 5 + 100 + 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_show_their_text),
		cmocka_unit_test(nothing_drives_the_terminal),
		cmocka_unit_test(tables_align),
		cmocka_unit_test(the_last_column_can_be_to_the_right),
		cmocka_unit_test(short_rows_and_empty_tables_are_fine),
		cmocka_unit_test(wide_characters_count_as_they_show),
		cmocka_unit_test(optional_operations_may_be_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
