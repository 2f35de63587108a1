/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/hint.h"

#include "session/call.h"

#include <string.h>

/* Something is asked, or wants more lines. */
static const char *hint_of_question(const struct tui *t)
{
	struct prompt_line line;

	if (!prompt_line(t->prompt, &line))
		return "";
	return strstr(line.prompt, "(y or n)") ? "type y or n, then Enter"
	                                       : "a line `end` ends this";
}

static const char *hint_of_call(const struct thread *thread)
{
	const struct call *call = call_current(thread);

	if (call && call->phase == CALL_AT_ENTRY)
		return call->plan.fate == FATE_SKIP
		       ? "F7 goes on without it"
		       : "F7 runs it, F8 skips it";
	if (call && call->phase == CALL_AT_EXIT)
		return "it has run, F7: the next call";
	return "F7: the next call";
}

const char *tui_hint(const struct tui *t)
{
	const struct session *s = t->session;

	if (t->mode == TUI_FILTER)
		return t->note ? t->note : "Enter: keep it, Esc: as before";
	if (t->mode == TUI_EDIT && !t->note)
		return "Enter: take it, Esc: leave it";
	if (t->mode != TUI_NORMAL || t->note || t->progress ||
	    s->run == RUN_FOREGROUND)
		return "";
	if (t->prompt->nested)
		return hint_of_question(t);
	if (t->focus != PANE_PROMPT)
		return "q: back to the prompt";
	if (s->run == RUN_BACKGROUND)
		return "`interrupt` stops it";
	if (s->current && s->current->process->core)
		return "a core file: nothing runs";
	if (s->current)
		return hint_of_call(s->current);
	return s->program.path ? "F7 starts it, F5 runs it"
	                       : "`file` or `attach` chooses one";
}
