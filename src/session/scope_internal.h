/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/scope_internal.h: what names stand for between their being looked up
 * (session/scope.c) and asked for (session/scope_value.c).
 */
#ifndef SCDB_SESSION_SCOPE_INTERNAL_H
#define SCDB_SESSION_SCOPE_INTERNAL_H

#include "expr/expr.h"
#include "syscalls/decode.h"

enum slot {
	SLOT_ARG, /* ref.data is the argument's name */
	SLOT_FIELD, /* ref.data is the struct field_name */
	SLOT_RET, SLOT_ERRNO, SLOT_PID, SLOT_TID, SLOT_COMM, SLOT_NR,
	SLOT_CALLER_MODULE, SLOT_CALLER_FUNCTION,
	SLOT_REG, /* ref.data is the struct arch_reg */
	SLOT_EXITCODE, SLOT_BPNUM, SLOT_RULENUM,
	SLOT_VARIABLE, /* ref.data is the struct variable */
};

enum expr_type scope_arg_type(const struct syscall_arg *arg);
/* A name that is known of every stop. */
bool scope_find_fixed(const char *name, struct expr_ref *ref);
/* Whether V is a string, or an integer of at most 64 bits: the machine's too. */
bool scope_plain_value(struct value *v, struct expr_value *plain);

#endif
