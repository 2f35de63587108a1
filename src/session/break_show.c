/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breakpoints in code, as users see and save them. */
#include "session/break_place.h"

#include "base/alloc.h"
#include "session/frames.h"
#include "session/watch.h"

#include <stdlib.h>
#include <string.h>

struct break_place *break_place_here(const struct breakpoint *b,
                                     const struct process *p, taddr addr)
{
	struct break_part *part = b->part;

	for (size_t i = 0; i < part->places.len; i++)
		if (part->places.items[i].process == p &&
		    part->places.items[i].addr == addr)
			return &part->places.items[i];
	return NULL;
}

unsigned break_place_number(const struct breakpoint *b,
                            const struct break_place *place)
{
	const struct break_part *part = b->part;

	return (unsigned)(place - part->places.items) + 1;
}

static void show_stop_of(struct session *s, struct thread *t,
                         const struct breakpoint *b)
{
	const struct frame *f = session_frame_at(s, t, 0);
	const struct break_part *part = b->part;
	const struct break_place *place = f
		? break_place_here(b, t->process, f->pc) : NULL;
	struct out *o = s->out;

	out_hidden_str(o, "reason", "breakpoint");
	out_text(o, ROLE_PLAIN, b->disposition == DISPOSITION_DELETE
	         ? "temporary breakpoint " : "breakpoint ");
	out_text(o, ROLE_NUMBER, "%u", b->number);
	if (part->places.len > 1 && place) {
		unsigned number = break_place_number(b, place);

		out_uint(o, "place", ROLE_NUMBER, number, ".%u", number);
	}
	if (!f)
		return;
	out_text(o, ROLE_PLAIN, ", ");
	show_frame_place(s, t, f);
}

static void show_file_line(struct session *s, const struct break_place *place)
{
	out_str(s->out, "file", ROLE_STRING, place->file);
	out_text(s->out, ROLE_PLAIN, ":");
	out_uint(s->out, "line", ROLE_NUMBER, place->line, "%u", place->line);
}

static struct image *image_of(struct session *s,
                              const struct break_place *place)
{
	return place->process ? session_image(s, place->process)
	                      : session_current_image(s);
}

unsigned break_place_word(struct session *s, const struct break_place *place)
{
	struct image *image = image_of(s, place);

	return image ? image_word(image) : 8;
}

/* C++'s "main(int, char**)", whose name is not mangled; NULL: no such; new. */
static char *main_in_cplus(struct image *image, const struct break_place *place,
                           const struct debug_function *f)
{
	const struct type *type = debug_function_type(f);
	AUTO_BUF struct buf text = { 0 }, name = { 0 };
	struct debug_unit_info unit;
	const char *from;

	if (!type || strcmp(f->name, "main") != 0 ||
	    !debug_unit_at(image, place->addr, &unit) ||
	    !debug_language_is_cplus(unit.language))
		return NULL;
	buf_init(&text);
	buf_init(&name);
	type_name(type, "main", &text);
	from = strstr(text.data, "main(");
	if (!from || strcmp(from, "main(void)") == 0)
		return xstrdup("main()");
	for (; *from; from++)
		if (*from != ' ' || from[1] != '*')
			buf_putc(&name, *from);
	return xstrdup(name.data);
}

/* With what C++ functions take, which says which one it is; new. */
static char *whole_name(struct image *image, const struct break_place *place)
{
	struct debug_function functions[16];
	size_t count = debug_functions_at(image, place->addr, functions,
	                                  ARRAY_LEN(functions));
	const struct debug_function *f = !count ? NULL : place->inlined
		? &functions[0] : &functions[count - 1];
	const char *linked = f ? f->linkage_name : NULL;
	const char *mangled = linked ? linked : place->function;
	AUTO_FREE char *whole = NULL;
	const char *from = NULL;
	struct symbol symbol;

	/* A static one's is in the table of symbols alone. */
	if (f && !linked && !place->inlined &&
	    image_symbol_at(image, place->addr, &symbol) &&
	    symbol.addr == f->entry)
		mangled = symbol.name;
	whole = symbol_demangle(mangled);

	/* What a template returns stands before its name. */
	if (whole && f && f->name)
		from = strstr(whole, f->name);
	if (!whole && f && f->name) {
		char *own = linked ? NULL : main_in_cplus(image, place, f);

		return own ? own : xstrdup(linked ? linked : f->name);
	}
	return xstrdup(from ? from : whole ? whole : place->function);
}

/* "in main at a.c:3", "<puts+4>" */
static void list_place(struct session *s, const struct break_place *place)
{
	AUTO_BUF struct buf text = { 0 };
	struct out *o = s->out;
	struct image *image = image_of(s, place);

	if (place->file && place->function && image) {
		AUTO_FREE char *name = whole_name(image, place);

		out_text(o, ROLE_PLAIN, "in ");
		out_str(o, "function", ROLE_NAME, name);
		out_text(o, ROLE_PLAIN, " at ");
	}
	if (place->file) {
		show_file_line(s, place);
	} else {
		buf_init(&text);
		if (image)
			image_describe(image, place->addr, &text);
		out_str(o, "symbol", ROLE_NAME, text.data);
	}
	if (s->target->processes.len > 1 && place->process) {
		out_text(o, ROLE_PLAIN, " inf ");
		out_uint(o, "inferior", ROLE_NUMBER, place->process->number,
		         "%u", place->process->number);
	}
	if (place->refused) {
		out_text(o, ROLE_WARNING, " (");
		out_str(o, "refused", ROLE_WARNING, place->refused);
		out_text(o, ROLE_WARNING, ")");
	}
}

static void list_address(struct session *s, const struct break_place *place)
{
	breakpoint_list_address(s, break_place_word(s, place), place->addr,
	                        NULL);
}

static bool is_single(const struct break_part *part)
{
	return part->places.len == 1 && part->places.items[0].enabled;
}

static void list(struct session *s, const struct breakpoint *b)
{
	const struct break_part *part = b->part;
	struct out *o = s->out;

	out_hidden_str(o, "location", part->location);
	if (is_single(part)) {
		list_address(s, &part->places.items[0]);
		list_place(s, &part->places.items[0]);
	} else {
		breakpoint_list_address(s, 0, 0, part->places.len
		                        ? "<MULTIPLE>" : "<PENDING>");
		if (!part->places.len)
			out_name(o, ROLE_NAME, part->location);
	}
	out_hidden_bool(o, "pending", !part->places.len);
	if (b->thread)
		out_text(o, ROLE_PLAIN, " thread %s", b->thread);
	if (part->format)
		out_hidden_str(o, "format", part->format);
}

static void list_places(struct session *s, const struct breakpoint *b)
{
	const struct break_part *part = b->part;
	struct out *o = s->out;

	if (part->format && !b->commands.len)
		out_text(o, ROLE_PLAIN, "        printf %s\n", part->format);
	if (is_single(part) || !part->places.len)
		return;
	out_list_begin(o, "places");
	for (size_t i = 0; i < part->places.len; i++) {
		const struct break_place *place = &part->places.items[i];
		AUTO_FREE char *label = xasprintf("%u.%zu", b->number, i + 1);

		out_begin(o, "place");
		out_hidden_str(o, "number", label);
		out_text(o, ROLE_NUMBER, "%-27s ", label);
		out_bool(o, "enabled", place->enabled,
		         place->enabled ? "y   " : "n   ");
		list_address(s, place);
		list_place(s, place);
		out_text(o, ROLE_PLAIN, "\n");
		out_end(o);
	}
	out_list_end(o);
}

/* "at 0x1139: file a.c, line 3." */
static void announce_place(struct session *s, const struct break_part *part)
{
	const struct break_place *place = &part->places.items[0];
	struct out *o = s->out;

	if (place->function)
		out_hidden_str(o, "function", place->function);
	out_text(o, ROLE_PLAIN, " at ");
	out_word(o, "address", ROLE_ADDRESS, place->addr, "0x%llx",
	         (unsigned long long)place->addr);
	if (part->places.len > 1) {
		out_text(o, ROLE_PLAIN, ": ");
		out_name(o, ROLE_NAME, part->location);
		out_text(o, ROLE_PLAIN, ". (%zu locations)",
		         part->places.len);
	} else if (place->file) {
		out_text(o, ROLE_PLAIN, ": file ");
		out_str(o, "file", ROLE_STRING, place->file);
		out_text(o, ROLE_PLAIN, ", line ");
		out_uint(o, "line", ROLE_NUMBER, place->line, "%u.",
		         place->line);
	}
}

void break_announce(struct session *s, const struct breakpoint *b)
{
	const struct break_part *part = b->part;
	bool temporary = b->disposition == DISPOSITION_DELETE;
	struct out *o = s->out;

	out_begin(o, "breakpoint-set");
	out_text(o, ROLE_PLAIN, "%s ", part->format ? "Dprintf"
	         : part->hardware ? "Hardware assisted breakpoint"
	         : temporary ? "Temporary breakpoint" : "Breakpoint");
	out_uint(o, "number", ROLE_NUMBER, b->number, "%u", b->number);
	out_hidden_str(o, "kind", b->kind->type);
	out_hidden_str(o, "location", part->location);
	out_hidden_bool(o, "temporary", temporary);
	out_hidden_bool(o, "pending", !part->places.len);
	out_hidden_uint(o, "places", part->places.len);
	if (part->places.len) {
		announce_place(s, part);
	} else {
		out_text(o, ROLE_PLAIN, " (");
		out_name(o, ROLE_PLAIN, part->location);
		out_text(o, ROLE_PLAIN, ") pending.");
	}
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
	for (size_t i = 0; i < part->places.len; i++)
		if (part->places.items[i].refused)
			out_message(o, "warning", ROLE_WARNING, "warning: %s",
			            part->places.items[i].refused);
}

/* "2 (thread 1) (disabled)" */
static void note_other(const struct breakpoint *b, bool for_thread,
                       struct buf *text)
{
	buf_printf(text, "%u", b->number);
	if (b->thread)
		buf_printf(text, " (thread %s)", b->thread);
	else if (for_thread)
		buf_puts(text, " (all threads)");
	if (!b->enabled)
		buf_puts(text, " (disabled)");
}

static void note_others_at(struct session *s, const struct breakpoint *b,
                           taddr addr)
{
	VEC(const struct breakpoint *) others = { 0 };
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	for (size_t i = 0; i < s->breakpoints.len; i++)
		if (s->breakpoints.items[i] != b &&
		    break_is_at(s->breakpoints.items[i], addr))
			vec_push(&others, s->breakpoints.items[i]);
	for (size_t i = 0; i < others.len; i++) {
		if (i)
			buf_puts(&text, i + 1 < others.len ? ", " : " and ");
		note_other(others.items[i], b->thread, &text);
	}
	if (others.len)
		out_message(s->out, "note", ROLE_PLAIN, "Note: breakpoint%s "
		            "%s also set at pc 0x%llx.",
		            others.len > 1 ? "s" : "", text.data,
		            (unsigned long long)addr);
	vec_deinit(&others);
}

void break_note_others(struct session *s, const struct breakpoint *b)
{
	const struct break_part *part = b->part;
	const struct process *first = part->places.len
		? part->places.items[0].process : NULL;

	for (size_t i = 0; i < part->places.len; i++)
		if (part->places.items[i].process == first)
			note_others_at(s, b, part->places.items[i].addr);
}

static void save(const struct breakpoint *b, struct buf *text)
{
	const struct break_part *part = b->part;

	bool temporary = b->disposition == DISPOSITION_DELETE && !part->format;

	buf_printf(text, "%s%s %s", temporary ? "t" : "", part->format
	           ? "dprintf" : part->hardware ? "hbreak" : "break",
	           part->location);
	if (b->thread)
		buf_printf(text, " thread %s", b->thread);
	if (part->format)
		buf_printf(text, ",%s", part->format);
}

/* What was disabled of several. */
static void save_places(const struct breakpoint *b, struct buf *text)
{
	const struct break_part *part = b->part;
	const struct process *first = part->places.len
		? part->places.items[0].process : NULL;

	for (size_t i = 0; i < part->places.len; i++)
		if (!part->places.items[i].enabled &&
		    part->places.items[i].process == first)
			buf_printf(text, "disable $bpnum.%zu\n", i + 1);
}

static void part_destroy(struct session *s, struct breakpoint *b)
{
	struct break_part *part = b->part;

	while (part->places.len)
		break_drop_place(s, b, part->places.len - 1);
	if (part->hardware)
		watch_plan_all(s);
	vec_deinit(&part->places);
	vec_deinit(&part->disabled);
	free(part->location);
	free(part->format);
	free(part);
}

#define CODE_KIND \
	.noun = "breakpoint", .has_address = true, .failure_stops = true, \
	.list = list, .list_below = list_places, .save = save, \
	.save_places = save_places, \
	.compile = break_compile, .show_stop = show_stop_of, \
	.changed = break_plant, .destroy = part_destroy

const struct breakpoint_kind break_kind = { CODE_KIND, .type = "breakpoint" };
const struct breakpoint_kind hbreak_kind = {
	CODE_KIND, .type = "hw breakpoint",
};

const struct breakpoint_kind dprintf_kind = {
	CODE_KIND, .type = "dprintf", .condition_apart = true,
	.does_commands = true, .never_temporary = true,
};
