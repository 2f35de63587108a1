/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads that were moved on without being let run. */
#include "target/internal.h"

#include <assert.h>

void target_moved(struct thread *t, unsigned reasons)
{
	assert(t->state == THREAD_STOPPED && !t->queued);
	t->runs++;
	t->mended.set = false;
	t->stop.reasons = reasons;
	t->stop.signal = 0;
	t->stop.debug_hits = 0;
	t->stop.mended = false;
	thread_queue(t);
}
