/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/pace.h"

enum {
	SHARE = 25,
	IDLE = 40,                /* of the time, at most a part in 40 used */
	LONGEST_NS = 1000000000 / 10,
};

bool pace_may_draw(const struct pace *p, int64_t now, int64_t used)
{
	int64_t since = now - p->drawn, worked = used - p->used;

	return since >= LONGEST_NS || worked >= SHARE * p->cost ||
	       worked * IDLE < since;
}

void pace_drew(struct pace *p, int64_t now, int64_t before, int64_t used)
{
	*p = (struct pace){ .drawn = now, .used = used,
	                    .cost = used - before };
}
