/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a tracee tells what a call returned: "NAME = RESULT [ERRNO]".
 *
 * After report_init() stdio leaves by writev, one for each fflush, so that a
 * catchpoint on write meets only the writes that a test is about.
 */
#ifndef TRACEES_REPORT_H
#define TRACEES_REPORT_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static inline ssize_t report_write(void *cookie, const char *text,
				   size_t len)
{
	struct iovec v = { (void *)(uintptr_t)text, len };

	(void)cookie;
	return writev(STDOUT_FILENO, &v, 1);
}

static inline bool failed(long r)
{
	return r < 0 && r >= -4095;
}

static inline void say_value(const char *name, long r)
{
	const char *e = failed(r) ? strerrorname_np((int)-r) : "";

	printf("%s = %ld%s%s", name, r, *(e ? e : "?") ? " " : "", e ? e : "?");
}

static inline void say(const char *name, long r)
{
	say_value(name, r);
	printf("\n");
}

static inline void say_bytes(const unsigned char *p, size_t n)
{
	size_t i;

	printf(" \"");
	for (i = 0; i < n; i++) {
		if (p[i] == '\n')
			printf("\\n");
		else if (p[i] == '"' || p[i] == '\\')
			printf("\\%c", p[i]);
		else if (p[i] >= ' ' && p[i] < 0x7f)
			printf("%c", p[i]);
		else
			printf("\\%03o", p[i]);
	}
	printf("\"\n");
}

static inline void report_init(void)
{
	cookie_io_functions_t io = { .write = report_write };

	stdout = fopencookie(NULL, "w", io);
	setvbuf(stdout, NULL, _IOFBF, 65536);
}

#endif
