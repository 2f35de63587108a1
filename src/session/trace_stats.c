/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counting calls: how many, how many failed, how long they took.  The times of
 * a call go into classes, sixteen to each doubling, so that a median is right
 * to 3 % however many calls there were, in memory that does not grow.
 */
#include "session/trace_stats.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned class_of(uint64_t ns)
{
	unsigned top;

	if (ns < PARTS)
		return (unsigned)ns;
	top = 63 - (unsigned)__builtin_clzll(ns);
	return (top - PART_BITS + 1) * PARTS +
	       (unsigned)(ns >> (top - PART_BITS) & (PARTS - 1));
}

/* The middle of a class. */
static int64_t class_value(unsigned class)
{
	unsigned shift = class / PARTS;

	if (!shift)
		return class;
	shift--;
	return (int64_t)((PARTS + class % PARTS) * (1ull << shift) +
	                 (1ull << shift) / 2);
}

static struct stat_row *row_of(struct session *s,
                               const struct syscall_view *view)
{
	struct trace_stats *stats = s->traces.stats;
	/* Aligned addresses and odd numbers never meet. */
	uint64_t key = view->desc ? (uint64_t)(uintptr_t)view->desc
	               : view->nr * 8 + view->abi * 2 + 1;
	struct stat_row *row;

	if (!stats) {
		stats = s->traces.stats = xcalloc(1, sizeof(*stats));
		map_init(&stats->by_call);
		stats->since = trace_now();
	}
	row = map_get(&stats->by_call, key);
	if (row)
		return row;
	row = xcalloc(1, sizeof(*row));
	memcpy(row->name, view->name, sizeof(row->name));
	map_put(&stats->by_call, key, row);
	vec_push(&stats->rows, row);
	return row;
}

void trace_count(struct session *s, const struct syscall_view *view,
                 int64_t result, int64_t ns)
{
	struct stat_row *row = row_of(s, view);
	bool failed = arch_is_error(result) || arch_is_restart(result);

	if (ns < 0)
		ns = 0;
	if (!row->calls || ns < row->least)
		row->least = ns;
	if (ns > row->most)
		row->most = ns;
	row->calls++;
	row->errors += failed;
	row->ns += ns;
	row->classes[class_of((uint64_t)ns)]++;
}

/* The time that PERCENT of the calls did not exceed. */
static int64_t percentile(const struct stat_row *row, unsigned percent)
{
	uint64_t want = (row->calls * percent + 99) / 100, seen = 0;

	for (unsigned i = 0; i < CLASSES; i++) {
		seen += row->classes[i];
		if (seen >= want) {
			int64_t value = class_value(i);

			return value < row->least ? row->least
			       : value > row->most ? row->most : value;
		}
	}
	return row->most;
}

int64_t trace_weight(const struct stat_row *row, enum trace_sort by)
{
	switch (by) {
	case TRACE_SORT_TIME:
		return row->ns;
	case TRACE_SORT_MEAN:
		return row->ns / (int64_t)row->calls;
	case TRACE_SORT_MIN:
		return row->least;
	case TRACE_SORT_MEDIAN:
		return percentile(row, 50);
	case TRACE_SORT_MAX:
		return row->most;
	case TRACE_SORT_CALLS:
		return (int64_t)row->calls;
	case TRACE_SORT_ERRORS:
		return (int64_t)row->errors;
	case TRACE_SORT_NAME:
		break;
	}
	return 0;
}

static int compare(const void *a, const void *b, void *ctx)
{
	const struct stat_row *x = *(const struct stat_row *const *)a;
	const struct stat_row *y = *(const struct stat_row *const *)b;
	enum trace_sort by = *(const enum trace_sort *)ctx;
	int64_t left = trace_weight(x, by);
	int64_t right = trace_weight(y, by);

	if (left != right)
		return left < right ? 1 : -1;
	if (x->calls != y->calls && by != TRACE_SORT_NAME)
		return x->calls < y->calls ? 1 : -1;
	return strcmp(x->name, y->name);
}

static void put_us(struct out *o, const char *name, int64_t ns)
{
	out_int(o, name, ROLE_NUMBER, ns, "%lld", (long long)(ns + 500) / 1000);
}

static void put_percent(struct out *o, int64_t ns, int64_t total)
{
	char text[24];

	snprintf(text, sizeof(text), "%.2f",
	         total ? 100.0 * (double)ns / (double)total : 0.0);
	out_str(o, "percent", ROLE_NUMBER, text);
}

static void put_row(struct out *o, const struct stat_row *row, int64_t total)
{
	out_row(o);
	put_percent(o, row->ns, total);
	out_int(o, "ns", ROLE_NUMBER, row->ns, "%lld.%06lld",
	        (long long)row->ns / 1000000000,
	        (long long)row->ns % 1000000000 / 1000);
	put_us(o, "ns_per_call", row->calls
	       ? row->ns / (int64_t)row->calls : 0);
	put_us(o, "ns_least", row->least);
	put_us(o, "ns_median", percentile(row, 50));
	put_us(o, "ns_95", percentile(row, 95));
	put_us(o, "ns_most", row->most);
	out_uint(o, "calls", ROLE_NUMBER, row->calls, "%llu",
	         (unsigned long long)row->calls);
	out_uint(o, "errors", ROLE_NUMBER, row->errors,
	         row->errors ? "%llu" : "", (unsigned long long)row->errors);
	out_str(o, "call", ROLE_NAME, row->name);
}

struct trace_stats *trace_sorted(struct session *s)
{
	struct trace_stats *stats = s->traces.stats;
	enum trace_sort by = (enum trace_sort)s->settings.trace_sort;

	if (!stats)
		out_message(s->out, "note", ROLE_PLAIN, "nothing was counted: "
		            "`trace -c` does");
	else
		qsort_r(stats->rows.items, stats->rows.len,
		        sizeof(*stats->rows.items), compare, &by);
	return stats;
}

void trace_show_stats(struct session *s)
{
	static const struct out_column columns[] = {
		{ "percent", "% time", true }, { "ns", "seconds", true },
		{ "ns_per_call", "usecs/call", true },
		{ "ns_least", "min", true }, { "ns_median", "median", true },
		{ "ns_95", "95%", true }, { "ns_most", "max", true },
		{ "calls", "calls", true }, { "errors", "errors", true },
		{ "call", "syscall", false },
	};
	struct trace_stats *stats = trace_sorted(s);
	AUTO_FREE struct stat_row *all = NULL;

	if (!stats)
		return;
	all = xcalloc(1, sizeof(*all));
	snprintf(all->name, sizeof(all->name), "total");
	for (size_t i = 0; i < stats->rows.len; i++) {
		const struct stat_row *row = stats->rows.items[i];

		all->ns += row->ns;
		all->calls += row->calls;
		all->errors += row->errors;
		if (!i || row->least < all->least)
			all->least = row->least;
		if (row->most > all->most)
			all->most = row->most;
		for (size_t k = 0; k < CLASSES; k++)
			all->classes[k] += row->classes[k];
	}
	out_table_begin(s->out, "stats", columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < stats->rows.len; i++)
		put_row(s->out, stats->rows.items[i], all->ns);
	put_row(s->out, all, all->ns);
	out_table_end(s->out);
}

void trace_forget_stats(struct session *s)
{
	struct trace_stats *stats = s->traces.stats;

	if (!stats)
		return;
	for (size_t i = 0; i < stats->rows.len; i++)
		free(stats->rows.items[i]);
	vec_deinit(&stats->rows);
	map_deinit(&stats->by_call);
	free(stats);
	s->traces.stats = NULL;
}
