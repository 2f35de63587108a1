/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where breakpoints stand, and in which process. */
#include "session/break_place.h"

#include "base/alloc.h"
#include "session/watch.h"

#include <stdlib.h>
#include <string.h>

/* Places. */

static bool has_place_at(const struct break_part *part, taddr addr)
{
	for (size_t i = 0; i < part->places.len; i++)
		if (part->places.items[i].addr == addr)
			return true;
	return false;
}

static unsigned process_rank(const struct process *p)
{
	return p ? p->number : 0;
}

/* Where the place of P at ADDR is, or would be. */
static size_t position(const struct break_part *part, const struct process *p,
                       taddr addr)
{
	unsigned rank = process_rank(p);
	size_t low = 0, high = part->places.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct break_place *at = &part->places.items[mid];
		unsigned other = process_rank(at->process);

		if (other < rank || (other == rank && at->addr < addr))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct break_place *find_place(const struct break_part *part,
                                      const struct process *p, taddr addr)
{
	size_t at = position(part, p, addr);

	return at < part->places.len &&
	       part->places.items[at].process == p &&
	       part->places.items[at].addr == addr
	       ? &part->places.items[at] : NULL;
}

static bool is_disabled(const struct break_part *part,
                        const struct break_place *place)
{
	for (size_t i = 0; place->module && i < part->disabled.len; i++)
		if (part->disabled.items[i].offset == place->offset &&
		    strcmp(part->disabled.items[i].module,
		           place->module) == 0)
			return true;
	return false;
}

void break_add_place(struct session *s, struct breakpoint *b,
                     const struct break_place *place)
{
	struct break_part *part = b->part;
	size_t at = position(part, place->process, place->addr);

	vec_push(&part->places, *place);
	memmove(&part->places.items[at + 1], &part->places.items[at],
	        (part->places.len - 1 - at) * sizeof(*place));
	part->places.items[at] = *place;
	part->places.items[at].enabled = !is_disabled(part, place);
	break_index_add(s->breaks, place->addr, b->number);
}

void break_drop_place(struct session *s, struct breakpoint *b, size_t index)
{
	struct break_part *part = b->part;
	struct break_place place = part->places.items[index];

	vec_remove(&part->places, index);
	site_drop(s, place.site);
	fast_destroy(place.fast);
	free(place.refused);
	if (!has_place_at(part, place.addr))
		break_index_remove(s->breaks, place.addr, b->number);
}

/* Of P, or those that were not found again. */
static void drop_places(struct session *s, struct breakpoint *b,
                        const struct process *p, bool all)
{
	struct break_part *part = b->part;

	for (size_t i = part->places.len; i-- > 0;)
		if (part->places.items[i].process == p &&
		    (all || !part->places.items[i].keep))
			break_drop_place(s, b, i);
}

struct break_place break_from_place(struct process *p,
                                    const struct place *found)
{
	const struct module *m = found->module;

	return (struct break_place){
		.process = p, .addr = found->addr,
		.module = m ? m->name : NULL,
		.offset = m ? found->addr - m->bias : 0,
		.function = found->function, .inlined = found->inlined,
		.file = found->has_line && found->line.line
		        ? found->line.file : NULL,
		.line = found->has_line ? found->line.line : 0,
		.keep = true,
	};
}

static struct image *image_for(struct session *s, struct process *p)
{
	return p ? session_image(s, p) : session_current_image(s);
}

/* What is still mapped stays, though its name is not found. */
static void keep_mapped(struct session *s, struct break_part *part,
                        struct process *p)
{
	for (size_t i = 0; i < part->places.len; i++) {
		struct break_place *at = &part->places.items[i];
		const struct module *m;

		if (at->process != p || !at->module)
			continue;
		m = image_module_at(image_for(s, p), at->addr);
		at->keep = m && strcmp(m->name, at->module) == 0 &&
		           at->addr - m->bias == at->offset;
	}
}

static struct error *find_places(struct session *s,
                                 const struct break_part *part,
                                 struct process *p, place_list *found)
{
	struct thread *before = s->current;
	bool was = s->breaks->resolving;
	struct error *err;

	if (p)
		s->current = p->threads.items[0];
	s->breaks->resolving = true;
	err = location_resolve(s, part->location, LOCATION_BREAK, found);
	s->breaks->resolving = was;
	s->current = before;
	return err;
}

static bool has_places(const struct break_part *part, const struct process *p)
{
	size_t at = position(part, p, 0);

	return at < part->places.len && part->places.items[at].process == p;
}

struct file_search {
	const struct symbol_file *file;
	const struct module *found;
};

static bool is_module_of(void *ctx, const struct module *m)
{
	struct file_search *search = ctx;

	if (m->file == search->file)
		search->found = m;
	return !search->found;
}

/*
 * The one function that B stands for, without its name being looked for: of
 * several that are called the same it is that one again.  False: the name is
 * all there is to go by.
 */
static bool resolve_direct(struct session *s, struct breakpoint *b,
                           struct process *p, struct error **err)
{
	struct break_part *part = b->part;
	struct image *image = image_for(s, p);
	struct file_search search = { .file = part->file };
	struct break_place at;
	struct place place;

	keep_mapped(s, part, p);
	drop_places(s, b, p, false);
	*err = NULL;
	if (!image || has_places(part, p))
		return image != NULL;
	if (part->file)
		image_each_module(image, is_module_of, &search);
	if (search.found) {
		location_of_function(image, search.found->bias + part->offset,
		                     &place);
		at = break_from_place(p, &place);
		break_add_place(s, b, &at);
		return true;
	}
	if (!part->library || location_module(image, part->library))
		return false;
	*err = error_new(ERROR_NOT_FOUND, "No source file named %s.",
	                 part->library);
	return true;
}

struct error *break_resolve(struct session *s, struct breakpoint *b,
                            struct process *p)
{
	struct break_part *part = b->part;
	place_list found = { 0 };
	struct error *err;

	for (size_t i = 0; i < part->places.len; i++) {
		/* What it speaks of may have been loaded elsewhere. */
		part->places.items[i].fast_of = 0;
		part->places.items[i].keep = false;
	}
	if (part->direct && resolve_direct(s, b, p, &err))
		return err;
	err = find_places(s, part, p, &found);
	for (size_t i = 0; !err && i < found.len; i++) {
		struct break_place place = break_from_place(p, &found.items[i]);
		struct break_place *old = find_place(part, p, place.addr);

		if (old)
			old->keep = true;
		else if (found.items[i].has_addr)
			break_add_place(s, b, &place);
	}
	vec_deinit(&found);
	if (err)
		keep_mapped(s, part, p);
	drop_places(s, b, p, false);
	if (err && has_places(part, p)) {
		error_destroy(err);
		return NULL;
	}
	return err;
}

struct error *break_resolve_all(struct session *s, struct breakpoint *b)
{
	struct break_part *part = b->part;
	struct error *first = NULL;

	if (!s->target->processes.len) {
		s->breaks->offline = s->program.path != NULL;
		return break_resolve(s, b, NULL);
	}
	for (size_t i = 0; i < s->target->processes.len; i++) {
		struct process *p = s->target->processes.items[i];
		struct error *err = p->passing ? NULL
		                               : break_resolve(s, b, p);

		if (err && !first)
			first = err;
		else
			error_destroy(err);
	}
	if (part->places.len) {
		error_destroy(first);
		return NULL;
	}
	return first;
}

void break_look_offline(struct session *s)
{
	if (s->target->processes.len || s->breaks->offline ||
	    !s->program.path)
		return;
	s->breaks->offline = true;
	for (size_t i = 0; i < s->breakpoints.len; i++)
		if (break_is_code(s->breakpoints.items[i]))
			error_destroy(break_resolve(s,
				s->breakpoints.items[i], NULL));
}

/* Sites. */

static bool wants_site(const struct breakpoint *b,
                       const struct break_place *place)
{
	const struct break_part *part = b->part;

	return !part->hardware && b->enabled && !b->doomed &&
	       place->enabled && place->process && !place->process->core;
}

typedef VEC(struct site *) site_list;

/* What is planted and is not to be, or is no more. */
static void collect_unwanted(const struct breakpoint *b, site_list *sites)
{
	struct break_part *part = b->part;

	for (size_t i = 0; i < part->places.len; i++) {
		struct break_place *place = &part->places.items[i];

		if (place->site && (!wants_site(b, place) ||
		                    site_is_dead(place->site))) {
			vec_push(sites, place->site);
			place->site = NULL;
		}
	}
}

static void drop_sites(struct session *s, site_list *sites)
{
	if (sites->len)
		site_drop_many(s, sites->items, sites->len);
	vec_deinit(sites);
}

/* To be planted together. */
struct planting {
	VEC(struct break_place *) places;
	VEC(taddr) addrs;
};

static void collect(struct planting *planting, struct breakpoint *b,
                    const struct process *p)
{
	struct break_part *part = b->part;

	for (size_t i = 0; i < part->places.len; i++) {
		struct break_place *place = &part->places.items[i];

		if (place->site || !wants_site(b, place) ||
		    place->process != p)
			continue;
		vec_push(&planting->places, place);
		vec_push(&planting->addrs, place->addr);
	}
}

static void plant(struct session *s, struct process *p,
                  struct planting *planting)
{
	size_t count = planting->addrs.len;
	AUTO_FREE struct site **sites = xcalloc(count + 1, sizeof(*sites));
	AUTO_FREE struct error **errors = xcalloc(count + 1, sizeof(*errors));

	if (count)
		site_add_many(s, p, planting->addrs.items, count, sites,
		              errors);
	for (size_t i = 0; i < count; i++) {
		struct break_place *place = planting->places.items[i];

		place->site = sites[i];
		free(place->refused);
		place->refused = errors[i] ? xstrdup(errors[i]->message)
		                           : NULL;
		error_destroy(errors[i]);
	}
	vec_deinit(&planting->places);
	vec_deinit(&planting->addrs);
}

void break_plant(struct session *s, struct breakpoint *b)
{
	site_list unwanted = { 0 };

	if (hbreak_is(b)) {
		watch_plan_all(s);
		return;
	}
	collect_unwanted(b, &unwanted);
	drop_sites(s, &unwanted);
	for (size_t i = 0; i < s->target->processes.len; i++) {
		struct process *p = s->target->processes.items[i];
		struct planting planting = { 0 };

		collect(&planting, b, p);
		plant(s, p, &planting);
	}
}

void break_plant_process(struct session *s, struct process *p)
{
	struct planting planting = { 0 };
	site_list unwanted = { 0 };
	bool registers = false;

	for (size_t i = 0; i < s->breakpoints.len; i++) {
		struct breakpoint *b = s->breakpoints.items[i];

		registers = registers || hbreak_is(b);
		if (!break_is_code(b) || hbreak_is(b))
			continue;
		collect_unwanted(b, &unwanted);
		collect(&planting, b, p);
	}
	drop_sites(s, &unwanted);
	plant(s, p, &planting);
	if (registers)
		watch_plan(s, p);
}

/* As one request, not one by one. */
void breakpoints_enable_all(struct session *s, bool on)
{
	for (size_t i = 0; i < s->breakpoints.len; i++) {
		struct breakpoint *b = s->breakpoints.items[i];

		if (break_is_code(b))
			b->enabled = on;
		else
			breakpoint_enable(s, b, on);
	}
	for (size_t i = 0; i < s->target->processes.len; i++)
		break_plant_process(s, s->target->processes.items[i]);
}

/* Said once for each breakpoint that stands nowhere; what debug registers can't
 * have was said when it was wanted of them. */
static void warn_of_refused(struct session *s, const struct process *p)
{
	for (size_t i = 0; i < s->breakpoints.len; i++) {
		const struct breakpoint *b = s->breakpoints.items[i];
		const struct break_part *part = b->part;

		if (!break_is_code(b) || hbreak_is(b))
			continue;
		for (size_t k = 0; k < part->places.len; k++) {
			const struct break_place *place =
				&part->places.items[k];

			if (place->process != p || !place->refused)
				continue;
			output_begin(s);
			out_message(s->out, "warning", ROLE_WARNING,
			            "warning: breakpoint %u: %s", b->number,
			            place->refused);
			output_end(s);
			break;
		}
	}
}

/* What processes do. */

/* Those that waited for their place get their condition compiled too. */
static void compile_waiting(struct session *s, struct breakpoint *b)
{
	const struct break_part *part = b->part;
	struct expr *expr = NULL;
	struct error *err;

	if (!b->condition_text || !part->places.len)
		return;
	err = break_compile(s, b, b->condition_text, false, &expr);
	if (err) {
		error_destroy(err); /* said at its first hit */
		return;
	}
	b->condition = expr;
	free(b->condition_text);
	b->condition_text = NULL;
}

void breakpoints_resolve(struct session *s, struct process *p)
{
	for (size_t i = 0; i < s->breakpoints.len; i++) {
		struct breakpoint *b = s->breakpoints.items[i];

		if (!break_is_code(b))
			continue;
		error_destroy(break_resolve(s, b, p));
		compile_waiting(s, b);
	}
	break_plant_process(s, p);
	warn_of_refused(s, p);
}

static void drop_all_places(struct session *s, const struct process *p)
{
	for (size_t i = 0; i < s->breakpoints.len; i++)
		if (break_is_code(s->breakpoints.items[i]))
			drop_places(s, s->breakpoints.items[i], p, true);
}

void breakpoints_process_new(struct session *s, struct process *p)
{
	drop_all_places(s, p);
	drop_all_places(s, NULL);
	break_forget_linker(s, p);
	if (!break_linker_wanted(s))
		return;
	breakpoints_resolve(s, p);
	breakpoints_watch_linkers(s);
}

void breakpoints_process_forked(struct session *s, struct process *p)
{
	struct process *maker = target_process(s->target, p->parent);

	for (size_t i = 0; maker && i < s->breakpoints.len; i++) {
		struct breakpoint *b = s->breakpoints.items[i];
		struct break_part *part = b->part;

		if (!break_is_code(b))
			continue;
		for (size_t k = 0; k < part->places.len; k++) {
			struct break_place place = part->places.items[k];

			if (place.process != maker)
				continue;
			place.process = p;
			place.site = NULL;
			place.refused = NULL;
			place.fast = NULL;
			place.fast_of = 0;
			break_add_place(s, b, &place);
		}
	}
	/* Who made it is gone already: as one that was attached. */
	if (!maker && break_linker_wanted(s))
		breakpoints_resolve(s, p);
	else
		break_plant_process(s, p);
	if (break_linker_wanted(s))
		break_watch_linker(s, p);
	sites_sweep(p);
}

void breakpoints_program_changed(struct session *s)
{
	drop_all_places(s, NULL);
	s->breaks->offline = false;
	break_look_offline(s);
	for (size_t i = 0; i < s->breakpoints.len; i++)
		if (break_is_code(s->breakpoints.items[i]))
			compile_waiting(s, s->breakpoints.items[i]);
}

void breakpoints_process_dies(struct session *s, struct process *p)
{
	drop_all_places(s, p);
	break_forget_linker(s, p);
	s->breaks->offline = false;
}
