/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Frames, found one after the other as they are asked for.  Each physical one
 * is a node with its step to the caller; the copies of inlined functions that
 * its pc lies in are nodes before it, with the same registers.
 */
#include "symbols/unwind.h"

#include "symbols/unwind_internal.h"

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>

/* With more nodes than these a trace begins anew without them. */
enum { MAX_INLINED = 64, KEPT_NODES = 256 };

bool unwind_read(const struct backtrace *b, taddr addr, uint64_t *value)
{
	uint64_t word = 0;
	size_t size = b->arch->word;

	if (memory_read(image_memory(b->image), addr, &word, size) != size)
		return false;
	*value = word;
	return true;
}

void regs_put(struct frame_regs *regs, unsigned reg, uint64_t value)
{
	regs->value[reg] = value;
	regs->known |= 1U << reg;
	regs->saved &= ~(1U << reg);
}

void regs_put_saved(struct frame_regs *regs, unsigned reg, uint64_t value,
                    taddr addr)
{
	regs_put(regs, reg, value);
	regs->saved |= 1U << reg;
	regs->saved_at[reg] = addr;
}

/* What variables ask of a frame. */

static bool context_reg(void *ctx, unsigned reg, uint8_t data[REG_MAX_BYTES],
                        size_t *len)
{
	const struct frame *f = ctx;
	const struct backtrace *b = f->backtrace;
	uint64_t value;

	if (reg < b->arch->dwarf_count) {
		if (!frame_reg(f, reg, &value))
			return false;
		*len = b->arch->word;
		memcpy(data, &value, *len);
		return true;
	}
	return b->read_reg && b->read_reg(b->read_ctx, reg, data, len);
}

static bool context_cfa(void *ctx, taddr *cfa)
{
	const struct frame *f = ctx;

	if (!f->cfa)
		return false;
	*cfa = f->cfa;
	return true;
}

/* Of the function that really called this one: no inlined copy. */
static const struct location_context *context_caller(void *ctx)
{
	const struct frame *f = ctx;
	const struct frame *outer = f;
	const struct backtrace *b = f->backtrace;

	while (outer && outer->kind == FRAME_INLINE)
		outer = backtrace_frame(f->backtrace, outer->level + 1);
	if (outer && b->ends && b->ends(b->ends_ctx, outer))
		return NULL;
	if (outer)
		outer = backtrace_frame(f->backtrace, outer->level + 1);
	return outer ? frame_context(outer) : NULL;
}

static struct error *context_tls(void *ctx, const struct module *module,
                                 uint64_t offset, taddr *addr)
{
	const struct frame *f = ctx;
	const struct backtrace *b = f->backtrace;

	if (!b->tls)
		return error_new(ERROR_UNSUPPORTED, "the thread-local storage "
		                 "of this thread is not known");
	return b->tls(b->read_ctx, module, offset, addr);
}

static void set_context(struct node *n)
{
	n->context = (struct location_context){
		.ctx = &n->frame,
		.image = n->frame.backtrace->image,
		.pc = n->frame.lookup_pc,
		.reg = context_reg,
		.cfa = context_cfa,
		.caller = context_caller,
		.tls = context_tls,
	};
}

/* The trace as a whole. */

struct backtrace *backtrace_create(struct image *image,
                                   const struct arch *arch,
                                   const struct arch_regs *regs,
                                   unwind_read_reg read_reg, void *ctx)
{
	struct backtrace *b = xcalloc(1, sizeof(*b));

	map_init(&b->seen);
	map_init(&b->tails);
	backtrace_begin(b, image, arch, regs, read_reg, ctx);
	return b;
}

static void free_frames(struct backtrace *b)
{
	while (b->made)
		free(b->nodes.items[--b->made]);
	vec_deinit(&b->nodes);
	map_deinit(&b->seen);
	while (b->answers_made)
		free(b->tail_answers.items[--b->answers_made]);
	vec_deinit(&b->tail_answers);
	map_deinit(&b->tails);
}

void backtrace_begin(struct backtrace *b, struct image *image,
                     const struct arch *arch, const struct arch_regs *regs,
                     unwind_read_reg read_reg, void *ctx)
{
	if (b->made > KEPT_NODES)
		free_frames(b);
	b->nodes.len = b->tail_answers.len = 0;
	map_clear(&b->seen);
	map_clear(&b->tails);
	b->image = image;
	b->arch = arch;
	b->regs = *regs;
	b->read_reg = read_reg;
	b->read_ctx = ctx;
	b->entered = b->not_entered = 0;
	b->ended = b->ranges_read = false;
	b->reason[0] = '\0';
	b->executable.len = 0;
}

void backtrace_set_tls(struct backtrace *b, unwind_tls tls)
{
	b->tls = tls;
}

void backtrace_set_ends(struct backtrace *b,
                        bool (*ends)(void *ctx, const struct frame *f),
                        void *ctx)
{
	b->ends = ends;
	b->ends_ctx = ctx;
}

void backtrace_set_dummies(struct backtrace *b,
                           bool (*dummy)(void *ctx, taddr pc,
                                         struct arch_regs *regs),
                           void *ctx)
{
	b->dummy = dummy;
	b->dummy_ctx = ctx;
}

void backtrace_set_entered(struct backtrace *b, unsigned count)
{
	b->entered = count;
}

unsigned backtrace_not_entered(struct backtrace *b)
{
	backtrace_frame(b, 0);
	return b->not_entered;
}

void backtrace_destroy(struct backtrace *b)
{
	if (!b)
		return;
	free_frames(b);
	vec_deinit(&b->executable);
	free(b);
}

/* "" : nothing to say. */
static void end(struct backtrace *b, const char *reason)
{
	b->ended = true;
	snprintf(b->reason, sizeof(b->reason), "%s", reason);
}

const char *backtrace_end_reason(const struct backtrace *b)
{
	return b->ended && b->reason[0] ? b->reason : NULL;
}

/* One place, and whatever is there. */

static void take_step(struct backtrace *b, const struct frame *f, bool exact,
                      struct step *step)
{
	struct stand at = {
		.b = b, .module = f->module, .pc = f->pc,
		.lookup_pc = f->lookup_pc, .exact = exact, .regs = &f->regs,
	};

	step_by_tables(&at, step);
	if (step->result == STEP_UNKNOWN && !step->signal)
		step_by_guess(&at, step);
}

static struct node *add_node(struct backtrace *b, const struct frame *physical,
                             struct step *step)
{
	struct node *n;

	if (b->nodes.len == b->made) {
		n = xmalloc(sizeof(*n));
		vec_push(&b->nodes, n);
		b->made++;
	} else {
		n = b->nodes.items[b->nodes.len++];
	}
	*n = (struct node){ .frame = *physical, .step = step };
	n->frame.level = (unsigned)b->nodes.len - 1;
	set_context(n);
	return n;
}

/* N is the last node of a physical frame: those from FIRST on share its STEP. */
static void own_step(struct backtrace *b, size_t first, struct node *n,
                     const struct step *step)
{
	n->own = *step;
	n->last_of_step = true;
	for (size_t i = first; i < b->nodes.len; i++)
		b->nodes.items[i]->step = &n->own;
}

static void set_line(struct frame *f)
{
	struct source_line line;

	if (!debug_line_at(f->backtrace->image, f->lookup_pc, &line) ||
	    !line.line)
		return;
	f->file = line.file;
	f->line = line.line;
	f->mid_line = f->pc != line.start;
}

/* The frame around an inlined copy stands where that was called. */
static void set_call(struct frame *f, const struct debug_function *inlined)
{
	f->file = inlined->call_file;
	f->line = inlined->call_line;
	f->mid_line = false;
}

/*
 * Whether F's pc is where one gets into the inlined FUNCTION: where its first
 * range begins, or where the instruction before belongs to something else.
 */
static bool begins_here(const struct frame *f,
                        const struct debug_function *function)
{
	struct image *image = f->backtrace->image;
	struct debug_function before[MAX_INLINED];
	struct debug_range first;
	size_t count;

	if (debug_ranges_of(image, function, &first, 1) &&
	    first.low == f->pc)
		return true;
	count = debug_functions_at(image, f->pc - 1, before, MAX_INLINED);
	for (size_t i = 0; i < count; i++)
		if (before[i].die.info == function->die.info &&
		    before[i].die.offset == function->die.offset)
			return false;
	return true;
}

/*
 * A thread that stands at the very first instruction of an inlined function, or
 * of a part of it, has not entered it, for people: gdb shows the function around
 * it (but not right after an attach).
 */
static size_t not_entered(const struct frame *f,
                          const struct debug_function *functions, size_t count)
{
	size_t skipped = 0;

	while (f->source == FRAME_BY_REGISTERS && skipped < count &&
	       functions[skipped].inlined &&
	       begins_here(f, &functions[skipped]))
		skipped++;
	return skipped;
}

/* Nodes for the inlined copies around pc, and for the function itself. */
static void add_functions(struct backtrace *b, const struct frame *physical,
                          const struct step *step)
{
	struct debug_function functions[MAX_INLINED];
	size_t count = 0, from, first = b->nodes.len;
	struct frame f = *physical;
	struct node *n = NULL;

	if (f.kind != FRAME_SIGNAL) {
		count = debug_functions_at(b->image, f.lookup_pc, functions,
		                           ARRAY_LEN(functions));
		set_line(&f);
	}
	from = not_entered(&f, functions, count);
	from -= from < b->entered ? from : b->entered;
	if (f.source == FRAME_BY_REGISTERS)
		b->not_entered = (unsigned)from;
	for (size_t i = 0; i < from; i++)
		set_call(&f, &functions[i]);
	for (size_t i = from; i < count; i++) {
		f.function = functions[i];
		f.kind = functions[i].inlined ? FRAME_INLINE : FRAME_NORMAL;
		n = add_node(b, &f, NULL);
		set_call(&f, &functions[i]);
	}
	/* Without debug information, or where the outermost is missing. */
	if (!n || n->frame.kind == FRAME_INLINE) {
		memset(&f.function, 0, sizeof(f.function));
		f.kind = physical->kind;
		n = add_node(b, &f, NULL);
	}
	own_step(b, first, n, step);
}

/* Where the frame's function begins; pc where that is not known. */
static taddr function_start(struct backtrace *b, const struct frame *f)
{
	const struct node *last = b->nodes.items[b->nodes.len - 1];
	struct symbol symbol;

	if (last->frame.function.die.info)
		return last->frame.function.entry;
	return image_symbol_at(b->image, f->lookup_pc, &symbol) ? symbol.addr
	                                                        : f->pc;
}

/* Whether there was a frame of this function with this stack before. */
static bool seen_before(struct backtrace *b, const struct frame *f)
{
	uint64_t start, key;

	if (!f->cfa)
		return false;
	start = function_start(b, f);
	key = f->cfa ^ (start << 32 | start >> 32);
	if (map_get(&b->seen, key))
		return true;
	map_put(&b->seen, key, b);
	return false;
}

/* EXACT: the thread was interrupted at the frame's pc. */
static void add_physical(struct backtrace *b, struct frame *f, bool exact)
{
	size_t before = b->nodes.len;
	struct step step = { 0 };

	f->backtrace = b;
	f->lookup_pc = exact ? f->pc : f->pc - 1;
	f->module = image_module_at(b->image, f->lookup_pc);
	take_step(b, f, exact, &step);
	f->kind = step.signal ? FRAME_SIGNAL : FRAME_NORMAL;
	f->cfa = step.cfa;
	add_functions(b, f, &step);
	if (seen_before(b, f)) {
		b->nodes.len = before;
		end(b, "previous frame identical to this frame "
		    "(corrupt stack?)");
	}
}

static void take_regs(const struct backtrace *b, const struct arch_regs *regs,
                      struct frame_regs *taken)
{
	uint64_t mask = b->arch->word == 8 ? UINT64_MAX : UINT32_MAX;

	for (unsigned i = 0; i < b->arch->dwarf_count; i++)
		regs_put(taken, i, mask & arch_word_get(
			regs, b->arch->dwarf_regs[i]));
}

static void add_first(struct backtrace *b)
{
	struct frame f = { .source = FRAME_BY_REGISTERS };

	take_regs(b, &b->regs, &f.regs);
	f.pc = f.regs.value[b->arch->dwarf_pc];
	add_physical(b, &f, true);
}

/* The stack grows down: a caller's frame is not below what it called. */
static bool is_inner(const struct backtrace *b, const struct node *n)
{
	const struct node *called = NULL;

	for (size_t i = b->nodes.len; i-- > 0 && !called;)
		if (b->nodes.items[i]->step != n->step)
			called = b->nodes.items[i];
	return called && called->frame.kind != FRAME_SIGNAL &&
	       called->frame.kind != FRAME_DUMMY &&
	       n->frame.kind != FRAME_SIGNAL && n->frame.cfa &&
	       called->frame.cfa && n->frame.cfa < called->frame.cfa;
}

/* F, where the debugger's own call is: behind it is what it interrupted. */
static bool add_dummy(struct backtrace *b, struct frame *f)
{
	struct step step = { .result = STEP_CALLER, .dummy = true,
	                     .source = FRAME_BY_TABLES };
	struct arch_regs regs;
	struct node *n;

	if (!b->dummy || !b->dummy(b->dummy_ctx, f->pc, &regs))
		return false;
	take_regs(b, &regs, &step.regs);
	f->backtrace = b;
	f->kind = FRAME_DUMMY;
	f->lookup_pc = f->pc;
	f->cfa = f->regs.value[b->arch->dwarf_sp];
	n = add_node(b, f, NULL);
	own_step(b, n->frame.level, n, &step);
	return true;
}

/* `call CALLEE` stands before RETURN_PC: most do, and need no DWARF. */
static bool calls_directly(const struct backtrace *b, taddr return_pc,
                           taddr callee)
{
	uint8_t code[5];
	int32_t by;

	if (memory_read(image_memory(b->image), return_pc - 5, code, 5) != 5 ||
	    code[0] != 0xe8)
		return false;
	memcpy(&by, code + 1, 4);
	return return_pc + (taddr)(int64_t)by == callee;
}

static struct tail_answer *new_answer(struct backtrace *b)
{
	struct tail_answer *answer;

	if (b->tail_answers.len < b->answers_made)
		return b->tail_answers.items[b->tail_answers.len++];
	answer = xmalloc(sizeof(*answer));
	vec_push(&b->tail_answers, answer);
	b->answers_made++;
	return answer;
}

static const struct tail_answer *find_tails(struct backtrace *b,
                                            taddr return_pc, taddr callee)
{
	uint64_t key = return_pc ^ (callee << 32 | callee >> 32);
	struct tail_answer *answer = map_get(&b->tails, key);

	if (answer && answer->return_pc == return_pc &&
	    answer->callee == callee)
		return answer;
	answer = new_answer(b);
	answer->return_pc = return_pc;
	answer->callee = callee;
	answer->count = tail_calls(b->image, return_pc, callee, answer->pcs);
	map_put(&b->tails, key, answer);
	return answer;
}

/* Frames between the last one and OUTER, which it returns to. */
static void add_tails(struct backtrace *b, const struct frame *outer)
{
	const struct node *last = b->nodes.items[b->nodes.len - 1];
	struct debug_function functions[MAX_INLINED];
	taddr start = function_start(b, &last->frame);
	const struct tail_answer *answer;
	taddr cfa = last->frame.cfa;
	struct step *step = last->step;

	if (outer->source != FRAME_BY_TABLES || step->signal ||
	    calls_directly(b, outer->pc, start))
		return;
	answer = find_tails(b, outer->pc, start);
	for (size_t i = 0; i < answer->count && b->nodes.len < UNWIND_MAX; i++) {
		struct frame f = {
			.kind = FRAME_TAIL, .source = outer->source,
			.pc = answer->pcs[i], .lookup_pc = answer->pcs[i] - 1, .cfa = cfa,
			.regs = outer->regs, .backtrace = b,
			.module = image_module_at(b->image, answer->pcs[i] - 1),
		};

		regs_put(&f.regs, b->arch->dwarf_pc, f.pc);
		/* gdb knows no copies in it, but names the innermost. */
		if (!debug_functions_at(b->image, f.lookup_pc, functions,
		                        ARRAY_LEN(functions)))
			return;
		f.function = functions[0];
		set_line(&f);
		add_node(b, &f, step);
	}
}

static void add_caller(struct backtrace *b)
{
	const struct node *last = b->nodes.items[b->nodes.len - 1];
	const struct step *step = last->step;
	struct frame f = { .source = step->source, .regs = step->regs };
	char text[64];

	switch (step->result) {
	case STEP_CALLER:
		break;
	case STEP_FAULT:
		snprintf(text, sizeof(text),
		         "Cannot access memory at address 0x%llx",
		         (unsigned long long)step->fault);
		end(b, text);
		return;
	default:
		end(b, "");
		return;
	}
	f.pc = f.regs.value[b->arch->dwarf_pc];
	if (!f.pc)
		end(b, "");
	else if (is_inner(b, last))
		end(b, "previous frame inner to this frame (corrupt stack?)");
	else if (b->nodes.len >= UNWIND_MAX)
		end(b, "there are too many frames");
	else if (!add_dummy(b, &f)) {
		if (!step->dummy)
			add_tails(b, &f);
		add_physical(b, &f, step->signal || step->dummy);
	}
}

const struct frame *backtrace_frame(struct backtrace *b, unsigned level)
{
	if (!b->nodes.len && !b->ended)
		add_first(b);
	while (level >= b->nodes.len && !b->ended)
		add_caller(b);
	return level < b->nodes.len ? &b->nodes.items[level]->frame : NULL;
}

const struct location_context *frame_context(const struct frame *f)
{
	return &f->backtrace->nodes.items[f->level]->context;
}

bool frame_reg(const struct frame *f, unsigned reg, uint64_t *value)
{
	if (!regs_known(&f->regs, reg))
		return false;
	*value = f->regs.value[reg];
	return true;
}

void frame_arch_regs(const struct frame *f, struct arch_regs *regs)
{
	const struct arch *arch = f->backtrace->arch;

	*regs = f->backtrace->regs;
	for (unsigned i = 0; i < arch->dwarf_count; i++)
		if (regs_known(&f->regs, i))
			arch_word_set(regs, arch->dwarf_regs[i],
			              f->regs.value[i]);
}
