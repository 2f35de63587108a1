/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target/spinning.h"

enum {
	LEAST_NS = 25000,
	MOST_NS = 100000,
	TIMES = 4,              /* what it takes */
	REST_DOUBLINGS = 6,     /* from 1 stop to 64 */
	CROWD_REST = 256,
	CROWD_DOUBLINGS = 6,    /* from there to 16384 */
	FORGIVEN = 1024,        /* stops that paid, for one crowd */
	CHECK = 128,            /* tries */
};

bool spinning_rests(struct spinning *spin)
{
	if (!spin->rest)
		return false;
	spin->rest--;
	return true;
}

bool spinning_checks(struct spinning *spin)
{
	return spin->tries++ % CHECK == 0;
}

int64_t spinning_limit(const struct spinning *spin)
{
	int64_t limit = spin->usual_ns * TIMES;

	if (!limit || limit > MOST_NS)
		return MOST_NS;
	return limit < LEAST_NS ? LEAST_NS : limit;
}

void spinning_paid(struct spinning *spin, int64_t ns)
{
	spin->misses /= 2;
	spin->usual_ns += (ns - spin->usual_ns) / 8;
	if (++spin->paid % FORGIVEN == 0)
		spin->crowds /= 2;
}

void spinning_failed(struct spinning *spin, bool crowded)
{
	unsigned *times = crowded ? &spin->crowds : &spin->misses;

	spin->rest = (crowded ? CROWD_REST : 1u) << *times;
	if (*times < (crowded ? CROWD_DOUBLINGS : REST_DOUBLINGS))
		++*times;
	if (!crowded)
		return;
	spin->paid = 0;
	spin->tries = 0; /* the next one sees whether they have gone */
}
