/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Types that scdb makes: names in any order, declarators, sizes, sameness. */
#include "symbols/type.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void assert_name(const struct type *t, const char *name,
                        const char *expected)
{
	struct buf text;

	buf_init(&text);
	type_name(t, name, &text);
	assert_string_equal(text.data, expected);
	buf_deinit(&text);
}

static void test_builtins(void **state)
{
	static const struct { const char *name, *normal; uint64_t size; }
	rows[] = {
		{ "int", "int", 4 }, { "signed", "int", 4 },
		{ "unsigned", "unsigned int", 4 },
		{ "long unsigned int", "unsigned long", 8 },
		{ "int long long unsigned", "unsigned long long", 8 },
		{ "long int long", "long long", 8 },
		{ "short unsigned", "unsigned short", 2 },
		{ "signed char", "signed char", 1 },
		{ "char unsigned", "unsigned char", 1 },
		{ "double long", "long double", 16 },
		{ "__int128 unsigned", "unsigned __int128", 16 },
		{ "uint64_t", "uint64_t", 8 }, { "size_t", "size_t", 8 },
		{ "_Bool", "_Bool", 1 },
	};
	static const char *const wrong[] = {
		"", " ", "foo", "long char", "unsigned float", "short long",
		"int int", "long long long", "unsigned signed",
		"long float", "short double", "int8_t int",
	};
	struct type_pool *pool = type_pool_create(8);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct type *t = type_builtin(pool, rows[i].name);

		assert_non_null(t);
		assert_string_equal(t->name, rows[i].normal);
		assert_int_equal(type_size(t), rows[i].size);
	}
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_null(type_builtin(pool, wrong[i]));
	type_pool_destroy(pool);
	pool = type_pool_create(4);
	assert_int_equal(type_size(type_builtin(pool, "long")), 4);
	assert_int_equal(type_size(type_builtin(pool, "long double")), 12);
	assert_int_equal(type_size(type_integer(pool, 8, true)), 8);
	type_pool_destroy(pool);
}

static void test_declarators(void **state)
{
	struct type_pool *pool = type_pool_create(8);
	const struct type *i = type_builtin(pool, "int");
	const struct type *p = type_pointer_to(pool, i);
	const struct type *a = type_array_of(pool, i, 3);
	const struct type *f = type_function_to(pool, p);
	const struct type *c = type_qualified(pool, i, TYPE_CONST);

	(void)state;
	assert_name(i, "", "int");
	assert_name(p, "", "int *");
	assert_name(p, "x", "int *x");
	assert_name(a, "x", "int x[3]");
	assert_name(type_array_of(pool, a, 2), "", "int [2][3]");
	assert_name(type_pointer_to(pool, a), "", "int (*)[3]");
	assert_name(type_pointer_to(pool, f), "x", "int *(*x)()");
	assert_name(c, "", "const int");
	assert_name(type_pointer_to(pool, c), "", "const int *");
	assert_name(type_qualified(pool, p, TYPE_CONST), "x",
	            "int * const x");
	assert_name(type_qualified(pool, a, TYPE_VOLATILE), "",
	            "volatile int [3]");
	assert_name(type_pointer_to(pool, type_void(pool)), "", "void *");
	type_pool_destroy(pool);
}

static void test_same(void **state)
{
	struct type_pool *pool = type_pool_create(8);
	struct type_pool *other = type_pool_create(8);
	const struct type *i = type_builtin(pool, "int");
	const struct type *a = type_array_of(pool, i, 3);

	(void)state;
	assert_ptr_equal(type_pointer_to(pool, i), type_pointer_to(pool, i));
	assert_true(type_same(type_pointer_to(pool, i),
	                      type_pointer_to(other,
	                                      type_builtin(other, "int"))));
	assert_true(type_same(i, type_qualified(pool, i, TYPE_CONST)));
	assert_false(type_same(i, type_builtin(pool, "unsigned")));
	assert_false(type_same(a, type_array_of(pool, i, 4)));
	assert_int_equal(type_size(a), 12);
	assert_int_equal(type_size(type_array_of(pool, a, UINT64_MAX)), 0);
	type_pool_destroy(pool);
	type_pool_destroy(other);
}

/* A typedef of itself, a pointer to itself: all ends. */
static void test_loops(void **state)
{
	struct type loop = { .kind = TYPE_TYPEDEF, .name = "t" };
	struct type pointer = { .kind = TYPE_POINTER, .size = 8 };
	struct type constant = { .kind = TYPE_CONST };
	struct type array = { .kind = TYPE_ARRAY, .has_count = true,
	                      .count = 3 };
	struct type *all[] = { &loop, &pointer, &constant, &array };
	struct buf text;

	(void)state;
	buf_init(&text);
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		all[i]->target = all[i];
		type_name(all[i], "x", &text);
		type_describe(all[i], false, &text);
		type_describe(all[i], true, &text);
		type_strip(all[i]);
		type_size(all[i]);
		assert_true(type_same(all[i], all[i]));
	}
	assert_true(text.len < 10000);
	buf_deinit(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_builtins),
		cmocka_unit_test(test_declarators),
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_loops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
