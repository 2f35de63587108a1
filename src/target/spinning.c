/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target/spinning.h"

enum {
	LEAST_NS = 25000,
	MOST_NS = 100000,
	TIMES = 4,
	REST_MOST = 64,
	CROWDED_LEAST = 16,
	CROWDED_MOST = 1024,
	DOUBLINGS = 10,
};

bool spinning_rests(struct spinning *spin)
{
	if (!spin->rest)
		return false;
	spin->rest--;
	return true;
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
}

void spinning_failed(struct spinning *spin, bool crowded)
{
	unsigned most = crowded ? CROWDED_MOST : REST_MOST;
	unsigned rest = crowded ? CROWDED_LEAST : 1;

	rest <<= spin->misses;
	spin->rest = rest < most ? rest : most;
	if (spin->misses < DOUBLINGS)
		spin->misses++;
}
