/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What typed values ask of the world: the thread that they were asked of. */
#include "session/world.h"

#include "base/alloc.h"
#include "session/frames.h"
#include "session/internal.h"

#include <string.h>

struct world {
	struct value_world world;  /* the first: values point at it */
	struct session *s;
	struct thread *thread;     /* of this evaluation; NULL: the current */
	struct type_pool *wide, *narrow;
	struct world_reads *reads; /* NULL: nobody asks */
};

static struct thread *thread_of(const struct world *w)
{
	return w->thread ? w->thread : w->s->current;
}

void world_record(struct session *s, struct world_reads *reads)
{
	((struct world *)(void *)s->world)->reads = reads;
}

bool world_records(const struct session *s)
{
	return ((const struct world *)(const void *)s->world)->reads != NULL;
}

void world_note(struct session *s, bool registers, bool local)
{
	struct world_reads *reads =
		((struct world *)(void *)s->world)->reads;

	if (!reads)
		return;
	reads->registers = reads->registers || registers;
	reads->local = reads->local || local;
}

static void record(struct world_reads *reads, taddr addr, uint64_t len)
{
	for (size_t i = 0; i < reads->count; i++)
		if (reads->items[i].addr == addr &&
		    reads->items[i].len >= len)
			return;
	if (reads->count == WORLD_MAX_READS) {
		reads->cut = true;
		return;
	}
	reads->items[reads->count].addr = addr;
	reads->items[reads->count++].len = len;
}

static size_t read_memory(void *ctx, taddr addr, void *data, size_t len)
{
	const struct world *w = ctx;
	const struct thread *t = thread_of(w);
	struct image *image;

	if (w->reads)
		record(w->reads, addr, len);
	if (t)
		return memory_read(&t->process->memory, addr, data, len);
	/* What the program's file begins with. */
	image = session_current_image(w->s);
	return image ? memory_read(image_memory(image), addr, data, len) : 0;
}

static struct error *need_thread(struct world *w, struct thread **t)
{
	*t = thread_of(w);
	if (*t && session_is_stopped(w->s, *t))
		return NULL;
	return session_need_stopped(w->s, t);
}

static struct error *write_memory(void *ctx, taddr addr, const void *data,
                                  size_t len)
{
	struct thread *t;

	TRY(need_thread(ctx, &t));
	return target_write(t->process, addr, data, len);
}

static struct error *write_register(struct world *w,
                                    const struct arch_reg *reg,
                                    const void *data, size_t len)
{
	uint64_t value = 0;
	struct thread *t;
	const struct frame *f;

	TRY(need_thread(w, &t));
	memcpy(&value, data, len < sizeof(value) ? len : sizeof(value));
	f = session_frame_of(w->s, t);
	if (!f)
		return error_new(ERROR_GONE, "the thread has no frame");
	return session_frame_set_reg(t, f, reg, value);
}

static struct error *write_named(void *ctx, const char *name,
                                 const void *data, size_t len)
{
	struct world *w = ctx;
	const struct arch_regs *regs;
	const struct arch_reg *reg;
	struct arch_xreg xreg;
	struct thread *t;

	TRY(need_thread(w, &t));
	if (xreg_find(t, name, &xreg))
		return xreg_write(t, &xreg, data, len);
	TRY(target_regs(t, &regs));
	reg = arch_reg_find(arch_of_regs(regs), name);
	if (!reg)
		return error_new(ERROR_NOT_FOUND, "%s has no register $%s",
		                 arch_of_regs(regs)->name, name);
	return write_register(w, reg, data, len);
}

/* The register of the whole word, by DWARF's number. */
static struct error *write_reg(void *ctx, const struct frame *frame,
                               unsigned number, const void *data, size_t len)
{
	struct world *w = ctx;
	const struct arch_regs *regs;
	const struct arch *arch;
	struct thread *t;

	(void)frame;
	TRY(need_thread(w, &t));
	TRY(target_regs(t, &regs));
	arch = arch_of_regs(regs);
	for (size_t i = 0; i < arch->reg_count && number < arch->dwarf_count;
	     i++)
		if (!arch->regs[i].alias &&
		    arch->regs[i].offset == arch->dwarf_regs[number])
			return write_register(w, &arch->regs[i], data, len);
	return error_new(ERROR_UNSUPPORTED,
	                 "that register can't be written yet");
}

static struct error *write_variable(void *ctx, const char *name,
                                    struct value *v)
{
	static const char *const kept[] = { "_exitcode", "bpnum", "argc", "_",
	                                    "__", "_siginfo", "_syscall" };
	struct world *w = ctx;
	size_t digits = strspn(name, "$0123456789");

	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (strcmp(name, kept[i]) == 0)
			return error_new(ERROR_REFUSED, "$%s is scdb's own",
			                 name);
	if (digits == strlen(name))
		return error_new(ERROR_REFUSED,
		                 "values of the history stay as they are");
	if (arch_reg_find(arch_x86_64(), name) ||
	    arch_reg_find(arch_i386(), name))
		return error_new(ERROR_REFUSED, "$%s is a register", name);
	session_variable_set(w->s, name, v);
	return NULL;
}

static void describe(void *ctx, taddr addr, struct buf *text)
{
	struct world *w = ctx;
	struct thread *t = thread_of(w);

	struct image *image = t ? session_image(w->s, t->process)
	                        : session_current_image(w->s);

	if (image)
		image_describe(image, addr, text);
}

static bool interrupted(void *ctx)
{
	const struct world *w = ctx;

	return w->s->hooks.interrupted &&
	       w->s->hooks.interrupted(w->s->hooks.ctx);
}

static struct value *static_member(void *ctx, const char *class_name,
                                   const char *name)
{
	AUTO_FREE char *whole = xasprintf("%s::%s", class_name, name);
	struct world *w = ctx;
	struct value *v = NULL;
	struct error *err = symbol_value(w->s, thread_of(w), whole, &v);

	error_destroy(err);
	return err ? NULL : v;
}

struct symbol_found {
	taddr addr;
	bool found;
};

static bool take_symbol(void *ctx, const struct symbol *symbol)
{
	struct symbol_found *f = ctx;

	f->addr = symbol->addr;
	f->found = symbol->kind == SYMBOL_FUNCTION ||
	           symbol->kind == SYMBOL_OBJECT;
	return !f->found;
}

static bool symbol_address(void *ctx, const char *name, taddr *addr)
{
	struct world *w = ctx;
	struct thread *t = thread_of(w);
	struct image *image = t ? session_image(w->s, t->process)
	                        : session_current_image(w->s);
	struct symbol_found f = { .found = false };

	if (image)
		image_symbols_named(image, NULL, name, take_symbol, &f);
	if (f.found)
		*addr = f.addr;
	return f.found;
}

static const struct type *find_class(void *ctx, const char *name)
{
	struct world *w = ctx;
	const struct type *t = symbol_type(w->s, thread_of(w), 's', name);

	return t && t->name && strcmp(t->name, name) == 0 ? t : NULL;
}

static struct error *follow_synthetic(void *ctx, const struct frame *frame,
                                      const struct location_piece *piece,
                                      struct value **target)
{
	const struct location_context *context = frame_context(frame);
	const struct world *w = ctx;
	struct debug_variable v;
	struct location location;

	if (!debug_variable_of(&piece->target, frame->module, &v))
		return error_new(ERROR_NOT_FOUND, "what the pointer is of is "
		                 "not known");
	TRY(debug_locate(&v, NULL, context, &location));
	*target = value_at_location(&w->world, v.type, &location, context,
	                            frame);
	return NULL;
}

static uint64_t max_size(void *ctx)
{
	const struct world *w = ctx;
	uint64_t most = w->s->settings.max_value_size;

	return most ? most : 1u << 30;
}

static const struct type *resolve_type(void *ctx, const struct type *t)
{
	const struct world *w = ctx;
	const struct frame *f;
	struct thread *thread = thread_of(w);

	f = thread && session_is_stopped(w->s, thread)
		? session_frame_of(w->s, thread) : NULL;
	return f ? debug_resolve_type(t, w->world.pool, f->module,
	                              frame_context(f)) : t;
}

static struct error *call_function(void *ctx, taddr addr,
                                   const struct type *function,
                                   struct value *const *args, size_t count,
                                   struct value **result)
{
	struct world *w = ctx;
	struct thread *t;

	TRY(need_thread(w, &t));
	return session_call(w->s, t, addr, function, args, count, result);
}

static struct error *allocate(void *ctx, size_t len, taddr *addr)
{
	struct world *w = ctx;
	struct thread *t;

	TRY(need_thread(w, &t));
	return session_allocate(w->s, t, len, addr);
}

struct value_world *world_create(struct session *s)
{
	struct world *w = xcalloc(1, sizeof(*w));

	w->s = s;
	w->wide = type_pool_create(8);
	w->narrow = type_pool_create(4);
	w->world = (struct value_world){
		.ctx = w,
		.pool = w->wide,
		.memory = { .read = read_memory, .ctx = w },
		.write = write_memory,
		.write_reg = write_reg,
		.write_named = write_named,
		.write_variable = write_variable,
		.describe = describe,
		.call_function = call_function,
		.static_member = static_member,
		.symbol_address = symbol_address,
		.find_class = find_class,
		.resolve_type = resolve_type,
		.max_size = max_size,
		.follow_synthetic = follow_synthetic,
		.allocate = allocate,
		.interrupted = interrupted,
	};
	return &w->world;
}

void world_destroy(struct value_world *world)
{
	struct world *w = (struct world *)(void *)world;

	if (!w)
		return;
	type_pool_destroy(w->wide);
	type_pool_destroy(w->narrow);
	free(w);
}

void world_enter(struct session *s, struct thread *t)
{
	struct world *w = (struct world *)(void *)s->world;
	const struct arch_regs *regs = NULL;
	struct error *err = NULL;

	w->thread = t == s->current ? NULL : t;
	t = thread_of(w);
	if (t && t->state == THREAD_STOPPED)
		err = target_regs(t, &regs);
	w->world.pool = !err && regs && arch_of_regs(regs)->word == 4
		? w->narrow : w->wide;
	error_destroy(err);
}

void world_leave(struct session *s)
{
	((struct world *)(void *)s->world)->thread = NULL;
}
