/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breakpoints in code: made, hit, shown. */
#include "session/break_place.h"

#include "base/alloc.h"
#include "base/log.h"
#include "expr/expr.h"
#include "session/frames.h"
#include "session/loaded_files.h"
#include "session/watch.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool break_is_code(const struct breakpoint *b)
{
	return b->kind == &break_kind || b->kind == &dprintf_kind ||
	       hbreak_is(b);
}

/* Conditions. */

struct error *break_compile(struct session *s, struct breakpoint *b,
                            const char *text, bool force, struct expr **expr)
{
	const struct break_part *part = b->part;
	struct error *first = NULL;

	*expr = NULL;
	for (size_t i = 0; i < part->places.len; i++) {
		const struct break_place *place = &part->places.items[i];
		struct code_scope scope = { .pc = place->addr };
		struct error *err;

		if (place->process)
			scope.image = session_image(s, place->process);
		else
			scope.image = session_current_image(s);
		if (!scope.image)
			continue;
		err = session_compile_at(s, text, &scope, expr);
		if (!err) {
			error_destroy(first);
			return NULL;
		}
		if (first)
			error_destroy(err);
		else
			first = err;
	}
	if (force || !part->places.len) {
		error_destroy(first);
		return NULL;
	}
	return first;
}

/* Made. */

static bool is_relative(const char *text)
{
	return isdigit((unsigned char)*text) ||
	       ((*text == '+' || *text == '-') &&
	        isdigit((unsigned char)text[1]));
}

/*
 * What TEXT means now, so that it means the same later: a bare line gets its
 * file.
 */
static struct error *fix_location(struct session *s, const char *text,
                                  char **fixed)
{
	const struct source_position *p = &s->sources->position;
	place_list places = { 0 };
	struct error *err;
	taddr pc;

	if (!text) {
		TRY(location_pc(s, &pc));
		*fixed = xasprintf("*0x%llx", (unsigned long long)pc);
		return NULL;
	}
	if (!is_relative(text)) {
		*fixed = xstrdup(text);
		return NULL;
	}
	err = location_default(s);
	if (!err && isdigit((unsigned char)*text)) {
		*fixed = xasprintf("%s:%s", p->path, text);
		return NULL;
	}
	if (!err)
		err = location_resolve(s, text, LOCATION_BREAK, &places);
	if (!err)
		*fixed = xasprintf("%s:%u", places.items[0].line.path,
		                   places.items[0].line.line);
	vec_deinit(&places);
	return err;
}

static struct breakpoint *make(struct session *s, char *location,
                               const struct break_request *request)
{
	struct break_part *part = xcalloc(1, sizeof(*part));
	struct breakpoint *b;

	part->location = location;
	part->format = request->format ? xstrdup(request->format) : NULL;
	part->hardware = request->hardware;
	b = breakpoint_add(s, part->format ? &dprintf_kind : part->hardware
	                   ? &hbreak_kind : &break_kind, part);
	if (request->temporary)
		b->disposition = DISPOSITION_DELETE;
	return b;
}

/* Where not one of its places can have it. */
static struct error *refusal(const struct breakpoint *b)
{
	const struct break_part *part = b->part;
	const char *why = NULL;

	for (size_t i = 0; i < part->places.len; i++) {
		if (!part->places.items[i].refused)
			return NULL;
		why = part->places.items[i].refused;
	}
	return why ? error_new(ERROR_REFUSED, "%s", why) : NULL;
}

static struct error *set_thread(struct session *s, struct breakpoint *b,
                                const char *label)
{
	struct thread *t;

	if (!label)
		return NULL;
	TRY(session_thread_find(s, label, &t));
	b->tid = t->tid;
	b->thread = xstrdup(label);
	return NULL;
}

static struct error *settle(struct session *s, struct breakpoint *b,
                            const struct break_request *request)
{
	struct error *err = break_resolve_all(s, b);

	if (err && (err->kind != ERROR_NOT_FOUND &&
	            err->kind != ERROR_REFUSED))
		return err;
	if (err && !request->pending)
		return err;
	error_destroy(err);
	TRY(set_thread(s, b, request->thread));
	if (request->condition)
		TRY(breakpoint_set_condition(s, b, request->condition,
		                             request->force));
	if (request->hardware)
		TRY(hbreak_check_room(s, b));
	break_plant(s, b);
	return refusal(b);
}

struct error *break_add(struct session *s, const struct break_request *request,
                        struct breakpoint **result)
{
	char *location = NULL;
	struct breakpoint *b;
	struct error *err;

	err = fix_location(s, request->location, &location);
	if (err && err->kind == ERROR_NOT_FOUND && request->pending) {
		error_destroy(err);
		location = xstrdup(request->location);
	} else if (err) {
		return err;
	}
	b = make(s, location, request);
	err = settle(s, b, request);
	if (err) {
		s->last_breakpoint--;
		breakpoint_delete(s, b);
		return err;
	}
	breakpoints_watch_linkers(s);
	*result = b;
	return NULL;
}

/* The function that B alone stands for, in IMAGE, which is P's. */
static void add_function(struct session *s, struct breakpoint *b,
                         struct image *image, struct process *p, taddr entry)
{
	struct break_part *part = b->part;
	struct break_place at;
	struct place place;

	location_of_function(image, debug_skip_prologue(image, entry), &place);
	at = break_from_place(p, &place);
	part->direct = true;
	part->offset = at.offset;
	part->file = place.module ? place.module->file : NULL;
	if (place.module && place.module != image_main_module(image))
		part->library = module_short_name(place.module);
	break_add_place(s, b, &at);
}

size_t break_add_functions(struct session *s,
                           const struct break_function *functions,
                           size_t count)
{
	const struct break_request plain = { 0 };
	size_t before = s->breakpoints.len;
	struct process *p = s->current ? s->current->process : NULL;
	struct image *image = session_current_image(s);

	for (size_t i = 0; image && i < count; i++)
		add_function(s, make(s, xstrdup(functions[i].location),
		                     &plain), image, p, functions[i].entry);
	s->breaks->offline = s->breaks->offline || !p;
	for (size_t i = 0; i < s->target->processes.len; i++) {
		if (s->target->processes.items[i] != p)
			breakpoints_resolve(s, s->target->processes.items[i]);
		else
			break_plant_process(s, p);
	}
	for (size_t i = s->breakpoints.len; i-- > before;) {
		struct error *err = refusal(s->breakpoints.items[i]);

		if (err)
			breakpoint_delete(s, s->breakpoints.items[i]);
		error_destroy(err);
	}
	breakpoints_watch_linkers(s);
	return s->breakpoints.len - before;
}

/* Places, for commands. */

const char *break_location(const struct breakpoint *b)
{
	const struct break_part *part = b->part;

	return break_is_code(b) ? part->location : NULL;
}

size_t break_place_count(struct session *s, const struct breakpoint *b)
{
	const struct break_part *part = b->part;

	break_look_offline(s);
	return break_is_code(b) ? part->places.len : 0;
}

/* Every process's copy of it, and those that come. */
static void mark_place(struct break_part *part, const struct break_place *which,
                       bool on)
{
	struct break_disabled off = { which->module, which->offset };

	for (size_t i = part->disabled.len; i-- > 0;)
		if (part->disabled.items[i].offset == off.offset &&
		    off.module &&
		    strcmp(part->disabled.items[i].module, off.module) == 0)
			vec_remove(&part->disabled, i);
	if (!on && off.module)
		vec_push(&part->disabled, off);
}

void break_enable_place(struct session *s, struct breakpoint *b,
                        size_t number, bool on)
{
	struct break_part *part = b->part;
	struct break_place *which = &part->places.items[number - 1];

	mark_place(part, which, on);
	which->enabled = on;
	break_plant(s, b);
}

bool break_is_at(const struct breakpoint *b, taddr addr)
{
	const struct break_part *part = b->part;

	for (size_t i = 0; break_is_code(b) && i < part->places.len; i++)
		if (part->places.items[i].addr == addr)
			return true;
	return false;
}

bool break_is_on_line(const struct breakpoint *b, const char *file,
                      unsigned line)
{
	const struct break_part *part = b->part;

	for (size_t i = 0; break_is_code(b) && i < part->places.len; i++)
		if (part->places.items[i].file &&
		    part->places.items[i].line == line &&
		    strcmp(part->places.items[i].file, file) == 0)
			return true;
	return false;
}

/* Hits. */

/* "dprintf 2: unknown name "n"", or what it printed. */
static void tell_format(struct session *s, const struct thread *t,
                        unsigned number, const char *text,
                        const struct error *err)
{
	output_begin(s);
	if (err) {
		out_message(s->out, "warning", ROLE_WARNING,
		            "dprintf %u: %s", number, err->message);
	} else if (text) {
		out_begin(s->out, "dprintf");
		out_hidden_uint(s->out, "breakpoint", number);
		out_hidden_uint(s->out, "tid", (uint64_t)t->tid);
		out_hidden_str(s->out, "text", text);
		out_text(s->out, ROLE_PLAIN, "%s", text);
		out_end(s->out);
	}
	output_end(s);
}

/* Its `commands` come in the place of its format, as in gdb; they may delete
 * it. */
static void do_format(struct session *s, struct thread *t,
                      const struct breakpoint *b)
{
	const struct break_part *part = b->part;
	struct thread *before = s->current;
	AUTO_BUF struct buf text = { 0 };
	unsigned number = b->number;
	bool lines = b->commands.len;
	size_t silent = breakpoint_is_silent(b);
	struct error *err = NULL;

	buf_init(&text);
	s->current = s->examined = t;
	frames_unselect(t);
	output_begin(s);
	if (lines && s->run_lines)
		err = s->run_lines(s, b->commands.items + silent,
		                   b->commands.len - silent);
	else if (s->format)
		err = s->format(s, part->format, &text);
	output_end(s);
	s->examined = NULL;
	s->current = before;
	tell_format(s, t, number, lines ? NULL : text.data, err);
	error_destroy(err);
}

/* Whether the condition is known not to hold, without much ado. */
static bool surely_not(struct session *s, struct thread *t,
                       const struct breakpoint *b, struct break_place *place)
{
	struct error *err;
	bool truth = true;

	if (!b->condition)
		return false;
	if (place->fast_of != b->conditions + 1) {
		struct code_scope scope = { session_image(s, t->process),
		                            place->addr };

		fast_destroy(place->fast);
		place->fast = fast_compile(s, t->process, &scope,
		                           expr_text(b->condition));
		place->fast_of = b->conditions + 1;
		LOG(LOG_SESSION, "breakpoint %u: its condition at 0x%llx is "
		    "%s", b->number, (unsigned long long)place->addr,
		    place->fast ? "code" : "evaluated");
	}
	if (!place->fast)
		return false;
	err = fast_evaluate(place->fast, t, &truth);
	error_destroy(err);
	return !err && !truth;
}

static void one_hit(struct session *s, struct thread *t, struct breakpoint *b,
                    struct catch_verdict *verdict)
{
	struct catch_verdict own = { 0 };

	if (b->kind != &dprintf_kind)
		breakpoint_hit(s, t, b, verdict);
	else if (breakpoint_hit(s, t, b, &own))
		do_format(s, t, b);
}

static void at_linker(struct session *s, struct thread *t,
                      struct catch_verdict *verdict)
{
	struct image *image = session_image(s, t->process);

	image_changed(image, false);
	solib_at_linker(s, t, verdict);
	if (!image_linker_is_done(image))
		return;
	breakpoints_resolve(s, t->process);
	for (size_t i = 0; i < s->breakpoints.len; i++) {
		struct breakpoint *b = s->breakpoints.items[i];

		if (b->enabled && b->kind->modules_changed)
			b->kind->modules_changed(s, t, b, verdict);
	}
}

/* Whether B is one that T comes by in this way. */
static bool is_met(const struct breakpoint *b, const struct thread *t,
                   unsigned means)
{
	unsigned by = hbreak_is(b) ? MEANS_REGISTER : MEANS_SITE;

	return b->enabled && means & by && (!b->tid || b->tid == t->tid);
}

void breakpoints_at(struct session *s, struct thread *t, taddr addr,
                    unsigned means, struct catch_verdict *verdict)
{
	const struct break_here *here;
	unsigned few[16], *numbers = few;
	bool inlined = false, copy;
	unsigned number;
	size_t count;

	if (means & MEANS_SITE && break_at_linker(s, t, addr))
		at_linker(s, t, verdict);
	here = map_get(&s->breaks->by_addr, addr);
	count = here ? here->numbers.len : 0;
	if (count > ARRAY_LEN(few))
		numbers = xcalloc(count, sizeof(*numbers));
	/* A condition may call a function, and that may change everything. */
	if (count)
		memcpy(numbers, here->numbers.items, count * sizeof(*numbers));
	for (size_t i = 0; i < count; i++) {
		struct breakpoint *b = breakpoint_find(s, numbers[i]);
		struct break_place *place = b
			? break_place_here(b, t->process, addr) : NULL;

		if (!place || !place->enabled || !is_met(b, t, means) ||
		    surely_not(s, t, b, place))
			continue;
		copy = place->inlined;
		number = break_place_number(b, place);
		frames_enter_inlined(t, copy);
		one_hit(s, t, b, verdict);
		if (verdict->number != numbers[i])
			continue;
		inlined = copy;
		s->hit_place = number;
	}
	if (verdict->stop)
		frames_enter_inlined(t, inlined);
	if (numbers != few)
		free(numbers);
}

void breakpoints_thread_dies(struct session *s, struct thread *t)
{
	for (size_t i = s->breakpoints.len; i-- > 0;) {
		struct breakpoint *b = s->breakpoints.items[i];

		if (!b->tid || b->tid != t->tid)
			continue;
		output_begin(s);
		out_message(s->out, "note", ROLE_PLAIN, "Thread-specific "
		            "breakpoint %u deleted - thread %s no longer in "
		            "the thread list.", b->number, b->thread);
		output_end(s);
		b->tid = -1;
		b->disposition = DISPOSITION_DELETE;
		b->doomed = s->any_doomed = true;
		breakpoint_enable(s, b, false);
	}
}
