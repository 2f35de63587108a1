/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pattern.h"

#include <stdlib.h>
#include <string.h>

/* Bounds which the C library does not set itself. */
enum { PATTERN_MAX = 1024, REPEATS_MAX = 10000 };

const char *pattern_fault(const char *s, size_t len)
{
	unsigned long repeats = 1;

	if (len > PATTERN_MAX)
		return "the pattern is too long";
	for (; *s; s++) {
		if (*s == '\\' && s[1] >= '1' && s[1] <= '9')
			return "the pattern has a back-reference";
		if (*s == '\\' && s[1]) {
			s++;
		} else if (*s == '{') {
			char *end;
			unsigned long n = strtoul(s + 1, &end, 10);

			if (*end == ',' && end[1] != '}')
				n = strtoul(end + 1, NULL, 10);
			if (n > REPEATS_MAX || (repeats *= n ? n : 1) >
			                       REPEATS_MAX)
				return "the pattern repeats too much";
		}
	}
	return NULL;
}

bool path_is_below(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	while (len && dir[len - 1] == '/')
		len--;
	return strncmp(path, dir, len) == 0 &&
	       (!path[len] || path[len] == '/');
}
