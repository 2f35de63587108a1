/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `x/i`: instructions of a stopped thread. */
#include "cmds/examine.h"
#include "cmds/internal.h"

struct error *examine_code(struct session *s, struct examine_state *x,
                           uint64_t count)
{
	for (; count; count--) {
		taddr next;

		if (s->hooks.interrupted &&
		    s->hooks.interrupted(s->hooks.ctx))
			return error_new(ERROR_INTERRUPTED, "interrupted");
		TRY(code_show_insn(s, x->next, &next));
		x->last = x->next;
		x->next = next;
	}
	return NULL;
}
