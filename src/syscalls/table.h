/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * syscalls/table.h: the tables of calls as this room's own files see them.
 *
 * All is constant data, or made once on first use and constant from then on;
 * nobody frees it.
 */
#ifndef SCDB_SYSCALLS_TABLE_H
#define SCDB_SYSCALLS_TABLE_H

#include "syscalls/syscalls.h"

#include "arch/call_bits.h"

/* No ABI's table has a number as high as this. */
enum { CALL_NUMBERS = CALL_BITS };

/* For which calls of its name a row of signatures.inc is. */
enum call_form {
	FORM_X86_64 = ABI_X86_64,
	FORM_X32 = ABI_X32,
	FORM_I386 = ABI_I386,
	FORM_ANY, /* all that have no row of their own */
	FORM_SUB, /* a subcall of i386's ipc */
};

struct call_row {
	const char *name;
	uint32_t classes;
	uint32_t traits;
	enum syscall_result result;
	enum call_form form;
	const char *signature;
};

/* Rows in the order of their names; NULL behind the last. */
const struct call_row *call_row_at(size_t index);
/* The row for NAME in FORM; FORM_ANY's where FORM has none; NULL where no call
 * has this name. */
const struct call_row *call_row_find(const char *name, enum call_form form);
/* Its signature parsed. */
const struct syscall_desc *call_row_desc(const struct call_row *row);

/* NULL where ABI has no such number (x32 without its bit). */
const char *call_name_at(enum abi abi, unsigned nr);
/* NR without x32's bit. */
uint64_t call_plain_number(enum abi abi, uint64_t nr);

struct subcall {
	const char *multiplexer; /* "socketcall", "ipc" */
	unsigned number;         /* its first argument */
	const char *name;
	const char *map;         /* see syscalls/subcalls.inc */
};

enum { SUBCALLS_MAX = 64 };
/* NULL behind the last; at most SUBCALLS_MAX. */
const struct subcall *subcall_at(size_t index);

/*
 * Parses a row's signature into DESC's arguments.  False where TEXT is not
 * well-formed or too large for DESC.
 */
bool signature_parse(const char *text, struct syscall_desc *desc);

#endif
