/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `call F(ARGS)`: a function of the program is run by the thread, with its
 * arguments where the ABI wants them, below all that is on the stack.
 */
#include "session/internal.h"
#include "session/world.h"

#include "base/alloc.h"
#include "session/call_copy.h"
#include "session/call_dummy.h"
#include "session/call_layout.h"
#include "target/core.h"
#include "target/excursion.h"

#include <stdio.h>
#include <string.h>

enum { RED_ZONE = 128, PAD = 16, MAX_RESULT = 1 << 20 };

/* While a call is prepared and carried out. */
struct calling {
	struct session *s;
	struct thread *t;
	const struct type *result;
	taddr function;
	char name[80];           /* ... as people know it */
	struct call_frame frame;
	taddr sp;
	taddr return_to;
	taddr buffer;            /* for a result in memory; 0: none */
};

static struct error *push(struct calling *c, const void *data, size_t size,
                          taddr *addr)
{
	c->sp = (c->sp - size) & ~(taddr)15;
	*addr = c->sp;
	return target_write(c->t->process, c->sp, data, size);
}

/* An array or a string is passed by its address; a constant gets one. */
static struct error *add_array(struct calling *c, struct value *v)
{
	const struct type *t = type_pointer_to(c->s->world->pool, type_target(
		type_strip(value_type(v))));
	const uint8_t *data;
	taddr addr;

	if (!value_address(v, &addr)) {
		TRY(value_bytes(v, &data));
		TRY(push(c, data, type_size(value_type(v)), &addr));
	}
	return call_add(&c->frame, t, (const uint8_t *)&addr,
	                c->frame.arch->word)
	       ? NULL : error_new(ERROR_USAGE, "too many arguments");
}

/* What C makes of an argument that no prototype speaks of. */
static const struct type *promoted(const struct calling *c,
                                   const struct type *t)
{
	struct type_pool *pool = c->s->world->pool;

	t = type_strip(t);
	if (t->kind == TYPE_FLOAT && t->size < 8)
		return type_builtin(pool, "double");
	if (type_is_integral(t) && t->size < 4)
		return type_builtin(pool, "int");
	return t;
}

/* Objects that are nowhere, as results are, get a place on the stack. */
static struct error *place_of(struct calling *c, struct value *v,
                              const struct type *t, taddr *addr)
{
	const uint8_t *data;

	if (value_address(v, addr))
		return NULL;
	if (!type_is_aggregate(t))
		return error_new(ERROR_USAGE, "a reference needs something "
		                 "that has an address");
	TRY(value_bytes(v, &data));
	return push(c, data, type_size(t), addr);
}

/* What a method is called for, where that is nowhere: a result. */
static bool is_own_object(const struct value *v, const struct type *from,
                          const struct type *as)
{
	taddr addr;

	return as->kind == TYPE_POINTER && type_is_aggregate(from) &&
	       !value_address(v, &addr) &&
	       type_same(type_strip(type_target(as)), from);
}

static struct error *add_argument(struct calling *c, struct value *v,
                                  const struct type *to)
{
	AUTO_VALUE struct value *cast = NULL;
	const struct type *from = type_strip(value_type(v));
	const struct type *as = to ? type_strip(to) : promoted(c, from);
	const uint8_t *data;
	taddr addr;

	if (as->kind == TYPE_REFERENCE || as->kind == TYPE_RVALUE_REFERENCE ||
	    from->kind == TYPE_FUNCTION || type_is_by_reference(as) ||
	    is_own_object(v, from, as)) {
		TRY(place_of(c, v, from, &addr));
		as = type_pointer_to(c->s->world->pool,
		                     type_void(c->s->world->pool));
		return call_add(&c->frame, as, (const uint8_t *)&addr,
		                c->frame.arch->word)
		       ? NULL : error_new(ERROR_USAGE, "too many arguments");
	}
	if (from->kind == TYPE_ARRAY)
		return add_array(c, v);
	if (type_is_scalar(as))
		TRY(value_cast(v, as, &cast));
	else
		cast = value_ref(v);
	if (type_size(as) != type_size(value_type(cast)))
		return error_new(ERROR_USAGE, "an argument is not of the type "
		                 "that the function wants");
	TRY(value_bytes(cast, &data));
	return call_add(&c->frame, as, data, type_size(as))
	       ? NULL : error_new(ERROR_USAGE, "too many arguments");
}

/* Those of the prototype, and `this`. */
static struct error *add_arguments(struct calling *c,
                                   const struct type *function,
                                   struct value *const *args, size_t count)
{
	size_t wanted;
	const struct type_member *m = type_members(function, &wanted);

	if (function->prototyped && count < wanted)
		return error_new(ERROR_USAGE, "too few arguments in function "
		                 "call");
	if (function->prototyped && count > wanted && !function->varargs)
		return error_new(ERROR_USAGE, "too many arguments in function "
		                 "call");
	for (size_t i = 0; i < count; i++)
		TRY(add_argument(c, args[i], m && i < wanted ? m[i].type
		                                             : NULL));
	return NULL;
}

/* The place to return to, and room for a result. */
static struct error *begin(struct calling *c)
{
	uint8_t pad[PAD], *zeros;
	uint64_t size = type_size(c->result);
	struct type_pool *pool = c->s->world->pool;
	struct error *err;

	/* Where the stack can be executed, hlt faults there. */
	memset(pad, 0xf4, sizeof(pad));
	TRY(push(c, pad, sizeof(pad), &c->return_to));
	if (!call_result_in_memory(c->frame.arch, c->result))
		return NULL;
	if (!size || size > MAX_RESULT)
		return error_new(ERROR_UNSUPPORTED, "the size of the "
		                 "function's result is not known, or too "
		                 "large");
	zeros = xcalloc(1, size);
	err = push(c, zeros, size, &c->buffer);
	free(zeros);
	if (err)
		return err;
	call_add(&c->frame, type_pointer_to(pool, type_void(pool)),
	         (const uint8_t *)&c->buffer, c->frame.arch->word);
	return NULL;
}

/* The arguments that go on the stack, and the return address below them. */
static struct error *finish(struct calling *c, taddr addr, taddr *args)
{
	struct user_regs_struct *user = &c->frame.regs.user;
	unsigned word = c->frame.arch->word;

	TRY(push(c, c->frame.stack, c->frame.used, args));
	c->sp -= word;
	TRY(target_write(c->t->process, c->sp, &c->return_to, word));
	user->rsp = c->sp;
	user->rip = addr;
	/* Of a function with `...`: how many vector registers hold some. */
	user->rax = c->frame.vectors;
	/* The ABI wants DF clear; and nothing is to be single-stepped. */
	user->eflags &= ~0x500ull;
	return NULL;
}

static bool passes(void *ctx, int signal)
{
	struct signal_action action = session_signal_action(ctx, signal);

	return !action.stop && action.pass;
}

static bool interrupted(void *ctx)
{
	const struct session *s = ctx;

	return s->hooks.interrupted && s->hooks.interrupted(s->hooks.ctx);
}

static struct error *take_result(struct calling *c,
                                 const struct arch_regs *regs,
                                 const struct arch_xstate *state,
                                 struct value **result)
{
	const struct value_world *w = c->s->world;
	uint8_t data[16], *whole;

	if (type_strip(c->result)->kind == TYPE_VOID) {
		*result = value_void(w);
		return NULL;
	}
	if (c->buffer) {
		size_t size = type_size(c->result);
		struct error *err;

		whole = xmalloc(size);
		err = target_read(c->t->process, c->buffer, whole, size);
		if (!err)
			*result = value_of_bytes(w, c->result, whole);
		free(whole);
		return err;
	}
	call_result(c->frame.arch, c->result, regs, state, data);
	*result = value_of_bytes(w, c->result, data);
	return NULL;
}

static const char remains[] = "; when the function is done executing, scdb "
	"will silently stop it";

/* gdb's words, in a line.  AND: what becomes of the function. */
static struct error *given_up(const struct calling *c, const char *what,
                              const char *and, const char *hint)
{
	return error_new(ERROR_REFUSED, "the program being debugged %s while "
	                 "in a function called from scdb: evaluation of the "
	                 "expression containing the function (%s) will be "
	                 "abandoned%s%s", what, c->name, and, hint);
}

/* What happened instead of its return.  T may be no more. */
static struct error *left(struct calling *c, struct thread *t, pid_t tid)
{
	struct session *s = c->s;
	bool lives = target_thread(s->target, tid) == t;

	if (lives)
		dummy_await(t, NULL);
	if (s->run != RUN_STOPPED)
		return given_up(c, "exited", "", "");
	if (!lives || t->state != THREAD_STOPPED)
		return given_up(c, "stopped, its thread being gone,", "", "");
	if (s->current != t)
		return given_up(c, "stopped in another thread", remains, "");
	if (!(t->stop.reasons & STOP_SIGNAL))
		return given_up(c, "stopped", remains, "");
	if (!s->settings.unwind_on_signal)
		return given_up(c, "was signaled", remains, " (\"set "
		                "unwindonsignal on\" changes this)");
	TRY(dummy_pop(t, c->return_to));
	return given_up(c, "was signaled", "; the context is restored to what "
	                "it was before the call", " (\"set unwindonsignal off\" "
	                "changes this)");
}

/* As any thread goes on: with stops, other threads, and a terminal. */
static struct error *run_whole(struct calling *c,
                               const struct target_excursion *e,
                               struct dummy_result *result)
{
	struct thread *t = c->t;
	pid_t tid = t->tid;

	TRY(dummy_push(t, e));
	dummy_await(t, result);
	session_run_dummy(c->s, t);
	return result->returned ? NULL : left(c, t, tid);
}

/* While other stops are dealt with, or others run on: it alone, and quietly. */
static bool is_alone(const struct calling *c)
{
	const struct session *s = c->s;

	return s->run != RUN_STOPPED || s->showing || s->settings.non_stop ||
	       c->t != s->current;
}

static struct error *carry(struct calling *c, taddr addr,
                           const struct type *function,
                           struct value *const *args, size_t count,
                           struct value **result)
{
	AUTO_FREE struct dummy_result *after = xcalloc(1, sizeof(*after));
	struct target_excursion e = {
		.return_to = c->return_to, .passes = passes,
		.stop_waiting = interrupted, .ctx = c->s,
	};

	TRY(begin(c));
	TRY(add_arguments(c, function, args, count));
	TRY(finish(c, addr, &e.sp));
	e.return_to = c->return_to;
	e.regs = c->frame.regs;
	e.state = c->frame.state;
	if (is_alone(c))
		TRY(target_excurse(c->t, &e, &after->regs, &after->state));
	else
		TRY(run_whole(c, &e, after));
	return take_result(c, &after->regs, &after->state, result);
}

/* For what is said of it; T may be gone by then. */
static void name_function(struct calling *c)
{
	struct symbol symbol;

	if (image_symbol_at(session_image(c->s, c->t->process), c->function,
	                    &symbol) && symbol.addr == c->function)
		snprintf(c->name, sizeof(c->name), "%.*s",
		         (int)sizeof(c->name) - 1, symbol.name);
	else
		snprintf(c->name, sizeof(c->name), "at 0x%llx",
		         (unsigned long long)c->function);
}

struct error *session_call_below(struct session *s, struct thread *t,
                                 taddr addr, const struct type *function,
                                 const struct call_args *args, taddr below,
                                 struct value **result)
{
	AUTO_FREE struct arch_xstate *state = xmalloc(sizeof(*state));
	AUTO_FREE struct calling *c = xcalloc(1, sizeof(*c));
	const struct arch_xstate *own;
	const struct arch_regs *regs;

	TRY(target_regs(t, &regs));
	TRY(target_xstate(t, &own));
	*state = *own;
	function = type_strip(function);
	*c = (struct calling){
		.s = s, .t = t, .result = type_target(function),
		.function = addr,
		.frame = { .arch = arch_of_regs(regs), .regs = *regs,
		           .state = state },
		.sp = below,
	};
	if (type_strip(c->result)->kind == TYPE_UNKNOWN)
		return error_new(ERROR_USAGE, "the function has an unknown "
		                 "return type; cast the call to its declared "
		                 "return type");
	name_function(c);
	image_process_ran(t->process, false);
	return carry(c, addr, function, args->items, args->count, result);
}

/* With copies of what is passed by reference, which end after it. */
static struct error *call(struct session *s, struct thread *t, taddr addr,
                          const struct type *function,
                          struct value *const *args, size_t count,
                          struct value **result)
{
	CLEANUP(call_copies_deinit) struct call_copies copies = { 0 };
	const struct arch_regs *regs;
	struct value *made = NULL;
	struct error *err;

	if (t->process->core)
		return core_refusal();
	TRY(target_regs(t, &regs));
	copies.sp = arch_sp(regs) - RED_ZONE;
	TRY(call_copies_make(&copies, s, t, type_strip(function), args,
	                     count));
	TRY(session_call_below(s, t, addr, function, &copies.args, copies.sp,
	                       &made));
	err = call_copies_end(&copies, s, t);
	if (err) {
		value_unref(made);
		return err;
	}
	*result = made;
	return NULL;
}

/* The implementation that an indirect function at *ADDR chooses. */
static struct error *resolve(struct session *s, struct thread *t, taddr *addr)
{
	struct type_pool *pool = s->world->pool;
	AUTO_VALUE struct value *chosen = NULL;
	struct symbol symbol;

	if (!image_symbol_at(session_image(s, t->process), *addr, &symbol) ||
	    symbol.addr != *addr || symbol.kind != SYMBOL_IFUNC)
		return NULL;
	TRY(call(s, t, *addr, type_function_to(pool, type_builtin(pool,
	         "unsigned long")), NULL, 0, &chosen));
	return value_as_address(chosen, addr);
}

struct error *session_call(struct session *s, struct thread *t, taddr addr,
                           const struct type *function,
                           struct value *const *args, size_t count,
                           struct value **result)
{
	TRY(resolve(s, t, &addr));
	return call(s, t, addr, function, args, count, result);
}

static bool take_function(void *ctx, const struct symbol *symbol)
{
	*(taddr *)ctx = symbol->addr;
	return symbol->kind != SYMBOL_FUNCTION;
}

/* By the program's own malloc, as gdb does: nobody else's is in its way. */
struct error *session_allocate(struct session *s, struct thread *t,
                               size_t len, taddr *addr)
{
	struct type_pool *pool = s->world->pool;
	const struct type *word = type_builtin(pool, "unsigned long");
	AUTO_VALUE struct value *size = value_of_integer(s->world, word, len);
	AUTO_VALUE struct value *made = NULL;
	taddr at = 0, block = 0;

	image_symbols_named(session_image(s, t->process), NULL, "malloc",
	                    take_function, &at);
	if (!at)
		return error_new(ERROR_UNSUPPORTED, "evaluation of this "
		                 "expression requires the program to have a "
		                 "function \"malloc\"");
	TRY(session_call(s, t, at, type_function_to(pool, word), &size, 1,
	                 &made));
	TRY(value_as_address(made, &block));
	if (!block)
		return error_new(ERROR_REFUSED, "no memory available to "
		                 "program: call to malloc failed");
	*addr = block;
	return NULL;
}
