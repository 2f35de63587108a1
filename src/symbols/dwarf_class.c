/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only classes of C++ have: methods, types of their own, templates. */
#include "symbols/dwarf.h"

const struct type_extra *dwarf_extra(const struct type *t)
{
	return dwarf_type_of(t)->extra;
}
