/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a watched expression is, and what memory it is read from. */
#include "session/watch.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/frames.h"
#include "session/internal.h"
#include "session/world.h"

#include <string.h>

/* Each piece of memory that was read, once. */
static void take_reads(const struct world_reads *reads, unsigned word,
                       enum arch_debug_kind kind, struct watch_place *place)
{
	place->count = 0;
	for (size_t i = 0; i < reads->count; i++) {
		struct arch_debug_slot *at = place->slots + place->count;
		size_t room = ARCH_DEBUG_SLOTS - place->count, more;

		more = arch_debug_split(reads->items[i].addr,
		                        reads->items[i].len, word, kind, at,
		                        room);
		if (!more || reads->cut) {
			place->count = SIZE_MAX;
			return;
		}
		place->count += more;
	}
}

/* The level of the frame that W's variables are of. */
static unsigned level_of(struct session *s, struct thread *t,
                         const struct watch_part *w)
{
	const struct frame *f;

	for (unsigned i = 0; w->cfa && i < 1000; i++) {
		f = session_frame_at(s, t, i);
		if (!f)
			break;
		if (f->cfa == w->cfa && f->kind == FRAME_NORMAL)
			return i;
	}
	return 0;
}

/* Whatever it is bound to is read before anybody else is asked. */
static struct error *evaluate(struct session *s, struct thread *t,
                              struct watch_part *w, struct value **v)
{
	struct thread *before = s->current, *examined = s->examined;
	unsigned level;
	struct error *err;

	if (t && w->local && w->places.len) {
		s->current = s->examined = t;
		level = level_of(s, t, w);
		if (level)
			session_frame_select(s, level);
	}
	err = session_evaluate_value(s, t, w->expr, false, v);
	if (t && w->local && w->places.len)
		frames_unselect(t);
	s->current = before;
	s->examined = examined;
	return err;
}

static struct value *read_whole(struct session *s, struct thread *t,
                                struct value *v)
{
	const uint8_t *bytes;
	struct error *err;

	world_enter(s, t);
	err = value_bytes(v, &bytes);
	world_leave(s);
	error_destroy(err);
	return err ? NULL : value_ref(v);
}

static enum arch_debug_kind access_of(const struct watch_part *w)
{
	return w->kind == WATCH_WRITE ? DEBUG_WRITE : DEBUG_ACCESS;
}

static unsigned word_of(const struct watch_place *place)
{
	return place->process ? process_word(place->process) : 8;
}

/* -l: the memory that the value stands in, for ever. */
static struct error *fix_location(struct watch_part *w,
                                  struct watch_place *place, struct value *v)
{
	struct world_reads reads = { .count = 1 };

	if (!value_address(v, &place->addr))
		return error_new(ERROR_USAGE, "Attempt to take address of "
		                 "value not located in memory.");
	place->type = value_type(v);
	place->fixed = true;
	reads.items[0].addr = place->addr;
	reads.items[0].len = type_size(place->type);
	take_reads(&reads, word_of(place), access_of(w), place);
	return NULL;
}

struct error *watch_look(struct session *s, struct thread *t,
                         struct watch_part *w, struct watch_place *place,
                         bool *registers, bool *local)
{
	AUTO_VALUE struct value *v = NULL;
	struct world_reads reads = { 0 };
	struct error *err;
	taddr addr;

	world_record(s, &reads);
	err = evaluate(s, t, w, &v);
	place->old = err ? NULL : read_whole(s, t, v);
	world_record(s, NULL);
	if (err)
		return err;
	*registers = reads.registers;
	*local = reads.local;
	if (w->location)
		return fix_location(w, place, v);
	take_reads(&reads, word_of(place), access_of(w), place);
	/* What can't be read now is watched where it would be. */
	if (!place->old && value_address(v, &addr) && !reads.count) {
		reads.count = 1;
		reads.items[0].addr = addr;
		reads.items[0].len = type_size(value_type(v));
		take_reads(&reads, word_of(place), access_of(w), place);
	}
	place->fixed = !reads.registers && reads.count == 1 &&
	               value_address(v, &place->addr) &&
	               place->addr == reads.items[0].addr;
	place->type = value_type(v);
	return NULL;
}

struct value *watch_value(struct session *s, struct thread *t,
                          struct watch_part *w, struct watch_place *place)
{
	AUTO_VALUE struct value *v = NULL;
	struct arch_debug_slot before[ARCH_DEBUG_SLOTS];
	struct watch_place now = { .process = place->process };
	size_t count = place->count;
	bool registers, local;
	struct error *err;

	if (place->fixed) {
		world_enter(s, t);
		v = value_in_memory(s->world, place->type, place->addr);
		world_leave(s);
		return read_whole(s, t, v);
	}
	err = watch_look(s, t, w, &now, &registers, &local);
	if (err) {
		error_destroy(err);
		return NULL;
	}
	/* It may be read from elsewhere now. */
	memcpy(before, place->slots, sizeof(before));
	memcpy(place->slots, now.slots, sizeof(now.slots));
	place->count = now.count;
	if ((!w->software || place->planned) && place->process &&
	    (count != place->count ||
	     memcmp(before, place->slots, sizeof(before)) != 0))
		watch_plan(s, place->process);
	return now.old;
}

char *watch_text(struct session *s, struct value *v)
{
	struct value_style style;
	struct buf text = { 0 };
	struct error *err;

	if (!v)
		return xstrdup("<unreadable>");
	buf_init(&text);
	session_value_style(s, 0, &style);
	err = value_print(v, &style, &text);
	if (err)
		buf_printf(&text, "<error: %s>", err->message);
	error_destroy(err);
	return text.data;
}

bool watch_differs(struct value *before, struct value *now)
{
	const uint8_t *a, *b;
	uint64_t len;
	struct error *err;
	bool same;

	if (!before || !now)
		return before != now;
	len = type_size(value_type(before));
	if (len != type_size(value_type(now)))
		return true;
	err = value_bytes(before, &a);
	if (!err)
		err = value_bytes(now, &b);
	same = !err && memcmp(a, b, len) == 0;
	error_destroy(err);
	return !same;
}
