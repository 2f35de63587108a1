/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmds/print.h: what the commands that show values share. */
#ifndef SCDB_CMDS_PRINT_H
#define SCDB_CMDS_PRINT_H

#include "cmds/format.h"
#include "expr/expr.h"
#include "expr/value.h"
#include "session/session.h"

/* The options at *TEXT (-pretty ... --); *TEXT moves behind them. */
struct error *print_options(const char **text,
                            struct value_style *style) MUST_CHECK;
/* Evaluates for the current thread ("": the last value); *VALUE is new, and
 * TEXT gets it as `print` shows it. */
struct error *print_evaluate(struct session *s, const char *expression,
                             const struct value_style *style,
                             struct value **value,
                             struct buf *text) MUST_CHECK;
/* Whether F means something to `print`. */
struct error *print_format(const struct format *f) MUST_CHECK;

#endif
