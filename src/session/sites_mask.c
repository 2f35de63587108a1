/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Planted breakpoints are not seen in memory, and survive being written over. */
#include "session/sites_internal.h"

#include <string.h>

size_t space_lower(const struct space *space, taddr addr)
{
	size_t low = 0, high = space->sites.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (space->sites.items[mid]->addr < addr)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The next planted site of LEN bytes at ADDR, from *INDEX on; or NULL. */
static struct site *next_site(const struct space *space, size_t *index,
                              taddr addr, size_t len)
{
	while (*index < space->sites.len) {
		struct site *site = space->sites.items[(*index)++];

		if (site->addr - addr >= len)
			return NULL;
		if (site->planted)
			return site;
	}
	return NULL;
}

static void hide(void *ctx, taddr addr, uint8_t *data, size_t len)
{
	struct space *space = ctx;
	size_t index = space_lower(space, addr);
	struct site *site;

	while ((site = next_site(space, &index, addr, len))) {
		uint8_t *byte = &data[site->addr - addr];

		/* Where the program wrote there itself, that is seen. */
		if (*byte == INT3)
			*byte = site->original;
	}
}

static uint8_t *cover(void *ctx, taddr addr, const uint8_t *data, size_t len)
{
	struct space *space = ctx;
	size_t index = space_lower(space, addr);
	uint8_t *copy = NULL;
	struct site *site;

	while ((site = next_site(space, &index, addr, len))) {
		if (!copy)
			copy = memcpy(xmalloc(len), data, len);
		copy[site->addr - addr] = INT3;
	}
	return copy;
}

bool site_analyse(struct process *p, struct site *site)
{
	struct xol_site now;
	uint8_t bytes[ARCH_INSN_MAX];
	size_t got = memory_read(&p->memory, site->addr, bytes, sizeof(bytes));
	const struct arch *arch = site->xol.insn.word == 8 ? arch_x86_64()
	                                                   : arch_i386();
	struct error *err = xol_site_init(&now, arch, bytes, got, site->addr);

	if (err) {
		error_destroy(err);
		site_unplant(p, site);
		return false;
	}
	memcpy(now.counts, site->xol.counts, sizeof(now.counts));
	xol_site_deinit(&site->xol);
	site->xol = now;
	return true;
}

static void written(void *ctx, taddr addr, const uint8_t *data, size_t len)
{
	struct space *space = ctx;
	taddr from = addr < ARCH_INSN_MAX ? 0 : addr - ARCH_INSN_MAX + 1;
	size_t first = space_lower(space, from);
	size_t index = space_lower(space, addr);
	struct site *site;

	while ((site = next_site(space, &index, addr, len)))
		site->original = data[site->addr - addr];
	/* An instruction that began before may have been changed too. */
	for (index = first; index < space->sites.len; index++) {
		site = space->sites.items[index];
		if (site->addr >= addr + len && site->addr >= addr)
			break;
		if (site->planted &&
		    site->addr + site->xol.insn.len > addr)
			site_analyse(space_process(space), site);
	}
}

void mask_install(struct process *p, struct space *space)
{
	p->mask = space ? (struct memory_mask){ .hide = hide, .cover = cover,
		                                .written = written,
		                                .ctx = space }
	                : (struct memory_mask){ 0 };
}
