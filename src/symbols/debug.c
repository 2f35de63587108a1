/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where variables are: to come. */
#include "symbols/debug.h"

struct error *debug_locate(const struct debug_variable *v UNUSED,
                           const struct debug_function *function UNUSED,
                           const struct location_context *context UNUSED,
                           struct location *location UNUSED)
{
	return error_new(ERROR_UNSUPPORTED, "variables can't be located yet");
}
