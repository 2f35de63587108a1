/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ui/doctor.h: `scdb --doctor`: what can be done here, one line each. */
#ifndef SCDB_UI_DOCTOR_H
#define SCDB_UI_DOCTOR_H

#include "base/out.h"

#include <stdbool.h>

/* Whether scdb can work here. */
bool doctor_run(struct out *out);

#endif
