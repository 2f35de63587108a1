/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/siginfo.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { SIGINFO_BYTES = 128 };

/* The structures in siginfo's union, and what they are made of. */
enum part {
	PART_KILL, PART_TIMER, PART_RT, PART_CHILD, PART_BOUND, PART_FAULT,
	PART_POLL, PART_SYS, PART_VALUE, PART_FIELDS, PART_WHOLE, PART_COUNT,
};

struct siginfo_types {
	struct type_pool *pool;         /* of 64-bit types, for all tracees */
	struct type *parts[PART_COUNT];
};

static struct siginfo_types *types_of(struct siginfo_types **types)
{
	if (!*types)
		*types = xcalloc(1, sizeof(**types));
	if (!(*types)->pool)
		(*types)->pool = type_pool_create(8);
	return *types;
}

void siginfo_types_destroy(struct siginfo_types *types)
{
	if (!types)
		return;
	for (size_t i = 0; i < PART_COUNT; i++)
		type_unmake(types->parts[i]);
	type_pool_destroy(types->pool);
	free(types);
}

/* The kernel's siginfo of 64-bit programs, as gdb names its members; TYPE
 * NULL: the part; OFFSET is of the structure. */
static const struct field {
	enum part of;
	const char *name, *type;
	enum part part;
	unsigned offset;
} fields[] = {
	{ PART_VALUE, "sival_int", "int", 0, 0 },
	{ PART_VALUE, "sival_ptr", "*", 0, 0 },
	{ PART_KILL, "si_pid", "int", 0, 0 },
	{ PART_KILL, "si_uid", "unsigned int", 0, 4 },
	{ PART_TIMER, "si_tid", "int", 0, 0 },
	{ PART_TIMER, "si_overrun", "int", 0, 4 },
	{ PART_TIMER, "si_sigval", NULL, PART_VALUE, 8 },
	{ PART_RT, "si_pid", "int", 0, 0 },
	{ PART_RT, "si_uid", "unsigned int", 0, 4 },
	{ PART_RT, "si_sigval", NULL, PART_VALUE, 8 },
	{ PART_CHILD, "si_pid", "int", 0, 0 },
	{ PART_CHILD, "si_uid", "unsigned int", 0, 4 },
	{ PART_CHILD, "si_status", "int", 0, 8 },
	{ PART_CHILD, "si_utime", "long", 0, 16 },
	{ PART_CHILD, "si_stime", "long", 0, 24 },
	{ PART_BOUND, "_lower", "*", 0, 0 },
	{ PART_BOUND, "_upper", "*", 0, 8 },
	{ PART_FAULT, "si_addr", "*", 0, 0 },
	{ PART_FAULT, "_addr_lsb", "short", 0, 8 },
	{ PART_FAULT, "_addr_bnd", NULL, PART_BOUND, 16 },
	{ PART_POLL, "si_band", "long", 0, 0 },
	{ PART_POLL, "si_fd", "int", 0, 8 },
	{ PART_SYS, "_call_addr", "*", 0, 0 },
	{ PART_SYS, "_syscall", "int", 0, 8 },
	{ PART_SYS, "_arch", "unsigned int", 0, 12 },
	{ PART_FIELDS, "_pad", "pad", 0, 0 },
	{ PART_FIELDS, "_kill", NULL, PART_KILL, 0 },
	{ PART_FIELDS, "_timer", NULL, PART_TIMER, 0 },
	{ PART_FIELDS, "_rt", NULL, PART_RT, 0 },
	{ PART_FIELDS, "_sigchld", NULL, PART_CHILD, 0 },
	{ PART_FIELDS, "_sigfault", NULL, PART_FAULT, 0 },
	{ PART_FIELDS, "_sigpoll", NULL, PART_POLL, 0 },
	{ PART_FIELDS, "_sigsys", NULL, PART_SYS, 0 },
	{ PART_WHOLE, "si_signo", "int", 0, 0 },
	{ PART_WHOLE, "si_errno", "int", 0, 4 },
	{ PART_WHOLE, "si_code", "int", 0, 8 },
	{ PART_WHOLE, "_sifields", NULL, PART_FIELDS, 16 },
};

static const struct type *field_type(const struct siginfo_types *types,
                                     const struct field *f)
{
	struct type_pool *pool = types->pool;

	if (!f->type)
		return types->parts[f->part];
	if (strcmp(f->type, "*") == 0)
		return type_pointer_to(pool, type_void(pool));
	if (strcmp(f->type, "pad") == 0)
		return type_array_of(pool, type_builtin(pool, "int"), 28);
	return type_builtin(pool, f->type);
}

static struct type *make_part(const struct siginfo_types *types, enum part part)
{
	struct type_member members[ARRAY_LEN(fields)] = { { 0 } };
	uint64_t size = part == PART_WHOLE ? SIGINFO_BYTES : 0;
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		struct type_member *m = &members[count];

		if (fields[i].of != part)
			continue;
		m->name = fields[i].name;
		m->type = field_type(types, &fields[i]);
		m->offset = fields[i].offset;
		if (m->offset + type_size(m->type) > size)
			size = m->offset + type_size(m->type);
		count++;
	}
	return type_make(part == PART_VALUE || part == PART_FIELDS
	                 ? TYPE_UNION : TYPE_STRUCT,
	                 part == PART_WHOLE ? "siginfo" : NULL, size, members,
	                 count);
}

const struct type *siginfo_type(struct siginfo_types **all)
{
	/* Those that others are made of come first. */
	static const enum part order[] = {
		PART_VALUE, PART_BOUND, PART_KILL, PART_TIMER, PART_RT,
		PART_CHILD, PART_FAULT, PART_POLL, PART_SYS, PART_FIELDS,
		PART_WHOLE,
	};
	struct siginfo_types *types = types_of(all);

	for (size_t i = 0; i < ARRAY_LEN(order) && !types->parts[PART_WHOLE];
	     i++)
		types->parts[order[i]] = make_part(types, order[i]);
	return types->parts[PART_WHOLE];
}
