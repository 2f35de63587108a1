/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/progress.h"

void progress_begin(struct progress *p, struct session *s, const char *what,
                    uint64_t total)
{
	*p = (struct progress){ .s = s, .what = what, .total = total };
	clock_gettime(CLOCK_MONOTONIC, &p->start);
	p->looked = p->start;
}

static double seconds_between(const struct timespec *a,
                              const struct timespec *b)
{
	return (double)(b->tv_sec - a->tv_sec) +
	       (double)(b->tv_nsec - a->tv_nsec) / 1e9;
}

static void put_size(struct buf *text, uint64_t bytes)
{
	if (bytes < 10u << 20)
		buf_printf(text, "%llu KB",
		           (unsigned long long)(bytes >> 10));
	else
		buf_printf(text, "%llu MB",
		           (unsigned long long)(bytes >> 20));
}

void progress_text(struct buf *text, const char *what, uint64_t done,
                   uint64_t total, double seconds)
{
	double rate = seconds > 0 ? (double)done / seconds : 0;

	buf_printf(text, "%s: ", what);
	put_size(text, done);
	if (total >= done && total) {
		buf_puts(text, " of ");
		put_size(text, total);
		buf_printf(text, " (%u%%)",
		           (unsigned)((double)done * 100 / (double)total));
	}
	if (rate < 1)
		return;
	buf_puts(text, ", ");
	put_size(text, rate < 0x1p63 ? (uint64_t)rate : UINT64_MAX);
	buf_puts(text, "/s");
	if (total > done)
		buf_printf(text, ", %.0f s left",
		           (double)(total - done) / rate + 0.5);
}

/* Ctrl-C is looked for every 10 ms, and the line is new every 200. */
struct error *progress_step(struct progress *p, uint64_t done)
{
	const struct session_hooks *hooks = &p->s->hooks;
	struct timespec now;
	double age;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (seconds_between(&p->looked, &now) < 0.01)
		return NULL;
	age = seconds_between(&p->start, &now);
	if (hooks->interrupted && hooks->interrupted(hooks->ctx))
		return error_new(ERROR_INTERRUPTED, "interrupted");
	if (hooks->progress && age > 0.5 &&
	    (!p->shown || (int)(age * 5) !=
	     (int)(seconds_between(&p->start, &p->looked) * 5))) {
		AUTO_BUF struct buf text = { 0 };

		buf_init(&text);
		progress_text(&text, p->what, done, p->total, age);
		hooks->progress(hooks->ctx, text.data);
		p->shown = true;
	}
	p->looked = now;
	return NULL;
}

void progress_end(struct progress *p)
{
	if (p->shown)
		p->s->hooks.progress(p->s->hooks.ctx, NULL);
	p->shown = false;
}
