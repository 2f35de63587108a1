/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session whose output is captured. */
#ifndef TESTS_SESSION_FIXTURE_H
#define TESTS_SESSION_FIXTURE_H

#include "session/session.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>

#include <cmocka.h>

/* SIGCHLD comes through a descriptor, as it does in scdb. */
static inline struct session *session_begin(struct out_capture *out)
{
	struct session *s;
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGCHLD);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	out_capture_init(out);
	assert_null(session_create(&out->out, NULL, &s));
	return s;
}

static inline void session_end(struct session *s, struct out_capture *out)
{
	session_destroy(s);
	out_capture_deinit(out);
}

#endif
