/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dynamic linkers tell of what they load: a site of scdb's own in each. */
#include "session/break_place.h"

bool break_linker_wanted(const struct session *s)
{
	if (s->settings.stop_on_solib_events)
		return true;
	for (size_t i = 0; i < s->breakpoints.len; i++)
		if (break_is_code(s->breakpoints.items[i]) ||
		    s->breakpoints.items[i]->kind->modules_changed)
			return true;
	return false;
}

void break_forget_linker(struct session *s, const struct process *p)
{
	struct break_index *index = s->breaks;

	for (size_t i = index->linkers.len; i-- > 0;) {
		struct site *site = index->linkers.items[i].site;

		if (p && index->linkers.items[i].process != p)
			continue;
		vec_remove(&index->linkers, i);
		site_drop(s, site);
	}
}

void break_watch_linker(struct session *s, struct process *p)
{
	struct break_linker linker = { .process = p };
	struct error *err;

	if (p->core)
		return;
	for (size_t i = 0; i < s->breaks->linkers.len; i++)
		if (s->breaks->linkers.items[i].process == p)
			return;
	if (!image_linker_break(session_image(s, p), &linker.addr))
		return;
	err = site_add(s, p, linker.addr, &linker.site);
	if (!err)
		vec_push(&s->breaks->linkers, linker);
	error_destroy(err);
}

void breakpoints_watch_linkers(struct session *s)
{
	if (!break_linker_wanted(s)) {
		break_forget_linker(s, NULL);
		return;
	}
	for (size_t i = 0; i < s->target->processes.len; i++)
		if (!s->target->processes.items[i]->passing)
			break_watch_linker(s, s->target->processes.items[i]);
}

bool break_at_linker(struct session *s, struct thread *t, taddr addr)
{
	for (size_t i = 0; i < s->breaks->linkers.len; i++)
		if (s->breaks->linkers.items[i].process == t->process &&
		    s->breaks->linkers.items[i].addr == addr)
			return true;
	return false;
}
