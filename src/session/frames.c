/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frames of each stopped thread, and the one that was selected. */
#include "session/frames.h"

#include "base/alloc.h"
#include "session/call_dummy.h"
#include "session/internal.h"

#include <string.h>

struct thread_frames {
	struct image *image;
	struct backtrace *backtrace;   /* NULL: none yet */
	unsigned runs, writes, memory; /* what it was made of ... */
	unsigned entered;              /* ... inlined copies, too */
	/* How far it was looked through for the last one to be shown. */
	unsigned looked;
	unsigned last;                 /* UINT_MAX: not known */
	bool past_main;                /* ... with this setting */
	unsigned selected;
	unsigned selected_runs;        /* it holds while t->runs is this */
	char *name;                    /* of session_frame_name */
};

void frames_destroy(struct thread_frames *frames)
{
	if (!frames)
		return;
	backtrace_destroy(frames->backtrace);
	free(frames->name);
	free(frames);
}

static struct thread_frames *frames_of(struct thread *t)
{
	struct thread_info *info = thread_info(t);

	if (!info->frames)
		info->frames = xcalloc(1, sizeof(*info->frames));
	return info->frames;
}

/* DWARF's numbers of vector and x87 registers: System V psABIs. */
static bool read_reg(void *ctx, unsigned number, uint8_t data[REG_MAX_BYTES],
                     size_t *len)
{
	struct thread *t = ctx;
	const struct arch_xstate *state;
	uint8_t bytes[ARCH_XREG_MAX_BYTES];
	bool wide = arch_of_regs(&t->regs)->word == 8;
	unsigned xmm = wide ? 17 : 21, st = wide ? 33 : 11;
	struct arch_xreg reg = { .kind = XREG_VECTOR, .size = 16 };
	struct error *err;

	if (number >= xmm && number < xmm + (wide ? 16 : 8)) {
		reg.number = (uint8_t)(number - xmm);
	} else if (number >= st && number < st + 8) {
		reg = (struct arch_xreg){ .kind = XREG_X87, .size = 10,
		                          .number = (uint8_t)(number - st) };
	} else {
		return false;
	}
	err = target_xstate(t, &state);
	if (err) {
		error_destroy(err);
		return false;
	}
	arch_xreg_get(&reg, state, bytes);
	memcpy(data, bytes, 16);
	*len = 16;
	return true;
}

struct error *session_tls_address(struct thread *t,
                                  const struct module *module,
                                  uint64_t offset, taddr *addr)
{
	const struct arch_regs *regs;

	TRY(target_regs(t, &regs));
	return module_tls_address(module, arch_of_regs(regs)->word == 8
	                          ? regs->user.fs_base : regs->user.gs_base,
	                          offset, addr);
}

static struct error *find_tls(void *ctx, const struct module *module,
                              uint64_t offset, taddr *addr)
{
	return session_tls_address(ctx, module, offset, addr);
}

/* Whether the frames of the libraries that called main come behind F. */
static bool is_main(struct image *image, const struct frame *f)
{
	struct symbol symbol;

	const char *name = f->function.name;
	size_t len = name ? strlen(name) : 0;

	if (f->kind != FRAME_NORMAL)
		return false;
	/* Rust's program::main may be main itself. */
	if (name && (len < 6 || strcmp(name + len - 6, "::main") != 0))
		return strcmp(name, "main") == 0;
	return image_symbol_at(image, f->lookup_pc, &symbol) &&
	       symbol.kind == SYMBOL_FUNCTION &&
	       strcmp(symbol.name, "main") == 0;
}

static bool is_end(void *ctx, const struct frame *f)
{
	const struct thread_frames *frames = ctx;

	return !frames->past_main && is_main(frames->image, f);
}

static bool is_dummy(void *ctx, taddr pc, struct arch_regs *regs)
{
	return dummy_frame(ctx, pc, regs);
}

void frames_enter_inlined(struct thread *t, bool entered)
{
	struct thread_info *info = thread_info(t);

	info->entered_runs = t->runs + 1;
	info->entered_inlined = entered ? UINT32_MAX : 0;
}

static void begin(struct thread_frames *frames, struct image *image,
                  const struct arch_regs *regs, struct thread *t)
{
	const struct arch *arch = arch_of_regs(regs);

	frames->looked = 0;
	frames->last = UINT32_MAX;
	frames->image = image;
	if (frames->backtrace)
		backtrace_begin(frames->backtrace, image, arch, regs,
		                read_reg, t);
	else
		frames->backtrace = backtrace_create(image, arch, regs,
		                                     read_reg, t);
}

struct error *session_backtrace(struct session *s, struct thread *t,
                                struct backtrace **backtrace)
{
	struct thread_frames *frames = frames_of(t);
	const struct thread_info *info = thread_info(t);
	const struct arch_regs *regs;
	unsigned entered;

	TRY(target_regs(t, &regs));
	entered = info->entered_runs == t->runs + 1 ? info->entered_inlined : 0;
	if (frames->backtrace && frames->runs == t->runs &&
	    frames->entered == entered &&
	    frames->writes == t->writes &&
	    frames->memory == t->process->writes) {
		*backtrace = frames->backtrace;
		return NULL;
	}
	begin(frames, session_image(s, t->process), regs, t);
	backtrace_set_tls(frames->backtrace, find_tls);
	backtrace_set_ends(frames->backtrace, is_end, frames);
	backtrace_set_dummies(frames->backtrace, is_dummy, t);
	backtrace_set_entered(frames->backtrace, entered);
	frames->entered = entered;
	frames->past_main = s->settings.past_main;
	frames->runs = t->runs;
	frames->writes = t->writes;
	frames->memory = t->process->writes;
	*backtrace = frames->backtrace;
	return NULL;
}

/* "ns::f(int)@plt", of code that calls a function of another file, too. */
static char *readable_name(const char *name)
{
	size_t len = strlen(name);
	AUTO_FREE char *before = NULL, *demangled = NULL;

	if (len < 5 || strcmp(name + len - 4, "@plt") != 0)
		return symbol_demangle(name);
	before = xstrndup(name, len - 4);
	demangled = symbol_demangle(before);
	return demangled ? xasprintf("%s@plt", demangled) : NULL;
}

/* "ns::f(int)" is shown as "ns::f" where its arguments follow. */
const char *session_frame_name(struct session *s, struct thread *t,
                               const struct frame *f)
{
	struct thread_frames *frames;
	struct symbol symbol;

	if (debug_function_plain_name(&f->function))
		return debug_function_plain_name(&f->function);
	if (f->kind == FRAME_SIGNAL || f->kind == FRAME_DUMMY ||
	    !image_symbol_at(session_image(s, t->process), f->lookup_pc,
	                     &symbol))
		return NULL;
	frames = frames_of(t);
	free(frames->name);
	frames->name = readable_name(symbol.name);
	return frames->name ? frames->name : symbol.name;
}

/* Looks through the frames up to LEVEL for the last that is shown. */
static void look_for_main(struct session *s, struct thread *t,
                          unsigned level)
{
	struct image *image = session_image(s, t->process);
	struct thread_frames *frames = frames_of(t);
	const struct frame *f;

	if (frames->past_main != s->settings.past_main) {
		frames->past_main = s->settings.past_main;
		frames->looked = 0;
		frames->last = UINT32_MAX;
	}
	for (; frames->looked < level && frames->last == UINT32_MAX &&
	     !frames->past_main; frames->looked++) {
		f = backtrace_frame(frames->backtrace, frames->looked);
		if (!f)
			return;
		if (is_main(image, f))
			frames->last = frames->looked;
	}
}

const struct frame *session_frame_at(struct session *s, struct thread *t,
                                     unsigned level)
{
	struct thread_frames *frames;
	struct backtrace *backtrace;
	struct error *err;

	if (!t || !session_is_stopped(s, t))
		return NULL;
	err = session_backtrace(s, t, &backtrace);
	if (err) {
		error_destroy(err);
		return NULL;
	}
	frames = frames_of(t);
	if (s->settings.backtrace_limit &&
	    level >= s->settings.backtrace_limit)
		return NULL;
	look_for_main(s, t, level);
	return level <= frames->last ? backtrace_frame(backtrace, level)
	                             : NULL;
}

const char *session_frames_end(struct session *s, struct thread *t)
{
	const struct thread_frames *frames = frames_of(t);

	return frames->backtrace && frames->last == UINT32_MAX &&
	       !s->settings.backtrace_limit
	       ? backtrace_end_reason(frames->backtrace) : NULL;
}

const struct frame *session_frame_of(struct session *s, struct thread *t)
{
	struct thread_frames *frames;
	unsigned level = 0;

	if (!t || !session_is_stopped(s, t))
		return NULL;
	frames = frames_of(t);
	if (frames->selected_runs == t->runs)
		level = frames->selected;
	return session_frame_at(s, t, level);
}

const struct frame *session_frame(struct session *s)
{
	return session_frame_of(s, s->current);
}

bool session_frame_select(struct session *s, unsigned level)
{
	struct thread_frames *frames;

	if (!session_frame_at(s, s->current, level))
		return false;
	frames = frames_of(s->current);
	frames->selected = level;
	frames->selected_runs = s->current->runs;
	return true;
}

struct error *session_leave_call(struct thread *t, const struct frame *f)
{
	return dummy_pop(t, f->pc);
}

void frames_unselect(struct thread *t)
{
	frames_of(t)->selected = 0;
}

/* DWARF's number of REG, or -1. */
static int dwarf_number(const struct frame *f, const struct arch *arch,
                        const struct arch_reg *reg)
{
	(void)f;
	for (unsigned i = 0; i < arch->dwarf_count; i++)
		if (arch->dwarf_regs[i] == reg->offset)
			return (int)i;
	return -1;
}

struct error *session_frame_reg(struct thread *t, const struct frame *f,
                                const struct arch_reg *reg, uint64_t *value,
                                bool *known)
{
	const struct arch_regs *own;
	struct arch_regs regs;
	int number;

	TRY(target_regs(t, &own));
	number = dwarf_number(f, arch_of_regs(own), reg);
	frame_arch_regs(f, &regs);
	*value = arch_reg_get(reg, &regs);
	*known = number < 0 || (f->regs.known >> number & 1);
	return NULL;
}

/* In the tracee's memory, where a function that was called saved it. */
static struct error *set_saved(struct thread *t, const struct frame *f,
                               const struct arch_reg *reg, int number,
                               uint64_t value)
{
	const struct arch_regs *own;
	struct arch_regs regs;
	uint64_t word;

	TRY(target_regs(t, &own));
	frame_arch_regs(f, &regs);
	arch_reg_set(reg, &regs, value);
	word = arch_word_get(&regs, reg->offset);
	return target_write(t->process, f->regs.saved_at[number], &word,
	                    arch_of_regs(own)->word);
}

struct error *session_frame_set_reg(struct thread *t, const struct frame *f,
                                    const struct arch_reg *reg,
                                    uint64_t value)
{
	const struct arch_regs *own;
	const struct arch *arch;
	struct arch_regs regs;
	int number;

	TRY(target_regs(t, &own));
	arch = arch_of_regs(own);
	number = dwarf_number(f, arch, reg);
	if (number >= 0 && f->source != FRAME_BY_REGISTERS) {
		if (f->regs.saved >> number & 1)
			return set_saved(t, f, reg, number, value);
		if (!(f->regs.known >> number & 1))
			return error_new(ERROR_REFUSED, "$%s was not saved in "
			                 "this frame", reg->name);
		if (number == arch->dwarf_sp || number == arch->dwarf_pc)
			return error_new(ERROR_REFUSED, "$%s of this frame is "
			                 "computed: it can't be changed",
			                 reg->name);
	}
	regs = *own;
	arch_reg_set(reg, &regs, value);
	return target_set_regs(t, &regs);
}
