/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/history.h: the prompt's history, in $XDG_STATE_HOME/scdb/history.
 */
#ifndef SCDB_UI_HISTORY_H
#define SCDB_UI_HISTORY_H

#include <stddef.h>
#include <stdint.h>

/*
 * Reads what is there and makes the directories (mode 0700) and the file
 * (0600).  Returns its path, the caller frees it; NULL: no history is kept.
 * SIZE in lines here and below; 0: no limit.
 */
char *history_open(uint64_t size);
/* One more line, in memory and in the file at once. */
void history_keep(const char *file, const char *line, uint64_t size);
/* FN with the last COUNT lines and their numbers, oldest first. */
void history_each(size_t count,
                  void (*fn)(void *arg, uint64_t number, const char *line),
                  void *arg);
/* Shortens the file. */
void history_close(const char *file, uint64_t size);

#endif
