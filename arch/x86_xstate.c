/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Floating point and vector registers, as XSAVE writes them in its standard
 * form: FXSAVE's area, the header, and components whose places the processor
 * tells (CPUID leaf 0xd).  What a component's bit of XSTATE_BV is clear of has
 * its initial value.
 */
#include "arch/x86.h"

#include <cpuid.h>
#include <stdio.h>
#include <string.h>

enum {
	X87_BIT, SSE_BIT, AVX_BIT, OPMASK_BIT = 5, ZMM_HIGH_BIT, ZMM_MORE_BIT,
	ST_AT = 32, XMM_AT = 160, XCR0_AT = 464, XSTATE_BV_AT = 512,
	XCOMP_BV_AT = 520, HEADER_END = 576,
};

/* FXSAVE's area; the tag word is shorter there than fstenv has it. */
static const struct {
	const char *name;
	uint8_t at, bytes, size;
} controls[] = {
	{ "fctrl", 0, 2, 4 },  { "fstat", 2, 2, 4 },  { "ftag", 4, 1, 4 },
	{ "fiseg", 12, 2, 4 }, { "fioff", 8, 4, 4 },  { "foseg", 20, 2, 4 },
	{ "fooff", 16, 4, 4 }, { "fop", 6, 2, 4 },    { "mxcsr", 24, 4, 4 },
};

struct place { size_t at, size; };

static struct place component(unsigned number)
{
	unsigned size = 0, at = 0, c = 0, d = 0;

	if (!__get_cpuid_count(0xd, number, &size, &at, &c, &d))
		size = at = 0;
	return (struct place){ at, size };
}

size_t arch_xstate_layout(struct arch_xstate_part parts[ARCH_XSTATE_PARTS])
{
	unsigned low = 0, high = 0, b, c;
	uint64_t has;
	size_t count = 0;

	if (!__get_cpuid_count(0xd, 0, &low, &b, &c, &high))
		return 0;
	has = (uint64_t)high << 32 | low;
	for (unsigned i = AVX_BIT; i < 64; i++) {
		struct place place = has >> i & 1 ? component(i)
		                                  : (struct place){ 0, 0 };

		if (place.size)
			parts[count++] = (struct arch_xstate_part){
				.type = i, .size = (uint32_t)place.size,
				.offset = (uint32_t)place.at,
			};
	}
	return count;
}

static uint64_t word_at(const struct arch_xstate *state, size_t at)
{
	uint64_t word;

	memcpy(&word, state->data + at, sizeof(word));
	return word;
}

/*
 * Intel's processors have a gap where MPX was; AMD's don't.  XCR0 (which Linux
 * puts where FXSAVE leaves room for software) and the length tell which: 2432
 * or 2440 bytes are AMD's, 2688 or more Intel's, as gdb has it too.  With the
 * compacted form (which Linux doesn't write) what XCOMP_BV names is packed.
 */
static void guess_places(struct arch_xstate *state)
{
	static const uint16_t sizes[ARCH_XSTATE_COMPONENTS] = {
		[AVX_BIT] = 256, 64, 64, 64, 512, 1024,
	};
	static const uint16_t gap[] = { 1088, 1152, 1664 };
	static const uint16_t none[] = { 832, 896, 1408 };
	enum { AVX512 = 7u << OPMASK_BIT, WITH_GAP = 2688 };
	size_t at = HEADER_END;
	uint64_t packed;

	if (state->len < HEADER_END)
		return;
	packed = word_at(state, XCOMP_BV_AT);
	if (packed >> 63) {
		for (unsigned i = AVX_BIT; i < ARCH_XSTATE_COMPONENTS; i++)
			if (packed >> i & 1) {
				state->at[i] = (uint16_t)at;
				at += sizes[i];
			}
	} else if (word_at(state, XCR0_AT) & AVX512) {
		memcpy(state->at + OPMASK_BIT,
		       state->len < WITH_GAP ? none : gap, sizeof(gap));
	}
}

void arch_xstate_place(struct arch_xstate *state,
                       const struct arch_xstate_part *parts, size_t count)
{
	memset(state->at, 0, sizeof(state->at));
	for (size_t i = 0; i < count; i++)
		if (parts[i].type < ARCH_XSTATE_COMPONENTS &&
		    parts[i].offset < ARCH_XSTATE_MAX)
			state->at[parts[i].type] = (uint16_t)parts[i].offset;
	if (!count)
		guess_places(state);
}

/* CPUID is slow in a virtual machine; libgcc has asked it once. */
static bool has(unsigned number)
{
	return number == AVX_BIT ? __builtin_cpu_supports("avx")
	                         : __builtin_cpu_supports("avx512f");
}

static void make(struct arch_xreg *reg, const char *name, unsigned number,
                 enum arch_xreg_kind kind, unsigned size)
{
	*reg = (struct arch_xreg){ .kind = kind, .size = (uint8_t)size,
	                           .number = (uint8_t)number };
	if (kind == XREG_CONTROL)
		snprintf(reg->name, sizeof(reg->name), "%s", name);
	else
		snprintf(reg->name, sizeof(reg->name), "%s%u", name,
		         number % 100);
}

bool arch_xreg_at(const struct arch *arch, size_t index,
                  struct arch_xreg *reg)
{
	unsigned few = arch->word == 8 ? 16 : 8;
	const struct {
		const char *name;
		unsigned count;
		enum arch_xreg_kind kind;
		unsigned size;
	} groups[] = {
		{ "st", 8, XREG_X87, 10 },
		{ "", ARRAY_LEN(controls), XREG_CONTROL, 4 },
		{ "xmm", has(ZMM_MORE_BIT) && few == 16 ? 32 : few,
		  XREG_VECTOR, 16 },
		{ "k", has(OPMASK_BIT) ? 8 : 0, XREG_MASK, 8 },
		{ "ymm", !has(AVX_BIT) ? 0 :
		  has(ZMM_MORE_BIT) && few == 16 ? 32 : few, XREG_VECTOR, 32 },
		{ "zmm", !has(ZMM_HIGH_BIT) ? 0 : few == 16 ? 32 : few,
		  XREG_VECTOR, 64 },
	};

	for (size_t i = 0; i < ARRAY_LEN(groups); i++) {
		if (index < groups[i].count) {
			make(reg, groups[i].kind == XREG_CONTROL
			     ? controls[index].name : groups[i].name,
			     (unsigned)index, groups[i].kind, groups[i].size);
			return true;
		}
		index -= groups[i].count;
	}
	return false;
}

/* A quick no for what is no such name at all. */
static bool may_be(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(controls); i++)
		if (strcmp(name, controls[i].name) == 0)
			return true;
	return (strncmp(name, "st", 2) == 0 || *name == 'k' ||
	        (*name && strncmp(name + 1, "mm", 2) == 0)) &&
	       strpbrk(name, "0123456789");
}

bool arch_xreg_find(const struct arch *arch, const char *name,
                    struct arch_xreg *reg)
{
	if (!may_be(name))
		return false;
	for (size_t i = 0; arch_xreg_at(arch, i, reg); i++)
		if (strcmp(reg->name, name) == 0)
			return true;
	return false;
}

/* One of the places that REG's bytes are in, and its component. */
struct part {
	unsigned bit;
	size_t at, len;
};

static size_t place_of(const struct arch_xstate *state, unsigned number)
{
	return state->at[number] ? state->at[number] : component(number).at;
}

static size_t vector_parts(const struct arch_xstate *state,
                           const struct arch_xreg *reg, struct part parts[3])
{
	unsigned n = reg->number;
	size_t count = 0;

	if (n >= 16) {
		parts[count++] = (struct part){
			ZMM_MORE_BIT,
			place_of(state, ZMM_MORE_BIT) + (n - 16) * 64u,
			reg->size };
		return count;
	}
	parts[count++] = (struct part){ SSE_BIT, XMM_AT + n * 16u, 16 };
	if (reg->size > 16)
		parts[count++] = (struct part){
			AVX_BIT, place_of(state, AVX_BIT) + n * 16u, 16 };
	if (reg->size > 32)
		parts[count++] = (struct part){
			ZMM_HIGH_BIT, place_of(state, ZMM_HIGH_BIT) + n * 32u,
			32 };
	return count;
}

static size_t parts_of(const struct arch_xstate *state,
                       const struct arch_xreg *reg, struct part parts[3])
{
	switch (reg->kind) {
	case XREG_CONTROL:
		parts[0] = (struct part){
			reg->number + 1u == ARRAY_LEN(controls) ? SSE_BIT
			                                        : X87_BIT,
			controls[reg->number].at,
			controls[reg->number].bytes };
		return 1;
	case XREG_X87:
		parts[0] = (struct part){ X87_BIT, ST_AT + reg->number * 16u,
		                          10 };
		return 1;
	case XREG_MASK:
		parts[0] = (struct part){
			OPMASK_BIT,
			place_of(state, OPMASK_BIT) + reg->number * 8u, 8 };
		return 1;
	case XREG_VECTOR:
		break;
	}
	return vector_parts(state, reg, parts);
}

static uint64_t present(const struct arch_xstate *state)
{
	/* FXSAVE's area alone */
	return state->len < HEADER_END ? 3 : word_at(state, XSTATE_BV_AT);
}

/* fstenv's tag word, two bits a register, of FXSAVE's one bit (empty or not);
 * as gdb, with "valid", "zero" and "special" told apart by the value. */
static uint32_t whole_tags(const struct arch_xstate *state)
{
	uint8_t some = state->data[4];
	unsigned top = state->data[3] >> 3 & 7;
	uint32_t tags = 0;

	for (unsigned i = 0; i < 8; i++) {
		const uint8_t *st = state->data + ST_AT +
		                    (i + 8 - top) % 8 * 16;
		uint64_t fraction;
		unsigned exponent = (st[8] | st[9] << 8) & 0x7fff, tag;

		memcpy(&fraction, st, sizeof(fraction));
		if (!(some >> i & 1))
			tag = 3;
		else if (!exponent && !fraction)
			tag = 1;
		else
			tag = exponent == 0x7fff || !(fraction >> 63) ? 2 : 0;
		tags |= tag << i * 2;
	}
	return tags;
}

void arch_xreg_get(const struct arch_xreg *reg,
                   const struct arch_xstate *state,
                   uint8_t data[ARCH_XREG_MAX_BYTES])
{
	struct part parts[3];
	size_t count = parts_of(state, reg, parts), done = 0;
	uint64_t bits = present(state);

	memset(data, 0, ARCH_XREG_MAX_BYTES);
	if (reg->kind == XREG_CONTROL &&
	    strcmp(reg->name, "ftag") == 0) {
		uint32_t tags = whole_tags(state);

		memcpy(data, &tags, sizeof(tags));
		return;
	}
	for (size_t i = 0; i < count; i++) {
		/* The kernel fills FXSAVE's area in any case. */
		if ((parts[i].bit <= SSE_BIT || bits >> parts[i].bit & 1) &&
		    parts[i].at + parts[i].len <= state->len)
			memcpy(data + done, state->data + parts[i].at,
			       parts[i].len);
		done += parts[i].len;
	}
}

bool arch_xreg_set(const struct arch_xreg *reg, struct arch_xstate *state,
                   const uint8_t *data)
{
	struct part parts[3];
	size_t count = parts_of(state, reg, parts), done = 0;
	uint64_t bits = present(state);

	if (reg->kind == XREG_CONTROL && strcmp(reg->name, "ftag") == 0)
		return false;
	for (size_t i = 0; i < count; i++)
		if (parts[i].at + parts[i].len > state->len ||
		    (parts[i].bit > SSE_BIT && !parts[i].at))
			return false;
	for (size_t i = 0; i < count; i++) {
		memcpy(state->data + parts[i].at, data + done, parts[i].len);
		bits |= 1ull << parts[i].bit;
		done += parts[i].len;
	}
	if (state->len >= HEADER_END)
		memcpy(state->data + XSTATE_BV_AT, &bits, sizeof(bits));
	return true;
}
