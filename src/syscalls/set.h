/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * syscalls/set.h: what a set of calls is made of; set.c fills one in, element
 * by element, and set_parse.c reads the elements.
 */
#ifndef SCDB_SYSCALLS_SET_H
#define SCDB_SYSCALLS_SET_H

#include "syscalls/table.h"

#include "base/vec.h"


/* A number above all tables that was named. */
struct set_extra {
	enum abi abi;
	uint64_t nr; /* without x32's bit */
	bool in;
};

struct syscall_set {
	char *text;
	uint64_t bits[ABI_COUNT][CALL_NUMBERS / 64];
	uint64_t subcalls; /* bit: index into subcall_at */
	bool rest[ABI_COUNT]; /* numbers above all tables */
	VEC(struct set_extra) extra; /* the last word on a number is at the
	                              * end */
	bool all;
};

/* One element of the text: which calls, and whether they come in or go out. */
struct set_element {
	bool in;
	unsigned abis; /* bit: enum abi */
	enum { SET_ALL, SET_NUMBER, SET_NAME, SET_CLASS, SET_REGEX } kind;
	uint64_t number;
	const char *name;
	uint32_t classes;
	struct pattern *regex;
};

struct syscall_set *set_create(void);
void set_fill(struct syscall_set *set, bool in);
/* Returns how many calls ELEMENT stands for. */
size_t set_apply(struct syscall_set *set, const struct set_element *element);
/* Says whether SET is everything; after the last element. */
void set_seal(struct syscall_set *set);

#endif
