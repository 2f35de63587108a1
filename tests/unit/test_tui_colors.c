/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colours of programs where there are fewer. */
#include "ui/tui/colors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void what_is_there_stays(void **state)
{
	(void)state;
	assert_int_equal(color_nearest(-1, 8), -1);
	assert_int_equal(color_nearest(3, 8), 3);
	assert_int_equal(color_nearest(11, 16), 11);
	assert_int_equal(color_nearest(208, 256), 208);
	assert_int_equal(color_nearest(208, 32768), 208);
}

static void others_look_alike(void **state)
{
	(void)state;
	/* Bright ones; what is dark gray is not black on black. */
	assert_int_equal(color_nearest(9, 8), 1);
	assert_int_equal(color_nearest(10, 8), 2);
	assert_int_equal(color_nearest(8, 8), 7);
	/* Of the cube, and grays. */
	assert_int_equal(color_nearest(196, 8), 1);
	assert_int_equal(color_nearest(196, 16), 9);
	assert_int_equal(color_nearest(21, 8), 4);
	assert_int_equal(color_nearest(232, 16), 0);
	assert_int_equal(color_nearest(244, 16), 8);
	assert_int_equal(color_nearest(255, 8), 7);
	/* Of 24 bits: the cube's corners and its inside, a gray. */
	assert_int_equal(color_nearest(color_rgb(255, 0, 0), 256), 196);
	assert_int_equal(color_nearest(color_rgb(250, 130, 10), 256), 208);
	assert_int_equal(color_nearest(color_rgb(19, 19, 17), 256), 233);
	assert_int_equal(color_nearest(color_rgb(0, 0, 0), 256), 16);
	assert_int_equal(color_nearest(color_rgb(255, 255, 255), 256), 231);
	assert_int_equal(color_nearest(color_rgb(255, 0, 0), 8), 1);
	assert_int_equal(color_nearest(color_rgb(1, 2, 3), 8), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_there_stays),
		cmocka_unit_test(others_look_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
