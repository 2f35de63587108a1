/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether block steps are the processor's work: tried once, when asked first. */
#include "session/step.h"

#include "base/alloc.h"
#include "target/probe.h"

struct step_probe {
	struct probe_result result;
};

static const struct probe_result *probe(struct session *s)
{
	if (!s->block_probe) {
		s->block_probe = xcalloc(1, sizeof(*s->block_probe));
		probe_block_step(&s->block_probe->result);
	}
	return &s->block_probe->result;
}

bool step_by_hardware(struct session *s)
{
	switch (s->settings.block_method) {
	case BLOCK_SOFTWARE:
		return false;
	case BLOCK_HARDWARE:
		return true;
	default:
		return probe(s)->answer == PROBE_YES;
	}
}

struct error *step_method_check(struct session *s, uint64_t method)
{
	if (method != BLOCK_HARDWARE || probe(s)->answer == PROBE_YES)
		return NULL;
	return error_new(ERROR_REFUSED, "the processor does no block steps "
	                 "here: %s", probe(s)->text);
}

const char *step_method_note(struct session *s)
{
	if (s->settings.block_method != BLOCK_AUTO)
		return NULL;
	return step_by_hardware(s) ? "by hardware here" : "by software here";
}
