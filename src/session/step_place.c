/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a step is: frames that are told apart, and places to come back to. */
#include "session/step_internal.h"

#include <string.h>

bool step_get_pc(struct thread *t, taddr *pc, taddr *sp)
{
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);

	if (err) {
		error_destroy(err);
		return false;
	}
	*pc = arch_pc(regs);
	*sp = arch_sp(regs);
	return true;
}

const struct arch *step_arch(struct thread *t)
{
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);

	if (!err)
		return arch_of_regs(regs);
	error_destroy(err);
	return process_word(t->process) == 4 ? arch_i386() : arch_x86_64();
}

/* Frames. */

const struct frame *step_frame_at(struct session *s, struct thread *t,
                                  unsigned level)
{
	struct backtrace *b;
	struct error *err = session_backtrace(s, t, &b);

	if (!err)
		return backtrace_frame(b, level);
	error_destroy(err);
	return NULL;
}

const struct frame *step_frame_real(struct session *s, struct thread *t,
                                    const struct frame *f)
{
	while (f && f->kind == FRAME_INLINE)
		f = step_frame_at(s, t, f->level + 1);
	return f;
}

const struct frame *step_frame_caller(struct session *s, struct thread *t,
                                      const struct frame *f)
{
	f = step_frame_real(s, t, f);
	do
		f = f ? step_frame_at(s, t, f->level + 1) : NULL;
	while (f && f->kind == FRAME_TAIL);
	return step_frame_real(s, t, f);
}

static taddr function_of(struct session *s, struct thread *t,
                         const struct frame *f)
{
	struct symbol symbol;

	if (f->function.die.info)
		return f->function.entry;
	if (image_symbol_at(session_image(s, t->process), f->lookup_pc,
	                    &symbol))
		return symbol.addr;
	return f->lookup_pc;
}

struct step_frame step_frame_key(struct session *s, struct thread *t,
                                 const struct frame *f)
{
	struct step_frame key = { 0 };

	if (!f)
		return key;
	key.known = true;
	key.cfa = f->cfa;
	key.function = function_of(s, t, f);
	while (f && f->kind == FRAME_INLINE) {
		f = step_frame_at(s, t, f->level + 1);
		key.depth++;
	}
	return key;
}

bool step_frame_equal(const struct step_frame *a, const struct step_frame *b)
{
	return a->known && b->known && a->cfa == b->cfa &&
	       a->function == b->function && a->depth == b->depth;
}

unsigned step_not_entered(struct session *s, struct thread *t)
{
	struct backtrace *b;
	struct error *err = session_backtrace(s, t, &b);

	if (!err)
		return backtrace_not_entered(b);
	error_destroy(err);
	return 0;
}

void step_go_in(struct session *s, struct thread *t, unsigned count)
{
	struct thread_info *info = thread_info(t);

	(void)s;
	if (info->entered_runs != t->runs + 1)
		info->entered_inlined = 0;
	info->entered_runs = t->runs + 1;
	info->entered_inlined += count;
}

/* Places. */

/* More than a hot loop has; what is beyond is planted anew each time. */
enum { MAX_PLANTED = 4096 };

struct site *step_site(struct session *s, struct thread *t, taddr addr)
{
	struct step *step = step_of(t);
	struct site *site = map_get(&step->sites, addr);
	struct error *err;

	if (site && !site_is_dead(site))
		return site;
	err = site_add(s, t->process, addr, &site);
	if (err) {
		error_destroy(err);
		return NULL;
	}
	if (step->planted.len == MAX_PLANTED) {
		site_drop(s, step->planted.items[0]);
		map_remove(&step->sites, site_address(step->planted.items[0]));
		vec_remove(&step->planted, 0);
	}
	map_put(&step->sites, addr, site);
	vec_push(&step->planted, site);
	return site;
}

void step_run_to(struct session *s, struct thread *t, enum step_aim aim,
                 taddr addr, taddr least_sp)
{
	struct step *step = step_of(t);

	step->resume = (struct step_place){
		.addr = addr, .least_sp = least_sp,
		.site = step_site(s, t, addr),
	};
	step->aim = aim;
	step->landing = false;
}

bool step_place_reached(struct session *s, struct thread *t,
                        const struct step_place *place, taddr pc, taddr sp)
{
	const struct frame *f;

	if (pc != place->addr || sp < place->least_sp)
		return false;
	if (!place->cfa)
		return true;
	f = step_frame_real(s, t, step_frame_at(s, t, 0));
	return f && f->cfa == place->cfa;
}

bool step_in_linker(struct session *s, struct thread *t, taddr pc)
{
	struct image *image = session_image(s, t->process);
	const struct module *m = image_module_at(image, pc);
	struct module_section section;
	const char *name;

	if (!m)
		return false;
	if (module_section_at(m, pc, &section) &&
	    strncmp(section.name, ".plt", 4) == 0)
		return true;
	name = module_short_name(m);
	return m != image_main_module(image) &&
	       (strncmp(name, "ld-linux", 8) == 0 ||
	        strncmp(name, "ld-2.", 5) == 0 ||
	        strncmp(name, "ld.so", 5) == 0);
}
