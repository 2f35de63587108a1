/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breakpoints in debug registers: nothing is written into the program. */
#include "session/watch.h"

#include "base/alloc.h"
#include "session/frames.h"
#include "session/internal.h"
#include "session/location.h"

#include <string.h>

struct hbreak_place {
	struct process *process; /* NULL: of the program's file */
	taddr addr;
	bool planned;
};

struct hbreak_part {
	char *location;
	VEC(struct hbreak_place) places;
};

static const struct breakpoint_kind kind;

bool hbreak_is(const struct breakpoint *b)
{
	return b->kind == &kind;
}

size_t hbreak_slots(struct breakpoint *b, const struct process *p,
                    struct arch_debug_slot slots[ARCH_DEBUG_SLOTS])
{
	const struct hbreak_part *h = b->part;
	size_t count = 0;

	if (!hbreak_is(b))
		return 0;
	for (size_t i = 0; i < h->places.len; i++) {
		if (h->places.items[i].process != p)
			continue;
		if (count == ARCH_DEBUG_SLOTS)
			return SIZE_MAX;
		slots[count++] = (struct arch_debug_slot){
			.kind = DEBUG_EXECUTE, .len = 1,
			.addr = h->places.items[i].addr,
		};
	}
	return count;
}

void hbreak_set_planned(struct breakpoint *b, const struct process *p,
                        bool planned)
{
	const struct hbreak_part *h = b->part;

	for (size_t i = 0; hbreak_is(b) && i < h->places.len; i++)
		if (h->places.items[i].process == p)
			h->places.items[i].planned = planned;
}

static void show_what(struct session *s, const struct hbreak_place *place)
{
	struct image *image = place->process
		? session_image(s, place->process) : session_current_image(s);
	struct place at = { 0 };

	if (!image)
		return;
	location_of_address(image, place->addr, &at);
	if (at.function) {
		out_text(s->out, ROLE_PLAIN, "in ");
		out_str(s->out, "function", ROLE_NAME, at.function);
	}
	if (!at.has_line)
		return;
	out_text(s->out, ROLE_PLAIN, at.function ? " at " : "");
	out_str(s->out, "file", ROLE_STRING, at.line.file);
	out_text(s->out, ROLE_PLAIN, ":");
	out_uint(s->out, "line", ROLE_NUMBER, at.line.line, "%u",
	         at.line.line);
}

static void list(struct session *s, const struct breakpoint *b)
{
	const struct hbreak_part *h = b->part;
	size_t count = h->places.len;

	breakpoint_list_address(s, count == 1,
	                        count ? h->places.items[0].addr : 0,
	                        count ? "<MULTIPLE>" : "<PENDING>");
	if (count == 1)
		show_what(s, &h->places.items[0]);
	out_hidden_str(s->out, "location", h->location);
	if (count != 1)
		out_text(s->out, ROLE_PLAIN, "%s", h->location);
}

static void save(const struct breakpoint *b, struct buf *text)
{
	const struct hbreak_part *h = b->part;

	buf_printf(text, "%s %s", b->disposition == DISPOSITION_DELETE
	           ? "thbreak" : "hbreak", h->location);
}

static struct error *compile(struct session *s, struct breakpoint *b,
                             const char *text, bool force, struct expr **expr)
{
	const struct hbreak_part *h = b->part;
	struct code_scope scope = { 0 };

	(void)force;
	if (!h->places.len)
		return session_compile_condition(s, text, NULL, expr);
	scope.pc = h->places.items[0].addr;
	scope.image = h->places.items[0].process
		? session_image(s, h->places.items[0].process)
		: session_current_image(s);
	return session_compile_at(s, text, &scope, expr);
}

static void show_stop_of(struct session *s, struct thread *t,
                         const struct breakpoint *b)
{
	const struct frame *f = session_frame_at(s, t, 0);

	out_hidden_str(s->out, "reason", "breakpoint");
	out_text(s->out, ROLE_PLAIN, b->disposition == DISPOSITION_DELETE
	         ? "temporary breakpoint " : "breakpoint ");
	out_text(s->out, ROLE_NUMBER, "%u", b->number);
	if (!f)
		return;
	out_text(s->out, ROLE_PLAIN, ", ");
	show_frame_place(s, t, f);
}

static void changed(struct session *s, struct breakpoint *b)
{
	b->complained = false;
	watch_plan_all(s);
}

static void destroy(struct session *s, struct breakpoint *b)
{
	struct hbreak_part *h = b->part;

	b->enabled = false;
	watch_plan_all(s);
	vec_deinit(&h->places);
	free(h->location);
	free(h);
}

static const struct breakpoint_kind kind = {
	.noun = "breakpoint", .type = "hw breakpoint", .has_address = true,
	.failure_stops = true, .list = list, .save = save, .compile = compile,
	.show_stop = show_stop_of, .changed = changed, .destroy = destroy,
};

/* The places of H in the current process, or the program's file. */
static struct error *resolve(struct session *s, struct hbreak_part *h,
                             struct process *p)
{
	place_list places = { 0 };
	struct error *err = location_resolve(s, h->location, LOCATION_BREAK,
	                                     &places);

	for (size_t i = 0; !err && i < places.len; i++) {
		const struct hbreak_place place = {
			.process = p, .addr = places.items[i].addr,
		};

		if (places.items[i].has_addr)
			vec_push(&h->places, place);
	}
	vec_deinit(&places);
	return err;
}

static struct error *check_room(struct session *s, struct breakpoint *b,
                                const struct process *p)
{
	struct arch_debug_slot slots[ARCH_DEBUG_SLOTS];
	size_t count;
	bool fits;

	b->enabled = false;
	count = hbreak_slots(b, p, slots);
	fits = watch_would_fit(s, p, slots, count);
	b->enabled = true;
	return fits ? NULL : error_new(ERROR_REFUSED, "Hardware breakpoints "
	                               "used exceeds limit.");
}

struct error *hbreak_add(struct session *s, const char *location,
                         const char *condition, const char *thread,
                         bool temporary, struct breakpoint **made)
{
	struct hbreak_part *h = xcalloc(1, sizeof(*h));
	struct process *p = s->current ? s->current->process : NULL;
	struct thread *only = NULL;
	struct breakpoint *b;
	struct error *err = NULL;

	h->location = xstrdup(location);
	if (thread)
		err = session_thread_find(s, thread, &only);
	if (!err)
		err = resolve(s, h, p);
	b = breakpoint_add(s, &kind, h);
	if (!err)
		err = check_room(s, b, p);
	if (!err && condition)
		err = breakpoint_set_condition(s, b, condition, false);
	if (err) {
		breakpoint_delete(s, b);
		s->last_breakpoint--;
		return err;
	}
	b->tid = only ? only->tid : 0;
	b->thread = only ? xstrdup(thread) : NULL;
	if (temporary)
		b->disposition = DISPOSITION_DELETE;
	for (size_t i = 0; i < s->target->processes.len && p; i++)
		if (s->target->processes.items[i] != p)
			hbreak_process_forked(s, s->target->processes.items[i],
			                      p);
	watch_plan_all(s);
	*made = b;
	return NULL;
}

void hbreak_announce(struct session *s, const struct breakpoint *b)
{
	const struct hbreak_part *h = b->part;
	bool temporary = b->disposition == DISPOSITION_DELETE;

	out_begin(s->out, "breakpoint-set");
	out_text(s->out, ROLE_PLAIN, "%s ", temporary
	         ? "Temporary breakpoint" : "Hardware assisted breakpoint");
	out_uint(s->out, "number", ROLE_NUMBER, b->number, "%u", b->number);
	out_hidden_str(s->out, "kind", kind.type);
	out_hidden_str(s->out, "location", h->location);
	out_hidden_bool(s->out, "temporary", temporary);
	out_hidden_bool(s->out, "pending", false);
	out_hidden_uint(s->out, "places", h->places.len);
	out_text(s->out, ROLE_PLAIN, " at ");
	if (h->places.len) {
		out_word(s->out, "address", ROLE_ADDRESS,
		         h->places.items[0].addr, "0x%llx: ",
		         (unsigned long long)h->places.items[0].addr);
		show_what(s, &h->places.items[0]);
	}
	if (h->places.len > 1)
		out_text(s->out, ROLE_PLAIN, " (%zu locations)",
		         h->places.len);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}

static void drop_places(struct hbreak_part *h, const struct process *p)
{
	for (size_t i = h->places.len; i-- > 0;)
		if (h->places.items[i].process == p)
			vec_remove(&h->places, i);
}

void hbreak_process_new(struct session *s, struct process *p)
{
	struct thread *before = s->current;

	for (size_t i = 0; i < s->breakpoints.len; i++) {
		struct breakpoint *b = s->breakpoints.items[i];
		struct hbreak_part *h = b->part;

		if (!hbreak_is(b))
			continue;
		drop_places(h, p);
		drop_places(h, NULL);
		s->current = process_stopped_thread(p);
		if (s->current)
			error_destroy(resolve(s, h, p));
		s->current = before;
	}
}

void hbreak_process_forked(struct session *s, struct process *p,
                           const struct process *parent)
{
	for (size_t i = 0; i < s->breakpoints.len && parent; i++) {
		struct hbreak_part *h = s->breakpoints.items[i]->part;

		if (!hbreak_is(s->breakpoints.items[i]))
			continue;
		drop_places(h, p);
		for (size_t k = 0, n = h->places.len; k < n; k++) {
			struct hbreak_place place = h->places.items[k];

			if (place.process != parent)
				continue;
			place.process = p;
			vec_push(&h->places, place);
		}
	}
}

void hbreak_process_dies(struct session *s, const struct process *p)
{
	for (size_t i = 0; i < s->breakpoints.len; i++)
		if (hbreak_is(s->breakpoints.items[i]))
			drop_places(s->breakpoints.items[i]->part, p);
}
