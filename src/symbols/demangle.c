/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of C++ and Rust as people read them. */
#include "symbols/image.h"

#include "base/alloc.h"

#include <libiberty/demangle.h>
#include <stdlib.h>
#include <string.h>

/* Names that templates make may be long; what a hostile file has is longer,
 * and libiberty may need the cube of it. */
enum { MAX_MANGLED = 32768 };

bool name_has_control(const char *name)
{
	for (; *name; name++)
		if ((unsigned char)*name < ' ' || *name == 0x7f)
			return true;
	return false;
}

static char *demangle(const char *name, int options)
{
	char *made, *copy;

	/*
	 * Nothing else is worth a try: C's names are never mangled.  Control
	 * characters would come out again.
	 */
	if (name[0] != '_' || (name[1] != 'Z' && name[1] != 'R') ||
	    strnlen(name, MAX_MANGLED) == MAX_MANGLED || name_has_control(name))
		return NULL;
	made = cplus_demangle(name, DMGL_PARAMS | DMGL_ANSI | options);
	if (!made)
		return NULL;
	copy = xstrdup(made);
	free(made);
	return copy;
}

char *symbol_demangle(const char *name)
{
	return demangle(name, 0);
}

char *symbol_demangle_function(const char *name)
{
	return demangle(name, DMGL_RET_DROP);
}
