/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Types as `ptype` shows them. */
#include "symbols/internal.h"

void type_describe(const struct type *t, bool offsets, struct buf *text)
{
	(void)offsets;
	type_name(type_strip(t), "", text);
}
