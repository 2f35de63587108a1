/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Storing into what an optimiser tore into pieces. */
#include "expr/value_impl.h"

#include "base/alloc.h"
#include "base/vec.h"
#include "symbols/debug.h"

#include <string.h>

void value_put_bits(uint8_t *to, uint64_t at, const uint8_t *from,
                    uint64_t skip, uint64_t count)
{
	for (uint64_t i = 0; i < count; i++) {
		uint8_t mask = (uint8_t)(1 << ((at + i) & 7));
		uint64_t bit = skip + i;

		if (from[bit / 8] >> (bit & 7) & 1)
			to[(at + i) / 8] |= mask;
		else
			to[(at + i) / 8] &= (uint8_t)~mask;
	}
}

/* What is to be written where: all is known before anything is changed. */
struct piece_store {
	const struct location_piece *piece;
	uint8_t *data;
	size_t len;
	taddr addr;
};

typedef VEC(struct piece_store) store_list;

static void stores_deinit(store_list *list)
{
	for (size_t i = 0; i < list->len; i++)
		free(list->items[i].data);
	vec_deinit(list);
}

/* What stands around the piece now, into S. */
static struct error *read_around(const struct value *v, struct piece_store *s,
                                 uint64_t bits)
{
	const struct location_piece *p = s->piece;
	const struct location_context *context = v->context;

	s->addr = p->addr + p->bit_offset / 8;
	if (p->kind == LOCATION_REGISTER) {
		s->data = xcalloc(1, REG_MAX_BYTES);
		if (!v->frame || !context || !context->reg ||
		    !context->reg(context->ctx, p->reg, s->data, &s->len) ||
		    s->len > REG_MAX_BYTES || p->bit_offset > s->len * 8 ||
		    bits > s->len * 8 - p->bit_offset)
			return error_new(ERROR_NOT_FOUND, "a register that it "
			                 "is in is not known");
		return NULL;
	}
	if (p->kind != LOCATION_MEMORY)
		return error_new(ERROR_NOT_FOUND,
		                 "the left side is optimized out");
	s->len = (p->bit_offset % 8 + bits + 7) / 8;
	s->data = xcalloc(1, s->len + 1);
	if (memory_read(&v->world->memory, s->addr, s->data, s->len) != s->len)
		return error_fault(s->addr, "can't read memory at 0x%llx",
		                   (unsigned long long)s->addr);
	return NULL;
}

static struct error *collect(const struct value *v, const uint8_t *bytes,
                             uint64_t from, uint64_t count, store_list *list)
{
	uint64_t at = 0, all = type_size(v->type) * 8;

	for (size_t i = 0; i < v->location->count && at < all; i++) {
		const struct location_piece *p = &v->location->pieces[i];
		uint64_t bits = p->bits && p->bits < all - at ? p->bits
		                                              : all - at;
		struct piece_store s = { .piece = p };
		bool memory = p->kind == LOCATION_MEMORY;
		struct error *err;

		if (at < from + count && at + bits > from) {
			err = read_around(v, &s, bits);
			vec_push(list, s);
			if (err)
				return err;
			value_put_bits(s.data, memory ? p->bit_offset % 8
			               : p->bit_offset, bytes, at, bits);
		}
		at += bits;
	}
	return NULL;
}

struct error *value_store_pieces(struct value *v, const uint8_t *bytes,
                                 uint64_t at, uint64_t count)
{
	CLEANUP(stores_deinit) store_list list = { 0 };
	const struct value_world *w = v->world;

	if (!v->location)
		return error_new(ERROR_USAGE, "it can't be assigned to");
	TRY(collect(v, bytes, at, count, &list));
	for (size_t i = 0; i < list.len; i++) {
		const struct piece_store *s = &list.items[i];

		if (s->piece->kind == LOCATION_MEMORY)
			TRY(value_write_memory(v, s->addr, s->data, s->len));
		else if (w->write_reg)
			TRY(w->write_reg(w->ctx, v->frame, s->piece->reg,
			                 s->data, s->len));
		else
			return error_new(ERROR_UNSUPPORTED,
			                 "registers can't be written");
	}
	return NULL;
}
