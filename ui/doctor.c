/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/doctor.h"

#include "target/probe.h"

#include <stdio.h>

enum { NAME_WIDTH = 26, ANSWER_WIDTH = 9 };

struct doctor {
	struct out *out;
	const char *lacks;   /* the first that scdb can't work without */
};

static const struct {
	const char *name;
	enum out_role role;
} answers[] = {
	[PROBE_NO] = { "no", ROLE_ERROR },
	[PROBE_PARTLY] = { "partly", ROLE_WARNING },
	[PROBE_YES] = { "yes", ROLE_GOOD },
	[PROBE_FACT] = { "-", ROLE_PLAIN },
	[PROBE_UNTRIED] = { "unknown", ROLE_WARNING },
};

/* TEXT in a column. */
static const char *padded(char shown[64], const char *text, int width)
{
	snprintf(shown, 64, "%-*s", width, text);
	return shown;
}

static void tell(void *ctx, const struct probe *probe,
                 const struct probe_result *r)
{
	struct doctor *d = ctx;
	struct out *o = d->out;
	const char *answer;
	char shown[64];

	out_begin(o, "probe");
	out_str_shown(o, "name", ROLE_NAME, probe->name,
	              padded(shown, probe->name, NAME_WIDTH));
	answer = answers[r->answer].name;
	out_str_shown(o, "answer", answers[r->answer].role,
	              r->answer == PROBE_FACT ? "fact" : answer,
	              padded(shown, answer, ANSWER_WIDTH));
	out_str(o, "detail", ROLE_PLAIN, r->text);
	if (r->without[0]) {
		out_text(o, ROLE_PLAIN, "; ");
		out_str(o, "consequence", ROLE_PLAIN, r->without);
	}
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
	out_flush(o);
	if (probe->needed && r->answer == PROBE_NO && !d->lacks)
		d->lacks = probe->name;
}

bool doctor_run(struct out *out)
{
	struct doctor d = { .out = out };

	probe_all(tell, &d);
	out_begin(out, "doctor");
	out_hidden_bool(out, "works", !d.lacks);
	if (d.lacks) {
		out_text(out, ROLE_ERROR, "scdb can't work here, without ");
		out_str(out, "lacks", ROLE_NAME, d.lacks);
		out_text(out, ROLE_PLAIN, "\n");
	} else {
		out_text(out, ROLE_GOOD, "scdb can work here\n");
	}
	out_end(out);
	return !d.lacks;
}
