/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/directory.h: directories of files that are to be made.
 */
#ifndef SCDB_BASE_DIRECTORY_H
#define SCDB_BASE_DIRECTORY_H

/*
 * Makes what PATH, which is absolute, stands in, for the user alone.  Whether
 * that worked shows when PATH itself is made.
 */
void directory_make_parents(char *path);

#endif
