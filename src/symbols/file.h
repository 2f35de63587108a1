/* SPDX-License-Identifier: GPL-3.0-or-later */
/* symbols/file.h: one ELF file, for the files of this room and for tests. */
#ifndef SCDB_SYMBOLS_FILE_H
#define SCDB_SYMBOLS_FILE_H

#include "symbols/image.h"

/*
 * The file behind FD, which it takes; one that is open already where it is the
 * same and has not changed.  PATH is kept for showing.  NULL: not a regular
 * file.
 */
struct symbol_file *file_open(struct symbols *s, int fd, const char *path);
/* The same from BYTES, which it takes; they come from malloc. */
struct symbol_file *file_from_copy(struct symbols *s, uint8_t *bytes,
                                   size_t len, const char *path);

#endif
