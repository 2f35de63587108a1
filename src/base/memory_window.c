/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory_window.h"

#include <string.h>

enum {
	PAGE = 4096,
	BEFORE = 512, /* bytes of what stands in front, too */
};

static struct memory_pane *find(struct memory_window *w, taddr addr)
{
	for (unsigned i = 0; i < w->count; i++) {
		struct memory_pane *p = &w->panes[i];

		if (addr >= p->addr && addr - p->addr < p->len)
			return p;
	}
	return NULL;
}

/* A pane with ADDR in it, for as much of its page as fits. */
static struct memory_pane *place_at(struct memory_window *w, taddr addr)
{
	size_t at = (size_t)(addr % PAGE);
	taddr from = addr - (at < BEFORE ? at : BEFORE);
	size_t rest = PAGE - (size_t)(from % PAGE);
	struct memory_pane *p = &w->panes[w->next];

	if (w->count < WINDOW_PANES)
		w->count++;
	w->next = (w->next + 1) % WINDOW_PANES;
	p->addr = from;
	p->len = rest < WINDOW_PANE ? rest : WINDOW_PANE;
	return p;
}

/* All by one call; what can't be read is no part of the panes then. */
static void fill(struct memory_window *w, struct memory_pane **panes,
                 size_t count)
{
	struct memory_want wants[WINDOW_PANES];

	for (size_t i = 0; i < count; i++)
		wants[i] = (struct memory_want){
			.addr = panes[i]->addr, .data = panes[i]->data,
			.len = panes[i]->len,
		};
	memory_read_many(w->below, wants, count);
	for (size_t i = 0; i < count; i++)
		panes[i]->len = wants[i].got;
}

static struct memory_pane *open_at(struct memory_window *w, taddr addr)
{
	struct memory_pane *p = place_at(w, addr);

	fill(w, &p, 1);
	return addr - p->addr < p->len ? p : NULL;
}

static void foresee(void *ctx, const struct memory_place *places, size_t count)
{
	struct memory_window *w = ctx;
	struct memory_pane *panes[WINDOW_PANES];
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		size_t len = places[i].len < WINDOW_PANE ? places[i].len
		                                         : WINDOW_PANE;
		taddr at = places[i].addr;
		taddr end = at + len > at ? at + len : at;

		while (at < end && n < WINDOW_PANES) {
			const struct memory_pane *p = find(w, at);

			if (!p)
				p = panes[n++] = place_at(w, at);
			at = p->addr + p->len;
		}
	}
	if (n)
		fill(w, panes, n);
}

static size_t read_window(void *ctx, taddr addr, void *data, size_t len)
{
	struct memory_window *w = ctx;
	size_t done = 0;

	if (len > WINDOW_PANE)
		return memory_read(w->below, addr, data, len);
	while (done < len) {
		taddr at = addr + done;
		const struct memory_pane *p = find(w, at);
		size_t n;

		if (!p)
			p = open_at(w, at);
		if (!p)
			break;
		n = p->len - (size_t)(at - p->addr);
		if (n > len - done)
			n = len - done;
		memcpy((uint8_t *)data + done, p->data + (at - p->addr), n);
		done += n;
	}
	return done;
}

void memory_window_begin(struct memory_window *w, const struct memory *below)
{
	w->memory = (struct memory){
		.read = read_window, .foresee = foresee, .ctx = w,
	};
	w->below = below;
	w->count = w->next = 0;
}
