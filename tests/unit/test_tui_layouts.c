/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layouts by name: scdb's, and the user's own in a setting. */
#include "ui/tui/layouts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char own[] =
	"wide columns(calls:2 prompt) ;; b-1  rows(code prompt:3);";

/* To be freed. */
static char *message(struct error *err)
{
	char *text;

	assert_non_null(err);
	text = strdup(err->message);
	error_destroy(err);
	return text;
}

static void assert_wrong(struct error *err, const char *expected)
{
	char *said = message(err);

	assert_string_equal(said, expected);
	free(said);
}

static void assert_found(const char *settings, const char *name,
                         const char *expected)
{
	struct buf text;

	buf_init(&text);
	assert_null(layouts_find(settings, name, &text));
	assert_string_equal(text.data, expected);
	buf_deinit(&text);
}

static void finds(void **state)
{
	struct buf text;

	(void)state;
	assert_found(own, "wide", "columns(calls:2 prompt)");
	assert_found(own, "b-1", "rows(code prompt:3)");
	assert_found(own, "b", "rows(code prompt:3)");
	assert_found(NULL, "rows(calls prompt)", "rows(calls prompt)");
	/* A whole name is more than the beginning of another. */
	assert_found("code2 rows(memory prompt)", "code2",
	             "rows(memory prompt)");
	buf_init(&text);
	assert_null(layouts_find("code2 rows(memory prompt)", "code", &text));
	assert_non_null(strstr(text.data, "source"));
	assert_wrong(layouts_find(own, "nix", &text), "say one of: calls, "
	             "code, memory, overview, wide, b-1");
	assert_wrong(layouts_find(own, "c", &text), "say one of: calls, "
	             "code, memory, overview, wide, b-1");
	assert_wrong(layouts_find(own, "", &text), "say one of: calls, "
	             "code, memory, overview, wide, b-1");
	buf_deinit(&text);
}

static void check_one(void *ctx, const char *name, const char *text)
{
	size_t *count = ctx;

	assert_true(*name);
	assert_null(layouts_check(text));
	(*count)++;
}

/* Every one that scdb has is one. */
static void lists(void **state)
{
	size_t ours = 0, all = 0;

	(void)state;
	layouts_each(NULL, check_one, &ours);
	assert_int_equal(ours, 4);
	layouts_each(own, check_one, &all);
	assert_int_equal(all, 6);
}

static void checks(void **state)
{
	(void)state;
	assert_null(layouts_check_own(own));
	assert_null(layouts_check_own(" ; "));
	assert_wrong(layouts_check("rows(nix prompt)"),
	             "layout: there is no pane \"nix\"");
	assert_wrong(layouts_check("rows(status prompt)"),
	             "layout: there is no pane \"status\"");
	assert_wrong(layouts_check("rows(call prompt call)"),
	             "layout: call is there twice");
	assert_wrong(layouts_check_own("calls rows(prompt)"),
	             "the layout calls is scdb's own");
	assert_wrong(layouts_check_own("a rows(prompt); b"),
	             "b: layout: no pane's name at column 1");
	assert_wrong(layouts_check_own("a(b rows(prompt)"),
	             "a layout's name is letters, digits, - and _, at most 31");
}

static void assert_changed(const char *name, const char *text,
                           const char *expected)
{
	struct buf made;

	buf_init(&made);
	assert_null(layouts_change(own, name, text, &made));
	assert_string_equal(made.data, expected);
	assert_null(layouts_check_own(made.data));
	buf_deinit(&made);
}

static void changes(void **state)
{
	struct buf made;

	(void)state;
	assert_changed("c", "rows(prompt)", "wide columns(calls:2 prompt); "
	               "b-1 rows(code prompt:3); c rows(prompt)");
	assert_changed("wide", "rows(prompt)",
	               "b-1 rows(code prompt:3); wide rows(prompt)");
	assert_changed("wide", NULL, "b-1 rows(code prompt:3)");
	buf_init(&made);
	assert_wrong(layouts_change(own, "nix", NULL, &made),
	             "there is no layout nix");
	buf_deinit(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds),
		cmocka_unit_test(lists),
		cmocka_unit_test(checks),
		cmocka_unit_test(changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
