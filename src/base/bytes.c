/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"

#include "base/alloc.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64 };

typedef uint8_t lane __attribute__((vector_size(16)));
typedef uint64_t halves __attribute__((vector_size(16)));

bool byte_pattern_add(struct byte_pattern *p, const void *bytes,
                      const void *mask, size_t len)
{
	if (len > BYTE_PATTERN_MAX - p->len)
		return false;
	if (!len)
		return true;
	p->bytes = xrealloc(p->bytes, p->len + len);
	p->mask = xrealloc(p->mask, p->len + len);
	memcpy(p->bytes + p->len, bytes, len);
	if (mask)
		memcpy(p->mask + p->len, mask, len);
	else
		memset(p->mask + p->len, 0xff, len);
	for (size_t i = p->len; i < p->len + len; i++)
		p->bytes[i] &= p->mask[i];
	p->len += len;
	return true;
}

void byte_pattern_deinit(struct byte_pattern *p)
{
	free(p->bytes);
	free(p->mask);
	*p = (struct byte_pattern){ 0 };
}

/* How often a byte is met in memory, roughly: more is worse. */
static unsigned commonness(uint8_t byte)
{
	if (byte == 0)
		return 5;
	if (byte == 0xff)
		return 4;
	if (byte < 0x10)
		return 3;
	return byte == ' ' || byte == 'e' || byte == 0x48 ? 2 : 1;
}

void byte_pattern_prepare(struct byte_pattern *p)
{
	unsigned best = 6, next = 6;

	assert(p->len);
	p->has_anchor = false;
	p->is_zero = true;
	for (size_t i = 0; i < p->len; i++) {
		unsigned c = commonness(p->bytes[i]);

		p->is_zero &= !p->bytes[i];
		if (p->mask[i] != 0xff)
			continue;
		if (c < best) {
			p->second = p->has_anchor ? p->first : i;
			p->first = i;
			next = best;
			best = c;
		} else if (c < next) {
			p->second = i;
			next = c;
		}
		p->has_anchor = true;
	}
}

static bool fits(const struct byte_pattern *p, const uint8_t *data)
{
	size_t i = 0;

	for (; i + 8 <= p->len; i += 8) {
		uint64_t have, want, mask;

		memcpy(&have, data + i, 8);
		memcpy(&want, p->bytes + i, 8);
		memcpy(&mask, p->mask + i, 8);
		if ((have & mask) != want)
			return false;
	}
	for (; i < p->len; i++)
		if ((data[i] & p->mask[i]) != p->bytes[i])
			return false;
	return true;
}

/* The first that begins from FROM on, before END; END: none. */
static size_t one_by_one(const struct byte_pattern *p, const uint8_t *data,
                         size_t from, size_t end)
{
	uint8_t a = p->bytes[p->first], b = p->bytes[p->second];

	for (; from < end; from++) {
		if (p->has_anchor && (data[from + p->first] != a ||
		                      data[from + p->second] != b))
			continue;
		if (fits(p, data + from))
			return from;
	}
	return end;
}

static lane load(const uint8_t *data)
{
	lane l;

	memcpy(&l, data, sizeof(l));
	return l;
}

/* Whether both bytes are where they must be, for any of BLOCK beginnings. */
static bool any_in_block(const uint8_t *first, const uint8_t *second, lane a,
                         lane b)
{
	lane hit = { 0 };
	halves h;

	for (size_t i = 0; i < BLOCK; i += sizeof(lane))
		hit |= (lane)((load(first + i) == a) &
		              (load(second + i) == b));
	h = (halves)hit;
	return h[0] | h[1];
}

size_t byte_pattern_find(const struct byte_pattern *p, const uint8_t *data,
                         size_t len, size_t from)
{
	size_t end = len >= p->len ? len - p->len + 1 : 0;
	lane a, b;
	size_t at;

	if (from >= end)
		return len;
	memset(&a, p->bytes[p->first], sizeof(a));
	memset(&b, p->bytes[p->second], sizeof(b));
	while (p->has_anchor && from + BLOCK <= end) {
		if (any_in_block(data + from + p->first,
		                 data + from + p->second, a, b)) {
			at = one_by_one(p, data, from, from + BLOCK);
			if (at < from + BLOCK)
				return at;
		}
		from += BLOCK;
	}
	at = one_by_one(p, data, from, end);
	return at < end ? at : len;
}
