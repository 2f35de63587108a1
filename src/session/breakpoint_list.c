/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `info breakpoints`: gdb's table, and what belongs to each row below it. */
#include "session/break_place.h"

#include "expr/expr.h"
#include "session/watch.h"

#include <string.h>

static const char *disposition_text(const struct breakpoint *b)
{
	static const char *const words[] = {
		[DISPOSITION_KEEP] = "keep", [DISPOSITION_DELETE] = "del",
		[DISPOSITION_DISABLE] = "dis",
	};

	return words[b->disposition];
}

static void list_counts(struct session *s, const struct breakpoint *b)
{
	struct out *o = s->out;

	if (b->thread) {
		out_text(o, ROLE_PLAIN, "\tstop only in thread ");
		out_str(o, "thread", ROLE_PLAIN, b->thread);
		out_text(o, ROLE_PLAIN, "\n");
	}
	if (b->hits)
		out_text(o, ROLE_PLAIN, "\t%s already hit %llu time%s\n",
		         b->kind->noun, (unsigned long long)b->hits,
		         b->hits == 1 ? "" : "s");
	if (b->ignore)
		out_text(o, ROLE_PLAIN, "\tignore next %llu hit%s\n",
		         (unsigned long long)b->ignore,
		         b->ignore == 1 ? "" : "s");
	/* One is what "dis" says. */
	if (b->count > 1)
		out_text(o, ROLE_PLAIN, "\tdisable after next %llu hits\n",
		         (unsigned long long)b->count);
}

static void list_details(struct session *s, const struct breakpoint *b)
{
	struct out *o = s->out;

	if (b->condition || b->condition_text) {
		out_text(o, ROLE_PLAIN, "\tstop only if ");
		out_str(o, "condition", ROLE_PLAIN, b->condition
		        ? expr_text(b->condition) : b->condition_text);
		out_text(o, ROLE_PLAIN, "\n");
	}
	list_counts(s, b);
	out_list_begin(o, "commands");
	for (size_t i = 0; i < b->commands.len; i++) {
		out_text(o, ROLE_PLAIN, "        ");
		out_str(o, "command", ROLE_PLAIN, b->commands.items[i]);
		out_text(o, ROLE_PLAIN, "\n");
	}
	out_list_end(o);
	if (b->kind->list_below)
		b->kind->list_below(s, b);
}

/* What the rows that are shown have in common. */
struct listing {
	int type_width;
};

static void list_one(struct session *s, const struct breakpoint *b,
                     const struct listing *l)
{
	struct out *o = s->out;
	const struct breakpoint_kind *kind = b->kind;

	out_begin(o, "breakpoint");
	out_uint(o, "number", ROLE_NUMBER, b->number, "%-7u ", b->number);
	out_hidden_str(o, "kind", kind->name ? kind->name : kind->type);
	out_text(o, ROLE_PLAIN, "%-*s ", l->type_width, kind->type);
	out_hidden_str(o, "disposition", disposition_text(b));
	out_text(o, ROLE_PLAIN, "%-4s ", disposition_text(b));
	out_bool(o, "enabled", b->enabled, b->enabled ? "y   " : "n   ");
	if (!kind->has_address)
		breakpoint_list_address(s, 0, 0, "");
	kind->list(s, b);
	out_hidden_uint(o, "hits", b->hits);
	out_hidden_uint(o, "ignore", b->ignore);
	out_text(o, ROLE_PLAIN, "\n");
	list_details(s, b);
	out_end(o);
}

static bool chosen(unsigned number, const unsigned *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (numbers[i] == number)
			return true;
	return count == 0;
}

void breakpoint_list_address(struct session *s, unsigned word, taddr addr,
                             const char *text)
{
	int width = s->breaks->address_width, digits = (int)word * 2;

	if (word)
		out_word(s->out, "address", ROLE_ADDRESS, addr, "0x%0*llx%*s",
		         digits, (unsigned long long)addr,
		         width - digits - 1, "");
	else
		out_text(s->out, ROLE_PLAIN, "%-*s ", width, text);
}

/* Bytes of the widest address that B's row tells; 0: none. */
static unsigned widest(struct session *s, const struct breakpoint *b)
{
	const struct break_part *part = break_is_code(b) ? b->part : NULL;
	unsigned word = watch_word(b);

	for (size_t i = 0; part && word < 8 && i < part->places.len; i++)
		word = break_place_word(s, &part->places.items[i]);
	return word;
}

static void list_heading(struct session *s, const struct listing *l)
{
	out_text(s->out, ROLE_HEADING, "Num     %-*s Disp Enb %-*s What\n",
	         l->type_width, "Type", s->breaks->address_width, "Address");
}

void breakpoint_list(struct session *s, const unsigned *numbers, size_t count)
{
	struct listing l = { .type_width = (int)strlen("catchpoint    ") };
	bool any = false;

	break_look_offline(s);
	s->breaks->address_width = 10;
	for (size_t i = 0; i < s->breakpoints.len; i++) {
		const struct breakpoint *b = s->breakpoints.items[i];
		int width = (int)strlen(b->kind->type);

		if (!chosen(b->number, numbers, count))
			continue;
		any = true;
		if (widest(s, b) == 8)
			s->breaks->address_width = 18;
		l.type_width = width > l.type_width ? width : l.type_width;
	}
	if (any)
		list_heading(s, &l);
	else
		out_message(s->out, "note", ROLE_PLAIN,
		            count ? "no such breakpoint or catchpoint"
		                  : "No breakpoints or catchpoints.");
	for (size_t i = 0; any && i < s->breakpoints.len; i++)
		if (chosen(s->breakpoints.items[i]->number, numbers, count))
			list_one(s, s->breakpoints.items[i], &l);
}
