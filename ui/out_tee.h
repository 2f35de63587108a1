/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/out_tee.h: output for people and for programs at the same time.
 */
#ifndef SCDB_UI_OUT_TEE_H
#define SCDB_UI_OUT_TEE_H

#include "base/out.h"

struct out_tee {
	struct out out;
	struct out *to[2];
};

/* Both are borrowed; what can be drawn, and how wide, is as in FIRST. */
void out_tee_init(struct out_tee *t, struct out *first, struct out *second);
/* FIRST's width has changed. */
void out_tee_resize(struct out_tee *t);

#endif
