/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small program for typed expressions: memory, symbols and a register. */
#ifndef TESTS_VALUE_FAKE_H
#define TESTS_VALUE_FAKE_H

#include "base/buf.h"
#include "expr/expr.h"
#include "expr/value.h"

#include <stdlib.h>
#include <string.h>

enum { FAKE_BASE = 0x1000, FAKE_SIZE = 512 };

struct fake {
	uint8_t memory[FAKE_SIZE];
	uint64_t rax;
	struct value *variable;      /* $v */
	struct value_world world;
};

static size_t fake_read(void *ctx, taddr addr, void *data, size_t len)
{
	struct fake *f = ctx;

	if (addr < FAKE_BASE || addr >= FAKE_BASE + FAKE_SIZE)
		return 0;
	if (len > FAKE_BASE + FAKE_SIZE - addr)
		len = FAKE_BASE + FAKE_SIZE - addr;
	memcpy(data, f->memory + (addr - FAKE_BASE), len);
	return len;
}

static struct error *fake_write(void *ctx, taddr addr, const void *data,
                                size_t len)
{
	struct fake *f = ctx;

	if (addr < FAKE_BASE || addr - FAKE_BASE > FAKE_SIZE ||
	    len > FAKE_SIZE - (addr - FAKE_BASE))
		return error_fault(addr, "can't write");
	memcpy(f->memory + (addr - FAKE_BASE), data, len);
	return NULL;
}

static struct error *fake_write_named(void *ctx, const char *name,
                                      const void *data, size_t len)
{
	struct fake *f = ctx;

	(void)name;
	memcpy(&f->rax, data, len < 8 ? len : 8);
	return NULL;
}

static struct error *fake_write_variable(void *ctx, const char *name,
                                         struct value *v)
{
	struct fake *f = ctx;
	struct value *made;

	if (strcmp(name, "v") != 0)
		return error_new(ERROR_REFUSED, "only $v");
	made = value_of_variable(v, name);
	value_unref(f->variable);
	f->variable = made;
	return NULL;
}

static void fake_describe(void *ctx, taddr addr, struct buf *text)
{
	(void)ctx;
	if (addr >= FAKE_BASE && addr < FAKE_BASE + 4)
		buf_puts(text, addr == FAKE_BASE ? "<x>" : "<x+...>");
}

/* x: an int; a: int[4]; t: char[8]; p: int * to x; bad: int * to nothing;
 * d: double; c: char; u: unsigned char; pp: int ** */
static const struct type *fake_symbol_at(struct fake *f, const char *name,
                                         taddr *addr)
{
	struct type_pool *pool = f->world.pool;
	const struct type *i = type_builtin(pool, "int");
	const struct type *to = type_pointer_to(pool, i);

	*addr = FAKE_BASE + (name[0] == 'x' ? 0 : name[0] == 'a' ? 16
		: name[0] == 't' ? 32 : name[0] == 'd' ? 56
		: name[0] == 'c' ? 64 : name[0] == 'u' ? 65
		: name[0] == 'b' ? 72 : name[1] ? 80 : 48);
	if (strcmp(name, "x") == 0)
		return i;
	if (strcmp(name, "a") == 0)
		return type_array_of(pool, i, 4);
	if (strcmp(name, "t") == 0)
		return type_array_of(pool, type_builtin(pool, "char"), 8);
	if (strcmp(name, "p") == 0 || strcmp(name, "bad") == 0)
		return to;
	if (strcmp(name, "pp") == 0)
		return type_pointer_to(pool, to);
	if (strcmp(name, "d") == 0)
		return type_builtin(pool, "double");
	if (strcmp(name, "c") == 0)
		return type_builtin(pool, "char");
	if (strcmp(name, "u") == 0)
		return type_builtin(pool, "unsigned char");
	return NULL;
}

static struct error *fake_scope_symbol(void *ctx, const char *name,
                                       struct expr_symbol *symbol)
{
	taddr addr;

	symbol->known = fake_symbol_at(ctx, name, &addr) != NULL;
	if (symbol->known) {
		symbol->data = strdup(name);
		symbol->destroy = free;
	}
	return NULL;
}

static struct error *fake_symbol(void *ctx, const struct expr_symbol *symbol,
                                 struct value **v)
{
	struct fake *f = ctx;
	taddr addr;
	const struct type *t = fake_symbol_at(f, symbol->data, &addr);

	*v = value_in_memory(&f->world, t, addr);
	return NULL;
}

static struct error *fake_dollar(void *ctx, const char *name,
                                 struct value **v)
{
	struct fake *f = ctx;

	if (strcmp(name, "rax") == 0)
		*v = value_in_register(&f->world, type_builtin(
			f->world.pool, "int64_t"), "rax", &f->rax);
	else if (strcmp(name, "v") == 0 && f->variable)
		*v = value_ref(f->variable);
	else
		*v = value_void(&f->world);
	return NULL;
}

static const struct type *fake_type(void *ctx, char tag, const char *name)
{
	struct fake *f = ctx;

	return !tag && strcmp(name, "word") == 0
	       ? type_builtin(f->world.pool, "unsigned short") : NULL;
}

static void fake_put(struct fake *f, size_t at, uint64_t n, size_t size)
{
	memcpy(f->memory + at, &n, size);
}

static void fake_init(struct fake *f)
{
	double d = 2.5;

	memset(f, 0, sizeof(*f));
	f->rax = (uint64_t)-38;
	f->world = (struct value_world){
		.ctx = f,
		.pool = type_pool_create(8),
		.memory = { .read = fake_read, .ctx = f },
		.write = fake_write,
		.write_named = fake_write_named,
		.write_variable = fake_write_variable,
		.describe = fake_describe,
	};
	fake_put(f, 0, 42, 4);
	for (unsigned i = 0; i < 4; i++)
		fake_put(f, 16 + 4 * i, i + 1, 4);
	memcpy(f->memory + 32, "text", 5);
	fake_put(f, 48, FAKE_BASE, 8);
	memcpy(f->memory + 56, &d, 8);
	fake_put(f, 64, 'a', 1);
	fake_put(f, 65, 200, 1);
	fake_put(f, 72, 16, 8);
	fake_put(f, 80, FAKE_BASE + 48, 8);
}

static void fake_deinit(struct fake *f)
{
	value_unref(f->variable);
	type_pool_destroy(f->world.pool);
}

static struct error *fake_compile(struct fake *f, const char *text,
                                  struct expr **expr)
{
	const struct expr_scope scope = {
		.ctx = f, .typed = true, .symbol = fake_scope_symbol,
		.type = fake_type, .world = &f->world,
	};

	return expr_compile_value(text, &scope, false, NULL, expr);
}

/* What `print/F TEXT` shows, or the error. */
static void fake_print(struct fake *f, char format, const char *text,
                       struct buf *out)
{
	const struct expr_env env = {
		.ctx = f, .world = &f->world, .symbol = fake_symbol,
		.dollar = fake_dollar,
	};
	struct value_style style = value_style_default;
	struct expr *expr = NULL;
	struct value *v = NULL;
	struct error *err = fake_compile(f, text, &expr);

	style.format = format;
	if (!err)
		err = expr_eval_value(expr, &env, false, &v);
	if (!err)
		err = value_print(v, &style, out);
	if (err)
		buf_puts(out, err->message);
	error_destroy(err);
	value_unref(v);
	expr_destroy(expr);
}

#endif
