/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions about symbols, over all modules of an image. */
#include "symbols/debug.h"
#include "symbols/symtab.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <ctype.h>
#include <string.h>

/* Symbols of one name in one module: more than these are not told apart. */
enum { MAX_NAMESAKES = 1000 };

bool image_symbol_at(struct image *image, taddr addr, struct symbol *symbol)
{
	const struct module *m = image_module_at(image, addr);
	struct file_symbols *s;
	uint32_t number;

	if (!m)
		return perf_symbol_at(image, addr, symbol);
	s = file_symbols(m->file, image);
	if (table_find(s, addr - m->bias, &number))
		return symbol_fill(s, number, m, symbol);
	return plt_symbol_at(m, addr - m->bias, symbol);
}

/* While the symbols of one name in one module are collected. */
struct namesakes {
	struct file_symbols *symbols;
	const struct module *module;
	const char *version;      /* wanted; NULL: any */
	struct symbol_list found;
};

static struct namesakes begin_search(struct image *image,
                                     const struct module *m)
{
	struct namesakes n = {
		.symbols = file_symbols(m->file, image), .module = m,
		.found = image->namesakes,
	};

	/* What is told of a symbol may lead to other searches. */
	image->namesakes = (struct symbol_list){ 0 };
	n.found.len = 0;
	return n;
}

static void end_search(struct image *image, const struct namesakes *n)
{
	vec_deinit(&image->namesakes);
	image->namesakes = n->found;
}

static bool add(void *arg, uint32_t number)
{
	struct namesakes *n = arg;
	struct symbol symbol;

	if (symbol_fill(n->symbols, number, n->module, &symbol) &&
	    (!n->version || (symbol.version &&
	                     !strcmp(symbol.version, n->version))))
		vec_push(&n->found, symbol);
	return n->found.len < MAX_NAMESAKES;
}

/* The lower the better. */
static unsigned place(const struct symbol *s)
{
	return (!s->global && !s->weak ? 4 : 0) +
	       (s->version && !s->default_version ? 2 : 0) + s->weak;
}

/* Best first, else as they came; false where FN has had enough. */
static bool tell(const struct namesakes *n,
                 bool (*fn)(void *ctx, const struct symbol *s), void *ctx)
{
	for (unsigned wanted = 0; wanted < 8; wanted++)
		for (size_t i = 0; i < n->found.len; i++)
			if (place(&n->found.items[i]) == wanted &&
			    !fn(ctx, &n->found.items[i]))
				return false;
	return true;
}

struct name_question {
	struct image *image;
	const char *name;
	size_t len;               /* without a version */
	const char *version;
	bool (*fn)(void *ctx, const struct symbol *s);
	void *ctx;
	size_t answers;
	const struct qualified_name *qualified;
};

static bool count_answer(void *arg, const struct symbol *s)
{
	struct name_question *q = arg;

	q->answers++;
	return q->fn(q->ctx, s);
}

static bool look_in_module(void *arg, const struct module *m)
{
	struct name_question *q = arg;
	struct namesakes n = begin_search(q->image, m);
	bool go_on;

	n.version = q->version;
	names_find(n.symbols, q->name, q->len, add, &n);
	go_on = tell(&n, count_answer, q);
	end_search(q->image, &n);
	return go_on;
}

static bool look_in_plt(void *arg, const struct module *m)
{
	struct name_question *q = arg;

	return plt_each_named(m, q->name, count_answer, q);
}

static bool look_for_qualified(void *arg, const struct module *m)
{
	struct name_question *q = arg;
	struct namesakes n = begin_search(q->image, m);
	struct raw_symbol raw;
	bool go_on;

	for (uint32_t i = 0; i < n.symbols->count; i++)
		if (symbol_raw(n.symbols, i, &raw) && raw.name[0] == '_' &&
		    symbol_is_defined(&raw) &&
		    qualified_matches(q->qualified, raw.name) && !add(&n, i))
			break;
	go_on = tell(&n, count_answer, q);
	end_search(q->image, &n);
	return go_on;
}

static void ask(struct name_question *q, const struct module *module,
                bool (*fn)(void *ctx, const struct module *m))
{
	if (module)
		fn(q, module);
	else
		image_each_module(q->image, fn, q);
}

void image_symbols_named(struct image *image, const struct module *module,
                         const char *name,
                         bool (*fn)(void *ctx, const struct symbol *s),
                         void *ctx)
{
	struct name_question q = { .image = image, .name = name,
	                           .len = name_bare_len(name),
	                           .fn = fn, .ctx = ctx };
	struct qualified_name qualified;

	if (name[q.len])
		q.version = name + q.len + (name[q.len + 1] == '@' ? 2 : 1);
	if (q.version && strcmp(q.version, "plt") == 0) {
		ask(&q, module, look_in_plt);
		return;
	}
	ask(&q, module, look_in_module);
	if (q.answers || q.version || !qualified_init(&qualified, name))
		return;
	q.qualified = &qualified;
	ask(&q, module, look_for_qualified);
}

void image_each_symbol(struct image *image, const struct module *module,
                       bool (*fn)(void *ctx, const struct symbol *s),
                       void *ctx)
{
	struct file_symbols *s = file_symbols(module->file, image);
	struct symbol symbol;
	struct raw_symbol raw;

	table_need(s);
	for (size_t i = 0; i < s->placed_count; i++)
		if (symbol_fill(s, s->placed[i].number, module, &symbol) &&
		    !fn(ctx, &symbol))
			return;
	for (uint32_t i = 0; i < s->count; i++)
		if (symbol_raw(s, i, &raw) && symbol_is_defined(&raw) &&
		    !symbol_has_place(&raw) &&
		    symbol_fill(s, i, module, &symbol) && !fn(ctx, &symbol))
			return;
}

void image_each_plt(const struct module *module,
                    bool (*fn)(void *ctx, const struct symbol *s), void *ctx)
{
	plt_each_named(module, NULL, fn, ctx);
}

const char *debug_function_plain_name(const struct debug_function *f)
{
	AUTO_FREE char *demangled = NULL;

	if (!f->linkage_name)
		return f->name;
	demangled = symbol_demangle(f->linkage_name);
	return demangled ? f->name : f->linkage_name;
}

/*
 * Of a function's several names the one that its source has, as gdb does; what
 * is mangled says more in the symbol table: its arguments.
 */
static const char *plain_name(struct image *image, const struct symbol *symbol)
{
	struct debug_function f[16];
	const char *name;
	size_t count;

	if (!symbol->in_code || !module_debug_is_here(symbol->module))
		return symbol->name;
	count = debug_functions_at(image, symbol->addr, f, ARRAY_LEN(f));
	if (!count || f[count - 1].inlined ||
	    f[count - 1].entry != symbol->addr)
		return symbol->name;
	name = debug_function_plain_name(&f[count - 1]);
	return name ? name : symbol->name;
}

void image_describe(struct image *image, taddr addr, struct buf *text)
{
	struct symbol symbol;
	AUTO_FREE char *demangled = NULL;
	const char *name;

	if (!image_symbol_at(image, addr, &symbol))
		return;
	demangled = symbol_demangle(symbol.name);
	name = demangled ? demangled : plain_name(image, &symbol);
	buf_putc(text, '<');
	buf_put_printable(text, name, strlen(name), false);
	if (addr != symbol.addr)
		buf_printf(text, "+%llu",
		           (unsigned long long)(addr - symbol.addr));
	buf_putc(text, '>');
}
