/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `info rules`, and rules as a file that `source` reads back. */
#include "session/rule_internal.h"

static bool chosen(unsigned number, const uint64_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (numbers[i] == number)
			return true;
	return count == 0;
}

static void list_one(struct out *o, const struct rule *r)
{
	out_begin(o, "rule");
	out_uint(o, "number", ROLE_NUMBER, r->number, "%-7u ", r->number);
	out_bool(o, "enabled", r->enabled, r->enabled ? "y   " : "n   ");
	out_uint(o, "hits", ROLE_NUMBER, r->hits, "%7llu ",
	         (unsigned long long)r->hits);
	out_uint(o, "failures", r->failures ? ROLE_WARNING : ROLE_NUMBER,
	         r->failures, "%8llu  ", (unsigned long long)r->failures);
	out_str(o, "text", ROLE_NAME, r->text);
	out_hidden_str(o, "calls", syscall_set_text(r->set));
	out_hidden_bool(o, "decides", r->decides);
	out_hidden_uint(o, "ignore", r->ignore);
	if (r->ignore)
		out_text(o, ROLE_PLAIN, "\n        ignore next %llu hits",
		         (unsigned long long)r->ignore);
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

void rules_list(struct session *s, const uint64_t *numbers, size_t count)
{
	if (!s->rules->rules.len) {
		out_message(s->out, "note", ROLE_PLAIN, "No rules.");
		return;
	}
	out_text(s->out, ROLE_HEADING,
	         "Num     Enb    Hits Failures  Rule\n");
	for (size_t i = 0; i < s->rules->rules.len; i++) {
		const struct rule *r = s->rules->rules.items[i];

		if (chosen(r->number, numbers, count))
			list_one(s->out, r);
	}
}

void rules_save(const struct session *s, struct buf *text)
{
	for (size_t i = 0; i < s->rules->rules.len; i++) {
		const struct rule *r = s->rules->rules.items[i];

		buf_printf(text, "%s\n", r->text);
		if (r->ignore)
			buf_printf(text, "ignore rule $rulenum %llu\n",
			           (unsigned long long)r->ignore);
		if (!r->enabled)
			buf_puts(text, "disable rule $rulenum\n");
	}
}
