/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was counted: for tests/tools/displaced.c. */
#ifndef SCDB_TESTS_DISPLACED_COUNTS_H
#define SCDB_TESTS_DISPLACED_COUNTS_H

#include <Zydis/Zydis.h>

#include <stdio.h>

/* In which way an instruction is done. */
enum way { EMULATED, NEAR_STEP, FAR_STEP, NEAR_RUN, FAR_RUN, CALLED, WAYS };
static const char *const way_names[WAYS] = {
	"emulated", "near slot, stepped", "far slot, stepped",
	"near slot, let run", "far slot, let run", "system call",
};

struct counts {
	unsigned long tested, by_way[WAYS], differ, faults, scratch, fell_back;
	unsigned long refused, natural, seen;
	unsigned long aimed;                    /* again, as the decoder sees it */
	unsigned long known, known_refused;     /* in functions of a file */
	unsigned long by_mnemonic[ZYDIS_MNEMONIC_MAX_VALUE + 1];
	unsigned long illegal[ZYDIS_MNEMONIC_MAX_VALUE + 1];
	unsigned long refusals[ZYDIS_MNEMONIC_MAX_VALUE + 1];
	const char *reasons[ZYDIS_MNEMONIC_MAX_VALUE + 1];
};

static void report(const struct counts *c)
{
	unsigned kinds = 0, real = 0;

	for (unsigned m = 0; m <= ZYDIS_MNEMONIC_MAX_VALUE; m++) {
		kinds += c->by_mnemonic[m] != 0;
		real += c->by_mnemonic[m] > c->illegal[m];
		if (c->refusals[m])
			printf("refused %lu %s: %s\n", c->refusals[m],
			       ZydisMnemonicGetString((ZydisMnemonic)m),
			       c->reasons[m]);
	}
	for (unsigned way = 0; way < WAYS; way++)
		printf("%s: %lu\n", way_names[way], c->by_way[way]);
	printf("aimed again, by the decoder: %lu\n", c->aimed);
	printf("through a scratch register: %lu; emulation that fell back: "
	       "%lu; natural: %lu\n", c->scratch, c->fell_back, c->natural);
	if (c->known)
		printf("in functions: %lu seen, %lu refused\n", c->known,
		       c->known_refused);
	printf("%lu seen, %lu refused, %lu tested of %u names (%u that this "
	       "processor has), %lu faulted, %lu differ\n", c->seen,
	       c->refused, c->tested, kinds, real, c->faults, c->differ);
}

#endif
