/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One instruction done at its place, and displaced: for tests/tools/displaced.c. */
#ifndef SCDB_TESTS_DISPLACED_RUN_H
#define SCDB_TESTS_DISPLACED_RUN_H

#include "tests/tools/displaced_child.h"
#include "tests/tools/displaced_counts.h"
#include "tests/tools/displaced_random.h"

enum { XSTATES = 64 };

struct job {
	struct insn in;
	struct displaced d;
	struct arch_regs start;
	const uint8_t *xstate;          /* NULL: vectors are not looked at */
	const uint8_t *data;            /* the template of memory */
	size_t window;                  /* offset in the image, or ~0 */
	bool writes_end;                /* over the breakpoint behind itself */
};

struct run {
	struct child child;
	struct counts counts;
	uint8_t xstates[XSTATES][XSTATE_MAX];
	uint8_t data[2][DATA_SIZE];
	uint8_t *golden;                /* the image as loaded */
	struct state expected, got;
	bool scratch;                   /* the copy's */
};

/*
 * A single step shows itself in what pushf pushes and by popf, and does one
 * instruction more behind mov ss and behind those that the kernel does itself under
 * UMIP: the reference runs up to a breakpoint.
 */
static bool reference_runs(const struct job *j)
{
	switch (j->in.z.mnemonic) {
	case ZYDIS_MNEMONIC_SGDT:
	case ZYDIS_MNEMONIC_SIDT:
	case ZYDIS_MNEMONIC_SLDT:
	case ZYDIS_MNEMONIC_SMSW:
	case ZYDIS_MNEMONIC_STR:
	case ZYDIS_MNEMONIC_PUSHF:
	case ZYDIS_MNEMONIC_PUSHFD:
	case ZYDIS_MNEMONIC_PUSHFQ:
	case ZYDIS_MNEMONIC_POPF:
	case ZYDIS_MNEMONIC_POPFD:
	case ZYDIS_MNEMONIC_POPFQ:
		return true;
	default:
		return j->d.delays_trap;
	}
}

/* Memory here of ADDRESS in the child. */
static uint8_t *place_here(struct run *r, taddr address)
{
	if (address - IMAGE < r->child.image_size)
		return r->child.image + (address - IMAGE);
	if (address - HIGH < SHARED_SIZE)
		return r->child.memory + (address - HIGH);
	if (address - LOW < SHARED_SIZE)
		return r->child.memory + (address - LOW);
	return NULL;
}

static void put_memory(struct run *r, const struct job *j)
{
	memcpy(r->child.memory + DATA, j->data, DATA_SIZE);
	memset(r->child.memory + CODE, 0xcc, CODE_SIZE);
	if (!r->golden)
		memcpy(place_here(r, j->in.address), j->in.bytes, j->d.len);
}

static void keep_memory(struct run *r, const struct job *j, struct state *s)
{
	memcpy(s->data, r->child.memory + DATA, DATA_SIZE);
	if (j->window > r->child.image_size)
		return;
	memcpy(s->window, r->child.image + j->window, sizeof(s->window));
	memcpy(r->child.image + j->window, r->golden + j->window,
	       sizeof(s->window));
}

/* One resume, and what it led to.  OURS: the end of a run that was to be. */
static bool resume(struct run *r, const struct job *j, int request,
                   struct state *s)
{
	int sig;

	s->gone = !child_go(&r->child, request, &sig) ||
	          !child_get(&r->child, j->xstate, s);
	s->plain = !s->gone && request == PTRACE_SINGLESTEP &&
	           sig == SIGTRAP && s->info.si_code == TRAP_OF_STEP;
	return !s->gone;
}

/* Runs up to a breakpoint at END. */
static bool run_to(struct run *r, const struct job *j, taddr end,
                   struct state *s)
{
	uint8_t *at = place_here(r, end), was = *at;
	bool alive;

	*at = 0xcc;
	alive = resume(r, j, PTRACE_CONT, s);
	if (r->golden)
		*at = was;
	if (alive && s->info.si_signo == SIGTRAP &&
	    s->info.si_code == SI_KERNEL && s->regs.user.rip == end + 1) {
		/* In a slot the end is displaced_after's business. */
		s->regs.user.rip -= end - HIGH - SLOT >= PAGE &&
		                    end - LOW - SLOT >= PAGE;
		s->plain = true;
	}
	return alive;
}

static void reference(struct run *r, struct job *j, struct state *s)
{
	taddr end = j->in.address + j->d.len;

	put_memory(r, j);
	child_set(&r->child, &j->start, j->xstate);
	if (reference_runs(j)) {
		run_to(r, j, end, s);
	} else {
		for (unsigned turn = 0; turn < 100; turn++)
			if (!resume(r, j, PTRACE_SINGLESTEP, s) ||
			    !s->plain || !j->d.repeats ||
			    s->regs.user.rip != j->in.address)
				break;
	}
	j->writes_end = !r->golden && *place_here(r, end) != 0xcc;
	keep_memory(r, j, s);
}

/* FROM's words that MASK names; the others are nonsense, or what TO had. */
static void take(struct arch_regs *to, const struct arch_regs *from,
                 uint32_t mask, bool fill)
{
	for (unsigned i = 0; i < sizeof(to->user) / 8; i++) {
		if (mask >> i & 1)
			arch_word_set(to, i * 8, arch_word_get(from, i * 8));
		else if (fill)
			arch_word_set(to, i * 8, 0x5a5a5a5a5a5a5a5a);
	}
}

static bool do_emulated(struct run *r, const struct job *j, struct state *s)
{
	const struct displaced_world world = { .read = world_read,
	                                       .write = world_write,
	                                       .arg = &r->child };
	struct arch_regs part;

	put_memory(r, j);
	take(&part, &j->start, j->d.reads, true);
	if (!displaced_emulate(&j->d, &world, &part)) {
		r->counts.fell_back++;
		return false;
	}
	s->regs = j->start;
	take(&s->regs, &part, j->d.writes | ARCH_REG_BIT(rip), false);
	s->plain = true;
	s->gone = false;
	keep_memory(r, j, s);
	return true;
}

/* Once through the slot: before, a resume, after. */
static enum displaced_at through(struct run *r, const struct job *j,
                                 const struct displaced_copy *copy, taddr end,
                                 struct state *s)
{
	const struct displaced_world world = { .read = world_read,
	                                       .write = world_write,
	                                       .arg = &r->child };
	struct displaced_saved saved;
	struct arch_regs part;
	enum displaced_at at;
	taddr fault;

	take(&part, &s->regs, copy->before_reads, true);
	displaced_before(&j->d, copy, &part, &saved);
	take(&s->regs, &part, copy->before_writes, false);
	child_set(&r->child, &s->regs, NULL);
	if (!(end ? run_to(r, j, end, s)
	          : resume(r, j, PTRACE_SINGLESTEP, s)))
		return DISPLACED_PAST;
	take(&part, &s->regs, copy->after_reads, true);
	at = displaced_after(&j->d, copy, &saved, !end, &world, &part);
	take(&s->regs, &part, copy->after_writes, false);
	fault = (uintptr_t)s->info.si_addr;
	if (displaced_true_fault(&j->d, copy->slot, s->info.si_signo,
	                         &fault)) {
		void *pointer = (void *)(uintptr_t)fault;

		memcpy(&s->info.si_addr, &pointer, sizeof(pointer));
	}
	return at;
}

static taddr slot_for(const struct job *j, enum way way)
{
	bool far = way == FAR_STEP || way == FAR_RUN;

	return (j->in.wide && !far ? HIGH : LOW) + SLOT + 32 * below(100);
}

/* END: where a run will stop; 0: steps. */
static void do_in_slot(struct run *r, const struct job *j, enum way way,
                       struct displaced_copy *copy, taddr end,
                       struct state *s)
{
	enum displaced_at at;

	memcpy(place_here(r, copy->slot), copy->bytes, sizeof(copy->bytes));
	put_memory(r, j);
	child_set(&r->child, &j->start, j->xstate);
	s->regs = j->start;
	for (unsigned turn = 0; turn < 100; turn++) {
		at = through(r, j, copy, end, s);
		if (s->gone || !s->plain || !j->d.repeats ||
		    at != DISPLACED_AT_START)
			break;
	}
	r->counts.scratch += copy->scratch;
	r->scratch = copy->scratch;
	if (at == DISPLACED_SPOILT)
		printf("spoilt: %s\n", way_names[way]);
	keep_memory(r, j, s);
}

/* Up to the call's entry: there all must be true already. */
static void do_call(struct run *r, struct job *j, bool displaced,
                    struct state *entry, struct state *done)
{
	struct displaced_copy copy = { .slot = slot_for(j, one_in(2) ? NEAR_STEP
	                                                  : FAR_STEP) };
	struct displaced_saved saved;
	int sig;

	put_memory(r, j);
	entry->regs = j->start;
	if (displaced) {
		displaced_make_copy(&j->d, copy.slot, &copy);
		memcpy(place_here(r, copy.slot), copy.bytes, copy.size);
		displaced_before(&j->d, &copy, &entry->regs, &saved);
	}
	child_set(&r->child, &entry->regs, j->xstate);
	entry->gone = !child_go(&r->child, PTRACE_SYSCALL, &sig) ||
	              !child_get(&r->child, j->xstate, entry);
	if (displaced && !entry->gone) {
		displaced_after(&j->d, &copy, &saved, false, NULL,
		                &entry->regs);
		child_set(&r->child, &entry->regs, NULL);
	}
	*done = *entry;
	done->gone = entry->gone ||
	             !child_go(&r->child, PTRACE_SYSCALL, &sig) ||
	             !child_get(&r->child, j->xstate, done);
	done->plain = entry->plain = sig == (SIGTRAP | 0x80);
	keep_memory(r, j, done);
	memcpy(entry->data, done->data, DATA_SIZE);
}

#endif
