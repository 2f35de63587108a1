/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "syscalls/constants.h"

#include "syscalls/decode.h"
#include "syscalls/ioctls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIST(list, unknown) static const struct constant list_##list[] = {
#define CONSTANT(id, number, field) { #id, number, field },
#define LIST_END };
#include "syscalls/constants.inc"
#undef LIST
#undef CONSTANT
#undef LIST_END

#define LIST(list, unknown) \
	{ #list, unknown, list_##list, ARRAY_LEN(list_##list) },
#define CONSTANT(id, number, field)
#define LIST_END
static const struct constant_list lists[] = {
#include "syscalls/constants.inc"
};
#undef LIST
#undef CONSTANT
#undef LIST_END

/* The first and last real-time signals of the kernel's own counting. */
enum { SIGNAL_RT_FIRST = 32, SIGNAL_RT_LAST = 64 };

const struct constant_list *constant_list_at(size_t index)
{
	return index < ARRAY_LEN(lists) ? &lists[index] : NULL;
}

const struct constant_list *constant_list_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		if (!strcmp(lists[i].name, name))
			return &lists[i];
	}
	return NULL;
}

/*
 * Negative constants are kept in 64 bits; a 32-bit argument holds their lower
 * half.
 */
static bool same_number(uint64_t constant, uint64_t value)
{
	return constant == value ||
	       (value <= UINT32_MAX && (int64_t)constant < 0 &&
	        (int64_t)constant >= INT32_MIN && (uint32_t)constant == value);
}

const char *constant_name(const struct constant_list *list, uint64_t value)
{
	for (size_t i = 0; list && i < list->count; i++) {
		if (same_number(list->items[i].value, value))
			return list->items[i].name;
	}
	return NULL;
}

/* A number that LIST has no name for. */
static void put_unknown(const struct constant_list *list, uint64_t value,
                        struct buf *out)
{
	buf_printf(out, "%#llx", (unsigned long long)value);
	if (list && *list->unknown)
		buf_printf(out, " /* %s */", list->unknown);
}

void constant_put_enum(const struct constant_list *list, uint64_t value,
                       struct buf *out)
{
	const char *name = constant_name(list, value);

	if (name)
		buf_puts(out, name);
	else
		put_unknown(list, value, out);
}

static void put_bar(size_t start, struct buf *out)
{
	if (out->len > start)
		buf_putc(out, '|');
}

/* Whether ITEM is what VALUE says, REST being its bits not yet named. */
static bool flag_holds(const struct constant *item, uint64_t value,
                       uint64_t rest)
{
	if (item->mask)
		return (value & item->mask) == item->value;
	return item->value && (rest & item->value) == item->value;
}

/*
 * Whether the INDEXth item is the last value of its field.  What has but one
 * value is a mark in bits that have names of their own (MS_MGC_VAL).
 */
static bool ends_field(const struct constant_list *list, size_t index)
{
	uint64_t mask = list->items[index].mask;

	return mask && index && list->items[index - 1].mask == mask &&
	       (index + 1 == list->count ||
	        list->items[index + 1].mask != mask);
}

void constant_put_flags(const struct constant_list *list, uint64_t value,
                        struct buf *out)
{
	size_t start = out->len;
	uint64_t named = 0; /* fields that have got their name */
	uint64_t rest = value;

	for (size_t i = 0; list && i < list->count; i++) {
		const struct constant *item = &list->items[i];

		if ((item->mask & ~named || !item->mask) &&
		    flag_holds(item, value, rest)) {
			put_bar(start, out);
			buf_puts(out, item->name);
			named |= item->mask;
			rest &= ~item->value;
		}
		if (ends_field(list, i) && rest & item->mask & ~named) {
			put_bar(start, out);
			put_unknown(list, rest & item->mask & ~named, out);
			rest &= ~item->mask | named;
		}
	}
	if (rest && out->len == start) {
		put_unknown(list, rest, out);
	} else if (rest) {
		buf_printf(out, "|%#llx", (unsigned long long)rest);
	} else if (out->len == start) {
		const char *none = constant_name(list, 0);

		buf_puts(out, none ? none : "0");
	}
}

bool constant_value(const char *name, int64_t *value)
{
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		for (size_t j = 0; j < lists[i].count; j++) {
			if (!strcmp(lists[i].items[j].name, name)) {
				*value = (int64_t)lists[i].items[j].value;
				return true;
			}
		}
	}
	return ioctl_number(name, value);
}

/* Whether a list before LIST, or LIST before ITEM, has that name already. */
static bool named_before(size_t list, size_t item)
{
	const char *name = lists[list].items[item].name;

	for (size_t i = 0; i <= list; i++) {
		size_t end = i == list ? item : lists[i].count;

		for (size_t j = 0; j < end; j++) {
			if (!strcmp(lists[i].items[j].name, name))
				return true;
		}
	}
	return false;
}

void constant_each(const char *prefix, void (*fn)(void *ctx, const char *name),
                   void *ctx)
{
	size_t len = strlen(prefix);

	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		for (size_t j = 0; j < lists[i].count; j++) {
			const char *name = lists[i].items[j].name;

			if (!strncmp(name, prefix, len) && !named_before(i, j))
				fn(ctx, name);
		}
	}
	ioctl_each(prefix, fn, ctx);
}

static int number_in(const struct constant *items, size_t count,
                     const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (!strcmp(items[i].name, name))
			return (int)items[i].value;
	}
	return 0;
}

const char *errno_name(int errnum)
{
	for (size_t i = 0; errnum > 0 && i < ARRAY_LEN(list_errno); i++) {
		if ((int)list_errno[i].value == errnum)
			return list_errno[i].name;
	}
	return NULL;
}

int errno_number(const char *name)
{
	return number_in(list_errno, ARRAY_LEN(list_errno), name);
}

const char *signal_name(int signum, char data[16])
{
	for (size_t i = 0; i < ARRAY_LEN(list_signal); i++) {
		if ((int)list_signal[i].value == signum)
			return list_signal[i].name;
	}
	if (signum < SIGNAL_RT_FIRST || signum > SIGNAL_RT_LAST)
		return NULL;
	if (signum == SIGNAL_RT_FIRST)
		return "SIGRTMIN";
	snprintf(data, 16, "SIGRT_%d", signum - SIGNAL_RT_FIRST);
	return data;
}

int signal_number(const char *name)
{
	char full[24];
	char *end;
	long number;

	if (*name >= '0' && *name <= '9') {
		number = strtol(name, &end, 10);
		return *end || number > SIGNAL_RT_LAST ? 0 : (int)number;
	}
	if (strlen(name) > 12)
		return 0;
	snprintf(full, sizeof(full), "%s%s",
	         strncmp(name, "SIG", 3) ? "SIG" : "", name);
	if (!strcmp(full, "SIGRTMIN"))
		return SIGNAL_RT_FIRST;
	if (!strcmp(full, "SIGRTMAX"))
		return SIGNAL_RT_LAST;
	if (!strncmp(full, "SIGRT_", 6) && full[6] >= '0' && full[6] <= '9') {
		number = strtol(full + 6, &end, 10);
		if (*end || number > SIGNAL_RT_LAST - SIGNAL_RT_FIRST)
			return 0;
		return SIGNAL_RT_FIRST + (int)number;
	}
	return number_in(list_signal, ARRAY_LEN(list_signal), full);
}
