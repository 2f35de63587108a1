/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmds/examine.h: `x`, for other commands too. */
#ifndef SCDB_CMDS_EXAMINE_H
#define SCDB_CMDS_EXAMINE_H

#include "cmds/format.h"
#include "session/session.h"

/* Memory at ADDR of the current thread, which is stopped, as `x/F` shows it. */
struct error *examine_at(struct session *s, const struct format *f,
                         taddr addr) MUST_CHECK;
/*
 * How many bytes from X->next on `x` with ARGS would read, X being what it goes
 * on from; 0: that can't be said.
 */
struct command_args;
struct examine_state;
size_t examine_wants(struct session *s, const struct command_args *args,
                     struct examine_state *x);
/* `x` without an address goes on at ADDR, and $_ is ADDR. */
void examine_stand_at(struct session *s, taddr addr);

#endif
