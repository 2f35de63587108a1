/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which threads go on when the user says so, and which are held. */
#include "session/internal.h"
#include "session/step.h"

/* Whether going on, as the settings have it, means T. */
static bool in_scope(const struct session *s, const struct thread *t)
{
	const struct settings *settings = &s->settings;
	bool stepped = plan_any(s) && step_locks(s);

	if (!s->current)
		return true;
	if (settings->non_stop || settings->scheduler_locking == LOCK_ON ||
	    (settings->scheduler_locking == LOCK_STEP && stepped))
		return t == s->current;
	return settings->schedule_multiple ||
	       t->process == s->current->process;
}

void stop_choose(struct session *s, bool all)
{
	for (size_t i = 0; i < s->target->processes.len; i++) {
		struct process *p = s->target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++) {
			struct thread *t = p->threads.items[k];
			struct thread_info *info = thread_info(t);

			if (all || in_scope(s, t))
				info->held = false;
			else if (!s->settings.non_stop)
				info->held = true;
			if (!info->held && info->parked) {
				info->parked = false;
				target_requeue(t);
			}
		}
	}
}
