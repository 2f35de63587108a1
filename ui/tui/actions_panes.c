/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys that one pane alone has. */
#include "ui/tui/actions.h"

static const struct action_table tables[PANE_COUNT];

const struct action_table *action_table_of(enum pane_id id)
{
	return tables[id].count ? &tables[id] : NULL;
}
