/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/show_data.h: bytes of a call's buffers, for `info syscall`. */
#ifndef SCDB_SESSION_SHOW_DATA_H
#define SCDB_SESSION_SHOW_DATA_H

#include "session/session.h"
#include "syscalls/decode.h"

/* Whether argument INDEX is a buffer with bytes that are no text. */
bool data_is_binary(struct session *s, const struct decode_context *c,
                    unsigned index);
/* All such buffers, in hex, a list of records. */
void show_binary_data(struct session *s, const struct decode_context *c);

#endif
