/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How breakpoints are stepped over. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/buf.h"
#include "session/sites.h"
#include "symbols/image.h"
#include "xol/xol.h"

#include <stdio.h>

struct xol_list {
	struct session *s;
	struct image *image;
	size_t count;
};

static void site_row(struct xol_list *l, struct site *site)
{
	AUTO_BUF struct buf place = { 0 };
	struct out *o = l->s->out;
	taddr addr = site_address(site);
	taddr slot = xol_site_slot(site_xol(site));
	char at[24] = "-";

	buf_init(&place);
	image_describe(l->image, addr, &place);
	out_row(o);
	out_word(o, "address", ROLE_ADDRESS, addr, "0x%llx",
	         (unsigned long long)addr);
	out_str(o, "place", ROLE_NAME, place.data ? place.data : "");
	out_uint(o, "hits", ROLE_NUMBER, site_hits(site), "%llu",
	         (unsigned long long)site_hits(site));
	out_str(o, "way", ROLE_PLAIN, site_how(site));
	if (slot)
		snprintf(at, sizeof(at), "0x%llx", (unsigned long long)slot);
	out_str(o, "slot", ROLE_ADDRESS, at);
	out_str(o, "reason", ROLE_PLAIN, site_reason(site));
}

static bool take_site(void *ctx, struct site *site)
{
	static const struct out_column columns[] = {
		{ "address", "Address", false }, { "place", "Where", false },
		{ "hits", "Hits", true }, { "way", "Stepped over", false },
		{ "slot", "Slot", false }, { "reason", "Because it is", false },
	};
	struct xol_list *l = ctx;

	if (!l->count++)
		out_table_begin(l->s->out, "sites", columns,
		                ARRAY_LEN(columns));
	site_row(l, site);
	return true;
}

static void show_area(struct out *o, const struct xol_area *a)
{
	out_begin(o, "area");
	out_text(o, ROLE_PLAIN, "Slots at ");
	out_word(o, "low", ROLE_ADDRESS, a->addr, "0x%llx",
	         (unsigned long long)a->addr);
	out_text(o, ROLE_PLAIN, "-");
	out_word(o, "high", ROLE_ADDRESS, a->addr + a->len, "0x%llx",
	         (unsigned long long)(a->addr + a->len));
	out_text(o, ROLE_PLAIN, ": ");
	out_uint(o, "used", ROLE_NUMBER, a->used, "%zu", a->used);
	out_text(o, ROLE_PLAIN, " of ");
	out_uint(o, "slots", ROLE_NUMBER, a->slots, "%zu", a->slots);
	out_text(o, ROLE_PLAIN, " in use");
	out_bool(o, "lost", a->lost,
	         a->lost ? ", unmapped by the program" : "");
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

static void show_counts(struct out *o, const struct xol *x)
{
	static const char *const names[] = {
		[XOL_EMULATED] = "emulated", [XOL_JUMPED] = "jumped",
		[XOL_STEPPED] = "stepped", [XOL_CALLED] = "called",
		[XOL_STEPPED_HERE] = "in_place", [XOL_ABORTED] = "aborted",
	};
	uint64_t counts[XOL_WAY_COUNT];

	xol_counts(x, counts);
	out_text(o, ROLE_PLAIN, "Steps:");
	for (size_t i = 0; i < XOL_WAY_COUNT; i++) {
		out_text(o, ROLE_PLAIN, i ? ", " : " ");
		out_uint(o, names[i], ROLE_NUMBER, counts[i], "%llu",
		         (unsigned long long)counts[i]);
		out_text(o, ROLE_PLAIN, " %s", xol_way_name(i));
	}
	out_text(o, ROLE_PLAIN, "\n");
}

static void show_slots(struct out *o, const struct xol *x)
{
	const char *trouble = xol_trouble(x);

	out_begin(o, "xol");
	out_list_begin(o, "areas");
	for (size_t i = 0; i < xol_area_count(x); i++) {
		struct xol_area area = xol_area_at(x, i);

		show_area(o, &area);
	}
	out_list_end(o);
	if (!xol_area_count(x))
		out_text(o, ROLE_PLAIN, "No slots yet: nothing was stepped "
		         "over out of line.\n");
	if (trouble) {
		out_text(o, ROLE_WARNING, "No more slots: ");
		out_str(o, "trouble", ROLE_WARNING, trouble);
		out_text(o, ROLE_PLAIN, "\n");
	}
	show_counts(o, x);
	out_end(o);
}

static struct error *run_xol(struct session *s, struct command_args *args)
{
	struct process *p;
	struct xol_list l = { .s = s };

	(void)args;
	TRY(session_need_process(s));
	if (!s->current)
		return error_new(ERROR_USAGE, "no thread is selected: use "
		                 "`thread N`");
	p = s->current->process;
	l.image = session_image(s, p);
	if (!sites_xol(p)) {
		out_message(s->out, "note", ROLE_PLAIN, "No breakpoint has "
		            "been planted in this process.");
		return NULL;
	}
	sites_each(p, take_site, &l);
	if (l.count)
		out_table_end(s->out);
	show_slots(s->out, sites_xol(p));
	return NULL;
}

static const struct command table[] = {
	{
		.name = "info xol", .group = GROUP_BREAKPOINTS, .args = "",
		.flags = CMD_NEEDS_LIVE,
		.summary = "show how breakpoints are stepped over",
		.help = "A breakpoint stays planted while a thread steps over "
			"it: its instruction is emulated, or a copy of it is "
			"run from a slot, memory that scdb has mapped into "
			"the process. Shown are the places, how often threads "
			"came there, the way and the reason for it; then the "
			"slots, and how steps were done so far. Where no slot "
			"can be had, all other threads stop while one makes "
			"its step in place.",
		.example = "info xol",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_xol,
	},
};

const struct command_table commands_xol = { table, ARRAY_LEN(table) };
