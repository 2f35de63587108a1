/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who stays with scdb: after a fork, and where the program wants to trace a
 * process itself.
 *
 * A process is let go between two stops (stop_release), since all its threads
 * must stand for that.
 */
#include "session/internal.h"

#include <string.h>

enum { TRACEME = 0, ATTACH = 16, SEIZE = 0x4206 }; /* ptrace(2) */

static void hold(struct session *s, struct process *p)
{
	for (size_t i = 0; i < p->threads.len; i++) {
		struct thread *t = p->threads.items[i];

		thread_info(t)->held = true;
		/* One that runs is held at its next stop. */
		if (s->run == RUN_FOREGROUND || s->run == RUN_BACKGROUND)
			target_interrupt(t);
	}
}

void follow_fork(struct session *s, struct process *child)
{
	struct process *parent = target_process(s->target, child->parent);

	if (s->settings.follow_fork == FOLLOW_BOTH || !parent)
		return;
	/* A vfork parent waits for its child anyway, so that one must run. */
	if (s->settings.follow_fork == FOLLOW_PARENT) {
		if (!child->vfork_parent)
			hold(s, child);
		return;
	}
	s->current = child->threads.items[0];
	if (s->settings.detach_on_fork)
		vec_push(&s->releases, parent->pid);
	else
		hold(s, parent);
}

bool follow_yield(struct session *s, struct thread *t, const struct call *call)
{
	const struct syscall_desc *desc = call->view.desc;
	struct process *traced = NULL;
	struct thread *other;

	if (call->phase != CALL_AT_ENTRY || !desc ||
	    strcmp(desc->name, "ptrace") != 0)
		return false;
	switch ((int)call->view.args[0]) {
	case TRACEME:
		traced = t->process;
		break;
	case ATTACH:
	case SEIZE:
		other = target_thread(s->target, (pid_t)call->view.args[1]);
		if (other && other->process != t->process)
			traced = other->process;
		break;
	}
	if (!traced)
		return false;
	vec_push(&s->releases, traced->pid);
	return true;
}
