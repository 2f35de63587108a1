/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/spinning.h: whether to look for the next stop again and again, or to
 * sleep until it comes.  Looking spares the way into a sleep and out of it, but
 * pays only where stops come soon and a processor has nothing better to do.
 * Where it did not, the next stops are slept for, more of them each time, so
 * that looking in vain costs no more than a part of what the stops do.  Where
 * others want the processor it does harm beyond that: who has used up his time
 * waits for all the others.  So there it is given up for longer.
 */
#ifndef SCDB_TARGET_SPINNING_H
#define SCDB_TARGET_SPINNING_H

#include <stdbool.h>
#include <stdint.h>

/* Zeroed: nothing is known, and looking is tried. */
struct spinning {
	int64_t usual_ns;   /* until a stop came; 0: not known */
	unsigned misses;    /* times that none did; half with each that did */
	unsigned crowds;    /* times that others were about, the same but for
	                     * many that did */
	unsigned paid;      /* stops that came since others were about */
	unsigned tries;
	unsigned rest;      /* stops to sleep for before the next try */
};

/* Whether the coming stop is to be slept for; it counts. */
bool spinning_rests(struct spinning *spin);
/* Whether it is time to see if others want the processors: now and then. */
bool spinning_checks(struct spinning *spin);
/* How long to look, in nanoseconds: a few times what it takes. */
int64_t spinning_limit(const struct spinning *spin);
/* A stop was there after NS. */
void spinning_paid(struct spinning *spin, int64_t ns);
/* None came; CROWDED: others had the processor meanwhile. */
void spinning_failed(struct spinning *spin, bool crowded);

#endif
