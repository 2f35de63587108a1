/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What becomes of a signal on its way to the program: gdb's table ("Signals" in
 * its manual): all stop, print and pass but those that are part of a program's
 * normal work; SIGINT, which asks for the debugger, is not passed.
 */
#include "session/internal.h"

#include "base/alloc.h"

#include <assert.h>

struct signal_table {
	struct signal_action actions[NSIG];
};

struct signal_table *signals_create(void)
{
	static const int quiet[] = { SIGALRM, SIGURG, SIGIO, SIGVTALRM,
	                             SIGPROF, SIGCHLD, SIGWINCH };
	struct signal_table *table = xcalloc(1, sizeof(*table));

	for (int i = 0; i < NSIG; i++)
		table->actions[i] = (struct signal_action){ true, true, true };
	for (size_t i = 0; i < ARRAY_LEN(quiet); i++)
		table->actions[quiet[i]].stop =
			table->actions[quiet[i]].print = false;
	/* glibc's own: cancellation and set*id (nptl). */
	table->actions[32] = table->actions[33] =
		(struct signal_action){ false, false, true };
	table->actions[SIGINT].pass = false;
	return table;
}

void signals_destroy(struct signal_table *table)
{
	free(table);
}

struct signal_action session_signal_action(const struct session *s, int signum)
{
	if (signum <= 0 || signum >= NSIG)
		return (struct signal_action){ true, true, true };
	return s->signals->actions[signum];
}

void session_handle_signal(struct session *s, int signum,
                           struct signal_action action)
{
	assert(signum > 0 && signum < NSIG);
	s->signals->actions[signum] = action;
}

void session_pass_signals(struct session *s)
{
	for (int i = 0; i < NSIG; i++)
		s->signals->actions[i] =
			(struct signal_action){ .pass = true };
}

enum verdict signals_at_stop(struct session *s, struct thread *t)
{
	struct signal_action action = session_signal_action(s, t->stop.signal);

	if (action.stop)
		return SHOW;
	if (action.print) {
		output_begin(s);
		show_signal(s, t);
		output_end(s);
	}
	return GO_ON;
}
