/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/vec.h: a growing array of any type.
 *
 *	VEC(int) numbers = { 0 };
 *	vec_push(&numbers, 3);
 *	for (size_t i = 0; i < numbers.len; i++) use(numbers.items[i]);
 *	vec_deinit(&numbers);
 */
#ifndef SCDB_BASE_VEC_H
#define SCDB_BASE_VEC_H

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

#define VEC(type)              \
	struct {               \
		type *items;   \
		size_t len;    \
		size_t cap;    \
	}

#define vec_push(v, ...)                                              \
	do {                                                          \
		if ((v)->len == (v)->cap) {                           \
			(v)->cap = (v)->cap ? (v)->cap * 2 : 8;       \
			(v)->items = xrealloc((v)->items,             \
				(v)->cap * sizeof(*(v)->items));      \
		}                                                     \
		(v)->items[(v)->len++] = (__VA_ARGS__);               \
	} while (0)

/* Removes the item at INDEX and keeps the order. */
#define vec_remove(v, index)                                          \
	do {                                                          \
		size_t vec_at_ = (index);                             \
		memmove(&(v)->items[vec_at_], &(v)->items[vec_at_ + 1], \
			((v)->len - vec_at_ - 1) * sizeof(*(v)->items)); \
		(v)->len--;                                           \
	} while (0)

#define vec_deinit(v)                            \
	do {                                     \
		free((v)->items);                \
		(v)->items = NULL;               \
		(v)->len = (v)->cap = 0;         \
	} while (0)

#endif
