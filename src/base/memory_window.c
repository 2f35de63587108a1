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

/* A pane with ADDR in it, and as much of its page as fits. */
static struct memory_pane *open_at(struct memory_window *w, taddr addr)
{
	size_t at = (size_t)(addr % PAGE);
	taddr from = addr - (at < BEFORE ? at : BEFORE);
	size_t rest = PAGE - (size_t)(from % PAGE);
	struct memory_pane *p = &w->panes[w->next];

	if (w->count < WINDOW_PANES)
		w->count++;
	w->next = (w->next + 1) % WINDOW_PANES;
	p->addr = from;
	p->len = memory_read(w->below, from, p->data,
	                     rest < WINDOW_PANE ? rest : WINDOW_PANE);
	return addr - from < p->len ? p : NULL;
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
	w->memory = (struct memory){ .read = read_window, .ctx = w };
	w->below = below;
	w->count = w->next = 0;
}
