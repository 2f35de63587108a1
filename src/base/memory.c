/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

/* Reads never straddle this, the smallest page of any Linux. */
enum { PAGE = 4096 };

size_t memory_read(const struct memory *m, taddr addr, void *data, size_t len)
{
	if (!m || !m->read || !len)
		return 0;
	return m->read(m->ctx, addr, data, len);
}

void memory_read_many(const struct memory *m, struct memory_want *wants,
                      size_t count)
{
	if (m && m->read_many) {
		m->read_many(m->ctx, wants, count);
		return;
	}
	for (size_t i = 0; i < count; i++)
		wants[i].got = memory_read(m, wants[i].addr, wants[i].data,
		                           wants[i].len);
}

bool memory_foresees(const struct memory *m)
{
	return m && m->foresee;
}

void memory_foresee(const struct memory *m, const struct memory_place *places,
                    size_t count)
{
	if (memory_foresees(m) && count)
		m->foresee(m->ctx, places, count);
}

ssize_t memory_read_string(const struct memory *m, taddr addr, char *data,
                           size_t max, _Bool *cut)
{
	size_t done = 0;

	assert(max > 0);
	*cut = true;
	while (done < max - 1) {
		size_t want = PAGE - (size_t)((addr + done) % PAGE);
		size_t got;
		char *end;

		if (want > 256 && done == 0)
			want = 256; /* most strings are short */
		if (want > max - 1 - done)
			want = max - 1 - done;
		got = memory_read(m, addr + done, data + done, want);
		end = memchr(data + done, '\0', got);
		if (end) {
			*cut = false;
			return end - data;
		}
		done += got;
		if (got < want)
			break;
	}
	data[done] = '\0';
	return done || max == 1 ? (ssize_t)done : -1;
}
