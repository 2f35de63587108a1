/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `info stats -b`: what was counted as bars, and how many calls a second there
 * are.  The numbers are those of `info stats`.
 */
#include "session/trace_stats.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { SECOND = 1000000000, EIGHTHS = 8 };

int64_t trace_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * SECOND + now.tv_nsec;
}

/*
 * A look within a second of the one before sees the rates of that: who looks
 * often sees no noise.
 */
static void measure_rates(struct trace_stats *stats)
{
	int64_t now = trace_now(), took = now - stats->since;
	bool whole = took >= SECOND;

	if (took <= 0 || (stats->rated && !whole))
		return;
	for (size_t i = 0; i < stats->rows.len; i++) {
		struct stat_row *row = stats->rows.items[i];

		row->rate = (double)(row->calls - row->before) * SECOND /
		            (double)took;
		if (whole)
			row->before = row->calls;
	}
	if (whole) {
		stats->since = now;
		stats->rated = true;
	}
}

/* PART of WHOLE in at most COLUMNS. */
static void put_bar(struct buf *bar, int64_t part, int64_t whole,
                    unsigned columns, bool utf8)
{
	static const char *const parts[EIGHTHS] = {
		"", "▏", "▎", "▍", "▌", "▋", "▊", "▉",
	};
	double share = whole > 0 ? (double)part / (double)whole : 0;
	unsigned eighths = (unsigned)(share * columns * EIGHTHS + 0.5);

	for (unsigned i = 0; i < eighths / EIGHTHS; i++)
		buf_puts(bar, utf8 ? "█" : "#");
	if (utf8)
		buf_puts(bar, parts[eighths % EIGHTHS]);
	else if (eighths % EIGHTHS >= EIGHTHS / 2)
		buf_putc(bar, '#');
}

/* By name nothing weighs anything: then it is the calls that count. */
static int64_t weigh(const struct session *s, const struct stat_row *row)
{
	enum trace_sort by = (enum trace_sort)s->settings.trace_sort;

	return trace_weight(row, by == TRACE_SORT_NAME ? TRACE_SORT_CALLS : by);
}

static void put_row(struct session *s, const struct stat_row *row, int64_t most)
{
	unsigned columns = s->out->width && s->out->width < 80 ? 10 : 20;
	int64_t weight = weigh(s, row);
	AUTO_BUF struct buf bar = { 0 };
	struct out *o = s->out;
	char share[24];

	buf_init(&bar);
	put_bar(&bar, weight, most, columns, o->utf8);
	snprintf(share, sizeof(share), "%.2f",
	         most > 0 ? 100.0 * (double)weight / (double)most : 0.0);
	out_row(o);
	out_str(o, "call", ROLE_NAME, row->name);
	out_str_shown(o, "share", ROLE_GOOD, share, bar.data);
	out_uint(o, "calls", ROLE_NUMBER, row->calls, "%llu",
	         (unsigned long long)row->calls);
	out_uint(o, "per_second", ROLE_NUMBER, (uint64_t)(row->rate + 0.5),
	         "%.0f", row->rate);
	out_uint(o, "errors", ROLE_ERROR, row->errors,
	         row->errors ? "%llu" : "", (unsigned long long)row->errors);
	out_int(o, "ns_per_call", ROLE_NUMBER, row->ns / (int64_t)row->calls,
	        "%lld", (long long)(row->ns / (int64_t)row->calls + 500) / 1000);
}

void trace_show_bars(struct session *s)
{
	static const struct out_column columns[] = {
		{ "call", "syscall", false }, { "share", "", false },
		{ "calls", "calls", true }, { "per_second", "calls/s", true },
		{ "errors", "errors", true },
		{ "ns_per_call", "usecs/call", true },
	};
	struct trace_stats *stats = trace_sorted(s);
	int64_t most = 0;

	if (!stats)
		return;
	measure_rates(stats);
	for (size_t i = 0; i < stats->rows.len; i++)
		if (weigh(s, stats->rows.items[i]) > most)
			most = weigh(s, stats->rows.items[i]);
	out_table_begin(s->out, "stat_bars", columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < stats->rows.len; i++)
		put_row(s, stats->rows.items[i], most);
	out_table_end(s->out);
}
