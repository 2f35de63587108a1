/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `$xmm0`, `$st0`, `$mxcsr` and their kin, as typed values. */
#include "session/world.h"

#include "base/alloc.h"
#include "session/internal.h"

#include <string.h>

static const struct type *xreg_type(const struct session *s,
                                    const struct arch_xreg *reg)
{
	struct type_pool *pool = s->world->pool;

	switch (reg->kind) {
	case XREG_CONTROL:
		return type_builtin(pool, "int");
	case XREG_MASK:
		return type_builtin(pool, "uint64_t");
	case XREG_X87:
		return type_builtin(pool, "long double");
	case XREG_VECTOR:
		break;
	}
	return type_vector_register(reg->size);
}

struct error *xreg_value(struct session *s, struct thread *t,
                         const struct arch_xreg *reg, struct value **v)
{
	uint8_t data[ARCH_XREG_MAX_BYTES];
	const struct arch_xstate *state;

	TRY(target_xstate(t, &state));
	arch_xreg_get(reg, state, data);
	*v = value_in_register(s->world, xreg_type(s, reg), reg->name, data);
	return NULL;
}

bool xreg_find(struct thread *t, const char *name, struct arch_xreg *reg)
{
	const struct arch_regs *regs;
	const struct arch *arch = arch_x86_64();
	struct error *err;

	if (t && t->state == THREAD_STOPPED) {
		err = target_regs(t, &regs);
		if (!err)
			arch = arch_of_regs(regs);
		error_destroy(err);
	}
	return arch_xreg_find(arch, name, reg);
}

struct error *xreg_write(struct thread *t, const struct arch_xreg *reg,
                         const void *data, size_t len)
{
	AUTO_FREE struct arch_xstate *state = xmalloc(sizeof(*state));
	uint8_t bytes[ARCH_XREG_MAX_BYTES];
	const struct arch_xstate *old;

	TRY(target_xstate(t, &old));
	*state = *old;
	arch_xreg_get(reg, old, bytes);
	memcpy(bytes, data, len < reg->size ? len : reg->size);
	if (!arch_xreg_set(reg, state, bytes))
		return error_new(ERROR_UNSUPPORTED, "$%s can't be written",
		                 reg->name);
	return target_set_xstate(t, state);
}
