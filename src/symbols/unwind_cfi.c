/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Unwinding by tables: .eh_frame of the file itself, .debug_frame of it or of
 * its debug file.  libdw finds the entry for an address and runs its program;
 * what that says of a register is evaluated here.
 */
#include "symbols/unwind_internal.h"

#include "base/alloc.h"

/* A place's entry after its program ran; places are few, and are met often. */
enum { CFI_PLACES = 64 };
struct cfi_place {
	Dwarf_CFI *of;
	Dwarf_Addr addr;
	Dwarf_Frame *frame;       /* NULL: nothing is here */
};

struct file_cfi {
	struct cfi_place places[CFI_PLACES];
	Dwarf_CFI *eh;            /* ours; NULL: none */
	Dwarf_CFI *debug;         /* the Dwarf's; NULL: none */
	bool debug_looked_for;
};

static struct file_cfi *file_cfi(struct symbol_file *f)
{
	if (f->cfi)
		return f->cfi;
	f->cfi = xcalloc(1, sizeof(*f->cfi));
	if (f->elf)
		f->cfi->eh = dwarf_getcfi_elf(f->elf);
	return f->cfi;
}

static Dwarf_CFI *debug_cfi(struct symbol_file *f, struct image *image)
{
	struct file_cfi *cfi = file_cfi(f);

	if (!cfi->debug_looked_for) {
		struct debug_info *info = file_debug(f, image);

		cfi->debug_looked_for = true;
		if (info && info->dwarf)
			cfi->debug = dwarf_getcfi(info->dwarf);
	}
	return cfi->debug;
}

void file_cfi_destroy(struct symbol_file *f)
{
	if (!f->cfi)
		return;
	for (size_t i = 0; i < CFI_PLACES; i++)
		free(f->cfi->places[i].frame);
	if (f->cfi->eh)
		dwarf_cfi_end(f->cfi->eh);
	free(f->cfi);
	f->cfi = NULL;
}

/* What the table OF says of ADDR, or NULL; F's, until it is asked again. */
static Dwarf_Frame *frame_at(struct file_cfi *f, Dwarf_CFI *of,
                             Dwarf_Addr addr)
{
	struct cfi_place *place = &f->places[addr % CFI_PLACES];
	Dwarf_Frame *frame;

	if (!of)
		return NULL;
	if (place->frame && place->of == of && place->addr == addr)
		return place->frame;
	if (dwarf_cfi_addrframe(of, addr, &frame) != 0)
		return NULL;
	free(place->frame);
	*place = (struct cfi_place){ of, addr, frame };
	return frame;
}

/* *BIAS: from the table's addresses to the process's. */
static Dwarf_Frame *find(const struct stand *at, taddr *bias)
{
	const struct module *m = at->module;
	Dwarf_Frame *frame;
	struct file_cfi *cfi;

	if (!m)
		return NULL;
	cfi = file_cfi(m->file);
	*bias = m->bias;
	frame = frame_at(cfi, cfi->eh, at->lookup_pc - *bias);
	if (frame || !debug_cfi(m->file, at->b->image))
		return frame;
	*bias = module_from_debug(m, 0);
	return frame_at(cfi, cfi->debug, at->lookup_pc - *bias);
}

static enum step_result bad(const struct cfi_result *r, struct step *step)
{
	if (r->kind != CFI_FAULT)
		return STEP_UNKNOWN;
	step->fault = r->value;
	return STEP_FAULT;
}

/* What a rule said of register REG. */
static enum step_result apply(const struct stand *at, unsigned reg,
                              const struct cfi_result *r, struct step *step)
{
	struct frame_regs *regs = &step->regs;
	uint64_t value = 0;

	switch (r->kind) {
	case CFI_VALUE:
		regs_put(regs, reg, r->value);
		return STEP_CALLER;
	case CFI_REGISTER:
		if (r->value >= FRAME_REGS ||
		    !regs_known(at->regs, (unsigned)r->value))
			return STEP_UNKNOWN;
		regs->known |= 1U << reg;
		regs->value[reg] = at->regs->value[r->value];
		regs->saved = (regs->saved & ~(1U << reg)) |
		              (at->regs->saved >> r->value & 1) << reg;
		regs->saved_at[reg] = at->regs->saved_at[r->value];
		return STEP_CALLER;
	case CFI_ADDRESS:
		if (!unwind_read(at->b, r->value, &value)) {
			step->fault = r->value;
			return STEP_FAULT;
		}
		regs_put_saved(regs, reg, value, r->value);
		return STEP_CALLER;
	default:
		return bad(r, step);
	}
}

/*
 * One register of the caller.  What the tables are silent about is taken to be
 * the same in the caller, as gdb does; compilers say nothing of registers that
 * a call may change.
 */
static enum step_result recover(const struct stand *at, Dwarf_Frame *frame,
                                const struct cfi_machine *machine,
                                unsigned number, struct step *step)
{
	bool is_pc = number == at->b->arch->dwarf_pc;
	struct cfi_result r;
	Dwarf_Op memory[3], *ops;
	size_t count;

	if (dwarf_frame_register(frame, (int)number, memory, &ops,
	                         &count) != 0)
		return is_pc ? STEP_UNKNOWN : STEP_CALLER;
	if (!count)
		return is_pc && ops ? STEP_OUTERMOST : STEP_CALLER;
	cfi_evaluate(machine, ops, count, &r);
	return apply(at, number, &r, step);
}

/* The stack pointer is the CFA, but where a rule says otherwise. */
static void recover_all(const struct stand *at, Dwarf_Frame *frame,
                        const struct cfi_machine *machine, int ra,
                        struct step *step)
{
	const struct arch *arch = at->b->arch;

	step->regs = *at->regs;
	regs_put(&step->regs, arch->dwarf_sp, step->cfa);
	step->result = STEP_CALLER;
	for (unsigned reg = 0; reg < arch->dwarf_count; reg++) {
		enum step_result result;

		if (reg == arch->dwarf_pc)
			continue;
		result = recover(at, frame, machine, reg, step);
		if (result != STEP_CALLER)
			step->regs.known &= ~(1U << reg);
	}
	/* By default it is the same, which it can't be of the pc. */
	step->regs.known &= ~(1U << arch->dwarf_pc);
	if (ra == arch->dwarf_pc)
		step->result = recover(at, frame, machine, (unsigned)ra, step);
	else if (regs_known(&step->regs, (unsigned)ra))
		regs_put(&step->regs, arch->dwarf_pc, step->regs.value[ra]);
	if (step->result == STEP_CALLER &&
	    !regs_known(&step->regs, arch->dwarf_pc))
		step->result = STEP_UNKNOWN;
}

void step_by_tables(const struct stand *at, struct step *step)
{
	struct cfi_machine machine = {
		.memory = image_memory(at->b->image),
		.word = at->b->arch->word,
		.regs = at->regs,
	};
	Dwarf_Addr start = 0, end = 0;
	struct cfi_result r;
	Dwarf_Op *ops = NULL;
	bool signal = false;
	size_t count = 0;
	taddr bias = 0;
	Dwarf_Frame *frame = find(at, &bias);
	int ra;

	step->result = STEP_UNKNOWN;
	if (!frame)
		return;
	ra = dwarf_frame_info(frame, &start, &end, &signal);
	if (ra >= 0 && dwarf_frame_cfa(frame, &ops, &count) == 0 && count) {
		step->signal = signal;
		step->source = FRAME_BY_TABLES;
		cfi_evaluate(&machine, ops, count, &r);
		if (r.kind == CFI_ADDRESS || r.kind == CFI_VALUE) {
			step->cfa = machine.cfa = r.value;
			recover_all(at, frame, &machine, ra, step);
		} else {
			step->result = bad(&r, step);
		}
	}
}
