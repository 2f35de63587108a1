/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Classes by name, and names that somebody may have meant.
 */
#include "syscalls/table.h"

#include <string.h>

/* In the order of enum syscall_class's bits. */
static const char *const class_names[] = {
	"%file", "%network", "%desc", "%process", "%memory",
	"%signal", "%ipc", "%clock", "%creds", "%pure",
};

const char *const *syscall_class_names(size_t *count)
{
	*count = ARRAY_LEN(class_names);
	return class_names;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/*
 * How many letters must be put in, taken out, changed, or swapped with their
 * neighbour to make B out of A.  Both have at most SYSCALL_NAME_MAX.
 */
static unsigned edit_distance(const char *a, const char *b)
{
	unsigned lines[3][SYSCALL_NAME_MAX + 1];
	unsigned *before = lines[0], *last = lines[1], *now = lines[2];
	unsigned a_len = (unsigned)strlen(a), b_len = (unsigned)strlen(b);

	for (unsigned j = 0; j <= b_len; j++)
		now[j] = before[j] = j;
	for (unsigned i = 1; i <= a_len; i++) {
		unsigned *free_line = before;

		before = last;
		last = now;
		now = free_line;
		now[0] = i;
		for (unsigned j = 1; j <= b_len; j++) {
			now[j] = least(least(last[j], now[j - 1]) + 1,
				       last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				now[j] = least(now[j], before[j - 2] + 1);
		}
	}
	return now[b_len];
}

/* The best so far, best first. */
struct candidates {
	const char *word;
	const char **names;
	unsigned distances[16];
	size_t len;
	size_t max;
	unsigned limit; /* of distance */
};

static void consider(struct candidates *c, const char *name)
{
	unsigned distance;
	size_t at;

	if (strlen(name) > SYSCALL_NAME_MAX)
		return;
	distance = edit_distance(c->word, name);
	if (distance > c->limit)
		return;
	for (at = c->len; at && c->distances[at - 1] > distance; at--)
		;
	if (at == c->max)
		return;
	if (c->len < c->max)
		c->len++;
	for (size_t i = c->len - 1; i > at; i--) {
		c->names[i] = c->names[i - 1];
		c->distances[i] = c->distances[i - 1];
	}
	c->names[at] = name;
	c->distances[at] = distance;
}

size_t syscall_nearest(const char *word, const char *names[], size_t max)
{
	struct candidates c = { .word = word, .names = names };
	size_t len = strnlen(word, SYSCALL_NAME_MAX + 1);
	size_t count;
	const char *const *all;

	c.max = max < ARRAY_LEN(c.distances) ? max : ARRAY_LEN(c.distances);
	if (!len || len > SYSCALL_NAME_MAX || !c.max)
		return 0;
	/* Three changes make any short word out of any other. */
	c.limit = len < 3 ? 1 : len < 6 ? 2 : 3;
	all = *word == '%' ? syscall_class_names(&count)
			   : syscall_names(&count);
	/* strace's old spelling of a class is without `%`. */
	for (size_t i = 0; *word != '%' && i < ARRAY_LEN(class_names); i++)
		if (!strcmp(class_names[i] + 1, word)) {
			c.distances[c.len] = 0;
			names[c.len++] = class_names[i];
			c.limit = 0;
		}
	for (size_t i = 0; i < count; i++)
		consider(&c, all[i]);
	/* Next to a near one those far off only distract. */
	while (c.len && c.distances[c.len - 1] > c.distances[0] + 1)
		c.len--;
	return c.len;
}
