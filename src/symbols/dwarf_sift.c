/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which units can have an entry of some name, without reading one of them.
 *
 * A name is in .debug_str, and a unit that uses it has its offset there among
 * its bytes; or it stands in the unit as it is.  So two searches for bytes
 * exclude all units but a few, and never one that has the name.  That holds for
 * what the abbreviations say of names' forms; where they say anything else,
 * nothing is excluded.
 *
 * The indexes that programs may bring along are not read for this
 * (dwarf_listed.c says what they are good for).
 */
#include "symbols/dwarf.h"
#include "symbols/line_table.h"

#include <emmintrin.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_OFFSETS = 12 };

/* How the entries of a file have their names. */
struct name_forms {
	bool strp, string;
	bool other;               /* in a way that can't be sifted */
};

static bool is_unit(uint64_t tag)
{
	return tag == DW_TAG_compile_unit || tag == DW_TAG_partial_unit ||
	       tag == DW_TAG_type_unit || tag == DW_TAG_skeleton_unit;
}

/* What the index of names has no entry for. */
static bool is_nameless(uint64_t tag)
{
	return tag == DW_TAG_inlined_subroutine || tag == DW_TAG_call_site ||
	       tag == DW_TAG_GNU_call_site || tag == DW_TAG_label ||
	       tag == DW_TAG_formal_parameter || tag == DW_TAG_lexical_block;
}

static void take_name_form(struct name_forms *forms, uint64_t form)
{
	if (form == DW_FORM_strp)
		forms->strp = true;
	else if (form == DW_FORM_string)
		forms->string = true;
	else
		forms->other = true;
}

static void take_attribute(struct name_forms *forms, uint64_t tag,
                           uint64_t attribute, uint64_t form)
{
	switch (attribute) {
	case DW_AT_name:
		if (!is_unit(tag) && !is_nameless(tag))
			take_name_form(forms, form);
		break;
	case DW_AT_abstract_origin:
	case DW_AT_specification:
		/* The name is there: it must be in the same unit. */
		if (!is_nameless(tag) && form != DW_FORM_ref1 &&
		    form != DW_FORM_ref2 && form != DW_FORM_ref4 &&
		    form != DW_FORM_ref8 && form != DW_FORM_ref_udata)
			forms->other = true;
		break;
	case DW_AT_dwo_name:
	case DW_AT_GNU_dwo_name:
		forms->other = true;
		break;
	}
}

struct bytes {
	const uint8_t *at, *end;
};

static bool take_uleb(struct bytes *b, uint64_t *value)
{
	*value = 0;
	for (unsigned shift = 0; b->at < b->end; shift += 7) {
		uint8_t byte = *b->at++;

		if (shift < 64)
			*value |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return true;
	}
	return false;
}

/* All tables, one after the other. */
static bool read_forms(struct bytes b, struct name_forms *forms)
{
	uint64_t code, tag, attribute, form, constant;

	while (b.at < b.end && !forms->other) {
		if (!take_uleb(&b, &code))
			return false;
		if (!code)
			continue;
		if (!take_uleb(&b, &tag) || b.at == b.end)
			return false;
		b.at++;
		do {
			if (!take_uleb(&b, &attribute) || !take_uleb(&b, &form))
				return false;
			if (form == DW_FORM_implicit_const &&
			    !take_uleb(&b, &constant))
				return false;
			take_attribute(forms, tag, attribute, form);
		} while (attribute || form);
	}
	return !forms->other;
}

struct sifting {
	struct unit_index *units;
	struct bytes info;
	bool *may;
	size_t bytes;             /* of the units that may have it */
};

/* Where the bytes of unit I begin, or those of the section end. */
static const uint8_t *unit_start(const struct sifting *s, size_t i)
{
	Dwarf_Off offset;

	if (i >= s->units->units.len)
		return s->info.end;
	offset = dwarf_dieoffset(&s->units->units.items[i].die);
	if (offset > (size_t)(s->info.end - s->info.at))
		return s->info.end;
	return s->info.at + offset;
}

static size_t unit_of(const struct sifting *s, const uint8_t *at)
{
	size_t low = 0, high = s->units->units.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (unit_start(s, mid) <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low - (low > 0);
}

/* The first 4 bytes that are WORD's; NULL: none.  Much faster than memmem. */
static const uint8_t *find_word(const uint8_t *at, const uint8_t *end,
                                const uint8_t word[4])
{
	const __m128i first = _mm_set1_epi8((char)word[0]);
	const __m128i second = _mm_set1_epi8((char)word[1]);
	const __m128i third = _mm_set1_epi8((char)word[2]);

	for (; end - at >= 18; at += 16) {
		__m128i a = _mm_loadu_si128((const void *)at);
		__m128i b = _mm_loadu_si128((const void *)(at + 1));
		__m128i c = _mm_loadu_si128((const void *)(at + 2));
		unsigned found;

		a = _mm_and_si128(_mm_cmpeq_epi8(a, first),
		                  _mm_cmpeq_epi8(b, second));
		a = _mm_and_si128(a, _mm_cmpeq_epi8(c, third));
		found = (unsigned)_mm_movemask_epi8(a);
		for (; found; found &= found - 1) {
			const uint8_t *hit = at + __builtin_ctz(found);

			if (end - hit >= 4 && hit[3] == word[3])
				return hit;
		}
	}
	return memmem(at, (size_t)(end - at), word, 4);
}

static const uint8_t *find_bytes(const uint8_t *at, const uint8_t *end,
                                 const void *needle, size_t len)
{
	if (len < 4)
		return memmem(at, (size_t)(end - at), needle, len);
	while ((at = find_word(at, end, needle))) {
		if ((size_t)(end - at) < len)
			return NULL;
		if (memcmp(at, needle, len) == 0)
			return at;
		at++;
	}
	return NULL;
}

/* Marks the units with LEN bytes that are NEEDLE; where TEXT, a name ends
 * behind them. */
static void mark(struct sifting *s, const void *needle, size_t len, bool text)
{
	const uint8_t *at = s->info.at;

	while ((at = find_bytes(at, s->info.end, needle, len))) {
		size_t unit;

		if (text && at + len < s->info.end && at[len] && at[len] != '<') {
			at++;
			continue;
		}
		unit = unit_of(s, at);
		at = unit_start(s, unit + 1);
		if (!s->may[unit])
			s->bytes += (size_t)(at - unit_start(s, unit));
		s->may[unit] = true;
	}
}

/* Where NAME stands in .debug_str, as a name or as the end of another one. */
static bool find_offsets(struct bytes str, const char *name, size_t len,
                         uint32_t *offsets, size_t *count)
{
	const uint8_t *at = str.at;

	*count = 0;
	while ((at = find_bytes(at, str.end, name, len))) {
		size_t offset = (size_t)(at - str.at);

		if (at + len < str.end && (!at[len] || at[len] == '<')) {
			if (*count == MAX_OFFSETS || offset > UINT32_MAX)
				return false;
			offsets[(*count)++] = (uint32_t)offset;
		}
		at++;
	}
	return true;
}

static struct bytes bytes_of(struct debug_info *info, const char *name)
{
	struct line_cursor c = dwarf_section(dwarf_getelf(info->dwarf), name);

	return (struct bytes){ c.at, c.end };
}

static bool can_sift(struct debug_info *info, struct name_forms *forms)
{
	GElf_Ehdr header;
	Elf *elf = dwarf_getelf(info->dwarf);
	const struct unit_index *units = units_of(info);

	/* Their offsets in .debug_str are yet to be relocated. */
	if (!elf || !gelf_getehdr(elf, &header) || header.e_type == ET_REL ||
	    header.e_ident[EI_DATA] != ELFDATA2LSB)
		return false;
	if (dwarf_getalt(info->dwarf) || info->parts.len)
		return false;
	for (size_t i = 0; i < units->units.len; i++) {
		Dwarf_Die die = units->units.items[i].die;

		if (die_key(&die) >> 63)
			return false;
	}
	return read_forms(bytes_of(info, ".debug_abbrev"), forms);
}

bool sift_units(struct debug_info *info, const char *name, size_t len,
                bool *may)
{
	struct sifting s = { .units = units_of(info), .may = may };
	struct name_forms forms = { 0 };
	uint32_t offsets[MAX_OFFSETS];
	struct bytes str = bytes_of(info, ".debug_str");
	size_t count = 0, size;

	if (!len || !can_sift(info, &forms))
		return false;
	s.info = bytes_of(info, ".debug_info");
	if (!s.info.at || !s.units->units.len)
		return false;
	if (forms.strp &&
	    (!str.at || !find_offsets(str, name, len, offsets, &count)))
		return false;
	size = (size_t)(s.info.end - s.info.at);
	for (size_t i = 0; i < count && s.bytes <= size / 2; i++)
		mark(&s, &offsets[i], sizeof(offsets[i]), false);
	if (forms.string && s.bytes <= size / 2)
		mark(&s, name, len, true);
	/* To read them one by one is not worth it. */
	return s.bytes <= size / 2 || s.units->units.len == 1;
}
