/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmds/examine.h: `x`, for other commands too. */
#ifndef SCDB_CMDS_EXAMINE_H
#define SCDB_CMDS_EXAMINE_H

#include "cmds/format.h"
#include "session/session.h"

/* Memory at ADDR of the current thread, which is stopped, as `x/F` shows it. */
struct error *examine_at(struct session *s, const struct format *f,
                         taddr addr) MUST_CHECK;
/* `x` without an address goes on at ADDR, and $_ is ADDR. */
void examine_stand_at(struct session *s, taddr addr);

#endif
