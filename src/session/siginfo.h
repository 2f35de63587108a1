/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/siginfo.h: the type of `$_siginfo`, which no debug information has. */
#ifndef SCDB_SESSION_SIGINFO_H
#define SCDB_SESSION_SIGINFO_H

#include "symbols/type.h"

struct siginfo_types;
/* *TYPES is the session's: made at the first question. */
const struct type *siginfo_type(struct siginfo_types **types);
void siginfo_types_destroy(struct siginfo_types *types);

#endif
