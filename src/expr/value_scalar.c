/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What values are made of, as gdb shows it. */
#include "expr/value_impl.h"

#include "arch/arch.h"

#include <math.h>
#include <string.h>

void print_wide(struct buf *text, wide n, bool is_signed)
{
	char digits[48];
	size_t at = sizeof(digits);
	bool negative = is_signed && (swide)n < 0;

	if (negative)
		n = -n;
	digits[--at] = '\0';
	do
		digits[--at] = (char)('0' + (int)(n % 10));
	while ((n /= 10) != 0);
	if (negative)
		digits[--at] = '-';
	buf_puts(text, digits + at);
}

/* BITS a digit: 1, 3 or 4; WIDTH digits at least. */
static void print_digits(struct buf *text, wide n, unsigned bits,
                         unsigned width)
{
	char digits[132];
	size_t at = sizeof(digits);

	digits[--at] = '\0';
	do {
		digits[--at] = "0123456789abcdef"[n & ((1u << bits) - 1)];
		n >>= bits;
	} while (n || sizeof(digits) - 1 - at < width);
	buf_puts(text, digits + at);
}

void print_char(struct buf *text, const char *prefix, uint32_t c)
{
	buf_printf(text, "%s'", prefix);
	if (c == '\'')
		buf_puts(text, "\\'");
	else if (c == '"')
		buf_putc(text, '"');
	else
		print_string(&(struct printer){ .text = text }, NULL,
		             (const uint8_t *)&c, 4, 1, false);
	buf_putc(text, '\'');
}

/* A text type's element: 97 'a' */
static void print_text_number(struct printer *p, const char *prefix, wide n,
                              unsigned size, bool is_signed)
{
	uint64_t mask = size < 8 ? (1ull << (8 * size)) - 1 : ~0ull;

	print_wide(p->text, n, is_signed);
	buf_putc(p->text, ' ');
	print_char(p->text, prefix, (uint32_t)((uint64_t)n & mask));
}

/* Digits that tell any two values of the type apart, as gdb has them. */
static int precision(const struct type *t)
{
	return t->size <= 2 ? t->name && strstr(t->name, "bfloat") ? 4
	                                                            : 5
	     : t->size == 4 ? 9 : t->size == 8 ? 17 : 21;
}

static void print_nan(const struct type *t, const uint8_t *data,
                      struct buf *text)
{
	unsigned bits = t->size == 2 ? t->name && strstr(t->name, "bfloat")
		? 7 : 10 : t->size == 4 ? 23 : t->size == 8 ? 52 : 64;
	unsigned size = t->size > 8 ? 10 : (unsigned)t->size;
	wide n = value_load(data, size, false);

	buf_printf(text, "%snan(0x%llx)", n >> (size * 8 - 1) ? "-" : "",
	           (unsigned long long)(bits < 64
	           ? (uint64_t)n & ((1ull << bits) - 1) : (uint64_t)n));
}

void print_float(const struct type *t, const uint8_t *data, struct buf *text)
{
	long double f = float_load(t, data);

	if (isnan(f))
		print_nan(t, data, text);
	else if (isinf(f))
		buf_puts(text, f < 0 ? "-inf" : "inf");
	else
		buf_printf(text, "%.*Lg", precision(t), f);
}

/* Every enumerator a bit of its own, and no negative one. */
static bool is_flags(const struct type_enumerator *e, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (e[i].value < 0 ||
		    __builtin_popcountll((uint64_t)e[i].value) > 1)
			return false;
	return count > 0;
}

static void print_flags(const struct type_enumerator *e, size_t count,
                        uint64_t left, struct buf *text)
{
	const char *before = "(";

	for (size_t i = 0; i < count; i++) {
		if (!((uint64_t)e[i].value & left))
			continue;
		buf_printf(text, "%s%s", before, e[i].name);
		left &= ~(uint64_t)e[i].value;
		before = " | ";
	}
	if (left)
		buf_printf(text, "%sunknown: 0x%llx", before,
		           (unsigned long long)left);
	buf_putc(text, ')');
}

static void print_enum(const struct type *t, wide n, struct buf *text)
{
	size_t count;
	const struct type_enumerator *e = type_enumerators(t, &count);

	for (size_t i = 0; i < count; i++)
		if ((uint64_t)e[i].value == (uint64_t)n ||
		    (t->size < 8 && !t->is_signed &&
		     ((uint64_t)e[i].value & ((1ull << t->size * 8) - 1)) ==
		     (uint64_t)n)) {
			buf_puts(text, e[i].name ? e[i].name : "?");
			return;
		}
	if (n && is_flags(e, count))
		print_flags(e, count, (uint64_t)n, text);
	else
		print_wide(text, n, t->is_signed);
}

void print_address(struct printer *p, taddr addr, bool function)
{
	AUTO_BUF struct buf name = { 0 };

	buf_init(&name);
	if ((p->style->symbols || function) && p->world->describe)
		p->world->describe(p->world->ctx, addr, &name);
	if (p->style->addresses)
		buf_printf(p->text, "0x%llx%s", (unsigned long long)addr,
		           name.len ? " " : "");
	buf_puts(p->text, name.data);
}

static void print_pointer(struct printer *p, const struct type *t, taddr addr)
{
	const struct type *to = type_target(t);
	size_t before = p->text->len;
	const char *prefix;

	print_address(p, addr, type_is_kind(to, TYPE_FUNCTION));
	if (addr && type_is_text(to, &prefix))
		print_string_at(p, to, addr, p->text->len > before);
}

void print_scalar(struct printer *p, const struct type *t,
                  const uint8_t *data)
{
	wide n = value_load(data, t->size, t->is_signed &&
	                    t->kind != TYPE_POINTER);
	char flags[80];

	switch (t->kind) {
	case TYPE_BOOL:
		if (n <= 1)
			buf_puts(p->text, n ? "true" : "false");
		else
			print_wide(p->text, n, false);
		break;
	case TYPE_FLOAT:
		print_float(t, data, p->text);
		break;
	case TYPE_ENUM:
		print_enum(t, n, p->text);
		break;
	case TYPE_POINTER:
		print_pointer(p, t, (taddr)n);
		break;
	case TYPE_MEMBER_POINTER:
		print_member_pointer(p, t, data);
		break;
	default:
		if (t->name && strcmp(t->name, "i386_eflags") == 0) {
			arch_flags_text((uint64_t)n, flags, sizeof(flags));
			buf_puts(p->text, flags);
		} else {
			print_wide(p->text, n, t->is_signed);
		}
	}
}

/* What `f` makes of an integer: a float of its size where there is one. */
static void print_as_float(struct printer *p, const struct type *t,
                           const uint8_t *data, wide n)
{
	struct type as = { .kind = TYPE_FLOAT, .size = t->size };

	if (t->kind == TYPE_FLOAT)
		print_float(t, data, p->text);
	else if (t->size == 4 || t->size == 8 || t->size == 16)
		print_float(&as, data, p->text);
	else
		print_wide(p->text, n, t->is_signed);
}

void print_formatted(struct printer *p, const struct type *t,
                     const uint8_t *data)
{
	size_t size = t->kind == TYPE_FLOAT && t->size > 10 ? 10 : t->size;
	wide plain = value_load(data, size, false);
	wide n = value_load(data, size, t->is_signed);
	struct buf *text = p->text;

	size = size > 16 ? 16 : size;
	switch (p->style->format) {
	case 'x':
	case 'r':
		buf_puts(text, "0x");
		print_digits(text, plain, 4, 0);
		break;
	case 'z':
		buf_puts(text, "0x");
		print_digits(text, plain, 4, (unsigned)size * 2);
		break;
	case 'o':
		buf_puts(text, plain ? "0" : "");
		print_digits(text, plain, 3, 0);
		break;
	case 't':
		print_digits(text, plain, 1, 0);
		break;
	case 'd':
		print_wide(text, value_load(data, size, true), true);
		break;
	case 'u':
		print_wide(text, plain, false);
		break;
	case 'a':
		print_address(p, (taddr)plain, true);
		break;
	case 'c': {
		bool is_signed = t->is_signed;
		uint8_t byte;

		if (t->kind == TYPE_FLOAT) {
			n = (wide)(swide)float_load(t, data);
			is_signed = true;
		}
		byte = (uint8_t)n;
		print_text_number(p, "", value_load(&byte, 1, is_signed), 1,
		                  is_signed);
		break;
	}
	case 'f':
		print_as_float(p, t, data, n);
		break;
	default:
		print_scalar(p, t, data);
	}
}
