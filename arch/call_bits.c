/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arch/call_bits.h"

enum { WORDS = CALL_BITS / 64 };

bool call_bits_has(const struct call_bits *bits, enum abi abi, uint64_t nr)
{
	if (nr >= CALL_BITS)
		return bits->rest[abi];
	return bits->words[abi][nr / 64] >> (nr % 64) & 1;
}

void call_bits_set(struct call_bits *bits, enum abi abi, uint64_t nr)
{
	if (nr >= CALL_BITS)
		bits->rest[abi] = true;
	else
		bits->words[abi][nr / 64] |= UINT64_C(1) << (nr % 64);
}

void call_bits_add(struct call_bits *bits, const struct call_bits *more)
{
	for (unsigned abi = 0; abi < ABI_COUNT; abi++) {
		for (unsigned i = 0; i < WORDS; i++)
			bits->words[abi][i] |= more->words[abi][i];
		bits->rest[abi] |= more->rest[abi];
	}
}

void call_bits_remove(struct call_bits *bits, const struct call_bits *less)
{
	for (unsigned abi = 0; abi < ABI_COUNT; abi++) {
		for (unsigned i = 0; i < WORDS; i++)
			bits->words[abi][i] &= ~less->words[abi][i];
		bits->rest[abi] &= !less->rest[abi];
	}
}

bool call_bits_empty(const struct call_bits *bits)
{
	static const struct call_bits none;

	return call_bits_cover(&none, bits);
}

bool call_bits_cover(const struct call_bits *bits,
                     const struct call_bits *part)
{
	for (unsigned abi = 0; abi < ABI_COUNT; abi++) {
		for (unsigned i = 0; i < WORDS; i++)
			if (part->words[abi][i] & ~bits->words[abi][i])
				return false;
		if (part->rest[abi] && !bits->rest[abi])
			return false;
	}
	return true;
}
