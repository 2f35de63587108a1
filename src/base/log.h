/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/log.h: messages for those who mend scdb, by room, to standard error.
 * Off unless SCDB_LOG names the room: SCDB_LOG=target,session or SCDB_LOG=all.
 */
#ifndef SCDB_BASE_LOG_H
#define SCDB_BASE_LOG_H

#include "base/types.h"

#include <stdbool.h>

enum log_room {
	LOG_TARGET,
	LOG_SYSCALLS,
	LOG_EXPR,
	LOG_SESSION,
	LOG_CMDS,
	LOG_UI,
	LOG_ROOMS,
};

/* Reads the environment; before this, all is off. */
void log_init(void);
bool log_enabled(enum log_room room);
void log_write(enum log_room room, const char *fmt, ...) PRINTF_LIKE(2, 3);

#define LOG(room, ...)                                \
	do {                                          \
		if (log_enabled(room))                \
			log_write(room, __VA_ARGS__); \
	} while (0)

#endif
