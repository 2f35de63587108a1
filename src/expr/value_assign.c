/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Storing a value where another stands. */
#include "expr/value_impl.h"

#include "base/alloc.h"

#include <string.h>

struct error *value_write_memory(const struct value *v, taddr addr,
                                 const void *data, size_t len)
{
	if (!v->world->write)
		return error_new(ERROR_REFUSED, "memory can't be written");
	return v->world->write(v->world->ctx, addr, data, len);
}

/* N into the bits of V, which begin at AROUND. */
static void merge_bits(const struct value *v, uint8_t *around, size_t len,
                       wide n)
{
	wide mask = v->bit_size < 128 ? ((wide)1 << v->bit_size) - 1
	                              : ~(wide)0;
	wide old = value_load(around, len, false);

	old &= ~(mask << v->bit_offset);
	value_store(around, len, old | (n & mask) << v->bit_offset);
}

static struct error *store_in_memory(struct value *to, const uint8_t *data,
                                     uint64_t size)
{
	size_t len = (to->bit_offset + to->bit_size + 7) / 8;
	uint8_t around[16] = { 0 };

	if (!to->bit_size)
		return value_write_memory(to, to->addr, data, size);
	if (len > sizeof(around))
		return error_new(ERROR_UNSUPPORTED,
		                 "a bit-field that is too wide");
	if (memory_read(&to->world->memory, to->addr, around, len) != len)
		return error_fault(to->addr, "can't read memory at 0x%llx",
		                   (unsigned long long)to->addr);
	merge_bits(to, around, len, value_load(data, size, false));
	return value_write_memory(to, to->addr, around, len);
}

/* The whole that TO is a part of, with the new bytes in their place. */
static struct error *store_in_whole(struct value *to, const uint8_t *data,
                                    uint64_t size)
{
	struct value *root = to->whole ? to->whole : to;
	const struct value_world *w = to->world;
	uint64_t all = type_size(root->type);
	AUTO_VALUE struct value *made = NULL;

	if (!root->bytes || to->offset > all || size > all - to->offset)
		return error_new(ERROR_USAGE, "it can't be assigned to");
	made = value_of_bytes(w, root->type, root->bytes);
	if (to->bit_size)
		merge_bits(to, made->bytes + to->offset, (to->bit_offset +
		           to->bit_size + 7) / 8,
		           value_load(data, size, false));
	else
		memcpy(made->bytes + to->offset, data, size);
	if (root->place == VALUE_IN_PIECES)
		TRY(value_store_pieces(root, made->bytes, to->offset * 8 +
		                       to->bit_offset, to->bit_size
		                       ? to->bit_size : size * 8));
	else if (root->place == VALUE_IN_VARIABLE && w->write_variable)
		TRY(w->write_variable(w->ctx, root->name, made));
	else if (root->place == VALUE_IN_REGISTER && root->name &&
	         w->write_named)
		TRY(w->write_named(w->ctx, root->name, made->bytes, all));
	else if (root->place == VALUE_IN_REGISTER && w->write_reg)
		TRY(w->write_reg(w->ctx, root->frame, root->reg, made->bytes,
		                 all));
	else
		return error_new(ERROR_UNSUPPORTED,
		                 "what is in pieces can't be assigned to");
	memcpy(root->bytes, made->bytes, all);
	return NULL;
}

static struct error *converted(struct value *to, struct value *from,
                               struct value **made)
{
	AUTO_VALUE struct value *plain = NULL;
	const struct type *t = type_strip(to->type);

	if (type_is_scalar(t))
		return value_cast(from, to->type, made);
	TRY(value_unreferenced(from, &plain));
	if (type_size(plain->type) == type_size(to->type) &&
	    type_strip(plain->type)->kind == t->kind) {
		*made = value_ref(plain);
		return NULL;
	}
	if (plain->is_string && t->kind == TYPE_ARRAY &&
	    type_size(plain->type) < type_size(to->type)) {
		/* The rest becomes NUL, as in an initialiser. */
		AUTO_FREE uint8_t *data = xcalloc(1, type_size(to->type) + 1);

		if (type_size(to->type) > VALUE_MAX_BYTES)
			return error_new(ERROR_REFUSED, "too large");
		memcpy(data, plain->bytes, type_size(plain->type));
		*made = value_of_bytes(to->world, to->type, data);
		return NULL;
	}
	return value_cast(plain, to->type, made);
}

struct error *value_assign(struct value *to, struct value *from,
                           struct value **result)
{
	AUTO_VALUE struct value *target = NULL, *made = NULL;
	const uint8_t *data;
	struct value *now;
	uint64_t size;

	TRY(value_unreferenced(to, &target));
	if (target->place == VALUE_NOWHERE ||
	    type_is_kind(target->type, TYPE_FUNCTION))
		return error_new(ERROR_USAGE,
		                 "the left side can't be assigned to");
	if (target->place == VALUE_OPTIMIZED_OUT)
		return error_new(ERROR_NOT_FOUND,
		                 "the left side is optimized out");
	TRY(converted(target, from, &made));
	TRY(value_bytes(made, &data));
	size = type_size(made->type);
	if (target->place == VALUE_IN_MEMORY)
		TRY(store_in_memory(target, data, size));
	else
		TRY(store_in_whole(target, data, size));
	now = value_new(target->world, target->type, target->place);
	now->addr = target->addr;
	now->bit_offset = target->bit_offset;
	now->bit_size = target->bit_size;
	if (target->place != VALUE_IN_MEMORY) {
		now->place = VALUE_NOWHERE;
		now->bytes = xcalloc(1, size + 1);
		memcpy(now->bytes, data, size);
	}
	*result = now;
	return NULL;
}
