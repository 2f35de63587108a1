/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * syscalls/ioctls.h: the requests of ioctl: their names (ioctls.inc, made from
 * ioctls.list) and what the argument of each is (ioctl_args.inc).
 *
 * All is constant data.  A number may have several names, since drivers that
 * never meet share it.
 */
#ifndef SCDB_SYSCALLS_IOCTLS_H
#define SCDB_SYSCALLS_IOCTLS_H

#include "syscalls/table.h"

struct ioctl_name {
	const char *name;
	uint32_t request;
	uint32_t abis;   /* bits 1 << enum abi */
};

/* The INDEXth name, in the order of numbers and names; NULL behind the last. */
const struct ioctl_name *ioctl_name_at(size_t index);
/*
 * The name of REQUEST in ABI behind LAST, or the first where LAST is NULL; NULL
 * where there are no more.
 */
const struct ioctl_name *ioctl_name_next(enum abi abi, uint32_t request,
                                         const struct ioctl_name *last);

/* The number of a request, as x86-64 has it where ABIs differ. */
bool ioctl_number(const char *name, int64_t *number);
/* Calls FN with the names that begin with PREFIX, each once. */
void ioctl_each(const char *prefix, void (*fn)(void *ctx, const char *name),
                void *ctx);

struct ioctl_arg {
	const char *name;       /* of the request */
	const char *signature;  /* of its argument */
};

/* The INDEXth, in the order of names; NULL behind the last. */
const struct ioctl_arg *ioctl_arg_at(size_t index);
/* What the argument of REQUEST is; NULL where nothing is known. */
const struct ioctl_arg *ioctl_arg_find(enum abi abi, uint32_t request);

#endif
