/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What breakpoints say of a thread that ran into a site. */
#include "session/internal.h"

void breakpoints_at_site(struct session *s, struct thread *t, taddr addr,
                         struct catch_verdict *verdict)
{
	(void)s, (void)t, (void)addr, (void)verdict;
}
