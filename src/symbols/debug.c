/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions and variables: to come. */
#include "symbols/debug.h"

#include "symbols/dwarf.h"

const struct type *debug_definition_of(struct debug_info *info UNUSED,
                                       const struct type *t UNUSED)
{
	return NULL;
}

size_t debug_functions_at(struct image *image UNUSED, taddr pc UNUSED,
                          struct debug_function *functions UNUSED,
                          size_t max UNUSED)
{
	return 0;
}

void debug_functions_named(struct image *image UNUSED,
                           const char *name UNUSED, bool inlined UNUSED,
                           bool (*fn)(void *ctx,
                                      const struct debug_function *f) UNUSED,
                           void *ctx UNUSED)
{
}

void debug_variables_of(struct image *image UNUSED,
                        const struct debug_function *function UNUSED,
                        taddr pc UNUSED, bool arguments UNUSED,
                        bool (*fn)(void *ctx,
                                   const struct debug_variable *v) UNUSED,
                        void *ctx UNUSED)
{
}

bool debug_variable_find(struct image *image UNUSED,
                         const struct debug_function *function UNUSED,
                         taddr pc UNUSED, const char *file UNUSED,
                         const char *name UNUSED,
                         struct debug_variable *v UNUSED)
{
	return false;
}

bool debug_static_find(struct image *image UNUSED,
                       const char *function UNUSED, const char *name UNUSED,
                       struct debug_variable *v UNUSED)
{
	return false;
}

const struct type *debug_function_type(const struct debug_function *f)
{
	Dwarf_Die die;

	return debug_die_get(&f->die, &die) ? die_type(f->die.info, &die)
	                                    : NULL;
}

const struct type *debug_type_find(struct image *image UNUSED,
                                   const struct module *module UNUSED,
                                   char tag UNUSED, const char *name UNUSED)
{
	return NULL;
}

void debug_each_type(struct image *image UNUSED,
                     bool (*fn)(void *ctx, const struct type *t,
                                const char *file, unsigned line) UNUSED,
                     void *ctx UNUSED)
{
}

struct error *debug_locate(const struct debug_variable *v UNUSED,
                           const struct debug_function *function UNUSED,
                           const struct location_context *context UNUSED,
                           struct location *location UNUSED)
{
	return error_new(ERROR_UNSUPPORTED, "variables can't be located yet");
}

bool debug_unit_at(struct image *image UNUSED, taddr pc UNUSED,
                   struct debug_unit_info *unit UNUSED)
{
	return false;
}
