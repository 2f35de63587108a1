/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/directory.h"

#include <string.h>
#include <sys/stat.h>

void directory_make_parents(char *path)
{
	for (char *at = path + 1; (at = strchr(at, '/')); at++) {
		*at = '\0';
		mkdir(path, 0700);
		*at = '/';
	}
}
